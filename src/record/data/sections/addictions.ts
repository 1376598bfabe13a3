import { atLeast, choice, choices, day, formula, group, is, longText, problem, section, type ShippedSection, sum, text, whole, yesNo } from './build.ts';

export const addictionSections: readonly ShippedSection[] = [
  section(
    'audit-c',
    '1.0',
    {
      title: 'Alcool : AUDIT-C',
      description: 'Trois questions sur l’année écoulée, puis l’intervention brève.',
      professions: ['physician', 'advanced-practice-nurse', 'psychologist'],
      theme: 'prevention',
      sensitive: 'addictions',
      source: 'AUDIT-C : Bush K. et coll., Arch Intern Med 1998;158:1789-1795, trois premières questions de l’AUDIT de l’OMS ; version française : Gache P. et coll., 2005. L’OMS permet de reproduire et de traduire l’AUDIT librement, hors vente ou usage commercial. Seuils : HAS, repérage précoce et intervention brève.',
    },
    [
      group('questions', 'Au cours des douze derniers mois', [
        choice(
          'alcool-frequence',
          'À quelle fréquence vous arrive-t-il de consommer des boissons contenant de l’alcool ?',
          [
            ['jamais', 'Jamais', 0],
            ['mois', 'Une fois par mois ou moins', 1],
            ['2-4-mois', 'Deux à quatre fois par mois', 2],
            ['2-3-semaine', 'Deux à trois fois par semaine', 3],
            ['4-semaine', 'Quatre fois par semaine ou plus', 4],
          ],
          { required: true },
        ),
        choice(
          'alcool-verres',
          'Combien de verres standard buvez-vous au cours d’une journée ordinaire où vous buvez de l’alcool ?',
          [
            ['1-2', 'Un ou deux', 0],
            ['3-4', 'Trois ou quatre', 1],
            ['5-6', 'Cinq ou six', 2],
            ['7-9', 'Sept à neuf', 3],
            ['10', 'Dix ou plus', 4],
          ],
          { required: true, help: 'Verre standard : 10 g d’alcool pur. Si la personne ne boit jamais : « Un ou deux ».' },
        ),
        choice(
          'alcool-six',
          'Au cours d’une même occasion, combien de fois vous arrive-t-il de boire six verres standard ou plus ?',
          [
            ['jamais', 'Jamais', 0],
            ['moins-mois', 'Moins d’une fois par mois', 1],
            ['mois', 'Une fois par mois', 2],
            ['semaine', 'Une fois par semaine', 3],
            ['jour', 'Chaque jour ou presque', 4],
          ],
          { required: true },
        ),
      ]),
      sum('auditc-total', 'Total AUDIT-C', ['alcool-frequence', 'alcool-verres', 'alcool-six'], {
        loinc: '75626-2',
        bands: [
          [0, 'Pas de mésusage repéré', 'success'],
          [3, 'Chez une femme : mésusage possible (chez un homme : à partir de 4)', 'warning'],
          [4, 'Mésusage possible', 'warning'],
          [10, 'Dépendance possible', 'danger'],
        ],
      }),
      group(
        'suite',
        'Suite',
        [
          yesNo('alcool-grossesse', 'Grossesse ou projet de grossesse', { help: 'Zéro alcool pendant toute la grossesse.' }),
          choice('alcool-etape', 'Où en est la personne', [
            ['pas-de-demande', 'Ne pense pas changer'],
            ['hesite', 'Hésite'],
            ['decide', 'Décidé(e)'],
            ['agit', 'A commencé'],
            ['maintient', 'Maintient'],
          ]),
          choices('alcool-action', 'Ce qui a été fait', [
            ['restitution', 'Résultat rendu'],
            ['intervention', 'Intervention brève'],
            ['document', 'Document remis'],
            ['objectif', 'Objectif fixé'],
            ['medecin', 'Adressé(e) au médecin'],
            ['csapa', 'Adressé(e) en CSAPA ou équipe d’addictologie'],
          ]),
          text('alcool-objectif', 'Objectif, avec ses mots'),
          problem(
            'alcool-probleme',
            'Inscrire aux problèmes',
            [
              ['F10.1', 'Alcool, utilisation nocive pour la santé'],
              ['F10.2', 'Alcool, syndrome de dépendance'],
            ],
            { help: 'Cochez si le diagnostic est posé.' },
          ),
        ],
        { when: atLeast('auditc-total', 3) },
      ),
      longText('alcool-commentaire', 'Commentaire'),
    ],
  ),
  section(
    'tabac',
    '1.0',
    {
      title: 'Tabac : point et accompagnement',
      description: 'Consommation, motivation, aide proposée et suivi de l’arrêt.',
      professions: ['physician', 'nurse', 'advanced-practice-nurse', 'asalee-nurse', 'midwife', 'pharmacist', 'dental-surgeon', 'physiotherapist', 'chiropodist', 'dietician'],
      theme: 'prevention',
      source: 'Test de Fagerström : © K. Fagerström, reproduction soumise à son autorisation : seul le total se saisit. Démarche : HAS, arrêt de la consommation de tabac, 2014.',
    },
    [
      choice(
        'tabac-statut',
        'Tabac',
        [
          ['jamais', 'N’a jamais fumé'],
          ['ancien', 'Ancien fumeur'],
          ['occasionnel', 'Fume à l’occasion'],
          ['quotidien', 'Fume chaque jour'],
        ],
        { required: true },
      ),
      day('tabac-arret', 'Arrêt depuis', { when: is('tabac-statut', 'ancien') }),
      group(
        'consommation',
        'Consommation',
        [
          whole('cigarettes', 'Cigarettes par jour', { min: 0, max: 150 }),
          whole('annees', 'Années de tabac', { min: 0, max: 90 }),
          formula('paquets-annees', 'Paquets-années', '{{cigarettes}} / 20 * {{annees}}', {
            decimals: 1,
            bands: [
              [0, 'Moins de 20', 'neutral'],
              [20, '20 ou plus : risque respiratoire et cancer à évoquer', 'warning'],
            ],
          }),
          choice('premiere', 'Première cigarette après le réveil', [
            ['5', 'Dans les cinq minutes'],
            ['30', 'Entre 6 et 30 minutes'],
            ['60', 'Entre 31 et 60 minutes'],
            ['plus', 'Plus d’une heure après'],
          ]),
          choices('produits', 'Autres produits', [
            ['vape', 'Cigarette électronique'],
            ['rouler', 'Tabac à rouler'],
            ['pipe', 'Pipe, cigare, chicha'],
            ['cannabis', 'Cannabis'],
            ['oral', 'Nicotine en sachets, tabac à chiquer'],
          ]),
          whole('fagerstrom', 'Test de Fagerström, total sur 10', {
            min: 0,
            max: 10,
            bands: [
              [0, 'Pas de dépendance', 'success'],
              [3, 'Dépendance faible', 'neutral'],
              [5, 'Dépendance moyenne', 'warning'],
              [7, 'Dépendance forte ou très forte', 'danger'],
            ],
          }),
          whole('co', 'CO expiré (ppm)', {
            min: 0,
            max: 100,
            bands: [
              [0, 'Non-fumeur', 'success'],
              [7, 'Zone intermédiaire, tabagisme passif ou léger', 'warning'],
              [10, 'Fumeur', 'danger'],
            ],
          }),
        ],
        { when: [is('tabac-statut', 'occasionnel'), is('tabac-statut', 'quotidien')], any: true },
      ),
      group(
        'motivation',
        'Motivation',
        [
          whole('importance', 'Arrêter est important (0 à 10)', { min: 0, max: 10 }),
          whole('confiance', 'Confiance d’y arriver (0 à 10)', { min: 0, max: 10 }),
          whole('essais', 'Tentatives d’arrêt', { min: 0, max: 50 }),
          choices('freins', 'Ce qui retient', [
            ['poids', 'Poids'],
            ['stress', 'Stress'],
            ['entourage', 'Entourage fumeur'],
            ['plaisir', 'Plaisir'],
            ['manque', 'Manque'],
            ['humeur', 'Humeur'],
          ]),
          choices('tabac-terrain', 'Terrain à prendre en compte', [
            ['grossesse', 'Grossesse'],
            ['cardio', 'Maladie cardiovasculaire'],
            ['respiratoire', 'Maladie respiratoire'],
            ['chirurgie', 'Chirurgie prévue'],
            ['diabete', 'Diabète'],
            ['psychique', 'Trouble psychique'],
          ]),
        ],
        { when: [is('tabac-statut', 'occasionnel'), is('tabac-statut', 'quotidien')], any: true },
      ),
      group(
        'aide',
        'Aide',
        [
          choices('tabac-conseil', 'Ce qui a été fait', [
            ['conseil', 'Conseil d’arrêt'],
            ['tsn', 'Substituts nicotiniques prescrits'],
            ['tcc', 'Soutien, thérapie comportementale'],
            ['3989', '39 89, Tabac info service'],
            ['tabacologue', 'Tabacologue'],
            ['date', 'Date d’arrêt fixée'],
          ]),
          whole('patch', 'Patch de nicotine (mg par jour)', { min: 0, max: 84, when: is('tabac-conseil', 'tsn') }),
          text('oral', 'Formes orales de nicotine', { when: is('tabac-conseil', 'tsn') }),
          day('tabac-date', 'Date d’arrêt choisie', { when: is('tabac-conseil', 'date') }),
          day('tabac-revoir', 'À revoir le'),
          problem('tabac-probleme', 'Inscrire aux problèmes', [
            ['F17.2', 'Tabac, syndrome de dépendance'],
            ['F17.1', 'Tabac, utilisation nocive pour la santé'],
          ]),
        ],
        { when: [is('tabac-statut', 'occasionnel'), is('tabac-statut', 'quotidien')], any: true },
      ),
      longText('tabac-commentaire', 'Commentaire'),
    ],
  ),
];
