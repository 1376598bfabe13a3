import type { ShippedSection } from './build.ts';

/** The sections that come with the product. */
export const shippedSections: readonly ShippedSection[] = [];
