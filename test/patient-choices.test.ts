import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { type Answer, newPractice, testHouse, type TestPerson, type TestPractice } from './app.ts';
import { each, entriesOf, unknown } from './ways-out.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: Answer): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};
/** In the words of everything that is about this patient, and nowhere else. */
const word = 'zanzibarienne';
const family = 'Quellenec';
const hears = (text: string): boolean => /zanzibar/i.test(text);

/**
 * SEC-4: a patient keeps one person, then a profession out. Every GET that takes no patient in its path, and every FHIR type, walked by whoever is kept out: before,
 * while it stands, and once it is ended. What is identity, administrative, of the agenda, or the bare existence of a task stays (docs/adr/0006, 0051); no other word does.
 */
describe('a choice of the patient, lived in every list', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let coordinator: TestPerson;
  let nurse: TestPerson;
  let mate: TestPerson;
  let patient = '';
  let meeting = '';
  const made: string[] = [];
  const threads: string[] = [];

  before(async () => {
    practice = await newPractice('Maison des choix');
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    nurse = await practice.person('nurse', { family: 'Morvan', given: 'Paul' });
    mate = await practice.person('nurse', { family: 'Tanguy', given: 'Rozenn' });
    coordinator = await practice.person('coordinator', { roles: ['coordinator'] });
    const one = { birthFamily: family, birthGivens: 'Azenor', birthDate: '17/05/1951', sex: 'female' };
    patient = ok(await doctor.send('POST', '/api/patients', one)).id;
    for (const { practitioner } of [nurse, mate])
      ok(await doctor.send('POST', `/api/patients/${patient}/team`, { practitioner }));
    for (const who of [nurse, mate]) await fillFor(who);
    await (await testHouse()).record.readTexts();
    await (await testHouse()).outbox.drained();
  });

  /** Everything by which this person comes to hear of the patient. */
  async function fillFor(who: TestPerson) {
    const at = `/api/patients/${patient}`;
    const person = (one: TestPerson) => ({ to: 'person', practitioner: one.practitioner });
    const profession = { to: 'profession', profession: who.caller.profession };
    const keep = (one: Json) => void made.push(one.id);
    for (const [by, to] of [
      [doctor, person(who)],
      [doctor, profession],
      [who, person(doctor)],
    ] as const) {
      keep(
        ok(
          await by.send('POST', `${at}/opinions`, {
            kind: 'opinion',
            question: `Avis ${word}`,
            addressee: to,
            parts: [],
          }),
        ),
      );
      keep(ok(await by.send('POST', '/api/tasks', { title: `Voir ${word}`, patient, addressee: to, due: 'auj' })));
      keep(ok(await by.send('POST', `${at}/handovers`, { text: `Vue ${word}`, addressee: to })));
    }
    for (const by of [doctor, who]) {
      const to = { people: [(by === who ? doctor : who).practitioner] };
      const thread = { key: randomUUID(), topic: `Plaie ${word}`, text: `Mot ${word}`, patient, urgent: true, to };
      const { id } = ok(await by.send('POST', '/api/messages/threads', thread));
      made.push(id);
      threads.push(id);
      ok(await by.send('POST', `${at}/notes`, { title: `Note ${word}`, text: `Texte ${word}` }));
    }
    const letter = { template: null, documentType: '11488-4', text: `Texte ${word}`, recipients: [], act: 'keep' };
    ok(await doctor.send('POST', `${at}/letters`, { ...letter, title: word, signatory: who.practitioner }));
    ok(await who.send('POST', `${at}/letters`, { ...letter, title: `Commencé ${word}` }));
    const line = { kind: 'nursing', label: `Soin ${word}`, instructions: word, quantity: 3 };
    ok(await doctor.send('POST', `${at}/orders`, { lines: [{ ...line, performer: who.practitioner }] }));
    ok(await doctor.send('POST', `${at}/problems`, { label: `Affection ${word}` }));
    ok(await doctor.send('POST', `${at}/allergies`, { label: `Allergie ${word}` }));
    ok(await who.send('POST', `${at}/results`, { values: [{ code: '2823-3', value: '7,1' }] }));
    ok(
      await doctor.send('POST', '/fhir/R4/DocumentReference', {
        resourceType: 'DocumentReference',
        status: 'current',
        subject: { reference: `Patient/${patient}` },
        date: new Date().toISOString(),
        description: `Document ${word}`,
        content: [
          { attachment: { contentType: 'text/plain', data: Buffer.from(`Lettre ${word}`).toString('base64') } },
        ],
      }),
    );
    const proposed = await doctor.send('POST', `${at}/meeting-proposals`, { reason: `Chutes ${word}` });
    if (proposed.status !== 409) {
      ({ id: meeting } = ok(
        await coordinator.send('POST', '/api/meetings', {
          start: new Date(Date.now() + 86_400_000).toISOString(),
          participants: [doctor, nurse, mate].map((one) => one.practitioner),
          patients: [ok(proposed).id],
        }),
      ));
      made.push(meeting);
    }
  }

  const queries: Record<string, readonly string[]> = {
    searchPatients: ['?q=', `?q=${family}`, `?q=${word}`, '?mine=true'],
    searchTexts: [`?q=${word}`, '?q=texte'],
    tasks: ['', ...['team', 'asked', 'unowned', 'late', 'done'].map((view) => `?view=${view}`), `?q=${word}`],
    threads: ['', '?view=unread', '?view=mentions', `?q=${word}`],
    opinions: ['', '?view=by-me', '?view=done'],
    changes: ['', '?days=90', '?view=attention'],
    vaccinesToDo: ['', '?only=all'],
  };
  const routes = () =>
    entriesOf(({ method, path }) => method === 'GET' && !path.includes(':patient')).flatMap(({ name, entry }) => {
      const lists: readonly string[] = [
        'miens',
        'vus',
        'revoir',
        'vaccins',
        'seances',
        'plaies',
        'chute',
        'grossesses',
      ];
      const values = entry.path.includes('patient-lists') ? lists : made;
      const paths = entry.path.includes(':')
        ? values.map((id) => entry.path.replace(/:(?:id|name|task|document|key)\b/, id).replace(/:\w+/g, unknown))
        : [entry.path];
      return paths.flatMap((path) => (queries[name.split('.')[1]!] ?? ['']).map((query) => path + query));
    });
  const types = async () =>
    (ok(await doctor.send('GET', '/fhir/R4/metadata')).rest[0].resource as { type: string }[]).map(({ type }) => type);

  /** Routes on which the words are heard, and those that name the patient. */
  async function walk(who: TestPerson) {
    const heard = new Set<string>();
    const named = new Set<string>();
    const fhir = new Set<string>();
    await each(routes(), async (url) => {
      const { status, text } = await who.send('GET', url);
      assert.ok(status < 500, `${url} ${status} ${text}`);
      const said = url.includes(word) ? text.replaceAll(`"${word}"`, '') : text;
      if (hears(said)) heard.add(url);
      if (said.includes(patient) || /quellenec|1951-05-17|17\/05\/1951/i.test(said)) named.add(url);
    });
    await each(await types(), async (type) => {
      for (const way of [`${type}?_count=500`, `${type}/_history?_count=500`]) {
        const { status, text, body } = await who.send('GET', `/fhir/R4/${way}`);
        assert.ok(status < 500, `${way} ${status} ${text}`);
        if (hears(text)) heard.add(way);
        for (const { resource } of body.entry ?? [])
          if (JSON.stringify(resource ?? {}).includes(patient)) fhir.add(resource.resourceType);
      }
    });
    const counts = {
      tasks: ok(await who.send('GET', '/api/tasks/count')).handovers,
      opinions: ((one: Json) => [one.toMe, one.byMe])(ok(await who.send('GET', '/api/opinions'))),
      messages: ((one: Json) => [one.unread, one.urgent])(ok(await who.send('GET', '/api/messages/counts'))),
    };
    return { heard, named, fhir, counts };
  }
  const of = (set: ReadonlySet<string>): string[] => [...set].sort();
  /** What this person's browser is told while `act` goes on, up to a message that is not about the patient. */
  async function told(who: TestPerson, act: () => Promise<unknown>): Promise<string> {
    const { app, outbox } = await testHouse();
    if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as { port: number };
    const stream = await fetch(`http://127.0.0.1:${port}/api/live`, { headers: { cookie: who.cookie } });
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    await act();
    await outbox.drained();
    const last = { key: randomUUID(), topic: 'Planning', text: 'Fin', to: { people: [who.practitioner] } };
    const { id } = ok(await doctor.send('POST', '/api/messages/threads', last));
    let text = '';
    while (!text.includes(id)) text += (await reader.read()).value ?? '';
    await reader.cancel();
    return text;
  }
  const goesOn = async () => {
    const at = `/api/patients/${patient}`;
    ok(await doctor.send('POST', `${at}/notes`, { title: word, text: word }));
    ok(await doctor.send('POST', `${at}/handovers`, { text: word, addressee: { to: 'team' } }));
    ok(await doctor.send('POST', '/api/tasks', { title: word, patient, addressee: { to: 'team' } }));
    for (const thread of threads)
      ok(await doctor.send('POST', `/api/messages/threads/${thread}/messages`, { key: randomUUID(), text: word }));
  };

  for (const [whom, one] of [
    ['one person', () => [nurse, { practitioner: nurse.practitioner }]],
    ['a profession', () => [mate, { profession: 'nurse' }]],
  ] as const)
    test(`SEC-4 whoever the patient keeps out (${whom}) reads no word about them in any list, search, count or FHIR type, is shown them in no list of care; and everything is back once it is ended`, async () => {
      const [who, choice] = one() as [TestPerson, object];
      const first = await walk(who);
      // What makes this test say something: the words are there before.
      for (const url of [
        '/api/changes',
        '/api/day',
        '/api/handovers',
        '/api/letters/to-sign',
        `/api/meetings/${meeting}`,
        '/api/messages/threads',
        '/api/opinions',
        '/api/orders',
        '/api/tasks',
        `/api/documents/search?q=${word}`,
        'Communication?_count=500',
        'Condition?_count=500',
        'DocumentReference?_count=500',
      ])
        assert.ok(first.heard.has(url), `${url} says nothing before: ${of(first.heard).join(' ')}`);
      assert.ok(first.named.has('/api/patient-lists/miens') && first.named.has('/api/patient-lists/vaccins'));
      assert.ok(
        Object.values(first.counts)
          .flat()
          .every((count) => count > 0),
        JSON.stringify(first.counts),
      );

      const at = `/api/patients/${patient}/choices`;
      const { choices } = ok(await doctor.send('POST', at, { decision: 'oppose', ...choice }));
      const kept = await walk(who);
      assert.deepEqual(of(kept.heard), [], 'no word');
      assert.deepEqual(kept.counts, { tasks: 0, opinions: [0, 0], messages: [0, 0] }, 'no number');
      assert.deepEqual(
        of(kept.named).filter((url) => !/^\/api\/(patients\?q=Q|tasks|orders$|day$)/.test(url)),
        [],
        'the name stays to who looks for it, and beside a task without its words',
      );
      assert.deepEqual(of(kept.fhir), ['Consent', 'Patient', 'Task']);

      const heard = await told(who, goesOn);
      const aboutThem = heard.split('\n').filter((one) => [patient, ...threads].some((id) => one.includes(id)));
      assert.ok(!hears(heard) && aboutThem.every((one) => one.includes('"topic":"tasks"')), heard);
      assert.ok(!(await who.send('GET', '/api/notices')).text.includes(patient));

      ok(
        await doctor.send('POST', `${at}/${choices[0].id}/end`, { version: choices[0].version, reason: 'Autre avis' }),
      );
      const back = await walk(who);
      assert.deepEqual(
        [of(back.heard), of(back.named), of(back.fhir)],
        [of(first.heard), of(first.named), of(new Set([...first.fhir, 'Consent']))],
      );
      // With what was handed over and written meanwhile.
      assert.equal(back.counts.tasks, first.counts.tasks + 1);
      assert.deepEqual(back.counts.opinions, first.counts.opinions);
      assert.ok(back.counts.messages[0]! > first.counts.messages[0]!);
    });
});
