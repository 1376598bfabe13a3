import { choice, choices, day, group, is, longText, note, section, type ShippedSection, text, yesNo } from './build.ts';

export const socialSections: readonly ShippedSection[] = [
  section('evaluation-sociale', '1.0', {
    title: 'Évaluation sociale', description: 'Demande, logement, ressources, droits ouverts ou à ouvrir, aides en place, protection, démarches convenues.',
    professions: ['social-worker'], theme: 'autonomy', source: 'Rédaction propre.',
  }, [
    group('demande', 'Demande', [
      text('motif', 'Demande', { required: true }),
      choice('origine', 'Vient de', [['personne', 'La personne'], ['proche', 'Un proche'], ['equipe', 'L’équipe de soins'], ['service', 'Un autre service social'], ['etablissement', 'Un établissement']]),
      yesNo('accord', 'La personne est d’accord pour que l’équipe lise ce volet', { required: true }),
      note('accord-note', 'Sans son accord, gardez pour vous ce qui n’est pas nécessaire aux soins : une note personnelle n’est lue que de vous.', { when: is('accord', false) }),
    ]),
    group('vie', 'Lieu de vie', [
      choice('logement', 'Logement', [['proprietaire', 'Propriétaire'], ['locataire', 'Locataire'], ['social', 'Logement social'], ['heberge', 'Hébergé(e)'], ['foyer', 'Foyer, résidence'], ['precaire', 'Hébergement d’urgence'], ['sans', 'Sans domicile']], { list: true }),
      choices('logement-souci', 'Ce qui pose problème', [['insalubre', 'Insalubrité'], ['inadapte', 'Inadapté au handicap'], ['surpeuple', 'Trop petit'], ['impayes', 'Impayés, expulsion'], ['energie', 'Chauffage, énergie'], ['isole', 'Isolement, transports']]),
      text('entourage', 'Entourage : qui aide, qui est à charge'),
      choice('mobilite', 'Pour se déplacer', [['seul', 'Se déplace seul(e)'], ['accompagne', 'Accompagné(e)'], ['transport', 'Transport à organiser']]),
    ]),
    group('ressources', 'Ressources', [
      choice('activite', 'Situation', [['emploi', 'En emploi'], ['arret', 'En arrêt de travail'], ['chomage', 'Sans emploi'], ['retraite', 'Retraité(e)'], ['invalidite', 'En invalidité'], ['etudes', 'En études'], ['foyer', 'Au foyer']], { list: true }),
      choices('revenus', 'Ressources', [['salaire', 'Salaire'], ['indemnites', 'Indemnités journalières'], ['chomage', 'Allocation chômage'], ['rsa', 'RSA'], ['aah', 'AAH'], ['pension', 'Pension d’invalidité'], ['retraite', 'Retraite'], ['aspa', 'ASPA'], ['aucune', 'Aucune']]),
      yesNo('reste', 'A renoncé à des soins pour leur coût'),
      yesNo('dettes', 'Dettes ou impayés'),
      text('budget', 'Charges, budget'),
    ]),
    group('droits', 'Droits', [
      choices('ouverts', 'Ouverts', [['c2s', 'C2S'], ['mutuelle', 'Complémentaire'], ['ald', 'ALD'], ['ame', 'AME'], ['apa', 'APA'], ['pch', 'PCH'], ['aah', 'AAH'], ['rqth', 'RQTH'], ['cmi', 'Carte mobilité inclusion'], ['apl', 'Aide au logement'], ['aucun', 'Aucun']]),
      choices('demandes', 'À demander ou en cours', [['c2s', 'C2S'], ['mutuelle', 'Complémentaire'], ['ame', 'AME'], ['apa', 'APA'], ['pch', 'PCH'], ['aah', 'AAH'], ['rqth', 'RQTH'], ['cmi', 'Carte mobilité inclusion'], ['mdph', 'Dossier MDPH'], ['apl', 'Aide au logement'], ['fsl', 'Fonds de solidarité logement'], ['secours', 'Aide financière ponctuelle']]),
      text('certificat', 'Certificat à demander au médecin', { when: is('demandes', 'mdph') }),
      day('echeance', 'Prochaine échéance de droits'),
      choice('protection', 'Mesure de protection', [['aucune', 'Aucune'], ['habilitation', 'Habilitation familiale'], ['sauvegarde', 'Sauvegarde de justice'], ['curatelle', 'Curatelle'], ['tutelle', 'Tutelle'], ['envisagee', 'Envisagée']], { list: true }),
      text('protecteur', 'Exercée par'),
    ]),
    group('aides', 'Aides en place', [
      choices('services', 'Services', [['domicile', 'Aide à domicile'], ['repas', 'Repas à domicile'], ['ssiad', 'SSIAD'], ['teleassistance', 'Téléassistance'], ['secteur', 'Service social de secteur'], ['association', 'Association'], ['dac', 'DAC'], ['aucune', 'Aucune']]),
      longText('besoins', 'Ce qui manque'),
    ]),
    group('danger', 'Danger', [
      choices('signes', 'Signes', [['violences', 'Violences'], ['negligence', 'Négligence, maltraitance'], ['enfant', 'Enfant en danger'], ['emprise', 'Emprise, abus financier'], ['aucun', 'Aucun']]),
      note('danger-note', 'En parler sans rester seul : médecin de l’équipe ; enfant, cellule départementale (CRIP) ou 119 ; violences conjugales, 3919 ; adulte âgé ou handicapé, 3977 ; danger immédiat, 17 ou 15.', { when: ['violences', 'negligence', 'enfant', 'emprise'].map((sign) => is('signes', sign)), any: true }),
    ]),
    group('suite', 'Suite', [
      group('demarche', 'Démarches convenues', [
        text('demarche-quoi', 'Quoi'),
        text('demarche-qui', 'Qui'),
        day('demarche-pour', 'Pour le'),
      ], { repeats: true, grid: true }),
      longText('synthese', 'Synthèse', { required: true }),
      longText('pour-medecin', 'À dire au médecin'),
      day('revoir', 'À revoir le'),
    ]),
  ]),
];
