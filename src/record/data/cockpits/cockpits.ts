import { isRegional, type Profession } from '../../../access/professions.ts';
import type { TimelineKind } from '../../contract/timeline.ts';
import type { ListName } from './lists.ts';

/** One-press view of a history: words, kinds of lines. */
export interface View {
  label: string;
  kinds: readonly TimelineKind[];
}
/**
 * What a profession finds when it opens the product. Everything is a name: of a block of the day, an act, a card, a list; a name that nobody
 * brings is passed over, and what a room brings without being named here comes after. Rights stay where they are: a name gives none.
 */
export interface Cockpit {
  /** Blocks of the day, in reading order; `liste:…` is a list of lists.ts. */
  day: readonly string[];
  /** What one enters, most frequent first: acts by id (web/acts.ts, `recordActs`), `volet:…` for a section that comes with the product. */
  entries: readonly string[];
  /** The three columns of the summary. */
  cards: readonly (readonly string[])[];
  lists: readonly ListName[];
  views: readonly View[];
}
const care = ['messages', 'appointments'] as const;
const after = ['orders', 'tasks', 'changes', 'toRead', 'letters', 'meetings', 'recent'] as const;
const notes: View = { label: 'Notes et volets', kinds: ['note', 'form'] };
const medicine: View = { label: 'Traitements et vaccins', kinds: ['treatment', 'vaccine', 'allergy'] };
const figures: View = { label: 'Mesures et résultats', kinds: ['measure', 'result'] };
const papers: View = { label: 'Documents', kinds: ['document'] };

/** The columns of everybody; a profession says what comes first in each. */
const columns = [
  ['contact', 'problems', 'allergies', 'history', 'protocoles'],
  ['measures', 'results', 'forms', 'opinions', 'notes'],
  ['treatments', 'pps', 'tasks', 'meetings', 'messages', 'planned', 'vaccines', 'documents', 'plans'],
] as const;
function cards(first: readonly string[], second: readonly string[] = [], third: readonly string[] = []): readonly (readonly string[])[] {
  const named = new Set([...first, ...second, ...third]);
  const rest = columns.map((names) => names.filter((name) => !named.has(name)));
  return [
    [...first, ...rest[0]!],
    [...second, ...rest[1]!],
    [...third, ...rest[2]!],
  ];
}
const measured = cards(['forms', 'problems'], ['measures', 'notes'], ['tasks', 'treatments']);
const talked = cards(['forms', 'notes', 'problems'], ['documents', 'measures'], ['tasks', 'planned']);

export const cockpits: Partial<Record<Profession, Cockpit>> = {
  physician: {
    day: ['results', 'proposals', 'messages', 'appointments', 'toRead', 'letters', 'orders', 'changes', 'tasks', 'liste:revoir', 'meetings', 'recent'],
    entries: ['note', 'mesure', 'prescrire', 'probleme', 'courrier', 'document', 'traitement', 'vaccin', 'volets', 'saisir-resultats', 'ask-opinion', 'assign-task', 'volet:suivi-diabete', 'volet:bilan-prevention', 'volet:douleur', 'volet:examen-enfant'],
    cards: cards(['problems'], ['measures', 'results'], ['treatments', 'orders']),
    lists: ['miens', 'jour', 'vus', 'revoir', 'ald', 'diabete', 'hta'],
    views: [notes, figures, papers, { label: 'Problèmes et traitements', kinds: ['problem', 'treatment', 'allergy'] }],
  },
  'dental-surgeon': {
    day: [...care, 'proposals', 'liste:bouches', ...after],
    entries: ['note', 'volet:bilan-buccodentaire', 'prescrire', 'courrier', 'allergie', 'document', 'traitement', 'mesure', 'volet:douleur', 'volet:tabac', 'ask-opinion', 'volets'],
    cards: cards(['allergies', 'problems'], ['forms', 'notes'], ['treatments', 'documents']),
    lists: ['miens', 'jour', 'vus', 'revoir', 'bouches', 'enfants'],
    views: [notes, medicine, papers],
  },
  midwife: {
    day: ['messages', 'appointments', 'liste:grossesses', 'results', 'proposals', 'toRead', 'letters', 'tasks', 'changes', 'liste:nourrissons', 'orders', 'meetings', 'recent'],
    entries: ['mesure', 'volet:grossesse', 'note', 'prescrire', 'vaccin', 'document', 'courrier', 'volet:visite-postnatale', 'volet:entretien-prenatal', 'volet:contraception', 'volet:entretien-postnatal', 'traitement', 'probleme', 'ask-opinion'],
    cards: cards(['forms', 'problems'], ['measures', 'results'], ['planned', 'vaccines', 'treatments', 'orders']),
    lists: ['miens', 'jour', 'vus', 'grossesses', 'nourrissons', 'vaccins', 'revoir'],
    views: [notes, figures, papers],
  },
  pharmacist: {
    day: ['messages', 'orders', 'proposals', 'tasks', 'liste:renouvellements', 'liste:medicaments', 'liste:vaccins', 'changes', 'liste:avk', 'appointments', 'meetings', 'recent'],
    entries: ['traitement', 'vaccin', 'volet:bilan-medication', 'note', 'mesure', 'volet:entretien-anticoagulant', 'ask-opinion', 'write-team', 'allergie', 'document', 'volet:tabac', 'volet:douleur'],
    cards: cards(['treatments', 'allergies', 'problems'], ['forms', 'results', 'measures'], ['vaccines', 'opinions', 'messages']),
    lists: ['miens', 'vus', 'renouvellements', 'medicaments', 'vaccins', 'avk', 'jour'],
    views: [medicine, figures, notes],
  },
  nurse: {
    day: ['messages', 'appointments', 'liste:plaies', 'orders', 'tasks', 'changes', 'liste:avk', 'toRead', 'letters', 'meetings', 'recent'],
    entries: ['mesure', 'volet:plaie', 'note', 'hand-over', 'vaccin', 'document', 'volet:evaluation-infirmiere', 'volet:douleur', 'volet:chute', 'volet:escarre', 'volet:insuffisance-cardiaque', 'ask-opinion', 'assign-task'],
    cards: measured,
    lists: ['miens', 'jour', 'vus', 'plaies', 'avk', 'diabete', 'vaccins', 'revoir-mois'],
    views: [figures, notes, medicine, papers],
  },
  'advanced-practice-nurse': {
    day: [...care, 'liste:suivi-ipa', 'results', 'proposals', 'liste:diabete', ...after],
    entries: ['mesure', 'volet:suivi-ipa', 'note', 'prescrire', 'document', 'courrier', 'traitement', 'volet:suivi-diabete', 'volet:insuffisance-cardiaque', 'volet:fragilite', 'ask-opinion', 'assign-task', 'vaccin'],
    cards: cards(['problems', 'forms'], ['measures', 'results'], ['treatments', 'tasks']),
    lists: ['miens', 'jour', 'vus', 'suivi-ipa', 'diabete', 'hta', 'vaccins', 'revoir'],
    views: [notes, figures, medicine, papers],
  },
  'asalee-nurse': {
    day: [...care, 'liste:suivi-asalee', 'liste:diabete', 'tasks', 'changes', 'meetings', 'recent'],
    entries: ['mesure', 'volet:suivi-asalee', 'note', 'volet:seance-education', 'objectif', 'volet:bilan-educatif', 'volet:pied-diabetique', 'volet:memoire', 'volet:tabac', 'document', 'ask-opinion'],
    cards: cards(['forms', 'problems'], ['measures', 'results'], ['plans', 'pps', 'tasks']),
    lists: ['miens', 'jour', 'vus', 'suivi-asalee', 'diabete', 'hta', 'revoir'],
    views: [figures, notes, papers],
  },
  physiotherapist: {
    day: [...care, 'liste:seances', 'orders', 'tasks', 'changes', 'liste:chute', 'toRead', 'letters', 'meetings', 'recent'],
    entries: ['note', 'mesure', 'volet:bilan-kinesitherapie', 'volet:douleur', 'document', 'courrier', 'volet:chute', 'volet:bilan-respiratoire', 'volet:sppb', 'ask-opinion', 'write-team', 'objectif'],
    cards: cards(['notes', 'problems'], ['forms', 'measures'], ['documents', 'planned', 'tasks']),
    lists: ['miens', 'jour', 'vus', 'seances', 'chute', 'revoir-mois'],
    views: [notes, { label: 'Imagerie et courriers', kinds: ['document', 'result'] }, figures],
  },
  chiropodist: {
    day: [...care, 'liste:pieds', ...after],
    entries: ['note', 'volet:pied-diabetique', 'volet:bilan-podologique', 'mesure', 'document', 'volet:plaie', 'volet:douleur', 'volet:chute', 'ask-opinion', 'assign-task'],
    cards: cards(['forms', 'problems'], ['notes', 'measures', 'results'], ['treatments', 'documents']),
    lists: ['miens', 'jour', 'vus', 'pieds', 'plaies', 'revoir'],
    views: [notes, papers, figures],
  },
  'speech-therapist': {
    day: [...care, 'liste:seances', 'orders', 'liste:deglutition', 'tasks', 'changes', 'toRead', 'letters', 'meetings', 'recent'],
    entries: ['note', 'volet:bilan-orthophonique', 'document', 'courrier', 'volet:deglutition', 'mesure', 'objectif', 'volet:memoire', 'volet:denutrition', 'ask-opinion', 'write-team'],
    cards: talked,
    lists: ['miens', 'jour', 'vus', 'seances', 'deglutition', 'enfants', 'revoir-mois'],
    views: [notes, papers],
  },
  orthoptist: {
    day: [...care, 'liste:retines', ...after],
    entries: ['note', 'volet:bilan-orthoptique', 'document', 'courrier', 'volet:retinographie', 'mesure', 'ask-opinion', 'assign-task', 'write-team'],
    cards: talked,
    lists: ['miens', 'jour', 'vus', 'retines', 'enfants', 'revoir'],
    views: [notes, papers],
  },
  'occupational-therapist': {
    day: [...care, 'liste:domicile', 'liste:suivis', 'orders', 'tasks', 'changes', 'toRead', 'letters', 'meetings', 'recent'],
    entries: ['note', 'volet:evaluation-ergotherapie', 'document', 'courrier', 'mesure', 'volet:autonomie', 'volet:chute', 'volet:aidant', 'volet:escarre', 'objectif', 'ask-opinion'],
    cards: talked,
    lists: ['miens', 'jour', 'vus', 'suivis', 'domicile', 'chute', 'revoir-mois'],
    views: [notes, papers],
  },
  'psychomotor-therapist': {
    day: [...care, 'liste:seances', 'orders', 'tasks', 'changes', 'toRead', 'letters', 'meetings', 'recent'],
    entries: ['note', 'volet:bilan-psychomoteur', 'document', 'courrier', 'mesure', 'objectif', 'volet:aidant', 'ask-opinion', 'write-team'],
    cards: talked,
    lists: ['miens', 'jour', 'vus', 'seances', 'enfants', 'revoir-mois'],
    views: [notes, papers],
  },
  radiographer: {
    day: [...care, 'orders', 'tasks', 'liste:imagerie', 'recent'],
    entries: ['volet:imagerie-securite', 'write-team', 'assign-task', 'volets'],
    cards: cards(['allergies', 'forms'], ['results'], ['documents', 'planned', 'tasks']),
    lists: ['jour', 'vus', 'miens', 'imagerie'],
    views: [{ label: 'Imagerie et courriers', kinds: ['document', 'result'] }],
  },
  'laboratory-technician': {
    day: ['messages', 'appointments', 'orders', 'tasks', 'liste:prelevements', 'recent'],
    entries: ['volet:prelevement', 'saisir-resultats', 'mesure', 'assign-task', 'write-team', 'volets'],
    cards: cards(['forms'], ['results', 'measures'], ['planned', 'tasks']),
    lists: ['jour', 'vus', 'miens', 'prelevements'],
    views: [{ label: 'Résultats', kinds: ['result', 'measure'] }],
  },
  dietician: {
    day: [...care, 'liste:poids', 'liste:dietetique', 'orders', 'tasks', 'changes', 'toRead', 'letters', 'meetings', 'recent'],
    entries: ['mesure', 'note', 'volet:bilan-dietetique', 'volet:denutrition', 'document', 'courrier', 'objectif', 'volet:seance-education', 'volet:sppb', 'ask-opinion', 'write-team'],
    cards: cards(['forms', 'problems'], ['measures', 'results'], ['notes', 'plans', 'treatments']),
    lists: ['miens', 'jour', 'vus', 'poids', 'dietetique', 'enfants', 'revoir'],
    views: [figures, notes, papers],
  },
  psychologist: {
    day: [...care, 'liste:suivis', 'liste:humeur', 'tasks', 'changes', 'letters', 'meetings', 'recent'],
    entries: ['note', 'volet:premier-entretien-psychologue', 'volet:phq-9', 'volet:gad-7', 'document', 'courrier', 'volet:mini-gds', 'volet:audit-c', 'volet:memoire', 'volet:aidant', 'ask-opinion', 'write-team'],
    cards: cards(['notes', 'forms'], ['problems', 'documents'], ['tasks', 'planned', 'treatments']),
    lists: ['miens', 'jour', 'vus', 'suivis', 'humeur', 'revoir-mois'],
    views: [notes, papers],
  },
  'social-worker': {
    day: [...care, 'liste:suivis', 'tasks', 'changes', 'toRead', 'letters', 'meetings', 'recent'],
    entries: ['note', 'volet:evaluation-sociale', 'antecedent', 'document', 'courrier', 'assign-task', 'ask-opinion', 'write-team', 'propose'],
    cards: cards(['contact', 'forms', 'history'], ['notes', 'documents'], ['tasks', 'pps', 'meetings']),
    lists: ['miens', 'jour', 'vus', 'suivis', 'revoir-mois'],
    views: [notes, papers, { label: 'Coordination', kinds: ['coordination', 'plan', 'appointment'] }],
  },
  'medical-assistant': {
    day: ['messages', 'appointments', 'tasks', 'toSort', 'teamDay', 'toComplete', 'liste:hta', 'recent'],
    entries: ['mesure', 'volet:pre-consultation', 'document', 'vaccin', 'note', 'assign-task', 'volet:accueil', 'volet:bilan-prevention', 'volet:autonomie', 'allergie', 'write-team'],
    cards: cards(['problems', 'allergies'], ['measures', 'results'], ['planned', 'tasks', 'treatments']),
    lists: ['jour', 'vus', 'miens', 'identites', 'hta', 'vaccins'],
    views: [figures, papers],
  },
  'medical-secretary': {
    day: ['messages', 'appointments', 'toSort', 'tasks', 'teamDay', 'toComplete', 'recent'],
    entries: ['assign-task', 'write-team', 'courrier', 'volet:accueil', 'volets'],
    cards: cards(['contact', 'planned'], ['tasks', 'forms'], ['messages', 'documents']),
    lists: ['jour', 'vus', 'identites'],
    views: [{ label: 'Rendez-vous et demandes', kinds: ['appointment', 'coordination'] }],
  },
  coordinator: {
    day: ['tasks', 'teamDay', 'messages', 'meetings', 'figures', 'appointments', 'toComplete'],
    entries: ['propose', 'pps', 'assign-task', 'write-team', 'enter-protocol', 'volet:accueil', 'volets'],
    cards: cards(['contact', 'pps', 'protocoles'], ['meetings', 'tasks'], ['messages', 'plans', 'planned']),
    lists: ['jour', 'vus', 'identites'],
    views: [{ label: 'Coordination', kinds: ['coordination', 'plan', 'appointment'] }],
  },
  administrator: { day: ['messages', 'figures', 'toComplete'], entries: [], cards: cards([]), lists: [], views: [] },
};
/** Whoever has no cockpit of their own has a carer's. */
const carer: Cockpit = { day: [...care, ...after], entries: ['mesure', 'note', 'document', 'volets'], cards: cards([]), lists: ['miens', 'jour', 'vus'], views: [notes, papers] };
const noPatients: Cockpit = { day: [], entries: [], cards: cards([]), lists: [], views: [] };
export const cockpitOf = (profession: Profession): Cockpit => cockpits[profession] ?? (isRegional(profession) ? noPatients : carer);
/** Every block of the day that is some profession's: one that is in no cockpit is new, and shown to all. */
export const placedBlocks: ReadonlySet<string> = new Set([...Object.values(cockpits), carer].flatMap(({ day }) => day));

/** Words of the buttons that open a section. */
export const sectionShorts: Readonly<Record<string, string>> = {
  plaie: 'Plaie',
  'evaluation-infirmiere': 'Évaluation',
  escarre: 'Escarre',
  'visite-domicile': 'Visite',
  chute: 'Chute',
  sppb: 'SPPB',
  autonomie: 'Autonomie',
  fragilite: 'Fragilité',
  douleur: 'Douleur',
  'bilan-kinesitherapie': 'Bilan kiné',
  'bilan-respiratoire': 'Respiratoire',
  grossesse: 'Grossesse',
  'entretien-prenatal': 'Entretien prénatal',
  'visite-postnatale': 'Postnatal',
  'entretien-postnatal': 'Entretien postnatal',
  contraception: 'Contraception',
  'bilan-dietetique': 'Bilan diététique',
  denutrition: 'Dénutrition',
  'bilan-orthophonique': 'Bilan',
  deglutition: 'Déglutition',
  'bilan-orthoptique': 'Bilan',
  retinographie: 'Rétinographie',
  'bilan-buccodentaire': 'Bilan dentaire',
  'evaluation-ergotherapie': 'Domicile',
  'bilan-psychomoteur': 'Bilan',
  aidant: 'Aidant',
  'bilan-educatif': 'Bilan éducatif',
  'seance-education': 'Séance ETP',
  'suivi-asalee': 'Asalée',
  'suivi-diabete': 'Diabète',
  'insuffisance-cardiaque': 'Insuffisance cardiaque',
  'bilan-prevention': 'Prévention',
  'suivi-ipa': 'Suivi IPA',
  'pied-diabetique': 'Pied',
  'bilan-podologique': 'Bilan podo',
  'bilan-medication': 'Médication',
  'entretien-anticoagulant': 'Anticoagulant',
  'phq-9': 'PHQ-9',
  'gad-7': 'GAD-7',
  'mini-gds': 'Mini-GDS',
  memoire: 'Mémoire',
  'premier-entretien-psychologue': 'Premier entretien',
  'pre-consultation': 'Préconsultation',
  accueil: 'Accueil',
  'imagerie-securite': 'Sécurité',
  prelevement: 'Prélèvement',
  'audit-c': 'AUDIT-C',
  'evaluation-sociale': 'Situation sociale',
  tabac: 'Tabac',
  'examen-enfant': 'Enfant',
};
