import { choice, choices, day, formula, group, is, longText, measure, type Option, photo, problem, quantity, section, type ShippedSection, sum, text, whole, yesNo } from './build.ts';

const dependence: readonly Option[] = [['autonome', 'Autonome'], ['stimulation', 'À stimuler, à surveiller'], ['partielle', 'Aide partielle'], ['totale', 'Aide totale']];
const percent = (linkId: string, label: string) => quantity(linkId, label, '%', '%', { min: 0, max: 100, decimals: 0 });
const length = (linkId: string, label: string) => quantity(linkId, label, 'cm', 'cm', { min: 0, max: 60, decimals: 1 });
/** Of what was typed: a tissue that is not there is often left empty. */
const tissues = "%resource.repeat(item).where(linkId in ('necrose' | 'fibrine' | 'bourgeon' | 'epiderme')).answer.value.value.sum()";

export const nursingSections: readonly ShippedSection[] = [
  section('evaluation-infirmiere', '1.0', {
    title: 'Évaluation infirmière à domicile', description: 'Situation, constantes, besoins, risques, diagnostics infirmiers et plan de soins.',
    professions: ['nurse', 'advanced-practice-nurse'], theme: 'assessment',
    source: 'Rédaction propre. Sert de base au bilan de soins infirmiers (BSI), qui se déclare sur amelipro.',
  }, [
    group('situation', 'Situation', [
      choice('motif', 'Évaluation', [
        ['initiale', 'Initiale'], ['intermediaire', 'Intermédiaire'], ['renouvellement', 'Renouvellement'], ['retour', 'Retour d’hospitalisation'],
        ['aggravation', 'Aggravation'],
      ], { required: true }),
      choice('vie', 'Mode de vie', [['seul', 'Seul(e)'], ['couple', 'En couple'], ['famille', 'En famille'], ['collectif', 'Résidence, foyer'], ['aucun', 'Sans domicile']]),
      text('aidant', 'Aidant principal (nom, lien, téléphone)'),
      choices('aides', 'Autres intervenants', [
        ['aide-domicile', 'Aide à domicile'], ['kine', 'Kinésithérapeute'], ['ssiad', 'SSIAD'], ['had', 'HAD'], ['repas', 'Portage de repas'], ['alarme', 'Téléalarme'],
        ['prestataire', 'Prestataire'],
      ]),
      choice('acces', 'Accès au logement', [['aise', 'Aisé'], ['etage', 'Étage sans ascenseur'], ['isole', 'Isolé, à prévoir'], ['cle', 'Clé ou code']]),
    ]),
    group('constantes', 'Constantes', [
      measure('pas', '8480-6', { label: 'Systolique' }),
      measure('pad', '8462-4', { label: 'Diastolique' }),
      measure('fc', '8867-4'),
      measure('temperature', '8310-5'),
      measure('spo2', '2708-6'),
      measure('fr', '9279-1'),
      measure('glycemie', '41653-7'),
      measure('douleur', '72514-3'),
      measure('poids', '29463-7', { back: 30 }),
      measure('taille', '8302-2', { back: 3650 }),
    ]),
    group('besoins', 'Besoins', [
      choice('toilette', 'Toilette', dependence, { required: true }),
      choice('habillage', 'Habillage', dependence, { required: true }),
      choice('elimination', 'Élimination', dependence, { required: true }),
      choice('deplacements', 'Déplacements, transferts', dependence, { required: true }),
      choice('repas', 'Repas, boissons', dependence, { required: true }),
      choice('medicaments', 'Prise des médicaments', dependence, { required: true }),
      choices('continence', 'Continence', [
        ['urinaire', 'Incontinence urinaire'], ['fecale', 'Incontinence fécale'], ['constipation', 'Constipation'], ['retention', 'Rétention'],
        ['protections', 'Protections'],
      ]),
      choices('alimentation', 'Alimentation et hydratation', [
        ['appetit', 'Appétit diminué'], ['poids', 'Perte de poids'], ['fausses-routes', 'Fausses routes'], ['dents', 'Bouche, dents, appareil'], ['boit-peu', 'Boit peu'],
        ['texture', 'Texture modifiée'],
      ]),
      choices('respiration', 'Respiration et circulation', [['dyspnee', 'Essoufflement'], ['toux', 'Toux, encombrement'], ['oedemes', 'Œdèmes'], ['oxygene', 'Oxygène']]),
      choices('sommeil', 'Sommeil et humeur', [
        ['insomnie', 'Sommeil perturbé'], ['tristesse', 'Tristesse'], ['anxiete', 'Anxiété'], ['apathie', 'Apathie'], ['agitation', 'Agitation'],
      ]),
      choices('communication', 'Communication et repères', [
        ['vue', 'Vue'], ['audition', 'Audition'], ['langue', 'Langue, lecture'], ['parole', 'Parole'], ['memoire', 'Mémoire'], ['desorientation', 'Désorientation'],
        ['refus', 'Refus de soins'],
      ]),
      choice('peau', 'Peau', [['intacte', 'Intacte'], ['fragile', 'Fragile, sèche'], ['rougeur', 'Rougeur persistante'], ['plaie', 'Plaie : volet « Suivi de plaie »']]),
    ]),
    group('dispositifs', 'Dispositifs', [
      choices('dispositif', 'Dispositifs en place', [
        ['sonde', 'Sonde urinaire'], ['picc', 'PICC-line'], ['chambre', 'Chambre implantable'], ['perfusion', 'Perfusion'], ['stomie', 'Stomie'],
        ['nutrition', 'Nutrition entérale'], ['pompe', 'Pompe à insuline, à morphine'], ['drain', 'Drain'], ['tracheo', 'Trachéotomie'],
      ]),
      text('dispositif-details', 'Date de pose, prochain changement'),
    ]),
    group('risques', 'Risques', [
      choices('risque', 'Risques repérés', [
        ['chute', 'Chute'], ['escarre', 'Escarre'], ['denutrition', 'Dénutrition'], ['deshydratation', 'Déshydratation'], ['infection', 'Infection'],
        ['iatrogenie', 'Médicaments'], ['fugue', 'Fugue, égarement'], ['maltraitance', 'Maltraitance, négligence'], ['epuisement', 'Épuisement de l’aidant'],
        ['suicide', 'Suicide'],
      ]),
    ]),
    group('plan', 'Diagnostics infirmiers et plan de soins', [
      group('diagnostic', 'Diagnostic', [
        text('dx', 'Problème ou diagnostic infirmier'),
        text('dx-lie', 'Lié à, manifesté par'),
        text('dx-objectif', 'Objectif'),
        text('dx-action', 'Actions'),
        choice('dx-rythme', 'Rythme', [
          ['3-jour', 'Trois fois par jour'], ['2-jour', 'Deux fois par jour'], ['jour', 'Chaque jour'], ['2-semaine', 'Deux à trois fois par semaine'],
          ['semaine', 'Chaque semaine'], ['mois', 'Chaque mois'],
        ], { list: true }),
      ], { repeats: true }),
      choices('education', 'À apprendre ou à consolider', [
        ['medicaments', 'Médicaments'], ['insuline', 'Insuline, glycémie'], ['pied', 'Soin des pieds'], ['peau', 'Prévention d’escarre'], ['alerte', 'Signes d’alerte'],
        ['aidant', 'Gestes de l’aidant'],
      ]),
      day('reevaluation', 'À réévaluer le'),
      longText('alerte-medecin', 'À signaler au médecin'),
    ]),
  ]),
  section('plaie', '1.1', {
    title: 'Suivi de plaie avec photo', description: 'Chaque plaie : mesures, surface, tissus, exsudat, infection, photo et pansement.',
    professions: ['nurse', 'advanced-practice-nurse', 'physician', 'chiropodist'], theme: 'wound',
    source: 'Rédaction propre. Stades d’escarre : classification internationale NPIAP/EPUAP, en résumé.',
  }, [
    group('plaie', 'Plaie', [
      text('plaie-nom', 'Plaie (siège, côté)', { required: true, help: 'Le même nom d’un pansement à l’autre permet de suivre chaque plaie.' }),
      choice('type', 'Type de plaie', [
        ['veineux', 'Ulcère veineux'], ['arteriel', 'Ulcère artériel'], ['mixte', 'Ulcère mixte'], ['escarre', 'Escarre'], ['diabete', 'Plaie du pied diabétique'],
        ['operatoire', 'Plaie opératoire'], ['traumatique', 'Traumatique'], ['brulure', 'Brûlure'], ['tumorale', 'Tumorale'], ['dermabrasion', 'Déchirure cutanée'],
      ], { list: true, open: true }),
      choice('stade', 'Stade de l’escarre', [
        ['1', '1 : rougeur qui ne blanchit pas'], ['2', '2 : atteinte du derme, phlyctène'], ['3', '3 : toute la peau, graisse visible'],
        ['4', '4 : muscle, tendon ou os'], ['x', 'Inclassable : nécrose ou fibrine'], ['dti', 'Lésion profonde suspectée'],
      ], { list: true, when: is('type', 'escarre') }),
      day('debut', 'Apparue le'),
      photo('photo', 'Photo', { repeats: true, help: 'Réglette et nom de la plaie dans le cadre, lumière du jour, toujours à la même distance.' }),
      length('longueur', 'Longueur'),
      length('largeur', 'Largeur'),
      length('profondeur', 'Profondeur'),
      formula('surface', 'Surface (cm²)', '{{longueur}} * {{largeur}}', { decimals: 1 }),
      percent('necrose', 'Nécrose'),
      percent('fibrine', 'Fibrine'),
      percent('bourgeon', 'Bourgeonnement'),
      percent('epiderme', 'Épidermisation'),
      formula('tissus', 'Total des tissus (%)', tissues, {
        decimals: 0, bands: [[0, 'Le total devrait faire 100 %', 'warning'], [100, 'Total juste', 'success'], [101, 'Le total dépasse 100 %', 'warning']],
      }),
      choice('exsudat', 'Exsudat', [['aucun', 'Aucun'], ['faible', 'Faible'], ['modere', 'Modéré'], ['abondant', 'Abondant']]),
      choices('exsudat-aspect', 'Aspect de l’exsudat', [['clair', 'Clair'], ['sanglant', 'Sanglant'], ['purulent', 'Purulent'], ['odeur', 'Odeur']], { when: [is('exsudat', 'faible'), is('exsudat', 'modere'), is('exsudat', 'abondant')], any: true }),
      choices('berges', 'Berges et peau autour', [
        ['saines', 'Saines'], ['macerees', 'Macérées'], ['decollees', 'Décollées'], ['hyperkeratose', 'Hyperkératose'], ['eczema', 'Eczéma'],
        ['dermite', 'Dermite ocre, peau scléreuse'], ['erytheme', 'Rougeur'], ['oedeme', 'Œdème'],
      ]),
      choices('infection', 'Signes d’infection', [
        ['rougeur', 'Rougeur qui s’étend'], ['chaleur', 'Chaleur'], ['douleur', 'Douleur nouvelle ou accrue'], ['pus', 'Pus'], ['odeur', 'Odeur'],
        ['friable', 'Bourgeon friable, qui saigne'], ['os', 'Contact osseux'], ['retard', 'Cicatrisation arrêtée'],
      ]),
      whole('douleur-soin', 'Douleur au soin (0 à 10)', {
        min: 0, max: 10, bands: [[0, 'Absente ou faible', 'success'], [4, 'Prévenir la douleur du soin', 'warning'], [7, 'Forte : antalgie à revoir', 'danger']],
      }),
      choices('nettoyage', 'Soin de la plaie', [
        ['eau', 'Eau et savon, douche'], ['serum', 'Sérum physiologique'], ['antiseptique', 'Antiseptique'], ['detersion', 'Détersion mécanique'],
        ['bistouri', 'Détersion au bistouri'], ['prelevement', 'Prélèvement'],
      ]),
      choice('primaire', 'Pansement primaire', [
        ['interface', 'Interface'], ['hydrocellulaire', 'Hydrocellulaire'], ['hydrocolloide', 'Hydrocolloïde'], ['hydrogel', 'Hydrogel'], ['alginate', 'Alginate'],
        ['hydrofibre', 'Fibres à haut pouvoir d’absorption'], ['charbon', 'Charbon'], ['argent', 'Argent'], ['vaseline', 'Vaseliné'], ['tpn', 'Pression négative'],
        ['compresse', 'Compresse'],
      ], { list: true, open: true }),
      text('secondaire', 'Pansement secondaire, fixation'),
      choice('compression', 'Compression', [['aucune', 'Aucune'], ['bas', 'Bas ou chaussettes'], ['bandes', 'Bandes'], ['multitypes', 'Multitypes en kit']]),
      choice('prochain-soin', 'Prochain soin', [
        ['jour', 'Chaque jour'], ['2-jours', 'Tous les deux jours'], ['3-jours', 'Tous les trois jours'], ['2-semaine', 'Deux fois par semaine'],
        ['semaine', 'Chaque semaine'],
      ], { list: true }),
      choice('evolution', 'Évolution', [
        ['premiere', 'Première fois'], ['mieux', 'S’améliore'], ['stable', 'Stable'], ['pire', 'S’aggrave'], ['cicatrisee', 'Cicatrisée'],
      ], { required: true }),
    ], { repeats: true }),
    group('terrain', 'Terrain', [
      choices('retard', 'Ce qui freine la cicatrisation', [
        ['diabete', 'Diabète'], ['arteriopathie', 'Artériopathie'], ['denutrition', 'Dénutrition'], ['tabac', 'Tabac'], ['immobilite', 'Immobilité'],
        ['corticoides', 'Corticoïdes, immunosuppresseurs'], ['oedeme', 'Œdème'], ['decharge', 'Décharge insuffisante'], ['incontinence', 'Incontinence'],
      ]),
      quantity('ips', 'Index de pression systolique, si connu', '{ratio}', '', {
        min: 0, max: 3, decimals: 2,
        bands: [[0, 'Ischémie sévère possible : pas de compression, avis vasculaire', 'danger'], [0.5, 'Artériopathie : compression sur avis seulement', 'warning'], [0.9, 'Normal', 'success'], [1.31, 'Artères incompressibles : non interprétable', 'warning']],
      }),
      measure('temperature', '8310-5'),
      measure('glycemie', '41653-7'),
    ]),
    group('suite', 'Suite', [
      choices('plaie-avis', 'Avis demandé', [
        ['medecin', 'Médecin traitant'], ['ipa', 'Infirmier en pratique avancée'], ['cicatrisation', 'Télé-expertise, centre de cicatrisation'],
        ['vasculaire', 'Vasculaire'], ['diabeto', 'Pied diabétique, centre expert'], ['dieteticien', 'Diététicien'], ['urgences', 'Urgences'],
      ]),
      problem('plaie-probleme', 'Inscrire aux problèmes', [
        ['L97', 'Ulcère de jambe'], ['L89.9', 'Escarre'], ['E11.5', 'Pied diabétique'], ['T81.4', 'Infection après intervention'], ['L03.1', 'Dermohypodermite'],
      ]),
      longText('plaie-commentaire', 'Commentaire'),
    ]),
  ]),
  section('escarre', '1.0', {
    title: 'Risque d’escarre', description: 'Échelle de Norton, ou total de Braden, puis prévention.',
    professions: ['nurse', 'advanced-practice-nurse', 'physician', 'occupational-therapist'], theme: 'wound',
    source: 'Norton D., McLaren R., Exton-Smith A. N., 1962, National Corporation for the Care of Old People (aujourd’hui Centre for Policy on Ageing) ; rédaction propre. Braden : © B. Braden et N. Bergstrom, autorisation nécessaire : seul le total se saisit.',
  }, [
    group('norton', 'Échelle de Norton', [
      choice('condition', 'Condition physique', [['bonne', 'Bonne', 4], ['moyenne', 'Moyenne', 3], ['mauvaise', 'Mauvaise', 2], ['tres-mauvaise', 'Très mauvaise', 1]]),
      choice('mental', 'État mental', [['alerte', 'Alerte', 4], ['apathique', 'Apathique', 3], ['confus', 'Confus', 2], ['stuporeux', 'Stuporeux', 1]]),
      choice('activite', 'Activité', [['ambulant', 'Marche', 4], ['aide', 'Marche avec une aide', 3], ['fauteuil', 'Au fauteuil', 2], ['alite', 'Au lit', 1]]),
      choice('mobilite', 'Mobilité', [['totale', 'Complète', 4], ['diminuee', 'Un peu limitée', 3], ['limitee', 'Très limitée', 2], ['immobile', 'Immobile', 1]]),
      choice('incontinence', 'Incontinence', [
        ['aucune', 'Aucune', 4], ['occasionnelle', 'Occasionnelle', 3], ['urinaire', 'Urinaire', 2], ['double', 'Urinaire et fécale', 1],
      ]),
    ]),
    sum('norton-total', 'Total de Norton, sur 20', ['condition', 'mental', 'activite', 'mobilite', 'incontinence'], {
      bands: [
        [5, 'Risque élevé', 'danger'], [13, 'Risque moyen', 'warning'], [15, 'Risque faible', 'neutral'], [17, 'Pas de risque particulier', 'success'],
      ],
    }),
    measure('braden', '38227-5', {
      label: 'Braden, total sur 23',
      bands: [[6, 'Risque élevé', 'danger'], [13, 'Risque modéré', 'warning'], [15, 'Risque faible', 'neutral'], [19, 'Pas de risque particulier', 'success']],
    }),
    group('peau', 'Peau', [
      choices('rougeurs', 'Rougeur aux appuis', [
        ['sacrum', 'Sacrum'], ['talons', 'Talons'], ['trochanters', 'Hanches'], ['ischions', 'Ischions'], ['omoplates', 'Omoplates'], ['occiput', 'Occiput'],
        ['materiel', 'Sous un dispositif'],
      ]),
      yesNo('escarre-presente', 'Escarre présente', { help: 'Ouvrir le volet « Suivi de plaie ».' }),
    ]),
    group('prevention', 'Prévention', [
      choice('matelas', 'Support de lit', [
        ['ordinaire', 'Ordinaire'], ['gaufrier', 'Mousse'], ['memoire', 'Mousse à mémoire de forme'], ['air', 'Air motorisé'], ['a-prescrire', 'À prescrire'],
      ]),
      choice('coussin', 'Coussin de fauteuil', [['aucun', 'Aucun'], ['mousse', 'Mousse, gel'], ['air', 'Air'], ['a-prescrire', 'À prescrire']]),
      choices('mesures', 'Mesures de prévention', [
        ['positions', 'Changements de position'], ['lever', 'Lever, verticalisation'], ['talons', 'Décharge des talons'],
        ['effleurage', 'Soin de peau doux, sans massage'], ['change', 'Change, continence'], ['nutrition', 'Apports, hydratation'], ['aidant', 'Aidant formé'],
      ]),
      day('escarre-refaire', 'À refaire le'),
      problem('escarre-probleme', 'Inscrire aux problèmes', [['L89.9', 'Escarre']], { when: is('escarre-presente', true) }),
    ]),
    longText('escarre-commentaire', 'Commentaire'),
  ]),
  section('visite-domicile', '1.0', {
    title: 'Visite à domicile', description: 'Ce que seul le domicile montre : logement, entourage, médicaments, sécurité.',
    professions: ['physician', 'nurse', 'advanced-practice-nurse', 'asalee-nurse', 'midwife', 'pharmacist', 'physiotherapist'], theme: 'assessment',
  }, [
    group('visite', 'Visite', [
      text('motif', 'Motif', { required: true }),
      choices('presents', 'Présents à la visite', [
        ['personne', 'La personne'], ['conjoint', 'Conjoint'], ['enfant', 'Enfant'], ['aide', 'Aide à domicile'], ['soignant', 'Autre soignant'],
      ]),
      choice('etat', 'État général', [['bon', 'Bon'], ['moyen', 'Moyen'], ['altere', 'Altéré'], ['inquietant', 'Inquiétant : agir aujourd’hui']], { required: true }),
    ]),
    group('constantes', 'Constantes', [
      measure('pas', '8480-6', { label: 'Systolique' }),
      measure('pad', '8462-4', { label: 'Diastolique' }),
      measure('fc', '8867-4'),
      measure('spo2', '2708-6'),
      measure('temperature', '8310-5'),
      measure('poids', '29463-7'),
      measure('douleur', '72514-3'),
    ]),
    group('logement', 'Logement', [
      choices('logement-risques', 'Dangers du logement', [
        ['tapis', 'Tapis, fils'], ['escalier', 'Escalier'], ['eclairage', 'Éclairage'], ['baignoire', 'Baignoire, toilettes'], ['froid', 'Froid, chaleur'],
        ['gaz', 'Gaz, feu, électricité'], ['hygiene', 'Hygiène, encombrement'], ['nuisibles', 'Nuisibles, humidité'], ['animaux', 'Animaux'],
      ]),
      choice('frigo', 'Réfrigérateur', [['rempli', 'Rempli'], ['peu', 'Peu rempli'], ['vide', 'Vide'], ['perime', 'Aliments périmés'], ['non-vu', 'Non vu']]),
      yesNo('alarme', 'Téléalarme portée'),
    ]),
    group('medicaments', 'Médicaments', [
      choice('preparation', 'Préparés par', [
        ['personne', 'La personne'], ['proche', 'Un proche'], ['infirmier', 'Un infirmier'], ['pharmacie', 'La pharmacie'], ['personne-ne', 'Personne'],
      ]),
      choices('medicaments-constat', 'Médicaments, constat', [
        ['oublis', 'Oublis'], ['stock', 'Stocks, périmés'], ['doublons', 'Doublons'], ['automedication', 'Automédication'], ['plus-pris', 'Ne prend plus'],
        ['rien', 'Rien à signaler'],
      ]),
      longText('medicaments-details', 'Médicaments, détails'),
    ]),
    group('entourage', 'Entourage', [
      choice('aidant-etat', 'État de l’aidant', [['bien', 'Va bien'], ['fatigue', 'Fatigué'], ['epuise', 'Épuisé'], ['sans', 'Pas d’aidant']]),
      choices('social', 'À aborder', [
        ['isolement', 'Isolement'], ['argent', 'Difficultés d’argent'], ['droits', 'Droits non ouverts'], ['aides', 'Aides insuffisantes'],
        ['conflit', 'Conflit, violence'], ['protection', 'Protection juridique'], ['directives', 'Directives anticipées, personne de confiance'],
      ]),
    ]),
    group('suite', 'Suite', [
      longText('conclusion', 'Ce qui est décidé', { required: true }),
      choices('prevenir', 'Prévenir', [
        ['medecin', 'Médecin traitant'], ['infirmier', 'Infirmier'], ['pharmacien', 'Pharmacien'], ['kine', 'Kinésithérapeute'], ['social', 'Service social'],
        ['famille', 'Famille'], ['dac', 'Dispositif d’appui'],
      ]),
      day('revoir', 'À revoir le'),
    ]),
  ]),
];
