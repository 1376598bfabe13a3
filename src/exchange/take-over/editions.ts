import type { EditionItem } from '../../fhir/index.ts';
import { inOrder, saidAt } from './content.ts';
import { numberOf } from './identity.ts';
import type { Decided, Tools } from './prepare-batch.ts';
import { isObject, isWhole, type RawEntry } from './read-entries.ts';
import { makeLogical, type Mention, type Mentions, mentionsOf } from './references.ts';

type Conditions = ReadonlyMap<Mention, string | null>;

/** An earlier edition that does not come in, and why. */
export interface LeftEdition {
  reference: string;
  why: string;
}

/** What the earlier editions of an entry point to. */
export const pastMentions = (raw: RawEntry, source: string, depth: number): Mentions[] =>
  raw.resource ? (raw.earlier ?? []).map((one) => mentionsOf(one, raw, source, depth)) : [];

/** Where a reference leads here. An edition is named only where numbers here are those of the source: another one may bear it. */
export function hereOf(mention: Mention & { kind: 'identity' }, { origins }: Pick<Tools, 'origins'>): string {
  const target = origins.get(mention.target.key)!;
  const place = `${target.type}/${target.id}`;
  const edition = numberOf(mention.edition);
  if (edition === null || target.adopted) return place;
  const same = target.content === null || (target.edition !== null && edition <= target.edition);
  return same ? `${place}/_history/${edition}` : place;
}

/** The editions of an entry that may stand behind what it has become; the others are said. */
export function editionsOf(
  raw: RawEntry,
  decided: Decided,
  newest: number | null,
  mentions: readonly Mentions[],
  conditions: Conditions,
  tools: Tools,
): { take: EditionItem[]; left: LeftEdition[] } {
  const take: EditionItem[] = [];
  const left: LeftEdition[] = [];
  const { known } = decided;
  if (!known || !['created', 'updated', 'unchanged'].includes(decided.outcome)) return { take, left };
  const numbers = new Set<number>();
  for (const [i, resource] of (raw.earlier ?? []).entries()) {
    const meta = isObject(resource.meta) ? resource.meta : {};
    const version = numberOf(meta.versionId);
    const at = saidAt(meta);
    const leave = (why: string) =>
      left.push({ reference: `${known.type}/${known.id}${version === null ? '' : `/_history/${version}`}`, why });
    if (version === null || at === null || newest === null) leave('sans numéro ou sans date');
    else if (version >= newest || numbers.has(version)) leave('le numéro n’est pas celui d’une édition antérieure');
    else if (known.edition === null || version > known.edition)
      leave('la ressource est déjà là, sous d’autres numéros d’édition');
    else if (mentions[i]!.tooDeep) leave('les éléments sont trop imbriqués');
    else {
      for (const mention of mentions[i]!.all) pointTo(mention, conditions, tools);
      const { versionId: _v, lastUpdated: _l, ...kept } = meta;
      const whole = inOrder({ ...resource, meta: kept }, known.id);
      const flaw = tools.validator.validate(whole).some((issue) => issue.severity === 'error');
      if (flaw || !isWhole(whole)) leave('elle n’est pas valide');
      else {
        numbers.add(version);
        take.push({ resource: whole, version, updated: new Date(Math.min(at, Date.now())).toISOString() });
      }
    }
  }
  return { take, left };
}

function pointTo(mention: Mention, conditions: Conditions, tools: Tools): void {
  if (mention.kind === 'identity') mention.holder[mention.name] = hereOf(mention, tools);
  else if (mention.kind === 'condition') {
    const id = conditions.get(mention) ?? null;
    if (id !== null && id !== 'many') mention.holder.reference = `${mention.type}/${id}`;
    else makeLogical(mention.holder, mention.type, mention.system, mention.value);
  }
}
