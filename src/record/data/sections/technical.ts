import { choice, choices, day, formula, group, is, longText, measure, note, quantity, section, type ShippedSection, text, tickedCount, whole, yesNo } from './build.ts';

const identity = (prefix: string) => choices(`${prefix}-identite`, 'Identité vérifiée', [['dite', 'Nom, prénom, naissance dits par la personne'],
  ['piece', 'Pièce d’identité'], ['bracelet', 'Bracelet'], ['prescription', 'Identique à la prescription']], { required: true });
const magnet = [['pacemaker', 'Stimulateur, défibrillateur'], ['neuro', 'Neurostimulateur, pompe, implant électronique'], ['cochleaire', 'Implant cochléaire'],
  ['clip', 'Clip vasculaire cérébral'], ['valve', 'Valve cardiaque, stent récent'], ['valve-dvp', 'Valve de dérivation réglable'],
  ['eclat', 'Éclat métallique dans l’œil, travail du métal'], ['projectile', 'Balle, éclat'], ['prothese', 'Prothèse, matériel d’ostéosynthèse'],
  ['patch', 'Patch, capteur de glucose'], ['piercing', 'Piercing, tatouage étendu'], ['dentaire', 'Appareil dentaire amovible, auditif'],
  ['claustrophobie', 'Claustrophobie']] as const;

export const technicalSections: readonly ShippedSection[] = [
  section('imagerie-securite', '1.0', {
    title: 'Imagerie : sécurité avant examen', description: 'Identité, grossesse, IRM, produit de contraste, injection, dose et suites.',
    professions: ['radiographer', 'physician', 'medical-assistant'], theme: 'assessment',
    source: 'Rédaction propre, d’après les fiches du CIRTACI (Société française de radiologie) sur les produits de contraste.',
  }, [
    group('demande', 'Demande', [
      identity('examen'),
      choice('modalite', 'Examen', [
        ['radio', 'Radiographie'], ['scanner', 'Scanner'], ['irm', 'IRM'], ['mammographie', 'Mammographie'], ['echo', 'Échographie'], ['interventionnel', 'Geste guidé'],
      ], { required: true }),
      text('region', 'Région', { required: true }),
      choice('cote', 'Côté', [['droit', 'Droit'], ['gauche', 'Gauche'], ['deux', 'Les deux'], ['sans', 'Sans objet']], { required: true }),
      text('indication', 'Question posée'),
      choices('demande-verifiee', 'Points vérifiés', [['justifie', 'Justification'], ['anterieurs', 'Examens antérieurs'], ['consentement', 'Information donnée']]),
    ]),
    group('grossesse', 'Grossesse', [
      choice('grossesse-etat', 'Grossesse possible', [
        ['non', 'Non'], ['possible', 'Possible : test, avis du radiologue'], ['oui', 'Oui : avis du radiologue'], ['sans', 'Sans objet'],
      ]),
      day('regles', 'Dernières règles'),
    ]),
    group('irm', 'Avant l’IRM', [
      choices('irm-presents', 'La personne porte, a ou signale', magnet.map(([code, words]) => [code, words] as const)),
      tickedCount('irm-nombre', 'Points à lever', ['irm-presents'], { bands: [[1, 'Ne pas entrer dans la salle avant l’accord du radiologue', 'danger']] }),
      text('irm-reference', 'Référence et date du matériel', { when: magnet.slice(0, 9).map(([code]) => is('irm-presents', code)), any: true }),
      choices('irm-vestiaire', 'Objets retirés', [
        ['bijoux', 'Bijoux, montre'], ['cartes', 'Cartes, téléphone, clés'], ['vetements', 'Vêtements métalliques'], ['appareils', 'Appareils auditif, dentaire'],
        ['patch', 'Patch, capteur'], ['maquillage', 'Maquillage'],
      ]),
      yesNo('irm-questionnaire', 'Tous les points ont été demandés', { required: true }),
      yesNo('irm-accord', 'Entrée autorisée', { required: true }),
    ], { when: is('modalite', 'irm') }),
    group('contraste', 'Produit de contraste', [
      choice('produit', 'Produit prévu', [['aucun', 'Aucun'], ['iode', 'Iodé'], ['gadolinium', 'Gadolinium'], ['oral', 'Digestif']], { required: true }),
      group('contraste-risque', 'Avant l’injection', [
        choices('contraste-antecedents', 'Antécédents à risque', [
          ['reaction-legere', 'Réaction légère à un produit de contraste'], ['reaction-grave', 'Réaction grave à un produit de contraste'],
          ['asthme', 'Asthme non contrôlé'], ['rein', 'Maladie rénale'], ['un-rein', 'Rein unique'], ['insuffisance-cardiaque', 'Insuffisance cardiaque'],
          ['thyroide', 'Hyperthyroïdie'], ['myasthenie', 'Myasthénie'], ['drepanocytose', 'Drépanocytose'],
        ]),
        note('reaction-note', 'Réaction antérieure : produit identifié, bilan allergologique, accord du radiologue avant toute injection.', {
          when: [is('contraste-antecedents', 'reaction-legere'), is('contraste-antecedents', 'reaction-grave')], any: true,
        }),
        measure('dfg', '62238-1', {
          back: 90,
          bands: [[0, 'Moins de 30 : risque rénal, avis du radiologue, hydratation', 'danger'], [30, 'Pas de précaution particulière, sauf injection artérielle', 'success']],
        }),
        measure('creatinine', '14682-9', { back: 90 }),
        choices('medicaments', 'Médicaments à risque', [
          ['metformine', 'Metformine'], ['ains', 'AINS'], ['diuretique', 'Diurétique'], ['betabloquant', 'Bêtabloquant'], ['interleukine', 'Interleukine 2'],
        ]),
        note('metformine-note', 'Metformine : arrêt 48 heures si le DFG est inférieur à 30, reprise après contrôle.', { when: is('medicaments', 'metformine') }),
        yesNo('allaitement', 'Allaitement'),
        measure('poids', '29463-7', { back: 180 }),
        yesNo('contraste-accord', 'Injection validée par le radiologue', { required: true }),
      ], { when: [is('produit', 'iode'), is('produit', 'gadolinium')], any: true }),
      group('injection', 'Injection', [
        text('produit-nom', 'Produit, lot'),
        quantity('volume', 'Volume injecté', 'mL', 'mL', { min: 0, max: 300, decimals: 0 }),
        quantity('debit', 'Débit d’injection', 'mL/s', 'mL/s', { min: 0, max: 10, decimals: 1 }),
        text('voie', 'Voie (siège, calibre)'),
        yesNo('reflux', 'Reflux vérifié'),
        choices('evenement', 'Événement à l’injection', [
          ['aucun', 'Aucun'], ['extravasation', 'Extravasation'], ['urticaire', 'Urticaire'], ['malaise', 'Malaise'], ['bronchospasme', 'Bronchospasme'],
          ['choc', 'Choc'],
        ]),
        longText('evenement-conduite', 'Conduite tenue', {
          when: ['extravasation', 'urticaire', 'malaise', 'bronchospasme', 'choc'].map((code) => is('evenement', code)), any: true, required: true,
        }),
        whole('surveillance', 'Surveillance (min)', { min: 0, max: 600 }),
      ], { when: [is('produit', 'iode'), is('produit', 'gadolinium')], any: true }),
    ]),
    group('realisation', 'Réalisation', [
      quantity('pds', 'Produit dose-surface', 'cGy.cm2', 'cGy·cm²', { min: 0, max: 100000, decimals: 1 }),
      quantity('pdl', 'Produit dose-longueur', 'mGy.cm', 'mGy·cm', { min: 0, max: 20000, decimals: 1 }),
      quantity('dose-glandulaire', 'Dose glandulaire', 'mGy', 'mGy', { min: 0, max: 50, decimals: 2, when: is('modalite', 'mammographie') }),
      choice('qualite', 'Qualité des images', [['bonne', 'Bonne'], ['limitee', 'Limitée'], ['a-refaire', 'À refaire']]),
      text('difficultes', 'Difficultés'),
      choices('remis', 'Remis à la personne', [['consignes', 'Consignes de sortie'], ['boire', 'Bien boire'], ['carte', 'Produit reçu, par écrit'], ['images', 'Images, compte rendu']]),
      text('radiologue', 'Radiologue'),
    ]),
  ]),
  section('prelevement', '1.0', {
    title: 'Prélèvement : conditions', description: 'Identité, conditions avant l’analyse, traitements, tubes, incident et transport.',
    professions: ['laboratory-technician', 'nurse', 'advanced-practice-nurse', 'midwife'], theme: 'assessment',
    source: 'Rédaction propre, dans l’esprit de la norme NF EN ISO 15189 (phase préanalytique).',
  }, [
    group('demande', 'Demande', [
      identity('prelevement'),
      choice('urgence', 'Délai demandé', [['routine', 'Routine'], ['jour', 'Dans la journée'], ['urgent', 'Urgent : appeler le résultat']]),
      choices('types', 'Prélèvements', [
        ['sang', 'Sang veineux'], ['capillaire', 'Capillaire'], ['gaz', 'Gaz du sang'], ['hemoculture', 'Hémocultures'], ['ecbu', 'Urines, ECBU'],
        ['24h', 'Urines de 24 heures'], ['selles', 'Selles'], ['gorge', 'Gorge, nez'], ['plaie', 'Plaie'], ['vaginal', 'Vaginal'], ['crachat', 'Crachat'],
      ], { required: true }),
      text('telephone', 'Résultat critique à dire à'),
    ]),
    group('conditions', 'Conditions', [
      day('date', 'Date du prélèvement'),
      text('heure', 'Heure du prélèvement', { required: true }),
      choice('jeune', 'À jeun', [['oui', 'Oui, depuis 8 à 12 heures'], ['non', 'Non'], ['inutile', 'Inutile']]),
      choice('repos', 'Repos avant le prélèvement', [['oui', 'Oui'], ['non', 'Non']]),
      choices('terrain', 'À signaler', [
        ['grossesse', 'Grossesse'], ['fievre', 'Fièvre'], ['transfusion', 'Transfusion récente'], ['perfusion', 'Perfusion'],
        ['mastectomie', 'Curage axillaire, fistule'], ['latex', 'Allergie au latex'], ['malaise', 'Malaises'],
      ]),
      day('regles', 'Dernières règles'),
    ]),
    group('traitements', 'Traitements', [
      choices('traitement', 'Traitements en cours', [
        ['avk', 'AVK'], ['aod', 'Anticoagulant direct'], ['heparine', 'Héparine'], ['antibiotique', 'Antibiotique'], ['biotine', 'Biotine'],
        ['thyroide', 'Hormone thyroïdienne'], ['corticoides', 'Corticoïdes'], ['dosage', 'Médicament à doser'], ['chimio', 'Chimiothérapie'],
      ]),
      text('dosage-heure', 'Dernière prise (date, heure, dose)', {
        when: [is('traitement', 'dosage'), is('traitement', 'heparine'), is('traitement', 'aod')], any: true, required: true,
      }),
      note('biotine-note', 'Biotine : peut fausser les dosages immunologiques (thyroïde, troponine) ; le dire au biologiste.', { when: is('traitement', 'biotine') }),
      text('inr-cible', 'INR visé, indication', { when: is('traitement', 'avk') }),
    ]),
    group('ecbu', 'Urines', [
      choice('ecbu-mode', 'Recueil des urines', [['milieu', 'Milieu de jet'], ['sondage', 'Sondage'], ['sonde', 'Sonde en place'], ['poche', 'Poche'], ['etui', 'Étui pénien']]),
      yesNo('ecbu-toilette', 'Toilette faite'),
      choices('ecbu-signes', 'Signes urinaires', [
        ['brulures', 'Brûlures'], ['fievre', 'Fièvre'], ['lombaire', 'Douleur lombaire'], ['hematurie', 'Sang'], ['aucun', 'Aucun : contrôle'],
      ]),
    ], { when: is('types', 'ecbu') }),
    group('vingt-quatre', 'Urines de 24 heures', [
      quantity('diurese', 'Diurèse', 'mL', 'mL', { min: 50, max: 10000, decimals: 0 }),
      yesNo('recueil-complet', 'Recueil complet'),
    ], { when: is('types', '24h') }),
    group('sang', 'Ponction', [
      choice('site', 'Site de ponction', [
        ['pli-droit', 'Pli du coude droit'], ['pli-gauche', 'Pli du coude gauche'], ['avant-bras', 'Avant-bras, main'], ['chambre', 'Chambre implantable, cathéter'],
        ['doigt', 'Doigt, talon'],
      ]),
      whole('essais', 'Essais de ponction', { min: 1, max: 6, bands: [[1, 'Premier essai', 'success'], [3, 'Ponction difficile : à noter pour la prochaine fois', 'warning']] }),
      choices('tubes', 'Tubes, dans l’ordre', [
        ['hemoculture', 'Hémocultures'], ['citrate', 'Citrate (bleu)'], ['sec', 'Sec, gel (rouge, jaune)'], ['heparine', 'Héparine (vert)'], ['edta', 'EDTA (violet)'],
        ['fluorure', 'Fluorure (gris)'],
      ]),
      yesNo('etiquettes', 'Étiquetés devant la personne'),
      choices('incident', 'Incident', [
        ['aucun', 'Aucun'], ['hematome', 'Hématome'], ['malaise', 'Malaise'], ['echec', 'Échec'], ['garrot', 'Garrot prolongé'], ['hemolyse', 'Hémolyse probable'],
        ['volume', 'Volume insuffisant'], ['aes', 'Accident d’exposition au sang'],
      ]),
      note('aes-note', 'Laver, antiseptique cinq minutes au moins, avis médical dans les quatre heures, déclarer dans les 24 à 48 heures.', { when: is('incident', 'aes') }),
      measure('glycemie', '41653-7', { label: 'Glycémie capillaire, si mesurée' }),
    ]),
    group('transport', 'Transport', [
      choice('temperature', 'Température de transport', [['ambiante', 'Ambiante'], ['froid', 'Réfrigérée'], ['glace', 'Dans la glace'], ['37', '37 °C']]),
      text('remis', 'Remis à, heure'),
      whole('delai', 'Délai jusqu’au laboratoire (min)', { min: 0, max: 1440 }),
      formula('delai-heures', 'Soit en heures', '{{delai}} / 60', {
        decimals: 1,
        bands: [[0, 'Moins de deux heures', 'success'], [2, 'Potassium, glucose, hémostase : vérifier la stabilité', 'warning'], [6, 'Délai long : prévenir le laboratoire', 'danger']],
      }),
      choice('conformite', 'À la réception', [['conforme', 'Conforme'], ['derogation', 'Accepté avec réserve'], ['refuse', 'Refusé : à refaire']]),
      text('conformite-motif', 'Motif de non-conformité', { required: true, when: [is('conformite', 'derogation'), is('conformite', 'refuse')], any: true }),
    ]),
  ]),
];
