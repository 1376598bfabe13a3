import { choice, choices, day, group, longText, measure, section, type ShippedSection, text, yesNo } from './build.ts';

export const homeVisitSections: readonly ShippedSection[] = [
  section(
    'visite-domicile',
    '1.0',
    {
      title: 'Visite à domicile',
      description: 'Ce que seul le domicile montre : logement, entourage, médicaments, sécurité.',
      professions: ['physician', 'nurse', 'advanced-practice-nurse', 'asalee-nurse', 'midwife', 'pharmacist', 'physiotherapist'],
      theme: 'assessment',
    },
    [
      group('visite', 'Visite', [
        text('motif', 'Motif', { required: true }),
        choices('presents', 'Présents à la visite', [
          ['personne', 'La personne'],
          ['conjoint', 'Conjoint'],
          ['enfant', 'Enfant'],
          ['aide', 'Aide à domicile'],
          ['soignant', 'Autre soignant'],
        ]),
        choice(
          'etat',
          'État général',
          [
            ['bon', 'Bon'],
            ['moyen', 'Moyen'],
            ['altere', 'Altéré'],
            ['inquietant', 'Inquiétant : agir aujourd’hui'],
          ],
          { required: true },
        ),
      ]),
      group('constantes', 'Constantes', [measure('pas', '8480-6', { label: 'Systolique' }), measure('pad', '8462-4', { label: 'Diastolique' }), measure('fc', '8867-4'), measure('spo2', '2708-6'), measure('temperature', '8310-5'), measure('poids', '29463-7'), measure('douleur', '72514-3')]),
      group('logement', 'Logement', [
        choices('logement-risques', 'Dangers du logement', [
          ['tapis', 'Tapis, fils'],
          ['escalier', 'Escalier'],
          ['eclairage', 'Éclairage'],
          ['baignoire', 'Baignoire, toilettes'],
          ['froid', 'Froid, chaleur'],
          ['gaz', 'Gaz, feu, électricité'],
          ['hygiene', 'Hygiène, encombrement'],
          ['nuisibles', 'Nuisibles, humidité'],
          ['animaux', 'Animaux'],
        ]),
        choice('frigo', 'Réfrigérateur', [
          ['rempli', 'Rempli'],
          ['peu', 'Peu rempli'],
          ['vide', 'Vide'],
          ['perime', 'Aliments périmés'],
          ['non-vu', 'Non vu'],
        ]),
        yesNo('alarme', 'Téléalarme portée'),
      ]),
      group('medicaments', 'Médicaments', [
        choice('preparation', 'Préparés par', [
          ['personne', 'La personne'],
          ['proche', 'Un proche'],
          ['infirmier', 'Un infirmier'],
          ['pharmacie', 'La pharmacie'],
          ['personne-ne', 'Personne'],
        ]),
        choices('medicaments-constat', 'Médicaments, constat', [
          ['oublis', 'Oublis'],
          ['stock', 'Stocks, périmés'],
          ['doublons', 'Doublons'],
          ['automedication', 'Automédication'],
          ['plus-pris', 'Ne prend plus'],
          ['rien', 'Rien à signaler'],
        ]),
        longText('medicaments-details', 'Médicaments, détails'),
      ]),
      group('entourage', 'Entourage', [
        choice('aidant-etat', 'État de l’aidant', [
          ['bien', 'Va bien'],
          ['fatigue', 'Fatigué'],
          ['epuise', 'Épuisé'],
          ['sans', 'Pas d’aidant'],
        ]),
        choices('social', 'À aborder', [
          ['isolement', 'Isolement'],
          ['argent', 'Difficultés d’argent'],
          ['droits', 'Droits non ouverts'],
          ['aides', 'Aides insuffisantes'],
          ['conflit', 'Conflit, violence'],
          ['protection', 'Protection juridique'],
          ['directives', 'Directives anticipées, personne de confiance'],
        ]),
      ]),
      group('suite', 'Suite', [
        longText('conclusion', 'Ce qui est décidé', { required: true }),
        choices('prevenir', 'Prévenir', [
          ['medecin', 'Médecin traitant'],
          ['infirmier', 'Infirmier'],
          ['pharmacien', 'Pharmacien'],
          ['kine', 'Kinésithérapeute'],
          ['social', 'Service social'],
          ['famille', 'Famille'],
          ['dac', 'Dispositif d’appui'],
        ]),
        day('revoir', 'À revoir le'),
      ]),
    ],
  ),
];
