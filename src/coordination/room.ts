import type { Caller, MailFile } from '../access/index.ts';
import type { FhirStore } from '../fhir/index.ts';
import type { Live, Sql } from '../platform/index.ts';
import type { RecordRoom } from '../record/index.ts';

/** What every act of the room needs; made once by openCoordination. */
export interface Room extends RecordRoom {
  /** Hints to the browsers of a person. */
  live: Live;
  /** The store as the house sees it, for consumers of events and jobs: the reason goes to the ledger. */
  house(tenant: number, reason: string, sql?: Sql): FhirStore;
  /** Invitations and reminders by mail, where an SMTP server is set; never a word of content. */
  mail?: ((to: string, subject: string, text: string, attachments?: MailFile[]) => Promise<void>) | undefined;
  /** The address people type, for links in mails. */
  publicUrl: string;
}
export type { Ctx, PersonCaller } from '../record/index.ts';
export type { Caller };

/** The circle of everyone in the practice (migrations/0008_circles.sql). */
export const practiceCircle = 'Group/practice';
