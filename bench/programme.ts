/**
 * `npm run bench -- --programme`: what the heavy acts of the regional programme cost, on each engine: ranking 1,000 applications, the synthesis of 5,000 answers to a questionnaire,
 * 500 letters as PDF. Each engine in a process of its own; the house is asked in the same process, so that what is timed is the product and its database, without a network.
 */
import { fork } from 'node:child_process';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

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
export async function programme(engines: readonly ('pglite' | 'postgres')[], say: (text: string) => void, write: boolean): Promise<string> {
  const before = loadavg()[0]!;
  const parts: string[] = [];
  for (const engine of engines) {
    say(`${engine}: ${sizes.applications} applications, ${sizes.answers} answers, ${sizes.letters} letters`);
    const lines = await new Promise<Line[]>((resolve, reject) => {
      const child = fork(import.meta.filename, ['measure'], { env: { ...process.env, ESTRAN_TEST_ENGINE: engine }, stdio: 'inherit' });
      child.once('message', (message) => resolve(message as Line[]));
      child.once('exit', (code) => reject(new Error(`the measuring process ended with ${code}`)));
    });
    parts.push(`### ${engine === 'postgres' ? 'PostgreSQL (fsync off)' : 'Embedded'}`, '', '| act | runs | median ms | slowest ms | CPU ms server | |', '| --- | --: | --: | --: | --: | --- |', ...lines.map(({ act, runs, p50, worst, cpu, more }) => `| ${act} | ${runs} | ${p50.toFixed(0)} | ${worst.toFixed(0)} | ${cpu.toFixed(0)} | ${more} |`), '');
  }
  const after = loadavg()[0]!;
  const machine = `Measured on ${new Date().toISOString().slice(0, 10)}: ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.versions.node}, load average ${before.toFixed(1)} before and ${after.toFixed(1)} after${Math.max(before, after) > availableParallelism() ? ' (above the number of cores: other work took part of the machine, times are too long)' : ''}.`;
  const text = [machine, '', ...parts].join('\n');
  const readme = join(import.meta.dirname, 'README.md');
  if (write && existsSync(readme)) {
    const held = readFileSync(readme, 'utf8');
    const section = `${from}\n${text}\n${to}`;
    writeFileSync(readme, held.includes(from) ? `${held.slice(0, held.indexOf(from))}${section}${held.slice(held.indexOf(to) + to.length)}` : `${held.trimEnd()}\n\n## The regional programme\n\n\`npm run bench -- --programme\` makes a call with ${sizes.applications.toLocaleString('en')} applications submitted and scored by two reviewers, a project with ${sizes.answers.toLocaleString('en')} answers to its questionnaire, and ${sizes.letters} decision letters. Ledger on. Times are of the whole answer, reading from the database included.\n\n${section}\n`);
  }
  return text;
}

async function measure(): Promise<void> {
  const { newRegion, testHouse } = await import('../test/app.ts');
  const { drawLetter } = await import('../src/programme/letters/send.ts');
  const { paperOf } = await import('../src/programme/letters/wording.ts');
  const { goodAnswers, openedProject, publish } = await import('../src/programme/programme.fixture.ts');
  const { shippedForm } = await import('../src/programme/choice/questionnaire.ts');
  const { db } = await testHouse();
  const lines: Line[] = [];
  async function time(act: string, runs: number, once: () => Promise<unknown> | unknown, more: (ms: number) => string): Promise<void> {
    await once();
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
  await publish(region, 'mesure', { places: 400 });
  const [officer] = [await region.person('ars-officer')];
  const put = (text: string, rows: (number | string | null)[][], cast: string[]) =>
    db.owner('the world of the bench', async (sql) => {
      for (let at = 0; at < rows.length; at += 500) {
        const some = rows.slice(at, at + 500);
        await sql.query(`${text} select ${cast.map((type, column) => `c${column}::${type}`).join(', ')} from json_to_recordset($1::json) as r (${cast.map((_, column) => `c${column} text`).join(', ')})`, [JSON.stringify(some.map((row) => Object.fromEntries(row.map((value, column) => [`c${column}`, value === null ? null : String(value)]))))]);
      }
    });
  const at = new Date().toISOString();
  const ids = Array.from({ length: sizes.applications }, (_, index) => `mesure-${index}`);
  const facts = (index: number) => ({ ...goodAnswers, 'aci.member': index % 3 > 0, 'aci.plans': true, 'aci.plannedOn': '2030-01-01', 'coordination.meetings': index % 12, 'coordination.protocols': index % 5, 'coordination.complexCases': index % 2 === 0 });
  await put('insert into programme.application (tenant_id, id, edition, practice, practice_name, state, submission, created_at)', ids.map((id, index) => [region.tenant, id, 'mesure', `equipe-${index}`, `Équipe ${index}`, 'submitted', 1, at]), ['int', 'text', 'text', 'text', 'text', 'text', 'int', 'timestamptz']);
  await put('insert into programme.submission (tenant_id, application, number, receipt, edition_version, answers, documents, by, by_name, mail, practice_tenant, at)', ids.map((id, index) => [region.tenant, id, 1, `SIP-2030-${index}`, 1, JSON.stringify(facts(index)), JSON.stringify([{ id: 'd1', document: 'health-project', name: 'projet.pdf', sha256: '', size: 1 }, { id: 'd2', document: 'validation', name: 'validation.pdf', sha256: '', size: 1 }]), 'x', 'Camille Riou', 'equipe@exemple.example', null, new Date(Date.now() - index * 60_000).toISOString()]), ['int', 'text', 'int', 'text', 'int', 'jsonb', 'jsonb', 'text', 'text', 'text', 'int', 'timestamptz']);
  await put('insert into programme.score (tenant_id, application, reviewer, criterion, points, reason, reviewer_name, version, at)', ids.flatMap((id, index) => ['r1', 'r2'].flatMap((reviewer) => ['project', 'organisation', 'calendar'].map((criterion, item) => [region.tenant, id, reviewer, criterion, (index + item) % 6, 'Lu.', reviewer, 1, at]))), ['int', 'text', 'text', 'text', 'int', 'text', 'text', 'int', 'timestamptz']);
  await time(`ranking ${sizes.applications.toLocaleString('en')} applications`, 7, async () => {
    const { status, body, text } = await officer.send('GET', '/api/programme/editions/mesure/ranking?places=400');
    if (status !== 200 || body.ranked.length + body.refused.length + body.unclear.length !== sizes.applications) throw new Error(`nothing to measure: ${status} ${text.slice(0, 300)}`);
  }, (ms) => `${((1000 * sizes.applications) / ms).toFixed(0)} applications a second, each with its reasons`);

  const { project, consultant, region: other } = await openedProject();
  const closes = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  const opened = await consultant.send('POST', `/api/programme/projects/${project}/needs/open`, { seen: 0, closesOn: closes });
  if (opened.status !== 200) throw new Error(opened.text);
  const professions = ['physician', 'nurse', 'physiotherapist', 'pharmacist', 'midwife', 'speech-therapist', 'medical-secretary', 'coordinator'];
  const expected = ['Voir les notes des infirmiers sans téléphoner.', 'Un dossier commun à toute l’équipe.', 'Moins de papier.', 'Savoir qui passe et quand.', 'Les comptes rendus de l’hôpital à temps.'];
  const answers = (index: number) => Object.fromEntries(shippedForm.sections.flatMap(({ questions }) => questions).map((question, place) => [question.id, question.type === 'matrix' ? Object.fromEntries(question.rows!.map(({ code }, row) => [code, (index * 7 + row + place) % 4])) : question.type === 'multiple' ? question.choices!.filter((_, choice) => (index + choice + place) % 3 === 0).map(({ code }) => code) : question.type === 'single' ? question.choices![(index + place) % question.choices!.length]!.code : question.type === 'scale' ? 1 + ((index + place) % 5) : question.type === 'number' ? (index * 13) % 500 : `${expected[(index + place) % expected.length]} ${index % 40}`]));
  await put('insert into programme.needs_person (tenant_id, id, project, name, profession, mail, shared, answers, started_at, submitted_at, at)', Array.from({ length: sizes.answers }, (_, index) => [other.tenant, `personne-${index}`, project, `Personne ${index}`, professions[index % professions.length]!, '', 'true', JSON.stringify(answers(index)), at, at, at]), ['int', 'text', 'text', 'text', 'text', 'text', 'boolean', 'jsonb', 'timestamptz', 'timestamptz', 'timestamptz']);
  await time(`synthesis of ${sizes.answers.toLocaleString('en')} answers`, 7, async () => {
    const { status, body } = await consultant.send('GET', `/api/programme/projects/${project}/needs/synthesis`);
    if (status !== 200 || body.submitted !== sizes.answers) throw new Error(`nothing to measure: ${status}`);
  }, (ms) => `${shippedForm.sections.flatMap(({ questions }) => questions).length} questions, ${((1000 * sizes.answers) / ms).toFixed(0)} answers a second`);

  const letters = Array.from({ length: sizes.letters }, (_, index) => ({
    at: new Date(),
    data: paperOf({ region: 'ARS', publisher: 'ARS', call: 'Appel mesuré', version: 1, team: `Équipe ${index}`, receipt: `SIP-2030-${index}`, submittedOn: '01/05/2030', decidedOn: '02/06/2030', writtenOn: '03/06/2030', outcome: index % 3 === 0 ? 'refused' : index % 3 === 1 ? 'waiting' : 'chosen', rank: index + 1, waiting: index + 1, places: 100, words: ['Déjà dans l’ACI : 100 points.', 'Un coordinateur est en poste.', 'Réunions pluriprofessionnelles : 8 par an.'], note: '', signatory: 'Camille Riou', role: 'Instruction', reference: `MESURE-C${index}`, letterVersion: 1, to: 'Camille Riou' }),
  }));
  let bytes = 0;
  await time(`${sizes.letters} letters as PDF/A`, 1, () => {
    bytes = 0;
    for (const letter of letters) bytes += drawLetter(letter as never).length;
  }, (ms) => `${(ms / sizes.letters).toFixed(1)} ms a letter, ${Math.round(bytes / sizes.letters / 1024)} kB each`);
  process.send!(lines, () => process.exit(0));
}
if (process.argv[2] === 'measure' && process.send) await measure();
