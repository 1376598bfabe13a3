import { choice, choices, day, formula, group, is, longText, measure, note, type Option, problem, quantity, section, type ShippedSection, text, whole, yesCount, yesNo } from './build.ts';

const done: readonly Option[] = [['fait', 'À jour'], ['a-faire', 'À faire'], ['prescrit', 'Prescrit'], ['refus', 'Non souhaité'], ['sans-objet', 'Sans objet']];
const bp = [measure('pas', '8480-6', { label: 'Systolique' }), measure('pad', '8462-4', { label: 'Diastolique' })];

export const followupSections: readonly ShippedSection[] = [
  section('suivi-diabete', '1.0', {
    title: 'Diabète de type 2 : bilan annuel', description: 'Équilibre, complications, examens dus, traitement et objectif.',
    professions: ['physician', 'advanced-practice-nurse', 'asalee-nurse', 'nurse'], theme: 'diabetes',
    source: 'Rédaction propre, d’après HAS, stratégie thérapeutique du patient vivant avec un diabète de type 2, 2024, et guide du parcours de soins.',
  }, [
    group('equilibre', 'Équilibre', [
      measure('hba1c', '4548-4', { back: 120, required: true }),
      quantity('cible', 'HbA1c visée', '%', '%', { min: 5, max: 10, decimals: 1 }),
      formula('ecart', 'Écart à la cible (points)', '{{hba1c}} - {{cible}}', {
        decimals: 1,
        bands: [[-20, 'Bien en dessous de la cible : hypoglycémie à craindre sous sulfamide ou insuline', 'warning'], [-1.5, 'À la cible', 'success'], [0.1, 'Au-dessus de la cible', 'warning'], [1, 'Nettement au-dessus de la cible', 'danger']],
      }),
      choice('hypo', 'Hypoglycémies', [['aucune', 'Aucune'], ['rares', 'Rares'], ['frequentes', 'Fréquentes'], ['severe', 'Avec aide d’un tiers']]),
      choice('autosurveillance', 'Autosurveillance', [['non', 'Sans objet'], ['lecteur', 'Lecteur'], ['capteur', 'Capteur']]),
    ]),
    group('mesures', 'Mesures', [
      measure('poids', '29463-7', { back: 30 }),
      measure('taille', '8302-2', { back: 3650 }),
      formula('imc', 'IMC (kg/m²)', '{{poids}} / (({{taille}} / 100) * ({{taille}} / 100))', { decimals: 1 }),
      measure('tour-taille', '8280-0', { back: 365 }),
      ...bp,
      measure('ldl', '2089-1', { back: 365 }),
      measure('dfg', '62238-1', {
        back: 365, bands: [[0, 'Insuffisance rénale sévère', 'danger'], [30, 'Insuffisance rénale modérée', 'warning'], [60, 'Conservé', 'success']],
      }),
      measure('rac', '9318-7', { back: 365, bands: [[0, 'Normale', 'success'], [30, 'Albuminurie modérée', 'warning'], [300, 'Albuminurie sévère', 'danger']] }),
    ]),
    group('depistage', 'Complications', [
      choice('oeil', 'Fond d’œil', done),
      choice('pied', 'Pied, grade', [['0', 'Grade 0'], ['1', 'Grade 1'], ['2', 'Grade 2'], ['3', 'Grade 3'], ['a-faire', 'À faire']]),
      choice('rein', 'Bilan rénal', done),
      choice('coeur', 'Cœur, ECG', done),
      choice('dents', 'Examen dentaire', done),
      choices('evenements', 'Depuis un an', [
        ['cardio', 'Événement cardiovasculaire'], ['insuffisance-cardiaque', 'Insuffisance cardiaque'], ['hospitalisation', 'Hospitalisation'],
        ['infection', 'Infection'], ['steatose', 'Foie : FIB-4 élevé'], ['apnees', 'Apnées du sommeil'], ['humeur', 'Humeur'],
      ]),
    ]),
    group('conduite', 'Vie et traitement', [
      whole('activite', 'Activité physique (min par semaine)', { min: 0, max: 5000, bands: [[0, 'Insuffisante', 'warning'], [150, 'Recommandée', 'success']] }),
      choice('tabac', 'Tabac', [['non', 'Non'], ['ancien', 'Arrêté'], ['oui', 'Oui']]),
      text('traitement', 'Traitement, observance'),
      choices('protection', 'Protection cardio-rénale', [
        ['gliflozine', 'Gliflozine'], ['glp1', 'Analogue du GLP-1'], ['statine', 'Statine'], ['iec', 'IEC ou sartan'], ['a-discuter', 'À discuter'],
      ]),
      choice('vaccins', 'Grippe, pneumocoque, Covid-19', done),
      choices('equipe', 'Proposer', [
        ['asalee', 'Infirmier Asalée, IPA'], ['dieteticien', 'Diététicien'], ['podologue', 'Pédicure-podologue'], ['apa', 'Activité physique adaptée'],
        ['etp', 'Éducation thérapeutique'], ['diabetologue', 'Diabétologue'], ['orthoptiste', 'Rétinographie'],
      ]),
    ]),
    group('conclusion', 'Conclusion', [
      text('objectif', 'Objectif de la personne'),
      longText('decision', 'Décision', { required: true }),
      problem('diabete-probleme', 'Inscrire aux problèmes', [
        ['E11.9', 'Diabète de type 2'], ['H36.0', 'Rétinopathie diabétique'], ['N08.3', 'Néphropathie diabétique'], ['G63.2', 'Neuropathie diabétique'],
      ]),
      day('prochain', 'Prochain bilan'),
    ]),
  ]),
  section('insuffisance-cardiaque', '1.0', {
    title: 'Insuffisance cardiaque : surveillance', description: 'Poids de référence, quatre signes d’alerte, constantes, traitement et conduite.',
    professions: ['nurse', 'advanced-practice-nurse', 'asalee-nurse', 'physician', 'pharmacist'], theme: 'assessment',
    source: 'Rédaction propre, d’après HAS, guide du parcours de soins, et les quatre signes d’alerte (essoufflement, poids, œdèmes, fatigue) de l’Assurance maladie. Essoufflement : classes de la NYHA, en résumé.',
  }, [
    group('poids-suivi', 'Poids', [
      measure('poids', '29463-7'),
      quantity('poids-reference', 'Poids de référence', 'kg', 'kg', { min: 25, max: 300, decimals: 1, help: 'Le poids sans œdème, fixé avec le médecin.' }),
      quantity('poids-3-jours', 'Poids il y a trois jours', 'kg', 'kg', { min: 25, max: 300, decimals: 1 }),
      formula('prise-reference', 'Écart au poids de référence (kg)', '{{poids}} - {{poids-reference}}', {
        decimals: 1,
        bands: [[-200, 'En dessous : déshydratation, dénutrition ?', 'warning'], [-2, 'Stable', 'success'], [2, 'Prise de poids : prévenir le médecin', 'danger']],
      }),
      formula('prise-3-jours', 'Prise en trois jours (kg)', '{{poids}} - {{poids-3-jours}}', {
        decimals: 1, bands: [[-200, 'Pas de prise', 'success'], [1.1, 'À repeser demain', 'warning'], [2, 'Prise rapide : prévenir le médecin', 'danger']],
      }),
    ]),
    group('signes', 'Signes d’alerte', [
      choice('nyha', 'Essoufflement', [
        ['1', 'I : aucun dans la vie courante'], ['2', 'II : effort important'], ['3', 'III : effort modéré'], ['4', 'IV : au repos'],
      ], { required: true }),
      yesNo('essoufflement', 'Essoufflement nouveau ou aggravé'),
      yesNo('poids-pris', 'Prise de poids rapide'),
      yesNo('oedemes', 'Pieds, chevilles ou ventre gonflés'),
      yesNo('fatigue', 'Fatigue inhabituelle'),
      yesCount('alertes-nombre', 'Signes, sur quatre', ['essoufflement', 'poids-pris', 'oedemes', 'fatigue'], { bands: [[0, 'Aucun', 'success'], [1, 'Décompensation possible : avis médical', 'danger']] }),
      choices('autres', 'Autres signes', [
        ['orthopnee', 'Dort assis, plusieurs oreillers'], ['toux', 'Toux la nuit'], ['vertiges', 'Vertiges, malaise'], ['palpitations', 'Palpitations'],
        ['appetit', 'Perte d’appétit'], ['confusion', 'Confusion'],
      ]),
      note('nyha-note', 'Essoufflement au repos, malaise ou confusion : appeler le 15.', {
        when: [is('nyha', '4'), is('autres', 'vertiges'), is('autres', 'confusion')], any: true,
      }),
    ]),
    group('constantes', 'Constantes', [
      ...bp,
      measure('fc', '8867-4'),
      measure('spo2', '2708-6'),
      measure('potassium', '2823-3', { back: 90 }),
      measure('dfg', '62238-1', { back: 90 }),
    ]),
    group('vie', 'Traitement et vie', [
      choice('traitement', 'Traitement', [['pris', 'Bien pris'], ['oublis', 'Oublis'], ['effets', 'Effets gênants'], ['arret', 'Arrêt partiel']]),
      choices('a-risque', 'À éviter, trouvé', [
        ['ains', 'Anti-inflammatoire'], ['effervescent', 'Comprimé effervescent'], ['potassium', 'Sel de potassium'], ['sel', 'Plats très salés'],
        ['decongestionnant', 'Décongestionnant'],
      ]),
      choice('pesee', 'Se pèse', [['quotidien', 'Chaque jour'], ['parfois', 'Parfois'], ['jamais', 'Jamais']]),
      choice('vaccins', 'Grippe, pneumocoque, Covid-19', done),
    ]),
    group('conduite', 'Conduite', [
      choice('decision', 'Décision', [
        ['stable', 'Stable, surveillance habituelle'], ['rapprochee', 'Surveillance rapprochée'], ['medecin', 'Médecin prévenu'],
        ['diuretique', 'Diurétique adapté selon protocole'], ['urgence', 'Urgence'],
      ], { required: true }),
      longText('coeur-commentaire', 'Commentaire'),
      day('prochaine', 'Prochaine visite'),
    ]),
  ]),
  section('bilan-prevention', '1.0', {
    title: 'Bilan de prévention', description: 'Habitudes, dépistages, vaccins, moral, projet ; aux âges clés ou à la demande.',
    professions: ['physician', 'nurse', 'midwife', 'pharmacist', 'advanced-practice-nurse', 'medical-assistant', 'asalee-nurse'], theme: 'prevention',
    source: 'Rédaction propre, sur les thèmes de « Mon bilan prévention » (18-25, 45-50, 60-65 et 70-75 ans).',
  }, [
    group('priorite', 'Ce qui compte', [
      text('attente', 'Ce que la personne veut aborder'),
      choice('sante-ressentie', 'Sa santé lui paraît', [['bonne', 'Bonne'], ['moyenne', 'Moyenne'], ['mauvaise', 'Mauvaise']]),
    ]),
    group('mesures', 'Mesures', [
      measure('poids', '29463-7', { back: 90 }),
      measure('taille', '8302-2', { back: 3650 }),
      formula('imc', 'IMC (kg/m²)', '{{poids}} / (({{taille}} / 100) * ({{taille}} / 100))', {
        decimals: 1, bands: [[0, 'Insuffisance pondérale', 'warning'], [18.5, 'Corpulence normale', 'success'], [25, 'Surpoids', 'neutral'], [30, 'Obésité', 'warning']],
      }),
      ...bp,
    ]),
    group('habitudes', 'Habitudes', [
      whole('activite', 'Activité physique (min par semaine)', { min: 0, max: 5000, bands: [[0, 'Insuffisante', 'warning'], [150, 'Recommandée', 'success']] }),
      whole('assis', 'Heures assises par jour', { min: 0, max: 24, bands: [[0, 'Peu', 'success'], [8, 'Beaucoup : se lever chaque heure', 'warning']] }),
      choice('fruits', 'Fruits et légumes', [['peu', 'Moins de deux par jour'], ['moyen', 'Deux à quatre'], ['cinq', 'Cinq ou plus']]),
      choice('sommeil', 'Sommeil', [['bon', 'Bon'], ['moyen', 'Moyen'], ['mauvais', 'Mauvais']]),
      choice('ecrans', 'Écrans', [['equilibre', 'Équilibré'], ['gene', 'Gêne le sommeil ou la vie']]),
      choices('produits', 'À ouvrir avec le volet dédié', [
        ['tabac', 'Tabac'], ['alcool', 'Alcool'], ['moral', 'Moral'], ['chute', 'Chute'], ['memoire', 'Mémoire'], ['sexuelle', 'Santé sexuelle'],
      ]),
    ]),
    group('depistages', 'Dépistages et vaccins', [
      choice('colon', 'Colorectal (50-74 ans)', done),
      choice('sein', 'Sein (femmes, 50-74 ans)', done),
      choice('col', 'Col de l’utérus (femmes, 25-65 ans)', done),
      choice('vaccins', 'Vaccins', done),
      choice('dents', 'Dentiste', done),
      choice('vue', 'Vue contrôlée', done),
      choice('audition', 'Audition contrôlée', done),
      choice('cardio', 'Glycémie, cholestérol', done),
      choice('peau', 'Peau contrôlée', done),
      choice('os', 'Os (après la ménopause)', done),
    ]),
    group('vie', 'Vie', [
      choices('situation', 'À signaler', [
        ['isolement', 'Isolement'], ['aidant', 'Aidant'], ['travail', 'Travail'], ['precarite', 'Ressources, droits'], ['violences', 'Violences'],
        ['environnement', 'Logement, air, bruit'],
      ]),
      yesNo('triste', 'Triste ou sans intérêt depuis deux semaines'),
      note('triste-note', 'Ouvrir le volet PHQ-9, ou mini-GDS après 65 ans.', { when: is('triste', true) }),
    ]),
    group('plan', 'Plan de prévention', [
      group('action', 'Action', [
        text('action-mots', 'Action choisie'),
        choice('action-avec', 'Avec l’aide de', [
          ['seul', 'Seul(e)'], ['medecin', 'Médecin'], ['infirmier', 'Infirmier'], ['pharmacien', 'Pharmacien'], ['sage-femme', 'Sage-femme'],
          ['dieteticien', 'Diététicien'], ['kine', 'Kinésithérapeute'], ['association', 'Association'],
        ], { list: true }),
        day('action-date', 'Avant le'),
      ], { repeats: true, grid: true }),
      whole('confiance', 'Confiance pour y arriver (0 à 10)', { min: 0, max: 10 }),
      longText('prevention-synthese', 'Synthèse'),
    ]),
  ]),
  section('suivi-ipa', '1.0', {
    title: 'Suivi en pratique avancée', description: 'Pathologies chroniques stabilisées : entretien, examen, adaptation, retour au médecin.',
    professions: ['advanced-practice-nurse'], theme: 'assessment', source: 'Rédaction propre, sur le cadre de la pratique avancée (arrêté du 18 juillet 2018 modifié).',
  }, [
    group('cadre', 'Cadre', [
      choice('consultation', 'Consultation', [
        ['initiale', 'Bilan initial'], ['suivi', 'Suivi'], ['ponctuelle', 'Ponctuelle'], ['distance', 'À distance'],
      ], { required: true }),
      choices('pathologies', 'Suivi pour', [
        ['hta', 'Hypertension'], ['diabete', 'Diabète'], ['coronaire', 'Maladie coronaire'], ['ic', 'Insuffisance cardiaque'], ['avc', 'AVC'],
        ['arterite', 'Artériopathie'], ['bpco', 'BPCO, insuffisance respiratoire'], ['demence', 'Alzheimer et apparentées'], ['parkinson', 'Parkinson'],
        ['epilepsie', 'Épilepsie'], ['rein', 'Maladie rénale'], ['cancer', 'Oncologie'], ['psychiatrie', 'Santé mentale'],
      ]),
      text('objectif-medecin', 'Objectif fixé avec le médecin'),
    ]),
    group('entretien', 'Entretien', [
      longText('depuis', 'Depuis la dernière fois', { required: true }),
      choices('signes', 'Signes présents', [
        ['dyspnee', 'Essoufflement'], ['thorax', 'Douleur thoracique'], ['oedemes', 'Œdèmes'], ['poids', 'Prise de poids rapide'], ['palpitations', 'Palpitations'],
        ['malaise', 'Malaise'], ['deficit', 'Déficit, parole'], ['hypo', 'Hypoglycémie'], ['fievre', 'Fièvre'], ['chute', 'Chute'], ['humeur', 'Humeur'],
      ]),
      note('signes-alerte', 'Douleur thoracique ou déficit récent : appeler le 15.', { when: [is('signes', 'thorax'), is('signes', 'deficit')], any: true }),
      choice('observance', 'Traitement', [['bon', 'Bien pris'], ['oublis', 'Oublis'], ['arret', 'Arrêt partiel'], ['effets', 'Effets gênants']]),
    ]),
    group('examen', 'Examen', [
      ...bp,
      measure('fc', '8867-4'),
      measure('spo2', '2708-6'),
      measure('poids', '29463-7'),
      measure('temperature', '8310-5'),
      measure('hba1c', '4548-4', { back: 120 }),
      measure('dfg', '62238-1', { back: 365 }),
      measure('potassium', '2823-3', { back: 180 }),
      longText('examen-clinique', 'Examen clinique'),
      choices('examens', 'Prescrits ou renouvelés', [
        ['biologie', 'Biologie'], ['ecg', 'ECG'], ['holter', 'Automesure, MAPA'], ['dispositif', 'Dispositif médical'], ['imagerie', 'Imagerie'],
        ['renouvellement', 'Traitement renouvelé'], ['adaptation', 'Dose adaptée'],
      ]),
    ]),
    group('conclusion', 'Conclusion', [
      choice('situation', 'Situation', [
        ['stable', 'Stable'], ['ajuster', 'À ajuster'], ['medecin', 'À revoir par le médecin'], ['urgence', 'Urgence'],
      ], { required: true }),
      text('motif-retour', 'Pourquoi le médecin', { required: true, when: [is('situation', 'medecin'), is('situation', 'urgence')], any: true }),
      choice('delai', 'Délai de la consultation médicale', [
        ['jour', 'Aujourd’hui'], ['48h', 'Sous 48 h'], ['semaine', 'Dans la semaine'], ['mois', 'Dans le mois'],
      ], { when: is('situation', 'medecin') }),
      longText('synthese', 'Synthèse et objectifs', { required: true }),
      whole('importance', 'Importance pour la personne (0 à 10)', { min: 0, max: 10 }),
      day('prochaine', 'Prochaine consultation'),
    ]),
  ]),
];
