import type { CalendarEdition } from './vaccine-rules.ts';
import { rules2024, rules2025 } from './vaccine-rules-by-year.ts';

export type { CalendarEdition, CalendarRule, SeriesDose, Span } from './vaccine-rules.ts';

/**
 * Editions of the calendar, newest first: the one in force on a day is the first that begins on or before it. Read in: calendrier des vaccinations et recommandations
 * vaccinales (ministère chargé de la santé), recommandations HAS, and notices of the Ordre des pharmaciens and Vaccination Info Service. The calendar proposes; the professional decides.
 */
export const calendarEditions: readonly CalendarEdition[] = [
  {
    year: 2025,
    from: '2025-01-01',
    title: 'Calendrier des vaccinations 2025, mis à jour en décembre 2025',
    source: 'Ministère chargé de la santé, d’après les avis de la HAS ; arrêté du 9 décembre 2025 (HPV)',
    later: 'Une édition 2026 est parue en avril 2026 : son texte n’a pas été relu ici. Ce qu’en disent des sources secondaires ne contredit pas ces règles ; vérifiez les cas particuliers.',
    rules: rules2025,
  },
  { year: 2024, from: '1900-01-01', title: 'Calendrier des vaccinations 2024', source: 'Ministère chargé de la santé, avril 2024', rules: rules2024 },
];
export const calendarOn = (day: string): CalendarEdition => calendarEditions.find((edition) => edition.from <= day)!;
/** What to know of the edition on a day: that a later one was not read, or may exist. '' when it is the year's own. */
export const cautionOn = (day: string, edition = calendarOn(day)): string => (Number(day.slice(0, 4)) <= edition.year ? '' : (edition.later ?? `Ce calendrier est celui de ${edition.year} : vérifiez s’il en existe un plus récent.`));
/** Said under every page that computes: what it leaves to the professional. */
export const notComputed = 'Ne sont pas calculés : voyages, hépatite A, rage, schémas des immunodéprimés et aspléniques, hexavalent renforcé du prématuré, nirsévimab, nouveau-né de mère porteuse du virus de l’hépatite B, vaccins autour d’un cas. Ce que le dossier rend utile à savoir est dit à part.';
