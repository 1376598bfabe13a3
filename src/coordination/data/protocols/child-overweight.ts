import { after, alert, cim10, cisp2, entry, every, has, months, paper, type Shipped, source, step, weeks, when, years } from './words.ts';

export const childOverweight: Shipped = {
  key: 'surpoids-enfant-3-12',
  edition: '1.0',
  published: '2026-01-15',
  model: {
    title: 'Surpoids de l’enfant de 3 à 12 ans',
    theme: 'child-overweight',
    summary:
      'Agir tôt, avec l’enfant et sa famille, sans culpabiliser et sans régime. Deux ans d’accompagnement de proximité : alimentation, mouvement, sommeil, écrans, estime de soi. Le but n’est pas de maigrir mais de laisser la courbe de corpulence ralentir pendant que l’enfant grandit.',
    patients: {
      words: 'Enfants de 3 à 12 ans révolus en surpoids ou en obésité sans complication (IMC au-dessus du seuil IOTF 25 ou du 97e percentile), ou à risque de le devenir : rebond d’adiposité avant 6 ans, changement rapide de couloir, parent en situation d’obésité. Obésité compliquée ou sévère : avis spécialisé d’abord.',
      problems: [cim10('E66.9', 'Surpoids, obésité'), cim10('E66.0', 'Obésité due à un excès calorique'), cisp2('T83', 'Excès pondéral'), cisp2('T82', 'Obésité')],
      ages: { from: 3, until: 12 },
    },
    goals: [
      'Une courbe de corpulence qui se stabilise, sans objectif de perte de poids',
      'Une heure de mouvement par jour, moins d’écrans, assez de sommeil',
      'Des repas en famille plus réguliers, sans aliment interdit',
      'Un enfant à l’aise avec son corps, sans moquerie ni mise à l’écart',
      'Deux ans d’accompagnement sans rupture',
    ],
    steps: [
      step({
        id: 'annonce', title: 'Consultation d’annonce et d’évaluation', kind: 'act', roles: ['physician'], after: entry(),
        detail: 'Demander la permission d’en parler. Poids, taille, IMC et courbe du carnet de santé, tour de taille sur taille, pression artérielle, puberté, ronflement, douleurs, peau (acanthosis). Mots neutres, histoire de la courbe, contexte familial et scolaire, ce que l’enfant en dit. Chercher une cause rare si la taille ralentit.',
        documents: [paper('Dépliant « Mission : retrouve ton cap »')],
        forPatient: 'Le médecin regarde ta courbe avec toi et tes parents. Personne n’a rien fait de mal.',
      }),
      step({
        id: 'biologie', title: 'Examens ciblés', kind: 'exam', roles: ['physician'], after: after('annonce', weeks(2)),
        condition: when('Obésité, ou surpoids avec antécédent familial de diabète, de cholestérol, ou signe clinique'),
        detail: 'Glycémie à jeun, cholestérol et triglycérides, transaminases. Pas de bilan systématique en cas de surpoids simple.',
        forPatient: 'Parfois une prise de sang. Une crème évite d’avoir mal.',
      }),
      step({
        id: 'prescription', title: 'Prescrire « Mission : retrouve ton cap »', kind: 'document', roles: ['physician'], after: after('annonce', weeks(1)),
        detail: 'Trois bilans au plus (diététique toujours ; activité physique et psychologique selon le besoin), puis six séances de suivi, renouvelables deux fois, sur deux ans. Pris en charge à 100 %, sans avance.',
        condition: when('La structure est référencée pour le dispositif'),
        forPatient: 'Le médecin fait une ordonnance. Les rendez-vous sont gratuits pour la famille.',
      }),
      step({
        id: 'bilan-dietetique', title: 'Bilan diététique', kind: 'education', roles: ['dietician'], after: after('annonce', weeks(3)),
        detail: 'Rythme, faim et satiété, boissons, portions, repas à l’école et chez les proches, budget. Un seul changement à la fois, choisi par l’enfant.',
        forPatient: 'Tu parles de ce que tu manges, de quand tu as faim. Tu choisis un défi pour commencer.',
      }),
      step({
        id: 'bilan-activite', title: 'Bilan d’activité physique', kind: 'act', roles: ['physiotherapist', 'psychomotor-therapist'], after: after('annonce', weeks(6)),
        detail: 'Jeux, trajets, écrans, essoufflement, coordination, plaisir. Club, association ou jeux quotidiens ; sport scolaire sans dispense.',
        forPatient: 'On joue, on bouge, on cherche ce que tu aimes faire.',
      }),
      step({
        id: 'bilan-psychologique', title: 'Bilan psychologique', kind: 'act', roles: ['psychologist'], after: after('annonce', weeks(8)),
        condition: when('Souffrance, moqueries, grignotage émotionnel, difficulté familiale, ou demande'),
        detail: 'Image de soi, harcèlement, humeur, liens familiaux. Situation à signaler selon la loi si l’enfant est en danger.',
        forPatient: 'Tu peux parler avec quelqu’un de ce qui te rend triste ou en colère. C’est privé.',
      }),
      step({
        id: 'sommeil-ecrans', title: 'Sommeil et écrans', kind: 'education', roles: ['asalee-nurse', 'nurse', 'medical-assistant'], after: after('annonce', weeks(4)),
        detail: 'Heures de coucher, écrans dans la chambre, petit-déjeuner. Règles choisies en famille. Ronflement ou pauses : dépister l’apnée.',
        documents: [paper('Notre semaine : bouger, manger, dormir, jouer')],
        forPatient: 'Bien dormir aide à grandir. Vous décidez en famille quand on éteint les écrans.',
      }),
      step({
        id: 'suivi-dietetique', title: 'Séances de suivi diététique', kind: 'education', roles: ['dietician'], after: after('bilan-dietetique', months(1)), repeat: every(months(2), 6),
        detail: 'Vingt à trente minutes ; valoriser chaque progrès. Renouvelables.',
        forPatient: 'Tu racontes ce qui a marché. On choisit le défi suivant.',
      }),
      step({
        id: 'suivi-psychologique', title: 'Séances de suivi psychologique', kind: 'act', roles: ['psychologist'], after: after('bilan-psychologique', months(1)), repeat: every(months(1), 6),
        condition: when('Proposé au terme du bilan psychologique et souhaité par l’enfant'),
        forPatient: 'Quelques rencontres pour te sentir mieux.',
      }),
      step({
        id: 'ecole', title: 'Lien avec l’école et la PMI', kind: 'call', roles: ['coordinator', 'nurse', 'physician'], after: entry(months(2)),
        condition: when('Les parents sont d’accord'),
        detail: 'Infirmier scolaire, cantine, sport, moqueries. Ne transmettre que ce que les parents et l’enfant ont accepté.',
        forPatient: 'Si tu le veux et tes parents aussi, on parle avec l’infirmier de l’école.',
      }),
      step({
        id: 'consultation', title: 'Consultation de suivi : courbe, plaisir, projet', kind: 'act', roles: ['physician'], after: after('annonce', months(3)), repeat: every(months(3), 8),
        detail: 'Trimestrielle la première année puis à adapter : IMC sur la courbe, tension, changements tenus, moral. Encourager même si la courbe ne bouge pas.',
        forPatient: 'Tous les trois mois, on regarde ta courbe et surtout tes réussites.',
      }),
      step({
        id: 'synthese', title: 'Synthèse d’équipe', kind: 'meeting', roles: ['coordinator', 'physician', 'dietician'], after: entry(months(6)), repeat: every(months(6), 4),
        detail: 'Bilans rassemblés, objectifs communs, séances à renouveler, adressage éventuel au niveau 2 (pédiatre, équipe spécialisée).',
        forPatient: 'Les personnes qui t’aident se parlent. On te dit ce qu’elles proposent.',
      }),
      step({
        id: 'niveau-2', title: 'Avis spécialisé', kind: 'decision', roles: ['physician'], after: entry(months(6)),
        condition: when('Courbe qui continue de monter malgré six mois, complication, obésité sévère, forte souffrance'),
        detail: 'Pédiatre formé, centre spécialisé de l’obésité, hôpital de jour ; séjour en soins de suite si nécessaire.',
        forPatient: 'Si besoin, un médecin de l’hôpital donne des idées de plus.',
      }),
      step({
        id: 'fin', title: 'Fin du programme et relais', kind: 'act', roles: ['physician', 'dietician'], after: entry(years(2)),
        detail: 'Bilan des deux ans, ce qui reste à la famille, surveillance de l’IMC deux fois par an, passage à l’adolescence préparé.',
        forPatient: 'C’est la fin du programme. On fête ce que tu as réussi et on continue de suivre ta courbe.',
      }),
    ],
    alerts: [
      alert('Soif et urines abondantes, amaigrissement', 'Glycémie capillaire immédiate : diabète ; urgences pédiatriques si élevée.', ['physician', 'nurse', 'pharmacist']),
      alert('Ronflement avec pauses, somnolence, maux de tête du matin', 'Médecin dans la semaine : apnée du sommeil.', ['nurse', 'physician', 'dietician']),
      alert('Douleur de hanche ou de genou, boiterie', 'Médecin le jour même : épiphysiolyse, ne plus appuyer.', ['physiotherapist', 'physician', 'nurse']),
      alert('Harcèlement, idées noires, refus de l’école', 'Médecin le jour même ; 3018 ; 15 si danger.', ['psychologist', 'physician', 'nurse']),
      alert('Enfant en danger dans sa famille', 'En parler sans rester seul : médecin, cellule départementale (CRIP), 119.', ['physician', 'psychologist', 'nurse']),
      alert('Perte de poids rapide ou restriction', 'Médecin dans la semaine : trouble du comportement alimentaire.', ['dietician', 'psychologist', 'physician']),
    ],
    documents: [paper('Dépliant « Mission : retrouve ton cap »'), paper('Notre semaine : bouger, manger, dormir, jouer'), paper('Courbe de corpulence du carnet de santé')],
    sources: [
      has('Guide du parcours de soins : surpoids et obésité de l’enfant et de l’adolescent(e)', '2022'),
      source('« Mission : retrouve ton cap » : un programme pour prévenir le surpoids et l’obésité de l’enfant', 'Assurance Maladie', '2023', 'https://www.ameli.fr/assure/remboursements/rembourse/mission-retrouve-ton-cap'),
      source('Courbes de croissance AFPA – CRESS/Inserm – CompuGroup Medical, carnet de santé', 'Ministère de la santé', '2018'),
    ],
    reviewDate: '2027-01-15',
  },
};
