import type { z } from 'zod';
import { queries } from '../../../web/api.ts';
import { sayLongDate, sayTime } from '../../../web/say.ts';
import { professionLabel } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import { changedProject } from '../projects/words.ts';

export type Polls = z.infer<typeof programmeContract.datePolls.reply>;
export type Poll = Polls['polls'][number];
export type Slot = Poll['slots'][number];
export type Person = Poll['people'][number];
export type Answer = Person['answers'][string];
export type Minutes = z.infer<typeof programmeContract.projectMinutes.reply>;
export type Action = Minutes['actions'][number];
export type Sheet = z.infer<typeof programmeContract.minutesSheet.reply>;
export type SheetField = Sheet['fields'][string];
export type Use = z.infer<typeof programmeContract.useFigures.reply>;
export type Month = Use['months'][number];
export type Completion = z.infer<typeof programmeContract.completionReport.reply>;

export const answers = {
  yes: { words: 'Oui', short: 'oui', tone: 'success' },
  maybe: { words: 'Si besoin', short: 'si besoin', tone: 'warning' },
  no: { words: 'Non', short: 'non', tone: 'neutral' },
} as const;
export const answerChoices = (['yes', 'maybe', 'no'] as const).map((value) => ({ value, label: answers[value].words }));
export const purposes = {
  launch: 'Réunion de lancement',
  'follow-up': 'Réunion de suivi',
  other: 'Autre réunion',
} as const;
export const pollStates = {
  open: { tone: 'accent', words: 'Ouvert' },
  chosen: { tone: 'success', words: 'Date choisie' },
  cancelled: { tone: 'neutral', words: 'Abandonné' },
} as const;
export const sideLabels = {
  officer: 'ARS',
  gcs: 'GCS e-santé',
  consultant: 'Consultant',
  team: 'Équipe',
  other: 'Autre',
} as const;
/** «Infirmier», or «ARS» for those who are not of the team. */
export const standing = ({ side, profession }: Pick<Person, 'side' | 'profession'>): string =>
  side === 'team' ? (profession ? professionLabel(profession) : 'profession à dire') : sideLabels[side];
/** «jeudi 12 juin 2025 à 12 h 30». */
export const saySlot = (starts: string): string => `${sayLongDate(starts)} à ${sayTime(starts)}`;
export const minutesKinds = {
  'launch-minutes': 'Compte rendu du lancement',
  'follow-up-minutes': 'Compte rendu de suivi',
} as const;

/** Reads again what this room's tabs show, and the project; over once it is on screen. */
export const changedGatherings = async (): Promise<void> => {
  changedProject();
  await Promise.all(
    [
      programmeContract.datePolls,
      programmeContract.projectMinutes,
      programmeContract.minutesSheet,
      programmeContract.useFigures,
      programmeContract.completionReport,
    ].map((entry) => queries.invalidateQueries({ queryKey: [entry.path] })),
  );
};
