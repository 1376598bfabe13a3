import type { Config, Db, Sql } from '../platform/index.ts';
import type { Caller } from './caller.ts';
import type { BruteForce } from './sign-in/brute-force.ts';
import type { ProSanteConnect } from './sign-in/pro-sante-connect.ts';
import type { Vault } from './sign-in/secrets.ts';
import type { Sessions } from './sign-in/sessions.ts';

/** Sends one plain text message; rejects when it could not be handed over. */
export interface MailFile {
  filename: string;
  /** Text; bytes as base64, and `encoding` says so. */
  content: string;
  encoding?: 'base64';
  contentType: string;
}
export interface Mailer {
  send(message: {
    to: string;
    subject: string;
    text: string;
    attachments?: MailFile[];
    messageId?: string;
  }): Promise<void>;
}

/** A person of the practice as others need to know them (the directory's Practitioner and PractitionerRole). */
export interface PersonFacts {
  practitioner: string;
  family: string;
  given: string;
  profession: string;
  rpps: string | null;
  active: boolean;
  sites: readonly string[];
  login: string;
}
export interface PatientFacts {
  family: string;
  given: string;
  name: string;
}

/** What rooms above lend to this one; main wires them. Those given a Sql run in the transaction of the change. */
export interface Hooks {
  /** A person was created or changed: write the Practitioner and its role. */
  onPerson?: (sql: Sql, tenant: number, person: PersonFacts) => Promise<void>;
  /** A site was added, changed or removed: write its Location. */
  onSite?: (
    sql: Sql,
    tenant: number,
    site: { id: string; name: string; address: string; active: boolean },
  ) => Promise<void>;
  /** A practice was created or renamed: write its Organization. */
  onPractice?: (sql: Sql, tenant: number, practice: { id: string; name: string }) => Promise<void>;
  /** A region was created: give it what a region starts with. */
  onRegion?: (sql: Sql, tenant: number, region: { id: string; name: string }) => Promise<void>;
  /** Names of patients, for the unusual accesses (same family, colleague). */
  describePatients?: (sql: Sql, tenant: number, patients: readonly string[]) => Promise<Map<string, PatientFacts>>;
  /** Practitioner ids of a patient's referents (`Patient.generalPractitioner`): told of emergency accesses. */
  referentsOf?: (sql: Sql, tenant: number, patient: string) => Promise<string[]>;
  /** Of these references, what this person does not see: the reason of a change to it is not theirs to read in the log. */
  hiddenAmong?: (sql: Sql, caller: Caller, references: readonly string[]) => Promise<Set<string>>;
}

/** Everything the acts of this room need; made once by openAccess. */
export interface House {
  db: Db;
  config: Config;
  clock: () => Date;
  sessions: Sessions;
  slow: BruteForce;
  vault: Vault;
  mailer?: Mailer;
  psc?: ProSanteConnect;
  hooks: Hooks;
}
