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

const counted = (count: number, noun: string): string => `${count} ${noun}${count > 1 ? 's' : ''}`;
function saidOf({ entries, blocks, head, brokenAt, broken, unlisted }: ChainReport): string {
  const chain = broken
    ? `CHAÎNE ROMPUE au bloc ${brokenAt}, fermé le ${broken.sealedAt} : ${broken.sealed === broken.found ? `une de ses ${broken.found} lignes a été modifiée` : `${broken.found} lignes là où ${broken.sealed} ont été scellées`}${broken.seqs ? ` (audit.entry ${broken.seqs[0]} à ${broken.seqs[1]})` : ''}`
    : `chaîne intacte${head ? `, bloc ${head.block} ${head.hash}` : ''}`;
  return `${counted(entries, 'ligne')} en ${counted(blocks, 'bloc')}, ${chain}.${unlisted ? ` CACHÉES du journal d’un patient : audit.entry ${unlisted.join(', ')}.` : ''}`;
}

export const platformCommands: readonly Command<PlatformContext>[] = [
  {
    name: 'audit verify',
    usage: '[--head EMPREINTE] [--json]',
    describe:
      'Recalcule la chaîne d’empreintes du journal de chaque structure ; avec l’empreinte qu’une vérification d’avant a donnée, dit aussi si ce passé est encore là. Code de sortie 1 si elle est rompue.',
    options: { head: { type: 'string' } },
    async run({ db, config }, { values, signal }, out) {
      const known = typeof values.head === 'string' ? values.head.toLowerCase() : undefined;
      if (known !== undefined && !/^[0-9a-f]{64}$/.test(known))
        throw new CommandError('--head prend les 64 chiffres hexadécimaux qu’une vérification d’avant a donnés.');
      const tenants = await db.owner('audit verify', (sql) =>
        sql.query<{ tenant_id: number; id: string; name: string }>(
          'select tenant_id, id, name from platform.tenant order by tenant_id',
        ),
      );
      const stopped = 'Arrêté : le journal n’est pas vérifié. Relancez la commande pour qu’il le soit en entier.';
      const reports = [];
      let lost = known !== undefined;
      for (const { tenant_id, id, name } of tenants) {
        await seal(db, tenant_id);
        const report = await verify(db, tenant_id, signal).catch((error: unknown) => {
          throw signal.aborted ? new CommandError(stopped) : error;
        });
        reports.push({ id, name, ...report });
        if (known !== undefined && (await holds(db, tenant_id, known))) lost = false;
      }
      if (reports.length === 0)
        out.line(
          `Cette base n’a aucune structure : il n’y a pas de journal à vérifier. ESTRAN_DATA (${config.data}) et DATABASE_URL sont-ils ceux du serveur ?`,
        );
      if (values.json) out.json(reports);
      else for (const report of reports) out.line(`${report.name} : ${saidOf(report)}`);
      if (lost && !values.json)
        out.line(
          `Aucune structure n’a plus le bloc ${known} : un journal a été raccourci ou réécrit depuis qu’il a été noté.`,
        );
      return lost || reports.some(({ brokenAt, unlisted }) => brokenAt !== undefined || unlisted) ? 1 : 0;
    },
  },
  {
    name: 'backup',
    usage: 'FICHIER [--passphrase-file F] [--json]',
    describe:
      'Écrit toutes les structures dans un fichier, telles qu’à un même instant, pendant que le serveur continue ; chiffré si une phrase est donnée.',
    takes: 1,
    options: { 'passphrase-file': { type: 'string' } },
    async run({ db, config, keyFits }, { values, positionals, cwd, signal }, out) {
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
      const done = await backup(db, config.data, resolve(cwd, positionals[0]), passphrase, out, signal).catch(
        (error: unknown) => {
          throw signal.aborted ? new CommandError('Arrêté : rien n’a été sauvegardé.') : error;
        },
      );
      if (values.json) out.json({ ...done, encrypted: passphrase !== undefined });
      else
        out.line(
          `${done.rows} lignes de ${done.tables} tables, ${done.bytes} octets${passphrase === undefined ? '. Non chiffrée : donnez --passphrase-file pour qu’elle le soit' : ', chiffrée'}.`,
        );
      return 0;
    },
  },
  {
    name: 'restore',
    usage: 'FICHIER [--passphrase-file F] [--json]',
    describe: 'Ramène une sauvegarde dans une base vide, en entier ou pas du tout.',
    takes: 1,
    options: { 'passphrase-file': { type: 'string' } },
    async run({ db, config }, { values, positionals, cwd, signal }, out) {
      if (!positionals[0]) throw new UsageError('restore demande le nom du fichier de sauvegarde.');
      const done = await restore(
        db,
        config.data,
        resolve(cwd, positionals[0]),
        await passphraseIn(values['passphrase-file'], cwd),
        out,
        signal,
      ).catch((error: unknown) => {
        if (signal.aborted) throw new CommandError('Arrêté : rien n’a été restauré.');
        throw error instanceof Error ? new CommandError(error.message) : error;
      });
      if (values.json) out.json(done);
      else out.line(`${done.rows} lignes restaurées. Si le serveur tourne, redémarrez-le.`);
      return 0;
    },
  },
];
