const format = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/Paris' });
/** A moment as one says it to a person: `26/11/2026 23:05`, in French time. */
export const frenchMoment = (date: Date): string => format.format(date);
