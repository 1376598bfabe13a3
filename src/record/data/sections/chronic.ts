import { choice, choices, day, formula, group, is, longText, measure, note, problem, quantity, section, type ShippedSection, text, whole, yesCount, yesNo } from './build.ts';
import { bp, done } from './shared-answers.ts';

export const chronicSections: readonly ShippedSection[] = [
  section(
    'suivi-diabete',
    '1.0',
    {
      title: 'Diabète de type 2 : bilan annuel',
      description: 'Équilibre, complications, examens dus, traitement et objectif.',
      professions: ['physician', 'advanced-practice-nurse', 'asalee-nurse', 'nurse'],
      theme: 'diabetes',
      source: 'Rédaction propre, d’après HAS, stratégie thérapeutique du patient vivant avec un diabète de type 2, 2024, et guide du parcours de soins.',
    },
    [
      group('equilibre', 'Équilibre', [
        measure('hba1c', '4548-4', { back: 120, required: true }),
        quantity('cible', 'HbA1c visée', '%', '%', { min: 5, max: 10, decimals: 1 }),
        formula('ecart', 'Écart à la cible (points)', '{{hba1c}} - {{cible}}', {
          decimals: 1,
          bands: [
            [-20, 'Bien en dessous de la cible : hypoglycémie à craindre sous sulfamide ou insuline', 'warning'],
            [-1.5, 'À la cible', 'success'],
            [0.1, 'Au-dessus de la cible', 'warning'],
            [1, 'Nettement au-dessus de la cible', 'danger'],
          ],
        }),
        choice('hypo', 'Hypoglycémies', [
          ['aucune', 'Aucune'],
          ['rares', 'Rares'],
          ['frequentes', 'Fréquentes'],
          ['severe', 'Avec aide d’un tiers'],
        ]),
        choice('autosurveillance', 'Autosurveillance', [
          ['non', 'Sans objet'],
          ['lecteur', 'Lecteur'],
          ['capteur', 'Capteur'],
        ]),
      ]),
      group('mesures', 'Mesures', [
        measure('poids', '29463-7', { back: 30 }),
        measure('taille', '8302-2', { back: 3650 }),
        formula('imc', 'IMC (kg/m²)', '{{poids}} / (({{taille}} / 100) * ({{taille}} / 100))', { decimals: 1 }),
        measure('tour-taille', '8280-0', { back: 365 }),
        ...bp,
        measure('ldl', '2089-1', { back: 365 }),
        measure('dfg', '62238-1', {
          back: 365,
          bands: [
            [0, 'Insuffisance rénale sévère', 'danger'],
            [30, 'Insuffisance rénale modérée', 'warning'],
            [60, 'Conservé', 'success'],
          ],
        }),
        measure('rac', '9318-7', {
          back: 365,
          bands: [
            [0, 'Normale', 'success'],
            [30, 'Albuminurie modérée', 'warning'],
            [300, 'Albuminurie sévère', 'danger'],
          ],
        }),
      ]),
      group('depistage', 'Complications', [
        choice('oeil', 'Fond d’œil', done),
        choice('pied', 'Pied, grade', [
          ['0', 'Grade 0'],
          ['1', 'Grade 1'],
          ['2', 'Grade 2'],
          ['3', 'Grade 3'],
          ['a-faire', 'À faire'],
        ]),
        choice('rein', 'Bilan rénal', done),
        choice('coeur', 'Cœur, ECG', done),
        choice('dents', 'Examen dentaire', done),
        choices('evenements', 'Depuis un an', [
          ['cardio', 'Événement cardiovasculaire'],
          ['insuffisance-cardiaque', 'Insuffisance cardiaque'],
          ['hospitalisation', 'Hospitalisation'],
          ['infection', 'Infection'],
          ['steatose', 'Foie : FIB-4 élevé'],
          ['apnees', 'Apnées du sommeil'],
          ['humeur', 'Humeur'],
        ]),
      ]),
      group('conduite', 'Vie et traitement', [
        whole('activite', 'Activité physique (min par semaine)', {
          min: 0,
          max: 5000,
          bands: [
            [0, 'Insuffisante', 'warning'],
            [150, 'Recommandée', 'success'],
          ],
        }),
        choice('tabac', 'Tabac', [
          ['non', 'Non'],
          ['ancien', 'Arrêté'],
          ['oui', 'Oui'],
        ]),
        text('traitement', 'Traitement, observance'),
        choices('protection', 'Protection cardio-rénale', [
          ['gliflozine', 'Gliflozine'],
          ['glp1', 'Analogue du GLP-1'],
          ['statine', 'Statine'],
          ['iec', 'IEC ou sartan'],
          ['a-discuter', 'À discuter'],
        ]),
        choice('vaccins', 'Grippe, pneumocoque, Covid-19', done),
        choices('equipe', 'Proposer', [
          ['asalee', 'Infirmier Asalée, IPA'],
          ['dieteticien', 'Diététicien'],
          ['podologue', 'Pédicure-podologue'],
          ['apa', 'Activité physique adaptée'],
          ['etp', 'Éducation thérapeutique'],
          ['diabetologue', 'Diabétologue'],
          ['orthoptiste', 'Rétinographie'],
        ]),
      ]),
      group('conclusion', 'Conclusion', [
        text('objectif', 'Objectif de la personne'),
        longText('decision', 'Décision', { required: true }),
        problem('diabete-probleme', 'Inscrire aux problèmes', [
          ['E11.9', 'Diabète de type 2'],
          ['H36.0', 'Rétinopathie diabétique'],
          ['N08.3', 'Néphropathie diabétique'],
          ['G63.2', 'Neuropathie diabétique'],
        ]),
        day('prochain', 'Prochain bilan'),
      ]),
    ],
  ),
  section(
    'insuffisance-cardiaque',
    '1.0',
    {
      title: 'Insuffisance cardiaque : surveillance',
      description: 'Poids de référence, quatre signes d’alerte, constantes, traitement et conduite.',
      professions: ['nurse', 'advanced-practice-nurse', 'asalee-nurse', 'physician', 'pharmacist'],
      theme: 'assessment',
      source: 'Rédaction propre, d’après HAS, guide du parcours de soins, et les quatre signes d’alerte (essoufflement, poids, œdèmes, fatigue) de l’Assurance maladie. Essoufflement : classes de la NYHA, en résumé.',
    },
    [
      group('poids-suivi', 'Poids', [
        measure('poids', '29463-7'),
        quantity('poids-reference', 'Poids de référence', 'kg', 'kg', { min: 25, max: 300, decimals: 1, help: 'Le poids sans œdème, fixé avec le médecin.' }),
        quantity('poids-3-jours', 'Poids il y a trois jours', 'kg', 'kg', { min: 25, max: 300, decimals: 1 }),
        formula('prise-reference', 'Écart au poids de référence (kg)', '{{poids}} - {{poids-reference}}', {
          decimals: 1,
          bands: [
            [-200, 'En dessous : déshydratation, dénutrition ?', 'warning'],
            [-2, 'Stable', 'success'],
            [2, 'Prise de poids : prévenir le médecin', 'danger'],
          ],
        }),
        formula('prise-3-jours', 'Prise en trois jours (kg)', '{{poids}} - {{poids-3-jours}}', {
          decimals: 1,
          bands: [
            [-200, 'Pas de prise', 'success'],
            [1.1, 'À repeser demain', 'warning'],
            [2, 'Prise rapide : prévenir le médecin', 'danger'],
          ],
        }),
      ]),
      group('signes', 'Signes d’alerte', [
        choice(
          'nyha',
          'Essoufflement',
          [
            ['1', 'I : aucun dans la vie courante'],
            ['2', 'II : effort important'],
            ['3', 'III : effort modéré'],
            ['4', 'IV : au repos'],
          ],
          { required: true },
        ),
        yesNo('essoufflement', 'Essoufflement nouveau ou aggravé'),
        yesNo('poids-pris', 'Prise de poids rapide'),
        yesNo('oedemes', 'Pieds, chevilles ou ventre gonflés'),
        yesNo('fatigue', 'Fatigue inhabituelle'),
        yesCount('alertes-nombre', 'Signes, sur quatre', ['essoufflement', 'poids-pris', 'oedemes', 'fatigue'], {
          bands: [
            [0, 'Aucun', 'success'],
            [1, 'Décompensation possible : avis médical', 'danger'],
          ],
        }),
        choices('autres', 'Autres signes', [
          ['orthopnee', 'Dort assis, plusieurs oreillers'],
          ['toux', 'Toux la nuit'],
          ['vertiges', 'Vertiges, malaise'],
          ['palpitations', 'Palpitations'],
          ['appetit', 'Perte d’appétit'],
          ['confusion', 'Confusion'],
        ]),
        note('nyha-note', 'Essoufflement au repos, malaise ou confusion : appeler le 15.', {
          when: [is('nyha', '4'), is('autres', 'vertiges'), is('autres', 'confusion')],
          any: true,
        }),
      ]),
      group('constantes', 'Constantes', [...bp, measure('fc', '8867-4'), measure('spo2', '2708-6'), measure('potassium', '2823-3', { back: 90 }), measure('dfg', '62238-1', { back: 90 })]),
      group('vie', 'Traitement et vie', [
        choice('traitement', 'Traitement', [
          ['pris', 'Bien pris'],
          ['oublis', 'Oublis'],
          ['effets', 'Effets gênants'],
          ['arret', 'Arrêt partiel'],
        ]),
        choices('a-risque', 'À éviter, trouvé', [
          ['ains', 'Anti-inflammatoire'],
          ['effervescent', 'Comprimé effervescent'],
          ['potassium', 'Sel de potassium'],
          ['sel', 'Plats très salés'],
          ['decongestionnant', 'Décongestionnant'],
        ]),
        choice('pesee', 'Se pèse', [
          ['quotidien', 'Chaque jour'],
          ['parfois', 'Parfois'],
          ['jamais', 'Jamais'],
        ]),
        choice('vaccins', 'Grippe, pneumocoque, Covid-19', done),
      ]),
      group('conduite', 'Conduite', [
        choice(
          'decision',
          'Décision',
          [
            ['stable', 'Stable, surveillance habituelle'],
            ['rapprochee', 'Surveillance rapprochée'],
            ['medecin', 'Médecin prévenu'],
            ['diuretique', 'Diurétique adapté selon protocole'],
            ['urgence', 'Urgence'],
          ],
          { required: true },
        ),
        longText('coeur-commentaire', 'Commentaire'),
        day('prochaine', 'Prochaine visite'),
      ]),
    ],
  ),
];
