import type { AnyRoute } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import type { PaletteSource } from '../../web/palette.ts';
import type { DayBlock, RecordActsFor, RecordCard, RecordPanelProps } from '../../web/slots.ts';
import type { PaletteItem } from '../../web/palette.ts';
import type { Me } from '../../web/session.ts';

/** What a sub-room shows, and where. */
export interface CoordinationPart {
  pages?: AnyRoute[];
  /** Its tab under Coordination. */
  tab?: {
    to: string;
    label: string;
    may?: (me: Me) => boolean;
    /** A count beside the label. */
    useCount?: () => number;
  };
  dayBlocks?: DayBlock[];
  recordCards?: RecordCard[];
  recordPanels?: Record<string, ComponentType<RecordPanelProps>>;
  recordActs?: (here: RecordActsFor) => (PaletteItem & { short?: string; add?: boolean })[];
  sources?: PaletteSource[];
}
