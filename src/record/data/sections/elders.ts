import { answered, atLeast, choice, choices, formula, group, is, longText, measure, note, type Option, problem, quantity, section, type ShippedSection, sum, text, tickedCount, whole, yesCount, yesNo } from './build.ts';

const seconds = (linkId: string, label: string, more: Parameters<typeof quantity>[4] = {}) => quantity(linkId, label, 's', 's', { min: 0, max: 300, decimals: 1, ...more });
const pressure = (linkId: string, label: string) => quantity(linkId, label, 'mm[Hg]', 'mmHg', { min: 20, max: 300, decimals: 0 });
const katz = (linkId: string, label: string, alone: string, some: string, not: string) =>
  choice(
    linkId,
    label,
    [
      ['seul', alone, 1],
      ['aide', some, 0.5],
      ['dependant', not, 0],
    ],
    { required: true },
  );
const help4: readonly Option[] = [
  ['seul', 'Seul(e)', 0],
  ['aide', 'Avec une aide ou ne le fait plus', 1],
];
/** Rises from a chair in 30 s below which STEADI (CDC) sees a risk, by age and sex. */
const chairNorm = (men: readonly number[], women: readonly number[]): string => {
  const from = [65, 70, 75, 80, 85, 90];
  const ladder = (norms: readonly number[]): string => from.reduceRight((otherwise, age, at) => `iif(%age < ${age}, ${norms[at]}, ${otherwise})`, String(norms[from.length]));
  return `iif(%age >= 60 and %gender = 'male', ${ladder(men)}, iif(%age >= 60 and %gender = 'female', ${ladder(women)}, {}))`;
};
const chair = chairNorm([14, 12, 12, 11, 10, 8, 7], [12, 11, 10, 10, 9, 8, 4]);

export const elderSections: readonly ShippedSection[] = [
  section(
    'chute',
    '1.0',
    {
      title: 'Risque de chute',
      description: 'Chutes, facteurs, tests d’équilibre et hypotension orthostatique.',
      professions: ['physiotherapist', 'nurse', 'physician', 'advanced-practice-nurse', 'asalee-nurse', 'occupational-therapist', 'chiropodist', 'pharmacist'],
      theme: 'fall',
      source: 'Facteurs et seuils : SFGG–HAS, personnes âgées faisant des chutes répétées, 2009 ; lever de chaise en 30 s : STEADI, Centers for Disease Control and Prevention (domaine public) ; Timed Up and Go : Podsiadlo D., Richardson S., 1991.',
    },
    [
      group('histoire', 'Chutes', [
        whole('chutes', 'Chutes dans les douze derniers mois', {
          min: 0,
          max: 99,
          required: true,
          bands: [
            [0, 'Aucune', 'success'],
            [1, 'Une chute', 'warning'],
            [2, 'Chutes répétées', 'danger'],
          ],
        }),
        yesNo('peur', 'Peur de tomber'),
        group(
          'derniere',
          'Dernière chute',
          [yesNo('releve', 'A pu se relever seul(e)'), yesNo('sol', 'Resté(e) au sol plus d’une heure', { help: 'Signe de gravité.' }), yesNo('trauma', 'Traumatisme physique (fracture, plaie, tête)'), yesNo('malaise', 'Malaise ou perte de connaissance'), text('chute-lieu', 'Lieu et activité')],
          { when: atLeast('chutes', 1) },
        ),
      ]),
      group('facteurs', 'Facteurs', [
        choices('predisposants', 'Facteurs qui prédisposent', [
          ['age-80', '80 ans ou plus'],
          ['fracture', 'Fracture après un choc léger'],
          ['polymedication', 'Cinq médicaments ou plus'],
          ['medicaments', 'Psychotropes, diurétiques, antiarythmiques, digoxine'],
          ['marche', 'Trouble de la marche ou de l’équilibre'],
          ['force', 'Force des jambes diminuée'],
          ['arthrose', 'Arthrose des jambes ou du dos'],
          ['pieds', 'Pieds, chaussage'],
          ['sensibilite', 'Sensibilité des pieds diminuée'],
          ['vue', 'Vue diminuée'],
          ['depression', 'Humeur dépressive'],
          ['cognition', 'Troubles cognitifs'],
          ['denutrition', 'Dénutrition'],
          ['incontinence', 'Besoin d’uriner pressant ou nocturne'],
        ]),
        choices('precipitants', 'Facteurs qui précipitent', [
          ['cardiaque', 'Cardiaque : malaise, rythme'],
          ['neuro', 'Neurologique : déficit, confusion'],
          ['vestibulaire', 'Vertiges'],
          ['metabolique', 'Hypoglycémie, sodium, déshydratation'],
          ['alcool', 'Alcool'],
          ['logement', 'Logement : éclairage, tapis, encombrement'],
          ['fievre', 'Infection, fièvre'],
        ]),
        tickedCount('facteurs-nombre', 'Facteurs repérés', ['predisposants', 'precipitants']),
      ]),
      group('tests', 'Tests', [
        seconds('tug', 'Timed Up and Go (3 m)', {
          help: 'Se lever, marcher trois mètres, faire demi-tour, se rasseoir.',
          bands: [
            [0, 'Normal', 'success'],
            [12, 'À surveiller', 'warning'],
            [20, 'Risque de chute', 'danger'],
          ],
        }),
        seconds('unipodal', 'Appui sur un pied', {
          max: 60,
          help: 'Meilleur des deux côtés, yeux ouverts.',
          bands: [
            [0, 'Moins de 5 s : risque de chute avec blessure', 'danger'],
            [5, 'Normal', 'success'],
          ],
        }),
        whole('lever-30', 'Levers de chaise en 30 s', { min: 0, max: 50, help: 'Bras croisés. Zéro si la personne s’aide des bras.' }),
        formula('lever-norme', 'Attendu pour l’âge et le sexe, au moins', chair, { decimals: 0, when: answered('lever-30') }),
        formula('lever-ecart', 'Écart à l’attendu', `{{lever-30}} - {{lever-norme}}`, {
          decimals: 0,
          when: answered('lever-30'),
          bands: [
            [-50, 'En dessous de la norme : force des jambes à travailler', 'warning'],
            [0, 'Dans la norme', 'success'],
          ],
        }),
        yesNo('arret-parole', 'S’arrête de marcher pour parler'),
        choice('poussee', 'Poussée sternale', [
          ['stable', 'Stable'],
          ['rattrape', 'Se rattrape'],
          ['tomberait', 'Tomberait'],
        ]),
        choice('aide-technique', 'Aide technique', [
          ['aucune', 'Aucune'],
          ['canne', 'Canne'],
          ['deambulateur', 'Déambulateur'],
          ['fauteuil', 'Fauteuil roulant'],
          ['tiers', 'Aide humaine'],
        ]),
      ]),
      group('orthostatique', 'Hypotension orthostatique', [
        measure('pas', '8480-6', { label: 'Systolique couchée' }),
        measure('pad', '8462-4', { label: 'Diastolique couchée' }),
        pressure('pas-1', 'Systolique debout, 1 min'),
        pressure('pad-1', 'Diastolique debout, 1 min'),
        pressure('pas-3', 'Systolique debout, 3 min'),
        pressure('pad-3', 'Diastolique debout, 3 min'),
        formula('chute-pas', 'Baisse de la systolique', '{{pas}} - ({{pas-1}} | {{pas-3}}).min()', {
          decimals: 0,
          bands: [
            [-300, 'Pas d’hypotension orthostatique', 'success'],
            [20, 'Hypotension orthostatique', 'danger'],
          ],
        }),
        formula('chute-pad', 'Baisse de la diastolique', '{{pad}} - ({{pad-1}} | {{pad-3}}).min()', {
          decimals: 0,
          bands: [
            [-300, 'Pas d’hypotension orthostatique', 'success'],
            [10, 'Hypotension orthostatique', 'danger'],
          ],
        }),
        yesNo('ortho-signes', 'Signes au lever (vertige, voile, faiblesse)'),
      ]),
      group('suite', 'Suite', [
        choices('actions', 'Ce qui est proposé', [
          ['kine', 'Rééducation : équilibre, se relever du sol'],
          ['apa', 'Activité physique adaptée'],
          ['ergo', 'Visite du logement'],
          ['ordonnance', 'Révision de l’ordonnance'],
          ['vue', 'Vue'],
          ['podologue', 'Pédicure-podologue'],
          ['os', 'Ostéoporose, vitamine D'],
          ['nutrition', 'Nutrition'],
          ['alarme', 'Téléalarme'],
          ['aide', 'Aide technique'],
        ]),
        problem('chute-probleme', 'Inscrire aux problèmes', [
          ['R29.6', 'Chutes à répétition'],
          ['I95.1', 'Hypotension orthostatique'],
          ['R26.8', 'Trouble de la marche et de l’équilibre'],
        ]),
        longText('chute-conclusion', 'Conclusion'),
      ]),
    ],
  ),
  section(
    'sppb',
    '1.0',
    {
      title: 'Performance physique : SPPB',
      description: 'Équilibre, marche sur 4 mètres et cinq levers de chaise, sur 12 points.',
      professions: ['physiotherapist', 'advanced-practice-nurse', 'asalee-nurse', 'physician', 'occupational-therapist', 'dietician'],
      theme: 'movement',
      source: 'Short Physical Performance Battery : Guralnik J. M. et coll., J Gerontol 1994;49:M85-M94, National Institute on Aging, domaine public.',
    },
    [
      group('equilibre', 'Équilibre', [
        choice(
          'pieds-joints',
          'Pieds joints',
          [
            ['non', 'Moins de 10 s', 0],
            ['oui', '10 s', 1],
          ],
          { required: true },
        ),
        choice(
          'semi-tandem',
          'Semi-tandem',
          [
            ['non', 'Moins de 10 s', 0],
            ['oui', '10 s', 1],
          ],
          { required: true },
        ),
        choice(
          'tandem',
          'Tandem',
          [
            ['non', 'Moins de 3 s', 0],
            ['3-10', '3 à 9,99 s', 1],
            ['oui', '10 s', 2],
          ],
          { required: true },
        ),
      ]),
      choice(
        'marche',
        'Marche de 4 mètres, allure habituelle',
        [
          ['impossible', 'Impossible', 0],
          ['8-70', 'Plus de 8,70 s', 1],
          ['6-21', '6,21 à 8,70 s', 2],
          ['4-82', '4,82 à 6,20 s', 3],
          ['rapide', 'Moins de 4,82 s', 4],
        ],
        { required: true, help: 'Meilleur de deux essais.' },
      ),
      choice(
        'levers',
        'Cinq levers de chaise, bras croisés',
        [
          ['impossible', 'Impossible, ou plus de 60 s', 0],
          ['16-70', '16,70 s ou plus', 1],
          ['13-70', '13,70 à 16,69 s', 2],
          ['11-20', '11,20 à 13,69 s', 3],
          ['rapide', '11,19 s ou moins', 4],
        ],
        { required: true },
      ),
      sum('sppb-total', 'Total SPPB', ['pieds-joints', 'semi-tandem', 'tandem', 'marche', 'levers'], {
        bands: [
          [0, 'Performance faible', 'danger'],
          [7, 'Performance intermédiaire', 'warning'],
          [10, 'Bonne performance', 'success'],
        ],
      }),
      longText('sppb-commentaire', 'Commentaire'),
    ],
  ),
  section(
    'autonomie',
    '1.0',
    {
      title: 'Autonomie : activités de la vie quotidienne',
      description: 'Six activités de base (Katz) et quatre activités instrumentales.',
      professions: ['nurse', 'advanced-practice-nurse', 'physician', 'occupational-therapist', 'asalee-nurse', 'physiotherapist', 'medical-assistant'],
      theme: 'autonomy',
      source: 'Activités de base : Katz S. et coll., JAMA 1963;185:914-919, cotées 1, 0,5 ou 0 selon l’usage français. Activités instrumentales : les quatre de Barberger-Gateau P. et coll., 1992. Rédaction propre ; l’échelle de Lawton (© Gerontological Society of America) n’est pas reproduite.',
    },
    [
      group('base', 'Activités de base', [
        katz('toilette', 'Faire sa toilette', 'Seul(e)', 'Avec une aide pour une partie du corps', 'Aide pour l’essentiel'),
        katz('habillage', 'S’habiller', 'Seul(e), choix des vêtements compris', 'Avec une aide pour les chaussures ou les boutons', 'Aide pour l’essentiel'),
        katz('wc', 'Aller aux toilettes', 'Seul(e), se rhabille', 'Accompagné(e) ou aidé(e) pour les vêtements', 'N’y va pas seul(e)'),
        katz('locomotion', 'Se lever, se déplacer', 'Seul(e), canne comprise', 'Avec l’aide d’une personne', 'Alité(e) ou au fauteuil'),
        katz('continence', 'Continence', 'Continent(e)', 'Fuites occasionnelles', 'Incontinent(e)'),
        katz('repas', 'Manger', 'Seul(e)', 'Aide pour couper, peler', 'Doit être nourri(e)'),
      ]),
      sum('katz', 'Activités de base, sur 6', ['toilette', 'habillage', 'wc', 'locomotion', 'continence', 'repas'], {
        decimals: 1,
        bands: [
          [0, 'Dépendance importante', 'danger'],
          [3, 'Dépendance partielle', 'warning'],
          [6, 'Autonome', 'success'],
        ],
      }),
      group('instrumentales', 'Activités instrumentales', [choice('telephone', 'Téléphoner', help4), choice('transports', 'Prendre un transport', help4), choice('medicaments', 'Prendre ses médicaments', help4), choice('budget', 'Gérer son argent', help4)]),
      sum('instrumentales-total', 'Activités instrumentales avec aide, sur 4', ['telephone', 'transports', 'medicaments', 'budget'], {
        bands: [
          [0, 'Aucune', 'success'],
          [1, 'Fragilité à explorer (mémoire, humeur)', 'warning'],
          [3, 'Perte d’autonomie instrumentale', 'danger'],
        ],
      }),
      group('contexte', 'Aides', [
        choice(
          'gir',
          'GIR connu',
          [
            ['1', 'GIR 1'],
            ['2', 'GIR 2'],
            ['3', 'GIR 3'],
            ['4', 'GIR 4'],
            ['5', 'GIR 5'],
            ['6', 'GIR 6'],
            ['non', 'Non évalué'],
          ],
          { list: true },
        ),
        choices('aides', 'Aides en place', [
          ['aidant', 'Proche aidant'],
          ['aide-domicile', 'Aide à domicile'],
          ['infirmier', 'Infirmier'],
          ['ssiad', 'SSIAD'],
          ['repas', 'Portage de repas'],
          ['alarme', 'Téléalarme'],
          ['apa', 'APA'],
          ['accueil', 'Accueil de jour'],
        ]),
        choice('aidant-etat', 'L’aidant', [
          ['va-bien', 'Va bien'],
          ['fatigue', 'Fatigué'],
          ['epuise', 'Épuisé'],
          ['sans', 'Pas d’aidant'],
        ]),
        choices('demandes', 'À demander', [
          ['apa', 'APA'],
          ['pch', 'PCH'],
          ['ergo', 'Ergothérapeute'],
          ['repit', 'Répit, accueil de jour'],
          ['dac', 'Dispositif d’appui à la coordination'],
          ['social', 'Service social'],
        ]),
      ]),
      longText('autonomie-commentaire', 'Commentaire'),
    ],
  ),
  section(
    'fragilite',
    '1.0',
    {
      title: 'Fragilité et prévention de la perte d’autonomie',
      description: 'Repérage court à partir de 65 ou 70 ans : huit signes, puis ce qui est proposé.',
      professions: ['advanced-practice-nurse', 'asalee-nurse', 'nurse', 'physician', 'pharmacist', 'medical-assistant', 'physiotherapist'],
      theme: 'prevention',
      source: 'Rédaction propre, d’après les domaines retenus par la HAS (repérage de la fragilité en soins ambulatoires, 2013) et par l’OMS (soins intégrés pour les personnes âgées).',
    },
    [
      group('reperage', 'Depuis trois mois', [
        yesNo('seul', 'Vit seul(e)'),
        yesNo('poids', 'A perdu du poids ou flotte dans ses vêtements'),
        yesNo('fatigue', 'Se sent plus fatigué(e)'),
        yesNo('deplacement', 'A plus de mal à se déplacer'),
        yesNo('memoire', 'Se plaint de sa mémoire ou n’est plus sûr(e) de la date'),
        yesNo('humeur', 'Se sent triste ou n’a plus goût à ce qui plaisait'),
        yesNo('vue', 'Voit mal de loin ou pour lire'),
        yesNo('audition', 'Entend mal une voix chuchotée'),
        seconds('marche-4', 'Temps pour marcher 4 mètres', { min: 1, max: 60 }),
        formula('vitesse', 'Vitesse de marche (m/s)', '4 / {{marche-4}}', {
          decimals: 2,
          bands: [
            [0, 'Marche lente', 'warning'],
            [1, 'Normale', 'success'],
          ],
        }),
      ]),
      yesCount('signes', 'Signes, sur huit', ['seul', 'poids', 'fatigue', 'deplacement', 'memoire', 'humeur', 'vue', 'audition'], {
        bands: [
          [0, 'Pas de signe', 'success'],
          [1, 'À approfondir', 'warning'],
          [4, 'Fragilité probable', 'danger'],
        ],
      }),
      choice('impression', 'La personne vous paraît-elle fragile ?', [
        ['non', 'Non'],
        ['oui', 'Oui, elle accepte une évaluation'],
        ['refus', 'Oui, elle ne souhaite pas d’évaluation'],
      ]),
      group('suite', 'Ce qui est proposé', [
        choices('bilans', 'Volets à remplir', [
          ['chute', 'Risque de chute'],
          ['nutrition', 'Dénutrition'],
          ['memoire', 'Mémoire'],
          ['mini-gds', 'Mini-GDS'],
          ['autonomie', 'Autonomie'],
          ['medicaments', 'Bilan de médication'],
        ]),
        choices('orientation', 'Orientation', [
          ['medecin', 'Médecin traitant'],
          ['geriatre', 'Évaluation gériatrique'],
          ['kine', 'Kinésithérapeute'],
          ['dieteticien', 'Diététicien'],
          ['ophtalmo', 'Vue'],
          ['orl', 'Audition'],
          ['dentiste', 'Dentiste'],
          ['apa', 'Activité physique adaptée'],
          ['social', 'Aides, lien social'],
        ]),
        text('fragilite-objectif', 'Ce qui compte pour la personne'),
        problem('fragilite-probleme', 'Inscrire aux problèmes', [['R54', 'Syndrome de fragilité']]),
        note('fragilite-refaire', 'Sans signe : à refaire dans un an.', { when: is('impression', 'non') }),
      ]),
    ],
  ),
];
