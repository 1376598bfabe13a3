import type { Profession } from '../src/access/professions.ts';
import type { Said } from '../src/record/index.ts';
import type { Chart } from './chart.ts';
import { addDays, workday } from './dates.ts';

/** What each profession's cockpit works on: sections filled over time in the records of the stories, as their authors would. */
type Fill = readonly [daysAgo: number, said: Readonly<Record<string, Said>>, note?: string];

function fill(
  chart: Chart,
  profession: Profession,
  key: string,
  reason: string,
  fills: readonly Fill[],
  given: { home?: boolean; minutes?: number } = {},
): void {
  if (!chart.has(profession)) return;
  for (const [daysAgo, said, note] of fills) {
    const date = given.home ? chart.ago(0, daysAgo) : workday(chart.ago(0, daysAgo));
    const visit = chart.visit(date, chart.pro(profession), reason, {
      ...(given.home && { home: true }),
      ...(given.minutes && { minutes: given.minutes }),
      ...(note && { note }),
    });
    chart.section(key, visit, said);
  }
}

const wound = (
  name: string,
  length: number,
  width: number,
  [fibrin, granulation]: readonly [number, number],
  evolution: string,
  more: Readonly<Record<string, Said>> = {},
): Readonly<Record<string, Said>> => ({
  'plaie-nom': name,
  type: 'veineux',
  longueur: length,
  largeur: width,
  necrose: 0,
  fibrine: fibrin,
  bourgeon: granulation,
  epiderme: 100 - fibrin - granulation,
  exsudat: 'modere',
  'exsudat-aspect': ['clair'],
  berges: ['dermite'],
  'douleur-soin': 3,
  nettoyage: ['eau'],
  primaire: 'hydrofibre',
  secondaire: 'Compresses et bande',
  compression: 'multitypes',
  'prochain-soin': '2-semaine',
  evolution,
  ...more,
});
const term = (weeks: number, days: number, more: Readonly<Record<string, Said>>): Readonly<Record<string, Said>> => ({
  'terme-sa': weeks,
  'terme-jours': days,
  gestite: 1,
  parite: 0,
  foetus: 'unique',
  proteinurie: 'negatif',
  glycosurie: 'negatif',
  niveau: 'a',
  ...more,
});
/** Nine answers of a questionnaire of mood, and what is decided. */
const mood = (points: readonly number[]): Readonly<Record<string, Said>> => ({
  ...Object.fromEntries(
    points.map((point, at) => [
      `phq9-${at + 1}`,
      ['jamais', 'plusieurs-jours', 'plus-de-la-moitie', 'presque-tous-les-jours'][point]!,
    ]),
  ),
  'phq9-gene': points[0]! > 1 ? 'tres' : 'assez',
});

function pregnancy(chart: Chart): void {
  // The story stands at 28 weeks and 2 days today.
  fill(chart, 'midwife', 'grossesse', 'Consultation prénatale', [
    [
      121,
      term(11, 0, {
        'echo-1': 'LCC 62 mm, clarté nucale 1,2 mm',
        'poids-avant': 62,
        poids: 62.4,
        taille: 166,
        pas: 112,
        pad: 66,
        toxoplasmose: 'non-immunisee',
        rubeole: 'immunisee',
        groupe: 'o-neg',
        rai: 'negative',
        trisomie: 'faible',
        etapes: ['declaration'],
        conseils: ['folates', 'aliments', 'tabac', 'alcool'],
      }),
    ],
    [
      44,
      term(22, 0, {
        'echo-2': 'Morphologie normale, 48e percentile',
        poids: 67.2,
        pas: 114,
        pad: 68,
        hu: 20,
        rcf: 144,
        mouvements: 'presents',
        vaccins: ['coqueluche'],
        etapes: ['epp', 'maternite'],
        groupe: 'o-neg',
      }),
    ],
    [
      16,
      term(26, 0, {
        poids: 69.1,
        pas: 116,
        pad: 70,
        hu: 25,
        rcf: 140,
        mouvements: 'presents',
        'glycemie-jeun': 0.96,
        niveau: 'a2',
        groupe: 'o-neg',
        rhesus: 'a-faire',
        'grossesse-commentaire': 'Diabète gestationnel : diététicien vu, autosurveillance.',
      }),
    ],
  ]);
}

/** How someone lives, what they are entitled to and what was agreed, as the social worker wrote it down. */
function socialWork(chart: Chart): void {
  const later = (days: number): string => addDays(chart.today, days);
  const evaluation = (reason: string, daysAgo: number, said: Readonly<Record<string, Said>>, home = false) =>
    fill(
      chart,
      'social-worker',
      'evaluation-sociale',
      reason,
      [[daysAgo, { accord: true, protection: 'aucune', signes: ['aucun'], ...said }]],
      { home, minutes: 60 },
    );
  if (!chart.has('social-worker')) return;
  switch (chart.person.key) {
    case 'jeanne-le-goff':
      chart.book(chart.pro('social-worker'), chart.today, 'Point sur le dossier d’APA', { minutes: 30 });
      evaluation(
        'Visite à domicile',
        24,
        {
          motif: 'Rester chez elle après la chute',
          origine: 'equipe',
          logement: 'proprietaire',
          'logement-souci': ['inadapte', 'isole'],
          entourage: 'Veuve ; sa fille vient le dimanche, une voisine passe le soir',
          mobilite: 'accompagne',
          activite: 'retraite',
          revenus: ['retraite'],
          reste: false,
          dettes: false,
          ouverts: ['ald', 'mutuelle'],
          demandes: ['apa', 'cmi'],
          echeance: later(47),
          services: ['teleassistance'],
          besoins: 'Aide au lever et au coucher, repas le soir, douche à la place de la baignoire.',
          'demarche-quoi': 'Dossier d’APA et grille à domicile',
          'demarche-qui': 'Mme Lagadec avec sa fille',
          'demarche-pour': later(9),
          synthese: 'Veut rester chez elle. Dossier d’APA commencé avec sa fille, portage de repas accepté à l’essai.',
          'pour-medecin': 'Certificat pour la carte mobilité inclusion.',
          revoir: later(16),
        },
        true,
      );
      break;
    case 'sandrine-guillou':
      chart.book(chart.pro('social-worker'), chart.today, 'Renouvellement de la C2S', { minutes: 30 });
      evaluation('Entretien au cabinet', 190, {
        motif: 'Arrêt de travail qui dure, ressources en baisse',
        origine: 'personne',
        logement: 'locataire',
        'logement-souci': ['impayes'],
        entourage: 'Deux enfants à charge',
        mobilite: 'seul',
        activite: 'arret',
        revenus: ['indemnites'],
        reste: true,
        dettes: true,
        budget: 'Un mois de loyer en retard',
        ouverts: ['mutuelle', 'apl'],
        demandes: ['c2s', 'fsl'],
        services: ['secteur'],
        besoins: 'Faire le point avec la caisse sur le maintien des indemnités.',
        'demarche-quoi': 'Demande au fonds de solidarité logement',
        'demarche-qui': 'Elle-même, pièces relues ensemble',
        'demarche-pour': later(-180),
        synthese: 'Droits à la complémentaire solidaire à étudier, échéancier de loyer proposé au bailleur.',
        revoir: later(-169),
      });
      break;
    case 'rene-abiven':
      chart.book(chart.pro('social-worker'), chart.today, 'Visite, répit de l’épouse', { minutes: 45, home: true });
      evaluation(
        'Visite à domicile',
        11,
        {
          motif: 'Soulager son épouse',
          origine: 'proche',
          logement: 'proprietaire',
          entourage: 'Son épouse est seule à aider, jour et nuit',
          mobilite: 'transport',
          activite: 'retraite',
          revenus: ['retraite'],
          reste: false,
          dettes: false,
          ouverts: ['ald', 'mutuelle'],
          demandes: ['apa'],
          services: ['domicile', 'ssiad'],
          besoins: 'Nuits : garde itinérante ou répit. Son épouse n’a pas dormi une nuit entière depuis un mois.',
          protection: 'habilitation',
          protecteur: 'Son épouse',
          'demarche-quoi': 'Demande d’APA en urgence, garde de nuit',
          'demarche-qui': 'Mme Lagadec',
          'demarche-pour': later(2),
          synthese:
            'Souhaite rester à la maison. Épouse épuisée : répit demandé, numéro de la plateforme des aidants laissé.',
          'pour-medecin': 'L’épouse demande à vous voir pour elle-même.',
          revoir: later(5),
        },
        true,
      );
      break;
    default:
  }
}

/** Adds what belongs to this patient's story, before the care team is written. */
export function professionSections(chart: Chart): void {
  socialWork(chart);
  switch (chart.person.key) {
    case 'yvonne-salaun':
      fill(
        chart,
        'nurse',
        'plaie',
        'Pansement d’ulcère',
        [
          [37, wound('Ulcère malléole interne gauche', 5.2, 4.1, [40, 45], 'premiere')],
          [23, wound('Ulcère malléole interne gauche', 4.6, 3.8, [30, 55], 'mieux')],
          [
            9,
            wound('Ulcère malléole interne gauche', 4.8, 4, [45, 45], 'pire', {
              exsudat: 'abondant',
              infection: ['odeur'],
              'plaie-avis': ['medecin'],
            }),
            'Exsude davantage, odeur depuis hier. Photo faite, avis demandé au médecin.',
          ],
        ],
        { home: true },
      );
      break;
    case 'jeanne-le-goff':
      fill(
        chart,
        'nurse',
        'plaie',
        'Pansement à domicile',
        [
          [
            27,
            wound('Avant-bras droit', 2.5, 1, [10, 80], 'mieux', {
              type: 'traumatique',
              compression: 'aucune',
              primaire: 'interface',
            }),
          ],
          [
            13,
            wound('Avant-bras droit', 0.5, 0.3, [0, 20], 'mieux', {
              type: 'traumatique',
              compression: 'aucune',
              primaire: 'interface',
              exsudat: 'aucun',
            }),
          ],
        ],
        { home: true },
      );
      fill(
        chart,
        'physiotherapist',
        'bilan-kinesitherapie',
        'Bilan de rééducation',
        [
          [
            28,
            {
              bilan: 'initial',
              motif: 'Peur de tomber, ne sort plus seule',
              acces: 'prescription',
              en: 4,
              'en-mouvement': 5,
              marche: 'difficile',
              escaliers: 'aide',
              lever: 'difficile',
              aide: 'cannes',
              diagnostic: 'Déconditionnement après chute, équilibre précaire, relever du sol à apprendre.',
            },
          ],
        ],
        { home: true, minutes: 45 },
      );
      fill(
        chart,
        'dietician',
        'bilan-dietetique',
        'Consultation diététique',
        [
          [
            210,
            {
              bilan: 'initial',
              motif: ['denutrition'],
              attente: 'Retrouver des forces',
              poids: 51.4,
              'poids-habituel': 55,
              appetit: 4,
              'part-mangee': 'moitie',
              diagnostic: 'Apports insuffisants le soir, seule à table.',
              moyens: ['enrichissement', 'collations'],
            },
          ],
        ],
        { minutes: 45 },
      );
      break;
    case 'jean-kerleau':
      fill(chart, 'asalee-nurse', 'suivi-asalee', 'Consultation Asalée', [
        [
          226,
          {
            protocole: ['diabete'],
            lieu: 'cabinet',
            duree: 45,
            'tour-taille': 104,
            examens: ['pieds'],
            hypo: 'rares',
            medicaments: 'oublis',
            'objectif-mots': 'Marcher trente minutes après le dîner',
            importance: 8,
            confiance: 6,
            precedent: 'partie',
          },
        ],
      ]);
      fill(chart, 'orthoptist', 'retinographie', 'Dépistage de la rétinopathie', [
        [402, { qualite: 'bonne', 'stade-od': 'absente', 'stade-og': 'absente', maculopathie: false, suite: 'un-an' }],
      ]);
      fill(chart, 'dental-surgeon', 'bilan-buccodentaire', 'Contrôle annuel', [
        [
          430,
          {
            alertes: ['diabete'],
            'motif-mots': 'Contrôle',
            saignement: 'localise',
            hygiene: 'visible',
            'plan-soins': 'Détartrage, revoir dans six mois.',
          },
        ],
      ]);
      break;
    case 'camille-morvan':
    case 'laura-chevrel':
      pregnancy(chart);
      break;
    case 'michel-quentel':
    case 'jean-martin-b':
      fill(
        chart,
        'pharmacist',
        'entretien-anticoagulant',
        'Entretien AVK',
        [
          [
            95,
            {
              classe: 'avk',
              molecule: 'Fluindione',
              indication: 'fa',
              inr: 2.4,
              'inr-cible': '2 à 3',
              pourquoi: true,
              heure: true,
              oubli: false,
              signes: true,
              ains: false,
              geste: true,
              carte: true,
              saignements: ['aucun'],
              oublis: 1,
            },
          ],
        ],
        { minutes: 30 },
      );
      break;
    case 'patrick-cozic':
    case 'alain-thebault':
      fill(
        chart,
        'physiotherapist',
        'bilan-respiratoire',
        'Réentraînement à l’effort',
        [
          [
            40,
            {
              dyspnee: '2',
              signes: ['toux', 'crachats'],
              exacerbations: 2,
              spo2: 93,
              fr: 20,
              distance: 380,
              'spo2-min': 88,
              borg: 5,
              technique: 'revoir',
              contenu: ['endurance', 'renforcement'],
              seances: 20,
            },
          ],
          [
            12,
            {
              dyspnee: '2',
              signes: ['toux'],
              spo2: 94,
              fr: 18,
              distance: 410,
              'spo2-min': 89,
              borg: 4,
              technique: 'juste',
              contenu: ['endurance', 'education'],
              seances: 20,
            },
            'Vélo 25 minutes à 45 watts, tient la conversation. Technique d’inhalation reprise.',
          ],
        ],
        { minutes: 45 },
      );
      break;
    case 'lena-hamon':
    case 'lea-hamon': {
      const [word, sound] =
        chart.person.key === 'lena-hamon' ? ['Vocabulaire', 'ch et j'] : ['Récit en images', 'groupes consonantiques'];
      fill(
        chart,
        'speech-therapist',
        'bilan-orthophonique',
        'Bilan orthophonique',
        [
          [
            75,
            {
              bilan: 'initial',
              plainte: 'Parle peu en classe, sons mal prononcés',
              versant: ['oral-enfant'],
              langues: 'francais',
              audition: 'controlee',
              phonologie: 'deficitaire',
              articulation: 'fragile',
              'lexique-expression': 'fragile',
              'syntaxe-expression': 'fragile',
              recit: 'fragile',
            },
          ],
        ],
        { minutes: 60 },
      );
      for (const [at, days] of [61, 47, 33, 19, 5].entries())
        chart.visit(workday(chart.ago(0, days)), chart.pro('speech-therapist'), 'Séance d’orthophonie', {
          minutes: 30,
          note:
            at % 2
              ? `${word} : catégories, devinettes. Carnet donné à la maman.`
              : `Travail des sons ${sound}, répétition de mots puis de phrases courtes.`,
        });
      chart.book(chart.pro('speech-therapist'), chart.today, 'Séance d’orthophonie', { minutes: 30 });
      break;
    }
    case 'rene-abiven':
      fill(
        chart,
        'speech-therapist',
        'deglutition',
        'Bilan de déglutition',
        [
          [
            118,
            {
              signes: ['toux'],
              vigilance: 'bonne',
              posture: 'assis',
              bouche: 'seche',
              eau: 'toux',
              'semi-liquide': 'sans-signe',
              solides: 'tendre',
              liquides: 'legere',
              medicaments: 'compote',
              gestes: ['assis', 'petite-cuillere'],
              aidant: true,
            },
          ],
        ],
        { home: true, minutes: 45 },
      );
      break;
    case 'sandrine-guillou':
    case 'karim-benali':
      fill(
        chart,
        'psychologist',
        'phq-9',
        'Séance',
        [
          [92, mood([2, 2, 3, 2, 1, 2, 2, 1, 0])],
          [36, mood([1, 1, 2, 1, 1, 1, 1, 0, 0])],
        ],
        { minutes: 45 },
      );
      break;
    case 'paulette-mace':
      fill(
        chart,
        'nurse',
        'plaie',
        'Pansement à domicile',
        [
          [
            20,
            wound('Talon droit', 2, 1.5, [20, 70], 'premiere', { type: 'escarre', stade: '2', compression: 'aucune' }),
          ],
          [
            4,
            wound('Talon droit', 1.6, 1.2, [10, 80], 'mieux', { type: 'escarre', stade: '2', compression: 'aucune' }),
          ],
        ],
        { home: true },
      );
      break;
    case 'christian-hervieu':
      fill(chart, 'asalee-nurse', 'suivi-asalee', 'Consultation Asalée', [
        [
          60,
          {
            protocole: ['diabete'],
            lieu: 'cabinet',
            duree: 40,
            'tour-taille': 112,
            hypo: 'aucune',
            medicaments: 'pris',
            'objectif-mots': 'Emporter son repas deux jours sur cinq',
            importance: 7,
            confiance: 5,
            precedent: 'premier',
          },
        ],
      ]);
      break;
    default:
  }
}
