/** The public lists a practice can load from their publishers' own files; none is shipped (docs/adr/0020-terms.md). */
export interface PublicList {
  list: ListName;
  title: string;
  publisher: string;
  licence: string;
  /** Where the files come from, as their publisher names the place. */
  source: string;
  /** Names of the files, as published. */
  files: readonly string[];
  /** Canonical URL of its codes in FHIR. */
  system: string;
  /** What is looked for in it. */
  holds: 'problems' | 'medicines' | 'acts' | 'vaccines';
}
export const listNames = ['cim10', 'bdpm', 'ccam', 'nuva'] as const;
export type ListName = (typeof listNames)[number];

export const publicLists: Record<ListName, PublicList> = {
  cim10: {
    list: 'cim10',
    title: 'CIM-10 FR',
    publisher: 'OMS ; ATIH pour la version française',
    licence: '© OMS, CC BY-NC-ND 3.0 IGO : utilisée telle que publiée',
    source: 'atih.sante.fr, nomenclatures pour le recueil (ou smt.esante.gouv.fr)',
    files: ['cim.json ou CIM-10 en CSV : code et libellé'],
    system: 'http://hl7.org/fhir/sid/icd-10',
    holds: 'problems',
  },
  bdpm: {
    list: 'bdpm',
    title: 'Base de données publique des médicaments',
    publisher: 'ANSM, HAS, Assurance maladie',
    licence: 'Licence Ouverte',
    source: 'base-donnees-publique.medicaments.gouv.fr, téléchargement',
    files: ['CIS_bdpm.txt', 'CIS_COMPO_bdpm.txt'],
    system: 'https://smt.esante.gouv.fr/terminologie-bdpm',
    holds: 'medicines',
  },
  ccam: {
    list: 'ccam',
    title: 'CCAM',
    publisher: 'Assurance maladie, ATIH',
    licence: 'Licence Ouverte 2.0',
    source: 'ameli.fr ou atih.sante.fr',
    files: ['ccam_actes.json ou CCAM en CSV : code et libellé'],
    system: 'https://smt.esante.gouv.fr/terminologie-ccam',
    holds: 'acts',
  },
  nuva: {
    list: 'nuva',
    title: 'NUVA, nomenclature unifiée des vaccins',
    publisher: 'International Vaccine Codes Initiative',
    licence: 'CC BY 4.0',
    source: 'github.com/IVC-NUVA/NUVA, dossier Release',
    files: ['nuva_core.csv', 'nuva_fr.yml', 'CIS2nuva.csv et ATC2nuva.csv (facultatifs)'],
    system: 'https://smt.esante.gouv.fr/terminologie-nuva',
    holds: 'vaccines',
  },
};
export const listOfSystem = (system: string): PublicList | undefined =>
  Object.values(publicLists).find((one) => one.system === system);

/** A file that cannot be what it should be; words for whoever loads it, which file and which line. */
export class BadList extends Error {}

/** One term as a reader of files makes it. */
export interface ReadTerm {
  code: string;
  label: string;
  /** Other words that find it: substances, short labels. */
  more?: string;
  rank: number;
  detail?: TermDetail;
}
export interface Substance {
  /** The publisher's code of the substance. */
  code: string | null;
  label: string;
  /** «1 000 mg». */
  strength: string | null;
  /** What the strength is in: «un comprimé». */
  per: string | null;
}
export interface TermDetail {
  /** Medicines: pharmaceutical form, routes, composition, whether it is sold. */
  form?: string;
  routes?: string[];
  substances?: Substance[];
  marketed?: boolean;
  /** State of the authorisation, when it is not in force. */
  authorisation?: string;
  /** Acts: last day it may be coded. */
  ended?: string;
  /** Vaccines: an abstract one (a valence, no brand); CIS and ATC codes that the publisher gives. */
  abstract?: boolean;
  cis?: string[];
  atc?: string[];
  /** What a vaccine is, in words. */
  about?: string;
}
