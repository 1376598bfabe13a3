import type { Sql } from '../../platform/index.ts';
import { questionnaireLink } from '../choice/links.ts';
import { pollLink } from '../gatherings/links.ts';

/** Makes a personal link as its mail leaves, and gives the path of its page; undefined when it is no longer wanted. */
export type MakeLink = (sql: Sql, tenant: number, id: string, at: Date) => Promise<string | undefined>;
/** By kind. A sub-room whose mails carry personal links adds its line. */
const makers: Readonly<Record<string, MakeLink>> = { questionnaire: questionnaireLink, sondage: pollLink };

/** What stands in the words of a mail, at rest, in place of a personal link: the link itself is made as the mail leaves and is kept nowhere. */
export const linkMark = (kind: string, id: string): string => `[lien personnel ${kind}:${id}]`;
/** The same for a page of this product. */
export const pageMark = (path: string): string => `[page ${path}]`;
/** Typed words are never taken for a mark. */
export const unmarked = (typed: string): string => typed.replace(/\[(?=lien personnel |page \/)/g, '(');
const mark = /\[lien personnel ([a-z-]+):([A-Za-z0-9/-]+)\]/g;

/** The words as they leave: each mark replaced by a link of its own. */
export async function withLinks(sql: Sql, tenant: number, words: string, publicUrl: string, at: Date): Promise<string> {
  let out = words.replace(/\[page (\/[\w\-./?=&:]+)\]/g, (_, path: string) => `${publicUrl}${path}`);
  for (const [whole, kind, id] of words.matchAll(mark)) {
    const path = await makers[kind!]?.(sql, tenant, id!, at);
    out = out.replace(whole, path ? `${publicUrl}${path}` : '(ce lien n’est plus valable)');
  }
  return out;
}
