import { atLeast, choice, choices, group, is, longText, note, type Option, problem, section, type ShippedSection, sum, yesNo } from './build.ts';
import { suicide } from './shared-answers.ts';

const often: readonly Option[] = [
  ['jamais', 'Jamais', 0],
  ['plusieurs-jours', 'Plusieurs jours', 1],
  ['plus-de-la-moitie', 'Plus de la moitié du temps', 2],
  ['presque-tous-les-jours', 'Presque tous les jours', 3],
];
const pfizer = 'Version française (France). Développé par les Dr Robert L. Spitzer, Janet B. W. Williams, Kurt Kroenke et leurs collègues grâce à une allocation d’études de Pfizer Inc. Aucune autorisation n’est requise pour reproduire, traduire, afficher ou distribuer.';
const bother: readonly Option[] = [
  ['pas-du-tout', 'Pas du tout difficile(s)'],
  ['assez', 'Assez difficile(s)'],
  ['tres', 'Très difficile(s)'],
  ['extremement', 'Extrêmement difficile(s)'],
];
const since = 'Au cours des 2 dernières semaines, selon quelle fréquence avez-vous été gêné(e) par les problèmes suivants ?';
const phq9 = [
  'Peu d’intérêt ou de plaisir à faire les choses',
  'Être triste, déprimé(e) ou désespéré(e)',
  'Difficultés à s’endormir ou à rester endormi(e), ou dormir trop',
  'Se sentir fatigué(e) ou manquer d’énergie',
  'Avoir peu d’appétit ou manger trop',
  'Avoir une mauvaise opinion de soi-même, ou avoir le sentiment d’être nul(le), ou d’avoir déçu sa famille ou s’être déçu(e) soi-même',
  'Avoir du mal à se concentrer, par exemple, pour lire le journal ou regarder la télévision',
  'Bouger ou parler si lentement que les autres auraient pu le remarquer. Ou au contraire, être si agité(e) que vous avez eu du mal à tenir en place par rapport à d’habitude',
  'Penser qu’il vaudrait mieux mourir ou envisager de vous faire du mal d’une manière ou d’une autre',
];
const gad7 = [
  'Un sentiment de nervosité, d’anxiété ou de tension',
  'Une incapacité à arrêter de s’inquiéter ou à contrôler ses inquiétudes',
  'Une inquiétude excessive à propos de différentes choses',
  'Des difficultés à se détendre',
  'Une agitation telle qu’il est difficile à tenir en place',
  'Une tendance à être facilement contrarié(e) ou irritable',
  'Un sentiment de peur comme si quelque chose de terrible risquait de se produire',
];
const numbered = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, at) => `${prefix}-${at + 1}`);

export const moodSections: readonly ShippedSection[] = [
  section(
    'phq-9',
    '1.0',
    {
      title: 'Dépression : PHQ-9',
      description: 'Auto-questionnaire de neuf questions : repère un épisode dépressif et en suit l’intensité.',
      professions: ['physician', 'psychologist', 'advanced-practice-nurse'],
      theme: 'mind',
      sensitive: 'mental-health',
      source: `PHQ-9 : Kroenke K., Spitzer R. L., Williams J. B., J Gen Intern Med 2001;16:606-613. ${pfizer}`,
    },
    [
      group(
        'questions',
        since,
        numbered('phq9', 9).map((id, at) => choice(id, phq9[at]!, often, { required: true })),
      ),
      sum('phq9-total', 'Total PHQ-9', numbered('phq9', 9), {
        loinc: '44261-6',
        bands: [
          [0, 'Symptômes absents ou minimes', 'success'],
          [5, 'Symptômes légers', 'neutral'],
          [10, 'Symptômes modérés : un épisode dépressif est à rechercher', 'warning'],
          [15, 'Symptômes modérément sévères', 'danger'],
          [20, 'Symptômes sévères', 'danger'],
        ],
      }),
      choice('phq9-gene', 'À quel point ces problèmes ont-ils rendu votre travail, vos tâches à la maison ou votre capacité à vous entendre avec les autres difficile(s) ?', bother, { when: atLeast('phq9-total', 1) }),
      group(
        'risque',
        'Idées de mort ou de se faire du mal',
        [
          note('phq9-3114', suicide),
          choice(
            'phq9-urgence',
            'Évaluation du risque',
            [
              ['pas-de-projet', 'Idées sans projet'],
              ['projet', 'Projet, sans moyen ni date arrêtés'],
              ['imminent', 'Projet arrêté, moyen à portée : ne pas laisser seul(e)'],
            ],
            { required: true },
          ),
          longText('phq9-conduite', 'Ce qui est décidé'),
        ],
        { when: [is('phq9-9', 'plusieurs-jours'), is('phq9-9', 'plus-de-la-moitie'), is('phq9-9', 'presque-tous-les-jours')], any: true },
      ),
      problem('phq9-probleme', 'Inscrire aux problèmes', [['F32.9', 'Épisode dépressif']], { when: atLeast('phq9-total', 10), help: 'Le questionnaire ne fait pas le diagnostic : cochez s’il est posé.' }),
      longText('phq9-commentaire', 'Commentaire'),
    ],
  ),
  section(
    'gad-7',
    '1.0',
    {
      title: 'Anxiété : GAD-7',
      description: 'Auto-questionnaire de sept questions : repère un trouble anxieux et en suit l’intensité.',
      professions: ['physician', 'psychologist', 'advanced-practice-nurse'],
      theme: 'mind',
      sensitive: 'mental-health',
      source: `GAD-7 : Spitzer R. L., Kroenke K., Williams J. B., Löwe B., Arch Intern Med 2006;166:1092-1097. ${pfizer}`,
    },
    [
      group(
        'questions',
        since,
        numbered('gad7', 7).map((id, at) => choice(id, gad7[at]!, often, { required: true })),
      ),
      sum('gad7-total', 'Total GAD-7', numbered('gad7', 7), {
        loinc: '70274-6',
        bands: [
          [0, 'Anxiété absente ou minime', 'success'],
          [5, 'Anxiété légère', 'neutral'],
          [10, 'Anxiété modérée : un trouble anxieux est à rechercher', 'warning'],
          [15, 'Anxiété sévère', 'danger'],
        ],
      }),
      problem(
        'gad7-probleme',
        'Inscrire aux problèmes',
        [
          ['F41.1', 'Anxiété généralisée'],
          ['F41.0', 'Trouble panique'],
          ['F41.9', 'Trouble anxieux, sans précision'],
        ],
        { when: atLeast('gad7-total', 10), help: 'Le questionnaire ne fait pas le diagnostic : cochez s’il est posé.' },
      ),
      longText('gad7-commentaire', 'Commentaire'),
    ],
  ),
  section(
    'mini-gds',
    '1.0',
    {
      title: 'Dépression du sujet âgé : mini-GDS',
      description: 'Quatre questions, à partir de 65 ans.',
      professions: ['physician', 'nurse', 'advanced-practice-nurse', 'asalee-nurse', 'psychologist', 'occupational-therapist'],
      theme: 'mind',
      source: 'Mini-GDS : Clément J.-P. et coll., L’Encéphale 1997;23:91-99, d’après la Geriatric Depression Scale de Yesavage et Brink, que ses auteurs ont placée dans le domaine public.',
    },
    [
      group('questions', 'Réponse qui convient le mieux à la semaine passée', [
        choice(
          'gds-triste',
          'Vous sentez-vous souvent découragé(e) et triste ?',
          [
            ['non', 'Non', 0],
            ['oui', 'Oui', 1],
          ],
          { required: true },
        ),
        choice(
          'gds-vide',
          'Avez-vous le sentiment que votre vie est vide ?',
          [
            ['non', 'Non', 0],
            ['oui', 'Oui', 1],
          ],
          { required: true },
        ),
        choice(
          'gds-heureux',
          'Êtes-vous heureux(se) la plupart du temps ?',
          [
            ['oui', 'Oui', 0],
            ['non', 'Non', 1],
          ],
          { required: true },
        ),
        choice(
          'gds-desespere',
          'Avez-vous l’impression que votre situation est désespérée ?',
          [
            ['non', 'Non', 0],
            ['oui', 'Oui', 1],
          ],
          { required: true },
        ),
      ]),
      sum('gds-total', 'Total mini-GDS', ['gds-triste', 'gds-vide', 'gds-heureux', 'gds-desespere'], {
        bands: [
          [0, 'Dépression très peu probable', 'success'],
          [1, 'Dépression probable : entretien clinique à prévoir', 'warning'],
        ],
      }),
      group(
        'suite',
        'Suite',
        [
          yesNo('gds-mort', 'Idées de mort ou de se faire du mal'),
          note('gds-3114', suicide, { when: is('gds-mort', true) }),
          choices('gds-orientation', 'Orientation', [
            ['medecin', 'Médecin traitant'],
            ['psychologue', 'Psychologue'],
            ['cmp', 'Centre médico-psychologique, équipe mobile'],
            ['geriatre', 'Gériatre'],
            ['surveillance', 'Questions à reposer dans un mois'],
          ]),
        ],
        { when: atLeast('gds-total', 1) },
      ),
      longText('gds-commentaire', 'Commentaire'),
    ],
  ),
];
