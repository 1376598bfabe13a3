import { choice, choices, day, formula, group, is, longText, measure, note, type Option, section, type ShippedSection, text, whole, yesNo } from './build.ts';

const state: readonly Option[] = [
  ['a-jour', 'À jour'],
  ['a-faire', 'À faire'],
  ['refus', 'Ne souhaite pas'],
  ['ne-sait-pas', 'Ne sait pas'],
  ['sans-objet', 'Sans objet'],
];

export const receptionSections: readonly ShippedSection[] = [
  section(
    'pre-consultation',
    '1.0',
    {
      title: 'Préconsultation',
      description: 'Motif, constantes, traitement, dépistages et documents, avant le médecin.',
      professions: ['medical-assistant', 'nurse', 'physician'],
      theme: 'reception',
    },
    [
      group('motif', 'Motif', [
        text('motif-mots', 'Motif, avec les mots du patient', { required: true }),
        text('depuis', 'Motif présent depuis'),
        choices('autres', 'Autres demandes', [
          ['ordonnance', 'Renouvellement'],
          ['arret', 'Arrêt de travail'],
          ['certificat', 'Certificat'],
          ['resultats', 'Résultats'],
          ['vaccin', 'Vaccin'],
          ['courrier', 'Courrier'],
          ['ald', 'ALD'],
          ['mdph', 'MDPH, assurance'],
        ]),
        choices('alerte', 'À dire tout de suite au médecin', [
          ['thorax', 'Douleur thoracique'],
          ['souffle', 'Essoufflement au repos'],
          ['malaise', 'Malaise'],
          ['deficit', 'Paralysie, parole, visage'],
          ['fievre-confusion', 'Fièvre avec confusion'],
          ['saignement', 'Saignement'],
          ['detresse', 'Détresse'],
        ]),
        note('alerte-note', 'Prévenir le médecin sans attendre.', {
          when: ['thorax', 'souffle', 'malaise', 'deficit', 'fievre-confusion', 'saignement', 'detresse'].map((code) => is('alerte', code)),
          any: true,
        }),
      ]),
      group('constantes', 'Constantes', [
        measure('pas', '8480-6', {
          label: 'Systolique',
          bands: [
            [0, 'Normale', 'success'],
            [140, 'Élevée : reprendre assis, au calme', 'warning'],
            [180, 'Très élevée : prévenir', 'danger'],
          ],
        }),
        measure('pad', '8462-4', { label: 'Diastolique' }),
        measure('fc', '8867-4'),
        measure('temperature', '8310-5'),
        measure('spo2', '2708-6', {
          bands: [
            [0, 'Basse : prévenir', 'danger'],
            [92, 'À surveiller', 'warning'],
            [95, 'Normale', 'success'],
          ],
        }),
        measure('poids', '29463-7'),
        measure('taille', '8302-2', { back: 3650 }),
        formula('imc', 'IMC (kg/m²)', '{{poids}} / (({{taille}} / 100) * ({{taille}} / 100))', { decimals: 1 }),
        measure('douleur', '72514-3'),
        measure('glycemie', '41653-7'),
        measure('tour-taille', '8280-0'),
      ]),
      group('traitement', 'Traitement', [
        choice('ordonnance', 'Ordonnance apportée', [
          ['oui', 'Oui'],
          ['non', 'Non'],
          ['sans', 'Pas de traitement'],
        ]),
        choice('pris', 'Traitement pris', [
          ['oui', 'Comme prescrit'],
          ['oublis', 'Oublis'],
          ['arret', 'Arrêt'],
        ]),
        text('allergies', 'Allergie nouvelle'),
        text('changements', 'Changements, hospitalisation depuis la dernière fois'),
      ]),
      group('prevention', 'Prévention', [
        choice('vaccins', 'Vaccins', state),
        choice('colon', 'Dépistage colorectal', state),
        choice('sein', 'Mammographie', state),
        choice('col', 'Col de l’utérus', state),
        choice('tabac', 'Tabac', [
          ['non', 'Non'],
          ['ancien', 'Arrêté'],
          ['oui', 'Oui'],
        ]),
        choice('activite', 'Activité physique', [
          ['reguliere', 'Régulière'],
          ['peu', 'Peu'],
          ['aucune', 'Aucune'],
        ]),
      ]),
      group('documents', 'Documents et préparation', [
        choices('documents-apportes', 'Documents apportés', [
          ['biologie', 'Biologie'],
          ['imagerie', 'Imagerie'],
          ['courrier', 'Courrier'],
          ['carnet', 'Carnet de santé, de vaccination'],
          ['automesure', 'Automesures'],
        ]),
        choices('preparation', 'Préparé pour le médecin', [
          ['ecg', 'ECG'],
          ['bandelette', 'Bandelette'],
          ['vaccin', 'Vaccin'],
          ['habits', 'Déshabillage'],
          ['test', 'Test rapide'],
          ['vue', 'Vue, audition'],
        ]),
        longText('pour-medecin', 'Pour le médecin'),
      ]),
    ],
  ),
  section(
    'accueil',
    '1.0',
    {
      title: 'Accueil administratif',
      description: 'Identité, coordonnées, droits, contacts et accessibilité ; rien de médical.',
      professions: ['medical-secretary', 'medical-assistant', 'coordinator'],
      theme: 'reception',
      administrative: true,
    },
    [
      group('identite', 'Identité', [
        choice(
          'piece',
          'Pièce vue',
          [
            ['cni', 'Carte d’identité'],
            ['passeport', 'Passeport'],
            ['sejour', 'Titre de séjour'],
            ['livret', 'Livret de famille, acte de naissance'],
            ['france-identite', 'Identité numérique'],
            ['aucune', 'Aucune : identité provisoire'],
          ],
          { required: true, list: true },
        ),
        yesNo('traits', 'Nom de naissance, prénoms, date, lieu et sexe conformes', { required: true }),
        text('ecart', 'Écart à corriger', { when: is('traits', false) }),
        yesNo('vitale', 'Carte Vitale lue ou appli'),
        yesNo('homonyme', 'Homonyme possible'),
      ]),
      group('coordonnees', 'Coordonnées', [
        yesNo('coordonnees-ok', 'Adresse, téléphone et courriel confirmés'),
        text('coordonnees-nouvelles', 'À changer', { when: is('coordonnees-ok', false) }),
        choices('contact', 'Joindre par', [
          ['sms', 'SMS'],
          ['telephone', 'Téléphone'],
          ['courriel', 'Courriel'],
          ['courrier', 'Courrier'],
          ['proche', 'Par un proche'],
        ]),
        choice('message', 'Message laissé au téléphone', [
          ['oui', 'Accepté'],
          ['non', 'Refusé'],
        ]),
      ]),
      group('droits', 'Droits', [
        choice('regime', 'Couverture', [
          ['base', 'Assurance maladie et complémentaire'],
          ['base-seule', 'Assurance maladie seule'],
          ['c2s', 'Complémentaire santé solidaire'],
          ['ame', 'AME'],
          ['accident', 'Accident du travail'],
          ['etranger', 'Assuré d’un autre pays'],
          ['sans', 'Sans droits : orienter'],
        ]),
        day('droits-fin', 'Droits jusqu’au'),
        choice('tiers-payant', 'Tiers payant', [
          ['oui', 'Oui'],
          ['partiel', 'Part obligatoire'],
          ['non', 'Non'],
        ]),
        choice('medecin-traitant', 'Médecin traitant', [
          ['ici', 'Dans la structure'],
          ['ailleurs', 'Ailleurs'],
          ['sans', 'Sans médecin traitant'],
          ['demande', 'Demande à la structure'],
        ]),
        text('medecin-nom', 'Nom du médecin traitant', { when: is('medecin-traitant', 'ailleurs') }),
      ]),
      group('proches', 'Contacts', [
        text('prevenir', 'Personne à prévenir (nom, lien, téléphone)'),
        text('confiance', 'Personne de confiance, si désignée par écrit'),
        choice('representant', 'Représentant', [
          ['sans', 'Sans objet'],
          ['parents', 'Titulaires de l’autorité parentale'],
          ['tutelle', 'Tutelle'],
          ['curatelle', 'Curatelle'],
          ['habilitation', 'Habilitation familiale'],
          ['mandat', 'Mandat de protection'],
        ]),
        text('representant-nom', 'Nom et téléphone du représentant', {
          when: ['parents', 'tutelle', 'curatelle', 'habilitation', 'mandat'].map((code) => is('representant', code)),
          any: true,
        }),
      ]),
      group('accessibilite', 'Accueil', [
        choices('besoins', 'Besoins d’accueil', [
          ['fauteuil', 'Fauteuil roulant'],
          ['marche', 'Marche difficile'],
          ['audition', 'Audition, langue des signes'],
          ['vue', 'Vue'],
          ['interprete', 'Interprète'],
          ['lecture', 'Lecture, écriture'],
          ['accompagnant', 'Accompagnant'],
          ['temps', 'Rendez-vous plus long'],
          ['calme', 'Attente au calme'],
          ['chien', 'Chien guide'],
        ]),
        text('langue', 'Langue', { when: is('besoins', 'interprete') }),
        choice('transport', 'Transport', [
          ['propre', 'Par ses moyens'],
          ['proche', 'Un proche'],
          ['vsl', 'Transport prescrit'],
          ['taxi', 'Taxi'],
          ['domicile', 'Ne se déplace pas'],
        ]),
      ]),
      group('information', 'Information et accords', [
        yesNo('info-equipe', 'Informé(e) que l’équipe partage le dossier', { required: true }),
        yesNo('notice', 'Notice remise'),
        choice('mes', 'Mon espace santé', [
          ['actif', 'Actif'],
          ['opposition', 'Opposition'],
          ['a-creer', 'À activer avec aide'],
          ['ne-sait-pas', 'Ne sait pas'],
        ]),
        whole('delai-rappel', 'Rappel avant rendez-vous (jours)', { min: 0, max: 30 }),
        longText('accueil-commentaire', 'Commentaire administratif', { help: 'Ne rien écrire de médical.' }),
      ]),
    ],
  ),
];
