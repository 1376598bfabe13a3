/** `jeudi 12 juin 2025`, from an ISO day or moment. */
export const sayDay = (iso: string): string =>
  new Date(`${iso.slice(0, 10)}T12:00:00Z`).toLocaleDateString('fr-FR', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'Europe/Paris',
  });
/** `12/06/2025`. */
export const sayShortDay = (iso: string): string => iso.slice(0, 10).split('-').reverse().join('/');
/** `12 h 30`, from a wall clock in France. */
export const sayHour = (moment: string): string => `${Number(moment.slice(11, 13))} h ${moment.slice(14, 16)}`;
/** `mars 2025`, from `2025-03`. */
export const sayMonth = (month: string): string =>
  new Date(`${month}-15T12:00:00Z`).toLocaleDateString('fr-FR', {
    month: 'long',
    year: 'numeric',
    timeZone: 'Europe/Paris',
  });
