import { type FoundTerm, type ListName, loadedLists, plainOf, publicLists, searchTerms } from '../../fhir/index.ts';
import type { Term, TermKind } from '../contract.ts';
import { usualMedicines } from '../data/medicines.ts';
import { atcSystem } from '../data/vaccines.ts';
import type { Room } from '../room.ts';
import { usualTerms } from './usual.ts';

const listsOf: Record<TermKind, readonly ListName[]> = {
  problems: ['cim10'],
  medicines: ['bdpm'],
  acts: ['ccam'],
  vaccines: ['nuva'],
  forms: [],
};

/** What a field looks for: our own usual words first, then the loaded lists; what both know is said once. */
export async function findTerms(
  room: Room,
  tenant: number,
  list: TermKind,
  typed: string,
  most: number,
): Promise<{ terms: Term[]; from: string[] }> {
  const own = usualTerms(list, typed, most);
  const lists = listsOf[list];
  if (lists.length === 0) return { terms: own, from: [] };
  const rows = await searchTerms(room.db, tenant, lists, typed, most);
  // What answered is loaded; only when nothing did is that a question.
  const from =
    rows.length > 0
      ? lists.filter((list) => rows.some((row) => row.list === list))
      : (await loadedLists(room.db, tenant)).map((one) => one.list).filter((list) => lists.includes(list));
  const found = rows.map(termOf);
  const labels = new Set(own.map((one) => plainOf(one.label)));
  const more = found.filter((one) => !labels.has(plainOf(one.label)));
  // Ours are few and usual, but never the whole answer when a list has more to say.
  const kept = own.slice(0, Math.max(most - more.length, Math.ceil(most / 2)));
  return { terms: [...kept, ...more].slice(0, most), from: from.map((list) => publicLists[list].title) };
}

function termOf({ list, code, label, detail }: FoundTerm): Term {
  const { system } = publicLists[list];
  const base = { system, code, kind: list, also: [], medicine: null, group: null };
  if (list === 'cim10') return { ...base, label, hint: `CIM-10 ${code}` };
  if (list === 'ccam') return { ...base, label, hint: `CCAM ${code}${detail?.ended ? ', n’est plus en vigueur' : ''}` };
  if (list === 'nuva') {
    const also = [
      ...(detail?.cis ?? []).map((cis) => ({ system: publicLists.bdpm.system, code: cis })),
      ...(detail?.atc ?? []).map((atc) => ({ system: atcSystem, code: atc })),
    ];
    return { ...base, label, also, hint: detail?.about ?? (detail?.abstract ? 'sans marque' : `NUVA ${code}`) };
  }
  const substances = detail?.substances ?? [];
  const atc = substances.length === 1 ? atcOf(substances[0]!.label, detail?.routes ?? []) : null;
  const state = detail?.authorisation
    ? detail.authorisation.toLowerCase()
    : detail?.marketed === false
      ? 'non commercialisé'
      : '';
  return {
    ...base,
    label,
    hint: [substances.map((one) => one.label.toLowerCase()).join(' + '), state].filter(Boolean).join(', '),
    also: atc ? [{ system: atcSystem, code: atc }] : [],
    medicine: {
      cis: code,
      form: detail?.form ?? null,
      routes: detail?.routes ?? [],
      substances,
      atc,
      marketed: detail?.marketed ?? null,
    },
  };
}

const bySubstance = new Map(
  usualMedicines.filter((one) => one.atc && !/ et |,|\(/.test(one.name)).map((one) => [plainOf(one.name), one]),
);
/** The list gives no ATC code: that of our own medicines, when the only substance is one of them (as itself or as a salt) and the routes are those it was given for. */
function atcOf(substance: string, routes: readonly string[]): string | null {
  const plain = plainOf(substance);
  const bare = plain.replace(
    / (base|anhydre|monohydrate|monohydratee|dihydrate|dihydratee|trihydrate|trihydratee|hemihydrate|sodique|potassique|calcique|magnesique)$/,
    '',
  );
  const found =
    bySubstance.get(bare) ??
    bySubstance.get(
      bare.replace(
        /^(chlorhydrate|bromhydrate|sulfate|maleate|besilate|fumarate|hemifumarate|succinate|tartrate|mesilate|citrate|phosphate|nitrate|acetate|bitartrate) (de|d) /,
        '',
      ),
    );
  return found && routes.length > 0 && routes.every((route) => found.forms.some((form) => form.route === route))
    ? found.atc
    : null;
}
