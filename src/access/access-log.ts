import type { Sql } from '../platform/index.ts';
import type { Caller } from './caller.ts';
import type { House } from './house.ts';
import { ledgerOfPatient } from './ledger.store.ts';
import { isProfession, professions } from './professions.ts';

/** The ledger in words for the patient and the referent (SEC-8). */

const actions: Record<string, string> = {
  read: 'a consulté',
  vread: 'a consulté une version :',
  search: 'a consulté en liste',
  history: 'a consulté l’historique :',
  everything: 'a consulté',
  create: 'a ajouté',
  update: 'a modifié',
  patch: 'a modifié',
  delete: 'a supprimé',
  export: 'a exporté',
  import: 'a repris',
  'emergency-access': 'a ouvert le dossier en urgence',
  refused: 's’est vu refuser l’accès',
  print: 'a imprimé',
  record: 'a ouvert le dossier',
  sort: 'a rangé au bon dossier',
};
/** Said whole by the verb. */
const saysAll = new Set(['emergency-access', 'record']);
const things: Record<string, string> = {
  Patient: 'l’identité',
  RelatedPerson: 'les proches',
  Consent: 'les choix de partage',
  Coverage: 'les droits à l’assurance maladie',
  Encounter: 'les consultations',
  EpisodeOfCare: 'les suivis',
  Condition: 'les problèmes et antécédents',
  FamilyMemberHistory: 'les antécédents familiaux',
  Procedure: 'les actes',
  AllergyIntolerance: 'les allergies',
  MedicationRequest: 'les prescriptions',
  MedicationStatement: 'les traitements',
  MedicationAdministration: 'les administrations',
  MedicationDispense: 'les délivrances',
  Observation: 'les mesures et résultats',
  DiagnosticReport: 'les comptes rendus',
  ImagingStudy: 'l’imagerie',
  Immunization: 'les vaccins',
  DocumentReference: 'les documents',
  Composition: 'les courriers',
  ClinicalImpression: 'les notes',
  Binary: 'un fichier',
  QuestionnaireResponse: 'les questionnaires',
  CareTeam: 'l’équipe de soins',
  CarePlan: 'le plan de soins',
  Goal: 'les objectifs',
  Task: 'les tâches',
  Communication: 'les messages',
  ServiceRequest: 'les demandes',
  Appointment: 'les rendez-vous',
  Flag: 'les alertes',
  AccessLog: 'le journal des accès',
  Claim: 'la facturation',
  Invoice: 'la facturation',
  Provenance: 'l’origine des données',
};

/** «Patient/p1/record», «Observation?code&date», «recent», «*»: what was looked at or written. */
function thingOf(target: string): string {
  if (/^Patient\/[^/]+\/(record|timeline)$/.test(target)) return 'le dossier';
  if (target.endsWith('/$everything')) return 'le dossier entier';
  if (target === 'recent') return 'les nouveautés';
  const type = target.split(/[/?]/)[0]!;
  if (type === '*') return 'plusieurs éléments';
  return things[type] ?? (type ? 'd’autres données' : '');
}

export interface AccessLine {
  seq: number;
  at: string;
  /** Who, and in which profession. */
  who: string;
  role: string;
  /** What was done, and to what: French words. */
  what: string;
  target: string;
  reason: string | null;
  /** Done while the person held the record open in an emergency, whatever else let them in meanwhile. */
  emergency: boolean;
}

/**
 * One page of a patient's access log, newest first; `next` goes into `before` for the page after, null at the end. That something was changed, and by whom, is told to
 * whoever reads the log; why, only to who sees it: a reason is written in clear words.
 */
export async function accessLog(
  { hooks }: Pick<House, 'hooks'>,
  sql: Sql,
  caller: Caller,
  patient: string,
  paging: { before?: number; count: number },
): Promise<{ lines: AccessLine[]; next: number | null }> {
  const rows = await ledgerOfPatient(sql, caller.tenant, patient, paging.before, paging.count);
  const told = rows.filter(
    ({ reason, target }) => reason && /^(?!Patient\/)[A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/.test(target),
  );
  const hidden =
    (await hooks.hiddenAmong?.(sql, caller, [...new Set(told.map(({ target }) => target))])) ??
    new Set(told.map(({ target }) => target));
  return {
    lines: rows.map((row) => ({
      seq: row.seq,
      at: row.at.toISOString(),
      // The house names its acts by why it does them.
      who: row.actor === 'System' ? 'Estran' : row.actor_name || 'Un logiciel relié',
      role: isProfession(row.role) ? professions[row.role].fr : row.role === 'client' ? 'Logiciel' : '',
      what: actions[row.action] ?? row.action,
      target: saysAll.has(row.action) ? '' : thingOf(row.target),
      reason: hidden.has(row.target)
        ? row.emergency
        : row.actor === 'System'
          ? (row.reason ?? (row.actor_name || null))
          : (row.reason ?? row.emergency),
      emergency: row.emergency !== null,
    })),
    next: rows.length === paging.count ? (rows.at(-1)?.seq ?? null) : null,
  };
}
