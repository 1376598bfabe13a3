import type { Composition } from '@medplum/fhirtypes';
import { categorySystem, FhirProblem, type Resource, type Stored } from '../../fhir/index.ts';
import { forbidden, invalid, Problem } from '../../platform/index.ts';
import {
  type Sensitivity,
  letterWays,
  type SummaryChange,
  type SummaryView,
  sensitivityLabels,
  type Written,
} from '../contract.ts';
import { confidential, sensitivityOf } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { correctedByUrl, statusOf } from '../read/reading.ts';
import { author, stamped, subjectOf } from '../write/author.ts';
import { givenExtension } from '../letters/letter.rules.ts';
import { tellAuthor } from '../write/own-words.ts';
import { written, replace } from '../write/save.ts';
import {
  type Kept,
  keptOf,
  nothingKept,
  sectionsFrom,
  summaryCategory,
  summaryTitle,
  summaryType,
  wordsIn,
} from './composition.rules.ts';
import { gather, isSensitive, linesOf, refOf } from './gather.ts';
import { isOfSection, summarySections } from './sections.ts';
import { hiddenOf, inForce, isSigned, maySign, mayWrite, sourcesOf, summariesOf, summaryOf, viewOf } from './view.ts';

const mustWrite = (entered: Entered): void => {
  if (!mayWrite(entered))
    throw forbidden('Vos droits ne permettent pas d’écrire de document pour ce patient. Rien n’a été modifié.');
};
const mustSign = (entered: Entered): void => {
  if (!maySign(entered))
    throw forbidden(
      'La signature revient à qui peut écrire les antécédents, les allergies, les traitements et les documents de ce patient. Vos compléments sont gardés.',
    );
};
const notADraft = (): Problem =>
  new Problem(
    409,
    'Déjà signée',
    'Cette synthèse n’est plus un brouillon : commencez la suivante, ou corrigez-la. Rien n’a été modifié.',
    { extra: { code: 'not-a-draft' } },
  );

/** Begins the next summary; what was left out and said in words last time is taken up again. One draft at a time. */
export async function beginSummary(entered: Entered): Promise<SummaryView> {
  mustWrite(entered);
  const all = await summariesOf(entered);
  const base = inForce(all);
  const last = base && base.resource;
  const composition: Composition = {
    resourceType: 'Composition',
    status: 'preliminary',
    type: summaryType,
    category: summaryCategory,
    subject: subjectOf(entered),
    date: entered.now.toISOString(),
    author: [author(entered)],
    title: summaryTitle,
    // Words beside something sensitive stay where that is.
    section: sectionsFrom(
      (code) =>
        last
          ? {
              ...nothingKept,
              words: sensitivityOf(base.resource) ? [] : keptOf(last, code).words,
              left: keptOf(last, code).left,
            }
          : nothingKept,
      false,
    ),
  };
  // The condition is part of the statement: two who begin at once share one draft.
  const stored = await entered.store.create(stamped(entered, composition, {}), {
    ifNoneExist: `subject=Patient/${entered.patientId}&category=${categorySystem}|vsm&status=preliminary`,
  });
  return viewOf(entered, stored, { all, record: await gather(entered) });
}

/** Changes one section of a draft; what another changes meanwhile elsewhere stays. */
export async function changeSummary(entered: Entered, id: string, change: SummaryChange): Promise<SummaryView> {
  mustWrite(entered);
  const now = entered.now.toISOString();
  const mine = `Practitioner/${entered.caller.practitioner}`;
  if (change.act === 'verify' || (change.act === 'words' && change.by && change.by !== entered.caller.practitioner))
    mustSign(entered);
  if (
    change.act !== 'leave' &&
    !(change.act === 'verify' && change.section === 'all') &&
    !summarySections.some(({ code }) => code === change.section)
  )
    throw invalid('Cette rubrique n’existe pas. Rien n’a été modifié.');
  if (change.act === 'words' && change.by && change.by !== entered.caller.practitioner && change.words)
    throw forbidden('Les mots d’un autre se retirent, ils ne se réécrivent pas. Rien n’a été modifié.');
  const record = await gather(entered);
  const named =
    change.act === 'leave' ? record.find((one) => refOf(one) === change.entry && !isSensitive(one)) : undefined;
  if (change.act === 'leave' && !named && !change.back)
    throw invalid('Cette ligne n’est pas dans la synthèse. Rien n’a été modifié.');
  const next = (code: string, kept: Kept): Kept => {
    if (change.act === 'leave') {
      const left = kept.left.filter((one) => one !== change.entry);
      const section = summarySections.find((one) => one.code === code)!;
      return { ...kept, left: change.back || !named || !isOfSection(section, named) ? left : [...left, change.entry] };
    }
    if (code !== change.section && change.section !== 'all') return kept;
    if (change.act === 'verify')
      return { ...kept, verified: change.verified ? { by: author(entered), at: now } : null };
    const whose = change.by ? `Practitioner/${change.by}` : mine;
    const others = kept.words.filter((one) => one.by.reference !== whose);
    return {
      ...kept,
      words: change.words ? [...others, { by: author(entered), at: now, text: change.words }] : others,
    };
  };
  for (let tries = 0; ; tries += 1) {
    const stored = await summaryOf(entered, id);
    if (statusOf(stored.resource) !== 'draft') throw notADraft();
    const base = stored.resource;
    const section = sectionsFrom((code) => next(code, keptOf(base, code)), false);
    try {
      const saved = await entered.store.update(
        { ...stamped(entered, { ...base, section }, { base: stored.resource }), id },
        { ifMatch: `W/"${stored.version}"` },
      );
      return await viewOf(entered, saved, { all: await summariesOf(entered), record });
    } catch (error) {
      if (!(error instanceof FhirProblem && error.status === 412) || tries === 4) throw error;
    }
  }
}

type Authors = NonNullable<Composition['author']>;
const once = (all: Authors): Authors => [...new Map(all.map((one) => [one.reference, one])).values()];
/** Who signed stays first: it is theirs, whoever corrects it. */
const signersOf = (entered: Entered, base: Composition): Authors => once([...(base.author ?? []), author(entered)]);
const contributors = (entered: Entered, base: Composition): Authors =>
  once([author(entered), ...(base.author ?? []), ...wordsIn(base).map((one) => one.by)]);
/** The labels of what was ticked close the whole document to those who may not read it. */
function labelled(resource: Resource, ticked: readonly Stored[]): Resource {
  const found = [
    ...new Set(ticked.map((one) => sensitivityOf(one.resource)).filter((one): one is Sensitivity => one !== null)),
  ].sort((a, b) => Object.keys(sensitivityLabels).indexOf(a) - Object.keys(sensitivityLabels).indexOf(b));
  if (found.length === 0) return resource;
  return { ...resource, meta: { ...resource.meta, security: found.flatMap((one) => confidential(one)!.security) } };
}

/** Signs what was seen: the versions are written down, the one before is replaced and stays readable. */
export async function signSummary(
  entered: Entered,
  id: string,
  { seal, sensitive }: { seal: string; sensitive: string[] },
): Promise<Written> {
  mustWrite(entered);
  mustSign(entered);
  const stored = await summaryOf(entered, id);
  if (statusOf(stored.resource) !== 'draft') throw notADraft();
  const sources = await sourcesOf(entered);
  const view = await viewOf(entered, stored, sources);
  if (view.seal !== seal)
    throw new Problem(
      409,
      'Le dossier a changé',
      'Le dossier ou un complément a changé depuis que vous avez ouvert cette synthèse. Relisez les lignes marquées, puis signez : rien n’a été signé.',
      { extra: { code: 'changed-since' } },
    );
  const unchecked = view.sections.filter(({ verified }) => !verified || verified.stale).map(({ title }) => title);
  if (unchecked.length > 0)
    throw new Problem(
      422,
      'À vérifier d’abord',
      `Vérifiez avant de signer : ${unchecked.join(', ')}. Rien n’a été signé.`,
      { extra: { code: 'unchecked' } },
    );
  const ticked = sources.record.filter((one) => isSensitive(one) && sensitive.includes(refOf(one)));
  if (ticked.length < new Set(sensitive).size)
    throw invalid(
      'Une information sensible cochée n’est plus au dossier ou ne vous est pas accessible. Rien n’a été signé.',
    );
  const base = stored.resource;
  const before = inForce(sources.all);
  const now = entered.now.toISOString();
  const section = sectionsFrom((code) => {
    const kept = keptOf(base, code);
    const of = summarySections.find((one) => one.code === code)!;
    const { lines } = view.sections.find((one) => one.code === code)!;
    const shown = lines.filter((line) => !line.left);
    const taken = linesOf(of, entered.reading, ticked).filter((line) => !line.fixed);
    return {
      ...kept,
      left: [...new Set(lines.filter((line) => line.left).map(refOf))],
      withheld: hiddenOf(entered, of),
      entries: [...new Set([...shown, ...taken].map((line) => `${refOf(line)}/_history/${line.version}`))],
    };
  }, true);
  const next = stamped(
    entered,
    {
      ...base,
      status: 'final',
      date: now,
      author: contributors(entered, base),
      attester: [{ mode: 'legal', time: now, party: author(entered) }],
      section,
      relatesTo: before && [{ code: 'replaces', targetReference: { reference: `Composition/${before.id}` } }],
    },
    { base: stored.resource },
  );
  return written(entered, [
    await replace(entered, stored, stored.version, { ...labelled(next, ticked), id }, 'synthèse signée'),
  ]);
}

/** Where a signed summary went, as one says. */
export async function giveSummary(
  entered: Entered,
  id: string,
  { version, way, to }: { version: number; way: 'printed' | 'handed' | 'posted'; to: string },
): Promise<Written> {
  mustWrite(entered);
  const stored = await summaryOf(entered, id);
  if (!isSigned(stored))
    throw new Problem(409, 'Pas signée', 'Une synthèse se remet une fois signée. Rien n’a été noté.', {
      extra: { code: 'not-signed' },
    });
  const at = entered.now.toISOString();
  const mark = givenExtension({ way, to, address: '', at, by: author(entered), state: 'done', failure: '' });
  const kept = (stored.resource.extension ?? []).filter(({ url }) => url !== correctedByUrl);
  const writer = { url: correctedByUrl, valueReference: author(entered) };
  const next = { ...stored.resource, id, extension: [...kept, writer, mark] };
  return written(entered, [await replace(entered, stored, version, next, letterWays[way].toLowerCase())]);
}

/** Corrects the one in force: what it pointed to stays as it was signed, less what is taken out. */
export async function amendSummary(
  entered: Entered,
  id: string,
  body: { version: number; reason: string; words: Record<string, string>; leave: string[] },
): Promise<Written> {
  mustWrite(entered);
  mustSign(entered);
  const stored = await summaryOf(entered, id);
  if (inForce(await summariesOf(entered))?.id !== id)
    throw new Problem(409, 'Plus en vigueur', 'Seule la synthèse en vigueur se corrige. Rien n’a été modifié.', {
      extra: { code: 'not-in-force' },
    });
  const base = stored.resource;
  const now = entered.now.toISOString();
  const section = sectionsFrom((code) => {
    const kept = keptOf(base, code);
    const typed = body.words[code];
    const others = kept.words.filter((one) => one.by.reference !== `Practitioner/${entered.caller.practitioner}`);
    const out = kept.entries.map((one) => one.split('/_history/')[0]!).filter((one) => body.leave.includes(one));
    return {
      ...kept,
      left: [...new Set([...kept.left, ...out])],
      words:
        typed === undefined ? kept.words : typed ? [...others, { by: author(entered), at: now, text: typed }] : others,
      entries: kept.entries.filter((one) => !body.leave.includes(one.split('/_history/')[0]!)),
    };
  }, true);
  const next = stamped(
    entered,
    {
      ...base,
      status: 'amended',
      author: signersOf(entered, base),
      attester: [...(base.attester ?? []), { mode: 'legal', time: now, party: author(entered) }],
      section,
    },
    { base: stored.resource, reason: body.reason },
  );
  return entered.store.transaction(async (store) => {
    const within = { ...entered, store };
    const saved = await replace(within, stored, body.version, { ...next, id }, body.reason);
    await tellAuthor(within, store, stored, { kind: 'summary-corrected', reason: body.reason });
    return written(within, [saved]);
  });
}
