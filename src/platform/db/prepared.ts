import { createHash } from 'node:crypto';

/**
 * Our statements lead in through an index whatever their values, so that one plan serves them all: without this, PostgreSQL plans anew at
 * each call what it believes to be cheaper so (2 ms for a search by name that runs in 0.2). A plan made while a table was still empty must
 * not be a scan of all of it; and no query here is worth compiling.
 */
export const manner = `set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set jit = off`;

/**
 * Planning costs more than most of our statements: each text is prepared once a connection. Search makes texts of many shapes, so a
 * text earns its name the second time it is seen and the memory of names is bounded.
 */
export function createNames(most = 600): (text: string) => string | undefined {
  const names = new Map<string, string>();
  const seen = new Set<string>();
  return (text) => {
    const known = names.get(text);
    if (known) return known;
    if (!seen.has(text)) {
      if (seen.size > 4000) seen.clear();
      seen.add(text);
      return undefined;
    }
    if (names.size >= most) return undefined;
    const name = `e${createHash('sha1').update(text).digest('hex').slice(0, 16)}`;
    names.set(text, name);
    return name;
  };
}
