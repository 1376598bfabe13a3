import { after, alert, cim10, cisp2, days, entry, every, has, latest, months, paper, type Shipped, source, step, weeks, when, years } from './words.ts';

export const copd: Shipped = {
  key: 'bpco',
  edition: '1.0',
  published: '2026-01-15',
  model: {
    title: 'BPCO : confirmer, traiter, réadapter',
    theme: 'copd',
    summary:
      'Une spirométrie pour être sûr, l’arrêt du tabac d’abord, un inhalateur que la personne sait utiliser, une réadaptation proposée à toute personne essoufflée, un plan écrit en cas d’aggravation et un médecin dans les sept jours après une hospitalisation.',
    patients: {
      words: 'Adultes avec une BPCO confirmée, ou fumeurs et anciens fumeurs de plus de 40 ans qui toussent, crachent ou s’essoufflent (le protocole commence alors par la confirmation).',
      problems: [cim10('J44.9', 'Bronchopneumopathie chronique obstructive'), cim10('J44', 'Autres maladies pulmonaires obstructives chroniques'), cim10('J43.9', 'Emphysème'), cisp2('R95', 'Maladie pulmonaire chronique obstructive')],
      ages: { from: 40, until: null },
    },
    goals: [
      'Diagnostic confirmé : rapport VEMS/CVF inférieur à 0,7 après bronchodilatateur',
      'Tabac arrêté, ou une tentative accompagnée chaque année',
      'Technique d’inhalation vérifiée à chaque rencontre',
      'Réadaptation suivie par toute personne dont l’essoufflement gêne la vie',
      'Moins d’exacerbations, et une personne qui les reconnaît dès le premier jour',
    ],
    steps: [
      step({
        id: 'bilan', title: 'Bilan initial', kind: 'act', roles: ['physician'], after: entry(),
        detail: 'Essoufflement (mMRC), CAT, exacerbations de l’année, tabac et autres expositions, métier, saturation, IMC, cœur, anxiété et dépression, sommeil. Radiographie ou scanner selon le contexte, NFS.',
        forPatient: 'Votre médecin fait le point sur votre souffle et ce qu’il vous empêche de faire.',
      }),
      step({
        id: 'spirometrie', title: 'Spirométrie avec test de réversibilité', kind: 'exam', roles: ['physician', 'nurse', 'medical-assistant'], after: entry(weeks(2)), repeat: every(years(1)),
        detail: 'À l’état stable, au cabinet si l’équipe est formée, sinon chez le pneumologue. Stade selon le VEMS : 1 au moins 80 %, 2 de 50 à 79 %, 3 de 30 à 49 %, 4 sous 30 %.',
        forPatient: 'On vous demande de souffler fort dans un appareil. Cela mesure vos poumons.',
      }),
      step({
        id: 'tabac', title: 'Arrêt du tabac accompagné', kind: 'education', roles: ['asalee-nurse', 'nurse', 'physician', 'pharmacist', 'midwife'], after: entry(weeks(1)), repeat: every(weeks(2), 6),
        condition: when('Fume encore'),
        detail: 'Conseil, substituts nicotiniques prescrits par l’infirmier, le pharmacien, le kinésithérapeute ou le médecin, à dose suffisante ; entretien motivationnel ; 39 89.',
        documents: [paper('Carnet d’arrêt du tabac')],
        forPatient: 'Arrêter de fumer est le traitement le plus efficace. On vous aide, avec des patchs remboursés, à votre rythme.',
      }),
      step({
        id: 'traitement', title: 'Choisir le traitement inhalé', kind: 'decision', roles: ['physician'], after: after('spirometrie', weeks(1)),
        detail: 'Bronchodilatateur de longue durée d’action selon la gêne, association des deux si insuffisant ; corticoïde inhalé seulement si exacerbations répétées, éosinophiles pris en compte, retiré s’il n’apporte rien. Bronchodilatateur court en secours.',
        forPatient: 'Votre médecin choisit avec vous l’inhalateur qui vous convient.',
      }),
      step({
        id: 'inhalation', title: 'Montrer et vérifier la technique d’inhalation', kind: 'education', roles: ['pharmacist', 'nurse', 'asalee-nurse', 'physiotherapist'], after: after('traitement', days(7)), repeat: every(months(3), 4),
        detail: 'La personne fait le geste avec son propre dispositif. Corriger, refaire. Changer de dispositif plutôt que d’augmenter la dose.',
        forPatient: 'Vous montrez comment vous utilisez l’inhalateur. On corrige le geste ensemble.',
      }),
      step({
        id: 'plan-action', title: 'Écrire le plan d’action en cas d’aggravation', kind: 'document', roles: ['physician', 'nurse', 'asalee-nurse'], after: entry(weeks(4)),
        detail: 'Signes de base, signes d’aggravation, bronchodilatateur de secours, qui appeler, ordonnance anticipée si la personne est autonome.',
        documents: [paper('Mon plan d’action BPCO')],
        forPatient: 'Une feuille verte, orange, rouge : elle vous dit quoi faire si le souffle change.',
      }),
      step({
        id: 'vaccins', title: 'Vaccins grippe, Covid-19, pneumocoque, VRS', kind: 'act', roles: ['nurse', 'pharmacist', 'physician'], after: entry(months(1)), repeat: every(years(1)),
        detail: 'Chaque automne pour la grippe et la Covid-19 ; pneumocoque selon le calendrier ; coqueluche, VRS et zona selon l’âge.',
        forPatient: 'Les infections abîment le souffle. Les vaccins vous protègent.',
      }),
      step({
        id: 'readaptation', title: 'Réadaptation respiratoire', kind: 'act', roles: ['physiotherapist'], after: entry(months(2)), repeat: every(weeks(1), 12),
        condition: when('Essoufflement qui gêne malgré le traitement (mMRC 2 ou plus), ou sortie d’hospitalisation'),
        detail: 'Bilan avec test de marche, endurance et force deux à trois fois par semaine (vingt séances ou plus), désencombrement, gestion du souffle ; en centre ou à domicile si la situation est sévère.',
        forPatient: 'Un entraînement doux, deux à trois fois par semaine. Vous retrouvez du souffle et de la force.',
      }),
      step({
        id: 'activite', title: 'Garder l’activité', kind: 'education', roles: ['physiotherapist', 'asalee-nurse', 'nurse'], after: after('readaptation', months(1)), repeat: every(months(3), 4),
        detail: 'Trente minutes de marche par jour, groupe, club, activité physique adaptée. Fixer un but personnel.',
        forPatient: 'On vous aide à continuer de bouger après la réadaptation.',
      }),
      step({
        id: 'nutrition', title: 'Bilan nutritionnel', kind: 'act', roles: ['dietician', 'physician'], after: entry(months(2)),
        condition: when('IMC inférieur à 21 ou perte de poids', `${latest('39156-5')} < 21`),
        forPatient: 'Le poids compte pour le souffle. On voit avec vous comment reprendre des forces.',
      }),
      step({
        id: 'pneumologue', title: 'Rendez-vous de pneumologie', kind: 'appointment', roles: ['medical-secretary', 'medical-assistant'], after: entry(months(3)), repeat: every(years(1)),
        condition: when('Doute, stade 3 ou 4, exacerbations répétées, moins de 50 ans, saturation sous 92 %'),
        forPatient: 'Un spécialiste des poumons donne son avis. On prend le rendez-vous pour vous.',
      }),
      step({
        id: 'oxygene', title: 'Gaz du sang : faut-il de l’oxygène ?', kind: 'decision', roles: ['physician'], after: after('bilan', weeks(3)),
        condition: when('Saturation inférieure ou égale à 92 % au repos', `${latest('2708-6')} <= 92`),
        detail: 'Gaz du sang à l’état stable, deux fois à trois semaines au moins. Oxygénothérapie de longue durée si PaO2 de 55 mmHg ou moins (ou 56 à 59 avec retentissement).',
        forPatient: 'Votre sang manque peut-être d’oxygène. Un examen le dira.',
      }),
      step({
        id: 'suivi', title: 'Consultation de suivi', kind: 'act', roles: ['physician', 'advanced-practice-nurse'], after: entry(months(3)), repeat: every(months(6)),
        detail: 'Au moins une à deux fois par an, tous les trois mois aux stades sévères. CAT, exacerbations, poids, inhalation, tabac, activité, moral, cœur.',
        forPatient: 'Deux fois par an au moins, on vérifie comment va votre souffle.',
      }),
      step({
        id: 'apres-hospitalisation', title: 'Consultation dans les sept jours après une hospitalisation', kind: 'act', roles: ['physician'], after: entry(days(7)),
        condition: when('Entrée après une hospitalisation pour exacerbation'),
        detail: 'État, ordonnance, oxygène, cause, plan d’action revu ; réadaptation dans le mois ; pneumologue dans les deux mois.',
        forPatient: 'Après l’hôpital, vous voyez votre médecin dans la semaine.',
      }),
      step({
        id: 'infirmiere-apres', title: 'Visites infirmières après l’hospitalisation', kind: 'act', roles: ['nurse'], after: entry(days(3)), repeat: every(weeks(1), 4),
        condition: when('Entrée après une hospitalisation pour exacerbation'),
        detail: 'Comme dans le programme de retour à domicile : fréquence respiratoire, saturation, crachats, inhalation, oxygène, moral.',
        forPatient: 'L’infirmière ou l’infirmier passe chaque semaine pendant un mois.',
      }),
      step({
        id: 'projet', title: 'Concertation : maladie avancée', kind: 'meeting', roles: ['physician', 'coordinator'], after: entry(months(6)), repeat: every(years(1)),
        condition: when('Stade 4, oxygène au long cours, ou deux hospitalisations dans l’année'),
        detail: 'Soins palliatifs précoces, directives anticipées, aidant, aides techniques.',
        forPatient: 'L’équipe parle avec vous de vos souhaits pour la suite.',
      }),
    ],
    alerts: [
      alert('Essoufflement plus fort, crachats plus abondants ou verts depuis plus d’un jour', 'Suivre le plan d’action, médecin sous 24 heures ; réévaluer à 48 heures.', ['nurse', 'pharmacist', 'physician']),
      alert('Impossible de finir une phrase, lèvres bleues, confusion, somnolence', 'Appeler le 15. Oxygène : viser une saturation de 88 à 92 %, pas plus.', ['nurse', 'physician', 'medical-secretary']),
      alert('Saturation qui baisse de 3 points par rapport à l’habitude, ou moins de 88 %', 'Médecin le jour même.', ['nurse', 'physiotherapist']),
      alert('Sang dans les crachats, amaigrissement', 'Médecin dans la semaine : imagerie du thorax.', ['nurse', 'physician']),
      alert('Secours utilisé plus de quatre fois par jour', 'Vérifier le geste, prévenir le médecin.', ['pharmacist', 'nurse']),
    ],
    documents: [paper('Mon plan d’action BPCO'), paper('Vidéos des techniques d’inhalation (SPLF)'), paper('Carnet d’arrêt du tabac')],
    sources: [
      has('Guide du parcours de soins : bronchopneumopathie chronique obstructive (BPCO)', '2019', 'https://www.has-sante.fr/jcms/c_1242507/fr/guide-du-parcours-de-soins-bronchopneumopathie-chronique-obstructive-bpco'),
      has('Arrêt de la consommation de tabac : du dépistage individuel au maintien de l’abstinence en premier recours', '2014'),
      source('Programme de retour à domicile (Prado) : BPCO', 'Assurance Maladie', '2015', 'https://www.ameli.fr/medecin/exercice-liberal/services-patients/prado'),
      source('Global strategy for the diagnosis, management and prevention of COPD', 'GOLD', '2025'),
    ],
    reviewDate: '2027-01-15',
  },
};
