/**
 * After what is ordered by in SQL: as a French reader looks for it, accents and capitals aside («Équipe…» before «Maison…» before «MSP…»), like `localeCompare` on screens.
 * The root order of ICU is in every PostgreSQL and in the embedded engine, which has no other.
 */
export const french = ' collate "und-x-icu"';
