import type { ShippedTemplate } from './build.ts';
import { deskTemplates } from './desk.ts';
import { physicianTemplates } from './physician.ts';

/** Every letter template that comes with the product. */
export const shippedTemplates: readonly ShippedTemplate[] = [...physicianTemplates, ...deskTemplates];
