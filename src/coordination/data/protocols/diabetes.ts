import { after, alert, cim10, cisp2, entry, every, has, latest, months, paper, type Shipped, source, step, weeks, when, years } from './words.ts';

export const diabetes: Shipped = {
  key: 'diabete-type-2',
  edition: '1.0',
  published: '2026-01-15',
  model: {
    title: 'Diabète de type 2 : suivi pluriprofessionnel',
    theme: 'diabetes',
    summary:
      'Atteindre avec la personne un équilibre qui lui convient, dépister chaque année les complications des yeux, des pieds, des reins et du cœur, et donner à chacun sa part du suivi. Le médecin traitant fixe les objectifs, l’infirmier Asalée ou l’infirmier accompagne, la structure veille à ce que rien ne soit oublié.',
    patients: {
      words: 'Adultes vivant avec un diabète de type 2, hors grossesse. Pour les personnes âgées fragiles ou dépendantes, les objectifs sont assouplis dès la première consultation.',
      problems: [cim10('E11.9', 'Diabète de type 2'), cim10('E11', 'Diabète de type 2'), cisp2('T90', 'Diabète non insulinodépendant')],
      ages: { from: 18, until: null },
    },
    goals: [
      'Un objectif d’HbA1c écrit, expliqué et accepté : 7 % ou moins pour la plupart, 8 % ou moins en cas de fragilité, de complication évoluée ou de risque d’hypoglycémie, moins de 9 % chez la personne âgée dépendante',
      'Pression artérielle, cholestérol LDL et tabac traités comme le diabète lui-même',
      'Yeux, pieds, reins, cœur et dents examinés chaque année',
      'Une personne qui sait quoi faire en cas d’hypoglycémie, de plaie du pied ou de maladie aiguë',
      'Une activité physique régulière et une alimentation tenables dans la durée',
    ],
    steps: [
      step({
        id: 'bilan-initial', title: 'Bilan initial et objectifs partagés', kind: 'act', roles: ['physician'], after: entry(),
        detail: 'Antécédents, traitements, poids, tour de taille, pression artérielle, tabac, risque cardiovasculaire, signes de complication. Objectif d’HbA1c individualisé, inscrit au dossier. Demande d’ALD 8 si elle n’est pas faite. Traitement non médicamenteux d’abord ; inhibiteur de SGLT2 ou analogue du GLP-1 selon le cœur, le rein et le poids.',
        documents: [paper('Mes objectifs de suivi (à remplir ensemble)')],
        forPatient: 'Vous faites le point avec votre médecin. Vous choisissez ensemble vos objectifs.',
      }),
      step({
        id: 'biologie', title: 'Prescrire la biologie annuelle', kind: 'exam', roles: ['physician', 'advanced-practice-nurse'], after: entry(), repeat: every(years(1)),
        detail: 'Créatinine avec DFG estimé, rapport albuminurie/créatininurie sur échantillon, exploration d’une anomalie lipidique, kaliémie si traitement du rein ou du cœur.',
        forPatient: 'Une prise de sang et une analyse d’urine, une fois par an, pour surveiller vos reins et votre cholestérol.',
      }),
      step({
        id: 'hba1c', title: 'HbA1c', kind: 'measure', roles: ['physician', 'advanced-practice-nurse'], after: entry(months(3)), repeat: every(months(3)),
        detail: 'Tous les trois mois jusqu’à l’objectif ou après un changement de traitement ; deux fois par an quand l’équilibre est stable : sauter alors une échéance sur deux.',
        forPatient: 'Une prise de sang tous les trois mois. Elle montre la moyenne de votre sucre. Quand tout va bien, elle est plus rare.',
      }),
      step({
        id: 'diagnostic-educatif', title: 'Premier entretien : ce que la personne sait, vit et souhaite', kind: 'education', roles: ['asalee-nurse', 'nurse', 'advanced-practice-nurse'], after: after('bilan-initial', weeks(2)),
        detail: 'Bilan éducatif partagé, priorités de la personne, freins, entourage. Choix d’une ou deux actions réalisables d’ici le prochain entretien. Reconnaître et traiter une hypoglycémie si sulfamide, glinide ou insuline.',
        documents: [paper('Guide de l’hypoglycémie'), paper('Mon carnet de suivi du diabète')],
        forPatient: 'L’infirmière ou l’infirmier vous écoute et répond à vos questions. Vous choisissez par quoi commencer.',
      }),
      step({
        id: 'entretien-suivi', title: 'Entretien de suivi : poids, tension, pieds, projets', kind: 'education', roles: ['asalee-nurse', 'nurse', 'advanced-practice-nurse'], after: after('diagnostic-educatif', months(3)), repeat: every(months(3)),
        detail: 'Poids, pression artérielle, autosurveillance si elle est prescrite, pieds et chaussures regardés, tabac, activité physique, prise des médicaments, moral. Alerter le médecin selon les signes d’alerte.',
        forPatient: 'Tous les trois mois, un rendez-vous avec l’infirmière : tension, poids, pieds, et vos projets.',
      }),
      step({
        id: 'dietetique', title: 'Bilan diététique', kind: 'education', roles: ['dietician', 'asalee-nurse'], after: entry(weeks(6)),
        detail: 'Habitudes, budget, repas pris à l’extérieur. Objectifs simples, sans régime restrictif. Deux à trois rendez-vous selon la demande.',
        forPatient: 'La diététicienne part de ce que vous aimez manger. Elle vous aide à trouver de petits changements qui durent.',
      }),
      step({
        id: 'activite-physique', title: 'Évaluer et prescrire l’activité physique adaptée', kind: 'decision', roles: ['physician', 'physiotherapist'], after: entry(months(1)),
        detail: 'Niveau habituel, envies, limites. Prescription d’activité physique adaptée (ALD) ; bilan du kinésithérapeute en cas de limitation. Prudence : mal perforant, rétinopathie proliférante, risque d’hypoglycémie à l’effort.',
        documents: [paper('Prescription d’activité physique adaptée')],
        forPatient: 'Bouger fait baisser le sucre. Vous cherchez ensemble une activité qui vous plaît.',
      }),
      step({
        id: 'pieds-gradation', title: 'Gradation du risque podologique', kind: 'act', roles: ['chiropodist', 'physician', 'asalee-nurse'], after: entry(months(1)), repeat: every(years(1)),
        detail: 'Monofilament de 10 g, pouls, déformations, chaussage, antécédents. Grade 0 : pas de neuropathie ; 1 : neuropathie isolée ; 2 : neuropathie avec artériopathie ou déformation ; 3 : antécédent d’ulcération ou d’amputation. Accès direct au pédicure-podologue.',
        forPatient: 'Le podologue regarde vos pieds une fois par an. L’examen ne fait pas mal.',
      }),
      step({
        id: 'pieds-soins', title: 'Séances de prévention podologique', kind: 'act', roles: ['chiropodist'], after: after('pieds-gradation', months(1)), repeat: every(months(2), 5),
        condition: when('Pied à risque de grade 2 (5 séances par an) ou de grade 3 (6 séances, 8 si une plaie cicatrise)'),
        forPatient: 'Vos pieds sont fragiles : le podologue les soigne plusieurs fois dans l’année. C’est remboursé.',
      }),
      step({
        id: 'fond-oeil', title: 'Fond d’œil ou rétinographie', kind: 'appointment', roles: ['medical-secretary', 'orthoptist', 'medical-assistant'], after: entry(months(2)), repeat: every(years(1)),
        detail: 'Ophtalmologiste ou dépistage par orthoptiste avec lecture différée. Tous les deux ans si la personne n’est pas sous insuline, que la glycémie et la pression artérielle sont équilibrées et que l’examen précédent est normal.',
        forPatient: 'Un examen des yeux chaque année. Après, ne conduisez pas si l’on vous a mis des gouttes.',
      }),
      step({
        id: 'dentiste', title: 'Bilan bucco-dentaire', kind: 'appointment', roles: ['dental-surgeon', 'medical-secretary'], after: entry(months(3)), repeat: every(years(1)),
        detail: 'Recherche d’une parodontite, qui déséquilibre le diabète.',
        forPatient: 'Le dentiste vérifie vos dents et vos gencives une fois par an.',
      }),
      step({
        id: 'ecg', title: 'Électrocardiogramme de repos', kind: 'exam', roles: ['physician', 'medical-assistant'], after: entry(months(2)), repeat: every(years(1)),
        detail: 'Avis cardiologique en cas d’anomalie, de symptôme, ou de risque cardiovasculaire très élevé.',
        forPatient: 'Un tracé du cœur, chaque année. Cela dure cinq minutes et ne fait pas mal.',
      }),
      step({
        id: 'vaccins', title: 'Vérifier les vaccins', kind: 'act', roles: ['nurse', 'pharmacist', 'physician'], after: entry(months(1)), repeat: every(years(1)),
        detail: 'Grippe et Covid-19 chaque automne, pneumocoque, diphtérie-tétanos-poliomyélite, zona à partir de 65 ans.',
        forPatient: 'On regarde ensemble si vos vaccins sont à jour.',
      }),
      step({
        id: 'bilan-medication', title: 'Bilan partagé de médication', kind: 'act', roles: ['pharmacist'], after: entry(months(4)), repeat: every(years(1)),
        condition: when('65 ans ou plus et au moins cinq traitements pris depuis six mois ou plus'),
        detail: 'Entretien, analyse, conseils transmis au médecin traitant. Attention aux sulfamides chez la personne âgée et à la fonction rénale.',
        forPatient: 'Le pharmacien regarde avec vous tous vos médicaments et vous aide à les prendre.',
      }),
      step({
        id: 'intensifier', title: 'Revoir le traitement', kind: 'decision', roles: ['physician', 'advanced-practice-nurse'], after: after('hba1c', weeks(2)),
        condition: when('HbA1c supérieure à 8 %', `${latest('4548-4')} > 8`),
        detail: 'Rechercher une cause (prise, alimentation, infection, corticoïde, pancréas), puis adapter par étapes selon les recommandations de 2024. Téléexpertise ou avis du diabétologue si l’objectif n’est pas atteint malgré deux traitements.',
        forPatient: 'Votre sucre est trop haut. Votre médecin regarde pourquoi et change peut-être le traitement.',
      }),
      step({
        id: 'rein', title: 'Protéger le rein', kind: 'decision', roles: ['physician'], after: after('biologie', weeks(3)),
        condition: when('DFG inférieur à 60 mL/min/1,73 m² ou albuminurie supérieure à 30 mg/g', `${latest('62238-1')} < 60 or ${latest('9318-7')} > 30`),
        detail: 'Confirmer à trois mois, adapter la metformine, discuter bloqueur du système rénine et inhibiteur de SGLT2, éviter les AINS. Avis néphrologique si DFG inférieur à 30, chute rapide ou albuminurie abondante.',
        forPatient: 'Vos reins travaillent moins bien. On adapte vos médicaments pour les protéger.',
      }),
      step({
        id: 'concertation', title: 'Concertation de l’équipe', kind: 'meeting', roles: ['coordinator', 'physician'], after: entry(months(6)), repeat: every(years(1)),
        condition: when('Objectif non atteint, complication nouvelle ou rendez-vous manqués'),
        detail: 'Situation présentée par celui qui suit le plus ; décisions partagées et réparties.',
        forPatient: 'Les soignants qui vous suivent parlent ensemble de ce qui peut vous aider. On vous dit ce qui a été décidé.',
      }),
      step({
        id: 'synthese', title: 'Consultation annuelle de synthèse', kind: 'act', roles: ['physician'], after: entry(years(1)), repeat: every(years(1)),
        detail: 'Résultats de l’année, examens manquants, objectifs revus avec la personne, traitements, arrêt de travail, droits, prochaine année.',
        forPatient: 'Une fois par an, vous faites le bilan de l’année avec votre médecin et vous préparez la suivante.',
      }),
    ],
    alerts: [
      alert('Glycémie inférieure à 0,70 g/L, sueurs, tremblements, confusion', 'Donner 15 g de sucre, contrôler à 15 minutes. Personne inconsciente : ne rien faire avaler, appeler le 15, glucagon si prescrit. Prévenir le médecin le jour même.', ['nurse', 'physician']),
      alert('Plaie, rougeur ou gonflement du pied', 'Mettre le pied en décharge, ne pas attendre : médecin ou podologue le jour même, centre du pied diabétique sous 48 heures ; urgences si fièvre ou nécrose.', ['nurse', 'chiropodist', 'physician']),
      alert('Glycémie supérieure à 2,5 g/L avec soif, urines abondantes ou amaigrissement', 'Rechercher une acétone, appeler le médecin le jour même ; le 15 si vomissements ou somnolence.', ['nurse', 'physician']),
      alert('Vomissements, diarrhée, fièvre, jeûne avant une opération', 'Suspendre metformine et inhibiteur de SGLT2 selon la consigne écrite, boire, contrôler la glycémie, appeler le médecin.', ['nurse', 'pharmacist', 'physician']),
      alert('Baisse de vue soudaine, voile, mouches noires', 'Ophtalmologiste en urgence.', ['physician', 'nurse']),
      alert('Douleur de poitrine, essoufflement inhabituel, bouche déviée, bras faible', 'Appeler le 15.', ['nurse', 'physician', 'medical-secretary']),
    ],
    documents: [
      paper('Règles des jours de maladie : quels médicaments suspendre'),
      paper('Dépliant « Prendre soin de ses pieds »'),
      paper('Présentation du service sophia de l’Assurance Maladie'),
    ],
    sources: [
      has('Stratégie thérapeutique du patient vivant avec un diabète de type 2', '2024', 'https://www.has-sante.fr/jcms/p_3191108/fr/strategie-therapeutique-du-patient-vivant-avec-un-diabete-de-type-2'),
      has('Guide parcours de soins : diabète de type 2 de l’adulte', '2014', 'https://www.has-sante.fr/jcms/c_1735060/fr/guide-parcours-de-soins-diabete-de-type-2-de-l-adulte'),
      has('Dépistage de la rétinopathie diabétique par lecture différée de photographies du fond d’œil', '2010'),
      source('Avenant n° 5 à la convention nationale des pédicures-podologues (gradation et séances de prévention)', 'Journal officiel du 6 septembre 2023', '2023', 'https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000048046306'),
      has('Avis sur le protocole de coopération Asalée (infirmiers délégués à la santé populationnelle et médecins généralistes)', '2014'),
    ],
    reviewDate: '2027-01-15',
  },
};
