/** Invented teams of the demo region that do not work with this product, and what they answer to a call. Names are invented, towns are real. */

export interface Team {
  key: string;
  name: string;
  territory: string;
  contact: string;
  legalForm: 'association' | 'sisa' | 'centre';
  members: Record<string, number>;
  fragile: boolean;
  /** Engagement of 2021: written, planned, none. */
  commitment: 'written' | 'planned' | 'none';
  /** Later on. */
  member: boolean;
  coordinator: boolean;
  meetings: number;
  complex: boolean;
  protocols: number;
  software: string;
}
const team = (line: string): Team => {
  const [
    key,
    name,
    territory,
    contact,
    form,
    people,
    fragile,
    commitment,
    member,
    coordinator,
    meetings,
    complex,
    protocols,
    software,
  ] = line.split('|').map((part) => part.trim()) as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const [physician, nurse, physiotherapist, pharmacist, secretary, coordinators] = people.split(' ').map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const members = Object.fromEntries(
    Object.entries({
      physician,
      nurse,
      physiotherapist,
      pharmacist,
      'medical-secretary': secretary,
      coordinator: coordinators,
    }).filter(([, count]) => count > 0),
  );
  return {
    key,
    name,
    territory,
    contact,
    legalForm: form as Team['legalForm'],
    members,
    fragile: fragile === 'oui',
    commitment: commitment as Team['commitment'],
    member: member === 'oui',
    coordinator: coordinator === 'oui',
    meetings: Number(meetings),
    complex: complex === 'oui',
    protocols: Number(protocols),
    software,
  };
};

/** key | name | territory | contact | legal form | physicians nurses physiotherapists pharmacists secretaries coordinators | fragile | 2021 commitment | in the ACI now | coordinator | meetings | complex cases | protocols | software */
export const teams: readonly Team[] = `
  iroise      | MSP d’Iroise-Nord            | Plouarzel, Ploumoguer, Lampaul    | Nolwenn Abiven      | association | 3 4 2 1 1 1 | oui | written | oui | oui | 10 | oui | 4 | Deux logiciels de médecine, un logiciel infirmier
  leff        | Maison de santé du Leff      | Châtelaudren, Plouagat            | Ronan Donnart       | sisa        | 4 5 2 2 2 1 | oui | written | oui | oui | 8  | oui | 1 | Un logiciel de médecine, dossiers papier des infirmiers
  blavet      | MSP du Blavet-Amont          | Gouarec, Saint-Nicolas            | Gaëlle Cosquer      | association | 2 3 1 1 1 0 | oui | written | non | non | 4  | oui | 2 | Dossiers papier et tableur
  elle        | Pôle de santé de l’Ellé      | Le Faouët, Gourin                 | Thierry Mével       | association | 3 6 2 1 1 1 | oui | planned | oui | oui | 9  | oui | 5 | Un logiciel de médecine
  penthievre  | MSP du Penthièvre            | Lamballe, Hénon                   | Aurélie Guéguen     | sisa        | 5 6 3 2 2 1 | non | written | oui | oui | 11 | oui | 6 | Trois logiciels sans échange entre eux
  rhuys       | Maison de santé de Rhuys     | Sarzeau, Saint-Gildas             | Laurent Pichon      | association | 4 4 3 1 1 1 | non | planned | oui | oui | 6  | oui | 1 | Un logiciel de médecine, un logiciel de kinésithérapie
  menez       | MSP du Menez-Hom             | Châteaulin, Dinéault              | Solenn Jézéquel     | association | 2 4 1 1 1 1 | oui | written | oui | oui | 7  | non | 3 | Un logiciel de médecine
  couesnon    | Équipe du Couesnon           | Antrain, Bazouges                 | Julien Thébault     | association | 2 2 1 1 0 0 | oui | planned | non | non | 3  | oui | 1 | Dossiers papier
  oust        | MSP de l’Oust                | Josselin, Guillac                 | Céline Rolland      | sisa        | 4 5 2 1 2 1 | non | written | oui | oui | 6  | non | 2 | Deux logiciels de médecine
  odet        | Maison de santé de l’Odet    | Ergué-Gabéric, Briec              | Philippe Cornec     | association | 5 5 4 2 2 1 | non | planned | oui | non | 5  | oui | 2 | Trois logiciels
  semnon      | MSP du Semnon                | Martigné-Ferchaud, Coësmes        | Émilie Rialland     | association | 2 3 1 1 1 1 | oui | planned | oui | oui | 5  | oui | 1 | Un logiciel de médecine
  ruis        | Centre de santé du Port-Rhu  | Douarnenez                        | Yann Ségalen        | centre      | 3 3 0 0 2 1 | oui | none    | oui | oui | 12 | oui | 4 | Un logiciel de centre de santé
  trieux      | MSP du Trieux                | Pontrieux, Ploëzal                | Marion Le Saux      | association | 3 4 2 1 1 1 | non | none    | oui | oui | 4  | oui | 2 | Un logiciel de médecine, un logiciel infirmier
  arree       | Équipe des Monts-d’Arrée     | Huelgoat, Berrien                 | Corentin Lagadec    | association | 2 3 1 1 1 1 | oui | written | oui | oui | 9  | oui | 3 | Dossiers papier et messagerie sécurisée
`
  .trim()
  .split('\n')
  .map(team);
