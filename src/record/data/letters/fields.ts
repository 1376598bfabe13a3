import type { KindOfData } from '../../../access/kinds-of-data.ts';
import { measures } from '../measures.ts';
import { targets } from '../vaccines.ts';

/** What a letter can take from the record: its key in a text (`{{traitements}}`), its words, and the kinds of data whoever fills it must see. */
export interface LetterField {
  key: string;
  label: string;
  group: string;
  kinds: readonly KindOfData[];
  /** A list: alone on its line it is written as bullets; `pour` repeats a part with the short names of its lines. */
  parts?: Readonly<Record<string, string>>;
  /** For conditions only. */
  test?: true;
}
const identity: readonly KindOfData[] = ['identity'];
const open: readonly KindOfData[] = [];
const of = (group: string, kinds: readonly KindOfData[], fields: Record<string, string>, more: Partial<LetterField> = {}): LetterField[] => Object.entries(fields).map(([key, label]) => ({ key, label, group, kinds, ...more }));
const list = (group: string, kinds: readonly KindOfData[], key: string, label: string, parts: Record<string, string>): LetterField => ({ key, label, group, kinds, parts });

const ofPatient = 'Le patient';
const ofRecord = 'Le dossier';
const fixedFields: readonly LetterField[] = [
  ...of(ofPatient, identity, {
    'patient.civilite': 'Civilité (Madame, Monsieur, l’enfant)',
    'patient.nom': 'Nom et prénom',
    'patient.naissance': 'Nom de naissance, s’il diffère',
    'patient.ne': 'Né(e) le …',
    'patient.date-naissance': 'Date de naissance',
    'patient.age': 'Âge',
    'patient.sexe': 'Sexe',
    'patient.e': 'Accord : « e » au féminin',
    'patient.il': 'Il ou elle',
    'patient.ins': 'INS, si l’identité est qualifiée',
    'patient.adresse': 'Adresse',
    'patient.telephone': 'Téléphone',
    'patient.contact': 'Personne à prévenir',
  }),
  ...of(ofPatient, identity, { femme: 'Femme', homme: 'Homme', mineur: 'Moins de 18 ans', majeur: '18 ans et plus', enfant: 'Moins de 15 ans', '75-ans': '75 ans et plus' }, { test: true }),
  ...of(ofPatient, ['history'], { enceinte: 'Grossesse en cours' }, { test: true }),
  list(ofRecord, ['history'], 'problemes', 'Problèmes en cours', { nom: 'Nom', depuis: 'Depuis', ald: 'ALD', note: 'Note' }),
  list(ofRecord, ['history'], 'ald', 'Affections de longue durée', { nom: 'Nom', numero: 'Numéro', jusque: 'Jusqu’au' }),
  list(ofRecord, ['history'], 'antecedents', 'Antécédents personnels et chirurgicaux', { nom: 'Nom', date: 'Date' }),
  list(ofRecord, ['history'], 'antecedents-familiaux', 'Antécédents familiaux', { nom: 'Nom', parent: 'Parent' }),
  list(ofRecord, ['lifestyle'], 'risques', 'Facteurs de risque et mode de vie', { nom: 'Nom', detail: 'Détail' }),
  list(ofRecord, ['allergies'], 'allergies', 'Allergies et intolérances', { nom: 'Nom', reaction: 'Réaction', gravite: 'Gravité' }),
  list(ofRecord, ['treatments'], 'traitements', 'Traitements en cours', { nom: 'Nom', posologie: 'Posologie', depuis: 'Depuis', motif: 'Motif' }),
  list(ofRecord, ['measures'], 'mesures', 'Dernières mesures, de moins d’un an', { nom: 'Nom', valeur: 'Valeur', date: 'Date' }),
  list(ofRecord, ['results'], 'resultats', 'Derniers résultats, de moins d’un an', { nom: 'Nom', date: 'Date', detail: 'Détail' }),
  list(ofRecord, ['vaccines'], 'vaccins', 'Vaccinations', { nom: 'Nom', date: 'Date' }),
  list(ofRecord, ['summary'], 'alertes', 'Alertes et points de vigilance', { nom: 'Nom', detail: 'Détail' }),
  list(ofRecord, ['summary'], 'objectifs', 'Objectifs en cours', { nom: 'Nom', cible: 'Cible' }),
  list('Informations sensibles', ['mental-health'], 'sante-mentale', 'Santé mentale et addictions : problèmes et traitements', { nom: 'Nom', detail: 'Détail' }),
  list('Informations sensibles', ['sexual-health'], 'sante-sexuelle', 'Santé sexuelle : problèmes et traitements', { nom: 'Nom', detail: 'Détail' }),
  ...of(ofRecord, ['documents'], { 'note.derniere': 'Ma dernière note', 'note.date': 'Date de ma dernière note' }),
  list('L’équipe', ['coordination'], 'equipe', 'Équipe de soins', { nom: 'Nom', role: 'Rôle', telephone: 'Téléphone' }),
  ...of('L’équipe', identity, { 'medecin-traitant': 'Médecin traitant' }),
  ...of('Rendez-vous', ['agenda'], { 'rendez-vous.jour': 'Rendez-vous de ce jour (date et heures)', 'rendez-vous.dernier': 'Dernier rendez-vous', 'rendez-vous.prochain': 'Prochain rendez-vous' }),
  ...of('Qui signe', open, { 'signataire.nom': 'Nom de qui signe', 'signataire.profession': 'Profession de qui signe', 'signataire.rpps': 'RPPS de qui signe' }),
  ...of('La structure', open, { 'structure.nom': 'Nom de la structure', 'structure.adresse': 'Adresse de la structure', 'structure.telephone': 'Téléphone de la structure', 'date.jour': 'Date du jour', lieu: 'Commune de la structure' }),
];
const measureKinds = (category: string): readonly KindOfData[] => (category === 'laboratory' ? ['results'] : category === 'survey' ? ['sections'] : ['measures']);
export const measureFields: readonly LetterField[] = measures
  .filter(({ partOf }) => !partOf)
  .flatMap(({ code, label, category }) => [
    { key: `mesure.${code}`, label: `${label}, dernière valeur et sa date`, group: 'Mesures et résultats', kinds: measureKinds(category) },
    { key: `valeur.${code}`, label: `${label}, valeur seule`, group: 'Mesures et résultats', kinds: measureKinds(category) },
  ]);
const vaccineFields: readonly LetterField[] = Object.entries(targets).map(([code, label]) => ({ key: `vaccin.${code}`, label: `Dernier vaccin : ${label}`, group: 'Vaccins', kinds: ['vaccines'] }));
/** All but the answers to sections, which are the practice's: `volet.<id>` and `volet.<id>.<question>`. */
export const letterFields: readonly LetterField[] = [...fixedFields, ...measureFields, ...vaccineFields];
export const sectionKey = /^volet\.([A-Za-z0-9-]{1,64})(?:\.([A-Za-z0-9_-]{1,64}))?$/;

const known = new Map(letterFields.map((field) => [field.key, field]));
/** The field of a key, that of a section included; `undefined` when nobody knows it. */
export const fieldOf = (key: string): LetterField | undefined => known.get(key) ?? (sectionKey.test(key) ? { key, label: 'Réponses à un volet', group: 'Volets', kinds: ['sections'] } : undefined);
const plainKinds: ReadonlySet<KindOfData> = new Set<KindOfData>(['directory', 'identity', 'administrative', 'agenda']);
/** Does it say something about health? Then a letter that holds it is not for the secretariat. The care team says who treats, no more (SEC-3). */
export const isClinicalField = (key: string): boolean => fieldOf(key)?.kinds.some((kind) => !plainKinds.has(kind)) ?? false;
