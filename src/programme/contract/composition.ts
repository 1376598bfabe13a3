/** Rules of the policy track that the screen tells live and the server says again: pure functions without a server behind them. */

export type TrackKind = 'esp' | 'msp';
/** Persons by profession code; `generalists`: those of the physicians who are general practitioners. */
export interface Team {
  members: Readonly<Record<string, number>>;
  generalists: number;
}
export interface CompositionRule {
  id: 'generalists' | 'first-line' | 'paramedical';
  title: string;
  needs: number;
  has: number;
  ok: boolean;
  /** What is missing, in words; empty when nothing is. */
  missing: string;
}

/** Auxiliaires médicaux (Code de la santé publique, quatrième partie, livre III). */
export const paramedical = [
  'nurse',
  'advanced-practice-nurse',
  'asalee-nurse',
  'physiotherapist',
  'chiropodist',
  'speech-therapist',
  'orthoptist',
  'occupational-therapist',
  'psychomotor-therapist',
  'radiographer',
  'laboratory-technician',
  'dietician',
] as const;
/** First-line care beside general practitioners. */
const firstLine: readonly string[] = [...paramedical, 'midwife', 'pharmacist', 'dental-surgeon'];

const sum = (members: Team['members'], codes: readonly string[]): number =>
  codes.reduce((total, code) => total + (members[code] ?? 0), 0);
const people = (count: number, one: string, many: string): string => (count === 1 ? `un ${one}` : `${count} ${many}`);
const rule = (
  id: CompositionRule['id'],
  title: string,
  needs: number,
  has: number,
  one: string,
  many: string,
): CompositionRule => ({
  id,
  title,
  needs,
  has,
  ok: has >= needs,
  missing: has >= needs ? '' : `Il manque ${people(needs - has, one, many)}.`,
});

/** Is the team what an ESP or an MSP must be (POL-2)? */
export function compositionOf(
  kind: TrackKind,
  { members, generalists }: Team,
): { ok: boolean; rules: CompositionRule[] } {
  const known = Math.min(generalists, members.physician ?? 0);
  const rules =
    kind === 'esp'
      ? [
          rule(
            'first-line',
            'Plusieurs professionnels de premier recours',
            2,
            known + sum(members, firstLine),
            'professionnel de premier recours',
            'professionnels de premier recours',
          ),
          rule(
            'generalists',
            'Au moins un médecin généraliste',
            1,
            known,
            'médecin généraliste',
            'médecins généralistes',
          ),
        ]
      : [
          rule(
            'generalists',
            'Au moins deux médecins généralistes',
            2,
            known,
            'médecin généraliste',
            'médecins généralistes',
          ),
          rule(
            'paramedical',
            'Au moins un professionnel paramédical',
            1,
            sum(members, paramedical),
            'professionnel paramédical',
            'professionnels paramédicaux',
          ),
        ];
  return { ok: rules.every(({ ok }) => ok), rules };
}

export type SupportMode = 'meetings' | 'consultant' | 'pool' | 'self';
/** The ways of phase 2 and how much each may be (POL-4, POL-5). */
export const supportModes: Readonly<
  Record<SupportMode, { kind: TrackKind; label: string; from: number; to: number; unit: string }>
> = {
  meetings: { kind: 'esp', label: 'Temps des professionnels, en réunions', from: 3, to: 7, unit: 'réunions' },
  consultant: { kind: 'msp', label: 'Consultant agréé', from: 7, to: 12, unit: 'jours' },
  pool: { kind: 'msp', label: 'Vivier de coordinateurs', from: 8, to: 13, unit: 'jours' },
  self: { kind: 'msp', label: 'Les professionnels eux-mêmes', from: 8, to: 13, unit: 'jours' },
};
/** Meetings proposed for an ESP: three; one more for each five professionals beyond five; one more for each theme beyond two; seven at most. A proposal: the content of the project decides. */
export const suggestedMeetings = (professionals: number, themes: number): number =>
  Math.min(7, 3 + Math.max(0, Math.ceil((professionals - 5) / 5)) + Math.max(0, themes - 2));

export interface SupportAsked {
  mode: SupportMode;
  amount: number | null;
  provider: string;
  consultant: string | null;
  coordinatorSince: string | null;
  pacte: boolean;
}
/** Why a support cannot be so, by field; empty when it can. `today` is an ISO day. */
export function supportLacks(kind: TrackKind, asked: SupportAsked, today: string): Record<string, string> {
  const { label, from, to, unit, kind: of } = supportModes[asked.mode];
  if (of !== kind) return { mode: `« ${label} » n’est pas une voie de soutien pour une ${kind.toUpperCase()}.` };
  const lacks: Record<string, string> = {};
  if (asked.amount === null) {
    if (asked.mode !== 'meetings') lacks.amount = `${label} : de ${from} à ${to} ${unit}. Indiquez un nombre.`;
    else if (!asked.provider) lacks.amount = `De ${from} à ${to} ${unit}, ou un prestataire extérieur, ou les deux.`;
  } else if (!Number.isInteger(asked.amount) || asked.amount < from || asked.amount > to)
    lacks.amount = `${label} : de ${from} à ${to} ${unit}. ${asked.amount} est hors de ces bornes.`;
  if (asked.mode === 'consultant' && !asked.consultant) lacks.consultant = 'Choisissez l’un des consultants agréés.';
  if (asked.mode === 'pool') {
    const yearAgo = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`;
    if (!asked.coordinatorSince) lacks.coordinatorSince = 'Indiquez depuis quand ce coordinateur est en poste.';
    else if (asked.coordinatorSince > yearAgo)
      lacks.coordinatorSince = 'Un coordinateur du vivier est en poste depuis un an au moins.';
    if (!asked.pacte) lacks.pacte = 'Un coordinateur du vivier a suivi la formation PACTE.';
  }
  return lacks;
}
