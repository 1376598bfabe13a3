import { addictionSections } from './addictions.ts';
import { birthSections } from './birth.ts';
import type { ShippedSection } from './build.ts';
import { carerSections } from './carers.ts';
import { childrenSections } from './children.ts';
import { chronicSections } from './chronic.ts';
import { dailyLifeSections } from './daily-life.ts';
import { educationSections } from './education.ts';
import { elderSections } from './elders.ts';
import { followupSections } from './followup.ts';
import { footSections } from './foot.ts';
import { homeVisitSections } from './home-visit.ts';
import { medicineSections } from './medicines.ts';
import { mindSections } from './mind.ts';
import { moodSections } from './mood.ts';
import { mouthSections } from './mouth.ts';
import { movementSections } from './movement.ts';
import { nursingSections } from './nursing.ts';
import { nutritionSections } from './nutrition.ts';
import { painSections } from './pain.ts';
import { pregnancySections } from './pregnancy.ts';
import { receptionSections } from './reception.ts';
import { socialSections } from './social.ts';
import { speechSections } from './speech.ts';
import { technicalSections } from './technical.ts';
import { visionSections } from './vision.ts';
import { woundSections } from './wounds.ts';

/** Sections that come with the product (DOS-8). The wording is ours unless `source` says otherwise; instruments whose terms forbid it are entered by their total only. */
export const shippedSections: readonly ShippedSection[] = [
  ...nursingSections,
  ...woundSections,
  ...homeVisitSections,
  ...chronicSections,
  ...followupSections,
  ...medicineSections,
  ...educationSections,
  ...elderSections,
  ...moodSections,
  ...mindSections,
  ...addictionSections,
  ...painSections,
  ...movementSections,
  ...nutritionSections,
  ...pregnancySections,
  ...birthSections,
  ...childrenSections,
  ...footSections,
  ...speechSections,
  ...mouthSections,
  ...visionSections,
  ...dailyLifeSections,
  ...carerSections,
  ...socialSections,
  ...technicalSections,
  ...receptionSections,
];
