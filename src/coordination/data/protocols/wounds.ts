import { after, alert, cim10, cisp2, days, entry, every, has, latest, months, paper, type Shipped, source, step, weeks, when } from './words.ts';

export const wounds: Shipped = {
  key: 'ulcere-de-jambe-et-plaies',
  edition: '1.0',
  published: '2026-01-15',
  model: {
    title: 'Ulcère de jambe et plaies qui tardent',
    theme: 'wounds',
    summary:
      'Trouver la cause avant de changer de pansement, comprimer quand l’artère le permet, mesurer chaque semaine et demander un avis si la plaie ne diminue pas en quatre semaines. Les mêmes mots, la même photo, la même échelle pour tous.',
    patients: {
      words: 'Adultes avec un ulcère de jambe, ou une plaie qui ne cicatrise pas après quatre semaines (escarre, plaie traumatique). Le pied diabétique suit d’abord le protocole du diabète et un centre spécialisé.',
      problems: [cim10('L97', 'Ulcère du membre inférieur'), cim10('I83.0', 'Varices des membres inférieurs avec ulcère'), cim10('I83.2', 'Varices avec ulcère et inflammation'), cim10('L89', 'Ulcère de décubitus'), cisp2('S97', 'Ulcère chronique de la peau')],
      ages: { from: 18, until: null },
    },
    goals: [
      'Une cause connue : index de pression systolique mesuré avant toute compression forte',
      'Compression portée chaque jour quand elle est indiquée',
      'Surface réduite de 30 % ou plus en quatre semaines',
      'Douleur au soin à 3 sur 10 ou moins',
      'Pas de récidive dans l’année',
    ],
    steps: [
      step({
        id: 'bilan-plaie', title: 'Bilan initial de la plaie', kind: 'act', roles: ['nurse', 'advanced-practice-nurse'], after: entry(),
        detail: 'Ancienneté, siège, surface (longueur × largeur), profondeur, fibrine, nécrose, bourgeon, exsudat, odeur, berges, peau autour. Photo avec réglette et date. Douleur, poids, mobilité, chaussage, ce que la personne en comprend.',
        documents: [paper('Fiche de suivi de plaie')],
        forPatient: 'L’infirmière ou l’infirmier mesure la plaie et prend une photo, avec votre accord.',
      }),
      step({
        id: 'cause', title: 'Chercher la cause', kind: 'decision', roles: ['physician', 'advanced-practice-nurse'], after: entry(days(7)),
        detail: 'Varices, phlébite ancienne, pouls, diabète, insuffisance cardiaque, médicaments (hydroxyurée), dénutrition, immobilité. Signes qui doivent faire douter : bord bourgeonnant, siège inhabituel, évolution rapide : biopsie.',
        forPatient: 'Le médecin cherche pourquoi la plaie ne se ferme pas.',
      }),
      step({
        id: 'ips', title: 'Index de pression systolique', kind: 'exam', roles: ['nurse', 'advanced-practice-nurse', 'physician'], after: entry(days(10)),
        detail: 'De 0,9 à 1,3 : veineux pur, compression forte. De 0,7 à 0,9 : mixte à prédominance veineuse, compression réduite sous surveillance. Sous 0,7 : artériel, pas de compression, avis vasculaire. Au-dessus de 1,3 : artères rigides, mesurer à l’orteil.',
        forPatient: 'On mesure la tension à la cheville et au bras. Cela dit si l’on peut bander la jambe.',
      }),
      step({
        id: 'doppler', title: 'Écho-Doppler veineux, artériel si besoin', kind: 'appointment', roles: ['medical-secretary', 'medical-assistant'], after: entry(weeks(2)),
        forPatient: 'Une échographie des veines, et parfois des artères. On prend le rendez-vous pour vous.',
      }),
      step({
        id: 'compression', title: 'Mettre la compression', kind: 'act', roles: ['nurse'], after: after('ips', days(2)),
        condition: when('Index entre 0,7 et 1,3, sans insuffisance cardiaque décompensée'),
        detail: 'Haute pression (30 à 40 mmHg à la cheville) si index de 0,9 ou plus, multicouches de préférence. Posée le matin, de la base des orteils au genou. Mesurer le tour de cheville.',
        forPatient: 'Une bande serrée, toute la journée. C’est elle qui guérit la plaie, plus que le pansement.',
      }),
      step({
        id: 'artere', title: 'Avis vasculaire rapide', kind: 'decision', roles: ['physician'], after: after('ips', days(3)),
        condition: when('Index inférieur à 0,7, pouls absents ou douleur au repos'),
        detail: 'Écho-Doppler artériel et chirurgien vasculaire sous quinze jours, plus tôt si nécrose ou douleur au repos.',
        forPatient: 'Le sang arrive mal dans la jambe. Un spécialiste des artères vous verra vite.',
      }),
      step({
        id: 'soins', title: 'Soins de la plaie', kind: 'act', roles: ['nurse'], after: entry(days(2)), repeat: every(weeks(1), 12),
        detail: 'Lavage à l’eau et au savon, détersion douce, pansement selon la phase, peau autour protégée. Pas d’antiseptique ni d’antibiotique local de routine. Fréquence selon l’exsudat : le rythme est inscrit à chaque semaine.',
        forPatient: 'Les soins ont lieu chez vous, plusieurs fois par semaine au début.',
      }),
      step({
        id: 'mesure', title: 'Mesurer et photographier', kind: 'measure', roles: ['nurse', 'advanced-practice-nurse'], after: entry(weeks(1)), repeat: every(weeks(1), 12),
        detail: 'Même position, même réglette. Noter la surface et la part de bourgeon. Comparer à quatre semaines.',
        forPatient: 'Chaque semaine, on mesure la plaie pour voir si elle rétrécit.',
      }),
      step({
        id: 'douleur', title: 'Soulager la douleur du soin', kind: 'decision', roles: ['physician', 'nurse'], after: entry(days(3)),
        condition: when('Douleur supérieure à 3 sur 10', `${latest('72514-3')} > 3`),
        detail: 'Paracétamol ou opioïde une heure avant, lidocaïne locale trente minutes avant la détersion, MEOPA, pansement non adhérent.',
        forPatient: 'Le soin ne doit pas faire mal. Dites-le : on vous donnera de quoi vous soulager avant.',
      }),
      step({
        id: 'nutrition', title: 'Poids et nutrition', kind: 'act', roles: ['dietician', 'nurse', 'physician'], after: entry(weeks(2)),
        condition: when('Perte de poids, appétit réduit, albumine basse ou escarre'),
        detail: '1,2 à 1,5 g de protéines par kilo et par jour. Équilibre du diabète.',
        forPatient: 'Une plaie guérit mieux quand on mange assez.',
      }),
      step({
        id: 'marche', title: 'Cheville souple, mollet actif', kind: 'act', roles: ['physiotherapist', 'nurse'], after: entry(weeks(3)), repeat: every(weeks(1), 8),
        detail: 'Mobilisation de la cheville, marche, drainage de l’œdème, exercices à faire seul.',
        forPatient: 'Marcher et bouger la cheville aide le sang à remonter.',
      }),
      step({
        id: 'tetanos', title: 'Vérifier le vaccin contre le tétanos', kind: 'act', roles: ['nurse', 'physician', 'pharmacist'], after: entry(weeks(2)),
        forPatient: 'On vérifie votre vaccin contre le tétanos.',
      }),
      step({
        id: 'bilan-4-semaines', title: 'Bilan des quatre semaines', kind: 'meeting', roles: ['nurse', 'physician'], after: entry(weeks(4)), repeat: every(weeks(4), 6),
        detail: 'Surface réduite de 30 % : continuer. Sinon : cause, compression vraiment portée, infection, nutrition ; téléexpertise plaies et cicatrisation avec photos.',
        forPatient: 'Tous les mois, l’infirmier et le médecin font le point sur la plaie.',
      }),
      step({
        id: 'avis', title: 'Avis spécialisé plaies et cicatrisation', kind: 'appointment', roles: ['physician', 'nurse', 'medical-secretary'], after: after('bilan-4-semaines', weeks(1)),
        condition: when('Surface qui ne diminue pas après quatre semaines bien conduites, ou plaie de plus de six mois ou de 10 cm²'),
        detail: 'Discuter greffe, chirurgie veineuse, hospitalisation à domicile, biopsie.',
        forPatient: 'Si la plaie ne se ferme pas, un spécialiste donne son avis, souvent à distance, avec les photos.',
      }),
      step({
        id: 'cicatrise', title: 'Plaie fermée : prévenir la récidive', kind: 'education', roles: ['nurse', 'asalee-nurse', 'pharmacist'], after: entry(months(3)),
        detail: 'Bas ou chaussettes de compression à vie (classe la plus forte supportée), enfile-bas, crème sur la peau, chaussures, éviter les chocs, traiter les varices. Dès qu’une rougeur ou une croûte apparaît : appeler.',
        documents: [paper('Garder ses jambes guéries')],
        forPatient: 'La plaie est fermée. Gardez vos bas chaque jour : c’est ce qui l’empêche de revenir.',
      }),
      step({
        id: 'surveillance', title: 'Surveillance à distance de la guérison', kind: 'call', roles: ['nurse', 'medical-assistant'], after: after('cicatrise', months(3)), repeat: every(months(3), 4),
        detail: 'Peau, bas portés et renouvelés deux fois par an, nouvel index chaque année.',
        forPatient: 'On vous appelle tous les trois mois pour savoir si tout va bien.',
      }),
    ],
    alerts: [
      alert('Rougeur qui s’étend, chaleur, fièvre, douleur nouvelle', 'Médecin le jour même : dermohypodermite ; le 15 si frissons, malaise ou peau grise ou noire.', ['nurse', 'physician']),
      alert('Jambe ou pied froid, pâle, très douloureux sous la bande', 'Retirer la compression tout de suite, appeler le médecin ou le 15.', ['nurse']),
      alert('Saignement de la plaie', 'Surélever la jambe, comprimer dix minutes ; le 15 si le saignement reprend.', ['nurse', 'medical-secretary']),
      alert('Essoufflement ou œdèmes des deux jambes', 'Décompensation cardiaque possible : ne pas comprimer, médecin le jour même.', ['nurse', 'physician']),
      alert('Os visible, nécrose, pus, odeur forte', 'Médecin sous 24 heures, avis spécialisé.', ['nurse', 'physician']),
    ],
    documents: [paper('Fiche de suivi de plaie'), paper('Comment mettre ses bas de compression'), paper('Surélever, marcher, bouger la cheville')],
    sources: [
      has('Prise en charge de l’ulcère de jambe à prédominance veineuse hors pansement', '2006', 'https://www.has-sante.fr/jcms/c_455319/fr/prise-en-charge-de-l-ulcere-de-jambe-a-predominance-veineuse-hors-pansement'),
      has('Les pansements : indications et utilisations recommandées', '2011'),
      source('Prévention et traitement des escarres de l’adulte et du sujet âgé, conférence de consensus', 'Anaes', '2001'),
      source('Bilan initial et parcours des plaies, avenant n° 6 à la convention nationale des infirmiers', 'Journal officiel du 13 juin 2019', '2019'),
    ],
    reviewDate: '2027-01-15',
  },
};
