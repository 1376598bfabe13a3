import { after, alert, cim10, cisp2, days, entry, every, has, latest, months, paper, type Shipped, source, step, weeks, when, years } from './words.ts';

export const heartFailure: Shipped = {
  key: 'insuffisance-cardiaque',
  edition: '1.0',
  published: '2026-01-15',
  model: {
    title: 'Insuffisance cardiaque : retour à domicile et suivi',
    theme: 'heart-failure',
    summary:
      'Éviter la réhospitalisation. Après la sortie : une infirmière chaque semaine, le médecin avant sept jours, le cardiologue avant deux mois. Ensuite : un poids surveillé par la personne elle-même, des médicaments montés pas à pas, et une alerte dès 2 à 3 kg pris en quelques jours.',
    patients: {
      words: 'Adultes avec une insuffisance cardiaque chronique, à fraction d’éjection réduite ou préservée, en particulier après une hospitalisation pour décompensation.',
      problems: [cim10('I50.9', 'Insuffisance cardiaque'), cim10('I50', 'Insuffisance cardiaque'), cim10('I50.0', 'Insuffisance cardiaque congestive'), cim10('I50.1', 'Insuffisance ventriculaire gauche'), cisp2('K77', 'Décompensation cardiaque')],
      ages: { from: 18, until: null },
    },
    goals: [
      'Ni essoufflement ni œdème nouveau : une personne stable à son poids de forme',
      'Médecin vu dans les 7 jours et cardiologue dans les 2 mois après une sortie d’hôpital',
      'Traitements de fond aux doses visées, en trois mois si la tension et le rein le permettent',
      'Une personne qui se pèse, connaît son poids de forme et sait qui appeler',
    ],
    steps: [
      step({
        id: 'sortie', title: 'Recueillir le compte rendu et fixer le poids de forme', kind: 'document', roles: ['medical-secretary', 'nurse', 'medical-assistant'], after: entry(days(2)),
        detail: 'Compte rendu et ordonnance de sortie, fraction d’éjection, poids de sortie, créatinine, potassium. Obtenir les pièces manquantes auprès du service.',
        forPatient: 'On demande vos papiers à l’hôpital pour que tout le monde sache ce qui a été fait.',
      }),
      step({
        id: 'visite-infirmiere', title: 'Première visite infirmière', kind: 'act', roles: ['nurse'], after: entry(days(3)),
        detail: 'Poids, tension couché et debout, fréquence, saturation, œdèmes, souffle dans les gestes courants, piluliers, sel, balance disponible. Contacts d’alerte affichés.',
        documents: [paper('Carnet de suivi de l’insuffisance cardiaque')],
        forPatient: 'L’infirmière ou l’infirmier passe chez vous : tension, poids, médicaments.',
      }),
      step({
        id: 'consultation-7j', title: 'Consultation du médecin traitant', kind: 'act', roles: ['physician'], after: entry(days(7)),
        detail: 'Signes congestifs, tolérance, ordonnance comparée à celle d’avant, dose de diurétique et conduite en cas de prise de poids, médicaments à éviter (AINS, effervescents salés, inhibiteurs calciques non dihydropyridines si fraction d’éjection réduite).',
        forPatient: 'Vous voyez votre médecin dans la semaine qui suit votre retour.',
      }),
      step({
        id: 'biologie', title: 'Créatinine, sodium, potassium', kind: 'exam', roles: ['physician', 'nurse'], after: entry(days(10)), repeat: every(weeks(2), 6),
        detail: 'Une à deux semaines après chaque changement de dose d’un bloqueur du système rénine, d’un antialdostérone ou d’un diurétique, puis tous les six mois.',
        forPatient: 'Des prises de sang régulières au début, pour vérifier vos reins et le potassium.',
      }),
      step({
        id: 'surveillance-hebdo', title: 'Surveillance et éducation infirmières, chaque semaine', kind: 'act', roles: ['nurse'], after: after('visite-infirmiere', weeks(1)), repeat: every(weeks(1), 8),
        detail: 'Deux mois, comme dans le programme de retour à domicile. Poids, tension, souffle, œdèmes, prise des médicaments. À chaque visite un thème : sel, pesée, signes d’alerte, activité, vaccins, voyages.',
        forPatient: 'Une visite par semaine pendant deux mois. Vous apprenez à repérer vous-même les signes.',
      }),
      step({
        id: 'surveillance-quinzaine', title: 'Surveillance infirmière tous les quinze jours', kind: 'act', roles: ['nurse'], after: after('surveillance-hebdo', weeks(2)), repeat: every(weeks(2), 8),
        condition: when('Essoufflement au moindre effort ou au repos (NYHA III ou IV)'),
        forPatient: 'Si vous êtes encore essoufflé, les visites continuent tous les quinze jours.',
      }),
      step({
        id: 'cardiologue', title: 'Rendez-vous de cardiologie', kind: 'appointment', roles: ['medical-secretary', 'medical-assistant'], after: entry(months(2)), repeat: every(months(6)),
        detail: 'Dans les deux mois après la sortie (deux à trois semaines si la situation est instable), puis tous les six à douze mois avec électrocardiogramme et échocardiographie selon l’évolution.',
        forPatient: 'On prend pour vous le rendez-vous chez le cardiologue.',
      }),
      step({
        id: 'titration', title: 'Monter les traitements de fond', kind: 'decision', roles: ['physician', 'advanced-practice-nurse'], after: after('consultation-7j', weeks(2)), repeat: every(weeks(2), 6),
        condition: when('Fraction d’éjection réduite et doses visées non atteintes'),
        detail: 'Bloqueur du système rénine ou sacubitril-valsartan, bêtabloquant, antialdostérone, inhibiteur de SGLT2. Palier toutes les deux semaines si pouls supérieur à 50, systolique supérieure à 90-100 sans malaise, potassium inférieur à 5,5 mmol/L.',
        forPatient: 'Les doses augmentent petit à petit. Dites-nous si vous avez des vertiges.',
      }),
      step({
        id: 'potassium', title: 'Potassium trop haut : adapter', kind: 'decision', roles: ['physician'], after: after('biologie', days(0)),
        condition: when('Potassium supérieur à 5,5 mmol/L', `${latest('2823-3')} > 5.5`),
        detail: 'Contrôle immédiat, électrocardiogramme, réduire ou suspendre antialdostérone et bloqueur. 6 ou plus : hôpital.',
        forPatient: 'Le potassium est trop haut dans le sang. Le médecin adapte vos médicaments tout de suite.',
      }),
      step({
        id: 'bilan-medication', title: 'Bilan de médication et pilulier', kind: 'act', roles: ['pharmacist'], after: entry(weeks(3)),
        detail: 'Conciliation entre l’ordonnance d’avant et celle de sortie, doublons, AINS en vente libre, comprimés effervescents, horaires du diurétique.',
        forPatient: 'Le pharmacien vérifie avec vous que les médicaments vont bien ensemble.',
      }),
      step({
        id: 'education-poids', title: 'Se peser et réagir', kind: 'education', roles: ['nurse', 'asalee-nurse', 'advanced-practice-nurse'], after: entry(weeks(1)),
        detail: 'Pesée au lever, après être allé aux toilettes, même tenue, même balance ; noter. Règle : 2 à 3 kg en trois jours, j’appelle. Sel 6 g par jour au plus, boissons selon la consigne.',
        documents: [paper('Ma feuille de poids'), paper('EPOF : Essoufflement, Poids, Œdèmes, Fatigue')],
        forPatient: 'Pesez-vous le matin, deux à trois fois par semaine ou plus. Deux kilos de plus en trois jours : appelez-nous.',
      }),
      step({
        id: 'telesurveillance', title: 'Proposer la télésurveillance', kind: 'decision', roles: ['physician', 'coordinator'], after: entry(weeks(2)),
        condition: when('Hospitalisation dans l’année, ou NYHA II et plus avec peptide natriurétique élevé'),
        forPatient: 'Une balance reliée peut envoyer votre poids à une équipe qui surveille. Vous êtes libre d’accepter.',
      }),
      step({
        id: 'readaptation', title: 'Réadaptation et activité physique', kind: 'act', roles: ['physiotherapist', 'physician'], after: entry(months(1)),
        detail: 'Réadaptation cardiaque en centre si possible ; sinon reprise progressive au cabinet ou à domicile : endurance, renforcement, respiration.',
        forPatient: 'Bouger en sécurité redonne du souffle. Le kinésithérapeute vous guide.',
      }),
      step({
        id: 'vaccins', title: 'Vaccins grippe, Covid-19, pneumocoque', kind: 'act', roles: ['nurse', 'pharmacist', 'physician'], after: entry(months(1)), repeat: every(years(1)),
        forPatient: 'Une grippe fatigue le cœur. Le vaccin est proposé chaque automne.',
      }),
      step({
        id: 'suivi-medical', title: 'Consultation de suivi', kind: 'act', roles: ['physician'], after: entry(months(3)), repeat: every(months(3)),
        detail: 'Poids, tension couché et debout, pouls, congestion, biologie, moral, mémoire, sommeil (apnées), fer si fraction d’éjection réduite, droits et ALD 5.',
        forPatient: 'Vous voyez votre médecin tous les trois mois.',
      }),
      step({
        id: 'concertation', title: 'Concertation : projet de soins et limites', kind: 'meeting', roles: ['physician', 'coordinator'], after: entry(months(6)), repeat: every(years(1)),
        condition: when('Deux décompensations en six mois, ou NYHA IV malgré le traitement'),
        detail: 'Cardiologue, équipe d’appui, soins palliatifs si besoin. Directives anticipées et personne de confiance.',
        forPatient: 'L’équipe parle avec vous de ce qui compte et de ce que vous souhaitez.',
      }),
    ],
    alerts: [
      alert('Prise de plus de 2 à 3 kg en trois jours', 'Appeler le médecin le jour même : majorer le diurétique selon la consigne écrite, contrôle du poids à 48 heures.', ['nurse', 'physician', 'medical-secretary']),
      alert('Essoufflement au repos ou allongé, toux la nuit, œdèmes qui montent', 'Médecin dans la journée ; le 15 si la personne ne peut pas parler ou que la saturation est sous 90 %.', ['nurse', 'physician']),
      alert('Systolique sous 90 avec malaise, ou pouls sous 50', 'Ne pas donner la prise suivante de bêtabloquant, appeler le médecin.', ['nurse', 'pharmacist']),
      alert('Diarrhée, vomissements, forte chaleur', 'Risque de déshydratation : médecin le jour même, diurétique et bloqueur à adapter, biologie.', ['nurse', 'physician']),
      alert('Malaise, palpitations, choc du défibrillateur', 'Appeler le 15 en cas de malaise ou de chocs répétés ; cardiologue le jour même sinon.', ['nurse', 'physician']),
    ],
    documents: [paper('Carnet de suivi de l’insuffisance cardiaque'), paper('Le sel caché : repères pour faire les courses'), paper('Médicaments à ne pas prendre sans avis')],
    sources: [
      has('Guide du parcours de soins : insuffisance cardiaque', '2014'),
      source('Programme de retour à domicile (Prado) : insuffisance cardiaque', 'Assurance Maladie', '2013', 'https://www.ameli.fr/medecin/exercice-liberal/services-patients/prado'),
      source('ESC Guidelines for the diagnosis and treatment of acute and chronic heart failure, et mise à jour de 2023', 'European Society of Cardiology', '2021'),
    ],
    reviewDate: '2027-01-15',
  },
};
