const dayInFrance = (at: number): number =>
  Date.parse(new Date(at).toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' })) / 86_400_000;
/** «dans 12 jours», of an instant to come: by the days of the calendar in France, whatever the hour. */
export function sayLeft(deadline: string, now = Date.now()): string {
  const at = Date.parse(deadline);
  if (at < now) return 'passée';
  const days = dayInFrance(at) - dayInFrance(now);
  return days > 1 ? `dans ${days} jours` : days === 1 ? 'demain' : 'aujourd’hui';
}
