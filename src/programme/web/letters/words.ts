import type { z } from 'zod';
import { queries } from '../../../web/api.ts';
import { programmeContract } from '../../contract.ts';

export type Letter = z.infer<typeof programmeContract.letters.reply>['letters'][number];
export const letterStates: Record<
  Letter['state'],
  { tone: 'neutral' | 'success' | 'warning' | 'danger' | 'info'; words: string; tells: string }
> = {
  waiting: { tone: 'neutral', words: 'en attente', tells: 'Part dans un instant.' },
  sending: { tone: 'info', words: 'envoi', tells: 'En cours d’envoi.' },
  sent: { tone: 'success', words: 'envoyé', tells: 'Remis au serveur de courrier.' },
  failed: {
    tone: 'danger',
    words: 'refusé',
    tells: 'Le serveur de courrier a refusé. Un nouvel essai se fait de lui-même, de plus en plus tard.',
  },
  unsure: {
    tone: 'warning',
    words: 'à vérifier',
    tells:
      'L’envoi a été interrompu : le courrier est peut-être arrivé. Il ne repart pas de lui-même, pour ne pas partir deux fois.',
  },
  'to-hand': {
    tone: 'info',
    words: 'à remettre',
    tells:
      'Aucun message n’est parti : pas de serveur de courrier, ou pas d’adresse. Imprimez le PDF ; l’équipe le trouve aussi dans son dossier.',
  },
};

/** Reads the letters again, and what hangs on them. */
export const changedLetters = (): void => {
  for (const entry of [programmeContract.letters, programmeContract.decisions, programmeContract.regionCalls])
    void queries.invalidateQueries({ queryKey: [entry.path] });
};
