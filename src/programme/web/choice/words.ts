import type { z } from 'zod';
import { queries } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { professionLabel } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import { changedProject } from '../projects/words.ts';

export type Needs = z.infer<typeof programmeContract.needs.reply>;
export type Section = Needs['sections'][number];
export type Question = Section['questions'][number];
export type NeedAnswer = z.infer<typeof programmeContract.answerQuestion.body>['value'];
export type Synthesis = z.infer<typeof programmeContract.synthesis.reply>;
export type NeedsPeople = z.infer<typeof programmeContract.needsPeople.reply>;
export type Result = Synthesis['sections'][number]['results'][number];
export type Specification = z.infer<typeof programmeContract.specification.reply>;
export type Requirement = Specification['requirements'][number];
export type Grid = z.infer<typeof programmeContract.grid.reply>;
export type Solution = Grid['solutions'][number];
export type Demonstrations = z.infer<typeof programmeContract.demonstrations.reply>;
export type Demonstration = Demonstrations['demonstrations'][number];
export type Visit = Demonstrations['visits'][number];
export type Clause = z.infer<typeof programmeContract.clauses.reply>['clauses'][number];

export const questionTypes: Record<Question['type'], string> = {
  single: 'Une réponse',
  multiple: 'Plusieurs réponses',
  scale: 'Note de 1 à 5',
  number: 'Nombre',
  text: 'Texte court',
  'long-text': 'Texte long',
  matrix: 'Fonctions et leur importance',
};
export const levels = ['Inutile', 'Utile', 'Important', 'Indispensable'] as const;
export const importanceLabels = { must: 'Indispensable', should: 'Important', could: 'Souhaité' } as const;
export const importanceTones = { must: 'danger', should: 'accent', could: 'neutral' } as const;
export const coverageLabels = { yes: 'Oui', partly: 'En partie', no: 'Non', unknown: 'À voir' } as const;
export const labelLabels = {
  advanced: 'Labellisé, niveau avancé',
  standard: 'Labellisé, niveau standard',
  asked: 'Label demandé',
  none: 'Sans label',
  unknown: 'Label à vérifier',
} as const;
export const modeLabels = { saas: 'En ligne (SaaS)', 'on-site': 'Installé sur place', unknown: 'À préciser' } as const;
export const hdsLabels = { yes: 'Certifié HDS', no: 'Non certifié', unknown: 'À vérifier' } as const;
export const everyLabels = { once: 'une fois', month: 'par mois', year: 'par an' } as const;
export const againLabels = { yes: 'Le choisirait de nouveau', no: 'Ne le choisirait plus', unsure: 'Hésite' } as const;
export const clauseLabels = {
  present: 'Présente',
  weak: 'Trop faible',
  missing: 'Absente',
  'not-needed': 'Sans objet',
} as const;
/** The profession under which nameless people who are alone in theirs are counted. */
export const sayProfession = (code: string): string =>
  code === 'autres' ? 'Autres professions' : professionLabel(code);
export const sayDecimal = (hundredths: number, digits = 1): string =>
  (hundredths / 100).toLocaleString('fr-FR', { maximumFractionDigits: digits });
export const sayWhen = (on: string, time: string): string => `${sayDate(on)} à ${time.replace(':', ' h ')}`;

/** Reads needs and choice again, and the project around them. */
export const changedChoice = (): void => {
  for (const entry of [
    programmeContract.needs,
    programmeContract.needsPeople,
    programmeContract.needsAnswers,
    programmeContract.synthesis,
    programmeContract.specification,
    programmeContract.grid,
    programmeContract.demonstrations,
    programmeContract.choice,
    programmeContract.clauses,
  ])
    void queries.invalidateQueries({ queryKey: [entry.path] });
  changedProject();
};
export const importances = Object.entries(importanceLabels).map(([value, label]) => ({
  value: value as Requirement['importance'],
  label,
}));
