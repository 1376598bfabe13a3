import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type Command, CommandError, type Db, UsageError } from '../../platform/index.ts';
import { BadList, publicLists } from './lists.ts';
import { loadList } from './load.ts';
import { mostBytes, readFiles } from './read-files.ts';
import { loadedLists } from './search.ts';

interface Needs {
  db: Db;
  practice(id: string): Promise<{ tenant: number; id: string; name: string }>;
}
const tenantOf = async ({ practice }: Needs, id: unknown): Promise<number> =>
  typeof id === 'string' ? (await practice(id)).tenant : 0;

/** `estran terms load`: public lists from their publishers' files, for every practice of the installation or for one. */
const load: Command<Needs> = {
  name: 'terms load',
  usage: 'FICHIER… [--practice ID] [--json]',
  describe:
    'Charge la CIM-10, la CCAM, la BDPM ou NUVA depuis les fichiers de leurs éditeurs, pour toutes les structures ou une seule. Une édition plus récente prend la place de la précédente.',
  takes: Number.POSITIVE_INFINITY,
  options: { practice: { type: 'string' } },
  async run(context, { values, positionals, cwd, signal }, out) {
    if (positionals.length === 0) throw new UsageError('terms load demande au moins un fichier.');
    const tenant = await tenantOf(context, values.practice);
    const files = await Promise.all(
      positionals.map(async (name) => {
        const path = resolve(cwd, name);
        const info = await stat(path).catch(() => null);
        if (!info?.isFile()) throw new CommandError(`« ${name} » n’est pas un fichier lisible. Rien n’a été chargé.`);
        if (info.size > mostBytes)
          throw new CommandError(`« ${name} » dépasse ${mostBytes / 1_000_000} Mo. Rien n’a été chargé.`);
        return { name: basename(path), bytes: await readFile(path) };
      }),
    );
    try {
      const done = [];
      for (const list of readFiles(files, new Date().toISOString().slice(0, 10))) {
        const { title } = publicLists[list.list];
        done.push(
          await loadList(
            context.db,
            tenant,
            list,
            { actor: 'System', actorName: 'ligne de commande', role: 'system' },
            (at, total) => out.progress(at, total, `${title} : ${at} / ${total}`),
            signal,
          ),
        );
        if (!values.json) out.line(`${title} : ${list.terms.length} termes chargés (édition ${list.version}).`);
      }
      if (values.json) out.json(done);
      return 0;
    } catch (error) {
      if (error instanceof BadList) throw new CommandError(`${error.message} Rien n’a été chargé de ce qui suit.`);
      if (signal.aborted) throw new CommandError('Arrêté : la liste en cours reste telle qu’elle était.');
      throw error;
    }
  },
};
const list: Command<Needs> = {
  name: 'terms list',
  usage: '[--practice ID] [--json]',
  describe: 'Dit quelles listes publiques sont chargées, de quelle édition et sous quelle licence.',
  options: { practice: { type: 'string' } },
  async run(context, { values }, out) {
    const editions = await loadedLists(context.db, await tenantOf(context, values.practice));
    const rows = Object.values(publicLists).map(({ list, title, licence }) => {
      const found = editions.find((one) => one.list === list);
      return {
        list,
        title,
        licence,
        version: found?.version ?? null,
        terms: found?.terms ?? 0,
        everyPractice: found ? found.tenant === 0 : null,
        at: found ? new Date(found.at).toISOString() : null,
      };
    });
    if (values.json) out.json(rows);
    else
      for (const row of rows)
        out.line(
          row.version === null
            ? `${row.title} : non chargée`
            : `${row.title} : édition ${row.version}, ${row.terms} termes, chargée le ${row.at!.slice(0, 10)}${row.everyPractice ? '' : ' pour cette structure seule'} · ${row.licence}`,
        );
    return 0;
  },
};
export const termCommands = [load, list];
