/** Names, streets and towns of the demo region. Streets and quarters are invented; towns and their INSEE codes are real. */
export const surnames =
  `Abgrall,Abiven,Le Goff,Le Gall,Le Bihan,Le Bris,Le Roux,Le Corre,Le Guen,Le Duff,Le Meur,Le Hir,Kerleau,Kervella,Kermarrec,
Kerbrat,Kerdraon,Quéméneur,Quéméré,Prigent,Tanguy,Morvan,Madec,Riou,Floc’h,Cadiou,Cornec,Corre,Cosquer,Cozic,Coatanéa,Créach,Daniélou,Derrien,
Donnart,Falc’hun,Fily,Gourvennec,Guéguen,Guillou,Guivarc’h,Hélias,Hamon,Jaffrès,Jestin,Jézéquel,L’Hostis,Lagadec,Lannuzel,Léal,Mével,Miossec,
Mingant,Nédélec,Nicolas,Omnès,Pellen,Pennec,Perrot,Péron,Pichon,Pouliquen,Quentel,Rannou,Roudaut,Salaün,Salou,Ségalen,Squiban,Stéphan,Talarmin,
Thépaut,Troadec,Uguen,Vaillant,Gicquel,Rialland,Thébault,Chevrel,Poulain,Hervé,Macé,Lorand,Robert,Durand,Martin,Bernard,Petit,Moreau,Dubois,Lefèvre,
Gauthier,Rousseau,Blanchard,Chevalier,Lemoine,Marchand,Noël,Barré,de Kerangal,de La Villéon,du Laz,Le Goff-Martin,Morvan-Dubois,Le Gallo,Le Borgne,
Le Moal,Le Saux,Rolland,Bizien,Bihan-Poudec,Ferreira,Da Silva,Benali,Haddad,El Mansouri,Diallo,N’Diaye,Nguyen,Tran,Yılmaz,Popescu,Kovalenko,Abdallah`
    .split(',')
    .map((name) => name.trim());

const list = (text: string) => text.split(',').map((name) => name.trim());

/** First names by decade of birth (upper bound of the year), girls then boys. */
export const firstNames: readonly (readonly [number, readonly string[], readonly string[]])[] = [
  [
    1945,
    list(
      'Marie,Jeanne,Yvonne,Anne,Denise,Simone,Marguerite,Germaine,Thérèse,Madeleine,Odette,Suzanne,Marie-Louise,Anna,Yvette,Paulette,Soizic',
    ),
    list(
      'Jean,François,Yves,Pierre,Louis,Joseph,René,Marcel,André,Hervé,Jean-Marie,Robert,Roger,Raymond,Guillaume,Goulven',
    ),
  ],
  [
    1960,
    list(
      'Marie,Monique,Françoise,Annick,Jacqueline,Nicole,Michèle,Marie-Thérèse,Danielle,Chantal,Bernadette,Anne-Marie,Christiane,Josiane,Yvonne',
    ),
    list(
      'Jean,Michel,Jean-Yves,Alain,Yvon,Bernard,Daniel,Gérard,Jean-Claude,Jacques,Christian,Jean-Pierre,Patrick,Yves,Jean-Luc,Hervé',
    ),
  ],
  [
    1975,
    list(
      'Catherine,Sylvie,Isabelle,Nathalie,Martine,Brigitte,Véronique,Corinne,Valérie,Christine,Sandrine,Florence,Pascale,Laurence,Gwenaëlle,Rozenn',
    ),
    list(
      'Philippe,Pascal,Éric,Thierry,Christophe,Stéphane,Laurent,Olivier,Frédéric,Bruno,Didier,Ronan,Erwan,Loïc,Yann,Gilles',
    ),
  ],
  [
    1990,
    list(
      'Aurélie,Émilie,Céline,Stéphanie,Julie,Élodie,Gaëlle,Delphine,Virginie,Marion,Audrey,Laëtitia,Nolwenn,Solenn,Maëlle,Pauline,Anaïs',
    ),
    list(
      'Nicolas,Julien,Sébastien,Mickaël,David,Guillaume,Jérôme,Mathieu,Gwendal,Tanguy,Kévin,Romain,Alexandre,Thomas,Anthony,Jérémy',
    ),
  ],
  [
    2005,
    list('Manon,Camille,Léa,Chloé,Océane,Marine,Sarah,Mathilde,Lucie,Laura,Enora,Maëva,Clara,Justine,Morgane,Louise'),
    list(
      'Lucas,Théo,Hugo,Thomas,Maxime,Corentin,Alexis,Quentin,Killian,Mathis,Ewen,Clément,Valentin,Antoine,Malo,Axel',
    ),
  ],
  [
    2015,
    list('Emma,Inès,Jade,Zoé,Lilou,Louna,Maëlys,Lola,Enora,Nina,Romane,Lena,Eva,Rose,Apolline,Maïwenn'),
    list('Enzo,Nathan,Noah,Gabriel,Louis,Raphaël,Jules,Ethan,Timéo,Maël,Titouan,Nolan,Evan,Yanis,Tom,Elouan'),
  ],
  [
    2100,
    list('Alba,Louise,Ambre,Jade,Alma,Romy,Lou,Iris,Rose,Agathe,Anna,Mia,Éloïse,Soline,Azenor,Jeanne'),
    list('Gabriel,Léo,Raphaël,Arthur,Malo,Sacha,Marceau,Eden,Noé,Aaron,Soan,Côme,Milo,Ewen,Isaac,Gabin'),
  ],
];
export const foreignNames: readonly (readonly [string, string, string, readonly string[], readonly string[]])[] = [
  // INSEE country code, country, town, girls, boys
  ['99139', 'Portugal', 'Braga', list('Maria,Ana,Fátima,Teresa'), list('José,António,Manuel,João')],
  ['99350', 'Maroc', 'Oujda', list('Fatima,Khadija,Samira,Nadia'), list('Mohamed,Rachid,Youssef,Hassan')],
  ['99352', 'Algérie', 'Tlemcen', list('Leïla,Yamina,Samia,Malika'), list('Karim,Ahmed,Farid,Mourad')],
  ['99341', 'Sénégal', 'Saint-Louis', list('Aminata,Awa,Mariama'), list('Mamadou,Ousmane,Ibrahima')],
  ['99155', 'Ukraine', 'Lviv', list('Olena,Iryna,Oksana'), list('Andriy,Oleh,Taras')],
  ['99132', 'Royaume-Uni', 'Plymouth', list('Susan,Margaret,Alison'), list('Peter,David,Graham')],
];
export const foreignSurnames: Record<string, readonly string[]> = {
  '99139': list('Ferreira,Da Silva,Gonçalves,Dos Santos'),
  '99350': list('El Mansouri,Benjelloun,Alaoui,Aït Lahcen'),
  '99352': list('Benali,Haddad,Meziane,Bouzid'),
  '99341': list('Diallo,N’Diaye,Sow,Faye'),
  '99155': list('Kovalenko,Shevchuk,Melnyk'),
  '99132': list('Turner,Whitaker,O’Brien'),
};

export interface Town {
  name: string;
  postalCode: string;
  insee: string;
}
export const towns = {
  lannilis: { name: 'Lannilis', postalCode: '29870', insee: '29117' },
  landeda: { name: 'Landéda', postalCode: '29870', insee: '29101' },
  plouguerneau: { name: 'Plouguerneau', postalCode: '29880', insee: '29195' },
  brest: { name: 'Brest', postalCode: '29200', insee: '29019' },
  redon: { name: 'Redon', postalCode: '35600', insee: '35236' },
  bains: { name: 'Bains-sur-Oust', postalCode: '35600', insee: '35013' },
  saintNicolas: { name: 'Saint-Nicolas-de-Redon', postalCode: '44460', insee: '44185' },
} as const satisfies Record<string, Town>;

/** Where people of the region were born: INSEE code, town. */
export const birthPlaces: Record<'abers' | 'redon', readonly (readonly [readonly [string, string], number])[]> = {
  abers: [
    [['29019', 'Brest'], 50],
    [['29117', 'Lannilis'], 8],
    [['29195', 'Plouguerneau'], 5],
    [['29124', 'Lesneven'], 6],
    [['29103', 'Landerneau'], 8],
    [['29232', 'Quimper'], 6],
    [['29151', 'Morlaix'], 6],
    [['35238', 'Rennes'], 4],
    [['75114', 'Paris 14e'], 3],
    [['56121', 'Lorient'], 2],
    [['72181', 'Le Mans'], 1],
    [['59350', 'Lille'], 1],
    [['2A004', 'Ajaccio'], 1],
  ],
  redon: [
    [['35236', 'Redon'], 48],
    [['35238', 'Rennes'], 16],
    [['56260', 'Vannes'], 9],
    [['44109', 'Nantes'], 8],
    [['44184', 'Saint-Nazaire'], 5],
    [['56178', 'Pontivy'], 3],
    [['35115', 'Fougères'], 2],
    [['49007', 'Angers'], 2],
    [['75114', 'Paris 14e'], 2],
    [['31555', 'Toulouse'], 1],
    [['76351', 'Le Havre'], 1],
  ],
};

const ways = ['rue', 'rue', 'rue', 'impasse', 'allée', 'venelle', 'chemin', 'place'];
const things = list(
  'des Goémoniers-Perdus,du Sémaphore-Vert,des Trois-Ormeaux,du Vieux-Pressoir-Bleu,de Kerzouarn,de Porz-Gwenn,de Lanveur-Vian,des Ajoncs-Fleuris,du Cormoran-Huppé,des Sonneurs-du-Phare,de la Fontaine-aux-Merles,des Avocettes-Cendrées,du Four-à-Goémon,de Kerlouan-Izel,du Manoir-Endormi,des Batelières,de la Grève-Rousse,du Chenal-aux-Moines,de l’Estran-Blanc,des Écluses-Hautes,de Coat-Méziou,de la Digue-aux-Hérons',
);
export const streetNames: readonly string[] = things.flatMap((thing, i) => [`${ways[i % ways.length]} ${thing}`]);
