/**
 * `npm run bench -- --programme`: what the heavy acts of the regional programme cost, on each engine: ranking 1,000 applications, notifying them, 500 letters as PDF, the synthesis of 5,000
 * questionnaires. Each engine in a process of its own; the house is asked in the same process, so that what is timed is the product and its database, without a network.
 */
import { fork } from 'node:child_process';
import { loadNow, ownSection } from './own-section.ts';

interface Line {
  act: string;
  runs: number;
  p50: number;
  worst: number;
  /** CPU of this process, a run. */
  cpu: number;
  more: string;
}
const sizes = { applications: 1_000, answers: 5_000, letters: 500 };
const [from, to] = ['<!-- programme: begin -->', '<!-- programme: end -->'];

/** Measures each engine and returns the tables as Markdown; `write` puts them in README.md as well. */
export async function programme(
  engines: readonly ('pglite' | 'postgres')[],
  say: (text: string) => void,
  write: boolean,
): Promise<string> {
  const before = loadNow();
  const parts: string[] = [];
  for (const engine of engines) {
    say(`${engine}: ${sizes.applications} applications, ${sizes.answers} answers, ${sizes.letters} letters`);
    const lines = await new Promise<Line[]>((resolve, reject) => {
      const child = fork(import.meta.filename, ['measure'], {
        env: { ...process.env, ESTRAN_TEST_ENGINE: engine },
        stdio: 'inherit',
      });
      child.once('message', (message) => resolve(message as Line[]));
      child.once('exit', (code) => reject(new Error(`the measuring process ended with ${code}`)));
    });
    parts.push(
      `### ${engine === 'postgres' ? 'PostgreSQL (fsync off)' : 'Embedded'}`,
      '',
      '| act | runs | median ms | slowest ms | CPU ms server | |',
      '| --- | --: | --: | --: | --: | --- |',
      ...lines.map(
        ({ act, runs, p50, worst, cpu, more }) =>
          `| ${act} | ${runs} | ${p50.toFixed(0)} | ${worst.toFixed(0)} | ${cpu.toFixed(0)} | ${more} |`,
      ),
      '',
    );
  }
  return ownSection(
    { before, parts },
    { from, to },
    `## The regional programme\n\n\`npm run bench -- --programme\` makes a call with ${sizes.applications.toLocaleString('en')} applications submitted and scored by two reviewers, decides, notifies and draws the letters, then fills the questionnaire of a project ${sizes.answers.toLocaleString('en')} times. Ledger on. Times are of the whole answer, reading from the database included; server and database share the cores.`,
    write,
  );
}

async function measure(): Promise<void> {
  const { newRegion, testHouse } = await import('../test/app.ts');
  const { edition, shippedEditions } = await import('../src/programme/index.ts');
  const { db, context } = await testHouse();
  const lines: Line[] = [];
  async function time(
    act: string,
    runs: number,
    once: () => Promise<unknown>,
    more: (ms: number) => string,
  ): Promise<void> {
    const took: number[] = [];
    const cpu = process.cpuUsage();
    for (let run = 0; run < runs; run++) {
      const begun = performance.now();
      await once();
      took.push(performance.now() - begun);
    }
    const used = process.cpuUsage(cpu);
    took.sort((a, b) => a - b);
    const p50 = took[Math.floor(took.length / 2)]!;
    lines.push({ act, runs, p50, worst: took.at(-1)!, cpu: (used.user + used.system) / 1000 / runs, more: more(p50) });
  }
  const region = await newRegion('Région mesurée');
  const officer = await region.person('ars-officer');
  const ask = async (method: 'GET' | 'POST', path: string, body?: unknown) => {
    const answer = await officer.send(method, path, body);
    if (answer.status >= 400) throw new Error(`${path}: ${answer.text.slice(0, 500)}`);
    return answer;
  };
  // The world is written as its tables are: a thousand teams would take longer to live than to measure.
  const put = (text: string, rows: (number | string | null)[][], cast: string[]) =>
    db.owner('the world of the bench', async (sql) => {
      for (let at = 0; at < rows.length; at += 500)
        await sql.query(
          `${text} select ${cast.map((type, column) => `c${column}::${type}`).join(', ')} from json_to_recordset($1::json) as r (${cast.map((_, column) => `c${column} text`).join(', ')})`,
          [
            JSON.stringify(
              rows
                .slice(at, at + 500)
                .map((row) =>
                  Object.fromEntries(row.map((value, column) => [`c${column}`, value === null ? null : String(value)])),
                ),
            ),
          ],
        );
    });
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000);
  const viewer = {
    region: { tenant: region.tenant, id: region.id, name: 'Région mesurée' },
    practitioner: officer.practitioner,
    name: officer.caller.name,
    caller: { ...officer.caller, region: true as const },
    as: 'officer' as const,
  };
  const call = edition.parse({
    ...shippedEditions[1]!,
    id: 'mesure',
    title: 'Appel mesuré',
    deadline: `${ago(2).toISOString().slice(0, 10)}T23:59:59`,
    places: 400,
    tie: 'earliest',
  });
  await context.programme.on(() => ago(60)).publish(viewer, call, 'sip-2024');
  const ids = Array.from({ length: sizes.applications }, (_, index) => `mesure-${index}`);
  const at = ago(10).toISOString();
  const facts = (index: number) => ({
    'team.legalForm': 'association',
    'team.sites': '1 rue de l’Essai',
    'team.territory': 'Pays des Essais',
    'team.fragileTerritory': true,
    'team.members': { physician: 3, nurse: 4, coordinator: 1 },
    'healthProject.written': true,
    'healthProject.validated': true,
    'healthProject.validatedOn': '2023-06-01',
    'aci.member': index % 3 > 0,
    'aci.plans': true,
    'aci.plannedOn': new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10),
    'coordination.coordinator': index % 4 > 0,
    'coordination.referent': true,
    'coordination.referentName': 'Camille Riou',
    'coordination.meetings': index % 12,
    'coordination.complexCases': index % 2 === 0,
    'coordination.protocols': index % 5,
    'software.present': 'Trois logiciels',
    'software.equipment': 'Onze postes',
    'software.labelled': true,
    'signatory.name': 'Camille Riou',
    'signatory.role': 'Présidente',
  });
  await put(
    'insert into programme.application (tenant_id, id, edition, practice, practice_name, state, submission, created_at)',
    ids.map((id, index) => [region.tenant, id, call.id, `equipe-${index}`, `Équipe ${index}`, 'submitted', 1, at]),
    ['int', 'text', 'text', 'text', 'text', 'text', 'int', 'timestamptz'],
  );
  const documents = JSON.stringify(
    ['health-project', 'validation'].map((document) => ({
      id: document,
      document,
      name: `${document}.pdf`,
      sha256: '',
      size: 1,
    })),
  );
  await put(
    'insert into programme.submission (tenant_id, application, number, receipt, edition_version, answers, documents, by, by_name, mail, practice_tenant, at)',
    ids.map((id, index) => [
      region.tenant,
      id,
      1,
      `MESURE-${index}`,
      1,
      JSON.stringify(facts(index)),
      documents,
      'x',
      'Camille Riou',
      '',
      null,
      new Date(ago(10).getTime() + index * 60_000).toISOString(),
    ]),
    ['int', 'text', 'int', 'text', 'int', 'jsonb', 'jsonb', 'text', 'text', 'text', 'int', 'timestamptz'],
  );
  await put(
    'insert into programme.score (tenant_id, application, reviewer, criterion, points, reason, reviewer_name, version, at)',
    ids.flatMap((id, index) =>
      ['r1', 'r2'].flatMap((reviewer) =>
        call.review.map((item, place) => [
          region.tenant,
          id,
          reviewer,
          item.id,
          (index + place) % 6,
          'Lu.',
          reviewer,
          1,
          at,
        ]),
      ),
    ),
    ['int', 'text', 'text', 'text', 'int', 'text', 'text', 'int', 'timestamptz'],
  );
  let seen = '';
  const rank = async () => {
    const { body } = await ask('GET', `/api/programme/editions/${call.id}/ranking?places=400`);
    if (
      body.ranked.length + body.refused.length + body.unclear.length !== sizes.applications ||
      body.ranked.length < 500
    )
      throw new Error(
        `nothing to measure: ${body.ranked.length} ranked, ${body.refused.length} refused, ${body.unclear.length} unclear`,
      );
    seen = body.seen;
  };
  await rank();
  await time(
    `ranking of ${sizes.applications.toLocaleString('en')} applications`,
    7,
    rank,
    (ms) => `${((1000 * sizes.applications) / ms).toFixed(0)} applications a second, each with its reasons`,
  );
  await ask('POST', `/api/programme/editions/${call.id}/decide`, { places: 400, seen });
  await time(
    `notifying ${sizes.applications.toLocaleString('en')} teams`,
    1,
    () =>
      ask('POST', `/api/programme/editions/${call.id}/notify`, {
        signatory: 'Jeanne Ars',
        role: 'Directrice',
        note: '',
      }),
    (ms) => `one transaction, ${(ms / sizes.applications).toFixed(1)} ms a letter`,
  );
  const { letters } = (await ask('GET', `/api/programme/editions/${call.id}/letters`)).body as {
    letters: { id: string }[];
  };
  let bytes = 0;
  await time(
    `${sizes.letters} letters as PDF/A`,
    1,
    async () => {
      for (const { id } of letters.slice(0, sizes.letters))
        bytes += (await ask('GET', `/api/programme/letters/${id}/pdf`)).text.length;
    },
    (ms) => `one after the other, ${(ms / sizes.letters).toFixed(1)} ms each`,
  );
  if (bytes < sizes.letters * 5_000) throw new Error('letters without content');

  await ask('POST', `/api/programme/editions/${call.id}/projects`);
  const project = (await ask('GET', '/api/programme/projects')).body.projects[0].id as string;
  await ask('POST', `/api/programme/projects/${project}/needs/open`, {
    seen: 0,
    closesOn: new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10),
  });
  const { sections } = (await ask('GET', `/api/programme/projects/${project}/needs`)).body as ReturnType<
    typeof context.programme.on
  >['needsForm'];
  const questions = sections.flatMap((section) => section.questions);
  const professions = [
    'physician',
    'nurse',
    'physiotherapist',
    'pharmacist',
    'midwife',
    'speech-therapist',
    'medical-secretary',
    'coordinator',
  ];
  const texts = [
    'Voir les notes des infirmiers sans téléphoner.',
    'Un dossier commun à toute l’équipe.',
    'Moins de papier.',
    'Savoir qui passe et quand.',
    'Les comptes rendus de l’hôpital à temps.',
  ];
  const answer = ({ type, choices, rows }: (typeof questions)[number], index: number, place: number): unknown => {
    if (type === 'matrix')
      return Object.fromEntries(rows!.map(({ code }, row) => [code, (index * 7 + row + place) % 4]));
    if (type === 'multiple')
      return choices!.filter((_, choice) => (index + choice + place) % 3 === 0).map(({ code }) => code);
    if (type === 'single') return choices![(index + place) % choices!.length]!.code;
    return type === 'scale'
      ? 1 + ((index + place) % 5)
      : type === 'number'
        ? (index * 13) % 500
        : `${texts[(index + place) % texts.length]} ${index % 40}`;
  };
  await put(
    'insert into programme.needs_person (tenant_id, id, project, name, profession, mail, shared, answers, started_at, submitted_at, at)',
    Array.from({ length: sizes.answers }, (_, index) => [
      region.tenant,
      `personne-${index}`,
      project,
      `Personne ${index}`,
      professions[index % professions.length]!,
      '',
      'true',
      JSON.stringify(
        Object.fromEntries(questions.map((question, place) => [question.id, answer(question, index, place)])),
      ),
      at,
      at,
      at,
    ]),
    ['int', 'text', 'text', 'text', 'text', 'text', 'boolean', 'jsonb', 'timestamptz', 'timestamptz', 'timestamptz'],
  );
  const synthesis = async () => {
    const { body } = await ask('GET', `/api/programme/projects/${project}/needs/synthesis`);
    if (body.submitted !== sizes.answers) throw new Error(`nothing to measure: ${body.submitted} answers`);
  };
  await synthesis();
  await time(
    `synthesis of ${sizes.answers.toLocaleString('en')} questionnaires`,
    7,
    synthesis,
    (ms) => `${questions.length} questions, ${((1000 * sizes.answers) / ms).toFixed(0)} questionnaires a second`,
  );
  process.send!(lines, () => process.exit(0));
}
if (process.argv[2] === 'measure' && process.send) await measure();
