import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type Answer, newPractice, type TestPerson, type TestPractice } from '../../test/app.ts';
import { professionOfCoding } from '../access/index.ts';
import { answersFrom } from './contract/sections/values.ts';
import { shippedSections } from './data/sections/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: Answer): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};
const r94 = 'https://mos.esante.gouv.fr/NOS/TRE_R94-ProfessionSocial/FHIR/TRE-R94-ProfessionSocial';
const evaluation = (said: Parameters<typeof answersFrom>[1]) => {
  const { form, edition } = shippedSections.find(({ key }) => key === 'evaluation-sociale')!;
  return { section: form.id!, edition, items: answersFrom(form, said) };
};

describe('a social worker in the team', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let social: TestPerson;
  let apart: TestPerson;
  let stranger: TestPerson;
  let patient: string;
  before(async () => {
    practice = await newPractice('Maison du service social');
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    social = await practice.person('social-worker', { family: 'Lagadec', given: 'Enora' });
    apart = await practice.person('social-worker', { family: 'Cozic', given: 'Malo' });
    stranger = await (await newPractice()).person('social-worker');
    patient = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: 'Trégouët',
        birthGivens: 'Lise',
        birthDate: '12/03/1951',
        sex: 'female',
      }),
    ).id;
    ok(await doctor.send('POST', `/api/patients/${patient}/team`, { practitioner: social.practitioner }));
    ok(await doctor.send('POST', `/api/patients/${patient}/measures`, { values: [{ code: '29463-7', value: 61 }] }));
  });
  const fill = (
    who: TestPerson,
    said: Parameters<typeof answersFrom>[1] = {
      motif: 'Retour à domicile',
      accord: true,
      synthese: 'Dossier APA à déposer.',
    },
  ) => who.send('POST', `/api/patients/${patient}/sections`, evaluation(said));

  test('SEC-3 COO-1 the profession is told by its code in the national table of social professions, never in that of health', async () => {
    const [role] = ok(
      await social.send('GET', `/fhir/R4/PractitionerRole?practitioner=Practitioner/${social.practitioner}`),
    ).entry;
    assert.deepEqual(
      role.resource.code[0].coding.map(({ system, code }: Json) => [system.split('/').at(-1), code]).at(-1),
      ['TRE-R94-ProfessionSocial', '41'],
    );
    const [team] = ok(await doctor.send('GET', `/fhir/R4/CareTeam?patient=Patient/${patient}`)).entry;
    const member = team.resource.participant.find(
      ({ member: one }: Json) => one.reference === `Practitioner/${social.practitioner}`,
    );
    assert.deepEqual(member.role[0].coding[0], { system: r94, code: '41', display: 'Assistant de service social' });
    assert.equal(professionOfCoding(r94, '41'), 'social-worker');
    assert.equal(
      professionOfCoding('https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante', '41'),
      undefined,
    );
    assert.equal(
      professionOfCoding('https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante', '60'),
      'nurse',
    );
    assert.equal(professionOfCoding('urn:oid:1.2.3', '41'), undefined);
    assert.equal(professionOfCoding(undefined, '41'), undefined);
  });

  test('DOS-8 DOS-2 she evaluates, notes how the person lives, and the team reads it', async () => {
    ok(await fill(social));
    ok(
      await social.send('POST', `/api/patients/${patient}/history`, {
        topic: 'social',
        subject: 'household',
        answers: ['alone'],
      }),
    );
    const page = ok(await doctor.send('GET', `/api/patients/${patient}/record`));
    assert.match(JSON.stringify(page), /Évaluation sociale/);
    assert.match(JSON.stringify(page), /Vit seule?/);
  });

  test('SEC-3 she reads neither problems, treatments, results nor measures, by screen or by FHIR, and prescribes nothing', async () => {
    for (const type of [
      'Condition',
      'MedicationRequest',
      'MedicationStatement',
      'DiagnosticReport',
      'Immunization',
      'AllergyIntolerance',
    ]) {
      const answer = await social.send('GET', `/fhir/R4/${type}?patient=Patient/${patient}`);
      assert.ok(
        answer.status === 403 ||
          (answer.status === 200 &&
            (answer.body.entry ?? []).every(({ resource }: Json) => resource.resourceType === 'OperationOutcome')),
        `${type}: ${answer.status}`,
      );
    }
    const page = await social.send('GET', `/api/patients/${patient}/record`);
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.text, /61 kg/);
    assert.equal(
      (await social.send('POST', `/api/patients/${patient}/measures`, { values: [{ code: '29463-7', value: 60 }] }))
        .status,
      403,
    );
    assert.equal((await social.send('POST', `/api/patients/${patient}/problems`, { label: 'Dépression' })).status, 403);
  });

  test('SEC-4 who may not: outside of the care team, opposed, of another practice', async () => {
    for (const who of [apart, stranger]) assert.ok([403, 404].includes((await fill(who)).status), who.practitioner);
    assert.ok([403, 404].includes((await apart.send('GET', `/api/patients/${patient}/record`)).status));
    assert.ok([403, 404].includes((await stranger.send('GET', `/api/patients/${patient}/record`)).status));
    ok(
      await doctor.send('POST', `/api/patients/${patient}/choices`, {
        decision: 'oppose',
        practitioner: social.practitioner,
        kinds: [],
      }),
    );
    assert.equal((await fill(social)).status, 403, 'opposed');
    assert.doesNotMatch((await social.send('GET', `/api/patients/${patient}/record`)).text, /Évaluation sociale/);
  });
});
