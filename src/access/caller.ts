import type { Profession } from './professions.ts';

/** Who speaks. Everything that reads or writes data is given one: there is no ambient user. */
export type Caller = PersonCaller | ClientCaller | SystemCaller;

export interface PersonCaller {
  kind: 'person';
  tenant: number;
  /** FHIR id of this person's Practitioner resource, also of secretaries, coordinators and administrators. */
  practitioner: string;
  profession: Profession;
  /** Acts on the practice itself: 'owner' sets it up, 'administrator' manages people and rights, 'coordinator' runs it. */
  roles: readonly PracticeRole[];
  name: string;
  /** Works for a region, not for a practice: reaches no patient, whatever else is said. */
  region?: true;
  session: string;
  address?: string;
  /** Under whose responsibility a trainee or a locum acts (SEC-6). */
  onBehalfOf?: string;
  responsibleName?: string;
}

export interface ClientCaller {
  kind: 'client';
  tenant: number;
  clientId: string;
  name: string;
  /** SMART v2 scopes as granted: `system/Observation.rs`, `patient/*.r`. */
  scopes: readonly string[];
  /** FHIR id of the only patient this client may see. */
  patient?: string;
  address?: string;
}

/** The house itself: import, seed, backup. Loud: the reason goes to the ledger. */
export interface SystemCaller {
  kind: 'system';
  tenant: number;
  reason: string;
}

export type PracticeRole = 'owner' | 'administrator' | 'coordinator';

/** The ledger's words for a caller. */
export function actorOf(caller: Caller): { actor: string; actorName: string; role: string; address?: string } {
  switch (caller.kind) {
    case 'person':
      return {
        actor: `Practitioner/${caller.practitioner}`,
        // What a locum or a trainee does is theirs, under someone who answers for it (SEC-6): whoever reads the ledger sees both.
        actorName: caller.responsibleName
          ? `${caller.name}, sous la responsabilité de ${caller.responsibleName}`
          : caller.name,
        role: caller.profession,
        address: caller.address,
      };
    case 'client':
      return { actor: `Client/${caller.clientId}`, actorName: caller.name, role: 'client', address: caller.address };
    case 'system':
      return { actor: 'System', actorName: caller.reason, role: 'system' };
  }
}
