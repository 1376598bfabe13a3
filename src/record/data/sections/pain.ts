import { choice, choices, group, is, longText, measure, problem, section, type ShippedSection, text, whole } from './build.ts';

export const painSections: readonly ShippedSection[] = [
  section(
    'douleur',
    '1.0',
    {
      title: 'Douleur',
      description: 'Intensité, siège, mécanisme, retentissement et effet du traitement.',
      professions: ['nurse', 'physician', 'physiotherapist', 'advanced-practice-nurse', 'pharmacist', 'midwife', 'chiropodist', 'dental-surgeon', 'occupational-therapist'],
      theme: 'pain',
      source: 'Échelle numérique de 0 à 10, libre. DN4 : © D. Bouhassira, distribué sous licence ; Algoplus® : © Collectif Doloplus : leurs questions ne sont pas livrées, seuls les totaux se saisissent.',
    },
    [
      group('intensite', 'Intensité', [
        choice(
          'mode',
          'Évaluée par',
          [
            ['auto', 'La personne'],
            ['hetero', 'Observation : ne peut pas répondre'],
          ],
          { required: true },
        ),
        measure('douleur', '72514-3', {
          label: 'Douleur maintenant (0 à 10)',
          when: is('mode', 'auto'),
          bands: [
            [0, 'Pas de douleur', 'success'],
            [1, 'Faible', 'neutral'],
            [4, 'Modérée', 'warning'],
            [7, 'Forte', 'danger'],
          ],
        }),
        whole('douleur-max', 'La plus forte en huit jours (0 à 10)', { min: 0, max: 10, when: is('mode', 'auto') }),
        whole('douleur-habituelle', 'Habituelle en huit jours (0 à 10)', { min: 0, max: 10, when: is('mode', 'auto') }),
        whole('algoplus', 'Algoplus, total sur 5', {
          min: 0,
          max: 5,
          when: is('mode', 'hetero'),
          help: 'Douleur aiguë de la personne âgée qui communique mal.',
          bands: [
            [0, 'Pas de douleur repérée ; en cas de doute, Doloplus', 'neutral'],
            [2, 'Douleur : traiter', 'danger'],
          ],
        }),
        choices(
          'observe',
          'Ce qui s’observe',
          [
            ['visage', 'Visage crispé'],
            ['plaintes', 'Plaintes, gémissements'],
            ['protection', 'Protège une zone'],
            ['immobile', 'Bouge moins'],
            ['agitation', 'Agitation, agressivité'],
            ['repli', 'Repli, ne mange plus'],
          ],
          { when: is('mode', 'hetero') },
        ),
      ]),
      group('description', 'Description', [
        text('siege', 'Siège de la douleur, irradiation'),
        choice('depuis', 'Douleur depuis', [
          ['jours', 'Moins d’une semaine'],
          ['semaines', 'Une semaine à trois mois'],
          ['chronique', 'Plus de trois mois'],
        ]),
        choice('rythme', 'Rythme de la douleur', [
          ['mecanique', 'À l’effort, cède au repos'],
          ['inflammatoire', 'Au repos, réveille, raideur du matin'],
          ['acces', 'Par accès'],
          ['soins', 'Pendant les soins'],
          ['permanente', 'Permanente'],
        ]),
        choices(
          'qualificatifs',
          'La douleur',
          [
            ['serre', 'Serre, écrase'],
            ['brule', 'Brûle'],
            ['electrique', 'Décharges électriques'],
            ['froid', 'Froid douloureux'],
            ['fourmille', 'Fourmille, picote'],
            ['engourdit', 'Engourdit'],
            ['frolement', 'Réveillée par le frôlement'],
            ['lance', 'Lance'],
          ],
          { help: 'Brûlure, décharges, fourmillements, engourdissement ou frôlement : chercher une part neuropathique.' },
        ),
        whole('dn4', 'DN4, total sur 10', {
          min: 0,
          max: 10,
          bands: [
            [0, 'Part neuropathique peu probable', 'success'],
            [4, 'Part neuropathique probable', 'warning'],
          ],
        }),
      ]),
      group('retentissement', 'Gêne (0 à 10)', [
        whole('gene-marche', 'Gêne pour la marche, les gestes (0 à 10)', { min: 0, max: 10 }),
        whole('gene-sommeil', 'Gêne pour le sommeil (0 à 10)', { min: 0, max: 10 }),
        whole('gene-humeur', 'Gêne pour l’humeur (0 à 10)', { min: 0, max: 10 }),
        whole('gene-travail', 'Gêne pour le travail, les activités (0 à 10)', { min: 0, max: 10 }),
      ]),
      group('traitement', 'Traitement', [
        longText('traitement-pris', 'Ce qui est pris, et comment'),
        choice('soulagement', 'Le traitement soulage', [
          ['non', 'Pas du tout'],
          ['peu', 'Un peu'],
          ['bien', 'Bien'],
          ['tout', 'Entièrement'],
        ]),
        choices('effets', 'Effets gênants', [
          ['constipation', 'Constipation'],
          ['nausees', 'Nausées'],
          ['somnolence', 'Somnolence'],
          ['vertiges', 'Vertiges'],
          ['confusion', 'Confusion'],
          ['estomac', 'Estomac'],
          ['chute', 'Chute'],
        ]),
        choices('douleur-suite', 'Suite donnée', [
          ['medecin', 'Prévenir le médecin'],
          ['adaptation', 'Traitement adapté'],
          ['non-medicamenteux', 'Moyens sans médicament'],
          ['premedication', 'Antalgique avant le soin'],
          ['consultation', 'Consultation douleur'],
          ['refaire', 'Réévaluer'],
        ]),
        problem('douleur-probleme', 'Inscrire aux problèmes', [
          ['R52.2', 'Douleur chronique'],
          ['G62.9', 'Neuropathie périphérique'],
        ]),
        longText('douleur-commentaire', 'Commentaire'),
      ]),
    ],
  ),
];
