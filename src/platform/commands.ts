import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type ChainReport, holds, seal, verify } from './audit/seal.ts';
import { backup } from './backup/backup.ts';
import { restore } from './backup/restore.ts';
import { type Command, CommandError, UsageError } from './cli/command.ts';
import type { Db } from './db/db.ts';

export interface PlatformContext {
  db: Db;
  config: { data: string };
  /** Whether the server's key opens what this database holds sealed. */
  keyFits(): Promise<boolean>;
}

async function passphraseIn(value: unknown, cwd: string): Promise<string | undefined> {
  if (typeof value !== 'string') return undefined;
  const text = (await readFile(resolve(cwd, value), 'utf8')).trim();
  if (text.length < 12)
    throw new CommandError(`${value} : la phrase doit avoir 12 caractères au moins. Rien n’a été fait.`);
  return text;
}

function saidOf({ entries, blocks, head, brokenAt, broken, unlisted }: ChainReport): string {
  const chain = broken
    ? `CHAIN BROKEN at block ${brokenAt}, closed ${broken.sealedAt}: ${broken.sealed === broken.found ? `one of its ${broken.found} entries was changed` : `${broken.found} entries where ${broken.sealed} were sealed`}${broken.seqs ? ` (audit.entry ${broken.seqs[0]} to ${broken.seqs[1]})` : ''}`
    : `chain sound${head ? `, block ${head.block} ${head.hash}` : ''}`;
  return `${entries} entries in ${blocks} blocks, ${chain}.${unlisted ? ` HIDDEN from the log of a patient: audit.entry ${unlisted.join(', ')}.` : ''}`;
}

export const platformCommands: readonly Command<PlatformContext>[] = [
  {
    name: 'audit verify',
    usage: '[--head HASH] [--json]',
    describe:
      'Recomputes the hash chain of the ledger of every practice; with the hash that an earlier run gave, also whether that past is still there. Exit code 1 when it is broken.',
    options: { head: { type: 'string' } },
    async run({ db, config }, { values }, out) {
      const known = typeof values.head === 'string' ? values.head.toLowerCase() : undefined;
      if (known !== undefined && !/^[0-9a-f]{64}$/.test(known))
        throw new CommandError('--head prend les 64 chiffres hexadécimaux qu’une vérification d’avant a donnés.');
      const tenants = await db.owner('audit verify', (sql) =>
        sql.query<{ tenant_id: number; id: string; name: string }>(
          'select tenant_id, id, name from platform.tenant order by tenant_id',
        ),
      );
      const reports = [];
      let lost = known !== undefined;
      for (const { tenant_id, id, name } of tenants) {
        await seal(db, tenant_id);
        reports.push({ id, name, ...(await verify(db, tenant_id)) });
        if (known !== undefined && (await holds(db, tenant_id, known))) lost = false;
      }
      if (reports.length === 0)
        out.line(
          `Cette base n’a aucune structure : il n’y a pas de journal à vérifier. ESTRAN_DATA (${config.data}) et DATABASE_URL sont-ils ceux du serveur ?`,
        );
      if (values.json) out.json(reports);
      else for (const report of reports) out.line(`${report.name}: ${saidOf(report)}`);
      if (lost && !values.json)
        out.line(
          `No practice holds the block ${known} any more: a ledger was cut short or written anew since it was noted.`,
        );
      return lost || reports.some(({ brokenAt, unlisted }) => brokenAt !== undefined || unlisted) ? 1 : 0;
    },
  },
  {
    name: 'backup',
    usage: 'FILE [--passphrase-file F] [--json]',
    describe:
      'Writes all practices into one file, as of one moment, while the server goes on; encrypted with a passphrase.',
    options: { 'passphrase-file': { type: 'string' } },
    async run({ db, config, keyFits }, { values, positionals, cwd }, out) {
      if (!positionals[0]) throw new UsageError('backup demande le nom du fichier à écrire.');
      const passphrase = await passphraseIn(values['passphrase-file'], cwd);
      // A task of the night that lacks the server's environment would keep an empty house, or a key that opens nothing, and say that all is well.
      if ((await db.owner('backup', (sql) => sql.query('select 1 from platform.tenant limit 1'))).length === 0)
        throw new CommandError(
          `Cette base n’a aucune structure : rien n’a été sauvegardé. ESTRAN_DATA (${config.data}) et DATABASE_URL sont-ils ceux du serveur ?`,
        );
      if (passphrase !== undefined && !(await keyFits()))
        throw new CommandError(
          `La clé de ${join(config.data, 'keys')} n’est pas celle de cette base : la sauvegarde ne rendrait pas les applications de codes. Donnez à ESTRAN_DATA le dossier du serveur. Rien n’a été sauvegardé.`,
        );
      const done = await backup(db, config.data, resolve(cwd, positionals[0]), passphrase, out);
      if (values.json) out.json({ ...done, encrypted: passphrase !== undefined });
      else
        out.line(
          `${done.rows} rows of ${done.tables} tables, ${done.bytes} bytes${passphrase === undefined ? '. Not encrypted: give --passphrase-file to encrypt it' : ', encrypted'}.`,
        );
      return 0;
    },
  },
  {
    name: 'restore',
    usage: 'FILE [--passphrase-file F] [--json]',
    describe: 'Brings a backup back into an empty database, all or nothing.',
    options: { 'passphrase-file': { type: 'string' } },
    async run({ db, config }, { values, positionals, cwd }, out) {
      if (!positionals[0]) throw new UsageError('restore demande le nom du fichier de sauvegarde.');
      const done = await restore(
        db,
        config.data,
        resolve(cwd, positionals[0]),
        await passphraseIn(values['passphrase-file'], cwd),
        out,
      ).catch((error: unknown) => {
        throw error instanceof Error ? new CommandError(error.message) : error;
      });
      if (values.json) out.json(done);
      else out.line(`${done.rows} rows restored. If the server is running, start it again.`);
      return 0;
    },
  },
];
