import { answered, choice, choices, day, formula, group, longText, measure, note, type Option, problem, quantity, section, type ShippedSection, sum, text, whole } from './build.ts';

const bmi = '{{poids}} / (({{taille}} / 100) * ({{taille}} / 100))';
const kilos = (linkId: string, label: string) => quantity(linkId, label, 'kg', 'kg', { min: 2, max: 350, decimals: 1 });
const loss = (from: string): string => `({{${from}}} - {{poids}}) / {{${from}}} * 100`;
const difficulty: readonly Option[] = [
  ['aucune', 'Aucune difficulté', 0],
  ['certaine', 'Un peu de difficulté', 1],
  ['grande', 'Beaucoup de difficulté ou incapable', 2],
];
/** HAS 2019 (adults) and 2021 (70 and over): 0 no sign, 1 sign without a cause, 2 moderate, 3 severe. */
const grade = (() => {
  const over = (id: string, value: number) => `(iif({{${id}}}.exists(), {{${id}}}, 0) >= ${value})`;
  const under = (value: string) => `(iif({{imc}}.exists(), {{imc}}, 99) ${value})`;
  const lost = (one: number, six: number, usual: number) => `${over('perte-1', one)} or ${over('perte-6', six)} or ${over('perte-habituel', usual)}`;
  const severe = `(iif(%age >= 70, ${under('< 20')}, ${under('<= 17')}) or ${lost(10, 15, 15)} or (iif({{albumine}}.exists(), {{albumine}}, 99) <= 30))`;
  const sign = `(iif(%age >= 70, ${under('< 22')}, ${under('< 18.5')}) or ${lost(5, 10, 10)} or %resource.repeat(item).where(linkId = 'muscle').answer.value.exists(code = 'confirmee'))`;
  return `iif({{poids}}.exists(), iif(${sign}, iif(%resource.repeat(item).where(linkId = 'causes').answer.exists(), iif(${severe}, 3, 2), 1), 0), {})`;
})();
const weights = [
  measure('poids', '29463-7', { back: 30 }),
  measure('taille', '8302-2', { back: 3650 }),
  formula('imc', 'IMC (kg/m²)', bmi, {
    decimals: 1,
    bands: [
      [0, 'Insuffisance pondérale', 'warning'],
      [18.5, 'Corpulence normale (après 70 ans, dénutrition possible en dessous de 22)', 'success'],
      [25, 'Surpoids', 'neutral'],
      [30, 'Obésité', 'warning'],
      [35, 'Obésité sévère', 'danger'],
      [40, 'Obésité massive', 'danger'],
    ],
  }),
  kilos('poids-1', 'Poids il y a un mois'),
  kilos('poids-6', 'Poids il y a six mois'),
  kilos('poids-habituel', 'Poids habituel'),
  formula('perte-1', 'Perte en un mois (%)', loss('poids-1'), {
    decimals: 1,
    when: answered('poids-1'),
    bands: [
      [-300, 'Pas de perte significative', 'success'],
      [5, 'Perte significative', 'warning'],
      [10, 'Perte sévère', 'danger'],
    ],
  }),
  formula('perte-6', 'Perte en six mois (%)', loss('poids-6'), {
    decimals: 1,
    when: answered('poids-6'),
    bands: [
      [-300, 'Pas de perte significative', 'success'],
      [10, 'Perte significative', 'warning'],
      [15, 'Perte sévère', 'danger'],
    ],
  }),
  formula('perte-habituel', 'Perte sur le poids habituel (%)', loss('poids-habituel'), {
    decimals: 1,
    when: answered('poids-habituel'),
    bands: [
      [-300, 'Pas de perte significative', 'success'],
      [10, 'Perte significative', 'warning'],
      [15, 'Perte sévère', 'danger'],
    ],
  }),
];
const sarcf = group('sarcf', 'SARC-F', [
  choice('sarcf-force', 'Difficulté à soulever et porter 4,5 kg', difficulty),
  choice('sarcf-marche', 'Difficulté à traverser une pièce', [difficulty[0]!, difficulty[1]!, ['grande', 'Beaucoup de difficulté, avec une aide ou incapable', 2]]),
  choice('sarcf-lever', 'Difficulté à se lever d’une chaise ou du lit', [difficulty[0]!, difficulty[1]!, ['grande', 'Beaucoup de difficulté ou incapable sans aide', 2]]),
  choice('sarcf-escalier', 'Difficulté à monter dix marches', difficulty),
  choice('sarcf-chutes', 'Chutes dans l’année', [
    ['0', 'Aucune', 0],
    ['1-3', 'Une à trois', 1],
    ['4', 'Quatre ou plus', 2],
  ]),
  sum('sarcf-total', 'Total SARC-F', ['sarcf-force', 'sarcf-marche', 'sarcf-lever', 'sarcf-escalier', 'sarcf-chutes'], {
    bands: [
      [0, 'Sarcopénie peu probable', 'success'],
      [4, 'Sarcopénie à rechercher : force, levers de chaise', 'warning'],
    ],
  }),
]);
const sarcfSource = 'SARC-F : Malmstrom T. K., Morley J. E., J Am Med Dir Assoc 2013;14:531-532, Saint Louis University : sans droit d’auteur, intégration au dossier informatisé permise ; version française : Beaudart C. et coll., 2018, ici résumée.';

export const nutritionSections: readonly ShippedSection[] = [
  section(
    'bilan-dietetique',
    '1.0',
    {
      title: 'Bilan diététique',
      description: 'Demande, poids, apports, besoins, diagnostic diététique et objectifs.',
      professions: ['dietician', 'physician', 'asalee-nurse'],
      theme: 'nutrition',
      source: `${sarcfSource} MNA : © Nestlé, seul le total se saisit.`,
    },
    [
      group('demande', 'Demande', [
        choice(
          'bilan',
          'Bilan',
          [
            ['initial', 'Initial'],
            ['suivi', 'Suivi'],
          ],
          { required: true },
        ),
        choices('motif', 'Motif', [
          ['poids', 'Surpoids, obésité'],
          ['denutrition', 'Dénutrition'],
          ['diabete', 'Diabète'],
          ['lipides', 'Cholestérol, triglycérides'],
          ['hta', 'Hypertension, cœur'],
          ['rein', 'Maladie rénale'],
          ['digestif', 'Digestif, intolérance'],
          ['tca', 'Comportement alimentaire'],
          ['grossesse', 'Grossesse'],
          ['enfant', 'Enfant'],
          ['chirurgie', 'Chirurgie bariatrique'],
          ['sport', 'Sport'],
          ['deglutition', 'Déglutition'],
        ]),
        longText('attente', 'Ce que la personne attend'),
        text('regimes', 'Régimes déjà suivis'),
        text('allergies-alimentaires', 'Allergies, intolérances, exclusions'),
      ]),
      group('corps', 'Poids et mesures', [
        ...weights,
        measure('tour-taille', '8280-0', { back: 180 }),
        measure('hba1c', '4548-4', { back: 180 }),
        measure('ldl', '2089-1', { back: 365 }),
        kilos('poids-souhaite', 'Poids souhaité par la personne'),
        whole('mna', 'MNA, total sur 30', {
          min: 0,
          max: 30,
          bands: [
            [0, 'Mauvais état nutritionnel', 'danger'],
            [17, 'Risque de malnutrition', 'warning'],
            [24, 'État nutritionnel satisfaisant', 'success'],
          ],
        }),
      ]),
      group('apports', 'Alimentation', [
        group(
          'prise',
          'Prise',
          [
            choice(
              'prise-moment',
              'Moment de la prise',
              [
                ['petit-dejeuner', 'Petit déjeuner'],
                ['matin', 'Matinée'],
                ['dejeuner', 'Déjeuner'],
                ['gouter', 'Goûter'],
                ['diner', 'Dîner'],
                ['soiree', 'Soirée, nuit'],
              ],
              { list: true },
            ),
            text('prise-heure', 'Heure, lieu'),
            text('prise-contenu', 'Ce qui est mangé et bu'),
          ],
          { repeats: true, grid: true },
        ),
        choices('habitudes', 'Habitudes', [
          ['saute', 'Saute des repas'],
          ['grignote', 'Grignote'],
          ['compulsions', 'Compulsions'],
          ['vite', 'Mange vite'],
          ['ecran', 'Devant un écran'],
          ['restaurant', 'Repas hors de chez soi'],
          ['seul', 'Mange seul(e)'],
          ['industriel', 'Plats préparés'],
          ['cuisine', 'Cuisine peu ou pas'],
        ]),
        quantity('boissons', 'Boissons par jour', 'L', 'L', { min: 0, max: 10, decimals: 1 }),
        text('sucrees', 'Boissons sucrées, alcool'),
        choice('fruits-legumes', 'Fruits et légumes', [
          ['peu', 'Moins de deux par jour'],
          ['moyen', 'Deux à quatre'],
          ['cinq', 'Cinq ou plus'],
        ]),
        whole('appetit', 'Appétit (0 à 10)', {
          min: 0,
          max: 10,
          bands: [
            [0, 'Très diminué', 'danger'],
            [4, 'Diminué', 'warning'],
            [7, 'Conservé', 'success'],
          ],
        }),
        choice('part-mangee', 'Part des repas consommée', [
          ['tout', 'Tout'],
          ['trois-quarts', 'Les trois quarts'],
          ['moitie', 'La moitié'],
          ['quart', 'Le quart ou moins'],
        ]),
        choices('obstacles', 'Obstacles', [
          ['dents', 'Dents, bouche'],
          ['deglutition', 'Déglutition'],
          ['digestif', 'Nausées, diarrhée, constipation'],
          ['gout', 'Goût, odorat'],
          ['humeur', 'Humeur'],
          ['budget', 'Budget'],
          ['courses', 'Courses, cuisine'],
          ['aide', 'Aide au repas'],
        ]),
        choice('texture', 'Texture des aliments', [
          ['normale', 'Normale'],
          ['molle', 'Molle'],
          ['hachee', 'Hachée'],
          ['mixee', 'Mixée'],
          ['enterale', 'Nutrition entérale'],
        ]),
        text('activite', 'Activité physique'),
      ]),
      sarcf,
      group('besoins', 'Besoins estimés', [
        whole('kcal-kg', 'Énergie visée (kcal/kg/j)', { min: 10, max: 50 }),
        formula('kcal', 'Énergie (kcal/j)', '{{poids}} * {{kcal-kg}}', { decimals: 0 }),
        quantity('proteines-kg', 'Protéines visées (g/kg/j)', 'g/kg/d', 'g/kg/j', { min: 0.3, max: 3, decimals: 1 }),
        formula('proteines', 'Protéines (g/j)', '{{poids}} * {{proteines-kg}}', { decimals: 0 }),
        whole('kcal-actuel', 'Apports actuels estimés (kcal/j)', { min: 0, max: 8000 }),
        formula('couverture', 'Couverture des besoins (%)', '{{kcal-actuel}} / {{kcal}} * 100', {
          decimals: 0,
          bands: [
            [0, 'Moins de la moitié', 'danger'],
            [50, 'Insuffisante', 'warning'],
            [75, 'Couverte', 'success'],
            [125, 'Au-delà', 'neutral'],
          ],
        }),
      ]),
      group('projet', 'Diagnostic et objectifs', [
        longText('diagnostic', 'Diagnostic diététique', { required: true }),
        group(
          'objectif',
          'Objectif',
          [
            text('objectif-mots', 'Objectif convenu'),
            choice('objectif-etat', 'État de l’objectif', [
              ['nouveau', 'Nouveau'],
              ['en-cours', 'En cours'],
              ['atteint', 'Atteint'],
              ['revoir', 'À revoir'],
            ]),
          ],
          { repeats: true, grid: true },
        ),
        choices('moyens', 'Moyens diététiques', [
          ['enrichissement', 'Enrichissement'],
          ['collations', 'Collations'],
          ['cno', 'Compléments nutritionnels (avis médical)'],
          ['texture', 'Textures'],
          ['repartition', 'Répartition des repas'],
          ['menus', 'Menus, recettes'],
          ['courses', 'Courses, budget'],
          ['carnet', 'Carnet alimentaire'],
          ['atelier', 'Atelier cuisine'],
        ]),
        day('revoir', 'À revoir le'),
        problem('dietetique-probleme', 'Inscrire aux problèmes', [
          ['E66.9', 'Obésité'],
          ['E46', 'Dénutrition'],
          ['E43', 'Dénutrition sévère'],
          ['F50.9', 'Trouble des conduites alimentaires'],
          ['R63.4', 'Perte de poids anormale'],
        ]),
      ]),
    ],
  ),
  section(
    'denutrition',
    '1.0',
    {
      title: 'Dénutrition : diagnostic',
      description: 'Critères de poids et de cause, gravité calculée.',
      professions: ['nurse', 'physician', 'dietician', 'advanced-practice-nurse', 'asalee-nurse', 'pharmacist', 'speech-therapist', 'medical-assistant'],
      theme: 'nutrition',
      source: 'Critères : HAS et Fédération française de nutrition, 2019 (adulte) et 2021 (70 ans et plus). Rédaction propre.',
    },
    [
      group('corps', 'Critères phénotypiques', [
        ...weights,
        choice('muscle', 'Masse et force musculaires', [
          ['normales', 'Pas de signe'],
          ['non-evaluee', 'Non évaluées'],
          ['confirmee', 'Réduction confirmée (sarcopénie après 70 ans)'],
        ]),
        quantity('albumine', 'Albumine, si dosée', 'g/L', 'g/L', { min: 5, max: 70, decimals: 0, help: 'Ne fait pas le diagnostic ; 30 g/L ou moins en fait la gravité.' }),
      ]),
      choices('causes', 'Critères étiologiques', [
        ['apports-moitie', 'Apports réduits de moitié plus d’une semaine'],
        ['apports-2-semaines', 'Apports réduits plus de deux semaines'],
        ['absorption', 'Absorption réduite'],
        ['aigue', 'Maladie aiguë'],
        ['chronique', 'Maladie chronique évolutive'],
        ['maligne', 'Maladie maligne évolutive'],
      ]),
      formula('conclusion', 'Conclusion', grade, {
        decimals: 0,
        bands: [
          [0, 'Pas de critère de poids : dénutrition non retenue', 'success'],
          [1, 'Critère de poids sans cause : à surveiller, chercher la cause', 'warning'],
          [2, 'Dénutrition modérée', 'warning'],
          [3, 'Dénutrition sévère', 'danger'],
        ],
      }),
      group('suite', 'Suite', [
        choices('mesures', 'Mesures décidées', [
          ['enrichir', 'Enrichir, fractionner'],
          ['cno', 'Compléments nutritionnels'],
          ['dieteticien', 'Diététicien'],
          ['dentiste', 'Bouche, dents'],
          ['orthophoniste', 'Déglutition'],
          ['aide', 'Aide aux repas, portage'],
          ['medicaments', 'Médicaments à revoir'],
          ['humeur', 'Humeur, mini-GDS'],
          ['activite', 'Activité physique'],
          ['hospitalisation', 'Hospitalisation'],
        ]),
        day('repeser', 'À repeser le'),
        note('surveillance', 'Peser chaque semaine tant que la situation n’est pas stable, puis chaque mois.'),
        problem('denutrition-probleme', 'Inscrire aux problèmes', [
          ['E44.0', 'Dénutrition modérée'],
          ['E43', 'Dénutrition sévère'],
          ['E46', 'Dénutrition, sans précision'],
        ]),
        longText('denutrition-commentaire', 'Commentaire'),
      ]),
    ],
  ),
];
