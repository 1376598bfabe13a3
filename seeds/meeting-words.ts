import type { Profession } from '../src/access/professions.ts';

/** What a team says of a patient in a case meeting, by what the record holds. */
export interface Topic {
  /** A problem of the record in words, or an age. */
  about: RegExp | number;
  reason: string;
  wished: Profession[];
  situation: string;
  discussion: string;
  /** Days until it is due; the first profession of the list that is in the team does it. */
  decisions: { who: Profession[]; words: string; days: number }[];
}

export const topics: readonly Topic[] = [
  {
    about: /diabète/i,
    reason: 'Diabète mal équilibré malgré le traitement, pieds à risque',
    wished: ['asalee-nurse', 'chiropodist', 'pharmacist'],
    situation:
      'HbA1c au-dessus de l’objectif depuis deux dosages. Dit prendre ses comprimés « quand il y pense ». Bilan des pieds de plus d’un an.',
    discussion:
      'L’infirmière rapporte des repas sautés et un lecteur de glycémie rangé dans un tiroir. La pharmacie a vu des renouvellements espacés de six semaines au lieu de quatre. Pas de plaie, mais chaussures étroites.',
    decisions: [
      {
        who: ['asalee-nurse', 'advanced-practice-nurse', 'nurse'],
        words: 'Entretien d’éducation thérapeutique : autosurveillance et repas',
        days: 21,
      },
      { who: ['pharmacist', 'physician'], words: 'Pilulier hebdomadaire et bilan de médication', days: 14 },
      { who: ['chiropodist', 'nurse'], words: 'Gradation du risque podologique', days: 30 },
    ],
  },
  {
    about: /ulcère/i,
    reason: 'Ulcère de jambe qui ne diminue plus',
    wished: ['nurse', 'physician'],
    situation:
      'Plaie de six centimètres, fibrineuse, stable depuis cinq semaines. Contention retirée la nuit et souvent le matin.',
    discussion:
      'Douleur au retrait du pansement. Mange peu depuis l’été ; la famille passe le dimanche. Pouls perçus, pas d’argument pour une atteinte artérielle.',
    decisions: [
      { who: ['nurse'], words: 'Pansement tous les deux jours, photo chaque semaine au dossier', days: 30 },
      { who: ['physician'], words: 'Écho-Doppler veineux et dosage de l’albumine', days: 21 },
      { who: ['physician'], words: 'Revoir l’antalgique avant les soins', days: 7 },
    ],
  },
  {
    about: /insuffisance cardiaque/i,
    reason: 'Deuxième décompensation cardiaque en six mois',
    wished: ['nurse', 'pharmacist', 'physician'],
    situation: 'Sorti de l’hôpital il y a dix jours. Poids remonté de deux kilos, chevilles gonflées le soir.',
    discussion:
      'Se pèse une fois par semaine. Ajoute du sel « parce que c’est fade ». L’ordonnance de sortie et l’ancienne coexistent à la maison.',
    decisions: [
      {
        who: ['nurse', 'advanced-practice-nurse'],
        words: 'Pesée trois fois par semaine, alerte au-delà de deux kilos en trois jours',
        days: 14,
      },
      {
        who: ['pharmacist', 'physician'],
        words: 'Reprendre l’ancienne ordonnance au domicile et refaire le plan de prise',
        days: 7,
      },
      { who: ['physician'], words: 'Consultation de cardiologie', days: 45 },
    ],
  },
  {
    about: /BPCO|bronchopneumopathie|asthme/i,
    reason: 'Exacerbations répétées, tabac actif',
    wished: ['asalee-nurse', 'physiotherapist'],
    situation: 'Trois cures d’antibiotiques depuis janvier. Essoufflement au premier étage.',
    discussion:
      'Technique d’inhalation à reprendre. Prêt à « diminuer » mais pas à arrêter. La kinésithérapie aide, deux séances manquées sur quatre faute de transport.',
    decisions: [
      {
        who: ['asalee-nurse', 'nurse', 'physician'],
        words: 'Entretien de sevrage tabagique, substituts au besoin',
        days: 21,
      },
      { who: ['physiotherapist', 'physician'], words: 'Réentraînement à l’effort, deux séances par semaine', days: 30 },
      { who: ['pharmacist', 'nurse', 'physician'], words: 'Vérifier la technique d’inhalation', days: 14 },
    ],
  },
  {
    about: /dépress/i,
    reason: 'Isolement et arrêt de travail qui se prolonge',
    wished: ['psychologist', 'physician'],
    situation: 'Arrêt depuis trois mois. Sort peu, sommeil haché, pas d’idée suicidaire à ce jour.',
    discussion: 'Le suivi psychologique a commencé, deux séances honorées. La reprise inquiète plus que l’arrêt.',
    decisions: [
      { who: ['physician'], words: 'Visite de préreprise avec le médecin du travail', days: 30 },
      { who: ['psychologist', 'physician'], words: 'Poursuivre les séances, point à la sixième', days: 45 },
    ],
  },
  {
    about: /Alzheimer|cognitif|démence/i,
    reason: 'Troubles de mémoire, aidant épuisé',
    wished: ['nurse', 'speech-therapist', 'occupational-therapist'],
    situation: 'Oublis du gaz, nuits agitées. L’épouse ne dort plus et refuse l’aide à domicile.',
    discussion: 'L’infirmière passe déjà le matin. Un accueil de jour existe à vingt minutes, jamais visité.',
    decisions: [
      { who: ['nurse', 'physician'], words: 'Proposer une visite de l’accueil de jour avec l’aidant', days: 30 },
      { who: ['occupational-therapist', 'nurse', 'physician'], words: 'Sécuriser la cuisine et l’escalier', days: 30 },
    ],
  },
  {
    about: /fibrillation|phlébite|embolie|anticoag/i,
    reason: 'INR instable, chute la semaine passée',
    wished: ['pharmacist', 'nurse'],
    situation: 'Trois INR hors cible en deux mois. Chute sans traumatisme crânien.',
    discussion:
      'Antibiotique pris sans contrôle de l’INR. Carnet non rempli. Le passage à un anticoagulant direct se discute selon la fonction rénale.',
    decisions: [
      { who: ['pharmacist', 'physician'], words: 'Entretien AVK : carnet, interactions, signes d’alerte', days: 14 },
      { who: ['physician'], words: 'Créatinine, puis décision sur l’anticoagulant', days: 10 },
    ],
  },
  {
    about: /cancer|tumeur|palliati|carcinome/i,
    reason: 'Retour au domicile en soins palliatifs, anticiper le week-end',
    wished: ['nurse', 'pharmacist', 'physician'],
    situation: 'Souhaite rester chez lui. Douleur contrôlée au repos, nausées le matin.',
    discussion:
      'Famille présente et inquiète de la nuit. Prescriptions anticipées à écrire, matériel à commander avant vendredi.',
    decisions: [
      { who: ['physician'], words: 'Prescriptions anticipées au domicile', days: 3 },
      { who: ['pharmacist', 'nurse', 'physician'], words: 'Livrer le lit médicalisé et les injectables', days: 4 },
      { who: ['nurse', 'physician'], words: 'Passage deux fois par jour, numéro de nuit donné à la famille', days: 5 },
    ],
  },
  {
    about: /rénale/i,
    reason: 'Fonction rénale qui baisse, ordonnance à revoir',
    wished: ['pharmacist', 'advanced-practice-nurse'],
    situation: 'Débit de filtration en baisse de 20 % en un an. Huit médicaments.',
    discussion: 'Deux médicaments à adapter. Automédication par ibuprofène pour le genou, découverte à la pharmacie.',
    decisions: [
      { who: ['pharmacist', 'physician'], words: 'Bilan de médication, arrêt de l’ibuprofène expliqué', days: 14 },
      { who: ['physician'], words: 'Contrôle de la créatinine et du potassium', days: 30 },
    ],
  },
  {
    about: 79,
    reason: 'Chutes, maintien à domicile à préparer',
    wished: ['physiotherapist', 'nurse', 'occupational-therapist'],
    situation: 'Deux chutes en trois mois, se relève seul avec peine. Perte de poids de trois kilos.',
    discussion:
      'Tapis dans le couloir, pas de téléalarme. La fille habite loin et appelle chaque soir. Lever de chaise possible sans les bras une fois sur deux.',
    decisions: [
      {
        who: ['physiotherapist', 'physician'],
        words: 'Équilibre et relever du sol, deux séances par semaine',
        days: 21,
      },
      { who: ['nurse', 'physician'], words: 'Demande de téléalarme et dossier d’allocation avec la famille', days: 30 },
      { who: ['physician'], words: 'Bilan nutritionnel et tension debout', days: 14 },
    ],
  },
  {
    about: /hypertension/i,
    reason: 'Polymédication : ordonnance à simplifier',
    wished: ['pharmacist', 'physician'],
    situation: 'Neuf lignes de traitement, trois prescripteurs. Tension variable.',
    discussion: 'Deux médicaments font double emploi. Mesure à domicile jamais faite.',
    decisions: [
      { who: ['pharmacist', 'physician'], words: 'Bilan partagé de médication', days: 30 },
      {
        who: ['nurse', 'asalee-nurse', 'physician'],
        words: 'Automesure tensionnelle trois jours, relevé au dossier',
        days: 21,
      },
    ],
  },
];
