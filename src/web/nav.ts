import type { ComponentType } from 'react';
import { useMe, type Me } from './session.ts';
import {
  BudgetIcon,
  CallIcon,
  CoordinationIcon,
  DayIcon,
  DocumentIcon,
  FileIcon,
  FlagIcon,
  FormIcon,
  HelpIcon,
  ImportIcon,
  InboxIcon,
  MailIcon,
  MapIcon,
  PatientsIcon,
  PlaceIcon,
  PracticeIcon,
  ProtocolIcon,
  QuoteIcon,
} from './ui/icons.ts';

export interface NavEntry {
  to: string;
  label: string;
  /** Under the icon of the rail, where the label is too long. */
  short?: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  /** Words of the palette. */
  words?: string;
  /** Shown to those who may. */
  may?: (me: Me) => boolean;
  /** In a practice's rail unless told. */
  where?: 'region' | 'both';
  /** Shown once the room's screens are plugged in (pages.tsx). */
  plugged?: string;
}
export const plugged = new Set<string>();
/** How much waits behind an entry, by its address: hooks that rooms lend at start (pages.tsx). */
export const navCounts: Record<string, () => number> = {};

/** Addresses that have nothing for this person, where rights alone do not say: a hook that a room lends at start (pages.tsx). */
export const navHidden: { of?: () => readonly string[] } = {};
const none = (): readonly string[] => [];

/** The rail, in the order of a day. A room that gains screens adds its line here and its routes in pages.tsx. */
export const navEntries: readonly NavEntry[] = [
  { to: '/', label: 'Ma journée', icon: DayIcon, words: 'accueil aujourd’hui tâches' },
  {
    to: '/patients',
    label: 'Patients',
    icon: PatientsIcon,
    words: 'liste recherche dossier',
    may: (me) => me.rights.identity?.reach !== 'none',
  },
  {
    to: '/documents',
    label: 'Documents',
    icon: InboxIcon,
    words: 'courriers reçus scanner classer à lire parapheur signer recherche',
    may: (me) =>
      me.rights.documents?.reach !== 'none' || me.acts.some((act) => /receive-documents|follow-documents/.test(act)),
  },
  {
    to: '/coordination',
    label: 'Coordination',
    icon: CoordinationIcon,
    words: 'tâches messages réunions protocoles rcp',
  },
  { to: '/region', label: 'Accueil', icon: PlaceIcon, words: 'région programme', where: 'region' },
  {
    to: '/programme/appels',
    label: 'Appels',
    icon: CallIcon,
    words: 'appels à candidatures éditions règles',
    where: 'region',
  },
  {
    to: '/programme/dossiers',
    label: 'Dossiers',
    icon: FileIcon,
    words: 'candidatures classement décision',
    where: 'region',
    may: (me) => me.acts.includes('review-applications'),
  },
  {
    to: '/programme/projets',
    label: 'Projets',
    icon: ProtocolIcon,
    words: 'projets étapes équipes retenues suivi',
    where: 'region',
    may: (me) => me.profession !== 'vendor' && me.profession !== 'administrator',
  },
  {
    to: '/programme/carte',
    label: 'Carte',
    icon: MapIcon,
    words: 'carte région équipes territoires avancement export',
    where: 'region',
    may: (me) => /^(ars-officer|commission-member|gcs-officer|consultant)$/.test(me.profession),
  },
  {
    to: '/programme/parcours',
    label: 'Parcours',
    icon: FlagIcon,
    words: 'esp msp projet de santé commission équipes',
    where: 'region',
    may: (me) => me.profession !== 'vendor' && me.profession !== 'administrator',
  },
  {
    to: '/programme/modeles',
    label: 'Modèles',
    icon: FormIcon,
    words: 'modèles feuille de démonstration clauses contrat plan projet de santé relances',
    where: 'region',
    may: (me) => /^(ars-officer|commission-member|gcs-officer|consultant)$/.test(me.profession),
  },
  {
    to: '/programme/budget',
    label: 'Budget',
    icon: BudgetIcon,
    words: 'argent enveloppe conventions versements comptabilité export',
    where: 'region',
    may: (me) => me.acts.includes('lead-projects'),
  },
  {
    to: '/programme/devis',
    label: 'Devis',
    icon: QuoteIcon,
    words: 'devis éditeur demandes offres',
    where: 'region',
    may: (me) => me.profession === 'vendor',
  },
  {
    to: '/programme/cahier',
    label: 'Cahiers des charges',
    short: 'Cahiers',
    icon: DocumentIcon,
    words: 'besoins exigences éditeur démonstrations',
    where: 'region',
    may: (me) => me.profession === 'vendor',
  },
  {
    to: '/programme/demandes',
    label: 'Demandes',
    icon: HelpIcon,
    words: 'aide pannes questions évolutions éditeurs satisfaction',
    where: 'region',
    may: (me) => /^(ars-officer|gcs-officer|consultant|vendor|partner)$/.test(me.profession),
  },
  {
    to: '/programme/envois',
    label: 'Envois',
    icon: MailIcon,
    words: 'courriers messages mails envoyés boîte d’envoi',
    where: 'region',
    may: (me) => me.acts.includes('lead-projects'),
  },
  {
    to: '/programme',
    label: 'Programme régional',
    short: 'Programme',
    icon: CallIcon,
    words: 'appel à candidatures sip dossier financement',
    may: (me) => me.practice.region !== null,
  },
  {
    to: '/programme/aide',
    label: 'Aide',
    icon: HelpIcon,
    words: 'panne question évolution support éditeur région',
    may: (me) => me.practice.region !== null,
  },
  {
    to: '/structure',
    label: 'Structure',
    where: 'both',
    icon: PracticeIcon,
    words: 'personnes droits sites comptes réglages',
    may: (me) => me.acts.some((act) => /people|rights|settings|clients|delegations|unusual/.test(act)),
  },
  {
    to: '/reprise',
    label: 'Reprise de données',
    short: 'Reprise',
    icon: ImportIcon,
    words: 'import fichiers fhir',
    may: (me) => me.acts.includes('import'),
    plugged: 'exchange',
  },
];

export const useNav = (): NavEntry[] => {
  const me = useMe();
  const hidden = (navHidden.of ?? none)();
  const here = (entry: NavEntry) =>
    entry.where === 'both' || (entry.where === 'region') === (me.practice.kind === 'region');
  return navEntries.filter(
    (entry) =>
      here(entry) &&
      (!entry.plugged || plugged.has(entry.plugged)) &&
      (entry.may?.(me) ?? true) &&
      !hidden.includes(entry.to),
  );
};
