/** Short lists of the forms: one place, for the server and the screens. */

/** Documents: LOINC document codes. */
export const documentTypes = [
  { code: '11488-4', label: 'Compte rendu de consultation' },
  { code: '18842-5', label: 'Compte rendu d’hospitalisation' },
  { code: '11502-2', label: 'Résultat de laboratoire' },
  { code: '18748-4', label: 'Compte rendu d’imagerie' },
  { code: '11526-1', label: 'Compte rendu d’anatomopathologie' },
  { code: '11504-8', label: 'Compte rendu opératoire' },
  { code: '57133-1', label: 'Lettre d’adressage' },
  { code: '57833-6', label: 'Ordonnance' },
  { code: '60591-5', label: 'Volet de synthèse médicale' },
  { code: '34133-9', label: 'Synthèse d’épisode de soins' },
  { code: '11369-6', label: 'Carnet ou certificat de vaccination' },
  { code: '11524-6', label: 'Électrocardiogramme' },
  { code: '34746-8', label: 'Note infirmière' },
  { code: '34895-3', label: 'Éducation thérapeutique' },
  { code: '42348-3', label: 'Directives anticipées' },
  { code: '59284-0', label: 'Consentement signé' },
  { code: '72170-4', label: 'Photographie' },
  { code: '51851-4', label: 'Document administratif' },
  { code: '34109-9', label: 'Autre document' },
] as const;
export const documentTypeOf = (code: string): string | undefined => documentTypes.find((type) => type.code === code)?.label;

export const allergyCategories = [
  { code: 'medication', label: 'Médicament' },
  { code: 'food', label: 'Aliment' },
  { code: 'environment', label: 'Environnement' },
  { code: 'biologic', label: 'Produit biologique' },
] as const;
export const commonAllergies = [
  { label: 'Pénicillines', category: 'medication' },
  { label: 'Céphalosporines', category: 'medication' },
  { label: 'Macrolides', category: 'medication' },
  { label: 'Sulfamides', category: 'medication' },
  { label: 'Fluoroquinolones', category: 'medication' },
  { label: 'Aspirine', category: 'medication' },
  { label: 'Anti-inflammatoires non stéroïdiens', category: 'medication' },
  { label: 'Codéine et opioïdes', category: 'medication' },
  { label: 'Produits de contraste iodés', category: 'medication' },
  { label: 'Anesthésiques locaux', category: 'medication' },
  { label: 'Inhibiteurs de l’enzyme de conversion', category: 'medication' },
  { label: 'Paracétamol', category: 'medication' },
  { label: 'Arachide', category: 'food' },
  { label: 'Fruits à coque', category: 'food' },
  { label: 'Lait de vache', category: 'food' },
  { label: 'Œuf', category: 'food' },
  { label: 'Poisson', category: 'food' },
  { label: 'Crustacés', category: 'food' },
  { label: 'Kiwi', category: 'food' },
  { label: 'Gluten (intolérance)', category: 'food' },
  { label: 'Lactose (intolérance)', category: 'food' },
  { label: 'Pollens de graminées', category: 'environment' },
  { label: 'Pollens de bouleau', category: 'environment' },
  { label: 'Acariens', category: 'environment' },
  { label: 'Poils de chat', category: 'environment' },
  { label: 'Venin d’abeille', category: 'environment' },
  { label: 'Venin de guêpe', category: 'environment' },
  { label: 'Latex', category: 'environment' },
  { label: 'Nickel', category: 'environment' },
  { label: 'Colophane, sparadrap', category: 'environment' },
] as const;

export const alertKinds = [
  { code: 'clinical', label: 'Clinique' },
  { code: 'drug', label: 'Médicament' },
  { code: 'safety', label: 'Sécurité des soignants' },
  { code: 'fall', label: 'Risque de chute' },
  { code: 'contact', label: 'Précautions d’hygiène' },
  { code: 'social', label: 'Situation sociale' },
  { code: 'communication', label: 'Communication (langue, surdité, vue)' },
  { code: 'advance-directives', label: 'Directives anticipées, personne de confiance' },
  { code: 'administrative', label: 'Administratif' },
] as const;
export const alertKindOf = (code: string): string => alertKinds.find((kind) => kind.code === code)?.label ?? 'Autre';

export const historyTopics = [
  { code: 'personal', label: 'Antécédent personnel' },
  { code: 'family', label: 'Antécédent familial' },
  { code: 'risk', label: 'Facteur de risque' },
  { code: 'lifestyle', label: 'Mode de vie' },
  { code: 'social', label: 'Situation sociale' },
  { code: 'procedure', label: 'Intervention ou acte' },
] as const;
/** v3-RoleCode. */
export const relatives = [
  { code: 'FTH', label: 'Père' },
  { code: 'MTH', label: 'Mère' },
  { code: 'BRO', label: 'Frère' },
  { code: 'SIS', label: 'Sœur' },
  { code: 'SON', label: 'Fils' },
  { code: 'DAU', label: 'Fille' },
  { code: 'GRFTH', label: 'Grand-père' },
  { code: 'GRMTH', label: 'Grand-mère' },
  { code: 'UNCLE', label: 'Oncle' },
  { code: 'AUNT', label: 'Tante' },
  { code: 'FAMMEMB', label: 'Famille' },
] as const;
/** Codes of the French long-term conditions list (ALD 30), as the Assurance maladie numbers them. */
export const aldList = [
  { code: '1', label: 'Accident vasculaire cérébral invalidant' },
  { code: '2', label: 'Insuffisances médullaires et autres cytopénies chroniques' },
  { code: '3', label: 'Artériopathies chroniques avec manifestations ischémiques' },
  { code: '4', label: 'Bilharziose compliquée' },
  { code: '5', label: 'Insuffisance cardiaque, troubles du rythme, valvulopathies, cardiopathies congénitales graves' },
  { code: '6', label: 'Maladies chroniques actives du foie et cirrhoses' },
  { code: '7', label: 'Déficit immunitaire primitif grave, infection par le VIH' },
  { code: '8', label: 'Diabète de type 1 et de type 2' },
  { code: '9', label: 'Affections neurologiques et musculaires graves, épilepsie grave' },
  { code: '10', label: 'Hémoglobinopathies, hémolyses chroniques sévères' },
  { code: '11', label: 'Hémophilies et affections de l’hémostase graves' },
  { code: '13', label: 'Maladie coronaire' },
  { code: '14', label: 'Insuffisance respiratoire chronique grave' },
  { code: '15', label: 'Maladie d’Alzheimer et autres démences' },
  { code: '16', label: 'Maladie de Parkinson' },
  { code: '17', label: 'Maladies métaboliques héréditaires' },
  { code: '18', label: 'Mucoviscidose' },
  { code: '19', label: 'Néphropathie chronique grave et syndrome néphrotique primitif' },
  { code: '20', label: 'Paraplégie' },
  { code: '21', label: 'Vascularites, lupus érythémateux systémique, sclérodermie systémique' },
  { code: '22', label: 'Polyarthrite rhumatoïde évolutive' },
  { code: '23', label: 'Affections psychiatriques de longue durée' },
  { code: '24', label: 'Rectocolite hémorragique et maladie de Crohn évolutives' },
  { code: '25', label: 'Sclérose en plaques' },
  { code: '26', label: 'Scoliose idiopathique structurale évolutive' },
  { code: '27', label: 'Spondyloarthrite grave' },
  { code: '28', label: 'Suites de transplantation d’organe' },
  { code: '29', label: 'Tuberculose active, lèpre' },
  { code: '30', label: 'Tumeur maligne' },
  { code: '31', label: 'Affection hors liste' },
  { code: '32', label: 'Polypathologie invalidante' },
] as const;
export const aldLabel = (number: string | null | undefined): string => {
  const found = aldList.find((ald) => ald.code === number);
  return found ? `ALD ${found.code} — ${found.label}` : 'ALD';
};
