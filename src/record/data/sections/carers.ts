import { choice, choices, formula, group, is, longText, note, section, type ShippedSection, text, whole, yesNo } from './build.ts';

export const carerSections: readonly ShippedSection[] = [
  section(
    'aidant',
    '1.0',
    {
      title: 'Point avec l’aidant',
      description: 'Ce que fait l’aidant, sa charge, sa santé, le répit possible.',
      professions: ['nurse', 'advanced-practice-nurse', 'asalee-nurse', 'physician', 'psychologist', 'occupational-therapist', 'psychomotor-therapist'],
      theme: 'autonomy',
      source: 'Rédaction propre. L’échelle de Zarit (© S. Zarit, distribuée sous licence) n’est pas reproduite : seul le total se saisit.',
    },
    [
      group('situation', 'Situation', [
        text('aidant-nom', 'Aidant (nom, lien)', { required: true }),
        yesNo('cohabite', 'Vit avec la personne'),
        yesNo('travaille', 'Travaille'),
        whole('heures', 'Heures d’aide par semaine', { min: 0, max: 168 }),
        formula('heures-jour', 'Soit par jour', '{{heures}} / 7', {
          decimals: 1,
          bands: [
            [0, 'Moins de six heures', 'neutral'],
            [6, 'Six heures ou plus : à soulager', 'warning'],
          ],
        }),
        choices('taches', 'Ce que fait l’aidant', [
          ['toilette', 'Toilette'],
          ['repas', 'Repas'],
          ['medicaments', 'Médicaments'],
          ['nuit', 'Nuits'],
          ['deplacements', 'Déplacements'],
          ['papiers', 'Papiers'],
          ['surveillance', 'Surveillance'],
          ['soins', 'Soins'],
        ]),
      ]),
      group('charge', 'Charge', [
        choice('fatigue', 'Fatigue de l’aidant', [
          ['non', 'Non'],
          ['parfois', 'Parfois'],
          ['souvent', 'Souvent'],
          ['epuise', 'Épuisé(e)'],
        ]),
        choice('sommeil', 'Sommeil de l’aidant', [
          ['bon', 'Bon'],
          ['coupe', 'Coupé'],
          ['mauvais', 'Mauvais'],
        ]),
        choice('soins-propres', 'Ses propres soins', [
          ['faits', 'Faits'],
          ['reportes', 'Reportés'],
        ]),
        choice('isolement', 'Sorties, amis', [
          ['oui', 'Comme avant'],
          ['moins', 'Moins'],
          ['plus', 'Plus du tout'],
        ]),
        whole('zarit', 'Zarit (22 questions), total sur 88', {
          min: 0,
          max: 88,
          bands: [
            [0, 'Charge faible ou absente', 'success'],
            [21, 'Charge légère à modérée', 'warning'],
            [41, 'Charge modérée à sévère', 'danger'],
            [61, 'Charge sévère', 'danger'],
          ],
        }),
        yesNo('craque', 'A peur de craquer ou d’être violent(e)'),
        note('craque-note', 'Mettre en place un répit rapidement et prévenir le médecin ; 3977 en cas de maltraitance.', { when: is('craque', true) }),
      ]),
      group('suite', 'Suite', [
        choices('repit', 'Répit et aides à proposer', [
          ['accueil-jour', 'Accueil de jour'],
          ['temporaire', 'Hébergement temporaire'],
          ['relayage', 'Relayage à domicile'],
          ['aide', 'Plus d’aide à domicile'],
          ['plateforme', 'Plateforme de répit'],
          ['groupe', 'Groupe d’aidants'],
          ['psychologue', 'Psychologue'],
          ['conge', 'Congé et allocation de proche aidant'],
          ['medecin', 'Son médecin'],
        ]),
        longText('aidant-synthese', 'Synthèse'),
      ]),
    ],
  ),
];
