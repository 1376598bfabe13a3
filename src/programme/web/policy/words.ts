import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { queries, reading } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { programmeContract } from '../../contract.ts';

export type Track = z.infer<typeof programmeContract.track.reply>;
export type TrackLine = z.infer<typeof programmeContract.tracks.reply>['tracks'][number];
export type About = Track['about'];
export type SiteMeeting = Track['meetings'][number];
export type PlanAction = Track['plan'][number];

export const kindLabels = { esp: 'ESP', msp: 'MSP' } as const;
export const kindWords = { esp: 'Équipe de soins primaires', msp: 'Maison de santé pluriprofessionnelle' } as const;
export const phaseTitles = ['Se rencontrer', 'Écrire le projet de santé', 'Atteindre le socle de l’ACI'] as const;
export const states = {
  meeting: { tone: 'info', words: 'Rencontres' },
  requested: { tone: 'warning', words: 'Soutien demandé' },
  writing: { tone: 'accent', words: 'Projet en écriture' },
  submitted: { tone: 'warning', words: 'Devant la commission' },
  returned: { tone: 'danger', words: 'Projet à reprendre' },
  validated: { tone: 'success', words: 'Validé' },
  stopped: { tone: 'neutral', words: 'Arrêté' },
} as const;
export const sideLabels = {
  team: 'Équipe',
  elected: 'Élus',
  ars: 'ARS',
  geco: 'GECO Lib’',
  essort: 'ESSORT',
  consultant: 'Consultant',
  other: 'Autre',
} as const;
export const opinions = {
  favourable: { tone: 'success', words: 'Favorable' },
  reserved: { tone: 'warning', words: 'Réservé' },
  unfavourable: { tone: 'danger', words: 'Défavorable' },
} as const;
export const roleLabels = { writer: 'Écrit avec l’équipe', consultant: 'Consultant', partner: 'Partenaire' } as const;
export const paperLabels: Record<string, string> = {
  statutes: 'Statuts',
  'track-minutes': 'Compte rendu',
  'support-request': 'Demande de soutien',
  'support-letter': 'Réponse de l’ARS',
  'health-project': 'Projet de santé',
  'track-decision': 'Décision',
  'track-agreement': 'Convention',
};
export const fileLabels: Record<string, string> = {
  'statutes-signed': 'Statuts signés',
  'minutes-file': 'Compte rendu',
  'agreement-signed': 'Convention signée',
  other: 'Autre document',
};
export const sayHalfDays = (count: number): string =>
  `${(count / 2).toLocaleString('fr-FR')} ${count > 2 ? 'jours' : 'jour'}`;

/** Reads the tracks again, and what hangs on them. */
export const changedTrack = (): void => {
  for (const entry of [
    programmeContract.track,
    programmeContract.tracks,
    programmeContract.remarks,
    programmeContract.trackMails,
    programmeContract.projectVersion,
  ])
    void queries.invalidateQueries({ queryKey: [entry.path] });
};
export function useTrack(id: string) {
  const query = useQuery(reading(programmeContract.track, { params: { track: id } }));
  useLive(['tracks', 'programme-mails'], (hint) => (hint.topic !== 'tracks' || hint.track === id) && changedTrack());
  return query;
}
/** The tab on which one begins, by where the track is. */
export function firstTab(track: Track): string {
  if (track.phase === 1) return 'equipe';
  if (track.phase === 3) return 'actions';
  if (track.state === 'submitted' && (track.may.instruct || track.may.judge)) return 'commission';
  return track.may.read ? 'projet' : track.may.judge ? 'commission' : 'equipe';
}
