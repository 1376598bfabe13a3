/**
 * The protocols that come with the product: data, shared by the server (which puts them into each practice) and the screens.
 * Each states its sources; a practice makes it its own by a new edition.
 */
import { anticoagulants } from './anticoagulants.ts';
import { childOverweight } from './child-overweight.ts';
import { copd } from './copd.ts';
import { diabetes } from './diabetes.ts';
import { frailty } from './frailty.ts';
import { heartFailure } from './heart-failure.ts';
import { palliative } from './palliative.ts';
import type { Shipped } from './words.ts';
import { wounds } from './wounds.ts';

export type { Shipped } from './words.ts';
export const shippedProtocols: readonly Shipped[] = [diabetes, anticoagulants, heartFailure, frailty, wounds, copd, childOverweight, palliative];
