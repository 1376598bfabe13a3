import { choice, choices, day, formula, group, is, longText, measure, note, type Option, photo, problem, quantity, section, type ShippedSection, text, whole, yesNo } from './build.ts';

const felt: readonly Option[] = [
  ['percu', 'Perçu partout'],
  ['1', 'Non perçu à un point'],
  ['plusieurs', 'Non perçu à plusieurs points'],
];
const pulse: readonly Option[] = [
  ['percu', 'Perçu'],
  ['faible', 'Faible'],
  ['absent', 'Absent'],
];
const yes = (id: string): string => `%resource.repeat(item).where(linkId = '${id}').answer.value = true`;
const all = (ids: readonly string[]): string => ids.map((id) => `%resource.repeat(item).where(linkId = '${id}').answer.exists()`).join(' and ');
const ips = (linkId: string, label: string) =>
  quantity(linkId, label, '{ratio}', '', {
    min: 0,
    max: 3,
    decimals: 2,
    bands: [
      [0, 'Artériopathie', 'danger'],
      [0.9, 'Normal', 'success'],
      [1.31, 'Artères incompressibles : non interprétable', 'warning'],
    ],
  });

export const footSections: readonly ShippedSection[] = [
  section(
    'pied-diabetique',
    '1.0',
    {
      title: 'Pied diabétique : grade de risque',
      description: 'Neuropathie, artériopathie, déformations, antécédents : grade de 0 à 3, cadence et soins pris en charge.',
      professions: ['chiropodist', 'nurse', 'physician', 'advanced-practice-nurse', 'asalee-nurse'],
      theme: 'diabetes',
      source: 'Grades : Groupe international sur le pied diabétique (IWGDF), repris par la HAS et l’Assurance maladie ; séances de prévention : convention des pédicures-podologues, avenant 4. Rédaction propre.',
    },
    [
      group('sensibilite', 'Sensibilité (monofilament de 10 g, trois points par pied)', [
        choice('mono-droit', 'Monofilament, pied droit', felt),
        choice('mono-gauche', 'Monofilament, pied gauche', felt),
        choice('diapason', 'Vibration (diapason)', [
          ['percue', 'Perçue'],
          ['diminuee', 'Diminuée'],
          ['absente', 'Absente'],
        ]),
        yesNo('neuropathie', 'Neuropathie : au moins un point non perçu', { required: true }),
      ]),
      group('arteres', 'Artères', [
        choice('pedieux-droit', 'Pouls pédieux droit', pulse),
        choice('pedieux-gauche', 'Pouls pédieux gauche', pulse),
        choice('tibial-droit', 'Pouls tibial postérieur droit', pulse),
        choice('tibial-gauche', 'Pouls tibial postérieur gauche', pulse),
        ips('ips-droit', 'IPS droit'),
        ips('ips-gauche', 'IPS gauche'),
        yesNo('claudication', 'Douleur à la marche qui cède à l’arrêt'),
        yesNo('arteriopathie', 'Artériopathie des membres inférieurs', { required: true }),
      ]),
      group('forme', 'Forme, peau et ongles', [
        choices('deformations', 'Déformations', [
          ['hallux', 'Hallux valgus'],
          ['griffes', 'Orteils en griffe'],
          ['creux', 'Pied creux'],
          ['plat', 'Pied plat'],
          ['charcot', 'Pied de Charcot'],
          ['metatarsiens', 'Têtes métatarsiennes saillantes'],
          ['raideur', 'Mobilité réduite'],
        ]),
        yesNo('deformation', 'Déformation qui expose à un appui', { required: true }),
        choices('peau', 'Peau, ongles', [
          ['hyperkeratose', 'Hyperkératose'],
          ['crevasse', 'Crevasse'],
          ['seche', 'Peau sèche'],
          ['mycose', 'Mycose'],
          ['incarne', 'Ongle incarné'],
          ['rougeur', 'Point d’appui rouge'],
          ['phlyctene', 'Phlyctène'],
        ]),
        photo('photo', 'Photo', { repeats: true }),
      ]),
      group('antecedents', 'Antécédents', [
        yesNo('ulcere', 'Ulcère du pied de plus de quatre semaines', { required: true }),
        yesNo('amputation', 'Amputation du pied ou de la jambe', { required: true }),
        yesNo('dialyse', 'Insuffisance rénale terminale'),
        measure('hba1c', '4548-4', { back: 180 }),
        measure('glycemie', '41653-7'),
      ]),
      formula('grade', 'Grade du pied', `iif(${all(['neuropathie', 'arteriopathie', 'deformation', 'ulcere', 'amputation'])}, iif((${yes('ulcere')}) or (${yes('amputation')}), 3, iif(${yes('neuropathie')}, iif((${yes('arteriopathie')}) or (${yes('deformation')}), 2, 1), 0)), {})`, {
        decimals: 0,
        bands: [
          [0, 'Grade 0 : examen des pieds une fois par an', 'success'],
          [1, 'Grade 1 : examen tous les six mois, éducation', 'warning'],
          [2, 'Grade 2 : examen tous les trois mois, cinq séances de prévention par an prises en charge', 'danger'],
          [3, 'Grade 3 : examen tous les un à trois mois, six séances par an (huit avec une plaie en cours de cicatrisation)', 'danger'],
        ],
      }),
      note('arteriopathie-seule', 'Artériopathie sans neuropathie : grade 0 pour la prise en charge, grade 1 pour l’IWGDF. Examen tous les six mois, avis vasculaire.', {
        when: [is('arteriopathie', true), is('neuropathie', false), is('ulcere', false), is('amputation', false)],
      }),
      group('plaie', 'Plaie', [
        yesNo('plaie-actuelle', 'Plaie actuelle', { required: true }),
        note('plaie-alerte', 'Plaie du pied diabétique : décharge immédiate, avis d’un centre expert dans les 48 heures ; fièvre, rougeur étendue, ischémie ou os visible : le jour même. Ouvrir le volet « Suivi de plaie ».', { when: is('plaie-actuelle', true) }),
        choices(
          'plaie-signes',
          'Signes de gravité',
          [
            ['infection', 'Infection'],
            ['ischemie', 'Ischémie'],
            ['os', 'Contact osseux'],
            ['fievre', 'Fièvre'],
            ['charcot', 'Pied rouge, chaud, gonflé sans plaie'],
          ],
          { when: is('plaie-actuelle', true) },
        ),
      ]),
      group('chaussage', 'Chaussage et gestes', [
        choice('chaussures', 'Chaussures', [
          ['adaptees', 'Adaptées'],
          ['inadaptees', 'Inadaptées'],
          ['chut', 'CHUT, CHUP'],
          ['mesure', 'Sur mesure'],
          ['semelles', 'Orthèses plantaires'],
        ]),
        choices('gestes', 'Gestes quotidiens', [
          ['regarde', 'Regarde ses pieds chaque jour'],
          ['seche', 'Sèche entre les orteils'],
          ['hydrate', 'Hydrate'],
          ['pieds-nus', 'Marche pieds nus'],
          ['coupe', 'Coupe, corricide, bouillotte'],
          ['atteint', 'Ne peut pas atteindre ses pieds'],
        ]),
      ]),
      group('suite', 'Suite', [
        choices('mesures', 'Ce qui est fait', [
          ['soins', 'Soins de pédicurie'],
          ['orthoplastie', 'Orthoplastie'],
          ['semelles', 'Orthèses plantaires'],
          ['education', 'Éducation'],
          ['prescription', 'Séances à prescrire'],
          ['vasculaire', 'Avis vasculaire'],
          ['expert', 'Centre expert'],
        ]),
        day('prochain', 'Prochain examen'),
        problem('pied-probleme', 'Inscrire aux problèmes', [
          ['G63.2', 'Neuropathie diabétique'],
          ['I73.9', 'Artériopathie des membres inférieurs'],
          ['E11.5', 'Pied diabétique'],
          ['M20.1', 'Hallux valgus'],
        ]),
        longText('pied-commentaire', 'Commentaire'),
      ]),
    ],
  ),
  section(
    'bilan-podologique',
    '1.0',
    {
      title: 'Bilan podologique',
      description: 'Demande, statique, marche, appuis, soins et appareillage.',
      professions: ['chiropodist'],
      theme: 'movement',
    },
    [
      group('demande', 'Demande', [
        text('motif', 'Motif', { required: true }),
        choices('terrain', 'Terrain à prendre en compte', [
          ['diabete', 'Diabète'],
          ['arterite', 'Artériopathie'],
          ['rhumatisme', 'Rhumatisme'],
          ['anticoagulant', 'Anticoagulant'],
          ['immuno', 'Immunodépression'],
          ['neuro', 'Maladie neurologique'],
          ['grossesse', 'Grossesse'],
          ['enfant', 'Enfant'],
          ['sport', 'Sport'],
        ]),
        measure('douleur', '72514-3'),
        text('douleur-siege', 'Siège de la douleur'),
        quantity('pointure', 'Pointure', '{size}', '', { min: 15, max: 55, decimals: 1 }),
      ]),
      group('statique', 'Debout', [
        choice('arriere-pied', 'Arrière-pied', [
          ['neutre', 'Neutre'],
          ['valgus', 'Valgus'],
          ['varus', 'Varus'],
          ['asymetrique', 'Asymétrique'],
        ]),
        choice('voute', 'Voûte', [
          ['normale', 'Normale'],
          ['creuse', 'Creuse'],
          ['plate', 'Plate'],
          ['asymetrique', 'Asymétrique'],
        ]),
        choices('avant-pied', 'Avant-pied', [
          ['hallux-valgus', 'Hallux valgus'],
          ['hallux-rigidus', 'Hallux rigidus'],
          ['griffes', 'Griffes'],
          ['quintus', 'Quintus varus'],
          ['etale', 'Avant-pied étalé'],
          ['egyptien', 'Égyptien'],
          ['grec', 'Grec'],
        ]),
        choice('genoux', 'Genoux', [
          ['normaux', 'Normaux'],
          ['varum', 'Varum'],
          ['valgum', 'Valgum'],
          ['recurvatum', 'Recurvatum'],
        ]),
        quantity('inegalite', 'Inégalité de longueur', 'mm', 'mm', { min: 0, max: 80, decimals: 0 }),
        text('bassin', 'Bassin, rachis'),
        photo('empreintes', 'Empreintes, photo', { repeats: true }),
      ]),
      group('dynamique', 'À la marche', [
        choice('deroule', 'Déroulé du pas', [
          ['normal', 'Normal'],
          ['talon', 'Attaque du talon anormale'],
          ['supination', 'Hypersupination'],
          ['pronation', 'Hyperpronation'],
          ['digitigrade', 'Sur la pointe'],
        ]),
        yesNo('boiterie', 'Boiterie'),
        text('usure', 'Usure des chaussures'),
      ]),
      group('peau', 'Peau et ongles', [
        choices('lesions', 'Lésions de la peau, des ongles', [
          ['durillon', 'Durillon'],
          ['cor', 'Cor'],
          ['oeil', 'Œil de perdrix'],
          ['verrue', 'Verrue'],
          ['mycose', 'Mycose'],
          ['incarne', 'Ongle incarné'],
          ['crevasse', 'Crevasse'],
          ['plaie', 'Plaie'],
        ]),
        text('lesions-siege', 'Sièges des lésions'),
      ]),
      group('suite', 'Diagnostic et projet', [
        longText('diagnostic', 'Diagnostic podologique', { required: true }),
        choices('soins', 'Soins et appareillage', [
          ['pedicurie', 'Pédicurie'],
          ['orthoplastie', 'Orthoplastie'],
          ['onyxoplastie', 'Onyxoplastie, orthonyxie'],
          ['semelles', 'Orthèses plantaires'],
          ['etirements', 'Étirements, exercices'],
          ['chaussage', 'Conseil de chaussage'],
        ]),
        text('semelles-elements', 'Éléments des orthèses', { when: is('soins', 'semelles') }),
        whole('controle', 'Contrôle dans (semaines)', { min: 1, max: 104 }),
        problem('podologie-probleme', 'Inscrire aux problèmes', [
          ['M20.1', 'Hallux valgus'],
          ['M72.2', 'Aponévropathie plantaire'],
          ['M77.4', 'Métatarsalgie'],
          ['L60.0', 'Ongle incarné'],
          ['B35.1', 'Mycose des ongles'],
          ['L84', 'Cors et callosités'],
          ['B07', 'Verrue plantaire'],
          ['M21.4', 'Pied plat acquis'],
        ]),
        longText('pour-medecin', 'À dire au médecin'),
      ]),
    ],
  ),
];
