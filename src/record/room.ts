import { type Caller, type Ctx, mergedState, type PersonCaller } from '../access/index.ts';
import { FhirProblem, type FhirStore } from '../fhir/index.ts';
import type { Db, Hint, Sql } from '../platform/index.ts';
import { Problem, sqlState } from '../platform/index.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { Directory } from './directory.ts';
import type { TextReader } from './documents/text-reader.ts';
import type { ScanReader } from './documents/scan-reader.ts';
import type { ReadingTasks } from './documents/reading-task.ts';
import type { RenewalTasks } from './orders/renewal-tasks.ts';
import type { SecureMailPort } from './letters/secure-mail.ts';
import type { PrescribingAid } from './prescribing-aid/port.ts';

/** What every act of the room needs; made once by openRecord. */
export interface Room {
  db: Db;
  fhirFor(caller: Caller): FhirStore;
  now(): Date;
  directory: Directory;
  feed: ChangeFeed;
  /** Reads the texts of documents, one after the other (documents/index-words.ts). */
  texts: TextReader;
  /** Recognises the words of scans and photographs; absent: switched off (documents/scan-reader.ts). */
  scans?: ScanReader | undefined;
  /** The queue of the secure mail, when there is a connector (letters/secure-mail.ts). */
  secureMail?: SecureMailPort | undefined;
  /** The certified prescribing aid of the house, when one is set (prescribing-aid/port.ts). */
  prescribingAid?: PrescribingAid | undefined;
  /** The store without limits, for jobs of the house: the reason goes to the ledger. `sql`: joins this transaction. */
  house(tenant: number, reason: string, sql?: Sql): FhirStore;
  /** Tasks of documents that are confided to someone; another room's (main.ts). */
  readingTasks?: ReadingTasks | undefined;
  /** Tasks that ask a prescriber for a renewal; another room's (main.ts). */
  renewalTasks?: RenewalTasks | undefined;
  /** Whom this person stands in for now (absence, delegation); another room says it (main.ts). */
  standsFor(sql: Sql, tenant: number, practitioner: string): Promise<readonly string[]>;
  /** A hint without content to one person's browsers; main.ts lends the streams. */
  tell(tenant: number, practitioner: string, hint: Hint): void;
}
export type { Ctx, PersonCaller };

const words: Record<number, [string, string]> = {
  400: ['Demande refusée', 'La demande est mal formée et n’a rien modifié.'],
  403: [
    'Accès refusé',
    'Vos droits ne permettent pas d’enregistrer cela pour ce patient. Rien n’a été modifié. Si vous participez à ses soins, demandez à rejoindre son équipe de soins.',
  ],
  404: ['Introuvable', 'Cet élément n’existe pas ou n’est pas accessible avec vos droits.'],
  409: ['Conflit', 'Quelqu’un d’autre enregistrait au même moment. Rien n’a été perdu : rechargez puis recommencez.'],
  410: ['Supprimé', 'Cet élément a été supprimé. Ses versions restent lisibles dans son historique.'],
  412: [
    'Modifié entre-temps',
    'Quelqu’un d’autre a modifié cet élément depuis que vous l’avez ouvert. Votre saisie est conservée sur cet écran : comparez puis enregistrez de nouveau.',
  ],
  422: ['Saisie à corriger', 'Certaines valeurs ne sont pas acceptées. Rien n’a été modifié.'],
};
/** The store's refusals in the words of a screen; the FHIR path stays in `diagnostics` for whoever supports the practice. */
export function asProblem(error: unknown): unknown {
  if (sqlState(error) === mergedState)
    return new Problem(
      409,
      'Dossier réuni',
      'Ce dossier vient d’être réuni à un autre. Votre saisie est conservée sur cet écran : enregistrez de nouveau, elle ira dans le dossier qui reste.',
      { extra: { code: 'record-merged' } },
    );
  if (!(error instanceof FhirProblem)) return error;
  const [title, detail] = words[error.status] ?? words[400]!;
  return new Problem(error.status === 412 ? 409 : error.status, title, detail, {
    extra: {
      diagnostics: error.outcome.issue
        .map((issue) => [issue.expression?.join(', '), issue.diagnostics].filter(Boolean).join(': '))
        .slice(0, 10),
    },
  });
}
/** Every handler answers in French: the store's own words never reach a screen. */
export const inFrench =
  <Args extends unknown[], T>(handler: (...args: Args) => Promise<T>) =>
  async (...args: Args): Promise<T> => {
    try {
      return await handler(...args);
    } catch (error) {
      throw asProblem(error);
    }
  };
