import { after, alert, cim10, cisp2, days, entry, every, has, latest, months, paper, type Shipped, source, step, weeks, when } from './words.ts';

export const palliative: Shipped = {
  key: 'soins-palliatifs-domicile',
  edition: '1.0',
  published: '2026-01-15',
  model: {
    title: 'Soins palliatifs à domicile',
    theme: 'palliative',
    summary:
      'Permettre à la personne de vivre chez elle jusqu’au bout si elle le souhaite : symptômes soulagés, prescriptions anticipées sous la main, un numéro qui répond jour et nuit, une équipe réunie chaque semaine ou chaque quinzaine, et un proche qui n’est pas seul.',
    patients: {
      words: 'Personnes de tout âge adulte atteintes d’une maladie grave, évolutive, en phase avancée ou terminale, à domicile ou en établissement, qui souhaitent y rester. « Serais-je surpris si cette personne mourait dans l’année ? » : si la réponse est non, proposer le protocole.',
      problems: [cim10('Z51.5', 'Soins palliatifs'), cisp2('A99', 'Soins palliatifs')],
      ages: { from: 18, until: null },
    },
    goals: [
      'Ce que la personne souhaite est écrit : lieu, limites, personne de confiance, directives anticipées',
      'Douleur à 3 sur 10 ou moins, et les autres symptômes soulagés',
      'Prescriptions anticipées et médicaments au domicile avant d’en avoir besoin',
      'Une réponse jour et nuit, et pas d’hospitalisation subie',
      'Un proche soutenu, avant et après le décès',
    ],
    steps: [
      step({
        id: 'entree', title: 'Visite d’entrée : ce qui compte pour la personne', kind: 'act', roles: ['physician'], after: entry(),
        detail: 'Ce qu’elle sait, ce qu’elle veut savoir, ce qui l’inquiète, où elle veut être. Symptômes, traitements à arrêter, pronostic, isolement, enfants au foyer. Accord pour le partage entre soignants.',
        forPatient: 'Votre médecin prend le temps de vous écouter. Vous dites ce qui compte pour vous.',
      }),
      step({
        id: 'evaluation-infirmiere', title: 'Évaluation infirmière', kind: 'act', roles: ['nurse'], after: entry(days(2)),
        detail: 'ESAS (douleur, fatigue, nausées, essoufflement, angoisse…), peau, bouche, transit, sommeil, matériel, épuisement du proche. Score de complexité (Pallia 10).',
        documents: [paper('Échelle ESAS'), paper('Cahier de liaison du domicile')],
        forPatient: 'L’infirmière ou l’infirmier fait le point avec vous sur ce qui vous gêne.',
      }),
      step({
        id: 'directives', title: 'Directives anticipées et personne de confiance', kind: 'decision', roles: ['physician', 'nurse'], after: entry(days(10)),
        detail: 'En plusieurs fois, sans forcer. Inscrites au dossier et, si la personne veut, à Mon espace santé. Tracer un refus d’en parler.',
        documents: [paper('Formulaire de directives anticipées')],
        forPatient: 'Vous pouvez écrire ce que vous voulez et ce que vous ne voulez pas, et choisir qui parlera pour vous. Vous pouvez changer d’avis.',
      }),
      step({
        id: 'anticipees', title: 'Prescriptions anticipées personnalisées', kind: 'document', roles: ['physician'], after: entry(days(5)), repeat: every(weeks(2)),
        detail: 'Douleur, essoufflement, encombrement, angoisse, confusion, nausées, convulsion, saignement, fièvre, rétention : médicament, dose, voie, quand le donner, qui appeler. Relues tous les quinze jours et à tout changement.',
        documents: [paper('Ordonnance anticipée par symptôme'), paper('Fiche SAMU : patient remarquable')],
        forPatient: 'Des ordonnances sont prêtes d’avance. Si une gêne arrive, on peut vous soulager tout de suite.',
      }),
      step({
        id: 'pharmacie', title: 'Médicaments et matériel au domicile', kind: 'act', roles: ['pharmacist', 'nurse'], after: after('anticipees', days(2)),
        detail: 'Morphine ou oxycodone injectable, midazolam (délivré en ville ou par rétrocession), scopolamine, halopéridol, pompe, voie sous-cutanée, lit, oxygène. Date de péremption, rangement, retour des produits.',
        forPatient: 'Le pharmacien apporte ce qu’il faut, pour ne pas en manquer le soir ou le week-end.',
      }),
      step({
        id: 'samu', title: 'Prévenir le SAMU et la permanence des soins', kind: 'call', roles: ['physician', 'coordinator'], after: entry(days(7)),
        detail: 'Fiche patient remarquable, décisions de limitation, lieu souhaité, numéros. Renouveler si les souhaits changent.',
        forPatient: 'Les équipes de nuit savent qui vous êtes et ce que vous souhaitez.',
      }),
      step({
        id: 'equipe-appui', title: 'Appui : équipe mobile, réseau ou HAD', kind: 'decision', roles: ['physician', 'coordinator'], after: entry(days(7)),
        condition: when('Symptôme rebelle, soins complexes, enfant au foyer, épuisement, Pallia 10 supérieur à 3'),
        detail: 'Téléexpertise, équipe mobile de soins palliatifs, HAD, service de soins infirmiers. Répartir les rôles par écrit.',
        forPatient: 'Une équipe spécialisée peut nous aider à vous aider. Vos soignants restent les mêmes.',
      }),
      step({
        id: 'aides', title: 'Aides du domicile et droits', kind: 'appointment', roles: ['coordinator', 'medical-secretary'], after: entry(days(7)),
        detail: 'Aide à domicile, garde de nuit, fonds national d’action sanitaire et sociale, congé de solidarité familiale et allocation journalière, prestations de la mutuelle.',
        forPatient: 'On s’occupe des papiers pour avoir de l’aide à la maison.',
      }),
      step({
        id: 'visites', title: 'Visites infirmières', kind: 'act', roles: ['nurse'], after: after('evaluation-infirmiere', days(7)), repeat: every(weeks(1)),
        detail: 'Au moins chaque semaine en phase stable, chaque jour ou plus ensuite : le rythme est réglé pour cette personne. ESAS, bouche, peau, transit, voie, pompe, proche.',
        forPatient: 'Quelqu’un passe régulièrement. Plus souvent si vous en avez besoin.',
      }),
      step({
        id: 'medecin', title: 'Visite du médecin', kind: 'act', roles: ['physician'], after: entry(weeks(2)), repeat: every(weeks(2)),
        detail: 'Symptômes, traitements inutiles arrêtés, anticipées revues, moral, proche.',
        forPatient: 'Votre médecin vient vous voir tous les quinze jours, et quand il le faut.',
      }),
      step({
        id: 'douleur', title: 'Adapter l’antalgie sous 24 heures', kind: 'decision', roles: ['physician', 'nurse'], after: entry(days(1)),
        condition: when('Douleur supérieure à 3 sur 10', `${latest('72514-3')} > 3`),
        detail: 'Titration, interdoses, laxatif d’office avec un opioïde, réévaluer à 24 puis 48 heures. Douleur neuropathique : co-antalgiques.',
        forPatient: 'Vous ne devez pas avoir mal. On change le traitement dès demain.',
      }),
      step({
        id: 'confort', title: 'Confort : kinésithérapie, ergothérapie, bouche', kind: 'act', roles: ['physiotherapist', 'occupational-therapist', 'nurse', 'speech-therapist'], after: entry(weeks(2)), repeat: every(weeks(1), 8),
        condition: when('Encombrement, immobilité, douleur de position, troubles de la déglutition ou demande'),
        forPatient: 'Des soins doux pour mieux respirer, mieux bouger, mieux avaler.',
      }),
      step({
        id: 'soutien', title: 'Soutien psychologique, social et spirituel', kind: 'act', roles: ['psychologist', 'coordinator'], after: entry(weeks(3)), repeat: every(weeks(2), 6),
        condition: when('La personne ou son proche le souhaite'),
        detail: 'Psychologue, bénévoles d’accompagnement, culte, famille éloignée, enfants à préparer.',
        forPatient: 'Parler à quelqu’un peut faire du bien, à vous et à vos proches. C’est vous qui choisissez.',
      }),
      step({
        id: 'aidant', title: 'Prendre soin du proche', kind: 'call', roles: ['nurse', 'medical-assistant', 'psychologist'], after: entry(weeks(1)), repeat: every(weeks(1)),
        detail: 'Sommeil, peur, gestes à apprendre, répit. Expliquer ce qui peut arriver et quoi faire.',
        forPatient: 'On appelle aussi la personne qui vous aide, pour savoir comment elle va.',
      }),
      step({
        id: 'concertation', title: 'Réunion de l’équipe', kind: 'meeting', roles: ['coordinator', 'physician', 'nurse'], after: entry(weeks(2)), repeat: every(weeks(2)),
        detail: 'Chaque quinzaine, chaque semaine en phase instable. Symptômes, souhaits, lieu, prescriptions anticipées, proche, prochain appel.',
        forPatient: 'Vos soignants se parlent toutes les deux semaines pour rester d’accord.',
      }),
      step({
        id: 'sedation', title: 'Procédure collégiale : limitation ou sédation', kind: 'meeting', roles: ['physician', 'nurse'], after: entry(months(1)),
        condition: when('Demande de la personne, souffrance réfractaire avec pronostic à court terme, ou obstination déraisonnable'),
        detail: 'Loi du 2 février 2016 : médecin, équipe, avis d’un autre médecin sans lien hiérarchique, personne de confiance, motifs inscrits. Sédation profonde et continue à domicile : équipe formée, HAD ou équipe mobile, présence organisée, midazolam en première intention.',
        documents: [paper('Trame de procédure collégiale')],
        forPatient: 'Si rien ne soulage assez, on peut parler ensemble d’un sommeil profond. Rien ne se décide sans vous ou vos volontés.',
      }),
      step({
        id: 'derniers-jours', title: 'Derniers jours : présence et consignes', kind: 'act', roles: ['nurse', 'physician'], after: entry(months(1)),
        condition: when('Phase agonique : dort presque toujours, ne boit plus, respiration changée'),
        detail: 'Passage au moins deux fois par jour, arrêt des soins inutiles, bouche, positions, anticipées prêtes. Qui constate, qui appeler, rites.',
        forPatient: 'Nous passons plus souvent. Vos proches savent qui appeler à toute heure.',
      }),
      step({
        id: 'deuil', title: 'Après le décès : appel et visite au proche', kind: 'call', roles: ['nurse', 'physician', 'psychologist'], after: after('derniers-jours', weeks(2)), repeat: every(months(3), 3),
        detail: 'Deux semaines, trois mois, puis plus tard si besoin. Retour du matériel, médicaments rapportés à la pharmacie, deuil compliqué. L’équipe prend aussi un temps pour elle.',
        forPatient: 'Nous restons présents pour vos proches.',
      }),
    ],
    alerts: [
      alert('Douleur intense, ou deux interdoses sans effet', 'Donner l’anticipée, appeler le médecin dans l’heure, puis l’équipe d’appui.', ['nurse', 'physician']),
      alert('Étouffement, saignement massif', 'Rester près de la personne, linges sombres, midazolam de détresse prescrit, appeler le médecin ou le 15 avec la fiche.', ['nurse', 'physician']),
      alert('Confusion agitée', 'Rechercher rétention, fécalome, opioïde, infection ; anticipée ; médecin le jour même.', ['nurse', 'physician']),
      alert('Proche à bout', 'Répit sous 48 heures, réunion avancée, lit de repli.', ['nurse', 'coordinator', 'psychologist']),
      alert('Jambes faibles, troubles pour uriner, douleur du dos et cancer', 'Compression médullaire possible : hôpital en urgence si c’est conforme aux souhaits, corticoïdes.', ['nurse', 'physiotherapist', 'physician']),
      alert('Somnolence et respiration sous 10 par minute sous opioïde', 'Stimuler, suspendre la prochaine dose, appeler le médecin tout de suite.', ['nurse', 'pharmacist']),
    ],
    documents: [paper('Cahier de liaison du domicile'), paper('Formulaire de directives anticipées'), paper('Que faire quand… : guide du proche'), paper('Ordonnance anticipée par symptôme')],
    sources: [
      has('Comment améliorer le maintien à domicile des patients adultes relevant de soins palliatifs ? Note méthodologique et fiche points clés', '2016'),
      has('Comment mettre en œuvre une sédation profonde et continue maintenue jusqu’au décès ? Guide du parcours de soins', '2018'),
      has('Antalgie des douleurs rebelles et pratiques sédatives chez l’adulte : prise en charge médicamenteuse en situations palliatives jusqu’en fin de vie', '2020'),
      source('Loi n° 2016-87 du 2 février 2016 créant de nouveaux droits en faveur des malades et des personnes en fin de vie', 'Journal officiel', '2016', 'https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000031970253'),
      source('Pallia 10 : quand faire appel à une équipe de soins palliatifs ?', 'SFAP', '2016'),
    ],
    reviewDate: '2027-01-15',
  },
};
