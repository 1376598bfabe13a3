import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { newPractice, testHouse } from '../../../test/app.ts';
import {
  askServer,
  type Db,
  help,
  listenForCommands,
  migrate,
  openPglite,
  platformCommands,
  runCommand,
  type Runner,
  type Terminal,
} from '../index.ts';
import { socketPath } from '../folder.ts';

const folders: string[] = [];
const folder = () => folders[folders.push(mkdtempSync(join(tmpdir(), 'estran-cli-'))) - 1]!;
after(() => {
  for (const one of folders) rmSync(one, { recursive: true, force: true });
});
/** What a command said, and where. */
function listener() {
  const said = { line: [] as string[], error: [] as string[], json: [] as unknown[] };
  const out: Terminal = {
    line: (text) => said.line.push(text),
    error: (text) => said.error.push(text),
    json: (value) => said.json.push(value),
    progress: () => undefined,
  };
  return { said, out };
}
async function run(...argv: string[]) {
  const { said, out } = listener();
  const code = await runCommand(await testHouse(), argv, folders.at(-1) ?? '/', out, new AbortController().signal);
  return { code, said, error: said.error.join('\n') };
}
const nothingSaid = { line: [], json: [] };

test('SEC-13 whoever is at the keyboard is answered in French; a program reads English keys', async () => {
  const { commands } = await testHouse();
  const english =
    /\b(the|of|and|with|every|each|one|from|into|whether|which|is|are|was|written|created|rows?|entries|files?|already|nothing|list|lists|folder|path)\b/i;
  // Options and commands are words of the machine.
  const words = (text: string) => text.replace(/--?[\w-]+|\b(terms|practice) list\b/g, '');
  for (const { name, usage, describe } of commands) {
    assert.doesNotMatch(words(`${usage} ${describe}`), english, name);
    assert.match(describe, /^[A-ZÉ].*\.$/, name);
  }
  assert.doesNotMatch(words(help(commands)), english);

  const practice = await newPractice('Maison des mots');
  const at = folder();
  const asked: [code: number, words: RegExp, argv: string[]][] = [
    [0, /^Structure « Neuve » créée : \S+$/, ['practice', 'create', '--name', 'Neuve']],
    [0, /Maison des mots : \d+ lignes? en \d+ blocs?, chaîne intacte/, ['audit', 'verify']],
    [0, /^\d+ lignes de \d+ tables, \d+ octets\. Non chiffrée : donnez/, ['backup', join(at, 'tout.backup')]],
    [
      0,
      /^\d+ ressources de « Maison des mots » écrites dans/,
      ['export', join(at, 'rendu'), '--practice', practice.id],
    ],
    [0, /non chargée|édition/, ['terms', 'list']],
    [1, /^Il y a déjà des structures : rien n’a été modifié\.$/, ['seed']],
  ];
  for (const [code, expected, argv] of asked) {
    const done = await run(...argv);
    assert.equal(done.code, code, `${argv.join(' ')} ${done.error}`);
    assert.match(done.said.line.join('\n'), expected, argv.join(' '));
  }
  const verified = await run('audit', 'verify', '--json');
  assert.deepEqual(
    ['id', 'name', 'blocks', 'entries'].filter((key) => !(key in (verified.said.json[0] as object[])[0]!)),
    [],
  );
});

test('ECH-7 SEC-13 what is typed wrong is told on the error stream with exit code 64, never among the answers', async () => {
  const practice = await newPractice();
  for (const [argv, words] of [
    [['frobnicate'], /« frobnicate » n’est pas une commande/],
    [['practice'], /« practice » n’est pas une commande\. Il y a : practice list, practice create/],
    [['practice', 'list', '--frob'], /n’a pas d’option --frob\.\nUsage : practice list/],
    [['practice', 'create'], /Il manque --name/],
    [['practice', 'create', '--name'], /L’option --name demande une valeur/],
    [['practice', 'list', '--json=oui'], /L’option --json ne prend pas de valeur/],
    [['practice', 'create', '--name', 'x'.repeat(201)], /200 caractères/],
    [['client', 'create', '--json'], /Il manque --practice/],
    [
      [
        'user',
        'create',
        '--practice',
        practice.id,
        '--login',
        'pas une adresse',
        '--family',
        'F',
        '--given',
        'G',
        '--profession',
        'nurse',
      ],
      /--login : \S/,
    ],
    [
      [
        'user',
        'create',
        '--practice',
        practice.id,
        '--login',
        'a@b.example',
        '--family',
        'F',
        '--given',
        'G',
        '--profession',
        'nurse',
        '--rpps',
        '123',
      ],
      /--rpps : \S/,
    ],
    [['backup'], /nom du fichier/],
    [['export', 'x'], /demande un dossier et --practice/],
    [['import', 'x'], /demande --practice/],
    [['practice', 'list', 'more'], /« more » est de trop.*\nUsage : practice list/],
    [['backup', 'my', 'backup'], /« backup » est de trop.*guillemets/],
    [['restore', 'a', 'b'], /« b » est de trop/],
    [['export', 'a', 'b', '--practice', practice.id], /« b » est de trop/],
    [['documents', 'words', 'x'], /« x » est de trop/],
    [['import', '--practice', practice.id, '--resume', '1', '--undo', '2'], /--resume et --undo ne vont pas ensemble/],
    [['import', 'x', '--practice', practice.id, '--undo', '1'], /CHEMIN et --undo ne vont pas ensemble/],
    [['import', '--practice', practice.id, '--undo', '1', '--dry-run'], /non avec --resume ou --undo/],
    [['import', '', '--practice', practice.id], /est vide/],
    [['seed', '--patients', 'many'], /prend un nombre/],
  ] as const) {
    const { code, said, error } = await run(...argv);
    assert.deepEqual([code, { line: said.line, json: said.json }], [64, nothingSaid], argv.join(' '));
    assert.match(error, words);
  }
});

test('ECH-7 SEC-13 what the machine or the house refuses is told in words that say what to do, exit code 1', async () => {
  const { id } = await newPractice();
  const here = folder();
  writeFileSync(join(here, 'file'), '');
  const account = [
    'user',
    'create',
    '--practice',
    id,
    '--login',
    'deja@la.example',
    '--family',
    'F',
    '--given',
    'G',
    '--profession',
    'nurse',
  ];
  assert.equal((await run(...account)).code, 0);
  for (const [argv, words] of [
    [['client', 'create', '--practice', 'nowhere', '--scope', 'system/*.rs'], /pas de structure « nowhere »/],
    [['client', 'create', '--practice', id, '--scope', 'nonsense'], /nonsense/],
    [account, /déjà un compte/],
    [['backup', 'none/x.backup'], /none\/x\.backup\S* : aucun fichier ni dossier de ce nom/],
    [['backup', '.'], /c’est un dossier/],
    [['backup', 'x.backup', '--passphrase-file', 'none'], /none : aucun fichier ni dossier de ce nom/],
    [['backup', 'x.backup', '--passphrase-file', 'file'], /12 caractères au moins/],
    [['restore', 'none'], /contient déjà des structures/],
    [['export', 'file', '--practice', id], /ce nom est déjà pris/],
    [['export', '/proc/x/y', '--practice', id], /\/proc\/x : ce dossier ne peut pas être créé/],
    [['import', 'none', '--practice', id], /none.*n’existe pas/],
  ] as const) {
    const { code, said, error } = await run(...argv);
    assert.deepEqual([code, { line: said.line, json: said.json }], [1, nothingSaid], `${argv.join(' ')}: ${error}`);
    assert.match(error, words);
    assert.doesNotMatch(error, /\bat \S+:\d+:\d+|^E[A-Z]+:/, 'no stack, no bare code');
  }
  const { db } = await testHouse();
  assert.deepEqual(
    await db.owner('test', (sql) =>
      sql.query(`select r.id from exchange.run r join platform.tenant t using (tenant_id) where t.id = $1`, [id]),
    ),
    [],
    'an import that found no file leaves no run',
  );
});

test('SEC-10 an export that the disk refuses fails in words, leaves no manifest, and the house lives on; the next one is whole', async () => {
  const practice = await newPractice();
  const client = await practice.client('system/*.cruds');
  const made = await client('POST', '/fhir/R4/Patient', {
    resourceType: 'Patient',
    name: [{ family: 'Exporté', given: ['Ève'] }],
  });
  const device = await client('POST', '/fhir/R4/Basic', { resourceType: 'Basic', code: { text: 'Repère' } });
  assert.deepEqual([made.status, device.status], [201, 201]);
  const out = folder();
  const whole = await run('export', out, '--practice', practice.id, '--json');
  assert.deepEqual(
    [whole.code, (whole.said.json[0] as { types: object }).types],
    [0, JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')).types],
  );
  rmSync(join(out, 'Patient.ndjson'));
  mkdirSync(join(out, 'Patient.ndjson'));
  const cut = await run('export', out, '--practice', practice.id, '--json');
  assert.deepEqual([cut.code, cut.said.json], [1, []]);
  assert.match(cut.error, /Patient\.ndjson : c’est un dossier/);
  assert.ok(!readdirSync(out).includes('manifest.json'), 'half an export is not taken for one');
  rmSync(join(out, 'Patient.ndjson'), { recursive: true });
  assert.equal((await run('export', out, '--practice', practice.id)).code, 0);
  const gone = await client('DELETE', `/fhir/R4/Basic/${device.body.id}`);
  assert.equal(gone.status, 204, gone.text);
  assert.equal((await run('export', out, '--practice', practice.id)).code, 0);
  assert.ok(
    !readdirSync(out).includes('Basic.ndjson'),
    'what the export before wrote of a type that is no more is not left beside',
  );
});

test('SEC-10 a command that the server does not finish fails: when it dies, when what it is asked is nonsense; Ctrl-C stops it in order', async () => {
  const data = folder();
  let asked: Runner = async () => 0;
  const ear = await listenForCommands(data, (...question) => asked(...question));
  const ask = (signal = new AbortController().signal) => askServer(data, ['x'], listener().out, signal);
  assert.equal(await ask(), 0);
  const nonsense = connect(socketPath(data));
  nonsense.write('{]\n');
  await new Promise((resolve) => nonsense.once('close', resolve));
  asked = async (_argv, _cwd, out, signal) => {
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    out.line('stopped in order');
    return 2;
  };
  const stop = new AbortController();
  const { said, out } = listener();
  const answer = askServer(data, ['x'], out, stop.signal);
  setTimeout(() => stop.abort(), 50);
  assert.deepEqual([await answer, said.line], [2, ['stopped in order']]);
  await ear.close();
  assert.equal(await ask(), null, 'nobody listens');
  asked = async () => 0;
  const another = await listenForCommands(data, (...question) => asked(...question), 'postgres://one/estran');
  const named = (database?: string) => askServer(data, ['x'], listener().out, new AbortController().signal, database);
  assert.deepEqual(
    [await named(), await named('postgres://one/estran'), await named('postgres://two/estran')],
    [0, 0, null],
    'what is meant for another database is not done in this one',
  );
  await another.close();
  // As when the process is killed: the line is cut before anything was said.
  const dying = createServer((socket) => socket.once('data', () => socket.destroy()));
  await new Promise<void>((resolve) => dying.listen(socketPath(data), resolve));
  await assert.rejects(ask(), /serveur s’est arrêté avant la fin de la commande/);
  await new Promise((resolve) => dying.close(resolve));
});

const startIn = (env: Record<string, string>) =>
  spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/main.ts', 'start'], {
    cwd: join(import.meta.dirname, '../../..'),
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, NODE_OPTIONS: '', NODE_TEST_CONTEXT: '', DATABASE_URL: '', HOST: '127.0.0.1', ...env },
  });

test('SEC-2 SEC-10 a start that cannot be is told in French and ends with 1, whether the port, the folder or the address is at fault', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as { port: number };
  const data = folder();
  for (const [env, words] of [
    [{ PORT: String(port), ESTRAN_DATA: data }, /^Le port \d+ est pris par un autre programme : arrêtez-le, ou donnez/],
    [{ PORT: '0', ESTRAN_DATA: '/proc/estran' }, /^\/proc\/estran : ce dossier ne peut pas être créé/],
    [{ PORT: '0', ESTRAN_DATA: data, PUBLIC_URL: 'http://dossier.cabinet.fr' }, /^PUBLIC_URL : .*en clair/],
  ] as const) {
    const { status, stdout, stderr } = startIn({ ESTRAN_SCREENS: 'kept', ...env });
    assert.equal(status, 1, stderr);
    assert.match(stderr, words);
    assert.doesNotMatch(stderr + stdout, /\n\s+at /, 'no stack');
  }
  assert.deepEqual(readdirSync(data), [], 'nothing was made');
  await new Promise((resolve) => taken.close(resolve));
});

test('SEC-13 a backup that is stopped leaves no half of a file, and what stood under its name', async () => {
  await newPractice();
  const out = folder();
  writeFileSync(join(out, 'b'), 'that of yesterday');
  const stop = new AbortController();
  const { said, out: ear } = listener();
  const halfway = { ...ear, progress: () => stop.abort() };
  assert.equal(await runCommand(await testHouse(), ['backup', 'b'], out, halfway, stop.signal), 1);
  assert.deepEqual(said, { line: [], json: [], error: ['Arrêté : rien n’a été sauvegardé.'] });
  assert.deepEqual([readdirSync(out), readFileSync(join(out, 'b'), 'utf8')], [['b'], 'that of yesterday']);
  assert.equal((await run('backup', 'b')).code, 0, 'the next one is whole');
});

test('SEC-8 SEC-13 a verification and a restore that are stopped say so, and a stopped restore leaves the database as it was', async () => {
  await newPractice();
  const out = folder();
  const house = await testHouse();
  const gone = AbortSignal.abort();
  const { said, out: ear } = listener();
  assert.equal(await runCommand(house, ['audit', 'verify', '--json'], out, ear, gone), 1);
  assert.deepEqual([said.json, said.line], [[], []], 'half a verification is none');
  assert.match(said.error.join(), /^Arrêté : le journal n’est pas vérifié/);

  assert.equal((await run('backup', 'whole')).code, 0);
  const empty = await openPglite('memory://');
  try {
    await migrate(empty);
    const command = platformCommands.find(({ name }) => name === 'restore')!;
    const ask = (signal: AbortSignal, progress = () => undefined) =>
      command.run(
        { ...house.context, db: empty, config: { data: out } },
        { values: {}, positionals: ['whole'], cwd: out, signal },
        { ...ear, progress },
      );
    const stop = new AbortController();
    await assert.rejects(
      ask(stop.signal, () => void stop.abort()),
      /^Error: Arrêté : rien n’a été restauré\.$/,
    );
    const practices = () => empty.owner('test', (sql) => sql.query('select 1 from platform.tenant'));
    assert.deepEqual(await practices(), []);
    assert.equal(await ask(new AbortController().signal), 0, 'the next one is whole');
    assert.ok((await practices()).length > 0);
  } finally {
    await empty.close();
  }
});

test('SEC-13 a backup that would keep an empty house, or a key that opens nothing, is refused and leaves no file', async () => {
  const { db, context } = await testHouse();
  const out = folder();
  writeFileSync(join(out, 'phrase'), 'une phrase bien longue');
  const command = platformCommands.find(({ name }) => name === 'backup')!;
  const asked = (over: Partial<typeof context>) =>
    command.run(
      { ...context, ...over },
      {
        values: { 'passphrase-file': 'phrase' },
        positionals: ['b'],
        cwd: out,
        signal: new AbortController().signal,
      },
      listener().out,
    );
  await newPractice();
  const empty: Db = {
    ...db,
    owner: (reason, work) => (reason === 'backup' ? work({ query: async () => [] }) : db.owner(reason, work)),
  };
  await assert.rejects(asked({ db: empty }), /aucune structure : rien n’a été sauvegardé/);
  await assert.rejects(asked({ keyFits: async () => false }), /n’est pas celle de cette base/);
  assert.deepEqual(readdirSync(out), ['phrase']);
  assert.equal(await asked({}), 0);
});
