import type { PaletteItem } from '../../web/palette.ts';
import { recordActs } from '../../web/slots.ts';
import {
  AlertIcon,
  AllergyIcon,
  DocumentIcon,
  EyeIcon,
  FormIcon,
  GoalIcon,
  HistoryIcon,
  IdentityIcon,
  MeasureIcon,
  NoteIcon,
  PrintIcon,
  ProblemIcon,
  ResultIcon,
  RightsIcon,
  SearchIcon,
  SortIcon,
  TeamIcon,
  TreatmentIcon,
  VaccineIcon,
} from '../../web/ui/icons.ts';
import type { CockpitReply, RecordPage } from '../contract.ts';
import { inOrder } from './cockpits/use-cockpit.ts';
import { mayAdd } from './use-record.ts';

/** What one can add to this record: letter, words, right, panel. The cockpit of the profession says the order of the quick bar. */
const ownAdds = [
  {
    panel: 'mesure',
    keys: 'M',
    title: 'Ajouter une mesure',
    short: 'Mesure',
    icon: MeasureIcon,
    kinds: ['measures'],
    words: 'tension poids glycémie',
  },
  {
    panel: 'note',
    keys: 'N',
    title: 'Écrire une note',
    short: 'Note',
    icon: NoteIcon,
    kinds: ['summary', 'sections', 'private-notes'],
    words: 'observation consultation',
  },
  {
    panel: 'probleme',
    keys: 'P',
    title: 'Ajouter un problème',
    short: 'Problème',
    icon: ProblemIcon,
    kinds: ['history'],
    words: 'diagnostic ald',
  },
  {
    panel: 'allergie',
    keys: 'A',
    title: 'Ajouter une allergie',
    short: 'Allergie',
    icon: AllergyIcon,
    kinds: ['allergies'],
    words: 'intolérance aucune',
  },
  {
    panel: 'vaccin',
    keys: 'V',
    title: 'Ajouter un vaccin',
    short: 'Vaccin',
    icon: VaccineIcon,
    kinds: ['vaccines'],
    words: 'vaccination',
  },
  {
    panel: 'volets',
    keys: 'F',
    title: 'Remplir un volet',
    short: 'Volet',
    icon: FormIcon,
    kinds: ['sections', 'administrative'],
    words: 'formulaire bilan échelle score questionnaire grille plaie',
  },
  {
    panel: 'saisir-resultats',
    keys: 'Z',
    title: 'Saisir des résultats de biologie',
    short: 'Résultats',
    icon: ResultIcon,
    kinds: ['results'],
    words: 'laboratoire analyse bilan nfs coller hprim prise de sang',
  },
  {
    panel: 'document',
    keys: 'D',
    title: 'Ajouter un document',
    short: 'Document',
    icon: DocumentIcon,
    kinds: ['documents'],
    words: 'pdf photo scanner',
  },
  {
    panel: 'traitement',
    keys: 'T',
    title: 'Ajouter un traitement',
    short: 'Traitement',
    icon: TreatmentIcon,
    kinds: ['treatments'],
    words: 'médicament',
  },
  {
    panel: 'antecedent',
    keys: 'H',
    title: 'Ajouter un antécédent ou un mode de vie',
    short: 'Antécédent',
    icon: HistoryIcon,
    kinds: ['history', 'lifestyle'],
    words: 'histoire famille risque tabac mode de vie',
  },
  {
    panel: 'alerte',
    keys: 'L',
    title: 'Signaler une alerte',
    short: 'Alerte',
    icon: AlertIcon,
    kinds: ['summary', 'history'],
    words: 'attention danger',
  },
  {
    panel: 'objectif',
    keys: 'O',
    title: 'Fixer un objectif',
    short: 'Objectif',
    icon: GoalIcon,
    kinds: ['summary'],
    words: 'cible',
  },
] as const;

export interface RecordAct extends PaletteItem {
  short?: string;
  add?: boolean;
}
/** How a cockpit calls an act. */
export const entryName = (act: RecordAct): string => act.id.replace(/^add-/, '');
/** The digits, and what the same keys give without Shift on a French keyboard. */
const digits = ['1&', '2é', '3"', "4'", '5(', '6-', '7è', '8_', '9ç'];
export const keysOf = (act: RecordAct): string[] =>
  act.keys === undefined
    ? []
    : digits.some((pair) => pair.startsWith(act.keys!))
      ? [...digits[Number(act.keys) - 1]!]
      : [act.keys.toLowerCase()];

/** The sections of my profession, one digit each in the order of my entries. */
function sectionActs(
  record: RecordPage,
  { sections, entries }: CockpitReply,
  setPanel: (panel: string) => void,
): RecordAct[] {
  if (!mayAdd(record, 'sections') && !mayAdd(record, 'administrative')) return [];
  return inOrder(sections, ({ id }) => `volet:${id}`, { ...entries, hidden: [] }).map(({ id, title, short }, at) => ({
    id: `volet:${id}`,
    title: `Remplir : ${title}`,
    short,
    words: 'volet formulaire',
    icon: FormIcon,
    add: true,
    ...(at < digits.length && { keys: String(at + 1) }),
    run: () => setPanel(`volet:${id}`),
  }));
}

/** Every act on this record that the person may do, for the bar, the palette and the keys. */
export function actsOf(
  record: RecordPage,
  cockpit: CockpitReply | undefined,
  setPanel: (panel: string) => void,
  go: (to: string) => void,
): RecordAct[] {
  const id = record.header.patient.id;
  const added = ownAdds
    .filter((act) => act.kinds.some((kind) => mayAdd(record, kind)))
    .map(
      ({ panel, keys, title, short, icon, words }): RecordAct => ({
        id: `add-${panel}`,
        keys,
        title,
        short,
        icon,
        words,
        add: true,
        run: () => setPanel(panel),
      }),
    );
  const adds = [
    ...added,
    ...(cockpit ? sectionActs(record, cockpit, setPanel) : []),
    ...recordActs.flatMap((acts): RecordAct[] => acts({ patient: id, add: record.rights.add, setPanel, go })),
  ];
  const { order = [], hidden = [] } = cockpit?.entries ?? {};
  return [
    ...inOrder(adds, entryName, { order, hidden: [] }).map((act) =>
      hidden.includes(entryName(act)) ? { ...act, add: false } : act,
    ),
    { id: 'team', title: 'Voir l’équipe de soins', icon: TeamIcon, keys: 'E', run: () => setPanel('equipe') },
    {
      id: 'choices',
      title: 'Voir les choix du patient',
      words: 'opposition consentement information',
      icon: RightsIcon,
      run: () => setPanel('choix'),
    },
    {
      id: 'log',
      title: 'Voir qui a consulté ce dossier',
      words: 'accès journal trace',
      icon: EyeIcon,
      run: () => setPanel('acces'),
    },
    {
      id: 'identity',
      title: 'Ouvrir l’identité',
      words: 'ins traits état civil téléphone adresse',
      icon: IdentityIcon,
      keys: 'I',
      run: () => go(`/patients/${id}/identite`),
    },
    {
      id: 'summary',
      title: 'Ouvrir la synthèse médicale (VSM)',
      words: 'volet résumé signer compléter ips',
      icon: DocumentIcon,
      keys: 'Y',
      run: () => go(`/patients/${id}/synthese`),
    },
    {
      id: 'vaccines',
      title: 'Ouvrir le carnet de vaccination',
      words: 'vaccins calendrier rappel carnet',
      icon: VaccineIcon,
      run: () => go(`/patients/${id}/vaccins`),
    },
    {
      id: 'arrange-entries',
      title: 'Ranger mes saisies',
      words: 'ordre masquer barre boutons',
      icon: SortIcon,
      run: () => setPanel('ranger-saisies'),
    },
    {
      id: 'arrange-cards',
      title: 'Ranger les cartes',
      words: 'ordre masquer cartes colonnes',
      icon: SortIcon,
      run: () => setPanel('ranger-cartes'),
    },
    {
      id: 'words',
      title: 'Chercher dans les documents et les notes',
      words: 'texte courrier recherche',
      icon: SearchIcon,
      run: () => go(`/documents?vue=chercher&patient=${id}`),
    },
    ...(record.results
      ? [
          {
            id: 'results',
            title: 'Ouvrir les résultats de biologie',
            words: 'tableau laboratoire analyses courbe',
            icon: ResultIcon,
            keys: 'G',
            run: () => go(`/patients/${id}/resultats`),
          },
        ]
      : []),
    { id: 'print', title: 'Imprimer cette page', words: 'papier a4', icon: PrintIcon, run: () => print() },
  ];
}
