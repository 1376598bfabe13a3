import { after, alert, cim10, cisp2, days, entry, every, has, latest, months, paper, type Shipped, source, step, weeks, when, years } from './words.ts';

export const frailty: Shipped = {
  key: 'personne-agee-fragile',
  edition: '1.0',
  published: '2026-01-15',
  model: {
    title: 'Personne âgée fragile : repérer, évaluer, soutenir',
    theme: 'frailty',
    summary:
      'Repérer tôt une fragilité encore réversible, l’évaluer à domicile, puis agir sur ce qui change le cours des choses : marche, nutrition, médicaments, mémoire, moral, logement, aidant. Un plan personnalisé de santé tient ensemble les actions et se relit au moins une fois par an.',
    patients: {
      words: 'Personnes de 70 ans et plus vivant à domicile, fatiguées, amaigries, ralenties, qui tombent, oublient ou s’isolent ; ou après une hospitalisation. Ne s’adresse pas aux personnes déjà lourdement dépendantes, pour lesquelles les objectifs sont autres.',
      problems: [cim10('R54', 'Sénescence, fragilité de la personne âgée'), cim10('R29.6', 'Chutes à répétition'), cim10('E46', 'Dénutrition'), cisp2('A05', 'Altération de l’état général')],
      ages: { from: 70, until: null },
    },
    goals: [
      'Rester chez soi, comme la personne le souhaite, et le dire dans ses mots',
      'Pas de chute, ou savoir se relever et être secouru',
      'Poids stabilisé, au moins un repas chaud par jour, apports en protéines suffisants',
      'Une ordonnance relue, sans médicament inutile',
      'Un aidant soutenu, des droits ouverts',
    ],
    steps: [
      step({
        id: 'reperage', title: 'Repérage de la fragilité', kind: 'measure', roles: ['nurse', 'medical-assistant', 'physician', 'pharmacist', 'physiotherapist', 'asalee-nurse'], after: entry(),
        detail: 'Vit seul ? Perte de poids en trois mois ? Plus fatigué ? Plus de mal à se déplacer ? Plainte de mémoire ? Marche lente (plus de quatre secondes pour quatre mètres) ? Si une réponse est oui et que le soignant pense la personne fragile : proposer l’évaluation. L’outil ICOPE (mobilité, mémoire, nutrition, humeur, vue, audition) convient aussi.',
        documents: [paper('Grille de repérage de la fragilité')],
        forPatient: 'Quelques questions simples et quatre mètres de marche. Cela prend dix minutes.',
      }),
      step({
        id: 'accord', title: 'Accord de la personne et choix du référent', kind: 'decision', roles: ['physician', 'nurse'], after: after('reperage', weeks(1)),
        detail: 'Expliquer le but, recueillir l’accord, la personne de confiance, ce qui compte pour elle. Désigner le professionnel qui suit le plan.',
        forPatient: 'On vous explique la démarche. Vous dites ce qui compte pour vous. Rien ne se fait sans votre accord.',
      }),
      step({
        id: 'evaluation-domicile', title: 'Évaluation globale à domicile', kind: 'act', roles: ['nurse', 'advanced-practice-nurse', 'asalee-nurse'], after: after('accord', weeks(2)),
        detail: 'Actes de la vie quotidienne (ADL, IADL), lever de chaise, appui sur un pied, tension couché et debout, poids et IMC, MNA, MMSE ou test de l’horloge, mini-GDS, vue, audition, continence, douleur, logement, aides, entourage. Feuille de synthèse au médecin.',
        documents: [paper('Synthèse d’évaluation à domicile')],
        forPatient: 'L’infirmière ou l’infirmier vient chez vous, prend son temps et regarde avec vous ce qui est facile et ce qui l’est moins.',
      }),
      step({
        id: 'consultation-longue', title: 'Consultation longue du médecin traitant', kind: 'act', roles: ['physician'], after: after('evaluation-domicile', weeks(2)),
        detail: 'Diagnostics clarifiés, priorités, révision de l’ordonnance, examens utiles seulement (NFS, ionogramme, créatinine, albumine avec CRP, TSH, vitamine D). Visite longue et complexe si la personne ne se déplace pas.',
        forPatient: 'Votre médecin reprend tout avec vous et allège l’ordonnance si c’est possible.',
      }),
      step({
        id: 'bilan-medication', title: 'Bilan partagé de médication', kind: 'act', roles: ['pharmacist'], after: entry(weeks(6)), repeat: every(years(1)),
        detail: 'Médicaments à risque : benzodiazépines, anticholinergiques, hypotenseurs, sulfamides hypoglycémiants, AINS. Propositions au médecin.',
        forPatient: 'Apportez toutes vos boîtes : le pharmacien fait le tri avec vous.',
      }),
      step({
        id: 'equilibre', title: 'Rééducation : équilibre, force, lever du sol', kind: 'act', roles: ['physiotherapist'], after: entry(weeks(6)), repeat: every(weeks(1), 15),
        condition: when('Chute dans l’année, lever de chaise difficile ou marche lente'),
        detail: 'Bilan puis séances ; programme à poursuivre seul ou en groupe. Objectif : se relever du sol.',
        forPatient: 'Le kinésithérapeute vous aide à retrouver force et équilibre, et à vous relever si vous tombez.',
      }),
      step({
        id: 'nutrition', title: 'Prise en charge nutritionnelle', kind: 'act', roles: ['dietician', 'nurse', 'physician'], after: entry(weeks(4)),
        condition: when('Perte de 5 % du poids en un mois ou 10 % en six mois, ou IMC inférieur à 22', `${latest('39156-5')} < 22`),
        detail: 'Enrichir les repas, fractionner, 30 à 40 kcal et 1,2 à 1,5 g de protéines par kilo et par jour ; compléments si insuffisant. Bouche et prothèses. Portage de repas.',
        forPatient: 'Manger assez redonne des forces. On cherche avec vous des repas plus riches et qui vous plaisent.',
      }),
      step({
        id: 'poids', title: 'Poids', kind: 'measure', roles: ['nurse', 'medical-assistant'], after: entry(months(1)), repeat: every(months(1), 12),
        forPatient: 'On vous pèse une fois par mois.',
      }),
      step({
        id: 'memoire', title: 'Bilan de mémoire', kind: 'exam', roles: ['physician', 'speech-therapist', 'psychologist'], after: after('evaluation-domicile', months(1)),
        condition: when('Plainte de mémoire ou MMSE inférieur à 26', `${latest('72106-8')} < 26`),
        detail: 'Éliminer confusion, dépression, médicaments. Consultation mémoire ; orthophonie si un trouble est confirmé.',
        forPatient: 'Des tests de mémoire, puis un avis spécialisé s’il le faut.',
      }),
      step({
        id: 'logement', title: 'Adapter le logement', kind: 'act', roles: ['occupational-therapist', 'nurse'], after: entry(months(2)),
        detail: 'Tapis, éclairage, salle de bain, rampes, téléalarme. Dossier MaPrimeAdapt’ si besoin.',
        forPatient: 'Quelques changements à la maison évitent bien des chutes.',
      }),
      step({
        id: 'droits', title: 'Ouvrir les droits et les aides', kind: 'appointment', roles: ['coordinator', 'medical-secretary'], after: entry(weeks(3)),
        detail: 'APA, aide à domicile, portage de repas, accueil de jour, DAC, CLIC ou service d’information des personnes âgées. Suivre la demande jusqu’à la réponse.',
        forPatient: 'On vous aide à remplir les dossiers pour avoir de l’aide chez vous.',
      }),
      step({
        id: 'aidant', title: 'Rencontrer l’aidant', kind: 'act', roles: ['nurse', 'psychologist', 'coordinator'], after: entry(months(1)), repeat: every(months(6)),
        condition: when('Un proche aide au quotidien'),
        detail: 'Mini-Zarit, santé de l’aidant, répit, congé de proche aidant.',
        forPatient: 'On prend aussi des nouvelles de la personne qui vous aide.',
      }),
      step({
        id: 'vue-audition', title: 'Vue, audition, bouche', kind: 'appointment', roles: ['medical-secretary', 'orthoptist', 'dental-surgeon'], after: entry(months(3)), repeat: every(years(1)),
        forPatient: 'Bien voir, bien entendre et bien mâcher : on prend les rendez-vous utiles.',
      }),
      step({
        id: 'vaccins', title: 'Vaccins grippe, Covid-19, pneumocoque, zona', kind: 'act', roles: ['nurse', 'pharmacist', 'physician'], after: entry(months(2)), repeat: every(years(1)),
        forPatient: 'Les vaccins sont mis à jour.',
      }),
      step({
        id: 'pps', title: 'Écrire le plan personnalisé de santé', kind: 'meeting', roles: ['physician', 'coordinator', 'nurse'], after: after('evaluation-domicile', weeks(4)),
        detail: 'Réunion d’équipe, en présence de la personne ou de son aidant si possible : priorités, actions, qui, quand. Une page remise à la personne.',
        documents: [paper('Plan personnalisé de santé (une page)')],
        forPatient: 'L’équipe écrit avec vous un plan simple. Vous en gardez une page chez vous.',
      }),
      step({
        id: 'appel', title: 'Appel de suivi', kind: 'call', roles: ['nurse', 'medical-assistant', 'medical-secretary'], after: after('pps', months(1)), repeat: every(months(2), 6),
        detail: 'Chute, repas, moral, aide en place, rendez-vous tenus.',
        forPatient: 'On vous appelle tous les deux mois pour prendre de vos nouvelles.',
      }),
      step({
        id: 'revision', title: 'Relire le plan', kind: 'meeting', roles: ['physician', 'coordinator'], after: after('pps', months(6)), repeat: every(months(6)),
        detail: 'Au moins une fois par an, et après toute hospitalisation, chute ou changement d’entourage.',
        forPatient: 'Tous les six mois, on regarde ensemble ce qui a changé.',
      }),
      step({
        id: 'apres-hospitalisation', title: 'Visite après une sortie d’hôpital', kind: 'act', roles: ['nurse', 'physician'], after: entry(days(2)),
        condition: when('Entrée dans le protocole après une hospitalisation'),
        detail: 'Sous 48 heures : ordonnance, aides, poids, confusion, plaies. Médecin dans la semaine.',
        forPatient: 'Quelqu’un passe vous voir dans les deux jours après l’hôpital.',
      }),
    ],
    alerts: [
      alert('Chute avec impossibilité de se relever, ou plus d’une heure au sol', 'Appeler le 15 ; bilan complet ensuite, même sans fracture.', ['nurse', 'physician', 'physiotherapist']),
      alert('Confusion récente', 'Médecin le jour même : infection, médicament, rétention, fécalome, déshydratation, hématome.', ['nurse', 'physician']),
      alert('Perte de 2 kg en un mois, ou la personne ne mange plus', 'Médecin sous 48 heures, plan nutritionnel.', ['nurse', 'dietician', 'physician']),
      alert('Idées de mort, repli, tristesse profonde', 'Médecin le jour même ; 3114 ou 15 si danger immédiat.', ['nurse', 'physician', 'psychologist']),
      alert('Aidant épuisé, suspicion de maltraitance', 'En parler au médecin et au coordinateur le jour même ; 3977 ; mise à l’abri si danger.', ['nurse', 'coordinator', 'physician']),
      alert('Canicule ou grand froid', 'Appel quotidien, boissons, diurétiques à revoir.', ['nurse', 'medical-secretary', 'coordinator']),
    ],
    documents: [paper('Plan personnalisé de santé (une page)'), paper('Exercices d’équilibre à faire chez soi'), paper('Enrichir ses repas')],
    sources: [
      has('Comment repérer la fragilité en soins ambulatoires ?', '2013'),
      has('Comment prendre en charge les personnes âgées fragiles en ambulatoire ?', '2013'),
      has('Plan personnalisé de santé (PPS), expérimentations Paerpa', '2013'),
      has('Évaluation et prise en charge des personnes âgées faisant des chutes répétées (avec la SFGG)', '2009'),
      has('Diagnostic de la dénutrition chez la personne de 70 ans et plus', '2021'),
      source('Soins intégrés pour les personnes âgées (ICOPE) : guide sur l’évaluation et les schémas de soins centrés sur la personne', 'Organisation mondiale de la santé', '2019'),
    ],
    reviewDate: '2027-01-15',
  },
};
