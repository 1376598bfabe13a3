import { lazy } from '../../../web/lazy.ts';
import type { StructurePart } from '../../../web/slots.ts';

export const termParts: StructurePart[] = [
  {
    value: 'terminologies',
    label: 'Listes publiques',
    act: 'settings',
    page: lazy(() => import('./TermListsPart.tsx')),
  },
];
