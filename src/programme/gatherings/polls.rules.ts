import { inSentence } from '../../access/index.ts';

/** Who answers a poll: ARS, GCS, the consultant, the team, others. */
export type Side = 'officer' | 'gcs' | 'consultant' | 'team' | 'other';
export type Answer = 'yes' | 'maybe' | 'no';
export interface Asked {
  id: string;
  side: Side;
  /** Code; '' as long as a guest has not said it. */
  profession: string;
  /** By slot; a slot without an answer is not there. */
  answers: Readonly<Record<string, Answer>>;
}
export interface SlotFacts {
  id: string;
  /** Wall clock in France, `2025-06-12T12:30`: sorts as it reads. */
  starts: string;
}
export interface SlotView {
  id: string;
  yes: number;
  maybe: number;
  no: number;
  silent: number;
  /** Professions of the project of which nobody could come. */
  missing: string[];
  /** Those of which somebody could come if need be, and nobody for sure. */
  unsure: string[];
  /** Of ARS, GCS and the consultant, who could not come. */
  absent: Exclude<Side, 'team' | 'other'>[];
  /** Each profession of the project, ARS, GCS and the consultant have somebody who could come. */
  complete: boolean;
  /** From 1; the first is the best. */
  rank: number;
}
const wantedSides = ['officer', 'gcs', 'consultant'] as const;

/**
 * The slots of a poll (PRJ-2): one date for ARS, GCS, consultant and team, with at least one representative of each profession of the project. The best first: fewest professions missing,
 * then fewest of the three sides missing, fewest only «if need be», most yes, most «if need be», the earliest.
 * @param professions of the project, as its application says
 */
export function slotsOf(
  slots: readonly SlotFacts[],
  people: readonly Asked[],
  professions: readonly string[],
): SlotView[] {
  const views = slots.map(({ id, starts }) => {
    const said = (answer: Answer) => people.filter((one) => one.answers[id] === answer);
    const [yes, maybe, no] = [said('yes'), said('maybe'), said('no')];
    const could = (of: (one: Asked) => boolean) => (yes.some(of) ? 'yes' : maybe.some(of) ? 'maybe' : 'none');
    const level = new Map(
      professions.map((profession) => [
        profession,
        could((one) => one.side === 'team' && one.profession === profession),
      ]),
    );
    const sides = wantedSides.map((side) => [side, could((one) => one.side === side)] as const);
    const missing = professions.filter((profession) => level.get(profession) === 'none');
    const absent = sides.filter(([, of]) => of === 'none').map(([side]) => side);
    return {
      starts,
      unsureCount: sides.filter(([, of]) => of === 'maybe').length,
      view: {
        id,
        yes: yes.length,
        maybe: maybe.length,
        no: no.length,
        silent: people.length - yes.length - maybe.length - no.length,
        missing,
        unsure: professions.filter((profession) => level.get(profession) === 'maybe'),
        absent,
        complete: missing.length === 0 && absent.length === 0,
      },
    };
  });
  const order = [...views].sort(
    (a, b) =>
      a.view.missing.length - b.view.missing.length ||
      a.view.absent.length - b.view.absent.length ||
      a.view.unsure.length + a.unsureCount - b.view.unsure.length - b.unsureCount ||
      b.view.yes - a.view.yes ||
      b.view.maybe - a.view.maybe ||
      (a.starts < b.starts ? -1 : a.starts > b.starts ? 1 : a.view.id < b.view.id ? -1 : 1),
  );
  return order.map(({ view }, at) => ({ ...view, rank: at + 1 }));
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} et ${words.at(-1)}`;
const sideWords: Record<SlotView['absent'][number], string> = {
  officer: 'l’ARS',
  gcs: 'le GCS',
  consultant: 'le consultant',
};
/** What a slot lacks, in words; '' when nothing. */
export function lackOf(
  { missing, absent }: Pick<SlotView, 'missing' | 'absent'>,
  nameOf: (profession: string) => string,
): string {
  const parts = [
    ...(missing.length
      ? [
          `${missing.length > 1 ? 'les professions' : 'la profession'} ${listed(missing.map((one) => inSentence(nameOf(one))))}`,
        ]
      : []),
    ...absent.map((side) => sideWords[side]),
  ];
  return parts.length ? `Personne ne pourrait venir pour ${listed(parts)}.` : '';
}
/** Why a slot stands where it does. */
export function whyOf(view: SlotView, nameOf: (profession: string) => string): string {
  const counts = [
    `${view.yes} oui`,
    ...(view.maybe ? [`${view.maybe} si besoin`] : []),
    ...(view.no ? [`${view.no} non`] : []),
    ...(view.silent ? [`${view.silent} sans réponse`] : []),
  ].join(', ');
  const unsure = view.unsure.length
    ? ` Si besoin seulement : ${listed(view.unsure.map((one) => inSentence(nameOf(one))))}.`
    : '';
  return `${lackOf(view, nameOf) || 'Chaque profession du projet, l’ARS, le GCS et le consultant y auraient quelqu’un.'}${unsure} ${counts.charAt(0).toUpperCase()}${counts.slice(1)}.`;
}
