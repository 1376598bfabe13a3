import { choice, choices, day, formula, group, is, longText, measure, note, type Option, problem, section, type ShippedSection, text, yesNo } from './build.ts';

const seen: readonly Option[] = [['oui', 'Oui'], ['non', 'Pas encore'], ['non-vu', 'Non vu']];
const skill = (linkId: string, label: string) => choice(linkId, label, seen);
const at = (...ages: readonly string[]) => ({ when: ages.map((age) => is('age', age)), any: true as const });

export const childrenSections: readonly ShippedSection[] = [
  section('examen-enfant', '1.0', {
    title: 'Examen de l’enfant', description: 'Croissance, alimentation, sommeil, développement selon l’âge, sens, vaccins et prévention.',
    professions: ['physician', 'midwife', 'nurse', 'advanced-practice-nurse'], theme: 'child',
    source: 'Rédaction propre, sur la trame des examens obligatoires du carnet de santé. La grille nationale « Repérer un développement inhabituel » n’est pas reproduite : elle se remplit en cas d’inquiétude, avant d’adresser à la plateforme de coordination et d’orientation.',
  }, [
    choice('age', 'Examen de quel âge', [
      ['naissance', 'Premier mois'], ['2-5', '2 à 5 mois'], ['6-9', '6 à 9 mois'], ['11-12', '11 à 13 mois'], ['16-24', '16 à 24 mois'], ['3', '3 ans'],
      ['4-5', '4 à 5 ans'], ['6-9-ans', '6 à 9 ans'], ['11-16', '11 à 16 ans'],
    ], { required: true, list: true }),
    group('croissance', 'Croissance', [
      measure('poids', '29463-7'),
      measure('taille', '8302-2'),
      measure('pc', '9843-4', at('naissance', '2-5', '6-9', '11-12', '16-24', '3')),
      formula('imc', 'IMC (kg/m²)', '{{poids}} / (({{taille}} / 100) * ({{taille}} / 100))', { decimals: 1, ...at('16-24', '3', '4-5', '6-9-ans', '11-16') }),
      choice('courbe', 'Courbes de croissance', [['reguliere', 'Régulières'], ['cassure', 'Cassure'], ['rebond', 'Rebond de corpulence précoce'], ['surveiller', 'À surveiller']]),
    ]),
    group('vie', 'Vie de l’enfant', [
      text('inquietude', 'Ce qui préoccupe les parents'),
      choice('alimentation', 'Alimentation', [
        ['sein', 'Sein'], ['mixte', 'Mixte'], ['biberon', 'Biberon'], ['diversifiee', 'Diversifiée'], ['familiale', 'Familiale'], ['difficile', 'Difficile'],
      ]),
      choice('sommeil', 'Sommeil', [['bon', 'Bon'], ['difficile', 'Difficile'], ['insuffisant', 'Insuffisant']]),
      choice('ecrans', 'Écrans', [['aucun', 'Aucun'], ['peu', 'Peu, accompagnés'], ['quotidiens', 'Chaque jour'], ['chambre', 'Dans la chambre, le soir']]),
      choice('garde', 'Garde, école', [
        ['parents', 'Parents'], ['assistante', 'Assistante maternelle'], ['creche', 'Crèche'], ['ecole', 'École'], ['difficultes', 'École, avec difficultés'],
      ]),
      choice('vitamine-d', 'Vitamine D', [['donnee', 'Donnée'], ['a-prescrire', 'À prescrire']]),
      yesNo('couchage', 'Couchage sur le dos, à plat, sans tabac : rappelé', at('naissance', '2-5', '6-9')),
    ]),
    group('developpement-1', 'Développement', [
      skill('fixe', 'Fixe le visage, réagit au bruit'),
      skill('sourit', 'Sourit en réponse'),
      skill('tient-tete', 'Tient sa tête'),
    ], at('naissance', '2-5')),
    group('developpement-2', 'Développement', [
      skill('assis', 'Tient assis, avec ou sans appui'),
      skill('saisit', 'Saisit, passe d’une main à l’autre'),
      skill('babille', 'Vocalise, babille'),
      skill('reagit-nom', 'Se tourne quand on l’appelle'),
    ], at('6-9')),
    group('developpement-3', 'Développement', [
      skill('debout', 'Se met debout avec appui'),
      skill('pince', 'Prend entre le pouce et l’index'),
      skill('pointe', 'Pointe du doigt'),
      skill('coucou', 'Imite, fait au revoir'),
    ], at('11-12')),
    group('developpement-4', 'Développement', [
      skill('marche', 'Marche seul'),
      skill('mots', 'Dit des mots'),
      skill('deux-mots', 'Associe deux mots (vers 2 ans)'),
      skill('consigne', 'Comprend une consigne simple'),
      skill('jeu', 'Joue à faire semblant, avec les autres'),
      skill('partage', 'Montre du doigt pour partager'),
    ], at('16-24')),
    group('developpement-5', 'Développement', [
      skill('phrases', 'Fait des phrases, se fait comprendre'),
      skill('dessine', 'Dessine un rond, un bonhomme'),
      skill('saute', 'Saute, pédale, monte l’escalier'),
      skill('habille', 'S’habille avec peu d’aide'),
      skill('regles', 'Joue avec les autres, suit des règles'),
      skill('proprete', 'Propre le jour'),
    ], at('3', '4-5')),
    group('developpement-6', 'École et vie', [
      choice('apprentissages', 'Apprentissages', [['aises', 'Aisés'], ['aide', 'Avec de l’aide'], ['difficiles', 'Difficiles : lecture, calcul, geste']]),
      choice('attention', 'Attention, agitation', [['non', 'Pas de difficulté'], ['ecole', 'À l’école'], ['partout', 'À l’école et à la maison']]),
      choice('relations', 'Relations', [['bonnes', 'Bonnes'], ['isole', 'Isolé'], ['harcelement', 'Harcèlement']]),
      choice('humeur', 'Humeur', [['bonne', 'Bonne'], ['triste', 'Triste, anxieux'], ['a-explorer', 'À revoir seul']]),
      choice('puberte', 'Puberté', [['non', 'Pas commencée'], ['en-cours', 'En cours'], ['precoce', 'Précoce'], ['retard', 'En retard']]),
    ], at('6-9-ans', '11-16')),
    group('alerte', 'Alerte', [
      choices('alertes', 'Signes d’alerte', [
        ['regression', 'Perte d’une acquisition'], ['regard', 'Fuit le regard, ne répond pas à son nom'], ['asymetrie', 'Asymétrie, utilise une seule main'],
        ['tonus', 'Mou ou raide'], ['langage', 'Langage en retard'], ['marche', 'Ne marche pas à 18 mois'], ['parents', 'Inquiétude des parents'],
        ['danger', 'Signe de danger, de négligence'],
      ]),
      note('alerte-tnd', 'Remplir la grille nationale de repérage ; adresser sans attendre à la plateforme de coordination et d’orientation.', {
        when: ['regression', 'regard', 'asymetrie', 'tonus', 'langage', 'marche', 'parents'].map((code) => is('alertes', code)), any: true,
      }),
      note('alerte-danger', 'Enfant en danger : 119, gratuit, jour et nuit ; cellule départementale ou procureur ; urgence : 17 ou 15.', { when: is('alertes', 'danger') }),
    ]),
    group('examen', 'Examen', [
      choices('normal', 'Examiné, sans particularité', [
        ['coeur', 'Cœur, pouls'], ['poumons', 'Poumons'], ['abdomen', 'Abdomen'], ['hanches', 'Hanches'], ['neuro', 'Neurologique, tonus'], ['peau', 'Peau'],
        ['organes', 'Organes génitaux'], ['bouche', 'Bouche, dents'], ['rachis', 'Rachis, posture'], ['fontanelle', 'Fontanelle'],
      ]),
      text('anormal', 'Anomalies de l’examen'),
      choice('vue', 'Vue de l’enfant', [['normale', 'Normale'], ['strabisme', 'Strabisme, reflet anormal : avis rapide'], ['a-controler', 'À contrôler']]),
      choice('audition', 'Audition', [['normale', 'Normale'], ['a-controler', 'À contrôler']]),
      choice('langage', 'Langage', [['attendu', 'Attendu'], ['a-revoir', 'À revoir'], ['orthophonie', 'Bilan orthophonique']], at('16-24', '3', '4-5', '6-9-ans')),
      measure('pas', '8480-6', { label: 'Systolique', ...at('3', '4-5', '6-9-ans', '11-16') }),
      measure('pad', '8462-4', { label: 'Diastolique', ...at('3', '4-5', '6-9-ans', '11-16') }),
    ]),
    group('suite', 'Suite', [
      choice('vaccins', 'Vaccins', [['a-jour', 'À jour'], ['faits', 'Faits ce jour'], ['a-faire', 'À faire'], ['refus', 'Refusés']]),
      choices('conseils', 'Sujets abordés', [
        ['accidents', 'Accidents domestiques'], ['ecrans', 'Écrans'], ['dents', 'Dents'], ['alimentation', 'Alimentation'], ['sommeil', 'Sommeil'],
        ['secoue', 'Ne jamais secouer'], ['activite', 'Activité physique'], ['sexualite', 'Puberté, vie affective'], ['produits', 'Tabac, alcool, produits'],
      ]),
      choices('orientation', 'Adressé à', [
        ['pco', 'Plateforme de coordination (TND)'], ['orthoptiste', 'Orthoptiste, ophtalmologiste'], ['orl', 'ORL'], ['orthophoniste', 'Orthophoniste'],
        ['psychomot', 'Psychomotricien'], ['kine', 'Kinésithérapeute'], ['dieteticien', 'Diététicien'], ['psychologue', 'Psychologue'], ['dentiste', 'Dentiste'],
        ['pmi', 'PMI, médecin scolaire'],
      ]),
      problem('enfant-probleme', 'Inscrire aux problèmes', [
        ['E66.9', 'Obésité'], ['R62.0', 'Retard d’acquisition'], ['R62.8', 'Ralentissement de la croissance'], ['F80.9', 'Trouble du langage oral'],
        ['H50.9', 'Strabisme'], ['L20.9', 'Dermatite atopique'], ['Q65.9', 'Malformation de hanche'],
      ]),
      day('prochain', 'Prochain examen'),
      longText('enfant-synthese', 'Synthèse'),
    ]),
  ]),
];
