import { choice, choices, day, formula, group, is, longText, measure, note, type Option, photo, problem, quantity, section, type ShippedSection, text, tickedCount, whole, yesNo } from './build.ts';

const teeth = (linkId: string, label: string) => whole(linkId, label, { min: 0, max: 32 });
const acuity = (linkId: string, label: string) => quantity(linkId, label, '{score}', '/10', { min: 0, max: 20, decimals: 1, bands: [[0, 'Malvoyance', 'danger'], [3, 'Diminuée', 'warning'], [8, 'Normale ou proche', 'success']] });
const prism = (linkId: string, label: string) => quantity(linkId, label, '[p\'diop]', 'Δ', { min: 0, max: 100, decimals: 1 });
const deviation: readonly Option[] = [['ortho', 'Orthophorie'], ['exophorie', 'Exophorie'], ['esophorie', 'Ésophorie'], ['exotropie', 'Exotropie'], ['esotropie', 'Ésotropie'], ['hyper', 'Hyperphorie, hypertropie'], ['intermittente', 'Déviation intermittente']];
const refraction = (side: string, eye: string) => group(`refraction-${side}`, `Réfraction, ${eye}`, [
  quantity(`sphere-${side}`, `Sphère, ${eye}`, '[diop]', 'δ', { min: -30, max: 30, decimals: 2 }),
  quantity(`cylindre-${side}`, `Cylindre, ${eye}`, '[diop]', 'δ', { min: -12, max: 12, decimals: 2 }),
  quantity(`axe-${side}`, `Axe, ${eye}`, 'deg', '°', { min: 0, max: 180, decimals: 0 }),
  quantity(`addition-${side}`, `Addition, ${eye}`, '[diop]', 'δ', { min: 0, max: 4, decimals: 2 }),
]);

export const mouthAndVisionSections: readonly ShippedSection[] = [
  section('bilan-buccodentaire', '1.0', {
    title: 'Bilan bucco-dentaire', description: 'Risque médical, douleur, muqueuses, dents, parodonte, risque carieux et plan de soins.', professions: ['dental-surgeon'],
    theme: 'mouth',
    source: 'Rédaction propre. Risque carieux individuel : critères de la HAS, prévention de la carie dentaire, 2010. Dents : numérotation internationale à deux chiffres.',
  }, [
    group('terrain', 'Risque médical', [
      choices('alertes', 'À prendre en compte', [
        ['anticoagulant', 'Anticoagulant, antiagrégant'], ['endocardite', 'Haut risque d’endocardite'], ['biphosphonate', 'Bisphosphonate, dénosumab'],
        ['radiotherapie', 'Radiothérapie de la face ou du cou'], ['chimio', 'Chimiothérapie, immunosuppresseur'], ['diabete', 'Diabète'], ['grossesse', 'Grossesse'],
        ['pacemaker', 'Stimulateur cardiaque'], ['allergie', 'Allergie : latex, anesthésique, antibiotique'], ['hemostase', 'Trouble de l’hémostase'],
        ['handicap', 'Handicap, anxiété'],
      ]),
      note('endocardite-note', 'Antibioprophylaxie avant un geste qui touche la gencive ou la région de l’apex.', { when: is('alertes', 'endocardite') }),
      note('biphosphonate-note', 'Risque d’ostéonécrose : avis avant une extraction.', {
        when: [is('alertes', 'biphosphonate'), is('alertes', 'radiotherapie')], any: true,
      }),
      text('alertes-details', 'Précisions'),
      measure('inr', '6301-6', { back: 3, when: is('alertes', 'anticoagulant') }),
      measure('pas', '8480-6', { label: 'Systolique' }),
      measure('pad', '8462-4', { label: 'Diastolique' }),
    ]),
    group('motif', 'Motif', [
      text('motif-mots', 'Motif', { required: true }),
      measure('douleur', '72514-3'),
      choice('douleur-type', 'Type de douleur', [
        ['non', 'Pas de douleur'], ['provoquee', 'Provoquée, brève'], ['spontanee', 'Spontanée, lancinante'], ['pression', 'À la pression, au contact'],
        ['gencive', 'Gencive'], ['atm', 'Mâchoire, oreille'],
      ]),
      choice('derniere', 'Dernier soin', [['moins-1', 'Moins d’un an'], ['1-3', 'Un à trois ans'], ['plus', 'Plus de trois ans']]),
    ]),
    group('examen', 'Examen', [
      choices('exo', 'Visage et articulation', [
        ['tumefaction', 'Tuméfaction'], ['adenopathie', 'Ganglion'], ['claquement', 'Claquement'], ['limitation', 'Ouverture limitée'], ['trismus', 'Trismus'],
        ['asymetrie', 'Asymétrie'],
      ]),
      choices('muqueuses', 'Muqueuses', [
        ['saines', 'Saines'], ['candidose', 'Candidose'], ['aphte', 'Aphte, ulcération'], ['blanche', 'Lésion blanche'], ['rouge', 'Lésion rouge'],
        ['seche', 'Bouche sèche'], ['irritation', 'Irritation de prothèse'],
      ]),
      note('lesion-note', 'Ulcération, lésion blanche ou rouge qui dure plus de deux semaines : avis et prélèvement.', {
        when: [is('muqueuses', 'aphte'), is('muqueuses', 'blanche'), is('muqueuses', 'rouge')], any: true,
      }),
      choice('hygiene', 'Plaque', [['absente', 'Absente'], ['sonde', 'À la sonde'], ['visible', 'Visible'], ['abondante', 'Abondante']]),
      choice('tartre', 'Tartre', [['absent', 'Absent'], ['supra', 'Au-dessus de la gencive'], ['infra', 'En dessous de la gencive']]),
      teeth('c', 'Dents cariées (C)'),
      teeth('a', 'Dents absentes pour carie (A)'),
      teeth('o', 'Dents obturées (O)'),
      formula('cao', 'Indice CAO', '{{c}} + {{a}} + {{o}}', { decimals: 0 }),
      teeth('dents', 'Dents présentes'),
      choice('prothese', 'Prothèses', [['aucune', 'Aucune'], ['fixe', 'Fixe'], ['amovible', 'Amovible'], ['complete', 'Complète'], ['implant', 'Sur implants']]),
      choice('mastication', 'Mastication', [['bonne', 'Bonne'], ['difficile', 'Difficile'], ['impossible', 'Impossible sans mixer']]),
      group('dent', 'Dent', [
        whole('dent-numero', 'Dent, numéro', { min: 11, max: 85 }),
        choice('dent-constat', 'Constat sur la dent', [
          ['carie', 'Carie'], ['carie-profonde', 'Carie profonde'], ['pulpite', 'Pulpite'], ['necrose', 'Nécrose, abcès'], ['fracture', 'Fracture'],
          ['usure', 'Usure, érosion'], ['mobilite', 'Mobilité'], ['poche', 'Poche'], ['racine', 'Racine'], ['incluse', 'Incluse, en éruption'],
          ['restauration', 'Restauration à refaire'],
        ], { list: true }),
        choice('dent-soin', 'Soin prévu', [
          ['surveiller', 'Surveiller'], ['sceller', 'Scellement'], ['obturer', 'Obturation'], ['endodontie', 'Endodontie'], ['couronne', 'Couronne'],
          ['extraire', 'Extraction'], ['parodonte', 'Parodontie'],
        ], { list: true }),
        choice('dent-urgence', 'Délai du soin', [['jour', 'Aujourd’hui'], ['mois', 'Dans le mois'], ['ensuite', 'Ensuite']]),
      ], { repeats: true, grid: true }),
      photo('photo', 'Photo, radiographie', { repeats: true }),
      text('radio', 'Radiographies faites, résultat'),
    ]),
    group('parodonte', 'Gencives', [
      choice('saignement', 'Saignement au sondage', [['aucun', 'Aucun'], ['localise', 'Localisé'], ['generalise', 'Généralisé']]),
      quantity('poche-max', 'Poche la plus profonde', 'mm', 'mm', {
        min: 0, max: 15, decimals: 0, bands: [[0, 'Normale', 'success'], [4, 'Poche : bilan parodontal', 'warning'], [6, 'Poche profonde', 'danger']],
      }),
      yesNo('mobilites', 'Mobilités'),
      yesNo('recessions', 'Récessions'),
    ]),
    group('risque', 'Risque carieux', [
      choices('rci', 'Facteurs de risque carieux', [
        ['brossage', 'Pas de brossage quotidien au fluor'], ['sucres', 'Sucre entre les repas'], ['medicaments', 'Médicaments sucrés ou qui assèchent la bouche'],
        ['sillons', 'Sillons marqués des molaires'], ['plaque', 'Plaque visible'], ['caries', 'Carie ou lésion débutante'],
      ]),
      tickedCount('rci-nombre', 'Facteurs de risque, nombre', ['rci'], { bands: [[1, 'Risque carieux élevé', 'warning']] }),
    ]),
    group('plan', 'Plan', [
      choices('prevention', 'Actes de prévention', [
        ['brossage', 'Brossage montré'], ['fluor', 'Vernis, fluor'], ['scellement', 'Scellements'], ['alimentation', 'Alimentation'], ['tabac', 'Tabac'],
        ['detartrage', 'Détartrage'], ['prothese', 'Entretien de la prothèse'],
      ]),
      longText('plan-soins', 'Plan de soins', { required: true }),
      choices('avis', 'Avis demandés', [
        ['medecin', 'Médecin traitant'], ['cardiologue', 'Cardiologue'], ['stomatologue', 'Chirurgie orale'], ['orthodontiste', 'Orthodontiste'],
        ['hopital', 'Hôpital, anesthésie'],
      ]),
      whole('rappel', 'Rappel dans (mois)', { min: 1, max: 36 }),
      problem('bouche-probleme', 'Inscrire aux problèmes', [
        ['K02.9', 'Carie dentaire'], ['K04.7', 'Abcès périapical'], ['K05.1', 'Gingivite chronique'], ['K05.3', 'Parodontite chronique'], ['K08.1', 'Édentement'],
        ['K07.6', 'Trouble de l’articulation temporo-mandibulaire'], ['B37.0', 'Candidose buccale'], ['R68.2', 'Bouche sèche'],
      ]),
    ]),
  ]),
  section('bilan-orthoptique', '1.0', {
    title: 'Bilan orthoptique', description: 'Acuité, réfraction, déviation, motilité, vergences, vision stéréoscopique, diagnostic et projet.',
    professions: ['orthoptist'], theme: 'vision',
  }, [
    group('demande', 'Demande', [
      text('motif', 'Motif', { required: true }),
      text('prescripteur', 'Prescription'),
      choices('signes', 'Signes visuels', [
        ['fatigue', 'Fatigue visuelle'], ['cephalees', 'Maux de tête'], ['diplopie', 'Vision double'], ['flou', 'Flou'], ['lecture', 'Lecture difficile'],
        ['vertiges', 'Vertiges'], ['strabisme', 'Œil qui dévie'], ['torticolis', 'Torticolis'], ['photophobie', 'Gêne à la lumière'],
      ]),
      yesNo('diplopie-brutale', 'Vision double ou baisse de vision brutale'),
      note('diplopie-note', 'Avis ophtalmologique ou urgences le jour même.', { when: is('diplopie-brutale', true) }),
      text('antecedents', 'Antécédents visuels, neurologiques, naissance'),
      text('ecrans', 'Travail, écrans, école'),
    ]),
    group('acuite', 'Acuité', [
      choice('correction', 'Correction portée', [['aucune', 'Aucune'], ['lunettes', 'Lunettes'], ['lentilles', 'Lentilles']]),
      acuity('av-loin-od', 'Acuité de loin, œil droit'),
      acuity('av-loin-og', 'Acuité de loin, œil gauche'),
      acuity('av-loin-odg', 'Acuité de loin, deux yeux'),
      choice('av-pres-od', 'Acuité de près, œil droit', ['P2', 'P3', 'P4', 'P5', 'P6', 'P8', 'P10', 'P14'].map((words): Option => [words.toLowerCase(), words]), { list: true }),
      choice('av-pres-og', 'Acuité de près, œil gauche', ['P2', 'P3', 'P4', 'P5', 'P6', 'P8', 'P10', 'P14'].map((words): Option => [words.toLowerCase(), words]), { list: true }),
      formula('difference', 'Différence entre les yeux (dixièmes)', 'iif({{av-loin-od}} > {{av-loin-og}}, {{av-loin-od}} - {{av-loin-og}}, {{av-loin-og}} - {{av-loin-od}})', {
        decimals: 1, bands: [[0, 'Acuités proches', 'success'], [2, 'Différence : amblyopie à rechercher', 'warning']],
      }),
      refraction('od', 'œil droit'),
      refraction('og', 'œil gauche'),
      choice('cycloplegie', 'Cycloplégie', [['non', 'Non'], ['atropine', 'Atropine'], ['cyclopentolate', 'Cyclopentolate'], ['tropicamide', 'Tropicamide']]),
    ]),
    group('moteur', 'Bilan moteur', [
      choice('ecran-loin', 'Test sous écran, de loin', deviation, { list: true }),
      prism('angle-loin', 'Angle de loin'),
      choice('ecran-pres', 'Test sous écran, de près', deviation, { list: true }),
      prism('angle-pres', 'Angle de près'),
      prism('angle-vertical', 'Angle vertical'),
      choice('fixation', 'Œil dominant', [['droit', 'Droit'], ['gauche', 'Gauche'], ['alterne', 'Alterné']]),
      choice('motilite', 'Motilité', [['normale', 'Normale'], ['limitee', 'Limitée'], ['hyperaction', 'Hyperaction'], ['nystagmus', 'Nystagmus']]),
      text('motilite-details', 'Muscles, Hess-Weiss', { when: [is('motilite', 'limitee'), is('motilite', 'hyperaction'), is('motilite', 'nystagmus')], any: true }),
      choice('poursuites', 'Poursuites', [['fluides', 'Fluides'], ['saccadees', 'Saccadées']]),
      choice('saccades', 'Saccades', [['precises', 'Précises'], ['imprecises', 'Imprécises']]),
      quantity('ppc', 'Punctum proximum de convergence', 'cm', 'cm', { min: 0, max: 60, decimals: 0, bands: [[0, 'Normal', 'success'], [8, 'Éloigné', 'warning']] }),
    ]),
    group('vergences', 'Vergences', [
      prism('c-loin', 'Convergence de loin'),
      prism('d-loin', 'Divergence de loin'),
      prism('c-pres', 'Convergence de près'),
      prism('d-pres', 'Divergence de près'),
      quantity('accommodation', 'Punctum proximum d’accommodation', 'cm', 'cm', { min: 3, max: 100, decimals: 0 }),
    ]),
    group('sensoriel', 'Bilan sensoriel', [
      choice('correspondance', 'Vision binoculaire', [
        ['normale', 'Normale'], ['neutralisation', 'Neutralisation'], ['anormale', 'Correspondance anormale'], ['diplopie', 'Diplopie'],
      ]),
      choice('lang', 'Test de Lang', [['positif', 'Positif'], ['partiel', 'Partiel'], ['negatif', 'Négatif'], ['non-fait', 'Non fait']]),
      quantity('tno', 'Test TNO', '\'\'', '″ d’arc', { min: 10, max: 2000, decimals: 0, bands: [[0, 'Bonne', 'success'], [121, 'Diminuée', 'warning']] }),
      choice('couleurs', 'Vision des couleurs', [['normales', 'Normales'], ['alterees', 'Altérées'], ['non-fait', 'Non fait']]),
      choice('champ', 'Champ visuel', [['normal', 'Normal'], ['altere', 'Altéré'], ['non-fait', 'Non fait']]),
      choice('amsler', 'Grille d’Amsler', [['normal', 'Normal'], ['altere', 'Altéré'], ['non-fait', 'Non fait']]),
    ]),
    group('fonctionnel', 'Retentissement', [
      choice('lecture', 'Lecture au quotidien', [['aisee', 'Aisée'], ['fatigante', 'Fatigante'], ['difficile', 'Difficile']]),
      choices('quotidien', 'Difficultés au quotidien', [
        ['ecole', 'École'], ['ecran', 'Écran'], ['conduite', 'Conduite'], ['deplacement', 'Déplacements'], ['sport', 'Sport'], ['neuro', 'Repérage, négligence'],
      ]),
    ]),
    group('projet', 'Diagnostic et projet', [
      longText('diagnostic', 'Diagnostic orthoptique', { required: true }),
      choices('traitement', 'Traitement', [
        ['reeducation', 'Rééducation'], ['occlusion', 'Occlusion'], ['prisme', 'Prisme'], ['correction', 'Correction à revoir'], ['basse-vision', 'Basse vision'],
        ['surveillance', 'Surveillance'], ['ophtalmo', 'Avis ophtalmologique'],
      ]),
      whole('seances', 'Nombre de séances', { min: 1, max: 60, when: is('traitement', 'reeducation') }),
      day('controle', 'Contrôle le'),
      problem('vision-probleme', 'Inscrire aux problèmes', [
        ['H51.1', 'Insuffisance de convergence'], ['H50.5', 'Hétérophorie'], ['H50.0', 'Strabisme convergent'], ['H50.1', 'Strabisme divergent'], ['H53.0', 'Amblyopie'],
        ['H53.2', 'Diplopie'], ['H49.9', 'Paralysie oculomotrice'], ['H52.7', 'Trouble de la réfraction'], ['H54.9', 'Malvoyance'],
      ]),
      longText('pour-medecin', 'À dire au prescripteur'),
    ]),
  ]),
  section('retinographie', '1.0', {
    title: 'Dépistage de la rétinopathie diabétique', description: 'Rétinographies : conditions, qualité, lecture et délai du prochain examen.',
    professions: ['orthoptist', 'nurse', 'advanced-practice-nurse', 'asalee-nurse', 'physician'], theme: 'vision',
    source: 'Rédaction propre ; stades de l’ALFEDIAM, en résumé ; rythme : HAS, dépistage par lecture différée, 2010.',
  }, [
    group('conditions', 'Conditions', [
      measure('hba1c', '4548-4', { back: 180 }),
      measure('pas', '8480-6', { label: 'Systolique', back: 30 }),
      measure('pad', '8462-4', { label: 'Diastolique', back: 30 }),
      whole('anciennete', 'Ancienneté du diabète (années)', { min: 0, max: 80 }),
      choice('dilatation', 'Dilatation', [['non', 'Non'], ['tropicamide', 'Tropicamide']]),
      yesNo('grossesse', 'Grossesse'),
      acuity('av-od', 'Acuité, œil droit'),
      acuity('av-og', 'Acuité, œil gauche'),
      photo('images', 'Images', { repeats: true }),
      choice('qualite', 'Qualité des images', [
        ['bonne', 'Interprétable'], ['partielle', 'Un œil non interprétable'], ['mauvaise', 'Non interprétable : ophtalmologiste'],
      ], { required: true }),
    ]),
    group('lecture', 'Lecture au quotidien', [
      choice('stade-od', 'Rétinopathie, œil droit', [
        ['absente', 'Pas de rétinopathie'], ['minime', 'Non proliférante minime'], ['moderee', 'Non proliférante modérée'], ['severe', 'Non proliférante sévère'],
        ['proliferante', 'Proliférante'], ['attente', 'En attente'],
      ], { list: true }),
      choice('stade-og', 'Rétinopathie, œil gauche', [
        ['absente', 'Pas de rétinopathie'], ['minime', 'Non proliférante minime'], ['moderee', 'Non proliférante modérée'], ['severe', 'Non proliférante sévère'],
        ['proliferante', 'Proliférante'], ['attente', 'En attente'],
      ], { list: true }),
      yesNo('maculopathie', 'Atteinte de la macula suspectée'),
      text('autres', 'Autre constat'),
      text('lecteur', 'Images lues par'),
      choice('suite', 'Prochain examen', [
        ['deux-ans', 'Dans deux ans'], ['un-an', 'Dans un an'], ['ophtalmo', 'Ophtalmologiste'], ['rapide', 'Ophtalmologiste sous deux semaines'],
      ], { help: 'Deux ans : sans rétinopathie, sans insuline, HbA1c et pression à la cible.' }),
      problem('retine-probleme', 'Inscrire aux problèmes', [['H36.0', 'Rétinopathie diabétique']]),
    ]),
  ]),
];
