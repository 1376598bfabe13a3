import { choice, choices, day, group, is, longText, measure, note, type Option, problem, quantity, section, type ShippedSection, text, whole, yesNo } from './build.ts';

const level: readonly Option[] = [['preserve', 'Préservé'], ['fragile', 'Fragile'], ['deficitaire', 'Déficitaire'], ['non-evalue', 'Non évalué']];
const domain = (linkId: string, label: string) => choice(linkId, label, level);
const branch = (code: string) => ({ when: is('versant', code) });

export const speechSections: readonly ShippedSection[] = [
  section('bilan-orthophonique', '1.0', {
    title: 'Bilan orthophonique', description: 'Plainte, langages, domaines selon la demande, épreuves, diagnostic et projet.', professions: ['speech-therapist'],
    theme: 'speech', source: 'Rédaction propre. Les épreuves étalonnées appartiennent à leurs éditeurs : seuls leurs résultats se saisissent.',
  }, [
    group('demande', 'Demande', [
      choice('bilan', 'Bilan', [['initial', 'Initial'], ['renouvellement', 'Renouvellement']], { required: true }),
      text('prescription', 'Prescription (date, prescripteur, libellé)'),
      longText('plainte', 'Plainte, avec les mots de la personne ou des parents', { required: true }),
      choices('versant', 'Domaines explorés', [
        ['oral-enfant', 'Langage oral de l’enfant'], ['ecrit', 'Langage écrit'], ['maths', 'Cognition mathématique'], ['neuro', 'Adulte : langage, parole, cognition'],
        ['fluence', 'Bégaiement'], ['voix', 'Voix'], ['deglutition', 'Déglutition, oralité'], ['surdite', 'Surdité'],
        ['communication', 'Communication, autisme, handicap'],
      ], { required: true }),
    ]),
    group('histoire', 'Histoire', [
      choice('langues', 'Langues à la maison', [['francais', 'Français'], ['bilingue', 'Français et une autre'], ['autre', 'Une autre langue']]),
      text('langues-details', 'Lesquelles, avec qui', { when: [is('langues', 'bilingue'), is('langues', 'autre')], any: true }),
      choice('lateralite', 'Latéralité', [['droite', 'Droite'], ['gauche', 'Gauche'], ['mixte', 'Mixte']]),
      choice('audition', 'Audition', [['controlee', 'Contrôlée, normale'], ['appareillee', 'Appareillée'], ['a-controler', 'À contrôler']]),
      choice('vue', 'Vision contrôlée', [['controlee', 'Contrôlée'], ['a-controler', 'À contrôler']]),
      text('developpement', 'Naissance, premiers mots, marche'),
      text('scolarite', 'Classe, aménagements, métier'),
      text('antecedents', 'Antécédents, famille, suivis'),
    ]),
    group('oral', 'Langage oral de l’enfant', [
      domain('phonologie', 'Phonologie'),
      domain('articulation', 'Articulation, praxies'),
      domain('lexique-expression', 'Lexique, expression'),
      domain('lexique-comprehension', 'Lexique, compréhension'),
      domain('syntaxe-expression', 'Syntaxe, expression'),
      domain('syntaxe-comprehension', 'Syntaxe, compréhension'),
      domain('recit', 'Récit'),
      domain('pragmatique', 'Pragmatique'),
      domain('memoire-verbale', 'Mémoire verbale'),
    ], branch('oral-enfant')),
    group('ecrit', 'Langage écrit', [
      domain('conscience-phono', 'Conscience phonologique'),
      domain('decodage', 'Décodage'),
      domain('fluence-lecture', 'Vitesse de lecture'),
      domain('comprehension-ecrite', 'Compréhension écrite'),
      domain('orthographe', 'Orthographe'),
      domain('production-ecrite', 'Production écrite'),
      domain('graphisme', 'Graphisme'),
      domain('denomination-rapide', 'Dénomination rapide'),
      domain('visuo-attention', 'Attention visuelle'),
    ], branch('ecrit')),
    group('maths', 'Cognition mathématique', [
      domain('numeration', 'Numération'),
      domain('calcul', 'Calcul'),
      domain('problemes', 'Problèmes'),
      domain('logique', 'Raisonnement'),
    ], branch('maths')),
    group('neuro', 'Adulte', [
      domain('expression', 'Expression orale'),
      domain('comprehension', 'Compréhension orale'),
      domain('denomination', 'Dénomination'),
      domain('repetition', 'Répétition'),
      domain('lecture-adulte', 'Lecture à voix haute'),
      domain('ecriture-adulte', 'Écriture'),
      domain('dysarthrie', 'Parole, intelligibilité'),
      domain('praxies', 'Praxies'),
      domain('memoire', 'Mémoire'),
      domain('attention', 'Attention, fonctions exécutives'),
      choice('communication-quotidien', 'Communication au quotidien', [
        ['aisee', 'Aisée'], ['aide', 'Avec l’aide de l’interlocuteur'], ['limitee', 'Très limitée'], ['absente', 'Absente'],
      ]),
    ], branch('neuro')),
    group('fluence', 'Bégaiement', [
      quantity('disfluences', 'Syllabes bégayées', '%', '%', {
        min: 0, max: 100, decimals: 1, bands: [[0, 'Moins de 3 %', 'success'], [3, '3 % ou plus', 'warning'], [10, 'Sévère', 'danger']],
      }),
      choices('accidents', 'Accidents de parole', [
        ['repetitions', 'Répétitions'], ['prolongations', 'Prolongations'], ['blocages', 'Blocages'], ['tension', 'Tension, mouvements associés'],
      ]),
      choice('evitement', 'Évitement de la parole', [['non', 'Non'], ['parfois', 'Parfois'], ['souvent', 'Souvent']]),
      text('begaiement-vecu', 'Vécu du bégaiement'),
    ], branch('fluence')),
    group('voix', 'Voix', [
      choices('voix-signes', 'Qualité de la voix', [
        ['raucite', 'Raucité'], ['souffle', 'Souffle'], ['asthenie', 'Faible'], ['forcage', 'Forçage'], ['instable', 'Instable'], ['desonorisation', 'Désonorisation'],
      ]),
      quantity('tmp', 'Temps maximal de phonation', 's', 's', { min: 0, max: 60, decimals: 0, bands: [[0, 'Diminué', 'warning'], [10, 'Normal', 'success']] }),
      choice('voix-pro', 'Usage de la voix', [['courant', 'Courant'], ['professionnel', 'Professionnel'], ['chant', 'Chant']]),
      text('orl', 'Laryngoscopie'),
      whole('voix-gene', 'Gêne vocale (0 à 10)', { min: 0, max: 10 }),
    ], branch('voix')),
    group('surdite', 'Surdité', [
      text('audiogramme', 'Audiogramme, appareillage'),
      domain('lecture-labiale', 'Lecture labiale'),
      domain('discrimination', 'Discrimination auditive'),
    ], branch('surdite')),
    group('social', 'Communication', [
      domain('regard', 'Regard, attention conjointe'),
      domain('imitation', 'Imitation, jeu'),
      domain('demandes', 'Demandes'),
      text('caa', 'Communication alternative et améliorée'),
    ], branch('communication')),
    note('deglutition-note', 'Déglutition : ouvrir aussi le volet « Déglutition ».', { when: is('versant', 'deglutition') }),
    group('epreuves', 'Épreuves étalonnées', [
      text('epreuve', 'Épreuve'),
      text('epreuve-brut', 'Résultat brut'),
      text('epreuve-norme', 'Écart type ou centile'),
      choice('epreuve-niveau', 'Niveau à l’épreuve', level),
    ], { repeats: true, grid: true }),
    group('conclusion', 'Diagnostic et projet', [
      longText('diagnostic', 'Diagnostic orthophonique', { required: true }),
      choice('severite', 'Sévérité du trouble', [['legere', 'Légère'], ['moderee', 'Modérée'], ['severe', 'Sévère'], ['sans', 'Pas de trouble']]),
      choice('suite', 'Suite proposée', [
        ['reeducation', 'Rééducation'], ['guidance', 'Accompagnement parental, conseils'], ['surveillance', 'Surveillance'], ['aucune', 'Pas de prise en charge'],
      ], { required: true }),
      text('objectifs', 'Objectifs'),
      whole('seances', 'Nombre de séances', { min: 1, max: 100, when: is('suite', 'reeducation') }),
      choice('rythme', 'Rythme des séances', [
        ['1', 'Une par semaine'], ['2', 'Deux par semaine'], ['plus', 'Plus'], ['quinzaine', 'Tous les quinze jours'],
      ], { when: is('suite', 'reeducation') }),
      choices('avis', 'À demander', [
        ['orl', 'ORL, audiogramme'], ['ophtalmo', 'Vue, orthoptiste'], ['neuropediatre', 'Neuropédiatre, neurologue'], ['psychologue', 'Psychologue, neuropsychologue'],
        ['psychomot', 'Psychomotricien, ergothérapeute'], ['pco', 'Plateforme de coordination (TND)'], ['ecole', 'École : PAP, PPS'], ['mdph', 'MDPH'],
      ]),
      problem('langage-probleme', 'Inscrire aux problèmes', [
        ['F80.0', 'Trouble de l’articulation'], ['F80.1', 'Trouble du langage expressif'], ['F80.2', 'Trouble du langage réceptif'], ['F81.0', 'Dyslexie'],
        ['F81.1', 'Dysorthographie'], ['F81.2', 'Dyscalculie'], ['F98.5', 'Bégaiement'], ['R47.0', 'Aphasie'], ['R47.1', 'Dysarthrie'], ['R49.0', 'Dysphonie'],
        ['R13', 'Trouble de la déglutition'], ['H91.9', 'Surdité'],
      ]),
      longText('pour-medecin', 'À dire au prescripteur'),
      day('fin', 'Bilan de renouvellement le'),
    ]),
  ]),
  section('deglutition', '1.0', {
    title: 'Déglutition', description: 'Signes, essais, textures et consignes pour manger sans risque.',
    professions: ['speech-therapist', 'nurse', 'advanced-practice-nurse', 'physician', 'dietician', 'physiotherapist', 'occupational-therapist'], theme: 'speech',
  }, [
    group('reperage', 'Repérage', [
      choices('signes', 'Pendant ou après le repas', [
        ['toux', 'Toux'], ['voix', 'Voix mouillée'], ['etouffement', 'Étouffement'], ['bave', 'Bavage'], ['nez', 'Reflux par le nez'], ['stase', 'Reste dans la bouche'],
        ['duree', 'Repas de plus de 45 minutes'], ['refus', 'Refus'],
      ]),
      choices('consequences', 'Conséquences', [
        ['pneumopathie', 'Infection pulmonaire'], ['fievre', 'Fièvre inexpliquée'], ['poids', 'Perte de poids'], ['deshydratation', 'Déshydratation'],
        ['plaisir', 'Peur de manger'],
      ]),
      choice('vigilance', 'Vigilance', [['bonne', 'Bonne'], ['fluctuante', 'Fluctuante'], ['basse', 'Insuffisante : rien par la bouche']]),
      measure('poids', '29463-7', { back: 60 }),
      measure('temperature', '8310-5'),
      measure('spo2', '2708-6'),
    ]),
    group('examen', 'Examen', [
      choice('posture', 'Posture', [['assis', 'Assis, tient la tête'], ['soutien', 'Avec soutien'], ['couche', 'Ne tient pas assis']]),
      choice('bouche', 'État de la bouche', [['saine', 'Saine'], ['seche', 'Sèche'], ['lesions', 'Lésions'], ['appareil', 'Appareil mal adapté']]),
      choice('langue', 'Langue, lèvres, joues', [['bonnes', 'Bonnes'], ['diminuees', 'Diminuées'], ['tres-diminuees', 'Très diminuées']]),
      choice('toux-volontaire', 'Toux volontaire', [['efficace', 'Efficace'], ['faible', 'Faible'], ['absente', 'Absente']]),
      choice('eau', 'Essai à l’eau', [['sans-signe', 'Sans signe'], ['toux', 'Toux'], ['voix', 'Voix modifiée'], ['arret', 'Arrêté'], ['non-fait', 'Non fait']]),
      choice('semi-liquide', 'Essai semi-liquide', [['sans-signe', 'Sans signe'], ['signes', 'Signes'], ['non-fait', 'Non fait']]),
      choice('solide', 'Essai solide', [['sans-signe', 'Sans signe'], ['signes', 'Signes'], ['non-fait', 'Non fait']]),
      note('arret-note', 'Étouffement, désaturation ou vigilance basse : arrêter, prévenir le médecin.', {
        when: [is('eau', 'arret'), is('vigilance', 'basse')], any: true,
      }),
    ]),
    group('consignes', 'Consignes', [
      choice('solides', 'Texture des aliments', [
        ['normale', 'Normaux'], ['tendre', 'Tendres'], ['hachee', 'Hachés'], ['mixee', 'Mixés'], ['lisse', 'Mixés lisses'], ['rien', 'Rien par la bouche'],
      ], { required: true }),
      choice('liquides', 'Texture des boissons', [
        ['normale', 'Normales'], ['petillante', 'Fraîches ou pétillantes'], ['legere', 'Un peu épaissies'], ['sirop', 'Épaissies'], ['gel', 'Gélifiées'],
        ['rien', 'Rien par la bouche'],
      ], { required: true }),
      choice('medicaments', 'Médicaments', [
        ['entiers', 'Entiers'], ['compote', 'Dans une compote'], ['autre-forme', 'Autre forme à demander'], ['pharmacien', 'Pharmacien à consulter'],
      ]),
      choices('gestes', 'Gestes de sécurité', [
        ['assis', 'Assis, 30 minutes après'], ['tete', 'Menton vers la poitrine'], ['petite-cuillere', 'Petite cuillère'], ['rythme', 'Une bouchée à la fois'],
        ['calme', 'Au calme, sans télévision'], ['verre', 'Verre à encoche'], ['surveillance', 'Repas surveillés'], ['bouche', 'Soin de bouche après'],
      ]),
      yesNo('aidant', 'Consignes expliquées à l’aidant'),
      choices('avis', 'Avis demandés', [
        ['medecin', 'Médecin'], ['orl', 'ORL, nasofibroscopie'], ['dieteticien', 'Diététicien'], ['dentiste', 'Dentiste'], ['orthophoniste', 'Orthophoniste'],
      ]),
      problem('deglutition-probleme', 'Inscrire aux problèmes', [['R13', 'Trouble de la déglutition'], ['J69.0', 'Pneumopathie d’inhalation']]),
      day('revoir', 'À revoir le'),
      longText('deglutition-commentaire', 'Commentaire'),
    ]),
  ]),
];
