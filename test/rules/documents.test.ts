/** What documents name is there: pages, headings, files, commands, settings, and the words that the manual says are on screen. */
import assert from 'node:assert/strict';
import { posix } from 'node:path';
import test from 'node:test';
import { cockpitOf } from '../../src/record/data/cockpits/cockpits.ts';
import { listOf } from '../../src/record/data/cockpits/lists.ts';
import { type Profession, professionCodes } from '../../src/access/professions.ts';
import { blockName } from '../../src/record/web/cockpits/block-names.ts';
import { files, isTest, textOf } from './tree.ts';

const documents = files.filter((path) => path.endsWith('.md'));
const manual = documents.filter((path) => path.startsWith('docs/manuel/'));
/** Without what is quoted from a terminal. */
const prose = (path: string): string => textOf(path).replace(/^\s*```[\s\S]*?^\s*```/gm, '');
const lines = (path: string, of: RegExp): string[] => [...prose(path).matchAll(of)].map((match) => match[1]!);
const known = new Set([...files, ...files.flatMap((path) => foldersOf(path))]);
function foldersOf(path: string): string[] {
  const folder = posix.dirname(path);
  return folder === '.' ? [] : [folder, ...foldersOf(folder)];
}
/** As GitHub names a heading in an address. */
const anchor = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

test('links of documents lead to a file, and to a heading of it', () => {
  let seen = 0;
  const broken = documents.flatMap((path) =>
    lines(path, /\]\(([^)\s]+)\)/g)
      .filter((to) => !/^https?:/.test(to))
      .filter((to) => {
        seen++;
        const [place, heading] = to.split('#');
        const file = place ? posix.join(posix.dirname(path), place) : path;
        if (!known.has(file.replace(/\/$/, ''))) return true;
        return heading !== undefined && !lines(file, /^#+ (.*)$/gm).some((one) => anchor(one) === heading);
      })
      .map((to) => `${path}: ${to}`),
  );
  assert.deepEqual(broken, []);
  assert.ok(seen > 150, `only ${seen} links were read`);
});

/** Files and folders that are not in the repository: of a publisher, of a data folder, of what is built. */
const elsewhere = [
  'CIS_COMPO_bdpm.txt',
  'CIS_bdpm.txt',
  'Patient/',
  'dist-server/',
  'imports/',
  'keys/',
  'manifest.json',
  'packages/',
];

test('files and folders that documents name are there', () => {
  const tails = new Set([...known].flatMap((path) => path.split('/').map((_, at, all) => all.slice(at).join('/'))));
  const missing = new Set<string>();
  let seen = 0;
  for (const path of documents)
    for (const named of lines(path, /`([^`\s]+)`/g)) {
      const isFile = /^[\w-][\w./-]*\.(ts|tsx|mjs|json|yaml|sql|md|typ|txt|css|png|webp)$/.test(named);
      if (!isFile && !/^[\w-][\w./-]*\/$/.test(named)) continue;
      seen++;
      if (elsewhere.includes(named)) missing.add(named);
      else if (!tails.has(named.replace(/\/$/, ''))) missing.add(`${path}: ${named}`);
    }
  assert.deepEqual([...missing].sort(), elsewhere);
  assert.ok(seen > 250, `only ${seen} were read`);
});

test('documents and decisions that code and documents cite are there', () => {
  const decisions = new Set(documents.flatMap((path) => /^docs\/adr\/(\d{4})-/.exec(path)?.[1] ?? []));
  let seen = 0;
  const missing = files
    .filter((path) => /\.(ts|tsx|mjs|sql|css|md|yaml)$/.test(path) && path !== 'test/rules/documents.test.ts')
    .flatMap((path) =>
      [...textOf(path).matchAll(/\bdocs\/(?:[\w-]+\/)*[\w-]+\.md\b|(?:docs\/adr\/|ADR )(\d{4})\b/g)]
        .filter(([cited, number]) => ++seen && !(number ? decisions.has(number) : known.has(cited)))
        .map(([cited]) => `${path}: ${cited}`),
    );
  assert.deepEqual(missing, []);
  assert.ok(seen > 150, `only ${seen} were read`);
});

test('names of the code that documents quote are in the code', () => {
  const words = new Set(
    files
      .filter((path) => /\.(ts|tsx|mjs)$|^tsconfig\.json$/.test(path) && !path.includes('/generated/'))
      .flatMap((path) => textOf(path).match(/[A-Za-z_$][\w$]*/g) ?? []),
  );
  let seen = 0;
  const missing = documents
    .filter((path) => !path.startsWith('docs/manuel/'))
    .flatMap((path) =>
      lines(path, /`([a-z]\w*[A-Z]\w*)(?:\(\))?`/g)
        .filter((name) => ++seen && !words.has(name))
        .map((name) => `${path}: ${name}`),
    );
  assert.deepEqual(missing, []);
  assert.ok(seen > 60, `only ${seen} were read`);
});

test('commands and settings that documents name exist, and README.md names every setting', () => {
  const scripts = Object.keys((JSON.parse(textOf('package.json')) as { scripts: object }).scripts);
  const sources = files.filter((path) => /^(src|seeds)\/.*\.ts$/.test(path) && !isTest(path));
  const commands = [
    ...sources.flatMap((path) =>
      [...textOf(path).matchAll(/name: '([a-z]+(?: [a-z]+)?)',\s+usage:\s/g)].map((match) => match[1]!),
    ),
    'start',
    'help',
  ];
  assert.ok(commands.length > 10, `only ${commands.join(', ')}`);
  const wrong = documents.flatMap((path) => {
    const text = textOf(path);
    return [
      ...[...text.matchAll(/npm run (?:--silent )?([a-z:]+)/g)]
        .filter((match) => !scripts.includes(match[1]!))
        .map((match) => match[0]),
      ...[...text.matchAll(/estran -- ([a-z]+(?: [a-z]+)?)/g)]
        .filter((match) => !commands.includes(match[1]!) && !commands.includes(match[1]!.split(' ')[0]!))
        .map((match) => match[0]),
    ].map((words) => `${path}: ${words}`);
  });
  assert.deepEqual(wrong, []);

  const config = textOf('src/platform/config.ts');
  const settings = new Set([...config.matchAll(/(?:env\.|')([A-Z]+(?:_[A-Z]+)*)\b/g)].map((match) => match[1]!));
  settings.delete('ESTRAN_SCREENS'); // Of whoever works on the product.
  const told = new Set(
    [...textOf('README.md').matchAll(/^\| (`.*?`) \|/gm)].flatMap((match) => match[1]!.match(/[A-Z_]+/g) ?? []),
  );
  assert.deepEqual([...told].sort(), [...settings].sort());
});

test('addresses that the manual gives are pages', () => {
  const routes = new Set(
    files
      .filter((path) => /\/web\/.*pages\.tsx$|\/web\/.*(index|lend)\.tsx?$/.test(path))
      .flatMap((path) => [...textOf(path).matchAll(/(?:path: |page\()'(\/[^']*)'/g)].map((match) => match[1]!)),
  );
  const given = manual
    // Of a server’s own folders these two speak.
    .filter((path) => !/\/(installer|sauvegarde)\.md$/.test(path))
    .flatMap((path) => lines(path, /(?:`|\*\*)(\/[a-z][a-z/-]*)(?:`|\*\*)/g).map((address) => ({ path, address })));
  assert.deepEqual(
    given.filter(({ address }) => !routes.has(address)),
    [],
  );
  assert.ok(given.length > 4, `only ${given.length} were read`);
});

const plain = (text: string): string =>
  text
    .replace(/[\u00a0\u202f\s]+/g, ' ')
    .replace(/\\?'/g, '’')
    .toLowerCase();
/** What one types, or what the screen says with a name or a number in it. */
const examples = [
  '2 sur 5',
  '2 versions, comparer',
  'Entourage : Vit seul',
  'P62 (+0,3 DS)',
  'Paracétamol 1 g',
  'Renouvellement attendu depuis le…',
  'Valider les 3 résultats dans les normes',
  'bananes',
  'entre guillemets',
  'sous 15 jours',
  'séance 7 sur 20, reste 13, fin prévue le 12/02/2027',
  'à la place de',
];

test('words that the manual puts between guillemets stand in the product', () => {
  const product = files
    .filter((path) => /^src\/.*\.(ts|tsx|json|typ)$/.test(path) && !isTest(path) && !/\/generated\//.test(path))
    .map((path) => plain(textOf(path)))
    .join('\n');
  const unknown = new Set<string>();
  let seen = 0;
  for (const path of manual)
    for (const quoted of lines(path, /«\s*([^»]+?)\s*»/g)) {
      seen++;
      const words = plain(quoted.replace(/[*`]/g, '').replace(/[….: ]+$/, ''));
      if (product.includes(words)) continue;
      unknown.add(examples.includes(quoted) ? quoted : `${path}: « ${quoted} »`);
    }
  assert.deepEqual([...unknown].sort(), [...examples].sort());
  assert.ok(seen > 150, `only ${seen} were read`);
});

test('the page of each profession tells its day and its lists as they are', () => {
  const pages: Partial<Record<Profession, string>> = {
    physician: 'medecin',
    'dental-surgeon': 'chirurgien-dentiste',
    midwife: 'sage-femme',
    pharmacist: 'pharmacien',
    nurse: 'infirmier',
    physiotherapist: 'kinesitherapeute',
    chiropodist: 'pedicure-podologue',
    'speech-therapist': 'orthophoniste',
    orthoptist: 'orthoptiste',
    'occupational-therapist': 'ergotherapeute',
    'psychomotor-therapist': 'psychomotricien',
    radiographer: 'manipulateur-radio',
    'laboratory-technician': 'technicien-laboratoire',
    dietician: 'dieteticien',
    psychologist: 'psychologue',
    'social-worker': 'assistant-de-service-social',
    'medical-assistant': 'assistant-medical',
    'medical-secretary': 'secretaire',
    coordinator: 'coordinateur',
  };
  for (const profession of professionCodes) {
    const page = pages[profession];
    if (!page) continue;
    const text = textOf(`docs/manuel/metiers/${page}.md`)
      .replace(/ \([^()]*\)/g, '')
      .replaceAll('**', '');
    const told = (head: string, by: string) =>
      new RegExp(`^- ${head} : ([^.\n]*)`, 'm')
        .exec(text)?.[1]
        ?.split(by)
        .map((one) => one.trim());
    const cockpit = cockpitOf(profession);
    const titled = (name: string) => listOf(name.replace('liste:', ''))?.title ?? blockName(name, { lists: [] });
    assert.deepEqual(told('Ma journée', ' · '), cockpit.day.map(titled), page);
    assert.deepEqual(
      told('Listes', ', ')?.map((one) => one.toLowerCase()),
      cockpit.lists.map((name) => listOf(name)!.short.toLowerCase()),
      page,
    );
  }
  const written = manual
    .filter((path) => /\/metiers\/(?!README)/.test(path))
    .map((path) => posix.basename(path, '.md'));
  assert.deepEqual(written.sort(), Object.values(pages).sort());
});
