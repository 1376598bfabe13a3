import { atLeast, below, choice, choices, day, formula, group, is, longText, measure, note, type Option, problem, quantity, section, type ShippedSection, text, whole, yesNo } from './build.ts';

const serology = (linkId: string, label: string) =>
  choice(
    linkId,
    label,
    [
      ['negative', 'Négatif'],
      ['positive', 'Positif'],
      ['attente', 'En attente'],
      ['non-faite', 'Non fait'],
    ],
    { list: true },
  );
const immunity = (linkId: string, label: string) =>
  choice(
    linkId,
    label,
    [
      ['immunisee', 'Immunisée'],
      ['non-immunisee', 'Non immunisée : à surveiller'],
      ['recente', 'Infection récente possible : avis'],
      ['attente', 'En attente'],
      ['non-faite', 'Non fait'],
    ],
    { list: true },
  );
const strip: readonly Option[] = [
  ['negatif', 'Négatif'],
  ['traces', 'Traces'],
  ['1', '+'],
  ['2', '++'],
  ['3', '+++'],
];
const glucose = (linkId: string, label: string) => quantity(linkId, label, 'g/L', 'g/L', { min: 0.2, max: 5, decimals: 2 });
/** Uterine height French midwives expect: weeks − 4 up to 32 weeks, then half a centimetre a week. */
const expectedHeight = 'iif({{terme-sa}} >= 16 and {{terme-sa}} <= 32, {{terme-sa}} - 4, iif({{terme-sa}} > 32, 28 + ({{terme-sa}} - 32) / 2, {}))';
const abnormal = (id: string, limit: number): string => `iif({{${id}}}.exists() and {{${id}}} >= ${limit}, 1, 0)`;

export const pregnancySections: readonly ShippedSection[] = [
  section(
    'grossesse',
    '1.0',
    {
      title: 'Suivi de grossesse',
      description: 'Consultation prénatale : signes, examen, urines, sérologies, glycémie, prévention et niveau de suivi.',
      professions: ['midwife', 'physician'],
      theme: 'pregnancy',
      source: 'Rédaction propre, d’après HAS, suivi et orientation des femmes enceintes, mise à jour 2016 ; seuils de l’HGPO : CNGOF–SFD 2010.',
    },
    [
      group('terme', 'Terme', [
        whole('terme-sa', 'Semaines d’aménorrhée', { min: 4, max: 43, required: true }),
        whole('terme-jours', 'Jours en plus des semaines', { min: 0, max: 6 }),
        day('ddr', 'Dernières règles'),
        day('debut', 'Début de grossesse (échographie)'),
        day('dpa', 'Terme prévu'),
        whole('gestite', 'Gestité', { min: 1, max: 25 }),
        whole('parite', 'Parité', { min: 0, max: 20 }),
        choice('foetus', 'Grossesse', [
          ['unique', 'Unique'],
          ['gemellaire-bi', 'Gémellaire bichoriale'],
          ['gemellaire-mono', 'Gémellaire monochoriale'],
          ['plus', 'Trois ou plus'],
        ]),
      ]),
      group('signes', 'Depuis la dernière fois', [
        choices('signes-fonctionnels', 'Signes depuis la dernière fois', [
          ['contractions', 'Contractions'],
          ['saignements', 'Saignements'],
          ['pertes', 'Perte de liquide'],
          ['leucorrhees', 'Pertes, démangeaisons'],
          ['urinaires', 'Signes urinaires'],
          ['vomissements', 'Vomissements'],
          ['prurit', 'Démangeaisons du corps'],
          ['fievre', 'Fièvre'],
        ]),
        choices('signes-hta', 'Signes de prééclampsie', [
          ['cephalees', 'Maux de tête'],
          ['phosphenes', 'Mouches, flou visuel'],
          ['acouphenes', 'Bourdonnements'],
          ['barre', 'Barre épigastrique'],
          ['oedemes', 'Œdèmes brutaux'],
        ]),
        choice(
          'mouvements',
          'Mouvements actifs',
          [
            ['presents', 'Présents'],
            ['diminues', 'Diminués'],
            ['absents', 'Absents'],
          ],
          { when: atLeast('terme-sa', 20) },
        ),
        note('mouvements-alerte', 'Mouvements diminués ou absents : examen et enregistrement du rythme sans attendre.', {
          when: [is('mouvements', 'diminues'), is('mouvements', 'absents')],
          any: true,
        }),
      ]),
      group('examen', 'Examen', [
        measure('poids', '29463-7'),
        quantity('poids-avant', 'Poids avant la grossesse', 'kg', 'kg', { min: 25, max: 300, decimals: 1 }),
        measure('taille', '8302-2', { back: 7300 }),
        formula('prise', 'Prise de poids (kg)', '{{poids}} - {{poids-avant}}', { decimals: 1 }),
        formula('imc-avant', 'IMC avant la grossesse', '{{poids-avant}} / (({{taille}} / 100) * ({{taille}} / 100))', {
          decimals: 1,
          bands: [
            [0, 'Insuffisance pondérale', 'warning'],
            [18.5, 'Normal', 'success'],
            [25, 'Surpoids : facteur de risque de diabète gestationnel', 'warning'],
            [30, 'Obésité', 'danger'],
          ],
        }),
        measure('pas', '8480-6', {
          label: 'Systolique',
          bands: [
            [0, 'Normale', 'success'],
            [140, 'Hypertension : recontrôler, protéinurie', 'warning'],
            [160, 'Hypertension sévère : urgence', 'danger'],
          ],
        }),
        measure('pad', '8462-4', {
          label: 'Diastolique',
          bands: [
            [0, 'Normale', 'success'],
            [90, 'Hypertension : recontrôler, protéinurie', 'warning'],
            [110, 'Hypertension sévère : urgence', 'danger'],
          ],
        }),
        measure('hu', '11881-0', { when: atLeast('terme-sa', 16) }),
        formula('hu-attendue', 'Hauteur attendue (cm)', expectedHeight, { decimals: 1, when: atLeast('terme-sa', 16) }),
        formula('hu-ecart', 'Écart (cm)', '{{hu}} - {{hu-attendue}}', {
          decimals: 1,
          when: atLeast('terme-sa', 16),
          bands: [
            [-60, 'Plus petite qu’attendu', 'warning'],
            [-2, 'Attendue', 'success'],
            [2.1, 'Plus grande qu’attendu', 'warning'],
          ],
        }),
        measure('rcf', '55283-6', { label: 'Rythme cardiaque fœtal', when: atLeast('terme-sa', 12) }),
        choice(
          'presentation',
          'Présentation',
          [
            ['tete', 'Tête'],
            ['siege', 'Siège'],
            ['transverse', 'Transverse'],
            ['incertaine', 'Incertaine'],
          ],
          { when: atLeast('terme-sa', 32) },
        ),
        text('col', 'Col, si examiné'),
      ]),
      group('urines', 'Bandelette urinaire', [
        choice('proteinurie', 'Protéines dans les urines', strip),
        choice('glycosurie', 'Glucose dans les urines', strip),
        choice('leucocytes', 'Leucocytes dans les urines', strip),
        choice('nitrites', 'Nitrites dans les urines', [
          ['negatif', 'Négatif'],
          ['positif', 'Positif'],
        ]),
      ]),
      group('biologie', 'Biologie', [
        choice(
          'groupe',
          'Groupe sanguin',
          [
            ['a-pos', 'A+'],
            ['b-pos', 'B+'],
            ['ab-pos', 'AB+'],
            ['o-pos', 'O+'],
            ['a-neg', 'A−'],
            ['b-neg', 'B−'],
            ['ab-neg', 'AB−'],
            ['o-neg', 'O−'],
          ],
          { list: true },
        ),
        serology('rai', 'RAI'),
        choice(
          'rhesus',
          'Prévention anti-D',
          [
            ['inutile', 'Inutile'],
            ['faite', 'Faite'],
            ['a-faire', 'À 28 semaines'],
          ],
          { when: ['a-neg', 'b-neg', 'ab-neg', 'o-neg'].map((code) => is('groupe', code)), any: true },
        ),
        immunity('toxoplasmose', 'Toxoplasmose'),
        immunity('rubeole', 'Rubéole'),
        serology('syphilis', 'Syphilis'),
        serology('vih', 'VIH'),
        serology('vhb', 'Hépatite B (Ag HBs)'),
        serology('vhc', 'Hépatite C'),
        measure('hb', '718-7'),
        choice(
          'trisomie',
          'Dépistage de la trisomie 21',
          [
            ['faible', 'Risque faible'],
            ['intermediaire', 'Intermédiaire : ADN libre'],
            ['eleve', 'Élevé : avis'],
            ['refus', 'Non souhaité'],
            ['attente', 'En attente'],
          ],
          { when: below('terme-sa', 24) },
        ),
        glucose('glycemie-jeun', 'Glycémie à jeun'),
        glucose('glycemie-1h', 'HGPO, 1 h'),
        glucose('glycemie-2h', 'HGPO, 2 h'),
        formula('diabete', 'Valeurs de glycémie au-dessus du seuil', `iif({{glycemie-jeun}}.exists(), ${abnormal('glycemie-jeun', 0.92)} + ${abnormal('glycemie-1h', 1.8)} + ${abnormal('glycemie-2h', 1.53)}, {})`, {
          decimals: 0,
          bands: [
            [0, 'Aucun seuil dépassé', 'success'],
            [1, 'Diabète gestationnel', 'danger'],
          ],
        }),
        choice(
          'streptocoque',
          'Streptocoque B',
          [
            ['negatif', 'Négatif'],
            ['positif', 'Positif : antibiotique pendant le travail'],
            ['attente', 'En attente'],
          ],
          { when: atLeast('terme-sa', 34) },
        ),
      ]),
      group('echographies', 'Échographies', [text('echo-1', 'Échographie du premier trimestre'), text('echo-2', 'Échographie du deuxième trimestre'), text('echo-3', 'Échographie du troisième trimestre')]),
      group('prevention', 'Prévention', [
        choices('vaccins', 'Vaccins', [
          ['coqueluche', 'Coqueluche, dès 20 semaines'],
          ['grippe', 'Grippe'],
          ['vrs', 'VRS, entre 32 et 36 semaines, en saison'],
          ['covid', 'Covid-19'],
        ]),
        choices('conseils', 'Sujets abordés', [
          ['folates', 'Folates'],
          ['aliments', 'Aliments à éviter'],
          ['tabac', 'Tabac'],
          ['alcool', 'Zéro alcool'],
          ['medicaments', 'Médicaments'],
          ['travail', 'Travail'],
          ['dents', 'Examen dentaire'],
          ['violences', 'Violences : question posée'],
          ['humeur', 'Humeur'],
          ['alerte', 'Quand consulter'],
        ]),
        choices('etapes', 'Étapes faites', [
          ['declaration', 'Déclaration'],
          ['epp', 'Entretien prénatal précoce'],
          ['bilan', 'Bilan prénatal de prévention'],
          ['preparation', 'Préparation à la naissance'],
          ['anesthesie', 'Consultation d’anesthésie'],
          ['maternite', 'Inscription en maternité'],
          ['projet', 'Projet de naissance'],
        ]),
      ]),
      group('conclusion', 'Conclusion', [
        choice(
          'niveau',
          'Niveau de suivi',
          [
            ['a', 'A : sage-femme ou médecin'],
            ['a1', 'A1 : avis conseillé'],
            ['a2', 'A2 : avis nécessaire'],
            ['b', 'B : gynécologue-obstétricien'],
          ],
          { required: true, help: 'Niveaux de la HAS.' },
        ),
        problem('grossesse-probleme', 'Inscrire aux problèmes', [
          ['O24.4', 'Diabète gestationnel'],
          ['O13', 'Hypertension gravidique'],
          ['O14.9', 'Prééclampsie'],
          ['O99.0', 'Anémie de la grossesse'],
          ['O23.4', 'Infection urinaire de la grossesse'],
          ['O36.0', 'Iso-immunisation rhésus'],
        ]),
        day('prochaine', 'Prochaine consultation'),
        longText('grossesse-commentaire', 'Synthèse'),
      ]),
    ],
  ),
  section(
    'entretien-prenatal',
    '1.0',
    {
      title: 'Entretien prénatal précoce',
      description: 'Échange du premier trimestre : projet, besoins, vulnérabilités, parcours.',
      professions: ['midwife', 'physician'],
      theme: 'pregnancy',
      source: 'Rédaction propre, d’après HAS, préparation à la naissance et à la parentalité.',
    },
    [
      group('vecu', 'Vécu', [
        choice('presents', 'Présents', [
          ['seule', 'La femme'],
          ['couple', 'Le couple'],
          ['autre', 'Avec un proche'],
        ]),
        longText('attentes', 'Attentes, questions, projet'),
        choice('accueil', 'Grossesse', [
          ['souhaitee', 'Souhaitée'],
          ['surprise', 'Inattendue, bien accueillie'],
          ['difficile', 'Difficile à accueillir'],
        ]),
        longText('experiences', 'Grossesses et accouchements antérieurs'),
      ]),
      group('besoins', 'Besoins et vulnérabilités', [
        choices('sante', 'Santé, vulnérabilités', [
          ['tabac', 'Tabac'],
          ['alcool', 'Alcool'],
          ['autres', 'Autres produits'],
          ['alimentation', 'Alimentation'],
          ['sommeil', 'Sommeil'],
          ['psychique', 'Antécédent psychique'],
          ['handicap', 'Maladie, handicap'],
        ]),
        choices('social', 'Situation sociale', [
          ['isolement', 'Isolement'],
          ['logement', 'Logement'],
          ['droits', 'Droits, ressources'],
          ['travail', 'Travail pénible'],
          ['langue', 'Langue'],
          ['conflit', 'Tensions dans le couple'],
        ]),
        choice('violences', 'Violences actuelles ou passées, question posée', [
          ['non', 'Non'],
          ['oui', 'Oui'],
          ['pas-seule', 'Non posée : pas seule'],
        ]),
        note('violences-aide', '3919, Violences femmes info, gratuit, jour et nuit. Danger immédiat : 17.', { when: is('violences', 'oui') }),
        yesNo('tristesse', 'Se sent triste ou perd l’intérêt depuis deux semaines'),
        yesNo('anxiete', 'Inquiétudes envahissantes'),
      ]),
      group('parcours', 'Parcours', [
        choices('orientation', 'Propositions faites', [
          ['preparation', 'Préparation à la naissance'],
          ['pmi', 'PMI'],
          ['psychologue', 'Psychologue'],
          ['tabacologue', 'Tabacologue'],
          ['dieteticien', 'Diététicien'],
          ['social', 'Service social'],
          ['staff', 'Staff de parentalité, avec accord'],
          ['referent', 'Sage-femme référente déclarée'],
        ]),
        text('maternite', 'Maternité souhaitée'),
        text('alimentation-bebe', 'Alimentation du bébé'),
        yesNo('transmission', 'Accord pour transmettre', { required: true }),
        longText('synthese', 'Synthèse'),
      ]),
    ],
  ),
];
