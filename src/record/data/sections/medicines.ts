import { choice, choices, day, group, is, longText, measure, note, problem, section, type ShippedSection, text, whole, yesCount, yesNo } from './build.ts';

const habits: readonly (readonly [id: string, words: string])[] = [['oubli', 'En a oublié la semaine passée'], ['manque', 'S’est retrouvé(e) sans médicament'],
  ['horaire', 'Les prend souvent en retard'], ['arret', 'En a arrêté un sans le dire'], ['trop', 'Trouve qu’il y en a trop'],
  ['doute', 'Doute de leur utilité ou en craint les effets']];

export const medicineSections: readonly ShippedSection[] = [
  section('bilan-medication', '1.0', {
    title: 'Bilan partagé de médication', description: 'Recueil, analyse ligne à ligne, propositions au médecin et entretien de conseil.',
    professions: ['pharmacist', 'physician', 'advanced-practice-nurse', 'nurse'], theme: 'medicine',
    source: 'Étapes : convention nationale pharmaceutique et Société française de pharmacie clinique, mémo de décembre 2017. Rédaction propre.',
  }, [
    group('cadre', 'Cadre', [
      choice('etape', 'Étape du bilan', [
        ['recueil', 'Entretien de recueil'], ['analyse', 'Analyse'], ['conseil', 'Entretien de conseil'], ['suivi', 'Suivi de l’observance'],
      ], { required: true }),
      choice('eligible', 'Critère d’inclusion', [
        ['65', '65 ans ou plus, cinq médicaments ou plus depuis six mois'], ['80', 'Plus de 80 ans, dix lignes ou plus, prescrit par le médecin traitant'],
        ['demande', 'Demande du médecin, de l’équipe ou du patient'],
      ]),
      choices('sources', 'Sources croisées', [
        ['patient', 'Patient, aidant'], ['ordonnances', 'Ordonnances'], ['dp', 'Dossier pharmaceutique'], ['dossier', 'Dossier partagé'], ['boites', 'Boîtes, pilulier'],
        ['hopital', 'Lettre d’hôpital'], ['medecin', 'Médecin'], ['infirmier', 'Infirmier'],
      ]),
      yesNo('accord', 'Accord du patient', { required: true }),
    ]),
    group('terrain', 'Terrain', [
      measure('poids', '29463-7', { back: 180 }),
      measure('dfg', '62238-1', {
        back: 365,
        bands: [[0, 'Insuffisance rénale terminale', 'danger'], [15, 'Insuffisance rénale sévère : adapter', 'danger'], [30, 'Insuffisance rénale modérée : adapter', 'warning'], [60, 'Conservé', 'success']],
      }),
      measure('potassium', '2823-3', { back: 180 }),
      measure('inr', '6301-6', { back: 60 }),
      measure('pas', '8480-6', { label: 'Systolique', back: 90 }),
      measure('pad', '8462-4', { label: 'Diastolique', back: 90 }),
      choices('fragilites', 'Fragilités', [
        ['chute', 'Chute dans l’année'], ['memoire', 'Mémoire'], ['denutrition', 'Dénutrition'], ['deglutition', 'Déglutition'], ['vue', 'Vue, main'], ['foie', 'Foie'],
        ['hospitalisation', 'Hospitalisation récente'], ['alcool', 'Alcool'],
      ]),
    ]),
    group('gestion', 'Gestion', [
      choice('preparation', 'Médicaments préparés par', [['patient', 'Le patient'], ['proche', 'Un proche'], ['infirmier', 'Un infirmier'], ['pharmacie', 'La pharmacie']]),
      choice('pilulier', 'Pilulier', [['oui', 'Oui'], ['non', 'Non'], ['proposer', 'À proposer']]),
      choices('difficultes', 'Difficultés de prise', [
        ['avaler', 'Avaler'], ['ouvrir', 'Ouvrir, couper'], ['lire', 'Lire'], ['inhaler', 'Inhaler, injecter, gouttes'], ['comprendre', 'Comprendre'],
        ['nombre', 'Nombre de prises'],
      ]),
      text('automedication', 'Automédication, plantes, compléments'),
      ...habits.map(([id, words]) => yesNo(id, words)),
      yesCount('observance', 'Difficultés d’observance, sur six', habits.map(([id]) => id), {
        bands: [[0, 'Bonne observance', 'success'], [1, 'Difficultés minimes', 'warning'], [3, 'Observance insuffisante', 'danger']],
      }),
      choices('effets', 'Effets gênants', [
        ['chute', 'Chute, vertiges'], ['confusion', 'Confusion, somnolence'], ['digestif', 'Digestif'], ['saignement', 'Saignement'], ['hypotension', 'Hypotension'],
        ['hypoglycemie', 'Hypoglycémie'], ['bouche', 'Bouche sèche'], ['urinaire', 'Urinaire'], ['peau', 'Peau'],
      ]),
    ]),
    group('traitement', 'Traitement revu', [
      text('medicament', 'Médicament, dosage'),
      text('posologie', 'Posologie prescrite'),
      text('pris', 'Pris en réalité'),
      choice('sait', 'Sait pourquoi', [['oui', 'Oui'], ['non', 'Non']]),
      choice('constat', 'Constat du pharmacien', [
        ['rien', 'Rien'], ['sans-indication', 'Sans indication'], ['non-traitee', 'Indication non traitée'], ['dose', 'Dose'], ['rein', 'Fonction rénale'],
        ['interaction', 'Interaction'], ['redondance', 'Redondance'], ['inapproprie', 'Inapproprié à cet âge'], ['effet', 'Effet indésirable'],
        ['observance', 'Non pris'], ['forme', 'Forme, horaire'], ['surveillance', 'Surveillance manquante'],
      ], { list: true }),
      text('proposition', 'Proposition'),
      choice('reponse', 'Réponse du médecin', [
        ['attente', 'En attente'], ['acceptee', 'Acceptée'], ['modifiee', 'Acceptée autrement'], ['refusee', 'Non retenue'],
      ], { list: true }),
    ], { repeats: true, grid: true }),
    group('vigilance', 'Associations et classes à surveiller', [
      choices('classes', 'Associations et classes présentes', [
        ['triple', 'AINS avec diurétique et IEC ou sartan'], ['deux-psychotropes', 'Deux psychotropes ou plus'], ['benzo', 'Benzodiazépine au long cours'],
        ['anticholinergique', 'Anticholinergique'], ['anticoagulant', 'Anticoagulant'], ['antiagregant', 'Anticoagulant et antiagrégant'],
        ['hypoglycemiant', 'Sulfamide, insuline'], ['ipp', 'IPP sans indication'], ['qt', 'Allongement du QT'], ['opioide', 'Opioïde'], ['potassium', 'Potassium'],
        ['ains', 'AINS'],
      ]),
      note('triple-note', 'Risque d’insuffisance rénale aiguë : à signaler au médecin.', { when: is('classes', 'triple') }),
    ]),
    group('synthese', 'Synthèse', [
      whole('nombre', 'Médicaments au long cours', {
        min: 0, max: 60, bands: [[0, 'Moins de cinq', 'success'], [5, 'Polymédication', 'warning'], [10, 'Polymédication importante', 'danger']],
      }),
      longText('conclusion', 'Synthèse pour le médecin', { required: true }),
      day('envoi', 'Transmise le'),
      choices('plan', 'Convenu avec le patient', [
        ['plan', 'Plan de prise remis'], ['dispositif', 'Dispositif montré'], ['pda', 'Préparation des doses'], ['tri', 'Boîtes triées'],
        ['pharmacovigilance', 'Effet déclaré'],
      ]),
      problem('medication-probleme', 'Inscrire aux problèmes', [['T88.7', 'Effet indésirable d’un médicament'], ['Z91.1', 'Difficulté d’observance']]),
      day('suivi', 'Prochain suivi'),
    ]),
  ]),
  section('entretien-anticoagulant', '1.0', {
    title: 'Entretien anticoagulant', description: 'AVK ou anticoagulant direct : prise, connaissances, surveillance, saignements.',
    professions: ['pharmacist', 'nurse', 'advanced-practice-nurse', 'physician', 'asalee-nurse'], theme: 'medicine',
    source: 'Rédaction propre, d’après les entretiens pharmaceutiques conventionnels.',
  }, [
    group('traitement', 'Traitement', [
      choice('classe', 'Classe', [['avk', 'AVK'], ['aod', 'Anticoagulant oral direct'], ['hbpm', 'HBPM']], { required: true }),
      text('molecule', 'Médicament et dose', { required: true }),
      choice('indication', 'Indication', [['fa', 'Fibrillation atriale'], ['mtev', 'Thrombose, embolie'], ['valve', 'Valve'], ['autre', 'Autre']]),
      text('duree', 'Durée prévue'),
      measure('inr', '6301-6', { back: 45, when: is('classe', 'avk') }),
      text('inr-cible', 'INR visé', { when: is('classe', 'avk') }),
      measure('dfg', '62238-1', { back: 365 }),
      measure('poids', '29463-7', { back: 180 }),
      measure('hb', '718-7', { back: 365 }),
    ]),
    group('savoirs', 'Sait', [['pourquoi', 'Sait pourquoi ce traitement'], ['heure', 'Sait à quelle heure, avec ou sans repas'],
      ['oubli', 'Sait que faire en cas d’oubli'], ['signes', 'Sait reconnaître un saignement'], ['ains', 'Sait ne pas prendre d’aspirine ou d’anti-inflammatoire'],
      ['geste', 'Sait prévenir avant un soin ou une opération'], ['carte', 'A sa carte ou son carnet']].map(([id, words]) => yesNo(id!, words!))),
    yesCount('acquis', 'Acquis, sur sept', ['pourquoi', 'heure', 'oubli', 'signes', 'ains', 'geste', 'carte'], { bands: [[0, 'À reprendre', 'danger'], [4, 'À compléter', 'warning'], [7, 'Acquis', 'success']] }),
    group('securite', 'Sécurité', [
      choices('saignements', 'Saignements', [
        ['gencives', 'Gencives, nez'], ['bleus', 'Bleus'], ['urines', 'Urines'], ['selles', 'Selles noires ou rouges'], ['aucun', 'Aucun'],
      ]),
      note('saignement-alerte', 'Urines ou selles : prévenir le médecin aujourd’hui.', { when: [is('saignements', 'urines'), is('saignements', 'selles')], any: true }),
      whole('oublis', 'Oublis en un mois', { min: 0, max: 60, bands: [[0, 'Aucun', 'success'], [1, 'À reprendre', 'warning'], [4, 'Fréquents', 'danger']] }),
      yesNo('chute', 'Chute récente'),
      text('interactions', 'Interactions, automédication'),
      longText('anticoagulant-suite', 'Suite de l’entretien'),
    ]),
  ]),
];
