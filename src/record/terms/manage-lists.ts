import { actorOf, type Ctx } from '../../access/index.ts';
import {
  BadList,
  type GivenFile,
  listNames,
  type ListName,
  loadedLists,
  loadList,
  publicLists,
  type ReadList,
  readFiles,
  removeList,
} from '../../fhir/index.ts';
import { conflict, invalid, notFound, Problem } from '../../platform/index.ts';
import type { TermList, TermLoading } from '../contract.ts';
import { today } from '../dates.rules.ts';
import type { Room } from '../room.ts';

const largest = 40_000_000;
/** The loading at work, or how the last one ended: it lives as long as the server. One at a time for the installation. */
const loadings = new WeakMap<Room, Map<number, TermLoading>>();
const none: TermLoading = { state: 'none', done: 0, total: 0, words: '' };
const stateOf = (room: Room): Map<number, TermLoading> => {
  const known = loadings.get(room) ?? new Map<number, TermLoading>();
  loadings.set(room, known);
  return known;
};
export const loadingOf = (room: Room, tenant: number): TermLoading => stateOf(room).get(tenant) ?? none;

export async function listTerms(room: Room, tenant: number): Promise<{ lists: TermList[]; loading: TermLoading }> {
  const editions = await loadedLists(room.db, tenant);
  const lists = listNames.map((name): TermList => {
    const { list, title, publisher, licence, source, files } = publicLists[name];
    const found = editions.find((one) => one.list === name);
    return {
      list,
      title,
      publisher,
      licence,
      source,
      files: [...files],
      edition: found
        ? {
            version: found.version,
            terms: found.terms,
            at: new Date(found.at).toISOString(),
            by: found.byName,
            everyPractice: found.tenant === 0,
            files: found.files,
          }
        : null,
    };
  });
  return { lists, loading: loadingOf(room, tenant) };
}

/** Receives the files, reads them whole, and lets the writing go on behind the answer. Nothing changes before a list is complete. */
export async function loadTerms(room: Room, ctx: Ctx): Promise<TermLoading> {
  const { tenant } = ctx;
  const states = stateOf(room);
  if ([...states.values()].some((one) => one.state === 'running'))
    throw conflict(
      'Une liste est déjà en cours de chargement. Attendez qu’elle soit terminée, puis recommencez. Rien n’a été modifié.',
    );
  states.set(tenant, { ...none, state: 'running', words: 'Lecture des fichiers' });
  let lists: ReadList[];
  try {
    lists = readFiles(await filesOf(ctx), today(room.now()));
  } catch (error) {
    states.delete(tenant);
    if (error instanceof BadList) throw invalid(`${error.message} Rien n’a été modifié.`, { file: error.message });
    throw error;
  }
  void writeAll(room, ctx, lists);
  return loadingOf(room, tenant);
}
async function writeAll(room: Room, { tenant, caller }: Ctx, lists: readonly ReadList[]): Promise<void> {
  const states = stateOf(room);
  const done: string[] = [];
  try {
    for (const one of lists) {
      const { title } = publicLists[one.list];
      const tell = (at: number, total: number) =>
        states.set(tenant, { state: 'running', done: at, total, words: title });
      tell(0, one.terms.length);
      const { terms, version } = await loadList(room.db, tenant, one, actorOf(caller), tell);
      done.push(`${title} : ${terms.toLocaleString('fr-FR')} termes, édition ${version}.`);
    }
    states.set(tenant, { state: 'done', done: 1, total: 1, words: done.join(' ') });
  } catch {
    states.set(tenant, {
      state: 'failed',
      done: 0,
      total: 0,
      words: `Le chargement s’est arrêté${done.length > 0 ? ` après ${done.join(' ')}` : ''}. La liste en cours reste telle qu’elle était : recommencez.`,
    });
  }
}

async function filesOf({ request }: Ctx): Promise<GivenFile[]> {
  if (!request.isMultipart())
    throw new Problem(
      415,
      'Fichiers attendus',
      'Envoyez les fichiers dans un formulaire (multipart/form-data). Rien n’a été modifié.',
    );
  const files: GivenFile[] = [];
  try {
    for await (const part of request.parts({ limits: { fileSize: largest, files: 12, fields: 20, fieldSize: 2_000 } }))
      if (part.type === 'file') {
        const bytes = await part.toBuffer();
        if (bytes.length > 0)
          files.push({ name: (part.filename ?? 'fichier').replace(/[\p{C}/\\]/gu, '').slice(-120), bytes });
      }
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('FST_REQ_FILE_TOO_LARGE'))
      throw new Problem(
        413,
        'Fichier trop volumineux',
        'Un de ces fichiers dépasse 40 Mo : aucune liste publiée n’est si grande. Rien n’a été modifié.',
      );
    if (error instanceof Problem || (error as { statusCode?: number }).statusCode !== undefined) throw error;
    throw invalid(
      'L’envoi des fichiers est mal formé ou s’est interrompu. Rien n’a été modifié : envoyez-les de nouveau.',
    );
  }
  if (files.length === 0)
    throw invalid('Choisissez au moins un fichier qui n’est pas vide. Rien n’a été modifié.', {
      file: 'Choisissez un fichier.',
    });
  return files;
}

export async function dropTerms(room: Room, { tenant, caller }: Ctx, list: ListName): Promise<void> {
  if (loadingOf(room, tenant).state === 'running')
    throw conflict('Une liste est en cours de chargement. Attendez qu’elle soit terminée. Rien n’a été modifié.');
  if (!(await removeList(room.db, tenant, list, actorOf(caller))))
    throw notFound('Cette liste, chargée par votre structure,');
}
