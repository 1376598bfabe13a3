import { choice, choices, group, is, longText, measure, note, problem, section, type ShippedSection, text, whole, yesCount, yesNo } from './build.ts';
import { suicide } from './shared-answers.ts';

export const mindSections: readonly ShippedSection[] = [
  section(
    'memoire',
    '1.0',
    {
      title: 'Mémoire et fonctions cognitives',
      description: 'Plainte, retentissement et totaux des tests passés (MMSE, MoCA, cinq mots, horloge), sans leurs questions.',
      professions: ['physician', 'advanced-practice-nurse', 'asalee-nurse', 'nurse', 'psychologist', 'speech-therapist', 'occupational-therapist'],
      theme: 'mind',
      source: 'MMSE : © Psychological Assessment Resources ; MoCA : © Z. Nasreddine, passation réservée aux personnes formées ; épreuve des cinq mots : © B. Dubois. Leurs questions ne peuvent être livrées : seuls les totaux se saisissent. Activités : Barberger-Gateau P. et coll., 1992, rédaction propre.',
    },
    [
      group('plainte', 'Plainte', [
        choice('plainte-qui', 'Qui s’inquiète ?', [
          ['personne', 'La personne'],
          ['proche', 'Un proche'],
          ['soignant', 'Un soignant'],
          ['aucune', 'Personne : repérage'],
        ]),
        choice('plainte-depuis', 'Plainte depuis', [
          ['moins-6-mois', 'Moins de six mois'],
          ['6-12-mois', 'Six mois à un an'],
          ['plus-1-an', 'Plus d’un an'],
        ]),
        choices('plainte-signes', 'Ce qui est remarqué', [
          ['oublis', 'Oublis de faits récents'],
          ['mots', 'Mots qui manquent'],
          ['reperes', 'Se perd, se trompe de jour'],
          ['gestes', 'Gestes, appareils'],
          ['humeur', 'Humeur, repli'],
          ['comportement', 'Comportement inhabituel'],
          ['hallucinations', 'Voit ou entend ce qui n’est pas'],
        ]),
        yesNo('plainte-brutal', 'Début brutal ou conscience fluctuante', { help: 'Penser d’abord à une confusion : cause aiguë à rechercher sans attendre.' }),
      ]),
      group('activites', 'A besoin d’aide, plus qu’avant, pour', [yesNo('aide-telephone', 'Aide pour se servir du téléphone'), yesNo('aide-transports', 'Aide pour prendre les transports'), yesNo('aide-medicaments', 'Aide pour prendre ses médicaments'), yesNo('aide-budget', 'Aide pour gérer son budget, ses papiers')]),
      yesCount('aides-nombre', 'Activités touchées, sur quatre', ['aide-telephone', 'aide-transports', 'aide-medicaments', 'aide-budget'], {
        bands: [
          [0, 'Aucune', 'success'],
          [1, 'Retentissement sur la vie quotidienne', 'warning'],
        ],
      }),
      group('tests', 'Totaux des tests passés', [
        measure('mmse', '72106-8', {
          label: 'MMSE, total',
          help: 'Entre 0 et 30, à lire selon l’âge et le niveau d’études. En dessous de 24 : à explorer.',
          bands: [
            [0, 'Altération sévère', 'danger'],
            [10, 'Altération modérée', 'danger'],
            [20, 'Altération légère possible', 'warning'],
            [24, 'Pas d’altération franche', 'success'],
          ],
        }),
        whole('moca', 'MoCA, total sur 30', {
          min: 0,
          max: 30,
          loinc: '72172-0',
          bands: [
            [0, 'En dessous de la norme', 'warning'],
            [26, 'Dans la norme', 'success'],
          ],
        }),
        whole('cinq-mots', 'Cinq mots, total sur 10', {
          min: 0,
          max: 10,
          bands: [
            [0, 'Inférieur à 10 : à explorer', 'warning'],
            [10, 'Normal', 'success'],
          ],
        }),
        choice('horloge', 'Horloge', [
          ['normale', 'Normale'],
          ['anormale', 'Anormale'],
          ['refus', 'Refusée ou impossible'],
        ]),
        choice('etudes', 'Niveau d’études', [
          ['primaire', 'Sans diplôme ou primaire'],
          ['brevet', 'Brevet, CAP'],
          ['bac', 'Baccalauréat'],
          ['superieur', 'Supérieur'],
        ]),
        text('tests-conditions', 'Conditions (vue, audition, fatigue, langue)'),
      ]),
      choices('memoire-suite', 'Suite proposée', [
        ['bilan', 'Bilan biologique et imagerie'],
        ['consultation', 'Consultation mémoire'],
        ['orthophonie', 'Orthophonie'],
        ['equipe', 'Équipe spécialisée Alzheimer à domicile'],
        ['conduite', 'Conduite automobile à discuter'],
        ['aidant', 'Soutien de l’aidant'],
        ['refaire', 'À refaire dans six mois'],
      ]),
      problem('memoire-probleme', 'Inscrire aux problèmes', [
        ['R41.3', 'Plainte mnésique'],
        ['F06.7', 'Trouble cognitif léger'],
        ['G30.9', 'Maladie d’Alzheimer'],
        ['F03', 'Autre démence'],
        ['F05.9', 'Confusion aiguë'],
      ]),
      longText('memoire-conclusion', 'Conclusion'),
    ],
  ),
  section(
    'premier-entretien-psychologue',
    '1.0',
    {
      title: 'Premier entretien psychologique',
      description: 'Demande, histoire, ressources, risque et suite convenue.',
      professions: ['psychologist'],
      theme: 'mind',
      sensitive: 'mental-health',
    },
    [
      group('demande', 'Demande', [
        choice('adressage', 'Adressé(e) par', [
          ['soi', 'Elle-même, lui-même'],
          ['medecin', 'Médecin'],
          ['sage-femme', 'Sage-femme'],
          ['autre', 'Autre professionnel'],
          ['proche', 'Proche'],
          ['ecole', 'École, employeur'],
        ]),
        choice('cadre', 'Cadre du suivi', [
          ['mon-soutien-psy', 'Mon soutien psy'],
          ['structure', 'Vacation de la structure'],
          ['liberal', 'Libéral'],
        ]),
        longText('demande-mots', 'La demande, avec les mots de la personne', { required: true }),
        longText('demande-contexte', 'Ce qui a décidé à venir maintenant'),
      ]),
      group('etat', 'Ce qui fait souffrir', [
        choices('plaintes', 'Plaintes', [
          ['humeur', 'Tristesse, perte d’élan'],
          ['anxiete', 'Anxiété, attaques de panique'],
          ['sommeil', 'Sommeil'],
          ['somatique', 'Corps, douleur'],
          ['trauma', 'Événement traumatique'],
          ['deuil', 'Deuil, séparation'],
          ['travail', 'Travail, études'],
          ['couple', 'Couple, famille'],
          ['parentalite', 'Parentalité'],
          ['maladie', 'Maladie, handicap'],
          ['conduites', 'Alimentation, addictions'],
          ['identite', 'Estime de soi, identité'],
        ]),
        whole('souffrance', 'Souffrance ressentie (0 à 10)', { min: 0, max: 10 }),
        choice('retentissement', 'Retentissement sur le quotidien', [
          ['faible', 'Faible'],
          ['modere', 'Modéré'],
          ['important', 'Important'],
          ['majeur', 'Majeur : ne tient plus'],
        ]),
      ]),
      group('histoire', 'Histoire', [
        longText('histoire-vie', 'Repères de vie, famille, événements'),
        longText('histoire-soins', 'Suivis et traitements psychiques antérieurs'),
        choices('ressources', 'Ressources', [
          ['entourage', 'Entourage présent'],
          ['travail', 'Activité, travail'],
          ['loisirs', 'Loisirs, création, sport'],
          ['spirituel', 'Croyances, engagement'],
          ['soins', 'Alliance avec les soignants'],
        ]),
      ]),
      group('risque', 'Risque', [
        choice(
          'idees-suicidaires',
          'Idées suicidaires',
          [
            ['non', 'Non'],
            ['passives', 'Envie de ne plus être là'],
            ['actives', 'Idées actives, sans projet'],
            ['projet', 'Projet'],
          ],
          { required: true },
        ),
        note('entretien-3114', suicide, { when: [is('idees-suicidaires', 'actives'), is('idees-suicidaires', 'projet')], any: true }),
        yesNo('tentatives', 'Tentative de suicide antérieure'),
        choices('autres-risques', 'Autres dangers', [
          ['violences', 'Violences subies'],
          ['mineur', 'Enfant en danger'],
          ['scarifications', 'Scarifications'],
          ['addiction', 'Consommations'],
          ['isolement', 'Isolement'],
        ]),
        longText('risque-conduite', 'Ce qui est mis en place', { when: [is('idees-suicidaires', 'actives'), is('idees-suicidaires', 'projet')], any: true }),
      ]),
      group('suite', 'Suite convenue', [
        longText('hypotheses', 'Première compréhension'),
        text('objectif', 'Objectif partagé'),
        choice('rythme', 'Rythme des entretiens', [
          ['hebdomadaire', 'Chaque semaine'],
          ['quinzaine', 'Tous les quinze jours'],
          ['mensuel', 'Chaque mois'],
          ['unique', 'Entretien unique'],
          ['orientation', 'Orientation, sans suivi ici'],
        ]),
        choices('orientation', 'Orientation proposée', [
          ['medecin', 'Médecin traitant'],
          ['psychiatre', 'Psychiatre'],
          ['cmp', 'CMP'],
          ['csapa', 'CSAPA'],
          ['urgences', 'Urgences'],
          ['association', 'Association, travailleur social'],
        ]),
        yesNo('partage', 'La personne accepte que l’essentiel soit partagé avec l’équipe', { required: true }),
        longText('partage-mots', 'Ce qui peut être partagé', { when: is('partage', true) }),
      ]),
    ],
  ),
];
