import type { ComponentType } from 'react';

/** What rooms lend to the shell; filled by pages.tsx, so that the shell knows no room's screens. */
export const slots: {
  /** Covers everything when the session is locked or lost. */
  lock?: ComponentType;
  /** Notices of the person, in the top bar. */
  notices?: ComponentType;
  /** When a signed-in person's frame is on screen. */
  entered?: () => void;
} = {};
