import { remindNeedsPlanned } from '../choice/remind.ts';
import type { Desk } from '../desk.ts';
import { remindPollsPlanned } from '../gatherings/remind.ts';
import { inTheDay } from './reminders.rules.ts';

/** A region, as its mails name it. */
export interface Signing {
  tenant: number;
  name: string;
}
/** Queues the reminders that were planned for today. Run it as often as wanted: what was queued, and whoever was written to since that day, is left alone. */
export async function queueReminders(
  desk: Desk,
  regions: readonly Signing[],
  failed: (error: unknown) => void,
): Promise<void> {
  if (!inTheDay(desk.now())) return;
  for (const region of regions)
    for (const remind of [remindNeedsPlanned, remindPollsPlanned]) await remind(desk, region, failed).catch(failed);
}
