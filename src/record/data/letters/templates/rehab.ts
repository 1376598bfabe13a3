import type { Profession } from '../../../../access/professions.ts';
import { answersOf, doctorPolitely, orByHand, type ShippedTemplate, template, toDoctor, whoIsPatient } from './build.ts';

/** A «bilan» to the physician: what its section says, title by title, or a place to write it. */
const assessment = (key: string, profession: Profession, title: string, section: string, opening: string, answers: readonly (readonly [string, string])[], more = ''): ShippedTemplate =>
  template(key, '1.0', {
    title,
    description: 'Au médecin traitant ou au prescripteur, repris du volet.',
    use: 'bilan',
    documentType: '34133-9',
    professions: [profession],
    signers: [],
    subject: `${title.replace(/ au médecin$/, '')} : {{patient.nom}}`,
    text: `
${toDoctor}

${opening} ${whoIsPatient}.

${orByHand(section, answersOf(section, answers), '**Motif :**\n\n**Examen :**\n\n**Diagnostic :**\n\n**Ce que je propose :**\n- ')}
${more}
${doctorPolitely}`,
  });

export const rehabTemplates: readonly ShippedTemplate[] = [
  assessment(
    'bilan-kinesitherapie',
    'physiotherapist',
    'Bilan-diagnostic kinésithérapique au médecin',
    'bilan-kinesitherapie',
    'Vous m’avez adressé, ou j’ai reçu en accès direct,',
    [
      ['Bilan', 'bilan'],
      ['Motif', 'motif'],
      ['Prescription', 'prescription'],
      ['Histoire', 'histoire'],
      ['Signaux d’alerte', 'alertes'],
      ['Douleur au mouvement, sur 10', 'en-mouvement'],
      ['Siège de la douleur', 'en-siege'],
      ['Examen', 'inspection'],
      ['Tests', 'tests'],
      ['Marche', 'marche'],
      ['Activité la plus gênée', 'activite-genee'],
      ['Diagnostic kinésithérapique', 'diagnostic'],
      ['Objectifs', 'objectif-mots'],
      ['Moyens', 'techniques'],
      ['Séances prévues', 'seances'],
      ['Fréquence', 'frequence'],
      ['À vous dire', 'pour-medecin'],
    ],
    '\n{{si mesure.72514-3}}\nDouleur : {{mesure.72514-3}}.\n\n{{fin}}',
  ),
  assessment('bilan-orthophonique', 'speech-therapist', 'Compte rendu de bilan orthophonique', 'bilan-orthophonique', 'J’ai reçu pour un bilan orthophonique', [
    ['Bilan', 'bilan'],
    ['Prescription', 'prescription'],
    ['Plainte', 'plainte'],
    ['Domaines explorés', 'versant'],
    ['Langues', 'langues'],
    ['Audition', 'audition'],
    ['Développement', 'developpement'],
    ['Scolarité, métier', 'scolarite'],
    ['Antécédents', 'antecedents'],
    ['Épreuves', 'epreuve'],
    ['Niveaux', 'epreuve-niveau'],
    ['Diagnostic orthophonique', 'diagnostic'],
    ['Sévérité', 'severite'],
    ['Suite proposée', 'suite'],
    ['Objectifs', 'objectifs'],
    ['Nombre de séances', 'seances'],
    ['Rythme', 'rythme'],
    ['À demander', 'avis'],
    ['À vous dire', 'pour-medecin'],
  ]),
  assessment(
    'bilan-dietetique',
    'dietician',
    'Bilan diététique au médecin',
    'bilan-dietetique',
    'J’ai reçu en consultation diététique',
    [
      ['Motif', 'motif'],
      ['Attente', 'attente'],
      ['IMC', 'imc'],
      ['Perte en six mois (%)', 'perte-6'],
      ['Habitudes', 'habitudes'],
      ['Obstacles', 'obstacles'],
      ['Apports actuels estimés (kcal/j)', 'kcal-actuel'],
      ['Énergie visée (kcal/j)', 'kcal'],
      ['Diagnostic diététique', 'diagnostic'],
      ['Objectifs convenus', 'objectif-mots'],
      ['Moyens', 'moyens'],
      ['À revoir le', 'revoir'],
    ],
    '\n{{si mesure.29463-7}}\nPoids : {{mesure.29463-7}}.{{si mesure.39156-5}} IMC : {{mesure.39156-5}}.{{fin}}\n{{fin}}\n{{si mesure.4548-4}}\nHbA1c : {{mesure.4548-4}}.\n{{fin}}\n',
  ),
  assessment(
    'pied-diabetique',
    'chiropodist',
    'Pédicurie : pied diabétique',
    'pied-diabetique',
    'J’ai examiné les pieds de',
    [
      ['Grade du pied', 'grade'],
      ['Monofilament, pied droit', 'mono-droit'],
      ['Monofilament, pied gauche', 'mono-gauche'],
      ['Pouls pédieux droit', 'pedieux-droit'],
      ['Pouls pédieux gauche', 'pedieux-gauche'],
      ['Déformations', 'deformations'],
      ['Peau, ongles', 'peau'],
      ['Ulcère passé', 'ulcere'],
      ['Plaie actuelle', 'plaie-actuelle'],
      ['Signes de gravité', 'plaie-signes'],
      ['Chaussures', 'chaussures'],
      ['Ce qui est fait', 'mesures'],
      ['Prochain examen', 'prochain'],
      ['Commentaire', 'pied-commentaire'],
    ],
    '\nLe grade fixe le nombre de séances prises en charge (grades 2 et 3). {{si mesure.4548-4}}HbA1c : {{mesure.4548-4}}.{{fin}}\n',
  ),
  assessment('bilan-orthoptique', 'orthoptist', 'Bilan orthoptique au médecin', 'bilan-orthoptique', 'J’ai reçu pour un bilan orthoptique', [
    ['Motif', 'motif'],
    ['Signes visuels', 'signes'],
    ['Acuité de loin, œil droit', 'av-loin-od'],
    ['Acuité de loin, œil gauche', 'av-loin-og'],
    ['Test sous écran, de loin', 'ecran-loin'],
    ['Motilité', 'motilite'],
    ['Vision binoculaire', 'correspondance'],
    ['Diagnostic orthoptique', 'diagnostic'],
    ['Traitement', 'traitement'],
    ['Nombre de séances', 'seances'],
    ['Contrôle le', 'controle'],
    ['À vous dire', 'pour-medecin'],
  ]),
  assessment('evaluation-ergotherapie', 'occupational-therapist', 'Évaluation ergothérapique au médecin', 'evaluation-ergotherapie', 'J’ai évalué à son domicile', [
    ['Demande', 'motif'],
    ['Maladie, handicap', 'sante'],
    ['Toilette', 'toilette'],
    ['Habillage', 'habillage'],
    ['Repas', 'repas'],
    ['Sorties', 'sortir'],
    ['Chutes en un an', 'chutes'],
    ['Accès au logement', 'acces'],
    ['Préconisations', 'piece-preconisation'],
    ['Aides et aménagements', 'aide-nom'],
    ['Accompagnement', 'accompagnement'],
    ['Synthèse', 'synthese'],
    ['À revoir le', 'revoir'],
  ]),
  assessment('evaluation-sociale', 'social-worker', 'Évaluation sociale au médecin', 'evaluation-sociale', 'Avec son accord, je vous écris au sujet de', [
    ['Demande', 'motif'],
    ['Logement', 'logement'],
    ['Ce qui pose problème', 'logement-souci'],
    ['Entourage', 'entourage'],
    ['Situation', 'activite'],
    ['Droits ouverts', 'ouverts'],
    ['Demandés ou en cours', 'demandes'],
    ['Certificat que je vous demande', 'certificat'],
    ['Mesure de protection', 'protection'],
    ['Aides en place', 'services'],
    ['Ce qui manque', 'besoins'],
    ['Synthèse', 'synthese'],
    ['À vous dire', 'pour-medecin'],
    ['À revoir le', 'revoir'],
  ]),
  assessment('bilan-psychomoteur', 'psychomotor-therapist', 'Bilan psychomoteur au médecin', 'bilan-psychomoteur', 'J’ai reçu pour un bilan psychomoteur', [
    ['Motif', 'motif'],
    ['Attentes', 'attentes'],
    ['Attitude', 'attitude'],
    ['Tonus, posture', 'tonus'],
    ['Coordinations', 'coordinations'],
    ['Motricité fine', 'motricite-fine'],
    ['Graphomotricité', 'graphisme'],
    ['Attention', 'attention'],
    ['Observations', 'observations'],
    ['Diagnostic psychomoteur', 'conclusion'],
    ['Retentissement', 'retentissement'],
    ['Moyens proposés', 'moyens'],
    ['Nombre de séances', 'seances'],
    ['À vous dire', 'pour-medecin'],
  ]),
  assessment(
    'bilan-buccodentaire',
    'dental-surgeon',
    'Bilan bucco-dentaire au médecin',
    'bilan-buccodentaire',
    'J’ai examiné',
    [
      ['Motif', 'motif-mots'],
      ['Risque médical', 'alertes'],
      ['Muqueuses', 'muqueuses'],
      ['Plaque', 'hygiene'],
      ['Indice CAO', 'cao'],
      ['Gencives', 'saignement'],
      ['Plan de soins', 'plan-soins'],
      ['Avis demandés', 'avis'],
      ['Rappel dans (mois)', 'rappel'],
    ],
    '\n**Ma question avant les soins** (anticoagulant, antibioprophylaxie, biphosphonates) :\n\n{{si traitements}}\nTraitements que je connais : {{traitements}}.\n\n{{fin}}',
  ),
  template('cr-psychologue', '1.0', {
    title: 'Courrier du psychologue au médecin',
    description: 'Ce que la personne a accepté de partager.',
    use: 'bilan',
    documentType: '34133-9',
    professions: ['psychologist'],
    sensitive: 'mental-health',
    subject: 'Suivi psychologique : {{patient.nom}}',
    text: `
${toDoctor}

Avec son accord, je vous écris au sujet de ${whoIsPatient}, que je reçois en consultation.

**Ce qui amène la personne :**

**Ce que je propose :**

**Ce que je vous demande :**

${doctorPolitely}`,
  }),
  template('suivi-grossesse', '1.0', {
    title: 'Suivi de grossesse : courrier de la sage-femme',
    description: 'Au médecin traitant ou à la maternité.',
    use: 'bilan',
    documentType: '11488-4',
    professions: ['midwife'],
    subject: 'Suivi de grossesse : {{patient.nom}}',
    text: `
Chère consœur, cher confrère,

Je suis ${whoIsPatient}, pour sa grossesse.

${orByHand(
  'grossesse',
  answersOf('grossesse', [
    ['Semaines d’aménorrhée', 'terme-sa'],
    ['Terme prévu', 'dpa'],
    ['Gestité', 'gestite'],
    ['Parité', 'parite'],
    ['Signes', 'signes-fonctionnels'],
    ['Hauteur utérine', 'hu'],
    ['Rythme cardiaque fœtal', 'rcf'],
    ['Présentation', 'presentation'],
    ['Protéines dans les urines', 'proteinurie'],
    ['Groupe sanguin', 'groupe'],
    ['RAI', 'rai'],
    ['Toxoplasmose', 'toxoplasmose'],
    ['Rubéole', 'rubeole'],
    ['Échographie du premier trimestre', 'echo-1'],
    ['Échographie du deuxième trimestre', 'echo-2'],
    ['Échographie du troisième trimestre', 'echo-3'],
    ['Niveau de suivi', 'niveau'],
    ['Synthèse', 'grossesse-commentaire'],
    ['Prochaine consultation', 'prochaine'],
  ]),
  '**Terme, gestité, parité :**\n\n**Examen :**\n\n**Biologie, échographies :**\n',
)}

{{si mesure.85354-9}}
Pression artérielle : {{mesure.85354-9}}.{{si mesure.29463-7}} Poids : {{mesure.29463-7}}.{{fin}}

{{fin}}
## Antécédents
{{si antecedents}}
{{antecedents}}
{{sinon}}
Aucun antécédent noté au dossier.
{{fin}}

## Allergies
{{allergies}}

## Traitements
{{si traitements}}
{{traitements}}
{{sinon}}
Aucun traitement en cours noté au dossier.
{{fin}}

Je reste à votre disposition.`,
  }),
  template('postnatal', '1.0', {
    title: 'Visite postnatale : courrier de la sage-femme',
    description: 'Au médecin traitant, après la naissance.',
    use: 'compte-rendu',
    documentType: '11488-4',
    professions: ['midwife'],
    subject: 'Visite postnatale : {{patient.nom}}',
    text: `
Chère consœur, cher confrère,

J’ai vu ${whoIsPatient}, après la naissance.

{{si volet.volet-visite-postnatale}}
{{volet.volet-visite-postnatale}}

{{sinon}}
**Accouchement :**

**Examen de la mère :**

**L’enfant, l’alimentation :**

**Contraception, rééducation :**

{{fin}}
Je reste à votre disposition.`,
  }),
  template('cr-imagerie-technique', '1.0', {
    title: 'Transmission du manipulateur',
    description: 'Au médecin : sécurité de l’examen, incident, ce qui a été fait.',
    use: 'liaison',
    documentType: '34109-9',
    professions: ['radiographer'],
    subject: 'Examen d’imagerie : {{patient.nom}}',
    text: `
${toDoctor}

Au sujet de ${whoIsPatient}, reçu{{patient.e}} pour un examen d’imagerie.

{{si volet.volet-imagerie-securite}}
{{volet.volet-imagerie-securite}}

{{fin}}
**À vous signaler :**

${doctorPolitely}`,
  }),
];
