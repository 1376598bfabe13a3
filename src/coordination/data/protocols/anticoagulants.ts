import { after, alert, cim10, cisp2, days, entry, every, has, latest, months, paper, type Shipped, source, step, weeks, when, years } from './words.ts';

export const anticoagulants: Shipped = {
  key: 'anticoagulants-avk',
  edition: '1.0',
  published: '2025-10-15',
  model: {
    title: 'Anticoagulants : suivi d’un traitement par AVK',
    theme: 'anticoagulants',
    summary:
      'Garder l’INR dans la cible et éviter l’accident. Qui reçoit le résultat, qui adapte la dose, qui prévient la personne et qui vérifie le lendemain : chacun le sait, le jour même, y compris pendant les congés.',
    patients: {
      words: 'Personnes traitées par antivitamine K (warfarine, fluindione, acénocoumarol), quelle que soit l’indication. Cible habituelle : INR entre 2 et 3 ; certaines valves mécaniques demandent plus, selon le cardiologue. La warfarine est préférée pour commencer ; la fluindione n’est plus débutée.',
      problems: [
        cim10('I48', 'Fibrillation atriale'), cim10('I48.9', 'Fibrillation atriale, sans précision'), cim10('I80.2', 'Thrombose veineuse profonde'), cim10('I26.9', 'Embolie pulmonaire'),
        cim10('Z95.2', 'Prothèse valvulaire cardiaque'), cim10('Z92.1', 'Antécédents personnels d’utilisation (actuelle) d’anticoagulants à long terme'), cisp2('K78', 'Fibrillation auriculaire'),
      ],
      ages: { from: 18, until: null },
    },
    goals: [
      'Une indication, une durée et un INR cible écrits dans le dossier et connus de la personne',
      'Au moins 70 % des INR dans la cible sur six mois',
      'Tout INR rendu est lu, décidé et transmis le jour même',
      'Aucune hémorragie évitable, aucun arrêt sans relais décidé',
    ],
    steps: [
      step({
        id: 'indication', title: 'Poser l’indication, la durée et l’INR cible', kind: 'decision', roles: ['physician'], after: entry(),
        detail: 'Risque thrombotique et hémorragique, fonction rénale, foie, chutes, mémoire, autres traitements (AINS, antiagrégants, antibiotiques, amiodarone). Discuter un anticoagulant oral direct quand il est possible. NFS, TP, créatinine et INR avant de commencer.',
        forPatient: 'Votre médecin vous explique pourquoi vous prenez ce médicament, et pour combien de temps.',
      }),
      step({
        id: 'organisation', title: 'Écrire qui reçoit l’INR, qui décide, qui prévient', kind: 'document', roles: ['physician', 'coordinator', 'medical-secretary'], after: entry(days(2)),
        detail: 'Numéro du laboratoire, jour de prélèvement, médecin joignable et son remplaçant, infirmier, personne de confiance. Feuille visible au domicile.',
        documents: [paper('Qui fait quoi quand l’INR tombe')],
        forPatient: 'On note pour vous qui appeler et qui vous dira la dose à prendre.',
      }),
      step({
        id: 'premiers-inr', title: 'Premier INR, puis deuxième', kind: 'exam', roles: ['nurse', 'physician'], after: entry(days(4)),
        detail: 'Le premier après la troisième prise (matin du quatrième jour) : un INR supérieur à 2 annonce un surdosage, réduire la dose. Le deuxième trois à six jours plus tard.',
        condition: when('Traitement débuté depuis moins de deux semaines'),
        forPatient: 'Une prise de sang après trois jours de traitement, puis une autre quelques jours plus tard.',
      }),
      step({
        id: 'inr-equilibration', title: 'INR d’équilibration, une à deux fois par semaine', kind: 'exam', roles: ['nurse', 'physician'], after: after('premiers-inr', days(4)), repeat: every(weeks(1), 6),
        detail: 'Jusqu’à deux INR successifs dans la cible, puis on espace. Après tout changement de dose, contrôle au troisième jour.',
        condition: when('INR pas encore stable'),
        forPatient: 'Une prise de sang chaque semaine, le temps de trouver la bonne dose.',
      }),
      step({
        id: 'inr-mensuel', title: 'INR de surveillance, au moins une fois par mois', kind: 'measure', roles: ['nurse', 'physician', 'laboratory-technician'], after: entry(months(1)), repeat: every(months(1)),
        detail: 'Quatre semaines au plus entre deux INR. Contrôle rapproché en cas d’infection, de diarrhée, de nouveau médicament, de changement d’alimentation ou d’oubli.',
        forPatient: 'Une prise de sang au moins une fois par mois, même quand tout va bien.',
      }),
      step({
        id: 'dose', title: 'Décider la dose et la transmettre le jour même', kind: 'decision', roles: ['physician', 'advanced-practice-nurse'], after: after('inr-mensuel', days(0)), repeat: every(months(1)),
        detail: 'Dose écrite, date du prochain INR, personne prévenue par téléphone et sur le carnet. Le soir est le meilleur moment de prise.',
        forPatient: 'On vous appelle le jour même pour vous dire la dose et la date de la prochaine prise de sang.',
      }),
      step({
        id: 'surdosage', title: 'INR trop haut sans saignement : corriger, contrôler demain', kind: 'decision', roles: ['physician'], after: after('inr-mensuel', days(0)),
        condition: when('INR supérieur à 4', `${latest('6301-6')} > 4`),
        detail: 'Cible 2,5. INR sous 4 : pas de saut de prise. De 4 à moins de 6 : sauter une prise. De 6 à moins de 10 : arrêter, vitamine K 1 à 2 mg par la bouche. 10 ou plus : arrêter, vitamine K 5 mg par la bouche. Valve mécanique (cible 3 ou plus) : avis spécialisé dès 6. Chercher la cause. INR le lendemain dans tous les cas ; hospitaliser si le risque hémorragique est élevé.',
        forPatient: 'Votre sang est trop fluide. On vous dit quoi faire du médicament ce soir. Une prise de sang est faite demain.',
      }),
      step({
        id: 'inr-lendemain', title: 'INR du lendemain', kind: 'exam', roles: ['nurse'], after: after('surdosage', days(1)),
        condition: when('Après un INR supérieur à 4', `${latest('6301-6')} > 4`),
        forPatient: 'Une prise de sang de contrôle.',
      }),
      step({
        id: 'education-debut', title: 'Expliquer le traitement et le carnet', kind: 'education', roles: ['nurse', 'pharmacist', 'asalee-nurse'], after: entry(weeks(1)),
        detail: 'Nom et rôle du médicament, cible, heure fixe, oubli (jusqu’à huit heures, sinon sauter et le noter), signes de saignement, pas d’automédication ni d’AINS, alimentation régulière, carte à porter, informer dentiste et autres soignants, pas d’injection dans le muscle.',
        documents: [paper('Carnet d’information et de suivi d’un traitement par AVK'), paper('Carte « Je prends un anticoagulant »')],
        forPatient: 'On vous montre le carnet : quand prendre le comprimé, que faire si vous l’oubliez, quels signes surveiller.',
      }),
      step({
        id: 'entretien-pharmacien', title: 'Entretiens pharmaceutiques AVK', kind: 'education', roles: ['pharmacist'], after: entry(months(1)), repeat: every(months(4)),
        detail: 'Accompagnement conventionnel : entretien d’évaluation, puis entretiens thématiques. Interactions, observance, effets de la vie quotidienne. Conclusions transmises au médecin.',
        forPatient: 'Le pharmacien prend un temps avec vous pour parler de ce médicament.',
      }),
      step({
        id: 'chutes', title: 'Risque de chute et de saignement à domicile', kind: 'act', roles: ['nurse', 'occupational-therapist', 'physiotherapist'], after: entry(months(1)), repeat: every(years(1)),
        condition: when('75 ans ou plus, ou chute dans l’année'),
        detail: 'Domicile, chaussage, tension debout, aides. Une chute n’impose pas l’arrêt : le risque et le bénéfice se pèsent.',
        forPatient: 'On regarde avec vous comment éviter les chutes à la maison.',
      }),
      step({
        id: 'gestes', title: 'Avant un geste : décider arrêt, relais ou poursuite', kind: 'decision', roles: ['physician', 'dental-surgeon'], after: entry(months(6)),
        condition: when('Soin dentaire, infiltration, endoscopie ou opération prévus'),
        detail: 'Soins dentaires courants et cataracte : le plus souvent sans arrêt, INR entre 2 et 3 la veille. Autres gestes : plan écrit avec l’opérateur, dates d’arrêt, de relais et de reprise.',
        forPatient: 'Prévenez-nous avant tout soin dentaire ou opération. N’arrêtez jamais seul votre médicament.',
      }),
      step({
        id: 'biologie-annuelle', title: 'NFS, créatinine, bilan hépatique', kind: 'exam', roles: ['physician', 'advanced-practice-nurse'], after: entry(years(1)), repeat: every(years(1)),
        detail: 'Tous les six mois après 75 ans ou en cas d’insuffisance rénale.',
        forPatient: 'Une fois par an, une prise de sang plus complète.',
      }),
      step({
        id: 'reevaluation', title: 'Réévaluer l’indication et la qualité de l’équilibre', kind: 'decision', roles: ['physician'], after: entry(months(6)), repeat: every(months(6)),
        detail: 'Part des INR dans la cible, événements, interactions, souhait de la personne. Moins de 70 % malgré une bonne prise : discuter un anticoagulant oral direct ou l’autosurveillance si valve mécanique. Thrombose : la durée est-elle atteinte ?',
        forPatient: 'Tous les six mois, votre médecin vérifie que ce traitement est toujours le bon pour vous.',
      }),
    ],
    alerts: [
      alert('Saignement important ou qui ne cesse pas, selles noires, vomissements de sang', 'Appeler le 15 : hémorragie grave, hôpital (INR en urgence, vitamine K et concentré de complexe prothrombinique).', ['nurse', 'physician', 'medical-secretary']),
      alert('Choc à la tête, même sans plaie', 'Hôpital sans attendre pour un scanner, quel que soit l’INR.', ['nurse', 'physician', 'medical-secretary']),
      alert('Maux de tête violents, trouble de la parole, faiblesse d’un côté', 'Appeler le 15.', ['nurse', 'physician', 'medical-secretary']),
      alert('INR supérieur à 6', 'Joindre le médecin dans l’heure ; à défaut le remplaçant, sinon le 15. Ne pas laisser un message sans réponse.', ['nurse', 'medical-secretary', 'laboratory-technician']),
      alert('Gencives, nez, urines rouges, bleus sans choc', 'INR le jour même, appeler le médecin.', ['nurse', 'pharmacist']),
      alert('Mollet gonflé et douloureux, essoufflement brutal', 'Médecin immédiatement ou 15 : thrombose possible malgré le traitement.', ['nurse', 'physician']),
      alert('Nouvel antibiotique, antifongique ou antalgique', 'INR trois à cinq jours après le début et à l’arrêt.', ['pharmacist', 'physician']),
    ],
    documents: [paper('Carnet d’information et de suivi d’un traitement par AVK'), paper('Aliments riches en vitamine K : garder des quantités régulières'), paper('Ce que je fais si j’oublie une prise')],
    sources: [
      has('Prise en charge des surdosages en antivitamines K, des situations à risque hémorragique et des accidents hémorragiques chez les patients traités par antivitamines K en ville et en milieu hospitalier (avec le GEHT)', '2008', 'https://www.has-sante.fr/jcms/c_682188'),
      source('Guide d’accompagnement des patients sous antivitamine K (entretiens pharmaceutiques), arrêté du 24 juin 2016', 'Journal officiel du 28 juin 2016', '2016'),
      source('Bon usage des médicaments antivitamines K (AVK) : actualisation des recommandations', 'ANSM', '2012'),
      has('Protocole pluriprofessionnel des soins de premier recours : gestion des AVK', '2011'),
    ],
    reviewDate: '2026-10-15',
  },
};
