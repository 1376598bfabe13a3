import { choice, choices, day, formula, group, is, longText, measure, note, type Option, photo, problem, quantity, section, type ShippedSection, text, whole, yesNo } from './build.ts';

const acuity = (linkId: string, label: string) =>
  quantity(linkId, label, '{score}', '/10', {
    min: 0,
    max: 20,
    decimals: 1,
    bands: [
      [0, 'Malvoyance', 'danger'],
      [3, 'Diminuée', 'warning'],
      [8, 'Normale ou proche', 'success'],
    ],
  });
const prism = (linkId: string, label: string) => quantity(linkId, label, "[p'diop]", 'Δ', { min: 0, max: 100, decimals: 1 });
const deviation: readonly Option[] = [
  ['ortho', 'Orthophorie'],
  ['exophorie', 'Exophorie'],
  ['esophorie', 'Ésophorie'],
  ['exotropie', 'Exotropie'],
  ['esotropie', 'Ésotropie'],
  ['hyper', 'Hyperphorie, hypertropie'],
  ['intermittente', 'Déviation intermittente'],
];
const refraction = (side: string, eye: string) =>
  group(`refraction-${side}`, `Réfraction, ${eye}`, [
    quantity(`sphere-${side}`, `Sphère, ${eye}`, '[diop]', 'δ', { min: -30, max: 30, decimals: 2 }),
    quantity(`cylindre-${side}`, `Cylindre, ${eye}`, '[diop]', 'δ', { min: -12, max: 12, decimals: 2 }),
    quantity(`axe-${side}`, `Axe, ${eye}`, 'deg', '°', { min: 0, max: 180, decimals: 0 }),
    quantity(`addition-${side}`, `Addition, ${eye}`, '[diop]', 'δ', { min: 0, max: 4, decimals: 2 }),
  ]);

export const visionSections: readonly ShippedSection[] = [
  section(
    'bilan-orthoptique',
    '1.0',
    {
      title: 'Bilan orthoptique',
      description: 'Acuité, réfraction, déviation, motilité, vergences, vision stéréoscopique, diagnostic et projet.',
      professions: ['orthoptist'],
      theme: 'vision',
    },
    [
      group('demande', 'Demande', [
        text('motif', 'Motif', { required: true }),
        text('prescripteur', 'Prescription'),
        choices('signes', 'Signes visuels', [
          ['fatigue', 'Fatigue visuelle'],
          ['cephalees', 'Maux de tête'],
          ['diplopie', 'Vision double'],
          ['flou', 'Flou'],
          ['lecture', 'Lecture difficile'],
          ['vertiges', 'Vertiges'],
          ['strabisme', 'Œil qui dévie'],
          ['torticolis', 'Torticolis'],
          ['photophobie', 'Gêne à la lumière'],
        ]),
        yesNo('diplopie-brutale', 'Vision double ou baisse de vision brutale'),
        note('diplopie-note', 'Avis ophtalmologique ou urgences le jour même.', { when: is('diplopie-brutale', true) }),
        text('antecedents', 'Antécédents visuels, neurologiques, naissance'),
        text('ecrans', 'Travail, écrans, école'),
      ]),
      group('acuite', 'Acuité', [
        choice('correction', 'Correction portée', [
          ['aucune', 'Aucune'],
          ['lunettes', 'Lunettes'],
          ['lentilles', 'Lentilles'],
        ]),
        acuity('av-loin-od', 'Acuité de loin, œil droit'),
        acuity('av-loin-og', 'Acuité de loin, œil gauche'),
        acuity('av-loin-odg', 'Acuité de loin, deux yeux'),
        choice(
          'av-pres-od',
          'Acuité de près, œil droit',
          ['P2', 'P3', 'P4', 'P5', 'P6', 'P8', 'P10', 'P14'].map((words): Option => [words.toLowerCase(), words]),
          { list: true },
        ),
        choice(
          'av-pres-og',
          'Acuité de près, œil gauche',
          ['P2', 'P3', 'P4', 'P5', 'P6', 'P8', 'P10', 'P14'].map((words): Option => [words.toLowerCase(), words]),
          { list: true },
        ),
        formula('difference', 'Différence entre les yeux (dixièmes)', 'iif({{av-loin-od}} > {{av-loin-og}}, {{av-loin-od}} - {{av-loin-og}}, {{av-loin-og}} - {{av-loin-od}})', {
          decimals: 1,
          bands: [
            [0, 'Acuités proches', 'success'],
            [2, 'Différence : amblyopie à rechercher', 'warning'],
          ],
        }),
        refraction('od', 'œil droit'),
        refraction('og', 'œil gauche'),
        choice('cycloplegie', 'Cycloplégie', [
          ['non', 'Non'],
          ['atropine', 'Atropine'],
          ['cyclopentolate', 'Cyclopentolate'],
          ['tropicamide', 'Tropicamide'],
        ]),
      ]),
      group('moteur', 'Bilan moteur', [
        choice('ecran-loin', 'Test sous écran, de loin', deviation, { list: true }),
        prism('angle-loin', 'Angle de loin'),
        choice('ecran-pres', 'Test sous écran, de près', deviation, { list: true }),
        prism('angle-pres', 'Angle de près'),
        prism('angle-vertical', 'Angle vertical'),
        choice('fixation', 'Œil dominant', [
          ['droit', 'Droit'],
          ['gauche', 'Gauche'],
          ['alterne', 'Alterné'],
        ]),
        choice('motilite', 'Motilité', [
          ['normale', 'Normale'],
          ['limitee', 'Limitée'],
          ['hyperaction', 'Hyperaction'],
          ['nystagmus', 'Nystagmus'],
        ]),
        text('motilite-details', 'Muscles, Hess-Weiss', { when: [is('motilite', 'limitee'), is('motilite', 'hyperaction'), is('motilite', 'nystagmus')], any: true }),
        choice('poursuites', 'Poursuites', [
          ['fluides', 'Fluides'],
          ['saccadees', 'Saccadées'],
        ]),
        choice('saccades', 'Saccades', [
          ['precises', 'Précises'],
          ['imprecises', 'Imprécises'],
        ]),
        quantity('ppc', 'Punctum proximum de convergence', 'cm', 'cm', {
          min: 0,
          max: 60,
          decimals: 0,
          bands: [
            [0, 'Normal', 'success'],
            [8, 'Éloigné', 'warning'],
          ],
        }),
      ]),
      group('vergences', 'Vergences', [prism('c-loin', 'Convergence de loin'), prism('d-loin', 'Divergence de loin'), prism('c-pres', 'Convergence de près'), prism('d-pres', 'Divergence de près'), quantity('accommodation', 'Punctum proximum d’accommodation', 'cm', 'cm', { min: 3, max: 100, decimals: 0 })]),
      group('sensoriel', 'Bilan sensoriel', [
        choice('correspondance', 'Vision binoculaire', [
          ['normale', 'Normale'],
          ['neutralisation', 'Neutralisation'],
          ['anormale', 'Correspondance anormale'],
          ['diplopie', 'Diplopie'],
        ]),
        choice('lang', 'Test de Lang', [
          ['positif', 'Positif'],
          ['partiel', 'Partiel'],
          ['negatif', 'Négatif'],
          ['non-fait', 'Non fait'],
        ]),
        quantity('tno', 'Test TNO', "''", '″ d’arc', {
          min: 10,
          max: 2000,
          decimals: 0,
          bands: [
            [0, 'Bonne', 'success'],
            [121, 'Diminuée', 'warning'],
          ],
        }),
        choice('couleurs', 'Vision des couleurs', [
          ['normales', 'Normales'],
          ['alterees', 'Altérées'],
          ['non-fait', 'Non fait'],
        ]),
        choice('champ', 'Champ visuel', [
          ['normal', 'Normal'],
          ['altere', 'Altéré'],
          ['non-fait', 'Non fait'],
        ]),
        choice('amsler', 'Grille d’Amsler', [
          ['normal', 'Normal'],
          ['altere', 'Altéré'],
          ['non-fait', 'Non fait'],
        ]),
      ]),
      group('fonctionnel', 'Retentissement', [
        choice('lecture', 'Lecture au quotidien', [
          ['aisee', 'Aisée'],
          ['fatigante', 'Fatigante'],
          ['difficile', 'Difficile'],
        ]),
        choices('quotidien', 'Difficultés au quotidien', [
          ['ecole', 'École'],
          ['ecran', 'Écran'],
          ['conduite', 'Conduite'],
          ['deplacement', 'Déplacements'],
          ['sport', 'Sport'],
          ['neuro', 'Repérage, négligence'],
        ]),
      ]),
      group('projet', 'Diagnostic et projet', [
        longText('diagnostic', 'Diagnostic orthoptique', { required: true }),
        choices('traitement', 'Traitement', [
          ['reeducation', 'Rééducation'],
          ['occlusion', 'Occlusion'],
          ['prisme', 'Prisme'],
          ['correction', 'Correction à revoir'],
          ['basse-vision', 'Basse vision'],
          ['surveillance', 'Surveillance'],
          ['ophtalmo', 'Avis ophtalmologique'],
        ]),
        whole('seances', 'Nombre de séances', { min: 1, max: 60, when: is('traitement', 'reeducation') }),
        day('controle', 'Contrôle le'),
        problem('vision-probleme', 'Inscrire aux problèmes', [
          ['H51.1', 'Insuffisance de convergence'],
          ['H50.5', 'Hétérophorie'],
          ['H50.0', 'Strabisme convergent'],
          ['H50.1', 'Strabisme divergent'],
          ['H53.0', 'Amblyopie'],
          ['H53.2', 'Diplopie'],
          ['H49.9', 'Paralysie oculomotrice'],
          ['H52.7', 'Trouble de la réfraction'],
          ['H54.9', 'Malvoyance'],
        ]),
        longText('pour-medecin', 'À dire au prescripteur'),
      ]),
    ],
  ),
  section(
    'retinographie',
    '1.0',
    {
      title: 'Dépistage de la rétinopathie diabétique',
      description: 'Rétinographies : conditions, qualité, lecture et délai du prochain examen.',
      professions: ['orthoptist', 'nurse', 'advanced-practice-nurse', 'asalee-nurse', 'physician'],
      theme: 'vision',
      source: 'Rédaction propre ; stades de l’ALFEDIAM, en résumé ; rythme : HAS, dépistage par lecture différée, 2010.',
    },
    [
      group('conditions', 'Conditions', [
        measure('hba1c', '4548-4', { back: 180 }),
        measure('pas', '8480-6', { label: 'Systolique', back: 30 }),
        measure('pad', '8462-4', { label: 'Diastolique', back: 30 }),
        whole('anciennete', 'Ancienneté du diabète (années)', { min: 0, max: 80 }),
        choice('dilatation', 'Dilatation', [
          ['non', 'Non'],
          ['tropicamide', 'Tropicamide'],
        ]),
        yesNo('grossesse', 'Grossesse'),
        acuity('av-od', 'Acuité, œil droit'),
        acuity('av-og', 'Acuité, œil gauche'),
        photo('images', 'Images', { repeats: true }),
        choice(
          'qualite',
          'Qualité des images',
          [
            ['bonne', 'Interprétable'],
            ['partielle', 'Un œil non interprétable'],
            ['mauvaise', 'Non interprétable : ophtalmologiste'],
          ],
          { required: true },
        ),
      ]),
      group('lecture', 'Lecture au quotidien', [
        choice(
          'stade-od',
          'Rétinopathie, œil droit',
          [
            ['absente', 'Pas de rétinopathie'],
            ['minime', 'Non proliférante minime'],
            ['moderee', 'Non proliférante modérée'],
            ['severe', 'Non proliférante sévère'],
            ['proliferante', 'Proliférante'],
            ['attente', 'En attente'],
          ],
          { list: true },
        ),
        choice(
          'stade-og',
          'Rétinopathie, œil gauche',
          [
            ['absente', 'Pas de rétinopathie'],
            ['minime', 'Non proliférante minime'],
            ['moderee', 'Non proliférante modérée'],
            ['severe', 'Non proliférante sévère'],
            ['proliferante', 'Proliférante'],
            ['attente', 'En attente'],
          ],
          { list: true },
        ),
        yesNo('maculopathie', 'Atteinte de la macula suspectée'),
        text('autres', 'Autre constat'),
        text('lecteur', 'Images lues par'),
        choice(
          'suite',
          'Prochain examen',
          [
            ['deux-ans', 'Dans deux ans'],
            ['un-an', 'Dans un an'],
            ['ophtalmo', 'Ophtalmologiste'],
            ['rapide', 'Ophtalmologiste sous deux semaines'],
          ],
          { help: 'Deux ans : sans rétinopathie, sans insuline, HbA1c et pression à la cible.' },
        ),
        problem('retine-probleme', 'Inscrire aux problèmes', [['H36.0', 'Rétinopathie diabétique']]),
      ]),
    ],
  ),
];
