import type { PersonCaller, PracticeRole } from './caller.ts';

/**
 * Acts on the practice itself, `{ practice: act }` in a contract. `roles`: held by an account. `professions`: whatever the roles. `care`: any person
 * whose profession reaches health content in the care team. `where`: in a practice unless told; in a `region`, or in `both`. An act that is not here is refused to
 * everyone.
 */
export const practiceActs = {
  people: { roles: ['owner', 'administrator'], care: false, where: 'both', fr: 'Gérer les personnes et les comptes' },
  rights: { roles: ['owner', 'administrator'], care: false, fr: 'Changer les droits' },
  settings: { roles: ['owner', 'administrator'], care: false, where: 'both', fr: 'Régler la structure et ses sites' },
  clients: { roles: ['owner', 'administrator'], care: false, fr: 'Ouvrir l’accès à d’autres logiciels' },
  delegations: {
    roles: ['owner', 'administrator', 'coordinator'],
    care: false,
    fr: 'Déclarer remplaçants, stagiaires et délégations',
  },
  'unusual-accesses': { roles: ['owner', 'administrator'], care: false, fr: 'Examiner les accès inhabituels' },
  audit: { roles: ['owner', 'administrator'], care: false, where: 'both', fr: 'Lire et vérifier le journal' },
  import: { roles: ['owner', 'administrator'], care: false, fr: 'Reprendre des données' },
  export: { roles: ['owner', 'administrator'], care: false, fr: 'Exporter les données' },
  coordinate: {
    roles: ['owner', 'administrator', 'coordinator'],
    care: false,
    fr: 'Animer la coordination de la structure',
  },
  'write-protocols': {
    roles: ['owner', 'administrator', 'coordinator'],
    professions: ['coordinator'],
    care: true,
    fr: 'Écrire les protocoles de la structure',
  },
  'publish-protocols': {
    roles: ['owner', 'administrator', 'coordinator'],
    professions: ['coordinator', 'physician'],
    care: false,
    fr: 'Mettre en vigueur et retirer un protocole',
  },
  'write-sections': {
    roles: ['owner', 'administrator', 'coordinator'],
    professions: ['coordinator'],
    care: true,
    fr: 'Écrire les volets de la structure',
  },
  'write-letter-templates': {
    roles: ['owner', 'administrator', 'coordinator'],
    professions: ['coordinator', 'medical-secretary'],
    care: true,
    fr: 'Écrire les modèles de courriers',
  },
  'arrange-cockpits': {
    roles: ['owner', 'administrator', 'coordinator'],
    professions: ['coordinator'],
    care: false,
    fr: 'Ranger la journée de chaque profession',
  },
  'write-letterhead': {
    roles: ['owner', 'administrator', 'coordinator'],
    professions: ['coordinator', 'medical-secretary'],
    care: false,
    fr: 'Régler l’en-tête des courriers',
  },
  'receive-documents': {
    roles: [],
    professions: ['medical-secretary', 'medical-assistant'],
    care: true,
    fr: 'Déposer des documents à classer',
  },
  'sort-documents': {
    roles: [],
    professions: ['medical-secretary', 'medical-assistant'],
    care: false,
    fr: 'Classer les documents reçus par la structure',
  },
  'follow-documents': {
    roles: ['owner', 'coordinator'],
    professions: ['coordinator'],
    care: false,
    fr: 'Suivre les documents non lus, en nombre',
  },
  'acknowledge-results': {
    roles: [],
    professions: ['physician', 'midwife', 'dental-surgeon', 'advanced-practice-nurse'],
    care: false,
    fr: 'Valider les résultats',
  },
  'reconcile-treatments': {
    roles: [],
    professions: ['physician', 'dental-surgeon', 'midwife', 'advanced-practice-nurse', 'pharmacist'],
    care: false,
    fr: 'Concilier les traitements, proposer un changement',
  },
  'dispense-treatments': {
    roles: [],
    professions: ['pharmacist'],
    care: false,
    fr: 'Noter une délivrance de médicaments',
  },
  'decide-treatments': {
    roles: [],
    professions: ['physician', 'dental-surgeon', 'midwife', 'advanced-practice-nurse'],
    care: false,
    fr: 'Décider des traitements : changer, arrêter, répondre à une proposition',
  },
  'emergency-access': { roles: [], care: true, fr: 'Accéder en urgence à un dossier' },
  apply: {
    roles: ['owner', 'administrator', 'coordinator'],
    professions: ['coordinator'],
    care: false,
    fr: 'Candidater aux appels de la région',
  },
  'write-calls': {
    roles: [],
    professions: ['ars-officer'],
    care: false,
    where: 'region',
    fr: 'Écrire et ouvrir un appel',
  },
  'review-applications': {
    roles: [],
    professions: ['ars-officer', 'commission-member'],
    care: false,
    where: 'region',
    fr: 'Examiner les candidatures',
  },
  'decide-applications': {
    roles: [],
    professions: ['ars-officer'],
    care: false,
    where: 'region',
    fr: 'Décider des candidatures',
  },
  'lead-projects': {
    roles: [],
    professions: ['ars-officer', 'gcs-officer'],
    care: false,
    where: 'region',
    fr: 'Ouvrir les projets et nommer qui les accompagne',
  },
  'support-projects': {
    roles: [],
    professions: ['ars-officer', 'gcs-officer', 'consultant'],
    care: false,
    where: 'region',
    fr: 'Accompagner les projets',
  },
  'fund-projects': {
    roles: [],
    professions: ['ars-officer'],
    care: false,
    where: 'region',
    fr: 'Conventionner et payer',
  },
} as const satisfies Record<string, PracticeActRule & { fr: string }>;

export interface PracticeActRule {
  roles: readonly PracticeRole[];
  professions?: readonly PersonCaller['profession'][];
  care: boolean;
  where?: 'region' | 'both';
}

export type PracticeAct = keyof typeof practiceActs;
export const isPracticeAct = (act: string): act is PracticeAct => Object.hasOwn(practiceActs, act);
