import type { Patient } from '@medplum/fhirtypes';
import { type InsStatus, insStatus, insStatusLabels, type PatientBrief } from '../contract.ts';
import { compactIns } from './ins.rules.ts';
import { addressLabel, formOf, homeOf, insStatusOf } from './patient.rules.ts';

const rank = (status: InsStatus): number => insStatus.options.indexOf(status);

/** A merge made here, or the software that it comes from, says that this Patient has gone into another (FHIR R4 Patient.link). Whether it has here: `mergedInto`. */
export const saysGone = (patient: Patient): boolean =>
  patient.link?.some(({ type }) => type === 'replaced-by') ?? false;

export interface Verdict {
  /** Why these two may not be merged, whoever asks. */
  refused: string | null;
  /** Why an identity may not be the one that stays. */
  mayNotStay: readonly [string | null, string | null];
  /** 0 or 1: which stays unless one chooses. */
  suggested: 0 | 1;
  warnings: string[];
}
/** RNIV: the better status wins; two INS are two people until someone has corrected one of them. `sizes`: lines of each record. */
export function verdictOf(pair: readonly [Patient, Patient], sizes: readonly [number, number]): Verdict {
  const [a, b] = pair.map((patient) => ({
    ...formOf(patient),
    status: insStatusOf(patient),
    dead: Boolean(patient.deceasedDateTime || patient.deceasedBoolean),
  })) as [
    ReturnType<typeof formOf> & { status: InsStatus; dead: boolean },
    ReturnType<typeof formOf> & { status: InsStatus; dead: boolean },
  ];
  const twoIns = a.ins && b.ins && compactIns(a.ins) !== compactIns(b.ins);
  const refused = !twoIns
    ? null
    : a.status === 'qualified' && b.status === 'qualified'
      ? 'Deux identités qualifiées portent deux INS différentes : pour l’INS, ce sont deux personnes. Elles ne peuvent pas être fusionnées. Si l’une est erronée, interrogez de nouveau le téléservice INSi et corrigez cette identité.'
      : 'Les deux identités portent deux INS différentes. Corrigez d’abord celle qui est erronée, ou indiquez que ce ne sont pas les mêmes personnes.';
  const better = rank(a.status) - rank(b.status);
  const lower = (status: InsStatus) =>
    `L’autre identité est plus sûre (« ${insStatusLabels[status].toLowerCase()} ») : c’est elle qui reste.`;
  // By the software that the record comes from (docs/adr/0057-taken-merges.md).
  const said = pair.map(saysGone) as [boolean, boolean];
  const saidGone = 'Le logiciel d’où vient ce dossier le dit réuni à un autre : c’est l’autre qui reste.';
  const warnings: string[] = [];
  if (a.sex !== b.sex && a.sex !== 'unknown' && b.sex !== 'unknown') warnings.push('Le sexe n’est pas le même.');
  if (a.birthDate !== b.birthDate) warnings.push('La date de naissance n’est pas la même.');
  if (a.dead !== b.dead) warnings.push('Une seule des deux personnes est notée décédée.');
  return {
    refused,
    mayNotStay: [
      said[0] ? saidGone : better < 0 ? lower(b.status) : null,
      said[1] ? saidGone : better > 0 ? lower(a.status) : null,
    ],
    suggested:
      said[0] !== said[1] ? (said[0] ? 1 : 0) : better !== 0 ? (better > 0 ? 0 : 1) : sizes[0] >= sizes[1] ? 0 : 1,
    warnings,
  };
}

/** An identity in words, line by line. */
export function traitsOf(
  patient: Patient,
  brief: Pick<PatientBrief, 'birthDateLabel' | 'sexLabel' | 'ins' | 'insStatusLabel'>,
): [label: string, value: string][] {
  const form = formOf(patient);
  return [
    ['Nom de naissance', form.birthFamily],
    ['Prénoms de naissance', form.birthGivens],
    ['Né(e) le', brief.birthDateLabel],
    ['Sexe', brief.sexLabel],
    ['Lieu de naissance', [form.birthPlaceName, form.birthPlace].filter(Boolean).join(' · ')],
    ['Nom utilisé', form.usedFamily ?? ''],
    ['Prénom utilisé', form.usedGiven ?? ''],
    ['INS', brief.ins ?? (form.ins ? `non qualifiée, finit par ${form.ins.slice(-4)}` : '')],
    ['Statut de l’identité', brief.insStatusLabel],
    ['Téléphone', (form.phones ?? []).join(', ')],
    ['Adresse', addressLabel(homeOf(patient)) ?? ''],
    ['Adresse électronique', form.email ?? ''],
  ];
}
/** The traits of two identities, line by line. */
export function sideBySide(
  pair: readonly [Patient, Patient],
  briefs: readonly [PatientBrief, PatientBrief],
): [Trait[], Trait[]] {
  const [a, b] = [traitsOf(pair[0], briefs[0]), traitsOf(pair[1], briefs[1])];
  const traits = (mine: [string, string][], theirs: [string, string][]) =>
    mine
      .map(([label, value], i) => ({ label, value, same: value.toUpperCase() === theirs[i]![1].toUpperCase() }))
      .filter((one, i) => one.value !== '' || theirs[i]![1] !== '');
  return [traits(a, b), traits(b, a)];
}
interface Trait {
  label: string;
  value: string;
  same: boolean;
}
