/**
 * `npm run bench -- --terms FOLDER`: what looking for a term costs, on each engine, over the publishers' own files (CIM-10, CCAM, BDPM, NUVA: FOLDER holds them, in any depth). Each engine in a process of its own; the house
 * is asked in the same process, through its whole stack. What is typed grows letter by letter, as in a field.
 */
import { fork } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { loadNow, ownSection } from './own-section.ts';

interface Line {
  act: string;
  runs: number;
  p50: number;
  p95: number;
  worst: number;
  more: string;
}
const [from, to] = ['<!-- terms: begin -->', '<!-- terms: end -->'];

/** What people type, in each kind of field; the last ones hold a mistake. */
const typed: Record<string, readonly string[]> = {
  problems: [
    'diabète de type 2',
    'hypertension',
    'tension',
    'fractures col fémur',
    'insuffisance cardiaque',
    'E11.9',
    'I50',
    'chute',
    'cancer du sein',
    'infection urinaire',
    'avc',
    'asthme',
    'dépression',
    'bronchite aiguë',
    'diabette',
    'hypertention',
    'cervicalgei',
  ],
  medicines: [
    'metformine 1000',
    'doliprane 1 g',
    'amoxicilline',
    'paracetamol 500',
    'ramipril 5',
    'insuline glargine',
    'eliquis',
    'salbutamol',
    '60234100',
    'levothyrox 75',
    'amoxiciline',
    'atorvastatne',
  ],
  acts: [
    'échographie abdomen',
    'radiographie genou',
    'extraction dent',
    'JQQP',
    'pansement brulure',
    'coloscopie',
    'scanner thorax',
    'echografie',
  ],
  vaccines: ['ror', 'grippe', 'repevax', 'pneumocoque', 'méningocoque b', 'covid', 'gripe'],
};

/** Measures each engine and returns the tables as Markdown; `write` puts them in README.md as well. */
export async function terms(
  folder: string,
  engines: readonly ('pglite' | 'postgres')[],
  say: (text: string) => void,
  write: boolean,
): Promise<string> {
  if (!folder || !existsSync(folder))
    throw new Error('--terms needs the folder of the publishers’ files (CIM-10, CCAM, BDPM, NUVA).');
  const before = loadNow();
  const parts: string[] = [];
  for (const engine of engines) {
    say(`${engine}: loading the lists, then typing`);
    const lines = await new Promise<Line[]>((resolve, reject) => {
      const child = fork(import.meta.filename, ['measure', folder], {
        env: { ...process.env, ESTRAN_TEST_ENGINE: engine },
        stdio: 'inherit',
      });
      child.once('message', (message) => resolve(message as Line[]));
      child.once('exit', (code) => reject(new Error(`the measuring process ended with ${code}`)));
    });
    parts.push(
      `### ${engine === 'postgres' ? 'PostgreSQL (fsync off)' : 'Embedded'}`,
      '',
      '| act | runs | median ms | p95 ms | slowest ms | |',
      '| --- | --: | --: | --: | --: | --- |',
      ...lines.map(
        ({ act, runs, p50, p95, worst, more }) =>
          `| ${act} | ${runs} | ${p50.toFixed(1)} | ${p95.toFixed(1)} | ${worst.toFixed(1)} | ${more} |`,
      ),
      '',
    );
  }
  return ownSection(
    { before, parts },
    { from, to },
    `## Terms as one types\n\n\`npm run bench -- --terms FOLDER\` loads the publishers’ files and types what people type, letter by letter, through \`GET /api/terms\`. Times are of the whole answer, session and rights included. Target: p95 under 50 ms of server time.`,
    write,
  );
}

async function measure(folder: string): Promise<void> {
  const { newPractice, testHouse } = await import('../test/app.ts');
  const { loadList, publicLists, readFiles } = await import('../src/fhir/index.ts');
  const { db } = await testHouse();
  const nurse = await (await newPractice('Structure mesurée')).person('nurse');
  const lines: Line[] = [];
  const note = (act: string, took: number[], more: string) => {
    took.sort((a, b) => a - b);
    lines.push({
      act,
      runs: took.length,
      p50: took[Math.floor(took.length / 2)]!,
      p95: took[Math.floor(took.length * 0.95)]!,
      worst: took.at(-1)!,
      more,
    });
  };
  const wanted =
    /^(CIS_(COMPO_)?bdpm|cim|ccam_actes|nuva_core|nuva_fr|CIS2nuva|ATC2nuva).*\.(txt|json|csv|yml)(\.gz)?$/i;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && wanted.test(one.name) && !/codes/.test(one.name))
    .map((one) => join(one.parentPath, one.name));
  for (const list of readFiles(
    files.map((path) => ({ name: basename(path), bytes: readFileSync(path) })),
    new Date().toISOString().slice(0, 10),
  )) {
    const began = performance.now();
    await loadList(db, 0, list, { actor: 'System', actorName: 'bench' });
    const took = performance.now() - began;
    note(
      `load ${publicLists[list.list].title}`,
      [took],
      `${list.terms.length.toLocaleString('en')} terms, ${Math.round((1000 * list.terms.length) / took).toLocaleString('en')} a second`,
    );
  }
  for (const [list, phrases] of Object.entries(typed)) {
    const asked = phrases.flatMap((phrase) =>
      Array.from({ length: phrase.length - 1 }, (_, at) => phrase.slice(0, at + 2)),
    );
    const took: number[] = [];
    let slowest = { words: '', ms: 0 };
    let empty = 0;
    for (let round = 0; round < 3; round++)
      for (const words of asked) {
        const began = performance.now();
        const answer = await nurse.send('GET', `/api/terms?list=${list}&words=${encodeURIComponent(words)}`);
        const ms = performance.now() - began;
        if (answer.status !== 200) throw new Error(answer.text);
        if (answer.body.terms.length === 0) empty++;
        took.push(ms);
        if (ms > slowest.ms) slowest = { words, ms };
      }
    note(
      `search ${list} as one types`,
      took,
      `slowest: « ${slowest.words} »; ${empty} of ${took.length} without an answer; p95 ≤ 50 ms ${took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.95)]! <= 50 ? 'met' : 'NOT met'}`,
    );
  }
  process.send?.(lines, () => process.exit(0));
}

if (process.argv[2] === 'measure' && process.send) await measure(process.argv[3] ?? '');
