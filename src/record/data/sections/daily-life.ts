import { choice, choices, day, formula, group, is, longText, measure, note, type Option, photo, problem, section, type ShippedSection, text, whole, yesNo } from './build.ts';

const act: readonly Option[] = [['seul', 'Seul(e)'], ['difficile', 'Seul(e), avec difficulté ou lentement'], ['aide', 'Avec une aide'], ['non', 'Ne le fait pas'], ['sans-objet', 'Sans objet']];
const done = (linkId: string, label: string) => choice(linkId, label, act, { list: true });
const level: readonly Option[] = [['attendu', 'Attendu pour l’âge'], ['fragile', 'Fragile'], ['deficitaire', 'Déficitaire'], ['non-evalue', 'Non évalué']];
const seen = (linkId: string, label: string) => choice(linkId, label, level);

export const dailyLifeSections: readonly ShippedSection[] = [
  section('evaluation-ergotherapie', '1.0', {
    title: 'Évaluation ergothérapique au domicile', description: 'Habitudes, activités, transferts, logement pièce par pièce, aides techniques et préconisations.',
    professions: ['occupational-therapist'], theme: 'autonomy', source: 'Rédaction propre. La MCRO (© CAOT) et l’AMPS ne sont pas reproduites.',
  }, [
    group('demande', 'Demande', [
      text('motif', 'Demande', { required: true }),
      choices('presents', 'Présents', [['personne', 'La personne'], ['aidant', 'Aidant'], ['aide-domicile', 'Aide à domicile'], ['professionnel', 'Autre professionnel']]),
      text('sante', 'Maladie, handicap, évolution'),
      choice('lateralite', 'Main dominante', [['droite', 'Droite'], ['gauche', 'Gauche']]),
      choices('droits', 'Droits ouverts ou demandés', [
        ['apa', 'APA'], ['pch', 'PCH'], ['mdph', 'Dossier MDPH'], ['caisse', 'Caisse de retraite'], ['maprimeadapt', 'MaPrimeAdapt’'], ['aucun', 'Aucun'],
      ]),
      text('habitudes', 'Journée type, rôles, ce qui compte'),
    ]),
    group('activites', 'Activités', [
      done('toilette', 'Se laver'),
      done('habillage', 'S’habiller'),
      done('wc', 'Aller aux toilettes'),
      done('repas', 'Préparer un repas'),
      done('manger', 'Manger'),
      done('menage', 'Faire le ménage'),
      done('courses', 'Faire les courses'),
      done('telephone', 'Téléphoner'),
      done('papiers', 'Gérer papiers et argent'),
      done('medicaments', 'Prendre ses médicaments'),
      done('sortir', 'Sortir, se déplacer dehors'),
      done('conduire', 'Conduire'),
      done('loisirs', 'Loisirs'),
    ]),
    group('priorites', 'Activités choisies par la personne', [
      text('priorite-activite', 'Activité'),
      whole('priorite-importance', 'Importance (0 à 10)', { min: 0, max: 10 }),
      whole('priorite-realisation', 'Y arrive (0 à 10)', { min: 0, max: 10 }),
      whole('priorite-satisfaction', 'Satisfaction (0 à 10)', { min: 0, max: 10 }),
    ], { repeats: true, grid: true }),
    group('capacites', 'Capacités', [
      choice('marche', 'Déplacement', [
        ['seul', 'Sans aide technique'], ['canne', 'Canne'], ['deambulateur', 'Déambulateur'], ['fauteuil-manuel', 'Fauteuil manuel'],
        ['fauteuil-electrique', 'Fauteuil électrique'], ['alite', 'Alité(e)'],
      ]),
      done('lit', 'Se lever du lit'),
      done('chaise', 'Se lever du fauteuil'),
      done('baignoire', 'Entrer dans la douche ou la baignoire'),
      done('escalier', 'Escalier'),
      choice('prehension', 'Préhension', [['bonne', 'Bonne'], ['diminuee', 'Diminuée'], ['une-main', 'D’une main'], ['absente', 'Absente']]),
      choices('fonctions', 'Fonctions à prendre en compte', [
        ['vue', 'Vue'], ['audition', 'Audition'], ['equilibre', 'Équilibre'], ['fatigue', 'Fatigue de l’aidant'], ['douleur', 'Douleur'], ['memoire', 'Mémoire'],
        ['attention', 'Attention, organisation'], ['negligence', 'Négligence'], ['humeur', 'Humeur'],
      ]),
      measure('douleur', '72514-3'),
      whole('chutes', 'Chutes en un an', { min: 0, max: 99, bands: [[0, 'Aucune', 'success'], [1, 'Une chute', 'warning'], [2, 'Chutes répétées', 'danger']] }),
    ]),
    group('logement', 'Logement', [
      choice('type', 'Type de logement', [['maison', 'Maison'], ['appartement', 'Appartement'], ['residence', 'Résidence'], ['foyer', 'Foyer']]),
      choice('statut', 'Occupation', [['proprietaire', 'Propriétaire'], ['locataire', 'Locataire'], ['bailleur', 'Bailleur social'], ['heberge', 'Hébergé(e)']]),
      choices('acces', 'Accès au logement', [
        ['plain-pied', 'De plain-pied'], ['marches', 'Marches'], ['ascenseur', 'Ascenseur'], ['porte', 'Porte étroite (moins de 80 cm)'], ['seuil', 'Seuil'],
        ['eclairage', 'Éclairage insuffisant'],
      ]),
      group('piece', 'Pièce', [
        choice('piece-nom', 'Pièce', [
          ['entree', 'Entrée, extérieur'], ['sejour', 'Séjour'], ['cuisine', 'Cuisine'], ['chambre', 'Chambre'], ['salle-eau', 'Salle d’eau'], ['wc', 'Toilettes'],
          ['escalier', 'Escalier'], ['circulation', 'Couloir'],
        ], { list: true, open: true }),
        text('piece-constat', 'Constat, mesures (cm)'),
        choice('piece-risque', 'Risque dans la pièce', [['faible', 'Faible'], ['moyen', 'Moyen'], ['fort', 'Fort']]),
        text('piece-preconisation', 'Préconisation'),
        photo('piece-photo', 'Photo', { repeats: true }),
      ], { repeats: true }),
    ]),
    group('preconisations', 'Préconisations', [
      group('aide', 'Aide technique ou aménagement', [
        text('aide-nom', 'Aide ou aménagement'),
        choice('aide-etat', 'État de l’aide', [
          ['essayee', 'Essayée'], ['a-essayer', 'À essayer'], ['prescrire', 'À prescrire'], ['demandee', 'Financement demandé'], ['installee', 'Installée'],
        ]),
        choice('aide-priorite', 'Priorité de l’aide', [['immediate', 'Immédiate'], ['mois', 'Dans le mois'], ['ensuite', 'Ensuite']]),
      ], { repeats: true, grid: true }),
      choices('accompagnement', 'Accompagnement', [
        ['entrainement', 'Mise en situation, entraînement'], ['aidant', 'Gestes de l’aidant'], ['energie', 'Économie d’effort'], ['memoire', 'Repères, aide-mémoire'],
        ['numerique', 'Domotique, téléalarme'], ['prescription', 'Demande au médecin'], ['dossier', 'Dossier de financement'],
      ]),
      longText('synthese', 'Synthèse', { required: true }),
      day('revoir', 'À revoir le'),
      problem('ergo-probleme', 'Inscrire aux problèmes', [
        ['R29.6', 'Chutes à répétition'], ['Z73.6', 'Limitation d’activités due à un handicap'], ['Z59.1', 'Logement inadapté'],
      ]),
    ]),
  ]),
  section('bilan-psychomoteur', '1.0', {
    title: 'Bilan psychomoteur', description: 'Demande, tonus, motricité, schéma corporel, espace et temps, graphisme, attention, relation, projet.',
    professions: ['psychomotor-therapist'], theme: 'child',
    source: 'Rédaction propre. Les épreuves étalonnées (M-ABC, BHK, NP-MOT…) appartiennent à leurs éditeurs : seuls leurs résultats se saisissent.',
  }, [
    group('demande', 'Demande', [
      text('motif', 'Motif', { required: true }),
      text('prescription', 'Prescription'),
      choice('age', 'Âge de la personne', [
        ['bebe', 'Bébé'], ['enfant', 'Enfant'], ['adolescent', 'Adolescent'], ['adulte', 'Adulte'], ['age', 'Personne âgée'],
      ], { required: true }),
      text('developpement', 'Naissance, développement', { when: [is('age', 'bebe'), is('age', 'enfant'), is('age', 'adolescent')], any: true }),
      text('scolarite', 'École, aménagements', { when: [is('age', 'enfant'), is('age', 'adolescent')], any: true }),
      text('suivis', 'Suivis, diagnostics'),
      longText('attentes', 'Attentes'),
    ]),
    group('comportement', 'Pendant le bilan', [
      choices('attitude', 'Attitude', [
        ['engage', 'Engagé'], ['anxieux', 'Anxieux'], ['agite', 'Agité'], ['impulsif', 'Impulsif'], ['lent', 'Lent'], ['fatigable', 'Fatigable'], ['oppose', 'Opposé'],
        ['inhibe', 'Inhibé'],
      ]),
      choice('relation', 'Relation', [['aisee', 'Aisée'], ['progressive', 'Progressive'], ['difficile', 'Difficile']]),
    ]),
    group('domaines', 'Domaines', [
      seen('tonus', 'Tonus, posture'),
      seen('equilibre', 'Équilibre'),
      seen('coordinations', 'Coordinations globales'),
      seen('motricite-fine', 'Motricité fine, dextérité'),
      seen('praxies', 'Praxies'),
      seen('schema-corporel', 'Schéma corporel, image du corps'),
      seen('lateralite', 'Latéralité'),
      seen('espace', 'Espace'),
      seen('temps', 'Temps, rythme'),
      seen('graphisme', 'Graphomotricité, écriture'),
      seen('attention', 'Attention, inhibition, planification'),
      seen('sensoriel', 'Traitement sensoriel'),
      seen('emotions', 'Régulation émotionnelle'),
    ]),
    group('precisions', 'Précisions', [
      choice('main', 'Main utilisée', [['droite', 'Droite'], ['gauche', 'Gauche'], ['non-fixee', 'Non fixée']]),
      choices('tonus-signes', 'Particularités du tonus', [
        ['hypotonie', 'Hypotonie'], ['hypertonie', 'Hypertonie'], ['paratonies', 'Paratonies'], ['syncinesies', 'Syncinésies'], ['asymetrie', 'Asymétrie'],
      ]),
      choices('ecriture', 'Particularités de l’écriture', [
        ['prise', 'Prise de l’outil'], ['lente', 'Lente'], ['illisible', 'Peu lisible'], ['douleur', 'Douloureuse'], ['crispee', 'Crispée'],
      ], { when: [is('graphisme', 'fragile'), is('graphisme', 'deficitaire')], any: true }),
      longText('observations', 'Observations'),
    ]),
    group('epreuves', 'Épreuves étalonnées', [
      text('epreuve', 'Épreuve'),
      text('epreuve-brut', 'Résultat brut'),
      text('epreuve-norme', 'Écart type ou centile'),
      choice('epreuve-niveau', 'Niveau à l’épreuve', level),
    ], { repeats: true, grid: true }),
    group('projet', 'Conclusion et projet', [
      longText('conclusion', 'Diagnostic psychomoteur', { required: true }),
      text('retentissement', 'Retentissement (école, maison, travail)'),
      text('objectifs', 'Objectifs'),
      choices('moyens', 'Moyens proposés', [
        ['individuel', 'Séances individuelles'], ['groupe', 'Groupe'], ['relaxation', 'Relaxation'], ['graphomotricite', 'Graphomotricité'],
        ['guidance', 'Accompagnement des parents'], ['amenagements', 'Aménagements'], ['ordinateur', 'Outil numérique, avec l’ergothérapeute'],
      ]),
      whole('seances', 'Nombre de séances', { min: 1, max: 100 }),
      choices('avis', 'À demander', [
        ['medecin', 'Médecin, neuropédiatre'], ['orthophoniste', 'Orthophoniste'], ['ergo', 'Ergothérapeute'], ['orthoptiste', 'Orthoptiste'],
        ['neuropsy', 'Neuropsychologue'], ['pco', 'Plateforme de coordination (TND)'], ['ecole', 'École'], ['mdph', 'MDPH'],
      ]),
      problem('psychomot-probleme', 'Inscrire aux problèmes', [
        ['F82', 'Trouble développemental de la coordination'], ['F90.0', 'TDAH'], ['F84.0', 'Trouble du spectre de l’autisme'], ['R27.8', 'Trouble de la coordination'],
      ]),
      longText('pour-medecin', 'À dire au prescripteur'),
    ]),
  ]),
  section('aidant', '1.0', {
    title: 'Point avec l’aidant', description: 'Ce que fait l’aidant, sa charge, sa santé, le répit possible.',
    professions: ['nurse', 'advanced-practice-nurse', 'asalee-nurse', 'physician', 'psychologist', 'occupational-therapist', 'psychomotor-therapist'],
    theme: 'autonomy', source: 'Rédaction propre. L’échelle de Zarit (© S. Zarit, distribuée sous licence) n’est pas reproduite : seul le total se saisit.',
  }, [
    group('situation', 'Situation', [
      text('aidant-nom', 'Aidant (nom, lien)', { required: true }),
      yesNo('cohabite', 'Vit avec la personne'),
      yesNo('travaille', 'Travaille'),
      whole('heures', 'Heures d’aide par semaine', { min: 0, max: 168 }),
      formula('heures-jour', 'Soit par jour', '{{heures}} / 7', {
        decimals: 1, bands: [[0, 'Moins de six heures', 'neutral'], [6, 'Six heures ou plus : à soulager', 'warning']],
      }),
      choices('taches', 'Ce que fait l’aidant', [
        ['toilette', 'Toilette'], ['repas', 'Repas'], ['medicaments', 'Médicaments'], ['nuit', 'Nuits'], ['deplacements', 'Déplacements'], ['papiers', 'Papiers'],
        ['surveillance', 'Surveillance'], ['soins', 'Soins'],
      ]),
    ]),
    group('charge', 'Charge', [
      choice('fatigue', 'Fatigue de l’aidant', [['non', 'Non'], ['parfois', 'Parfois'], ['souvent', 'Souvent'], ['epuise', 'Épuisé(e)']]),
      choice('sommeil', 'Sommeil de l’aidant', [['bon', 'Bon'], ['coupe', 'Coupé'], ['mauvais', 'Mauvais']]),
      choice('soins-propres', 'Ses propres soins', [['faits', 'Faits'], ['reportes', 'Reportés']]),
      choice('isolement', 'Sorties, amis', [['oui', 'Comme avant'], ['moins', 'Moins'], ['plus', 'Plus du tout']]),
      whole('zarit', 'Zarit (22 questions), total sur 88', {
        min: 0, max: 88,
        bands: [[0, 'Charge faible ou absente', 'success'], [21, 'Charge légère à modérée', 'warning'], [41, 'Charge modérée à sévère', 'danger'], [61, 'Charge sévère', 'danger']],
      }),
      yesNo('craque', 'A peur de craquer ou d’être violent(e)'),
      note('craque-note', 'Mettre en place un répit rapidement et prévenir le médecin ; 3977 en cas de maltraitance.', { when: is('craque', true) }),
    ]),
    group('suite', 'Suite', [
      choices('repit', 'Répit et aides à proposer', [
        ['accueil-jour', 'Accueil de jour'], ['temporaire', 'Hébergement temporaire'], ['relayage', 'Relayage à domicile'], ['aide', 'Plus d’aide à domicile'],
        ['plateforme', 'Plateforme de répit'], ['groupe', 'Groupe d’aidants'], ['psychologue', 'Psychologue'], ['conge', 'Congé et allocation de proche aidant'],
        ['medecin', 'Son médecin'],
      ]),
      longText('aidant-synthese', 'Synthèse'),
    ]),
  ]),
];
