import type { RunState, TakeOver } from '../contract.ts';

type Tone = 'neutral' | 'accent' | 'danger' | 'warning' | 'success' | 'info';
export const states: Record<RunState, { words: string; tone: Tone }> = {
  receiving: { words: 'fichiers en cours d’envoi', tone: 'info' },
  ready: { words: 'prête', tone: 'accent' },
  checking: { words: 'essai à blanc en cours', tone: 'info' },
  running: { words: 'en cours', tone: 'info' },
  stopped: { words: 'arrêtée', tone: 'warning' },
  done: { words: 'terminée', tone: 'success' },
  failed: { words: 'interrompue', tone: 'danger' },
  undoing: { words: 'annulation en cours', tone: 'warning' },
  undone: { words: 'annulée', tone: 'neutral' },
};
export const atWork = (run: Pick<TakeOver, 'state' | 'failure'>): boolean =>
  ['checking', 'running'].includes(run.state) || (run.state === 'undoing' && !run.failure);

export const causes: Record<string, string> = {
  unreadable: 'illisible',
  invalid: 'non conforme',
  identity: 'identité douteuse',
  changed: 'modifiée ici depuis',
  exists: 'existe déjà',
  blocked: 'patient à vérifier',
  unsupported: 'non pris en charge',
  merged: 'dossier réuni ici',
  refused: 'refusée par la base',
  file: 'fichier',
};

const types: Record<string, string> = {
  Patient: 'Patients',
  Practitioner: 'Professionnels',
  PractitionerRole: 'Rôles de professionnels',
  Organization: 'Structures',
  Location: 'Lieux',
  Encounter: 'Rencontres',
  Condition: 'Problèmes de santé',
  Observation: 'Mesures et résultats',
  Procedure: 'Actes',
  MedicationRequest: 'Prescriptions',
  MedicationStatement: 'Traitements',
  MedicationAdministration: 'Administrations',
  Immunization: 'Vaccinations',
  AllergyIntolerance: 'Allergies',
  DiagnosticReport: 'Comptes rendus d’examen',
  DocumentReference: 'Documents',
  CareTeam: 'Équipes de soins',
  CarePlan: 'Plans de soins',
  Claim: 'Demandes de remboursement',
  ExplanationOfBenefit: 'Décomptes',
  Provenance: 'Provenances',
  Device: 'Dispositifs',
  Medication: 'Médicaments',
  SupplyDelivery: 'Fournitures',
  ImagingStudy: 'Imageries',
  Consent: 'Consentements',
  Coverage: 'Couvertures',
  Goal: 'Objectifs',
  Task: 'Tâches',
  ServiceRequest: 'Demandes',
  Appointment: 'Rendez-vous',
  RelatedPerson: 'Proches',
  QuestionnaireResponse: 'Questionnaires',
  ClinicalImpression: 'Notes',
  Composition: 'Synthèses, courriers et ordonnances',
  Communication: 'Messages et transmissions',
  AppointmentResponse: 'Réponses aux rendez-vous',
  Binary: 'Fichiers',
  DeviceRequest: 'Prescriptions de matériel',
  FamilyMemberHistory: 'Antécédents familiaux',
  Flag: 'Alertes',
  Group: 'Groupes',
  Library: 'Modèles',
  List: 'Listes',
  MedicationDispense: 'Délivrances',
  PlanDefinition: 'Protocoles',
};
export const typeLabel = (type: string): string =>
  Object.hasOwn(types, type) ? types[type]! : type === '' || type === '?' ? 'Non reconnues' : type;

export const place = (line: { unit: 'entry' | 'line'; place: number }): string =>
  line.place === 0 ? '' : `${line.unit === 'line' ? 'ligne' : 'entrée'} ${line.place.toLocaleString('fr-FR')}`;

export function sayBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} o`;
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, 'ko'] : bytes < 1e9 ? [bytes / 1e6, 'Mo'] : [bytes / 1e9, 'Go'];
  return `${value.toLocaleString('fr-FR', { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
}
/** «12 s», «3 min», «2 h 05». */
export function sayDuration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}
