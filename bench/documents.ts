/**
 * `npm run bench -- --documents`: full-text search over 200,000 documents of 10,000 patients (20,000 with --quick), by a physician who takes care of 1,500 of them, on each engine. Each engine in a
 * process of its own; the house is asked in the same process: what is timed is the whole answer, rights, ledger and marked words included, without a network.
 */
import { fork } from 'node:child_process';
import { loadNow, ownSection } from './own-section.ts';

interface Line {
  act: string;
  runs: number;
  p50: number;
  p95: number;
  worst: number;
  more: string;
}
const [from, to] = ['<!-- documents: begin -->', '<!-- documents: end -->'];
const target = 100;

/** Measures each engine and returns the tables as Markdown; `write` puts them in README.md as well. */
export async function documents(
  engines: readonly ('pglite' | 'postgres')[],
  count: number,
  say: (text: string) => void,
  write: boolean,
): Promise<string> {
  const before = loadNow();
  const parts: string[] = [];
  for (const engine of engines) {
    say(`${engine}: ${count} documents`);
    const lines = await new Promise<Line[]>((resolve, reject) => {
      const child = fork(import.meta.filename, ['measure', String(count)], {
        env: { ...process.env, ESTRAN_TEST_ENGINE: engine },
        stdio: 'inherit',
      });
      child.once('message', (message) => resolve(message as Line[]));
      child.once('exit', (code) => reject(new Error(`the measuring process ended with ${code}`)));
    });
    parts.push(
      `### ${engine === 'postgres' ? 'PostgreSQL (fsync off)' : 'Embedded'}, ${count.toLocaleString('en')} documents`,
      '',
      `| what is looked for | runs | median ms | p95 ms (wanted under ${target}) | slowest ms | |`,
      '| --- | --: | --: | --: | --: | --- |',
      ...lines.map(
        ({ act, runs, p50, p95, worst, more }) =>
          `| ${act} | ${runs} | ${p50.toFixed(0)} | ${p95.toFixed(0)}${p95 > target ? ' **not met**' : ''} | ${worst.toFixed(0)} | ${more} |`,
      ),
      '',
    );
  }
  return ownSection(
    { before, parts },
    { from, to },
    `## Words of documents\n\n\`npm run bench -- --documents\` writes 200,000 documents of 40 to 240 French words over 10,000 patients, 1,500 of them in the care of the physician who looks for words. Ledger on.`,
    write,
  );
}

const stems =
  'patient douleur traitement examen consultation tension diabète insuffisance cardiaque fracture radiographie échographie scanner biopsie hospitalisation antibiotique amoxicilline paracétamol œdème dyspnée fièvre toux asthme hypertension arythmie fibrillation anticoagulant saignement anémie ferritine hémoglobine glycémie cholestérol thyroïde genou hanche épaule rachis lombaire sciatique migraine vertige dépression anxiété sommeil apnée tabac alcool poids obésité nutrition grossesse accouchement vaccin rappel allergie urticaire eczéma psoriasis nævus mélanome cancer chimiothérapie radiothérapie chirurgie anesthésie cicatrice plaie pansement escarre infection urine rein calcul prostate colon coloscopie polype foie hépatite vésicule estomac ulcère reflux vision rétinopathie cataracte audition otite sinusite angine pneumopathie bronchite embolie phlébite varice artère coronaire infarctus'.split(
    ' ',
  );
/** Always the same numbers. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

async function measure(count: number): Promise<void> {
  const { newPractice, testHouse } = await import('../test/app.ts');
  const { hash64 } = await import('../src/platform/index.ts');
  const { db, fhir } = await testHouse();
  const random = numbers(20_261_126);
  const syllables = ['ba', 'cor', 'di', 'fla', 'gno', 'hy', 'lo', 'mi', 'né', 'pho', 'ra', 'sté', 'thro', 'va', 'zym'];
  const rare = Array.from({ length: 4_000 }, () =>
    Array.from({ length: 3 + Math.floor(random() * 2) }, () => syllables[Math.floor(random() * syllables.length)]).join(
      '',
    ),
  );
  // A few words make most of a text, as in any language.
  const word = () =>
    random() < 0.72
      ? stems[Math.floor(stems.length * random() ** 2.2)]!
      : rare[Math.floor(rare.length * random() ** 1.5)]!;
  const practice = await newPractice('Maison mesurée');
  const doctor = await practice.person('physician');
  const patients = Math.max(200, Math.round(count / 20));
  const store = fhir.asSystem(practice.tenant, 'bench');
  for (let at = 0; at < patients; at += 500)
    await store.createMany(
      Array.from({ length: Math.min(500, patients - at) }, (_, n) => ({
        resourceType: 'Patient',
        id: `mesure-${at + n}`,
        active: true,
        name: [{ use: 'official', family: `Mesure${at + n}`, given: ['Ana'] }],
        gender: 'female',
        birthDate: '1950-01-01',
      })),
    );
  const keys = Array.from({ length: patients }, (_, n) => String(hash64(`Patient/mesure-${n}`)));
  await db.owner('the world of the bench', async (sql) => {
    const me = String(hash64(`Practitioner/${doctor.practitioner}`));
    for (let at = 0; at < patients; at++)
      if (at % 20 < 3)
        await sql.query(
          `insert into access.care_relation (tenant_id, practitioner_key, patient_key, source, practitioner, patient) values ($1, $2::bigint, $3::bigint, 'CareTeam/mesure', $4, $5)`,
          [practice.tenant, me, keys[at], doctor.practitioner, `mesure-${at}`],
        );
    for (let at = 0; at < count; at += 500) {
      const rows = Array.from({ length: Math.min(500, count - at) }, (_, n) => {
        const number = at + n;
        const id = `mesure-doc-${number}`;
        const day = new Date(Date.UTC(2014, 0, 1) + Math.floor(random() * 4_600) * 86_400_000)
          .toISOString()
          .slice(0, 10);
        const body = Array.from({ length: 40 + Math.floor(random() * 200) }, word).join(' ');
        return {
          rid: 900_000_000 + number,
          id,
          patient: keys[number % patients],
          day,
          key: String(hash64(`DocumentReference/${id}`)),
          body,
          content: JSON.stringify({
            resourceType: 'DocumentReference',
            id,
            meta: { versionId: '1', lastUpdated: `${day}T10:00:00Z` },
            status: 'current',
            docStatus: 'final',
            subject: { reference: `Patient/mesure-${number % patients}` },
            date: `${day}T10:00:00Z`,
            description: `Compte rendu ${number}`,
            content: [{ attachment: { contentType: 'application/pdf' } }],
          }),
        };
      });
      const given = JSON.stringify(rows);
      await sql.query(
        `insert into fhir.resource (tenant_id, rid, type, id, version, updated, kind, key, patient, at, content) select $1::int, r.rid, 'DocumentReference', r.id, 1, r.day::timestamptz, 8, r.key, r.patient, r.day::timestamptz, r.content from json_to_recordset($2::json) as r (rid bigint, id text, patient bigint, day text, key bigint, content text)`,
        [practice.tenant, given],
      );
      await sql.query(
        `insert into record.text (tenant_id, rid, type, id, patient, day, code, heading, body, words, state) select $1::int, r.rid, 'DocumentReference', r.id, r.patient, r.day::date, '11488-4', 'Compte rendu', r.body, record.words_of(r.body), 'read' from json_to_recordset($2::json) as r (rid bigint, id text, patient bigint, day text, body text)`,
        [practice.tenant, given],
      );
    }
    for (const table of ['fhir.resource', 'record.text', 'access.care_relation', 'record.patient_name'])
      await sql.query(`vacuum (analyze) ${table}`);
  });
  const lines: Line[] = [];
  async function time(act: string, asked: () => string): Promise<void> {
    const took: number[] = [];
    let hits = 0;
    for (let run = 0; run < 63; run++) {
      const path = `/api/documents/search?${asked()}`;
      const begun = performance.now();
      const answer = await doctor.send('GET', path);
      // The first ones open connections and plans.
      if (run >= 3) took.push(performance.now() - begun);
      if (answer.status !== 200) throw new Error(`${path}: ${answer.text.slice(0, 300)}`);
      hits += answer.body.hits.length;
    }
    took.sort((a, b) => a - b);
    lines.push({
      act,
      runs: took.length,
      p50: took[Math.floor(took.length / 2)]!,
      p95: took[Math.floor(took.length * 0.95)]!,
      worst: took.at(-1)!,
      more: `${(hits / 63).toFixed(1)} shown on average`,
    });
  }
  const common = () => stems[Math.floor(random() * 20)]!;
  const middling = () => stems[40 + Math.floor(random() * 60)]!;
  const seldom = () => rare[3_000 + Math.floor(random() * 1_000)]!;
  const q = (...words: string[]) => `q=${encodeURIComponent(words.join(' '))}`;
  await time('one common word', () => q(common()));
  await time('one word', () => q(middling()));
  await time('one rare word', () => q(seldom()));
  await time('three words', () => q(middling(), middling(), common()));
  await time('a common and a rare word', () => q(common(), seldom()));
  await time('two rare words', () => q(seldom(), seldom()));
  await time('a phrase', () => q(`«${middling()} ${common()}»`));
  await time('one word, by year and kind', () => `${q(middling())}&from=2020&to=2021&kind=11488-4`);
  await time(
    'one word, in one record',
    () => `${q(middling())}&patient=mesure-${20 * Math.floor((random() * patients) / 20)}`,
  );
  process.send!(lines);
}
if (process.argv[2] === 'measure') {
  await measure(Number(process.argv[3]));
  process.exit(0);
}
