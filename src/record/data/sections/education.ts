import { choice, choices, day, group, is, longText, measure, type Option, section, type ShippedSection, sum, text, whole, yesNo } from './build.ts';

const trainers = ['asalee-nurse', 'nurse', 'advanced-practice-nurse', 'physician', 'pharmacist', 'physiotherapist', 'dietician', 'midwife', 'chiropodist', 'psychologist', 'occupational-therapist'];
const ladder: readonly Option[] = [
  ['0', 'Pas encore', 0],
  ['1', 'En cours', 1],
  ['2', 'Acquis', 2],
];
const skills: readonly (readonly [id: string, words: string])[] = [
  ['expliquer', 'Expliquer sa maladie'],
  ['traitement', 'Adapter et prendre son traitement'],
  ['surveiller', 'Se surveiller, interpréter'],
  ['alerte', 'Reconnaître l’urgence et réagir'],
  ['habitudes', 'Intégrer à la vie quotidienne'],
  ['ressources', 'Trouver de l’aide, en parler'],
];

export const educationSections: readonly ShippedSection[] = [
  section(
    'bilan-educatif',
    '1.0',
    {
      title: 'Bilan éducatif partagé',
      description: 'La personne, sa maladie, ses savoirs, ses projets ; objectifs et programme convenus.',
      professions: trainers,
      theme: 'education',
      source: 'Rédaction propre, d’après HAS–INPES, structuration d’un programme d’éducation thérapeutique du patient, 2007.',
    },
    [
      group('cadre', 'Cadre', [
        choice(
          'bilan',
          'Bilan',
          [
            ['initial', 'Initial'],
            ['reprise', 'Reprise'],
            ['final', 'Évaluation finale'],
          ],
          { required: true },
        ),
        choices('theme', 'Thème du programme', [
          ['diabete', 'Diabète'],
          ['coeur', 'Cœur, hypertension'],
          ['respiration', 'Asthme, BPCO'],
          ['poids', 'Poids'],
          ['rein', 'Rein'],
          ['douleur', 'Douleur'],
          ['cancer', 'Cancer'],
          ['chutes', 'Chutes'],
          ['autre', 'Autre'],
        ]),
        yesNo('consentement', 'Accepte le programme et le partage avec l’équipe', { required: true }),
      ]),
      group('personne', 'La personne', [
        text('vie', 'Qui elle est, son quotidien'),
        text('travail', 'Ce qu’elle fait, ses loisirs'),
        text('entourage', 'Sur qui elle compte'),
        choices('obstacles', 'À prendre en compte', [
          ['lecture', 'Lecture, calcul'],
          ['langue', 'Langue'],
          ['vue', 'Vue, audition'],
          ['memoire', 'Mémoire'],
          ['precarite', 'Ressources'],
          ['humeur', 'Humeur'],
          ['temps', 'Disponibilité'],
          ['numerique', 'Numérique'],
        ]),
      ]),
      group('maladie', 'La maladie', [
        longText('sait', 'Ce qu’elle en sait et en croit'),
        longText('ressent', 'Ce qu’elle ressent'),
        text('gene', 'Ce qui gêne le plus'),
        text('fait', 'Ce qu’elle fait déjà'),
        choice('stade', 'Où elle en est', [
          ['pas-pret', 'Ne pense pas changer'],
          ['hesite', 'Hésite'],
          ['decide', 'Décidé(e)'],
          ['agit', 'A commencé'],
          ['tient', 'Tient dans le temps'],
        ]),
        whole('importance', 'Changer est important (0 à 10)', { min: 0, max: 10 }),
        whole('confiance', 'Confiance d’y arriver (0 à 10)', { min: 0, max: 10 }),
      ]),
      group('competences', 'Compétences', [
        ...skills.map(([id, words]) => choice(id, words, ladder)),
        sum(
          'competences-total',
          'Compétences, sur 12',
          skills.map(([id]) => id),
          {
            bands: [
              [0, 'À construire', 'warning'],
              [6, 'En progrès', 'neutral'],
              [10, 'Acquises', 'success'],
            ],
          },
        ),
      ]),
      group('projet', 'Projet', [
        text('projet-mots', 'Son projet', { required: true }),
        group(
          'objectif',
          'Objectif convenu',
          [
            text('objectif-mots', 'Objectif'),
            text('objectif-critere', 'À quoi on verra qu’il est atteint'),
            choice('objectif-priorite', 'Priorité', [
              ['1', 'Première'],
              ['2', 'Deuxième'],
              ['3', 'Ensuite'],
            ]),
            day('objectif-date', 'Échéance'),
            choice('objectif-etat', 'État de l’objectif', [
              ['nouveau', 'Nouveau'],
              ['en-cours', 'En cours'],
              ['atteint', 'Atteint'],
              ['change', 'Changé'],
            ]),
          ],
          { repeats: true, grid: true },
        ),
      ]),
      group('programme', 'Programme', [
        choices('seances', 'Forme des séances', [
          ['individuelle', 'Individuelles'],
          ['collective', 'Collectives'],
          ['distance', 'À distance'],
          ['entourage', 'Avec l’entourage'],
        ]),
        text('ateliers', 'Ateliers'),
        choices('intervenants', 'Intervenants', [
          ['infirmier', 'Infirmier'],
          ['dieteticien', 'Diététicien'],
          ['pharmacien', 'Pharmacien'],
          ['kine', 'Kinésithérapeute'],
          ['podologue', 'Podologue'],
          ['psychologue', 'Psychologue'],
          ['pair', 'Patient partenaire'],
        ]),
        day('evaluation', 'Évaluation prévue le'),
        longText('education-synthese', 'Synthèse pour le médecin'),
      ]),
    ],
  ),
  section(
    'seance-education',
    '1.0',
    {
      title: 'Séance d’éducation thérapeutique',
      description: 'Ce qui a été travaillé, compris, décidé.',
      professions: trainers,
      theme: 'education',
    },
    [
      choice(
        'forme',
        'Forme de la séance',
        [
          ['individuelle', 'Individuelle'],
          ['collective', 'Collective'],
          ['distance', 'À distance'],
        ],
        { required: true },
      ),
      text('titre', 'Thème de la séance', { required: true }),
      whole('duree', 'Durée (min)', { min: 5, max: 480 }),
      choices('presents', 'Participants', [
        ['patient', 'Le patient'],
        ['proche', 'Un proche'],
        ['groupe', 'Un groupe'],
        ['pair', 'Un patient partenaire'],
      ]),
      group(
        'atelier',
        'Objectifs travaillés',
        [
          text('atelier-objectif', 'Objectif'),
          choice('atelier-atteinte', 'Objectif atteint', [
            ['non', 'Pas encore'],
            ['partie', 'En partie'],
            ['oui', 'Oui'],
          ]),
        ],
        { repeats: true, grid: true },
      ),
      longText('deroule', 'Déroulé, outils'),
      longText('retour', 'Ce que la personne retient, avec ses mots'),
      whole('confiance', 'Confiance pour appliquer (0 à 10)', {
        min: 0,
        max: 10,
        bands: [
          [0, 'Objectif à réduire', 'warning'],
          [7, 'Objectif réaliste', 'success'],
        ],
      }),
      text('decision', 'Ce qu’elle va essayer'),
      day('prochaine', 'Prochaine séance'),
      text('prochaine-theme', 'Thème prévu'),
    ],
  ),
  section(
    'suivi-asalee',
    '1.0',
    {
      title: 'Consultation infirmière Asalée',
      description: 'Diabète, risque cardiovasculaire, BPCO ou mémoire : mesures, examens dus, objectif.',
      professions: ['asalee-nurse'],
      theme: 'education',
      source: 'Rédaction propre, sur les quatre protocoles de l’association Asalée.',
    },
    [
      choices(
        'protocole',
        'Protocole',
        [
          ['diabete', 'Diabète de type 2'],
          ['rcv', 'Risque cardiovasculaire'],
          ['bpco', 'BPCO du fumeur'],
          ['cognition', 'Troubles cognitifs'],
          ['autre', 'Autre éducation'],
        ],
        { required: true },
      ),
      choice('lieu', 'Lieu', [
        ['cabinet', 'Cabinet'],
        ['domicile', 'Domicile'],
        ['distance', 'Téléphone, vidéo'],
        ['groupe', 'Groupe, marche'],
      ]),
      whole('duree', 'Durée (min)', { min: 5, max: 240 }),
      group('mesures', 'Mesures', [measure('poids', '29463-7', { back: 7 }), measure('tour-taille', '8280-0', { back: 180 }), measure('pas', '8480-6', { label: 'Systolique' }), measure('pad', '8462-4', { label: 'Diastolique' }), measure('fc', '8867-4')]),
      group(
        'diabete',
        'Diabète',
        [
          measure('hba1c', '4548-4', { back: 120 }),
          text('cible', 'HbA1c visée'),
          measure('ldl', '2089-1', { back: 365 }),
          measure('dfg', '62238-1', { back: 365 }),
          measure('rac', '9318-7', { back: 365 }),
          choices('examens', 'À jour dans l’année', [
            ['fond-oeil', 'Fond d’œil'],
            ['pieds', 'Pieds, monofilament'],
            ['dents', 'Dentiste'],
            ['ecg', 'Électrocardiogramme'],
            ['rein', 'Rein'],
            ['vaccins', 'Vaccins'],
          ]),
          choice('hypo', 'Hypoglycémies', [
            ['aucune', 'Aucune'],
            ['rares', 'Rares'],
            ['frequentes', 'Fréquentes'],
            ['severe', 'Sévère'],
          ]),
        ],
        { when: is('protocole', 'diabete') },
      ),
      group(
        'rcv',
        'Risque cardiovasculaire',
        [
          choices('facteurs', 'Facteurs', [
            ['tabac', 'Tabac'],
            ['hta', 'Hypertension'],
            ['lipides', 'Dyslipidémie'],
            ['famille', 'Antécédent familial précoce'],
            ['sedentaire', 'Sédentarité'],
            ['poids', 'Obésité'],
            ['rein', 'Maladie rénale'],
          ]),
          text('automesure', 'Automesure tensionnelle (moyenne)'),
          choice('sel', 'Consommation de sel', [
            ['peu', 'Peu salé'],
            ['moyen', 'Moyen'],
            ['beaucoup', 'Très salé'],
          ]),
        ],
        { when: is('protocole', 'rcv') },
      ),
      group(
        'bpco',
        'BPCO',
        [
          whole('cigarettes', 'Cigarettes par jour', { min: 0, max: 150 }),
          choice('spirometrie', 'VEMS/VEM6', [
            ['normal', 'Normal'],
            ['anormal', 'Bas : spirométrie à faire'],
            ['non-fait', 'Non fait'],
          ]),
          measure('spo2', '2708-6'),
          choice('dyspnee', 'Essoufflement', [
            ['0', 'Efforts importants'],
            ['1', 'En côte'],
            ['2', 'Plus lent que les autres'],
            ['3', 'Après 100 mètres'],
            ['4', 'Au moindre effort'],
          ]),
        ],
        { when: is('protocole', 'bpco') },
      ),
      group('cognition', 'Mémoire', [measure('mmse', '72106-8', { label: 'MMSE, total' }), text('cognition-tests', 'Autres tests, volets remplis')], { when: is('protocole', 'cognition') }),
      group('vie', 'Vie quotidienne', [
        whole('activite', 'Activité physique (min par semaine)', {
          min: 0,
          max: 5000,
          bands: [
            [0, 'Insuffisante', 'warning'],
            [150, 'Recommandée', 'success'],
          ],
        }),
        text('alimentation', 'Alimentation'),
        text('sommeil', 'Sommeil, moral'),
        choice('medicaments', 'Traitement', [
          ['pris', 'Pris'],
          ['oublis', 'Oublis'],
          ['arrete', 'Arrêté en partie'],
        ]),
      ]),
      group('objectif', 'Objectif', [
        text('objectif-mots', 'Objectif de la personne', { required: true }),
        whole('importance', 'Importance (0 à 10)', { min: 0, max: 10 }),
        whole('confiance', 'Confiance (0 à 10)', { min: 0, max: 10 }),
        choice('precedent', 'Objectif précédent', [
          ['atteint', 'Atteint'],
          ['partie', 'En partie'],
          ['non', 'Non'],
          ['premier', 'Première fois'],
        ]),
        longText('pour-medecin', 'À dire au médecin'),
        day('prochaine', 'Prochaine consultation'),
      ]),
    ],
  ),
];
