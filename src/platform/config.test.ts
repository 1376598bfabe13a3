import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { CommandError } from './cli/command.ts';
import { inTheClear, makeFolder, readConfig, wordsOf } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'estran-config-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

test('SEC-2 what the environment says wrong is refused in French, with what to write instead', () => {
  for (const [env, words] of [
    [{ PORT: 'trois mille' }, /^PORT : « trois mille » ne convient pas\. Écrivez un nombre de 0 à 65535/],
    [{ PORT: '-1' }, /PORT/],
    [{ PORT: '3e3' }, /PORT/],
    [{ PORT: '65536' }, /PORT/],
    // «ESTRAN_DEMO=non» opened the demo accounts.
    [{ ESTRAN_DEMO: 'non' }, /ESTRAN_DEMO : « non ».*0, 1, false, true/],
    [{ ESTRAN_OCR: 'off' }, /ESTRAN_OCR/],
    [{ TRUST_PROXY: 'yes' }, /TRUST_PROXY.*nombre de mandataires/],
    [{ TRUST_PROXY: '10' }, /TRUST_PROXY/],
    [{ ESTRAN_DEMO_PATIENTS: '40;30' }, /ESTRAN_DEMO_PATIENTS/],
    [{ LOG_LEVEL: 'verbeux' }, /LOG_LEVEL.*warn/],
    [{ DATABASE_URL: 'bonjour' }, /DATABASE_URL.*postgres:\/\//],
    [{ DATABASE_URL: 'mysql://x:secret@machine/base' }, /mysql:\/\/x:…@machine/],
    [{ SMTP_URL: 'machine:587' }, /SMTP_URL.*smtp:\/\//],
    [{ PSC_ISSUER: 'https://psc.example' }, /il manque PSC_CLIENT_ID et PSC_CLIENT_SECRET/],
    [{ PRESCRIBING_AID_URL: 'http://aide.example' }, /PRESCRIBING_AID_URL.*https/],
    [{ PUBLIC_URL: 'n’importe quoi' }, /PUBLIC_URL/],
    [{ PUBLIC_URL: 'dossier.cabinet.fr' }, /PUBLIC_URL.*https:\/\/dossier/],
    [{ PUBLIC_URL: 'ftp://dossier.cabinet.fr' }, /PUBLIC_URL/],
    [{ PUBLIC_URL: 'https://dossier.cabinet.fr/estran' }, /: https:\/\/dossier\.cabinet\.fr\. .*chemin/],
    [{ PUBLIC_URL: 'https://dossier.cabinet.fr?x=1' }, /PUBLIC_URL/],
    [{ PUBLIC_URL: 'https://moi:secret@dossier.cabinet.fr' }, /moi:…@/],
    [{ PUBLIC_URL: 'http://dossier.cabinet.fr' }, /en clair.*https:\/\/dossier\.cabinet\.fr/],
    [{ PUBLIC_URL: 'http://8.8.8.8:3000' }, /en clair/],
    [{ PUBLIC_URL: 'http://[2001:db8::1]' }, /en clair/],
  ] as [NodeJS.ProcessEnv, RegExp][])
    assert.throws(
      () => readConfig(env),
      (error: unknown) => error instanceof CommandError && words.test(error.message) && !/secret/.test(error.message),
      JSON.stringify(env),
    );
});

test('SEC-2 what it says well is taken, an empty variable is an absent one, an address loses its last slash', () => {
  const empty = readConfig({ PORT: '', HOST: '', ESTRAN_DATA: '', PUBLIC_URL: '', ESTRAN_DEMO: '', LOG_LEVEL: '' });
  assert.deepEqual(
    [empty.port, empty.host, empty.publicUrl, empty.demo],
    [3000, '0.0.0.0', 'http://localhost:3000', true],
  );
  for (const [typed, kept, clear] of [
    ['https://dossier.cabinet.fr/', 'https://dossier.cabinet.fr', false],
    ['HTTPS://Dossier.Cabinet.FR:8443', 'https://dossier.cabinet.fr:8443', false],
    ['http://localhost:3000/', 'http://localhost:3000', false],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000', false],
    ['http://192.168.1.20:3000', 'http://192.168.1.20:3000', true],
    ['http://serveur', 'http://serveur', true],
    ['http://estran.local', 'http://estran.local', true],
    ['http://[fd00::1]:3000', 'http://[fd00::1]:3000', true],
  ] as const) {
    const { publicUrl } = readConfig({ PUBLIC_URL: typed });
    assert.deepEqual([publicUrl, inTheClear(publicUrl)], [kept, clear], typed);
  }
  assert.equal(readConfig({ DATABASE_URL: 'postgres://estran:s@/base?host=/run/postgresql' }).demo, false);
  assert.equal(readConfig({ DATABASE_URL: 'postgresql://h/base', ESTRAN_DEMO: '1' }).demo, true);
  assert.deepEqual(
    ['', '0', 'false', '1', 'true', '2'].map((typed) => readConfig({ TRUST_PROXY: typed }).proxies),
    [0, 0, 0, 1, 1, 2],
  );
  assert.deepEqual(readConfig({ ESTRAN_DEMO: 'false', ESTRAN_DEMO_PATIENTS: '40,30' }).demoPatients, [40, 30]);
});

test('SEC-2 whatever stands in the environment, it is taken or refused in words, never a fault', () => {
  const names = ['PORT', 'PUBLIC_URL', 'DATABASE_URL', 'SMTP_URL', 'ESTRAN_DEMO', 'TRUST_PROXY', 'LOG_LEVEL'] as const;
  const value = fc.oneof(
    fc.string(),
    fc.webUrl(),
    fc.constantFrom('1', '0', 'http://', 'https://[', 'postgres:', '//'),
  );
  fc.assert(
    fc.property(fc.constantFrom(...names), value, (name, typed) => {
      try {
        const { publicUrl } = readConfig({ [name]: typed });
        assert.equal(new URL(publicUrl).origin, publicUrl, 'the public address is an origin');
      } catch (error) {
        assert.ok(error instanceof CommandError, String(error));
        assert.match(error.message, new RegExp(`^${name} : `));
      }
    }),
  );
});

test('SEC-10 a folder is made with those above it; where none can be made one is told, at once', {
  timeout: 10_000,
}, async () => {
  const deep = join(folder, 'a', 'b', 'c');
  await Promise.all([makeFolder(deep), makeFolder(deep), makeFolder(join(folder, 'a', 'd'))]);
  await makeFolder(deep);
  assert.ok(statSync(deep).isDirectory());
  writeFileSync(join(folder, 'file'), '');
  for (const [path, words] of [
    [join(folder, 'file'), /déjà pris/],
    [join(folder, 'file', 'under'), /traverse un fichier/],
    // Node's own «recursive» never came back from here.
    ['/proc/estran/x', /\/proc\/estran : ce dossier ne peut pas être créé/],
    [`${folder}/${'x'.repeat(300)}`, /trop long/],
  ] as const) {
    const error = await makeFolder(path).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    assert.match(wordsOf(error) ?? 'no words', words, path);
  }
});
