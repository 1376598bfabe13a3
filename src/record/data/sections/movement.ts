import { choice, choices, group, is, longText, measure, type Option, problem, quantity, section, type ShippedSection, text, whole, yesNo } from './build.ts';

const sides: readonly Option[] = [
  ['droit', 'Droite'],
  ['gauche', 'Gauche'],
];
const degrees = (linkId: string, label: string) => quantity(linkId, label, 'deg', '°', { min: -60, max: 200, decimals: 0 });
const joints = ['Épaule', 'Coude', 'Poignet', 'Doigts', 'Hanche', 'Genou', 'Cheville', 'Rachis cervical', 'Rachis lombaire'].map((words): Option => [words.toLowerCase().replace(/é/g, 'e').replace(/ /g, '-'), words]);
const moves: readonly Option[] = [
  ['flexion', 'Flexion'],
  ['extension', 'Extension'],
  ['abduction', 'Abduction'],
  ['adduction', 'Adduction'],
  ['rotation-interne', 'Rotation interne, médiale'],
  ['rotation-externe', 'Rotation externe, latérale'],
  ['inclinaison', 'Inclinaison'],
  ['pronation', 'Pronation'],
  ['supination', 'Supination'],
];
const strength: readonly Option[] = [
  ['0', '0 : aucune contraction', 0],
  ['1', '1 : contraction sans mouvement', 1],
  ['2', '2 : mouvement sans pesanteur', 2],
  ['3', '3 : contre la pesanteur', 3],
  ['4', '4 : contre résistance, diminuée', 4],
  ['5', '5 : normale', 5],
];
const ease: readonly Option[] = [
  ['facile', 'Sans difficulté'],
  ['difficile', 'Avec difficulté'],
  ['aide', 'Avec une aide'],
  ['impossible', 'Impossible'],
];
const redFlags: readonly Option[] = [
  ['fievre', 'Fièvre, altération de l’état général'],
  ['trauma', 'Traumatisme récent'],
  ['nuit', 'Douleur nocturne, croissante, non mécanique'],
  ['cancer', 'Antécédent de cancer'],
  ['neuro', 'Déficit moteur, anesthésie en selle, sphincters'],
  ['phlebite', 'Mollet douloureux, œdème d’un seul côté'],
  ['thorax', 'Douleur thoracique, essoufflement'],
  ['corticoides', 'Corticoïdes au long cours, ostéoporose'],
];

export const movementSections: readonly ShippedSection[] = [
  section(
    'bilan-kinesitherapie',
    '1.0',
    {
      title: 'Bilan-diagnostic kinésithérapique',
      description: 'Douleur, amplitudes, force, fonction, diagnostic et projet.',
      professions: ['physiotherapist'],
      theme: 'movement',
      source: 'Rédaction propre ; force : cotation de 0 à 5 (Medical Research Council).',
    },
    [
      group('contexte', 'Contexte', [
        choice(
          'bilan',
          'Bilan',
          [
            ['initial', 'Initial'],
            ['intermediaire', 'Intermédiaire'],
            ['final', 'Final'],
          ],
          { required: true },
        ),
        text('motif', 'Motif', { required: true }),
        text('prescription', 'Prescription (date, prescripteur, libellé)'),
        choice('acces', 'Accès au kinésithérapeute', [
          ['prescription', 'Sur prescription'],
          ['direct', 'Accès direct'],
        ]),
        choice('cote', 'Côté atteint', [
          ['droit', 'Droit'],
          ['gauche', 'Gauche'],
          ['deux', 'Les deux'],
          ['axial', 'Axial'],
        ]),
        text('activite', 'Métier, sport, loisirs'),
        longText('histoire', 'Histoire, traitements, imagerie'),
        choices('alertes', 'Signaux d’alerte', redFlags),
        text('alertes-suite', 'Suite donnée au signal d’alerte', { when: redFlags.map(([code]) => is('alertes', code)), any: true, required: true }),
      ]),
      group('douleur', 'Douleur', [
        measure('en', '72514-3', { label: 'Douleur maintenant (0 à 10)' }),
        whole('en-mouvement', 'Douleur au mouvement (0 à 10)', { min: 0, max: 10 }),
        whole('en-nuit', 'Douleur la nuit (0 à 10)', { min: 0, max: 10 }),
        text('en-siege', 'Siège de la douleur'),
        choice('en-rythme', 'Rythme de la douleur', [
          ['mecanique', 'Mécanique'],
          ['inflammatoire', 'Inflammatoire'],
          ['mixte', 'Mixte'],
          ['neuro', 'Neuropathique'],
        ]),
      ]),
      group('examen', 'Examen', [
        choices('inspection', 'Inspection, palpation', [
          ['oedeme', 'Œdème'],
          ['chaleur', 'Chaleur'],
          ['amyotrophie', 'Amyotrophie'],
          ['cicatrice', 'Cicatrice'],
          ['attitude', 'Attitude antalgique'],
          ['contracture', 'Contracture'],
          ['adherences', 'Adhérences'],
        ]),
        group(
          'amplitudes',
          'Amplitudes articulaires',
          [
            choice('articulation', 'Articulation', joints, { list: true, open: true }),
            choice('mouvement', 'Mouvement', moves, { list: true, open: true }),
            choice('amplitude-cote', 'Côté du mouvement', sides),
            degrees('active', 'Amplitude active'),
            degrees('passive', 'Amplitude passive'),
            yesNo('amplitude-douleur', 'Mouvement douloureux'),
          ],
          { repeats: true, grid: true },
        ),
        group('forces', 'Force', [text('muscle', 'Muscle ou groupe'), choice('force-cote', 'Côté du muscle', sides), choice('force', 'Force, cotation', strength, { list: true }), yesNo('force-douleur', 'Contraction douloureuse')], { repeats: true, grid: true }),
        group('perimetres', 'Périmètres', [text('perimetre-siege', 'Périmètre mesuré à'), quantity('perimetre-droit', 'Périmètre droit', 'cm', 'cm', { min: 1, max: 200, decimals: 1 }), quantity('perimetre-gauche', 'Périmètre gauche', 'cm', 'cm', { min: 1, max: 200, decimals: 1 })], { repeats: true, grid: true }),
        longText('tests', 'Tests spécifiques, sensibilité, réflexes'),
      ]),
      group('fonction', 'Fonction', [
        choice('marche', 'Marche', ease),
        choice('escaliers', 'Escaliers', ease),
        choice('lever', 'Se lever d’une chaise', ease),
        choice('main-tete', 'Main à la tête et dans le dos', ease),
        choice('porter', 'Porter, saisir', ease),
        choice('aide', 'Aide technique', [
          ['aucune', 'Aucune'],
          ['cannes', 'Canne, cannes'],
          ['deambulateur', 'Déambulateur'],
          ['orthese', 'Orthèse'],
          ['fauteuil', 'Fauteuil'],
        ]),
        quantity('perimetre-marche', 'Périmètre de marche', 'm', 'm', { min: 0, max: 20000, decimals: 0 }),
        quantity('distance-sol', 'Distance doigts-sol', 'cm', 'cm', { min: 0, max: 120, decimals: 0 }),
        text('activite-genee', 'Activité la plus gênée'),
        whole('activite-note', 'Capacité pour cette activité (0 à 10)', { min: 0, max: 10, help: '0 : impossible. 10 : comme avant.' }),
      ]),
      group('projet', 'Diagnostic et projet', [
        longText('diagnostic', 'Diagnostic kinésithérapique', { required: true }),
        group(
          'objectif',
          'Objectif',
          [
            text('objectif-mots', 'Objectif'),
            choice('objectif-terme', 'Terme de l’objectif', [
              ['court', 'Deux semaines'],
              ['moyen', 'Six semaines'],
              ['long', 'Trois mois ou plus'],
            ]),
            choice('objectif-etat', 'État de l’objectif', [
              ['en-cours', 'En cours'],
              ['atteint', 'Atteint'],
              ['abandonne', 'Abandonné'],
            ]),
          ],
          { repeats: true, grid: true },
        ),
        choices('techniques', 'Moyens de rééducation', [
          ['education', 'Éducation, conseils'],
          ['renforcement', 'Renforcement'],
          ['mobilisations', 'Mobilisations'],
          ['etirements', 'Étirements'],
          ['equilibre', 'Équilibre, proprioception'],
          ['marche', 'Marche'],
          ['manuel', 'Thérapie manuelle'],
          ['physio', 'Électrothérapie, chaud, froid'],
          ['respiratoire', 'Respiratoire'],
          ['autoprogramme', 'Exercices à domicile'],
        ]),
        whole('seances', 'Séances prévues', { min: 1, max: 100 }),
        choice('frequence', 'Fréquence des séances', [
          ['1', 'Une par semaine'],
          ['2', 'Deux par semaine'],
          ['3', 'Trois par semaine'],
          ['5', 'Chaque jour'],
        ]),
        problem('kine-probleme', 'Inscrire aux problèmes', [
          ['M54.5', 'Lombalgie'],
          ['M54.2', 'Cervicalgie'],
          ['M75.1', 'Tendinopathie de la coiffe'],
          ['M17.9', 'Gonarthrose'],
          ['M16.9', 'Coxarthrose'],
          ['S93.4', 'Entorse de cheville'],
          ['R26.8', 'Trouble de la marche et de l’équilibre'],
        ]),
        longText('pour-medecin', 'À dire au prescripteur'),
      ]),
    ],
  ),
  section(
    'bilan-respiratoire',
    '1.0',
    {
      title: 'Bilan respiratoire et réentraînement',
      description: 'Essoufflement, toux, test de marche et programme (BPCO, asthme, post-infection).',
      professions: ['physiotherapist', 'advanced-practice-nurse', 'asalee-nurse', 'physician'],
      theme: 'movement',
      source: 'Rédaction propre ; essoufflement : cinq degrés du Medical Research Council, en résumé.',
    },
    [
      group('gene', 'Gêne', [
        choice(
          'dyspnee',
          'Essoufflement',
          [
            ['0', '0 : efforts importants seulement', 0],
            ['1', '1 : en marchant vite ou en côte', 1],
            ['2', '2 : marche moins vite que ceux de son âge', 2],
            ['3', '3 : s’arrête après 100 mètres', 3],
            ['4', '4 : ne sort plus, essoufflé(e) en s’habillant', 4],
          ],
          { required: true },
        ),
        choices('signes', 'Signes respiratoires', [
          ['toux', 'Toux'],
          ['crachats', 'Crachats'],
          ['sifflements', 'Sifflements'],
          ['reveils', 'Réveils la nuit'],
          ['anxiete', 'Peur d’être essoufflé(e)'],
          ['poids', 'Perte de poids'],
        ]),
        whole('exacerbations', 'Exacerbations en un an', {
          min: 0,
          max: 30,
          bands: [
            [0, 'Peu fréquentes', 'success'],
            [2, 'Fréquentes', 'danger'],
          ],
        }),
        yesNo('hospitalisation', 'Hospitalisation pour cela en un an'),
      ]),
      group('mesures', 'Mesures', [measure('spo2', '2708-6', { label: 'SpO₂ au repos' }), measure('fr', '9279-1'), measure('fc', '8867-4'), measure('dep', '33452-4'), measure('poids', '29463-7', { back: 90 }), quantity('vems', 'VEMS (% de la théorique)', '%', '%', { min: 5, max: 150, decimals: 0 })]),
      group('marche', 'Test de marche de six minutes', [
        quantity('distance', 'Distance en six minutes', 'm', 'm', {
          min: 0,
          max: 1000,
          decimals: 0,
          bands: [
            [0, 'Très limitée', 'danger'],
            [350, 'Limitée', 'warning'],
            [450, 'Conservée', 'success'],
          ],
        }),
        quantity('spo2-min', 'SpO₂ la plus basse', '%', '%', {
          min: 50,
          max: 100,
          decimals: 0,
          bands: [
            [0, 'Désaturation à l’effort', 'danger'],
            [88, 'Baisse modérée', 'warning'],
            [92, 'Pas de désaturation', 'success'],
          ],
        }),
        whole('borg', 'Essoufflement à la fin (0 à 10)', { min: 0, max: 10 }),
        yesNo('arrets', 'Arrêts pendant la marche'),
      ]),
      group('traitement', 'Traitement inhalé', [
        choice('technique', 'Technique d’inhalation', [
          ['juste', 'Juste'],
          ['revoir', 'Revue avec la personne'],
          ['dispositif', 'Dispositif à changer'],
          ['sans', 'Pas de traitement inhalé'],
        ]),
        yesNo('oxygene', 'Oxygène'),
        choice('vaccins', 'Vaccins grippe et pneumocoque', [
          ['a-jour', 'À jour'],
          ['a-faire', 'À faire'],
        ]),
      ]),
      group('programme', 'Programme', [
        choices('contenu', 'Contenu du programme', [
          ['endurance', 'Endurance'],
          ['renforcement', 'Renforcement'],
          ['drainage', 'Désencombrement'],
          ['respiration', 'Maîtrise de la respiration'],
          ['education', 'Éducation'],
          ['tabac', 'Arrêt du tabac'],
          ['nutrition', 'Nutrition'],
          ['apa', 'Relais activité physique adaptée'],
        ]),
        whole('seances', 'Séances du programme', { min: 1, max: 60 }),
        text('objectif', 'Ce que la personne veut pouvoir refaire'),
        problem('respiratoire-probleme', 'Inscrire aux problèmes', [
          ['J44.9', 'BPCO'],
          ['J45.9', 'Asthme'],
          ['J96.1', 'Insuffisance respiratoire chronique'],
        ]),
        longText('respiratoire-conclusion', 'Conclusion'),
      ]),
    ],
  ),
];
