import {
  asJson,
  circleOf,
  type createValidator,
  type EditionItem,
  exactText,
  type Importer,
  type ImportItem,
} from '../../fhir/index.ts';
import { hash64 } from '../../platform/index.ts';
import { inOrder, sameContent, saidAt } from './content.ts';
import { editionsOf, hereOf, type LeftEdition, pastMentions } from './editions.ts';
import { goodId, type Identity, identityOf, numberOf } from './identity.ts';
import type { Limits } from './limits.ts';
import type { Known, Origins } from './origins.ts';
import type { ChangeRow, PendingRow } from './origin.store.ts';
import type { Cause, Reject } from './quarantine.store.ts';
import { isObject, isWhole, type Json, type RawEntry } from './read-entries.ts';
import { kindOfSetAside } from './masking.ts';
import { makeLogical, type Mention, mentionsOf } from './references.ts';
import { isSomeoneElse, traitsOf } from './traits.ts';
import { type Flaw, flawOf } from './words.ts';

export type Validator = ReturnType<typeof createValidator>;

export interface Tools {
  origins: Origins;
  importer: Importer;
  validator: Validator;
  limits: Limits;
  source: string;
  /** Identities that nothing may be attached to: the file and the practice mean two persons by one number. */
  blocked: Set<string>;
}

export type Outcome = 'created' | 'updated' | 'unchanged' | 'existing' | 'rejected';
/** One entry, decided. */
export interface Decided {
  raw: RawEntry;
  type: string;
  outcome: Outcome;
  known?: Known;
  item?: ImportItem;
  contentHash: string;
  before?: Omit<ChangeRow, 'origin' | 'type' | 'id'>;
  /** What is here was said before, or is put in its place: `known.saidAt` of before. */
  saidBefore?: number | null;
  /** Its source says that what is here is more recent: it is left. */
  older?: true;
  /** Up to which edition numbers here were those of the source, before it. */
  editionBefore?: number | null;
  /** What it was before, to be put behind it; `past.left` does not come in. */
  past?: { take: EditionItem[]; left: LeftEdition[] };
  reject?: Omit<Reject, 'file'>;
}
export interface Batch {
  decided: Decided[];
  pending: PendingRow[];
  /** References that could not be resolved at all (`urn:uuid:` of no entry). */
  unresolved: string[];
}

const breath = 12;
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

const isType = (type: unknown): boolean => typeof type === 'string' && /^[A-Za-z]{1,64}$/.test(type);

/** The circle of everyone: each practice has its own, under one name. */
const isEveryone = (resource: Json): boolean =>
  resource.resourceType === 'Group' && isWhole(resource) && circleOf(resource) === 'Group/practice';

/** Identity of an entry; what nothing names is known by its content. */
export function identify(raw: RawEntry, source: string): Identity | null {
  if (!raw.resource || !isType(raw.resource.resourceType)) return null;
  const named = identityOf(raw.resource, raw, source);
  if (named) return isEveryone(raw.resource) ? { ...named, everyone: true } : named;
  const type = typeof raw.resource.resourceType === 'string' ? raw.resource.resourceType : '';
  let text: string;
  try {
    text = JSON.stringify(raw.resource);
  } catch {
    return null;
  }
  return { key: `content ${type} ${hash64(text)} ${text.length}`, type, wanted: null, worldwide: false };
}

/** Decides on a batch: where each resource goes, what it points to, whether it is valid, whether anything is new. Nothing is written. */
export async function prepareBatch(raws: readonly RawEntry[], tools: Tools): Promise<Batch> {
  const { origins, source, limits } = tools;
  const identities = raws.map((raw) => identify(raw, source));
  for (const raw of raws) if (raw.scope && !raw.scope.settled) await origins.settleConditions(raw.scope);
  await origins.settle(
    identities.filter((identity) => identity !== null),
    true,
  );
  const mentions = raws.map((raw) =>
    raw.resource ? mentionsOf(raw.resource, raw, source, limits.depth) : { all: [], tooDeep: false },
  );
  const pasts = raws.map((raw) => pastMentions(raw, source, limits.depth));
  const everyMention = [...mentions, ...pasts.flat()].flatMap(({ all }) => all);
  const targets = everyMention.flatMap((mention) => (mention.kind === 'identity' ? [mention.target] : []));
  await origins.settle(targets, false);
  for (const [i, raw] of raws.entries())
    if (raw.resource && identities[i]) origins.carry(raw.resource, origins.get(identities[i].key)!);
  const conditions = await origins.settleMentions(everyMention);

  await findStrangers(raws, identities, tools);
  const batch: Batch = { decided: [], pending: [], unresolved: [] };
  const standing: { decided: Decided; resource: Json }[] = [];
  for (const [i, raw] of raws.entries()) {
    if (i % breath === breath - 1) await breathe();
    const identity = identities[i]!;
    const number = numberOf(isObject(raw.resource?.meta) ? raw.resource.meta.versionId : undefined);
    const decided = decide(raw, identity, mentions[i]!, conditions, tools, batch, number);
    if (raw.earlier?.length) decided.past = editionsOf(raw, decided, number, pasts[i]!, conditions, tools);
    batch.decided.push(decided);
    if (decided.item && decided.outcome === 'existing') standing.push({ decided, resource: decided.item.resource });
  }
  if (standing.length > 0) await compareStanding(standing, tools);
  return batch;
}

function decide(
  raw: RawEntry,
  identity: Identity | null,
  mentions: { all: Mention[]; tooDeep: boolean },
  conditions: ReadonlyMap<Mention, string | null>,
  tools: Tools,
  batch: Batch,
  number: number | null,
): Decided {
  const { resource } = raw;
  const type = resource && typeof resource.resourceType === 'string' ? resource.resourceType : '';
  if (!resource || !identity || mentions.tooDeep) {
    const words =
      raw.problem ??
      (mentions.tooDeep
        ? `Les éléments sont imbriqués sur plus de ${tools.limits.depth} niveaux.`
        : resource && !isType(resource.resourceType)
          ? 'La ressource n’a pas de type (« resourceType ») lisible.'
          : 'La ressource ne peut pas être lue.');
    const text = raw.text ?? (mentions.tooDeep ? '' : resource ? exactText(resource) : 'null');
    const hash = String(hash64(text || `${raw.place}`));
    const cause: Cause = raw.problem && raw.request ? 'unsupported' : 'unreadable';
    return {
      raw,
      type,
      outcome: 'rejected',
      contentHash: hash,
      reject: rejectOf(
        raw,
        type,
        { hash: String(hash64(`unreadable ${text || raw.place}`)), key: '', id: null },
        hash,
        cause,
        [{ path: '', words }],
        text,
      ),
    };
  }
  const known = tools.origins.get(identity.key)!;
  const flaws: Flaw[] = [];
  if (typeof resource.id === 'string' && !goodId.test(resource.id))
    flaws.push({
      path: `${type}.id`,
      words: `l’identifiant « ${resource.id.slice(0, 80)} » n’est pas un identifiant FHIR (1 à 64 lettres, chiffres, « - » ou « . »)`,
    });
  let blocked: string | undefined;
  const waiting: PendingRow[] = [];
  for (const mention of mentions.all) {
    if (mention.kind === 'unknown') batch.unresolved.push(mention.literal);
    else if (mention.kind === 'identity') {
      const target = tools.origins.get(mention.target.key)!;
      mention.holder[mention.name] = hereOf(mention, tools);
      if (tools.blocked.has(target.key)) blocked = mention.literal;
    } else {
      const id = conditions.get(mention) ?? null;
      if (id !== null && id !== 'many') mention.holder.reference = `${mention.type}/${id}`;
      else {
        makeLogical(mention.holder, mention.type, mention.system, mention.value);
        waiting.push({
          origin: known.hash,
          type,
          id: known.id,
          target: mention.type,
          system: mention.system ?? '*',
          value: mention.value,
        });
      }
    }
  }
  const meta = resource.meta as Json | undefined;
  const said = saidAt(meta);
  if (typeof meta === 'object' && meta !== null && !Array.isArray(meta)) {
    // They are the store's to give.
    delete meta.versionId;
    delete meta.lastUpdated;
  }
  const full = inOrder(resource, known.id);
  const text = exactText(full);
  const contentHash = String(hash64(text));
  const reject = (cause: Cause, issues: Flaw[]): Decided => {
    // Corrected, it will bear the number it has at its source: what points to it means that one.
    if (known.content === null && !known.adopted) known.edition ??= number;
    const { hash, key, id } = known;
    return {
      raw,
      type,
      outcome: 'rejected',
      known,
      contentHash,
      reject: rejectOf(raw, type, { hash, key, id }, contentHash, cause, issues, text),
    };
  };
  if (known.content === contentHash) {
    if (said !== null && known.saidAt !== null) known.saidAt = Math.max(said, known.saidAt);
    return { raw, type, outcome: 'unchanged', known, contentHash };
  }
  // It was met standing here by an earlier pass: what comes now is compared with it again.
  const stood = known.content !== null && known.version === null && known.id === identity.wanted;
  const everyone = isEveryone(resource);
  if (
    known.adopted === 'condition' ||
    (known.adopted === 'standing' && everyone) ||
    (known.content !== null && known.version === null && (!stood || everyone))
  ) {
    known.content ??= contentHash;
    return { raw, type, outcome: 'existing', known, contentHash };
  }
  if (tools.blocked.has(known.key))
    return reject('identity', [
      {
        path: '',
        words:
          'Ce numéro désigne déjà une autre personne ici (nom, prénom ou date de naissance différents). Vérifiez l’identité, ou recommencez la reprise en nommant le logiciel d’origine.',
      },
    ]);
  if (blocked)
    return reject('blocked', [
      {
        path: '',
        words: `La ressource se rapporte à ${blocked}, dont l’identité ne correspond pas à celle connue ici : réglez d’abord ce patient.`,
      },
    ]);
  if (!stood && known.content !== null && said !== null && known.saidAt !== null && said < known.saidAt)
    return { raw, type, outcome: 'existing', known, contentHash, older: true };
  for (const issue of tools.validator.validate(full)) if (issue.severity === 'error') flaws.push(flawOf(issue));
  if (flaws.length > 0 || !isWhole(full)) return reject('invalid', flaws);
  batch.pending.push(...waiting);
  if (known.adopted === 'standing' || stood)
    return { raw, type, outcome: 'existing', known, contentHash, item: { resource: full, text, expect: 'absent' } };
  const before = { saidBefore: known.saidAt, editionBefore: known.edition };
  if (known.content === null) {
    const expect = known.free ? 'new' : 'absent';
    const item = { resource: full, text, expect, ...numbered(number, said) } as const;
    Object.assign(known, { content: contentHash, saidAt: said, edition: number ?? known.edition });
    return { raw, type, outcome: 'created', known, contentHash, ...before, item };
  }
  const change = { beforeVersion: known.version!, beforeContent: known.content, beforeKnown: known.version };
  const goesOn = number !== null && known.edition === known.version && number > known.version!;
  const item = { resource: full, text, expect: known.version!, ...(goesOn && numbered(number, said)) };
  Object.assign(known, { content: contentHash, saidAt: said, ...(goesOn && { edition: number }) });
  return { raw, type, outcome: 'updated', known, contentHash, ...before, before: change, item };
}

/** The number and the day of an edition that has others before it; a first one came in when it came in. */
const numbered = (version: number | null, said: number | null): { version?: number; updated?: string } => ({
  ...(version !== null && { version }),
  ...(version !== null &&
    version > 1 &&
    said !== null && { updated: new Date(Math.min(said, Date.now())).toISOString() }),
});

export function rejectOf(
  raw: Pick<RawEntry, 'unit' | 'place' | 'resource'>,
  type: string,
  known: { hash: string; key: string; id: string | null },
  contentHash: string,
  cause: Cause,
  issues: Flaw[],
  content: string,
): Omit<Reject, 'file'> {
  return {
    unit: raw.unit,
    place: raw.place,
    type,
    origin: known.hash,
    originKey: known.key,
    targetId: known.id,
    kind: kindOfSetAside(raw.resource),
    contentHash,
    cause,
    issues,
    content,
  };
}

/** Patients who would turn into someone else: nothing of theirs may be attached to the one who is here. */
async function findStrangers(
  raws: readonly RawEntry[],
  identities: readonly (Identity | null)[],
  tools: Tools,
): Promise<void> {
  const again = raws.flatMap((raw, i) => {
    const known = identities[i] && tools.origins.get(identities[i].key);
    if (!known || !raw.resource || known.type !== 'Patient') return [];
    // A dry run has written nobody: who came before in it is known by what was read.
    if (known.traits && isSomeoneElse(known.traits, traitsOf(raw.resource))) tools.blocked.add(known.key);
    return !known.traits && known.version !== null && known.version > 0 ? [{ known, resource: raw.resource }] : [];
  });
  if (again.length === 0) return;
  // Compared with what came before, not with what people made of it since.
  const before = await tools.importer.look((look) =>
    look.versions(again.map(({ known }) => ({ type: known.type, id: known.id, version: known.version! }))),
  );
  for (const { known, resource } of again) {
    const here = before.get(`Patient/${known.id}`);
    if (here && !here.deleted && isSomeoneElse(traitsOf(asJson(here.resource)), traitsOf(resource)))
      tools.blocked.add(known.key);
  }
}

/** Looks at what stands under the same id: the same content is not a reject. */
async function compareStanding(all: { decided: Decided; resource: Json }[], tools: Tools): Promise<void> {
  const places = all.map(({ decided }) => ({ type: decided.type, id: decided.known!.id }));
  const versions = await tools.importer.look(async ({ standing, versions }) => {
    const stood = await standing(places);
    return versions(
      places.flatMap(({ type, id }) => {
        const row = stood.get(`${type}/${id}`);
        return row && !row.deleted ? [{ type, id, version: row.version }] : [];
      }),
    );
  });
  for (const { decided, resource } of all) {
    const known = decided.known!;
    const here = versions.get(`${decided.type}/${known.id}`);
    delete decided.item;
    if (here && sameContent(asJson(here.resource), resource)) {
      // Without it the row would be a promise, of something that never comes.
      known.content = decided.contentHash;
      continue;
    }
    decided.outcome = 'rejected';
    const words =
      'Une ressource de même identifiant existe déjà dans la structure avec un autre contenu : elle n’a pas été remplacée.';
    decided.reject = rejectOf(
      decided.raw,
      decided.type,
      { hash: known.hash, key: known.key, id: known.id },
      decided.contentHash,
      'exists',
      [{ path: '', words }],
      exactText(resource),
    );
  }
}
