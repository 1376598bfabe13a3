import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { type Answer, newPractice, type TestPerson, type TestPractice } from '../../../test/app.ts';
import type { TimelineItem } from '../contract.ts';
import { normalise } from '../fhir-words.ts';

const ok = (answer: Answer, status = 200): Answer => {
  assert.equal(answer.status, status, answer.text);
  return answer;
};

describe('words in a record', { timeout: 240_000 }, () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let nurse: TestPerson;
  let patient: string;
  const page = async (who: TestPerson, query: string): Promise<{ items: TimelineItem[]; next: string | null }> => {
    const { groups, next } = ok(await who.send('GET', `/api/patients/${patient}/timeline?${query}`)).body as {
      groups: { items: TimelineItem[] }[];
      next: string | null;
    };
    return { items: groups.flatMap((group) => group.items), next };
  };
  const all = async (who: TestPerson, query: string): Promise<TimelineItem[]> => {
    const items: TimelineItem[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const read: { items: TimelineItem[]; next: string | null } = await page(
        who,
        `${query}&count=40${cursor && `&cursor=${cursor}`}`,
      );
      items.push(...read.items);
      cursor = read.next;
    }
    return items;
  };
  /** As it is said: every line of the history, those kept whose words begin so. */
  const slowly = (items: readonly TimelineItem[], q: string): TimelineItem[] =>
    items.filter((item) => {
      const text = ` ${normalise([item.title, item.details, item.whatLabel, item.who?.name].join(' '))}`;
      return normalise(q)
        .split(' ')
        .every((word) => text.includes(` ${word}`));
    });
  const named = (items: readonly TimelineItem[]) =>
    items.map((item) => `${item.type}/${item.id}/${item.version}`).sort();

  let api: Awaited<ReturnType<TestPractice['client']>>;
  before(async () => {
    practice = await newPractice();
    doctor = await practice.person('physician', { family: 'Éon' });
    nurse = await practice.person('nurse', { family: 'Rannou' });
    patient = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: 'Longdossier',
        birthGivens: 'Anne',
        birthDate: '04/04/1944',
        sex: 'female',
      }),
    ).body.id;
    ok(await doctor.send('POST', `/api/patients/${patient}/team`, { practitioner: nurse.practitioner }));
    api = await practice.client('system/*.cruds');
    const subject = { reference: `Patient/${patient}` };
    const by = [{ reference: `Practitioner/${doctor.practitioner}` }];
    const day = (n: number) => new Date(Date.UTC(2024, 0, 1) - n * 86_400_000).toISOString().slice(0, 10);
    const observations = Array.from({ length: 220 }, (_, n) => ({
      resourceType: 'Observation',
      id: `words-${patient}-${n}`.slice(0, 64),
      status: n % 41 === 7 ? 'entered-in-error' : 'final',
      ...(n % 3 === 0 && {
        category: [
          { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
        ],
      }),
      code:
        n % 3 === 0
          ? { coding: [{ system: 'http://loinc.org', code: '718-7' }], text: 'Hémoglobine' }
          : { coding: [{ system: 'http://loinc.org', code: '29463-7' }], text: 'Poids' },
      subject,
      performer: by,
      effectiveDateTime: day(n * 3),
      valueQuantity: { value: 10 + (n % 50) / 10, unit: n % 3 === 0 ? 'g/dL' : 'kg' },
      ...(n === 219 && { note: [{ text: 'Pesée à l’ancienne balance' }] }),
    }));
    const others = Array.from({ length: 60 }, (_, n) => [
      {
        resourceType: 'Condition',
        id: `pb-${patient}-${n}`.slice(0, 64),
        clinicalStatus: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
        },
        code: { text: ['Œdème du membre', 'Asthme', 'Lombalgie'][n % 3] },
        subject,
        recorder: by[0],
        onsetDateTime: day(n * 10),
        ...(n % 7 === 0 && {
          meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSY' }] },
        }),
      },
      {
        resourceType: 'DiagnosticReport',
        id: `rp-${patient}-${n}`.slice(0, 64),
        status: 'final',
        code: { text: 'Bilan sanguin' },
        subject,
        effectiveDateTime: day(n * 9),
        conclusion: n % 5 ? undefined : 'Anémie modérée',
        result: [{ reference: `Observation/${observations[n * 3]!.id}` }],
      },
    ]).flat();
    const entry = [...observations, ...others].map((resource) => ({
      resource,
      request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
    }));
    for (let at = 0; at < entry.length; at += 80)
      ok(
        await api('POST', '/fhir/R4', { resourceType: 'Bundle', type: 'transaction', entry: entry.slice(at, at + 80) }),
      );
  });

  test('DOS-17 SEC-3 words find the lines that reading the whole history finds, of what this person sees', async () => {
    const agree = async () => {
      for (const who of [doctor, nurse]) {
        const whole = await all(who, '');
        await fc.assert(
          fc.asyncProperty(
            fc.uniqueArray(
              fc.constantFrom(
                'hemo',
                'poids',
                'oedeme',
                'membre',
                '10',
                '12 5',
                'anemie',
                'bilan',
                'balance',
                'eon',
                'kg',
                'asth',
                'zz',
              ),
              { minLength: 1, maxLength: 2 },
            ),
            async (words) => {
              const q = words.join(' ');
              assert.deepEqual(named(await all(who, `q=${encodeURIComponent(q)}`)), named(slowly(whole, q)), q);
            },
          ),
          { numRuns: 12 },
        );
      }
    };
    await agree();
    assert.equal((await all(doctor, 'q=balance')).length, 1, 'the oldest of all');
    const [before] = await all(doctor, 'q=balance');
    const { body: old } = ok(await api('GET', `/fhir/R4/Observation/${before!.id}`));
    ok(await api('PUT', `/fhir/R4/Observation/${before!.id}`, { ...old, note: [{ text: 'Pesée au pèse-personne' }] }));
    assert.deepEqual(await all(doctor, 'q=balance'), [], 'what it said before');
    assert.equal((await all(doctor, 'q=pese')).length, 1);
    ok(
      await doctor.send('POST', `/api/patients/${patient}/choices`, {
        decision: 'oppose',
        practitioner: nurse.practitioner,
      }),
    );
    assert.notEqual((await nurse.send('GET', `/api/patients/${patient}/timeline?q=poids`)).status, 200);
  });
});
