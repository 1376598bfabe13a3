import type { ComponentType } from 'react';
import { useMe, type Me } from './session.ts';
import { CoordinationIcon, DayIcon, ImportIcon, PatientsIcon, PracticeIcon } from './ui/icons.ts';

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
  /** Shown once the room's screens are plugged in (pages.tsx). */
  plugged?: string;
}
export const plugged = new Set<string>();
/** How much waits behind an entry, by its address: hooks that rooms lend at start (pages.tsx). */
export const navCounts: Record<string, () => number> = {};

/** The rail, in the order of a day. A room that gains screens adds its line here and its routes in pages.tsx. */
export const navEntries: readonly NavEntry[] = [
  { to: '/', label: 'Ma journée', icon: DayIcon, words: 'accueil aujourd’hui tâches' },
  { to: '/patients', label: 'Patients', icon: PatientsIcon, words: 'liste recherche dossier', may: (me) => me.rights.identity?.reach !== 'none' },
  { to: '/coordination', label: 'Coordination', icon: CoordinationIcon, words: 'tâches messages réunions protocoles rcp' },
  { to: '/structure', label: 'Structure', icon: PracticeIcon, words: 'personnes droits sites comptes réglages', may: (me) => me.acts.some((act) => /people|rights|settings|clients|delegations|unusual/.test(act)) },
  { to: '/reprise', label: 'Reprise de données', short: 'Reprise', icon: ImportIcon, words: 'import fichiers fhir', may: (me) => me.acts.includes('import'), plugged: 'exchange' },
];

export const useNav = (): NavEntry[] => {
  const me = useMe();
  return navEntries.filter((entry) => (!entry.plugged || plugged.has(entry.plugged)) && (entry.may?.(me) ?? true));
};
