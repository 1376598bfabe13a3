import { textsOf } from '../../platform/index.ts';
import { type Section, sections } from '../contract/meeting-shapes.ts';

/** What the minutes say. */
export const minutesTexts = (updates: readonly Uint8Array[]): Record<Section, string> =>
  textsOf(updates, Object.keys(sections) as Section[]);
