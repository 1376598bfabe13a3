import type { AsyncRouteComponent } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import type { PaletteItem } from './palette.ts';
import type { Me, PracticeAct } from './session.ts';

/**
 * What rooms lend to pages of other rooms, filled by pages.tsx at start: a page shows what is here and knows nobody. A part decides by
 * itself, from the person's rights, whether it has something to show.
 */
export interface DayBlock {
  /** Name of the block in the server's list (record/contract/day.ts), which says for whom it is and where it stands. */
  name: string;
  Component: AsyncRouteComponent<object>;
}
export interface RecordCard {
  id: string;
  /** Which of the three columns of the summary; `top`: above them, full width. */
  column: 'top' | 'first' | 'second' | 'third';
  Component: AsyncRouteComponent<{ patient: string; patientName: string }>;
}
export interface RecordPanelProps {
  patient: string;
  patientName: string;
  /** What follows the panel's name in the address: `tache:12` gives `['12']`. */
  args: readonly string[];
  onClose: () => void;
}
export interface RecordActsFor {
  patient: string;
  /** Kinds of data the person may add to here. */
  add: readonly string[];
  setPanel: (panel: string) => void;
  go: (to: string) => void;
}
/** A part of the page of the practice, beside people, rights and sites. */
export interface StructurePart {
  /** In the address: `?partie=`. */
  value: string;
  label: string;
  /** Shown to whoever may do this act on the practice. */
  act: PracticeAct;
  page: ComponentType;
}
export const structureParts: StructurePart[] = [];
/** The code of lent parts, all of it at once and before they are drawn: a part that is here is drawn with its page, where parts that come one after the other would each have it drawn again. */
export const bring = (parts: readonly { Component: { preload?: () => Promise<void> | undefined } }[]): void => {
  for (const { Component } of parts) void Component.preload?.();
};
export const dayBlocks: DayBlock[] = [];
/** Above the blocks of the day: what a person is told until it is done. */
export const dayHeads: ComponentType[] = [];
/** Where someone who has no day of care begins instead of `/`; undefined: the day's page. */
export const homes: ((me: Me) => string | undefined)[] = [];
export const recordCards: RecordCard[] = [];
/** Side panels of the record page by the first word of `?volet=`. */
export const recordPanels: Record<string, ComponentType<RecordPanelProps>> = {};
/** Acts for the palette and the keys of a record. `short` and `add`: also in the bar of what one adds. */
export const recordActs: ((here: RecordActsFor) => (PaletteItem & { short?: string; add?: boolean })[])[] = [];
