import type { ShippedTemplate } from './build.ts';
import { deskTemplates } from './desk.ts';
import { nursingTemplates } from './nursing.ts';
import { physicianTemplates } from './physician.ts';
import { rehabTemplates } from './rehab.ts';

/** Every letter template that comes with the product. */
export const shippedTemplates: readonly ShippedTemplate[] = [...physicianTemplates, ...nursingTemplates, ...rehabTemplates, ...deskTemplates];
