import { addictionSections } from './addictions.ts';
import { birthSections } from './birth.ts';
import type { ShippedSection } from './build.ts';
import { childrenSections } from './children.ts';
import { dailyLifeSections } from './daily-life.ts';
import { educationSections } from './education.ts';
import { elderSections } from './elders.ts';
import { followupSections } from './followup.ts';
import { footSections } from './foot.ts';
import { medicineSections } from './medicines.ts';
import { mindSections } from './mind.ts';
import { mouthAndVisionSections } from './mouth-vision.ts';
import { movementSections } from './movement.ts';
import { nursingSections } from './nursing.ts';
import { nutritionSections } from './nutrition.ts';
import { receptionSections } from './reception.ts';
import { socialSections } from './social.ts';
import { speechSections } from './speech.ts';
import { technicalSections } from './technical.ts';

/** Sections that come with the product (DOS-8). The wording is ours unless `source` says otherwise; instruments whose terms forbid it are entered by their total only. */
export const shippedSections: readonly ShippedSection[] = [
  ...nursingSections,
  ...followupSections,
  ...medicineSections,
  ...educationSections,
  ...elderSections,
  ...mindSections,
  ...addictionSections,
  ...movementSections,
  ...nutritionSections,
  ...birthSections,
  ...childrenSections,
  ...footSections,
  ...speechSections,
  ...mouthAndVisionSections,
  ...dailyLifeSections,
  ...socialSections,
  ...technicalSections,
  ...receptionSections,
];
