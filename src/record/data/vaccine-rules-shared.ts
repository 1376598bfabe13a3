import type { CalendarRule, SeriesDose, Span } from './vaccine-rules.ts';
import type { Situation } from './vaccines.ts';

export const infants = 'CSP, art. L. 3111-2 et R. 3111-2';
const chronic: readonly Situation[] = ['immunity', 'asplenia', 'heart', 'lung', 'diabetes', 'kidney', 'liver', 'nervous'];
const second = (label: string): SeriesDose => ({ at: '4m', min: '14w', gap: '2m', after: '8w', label });
const eleven = (label: string): SeriesDose => ({ at: '11m', min: '10m', gap: '6m', after: '5m', label });
/** Two doses and a booster in the first year. */
const usual = [{ at: '2m', min: '6w', label: 'première dose à 2 mois' }, second('deuxième dose à 4 mois'), eleven('rappel à 11 mois')] as const satisfies readonly SeriesDose[];
const catchUp = (min: Span): readonly SeriesDose[] => [
  { min, label: 'rattrapage, première dose' },
  { min, gap: '2m', after: '8w', label: 'rattrapage, deuxième dose deux mois après' },
  { min, gap: '6m', after: '5m', label: 'rattrapage, rappel six mois après' },
];
export const one = (at: Span, label: string): readonly SeriesDose[] => [{ at, min: at, label }];
/** Begun late: fewer doses, further apart. */
const pneumococcusLate = [
  {
    from: '7m',
    doses: [
      { min: '7m', label: 'rattrapage, première dose' },
      { min: '9m', gap: '2m', after: '8w', label: 'rattrapage, deuxième dose deux mois après' },
      { min: '18m', gap: '12m', after: '10m', label: 'rattrapage, rappel un an après' },
    ],
  },
  {
    from: '12m',
    doses: [
      { min: '12m', label: 'rattrapage, première dose' },
      { min: '14m', gap: '2m', after: '8w', label: 'rattrapage, deuxième dose deux mois après' },
    ],
  },
] as const;
const autumn = { opens: '10-15', closes: '01-31' } as const;

export const shared: readonly CalendarRule[] = [
  {
    id: 'dtp',
    target: 'dtp',
    kind: 'series',
    more: ['premature'],
    mandatory: { bornFrom: '2018-01-01', until: '18m', law: infants },
    schemes: [
      { from: '0d', doses: usual },
      { from: '12m', doses: catchUp('12m') },
    ],
    until: '16y',
    grace: '1m',
    why: 'Primovaccination et rappel à 11 mois',
  },
  {
    id: 'dtp-boosters',
    target: 'dtp',
    kind: 'boosters',
    after: { series: 'dtp', age: '16y' },
    grace: '1y',
    why: 'Rappels à âges fixes',
    unknown: 'jamais vacciné, trois doses à 0, 2 et 8 à 12 mois, la première avec la coqueluche (HAS, rattrapage vaccinal, 2019)',
    ages: [
      { at: '6y', early: '1y', label: 'rappel à 6 ans, avec la coqueluche' },
      { at: '11y', early: '18m', grace: '2y', label: 'rappel entre 11 et 13 ans, avec la coqueluche' },
      { at: '25y', early: '5y', label: 'rappel à 25 ans, avec la coqueluche' },
      { at: '45y', early: '10y', label: 'rappel à 45 ans' },
      { at: '65y', early: '10y', label: 'rappel à 65 ans' },
      { at: '75y', early: '5y', label: 'rappel à 75 ans' },
      { at: '85y', early: '5y', label: 'rappel à 85 ans' },
      { at: '95y', early: '5y', label: 'rappel à 95 ans' },
    ],
  },
  {
    id: 'pertussis',
    target: 'pertussis',
    kind: 'series',
    more: ['premature'],
    mandatory: { bornFrom: '2018-01-01', until: '18m', law: infants },
    schemes: [
      { from: '0d', doses: usual },
      { from: '12m', doses: catchUp('12m') },
    ],
    until: '6y',
    finish: '11y',
    grace: '1m',
    why: 'Avec la diphtérie, le tétanos et la poliomyélite',
  },
  {
    id: 'pertussis-boosters',
    target: 'pertussis',
    kind: 'boosters',
    after: { series: 'pertussis', age: '6y' },
    until: '40y',
    grace: '1y',
    why: 'Rappels avec la coqueluche',
    ages: [
      { at: '6y', early: '1y', label: 'rappel à 6 ans' },
      { at: '11y', early: '18m', grace: '2y', label: 'rappel entre 11 et 13 ans' },
      { at: '25y', early: '5y', grace: '2y', label: 'rappel à 25 ans, rattrapage jusqu’à 39 ans' },
    ],
  },
  { id: 'pertussis-around', target: 'pertussis', kind: 'every', situations: ['around-infant', 'health-professional'], from: '18y', span: '5y', grace: '3m', why: 'Entourage d’un nourrisson ou soignant : une dose de dTcaP si la dernière date de cinq ans (recrudescence)' },
  { id: 'pertussis-pregnancy', target: 'pertussis', kind: 'pregnancy', situations: ['pregnancy'], weeks: [20, 36], grace: '12w', why: 'À chaque grossesse, entre 20 et 36 SA' },
  {
    id: 'hib',
    target: 'hib',
    kind: 'series',
    more: ['premature'],
    mandatory: { bornFrom: '2018-01-01', until: '18m', law: infants },
    until: '5y',
    grace: '1m',
    why: 'Avec l’hexavalent',
    schemes: [
      { from: '0d', doses: usual },
      { from: '12m', doses: [{ min: '12m', label: 'rattrapage, une seule dose après un an' }] },
    ],
  },
  {
    id: 'hepatitis-b',
    target: 'hepatitis-b',
    kind: 'series',
    more: ['premature'],
    mandatory: { bornFrom: '2018-01-01', until: '18m', law: infants },
    until: '16y',
    grace: '1m',
    why: 'Trois doses, rattrapage jusqu’à 15 ans (de 11 à 15 ans, deux doses d’Engerix B 20 µg à six mois suffisent si le risque est faible : non calculé)',
    schemes: [
      { from: '0d', doses: usual },
      {
        from: '12m',
        doses: [
          { min: '12m', label: 'rattrapage, première dose' },
          { min: '13m', gap: '1m', after: '4w', label: 'rattrapage, deuxième dose un mois après' },
          { min: '18m', gap: '5m', after: '8w', label: 'rattrapage, troisième dose cinq mois après' },
        ],
      },
    ],
  },
  {
    id: 'hepatitis-b-work',
    target: 'hepatitis-b',
    kind: 'series',
    situations: ['health-professional'],
    mandatory: { law: 'CSP, art. L. 3111-4' },
    until: '130y',
    grace: '3m',
    why: 'Soignant exposé : trois doses, immunité contrôlée',
    schemes: [
      {
        from: '0d',
        doses: [
          { at: '16y', min: '6w', label: 'première dose' },
          { min: '10w', gap: '1m', after: '4w', label: 'deuxième dose un mois après' },
          { min: '18w', gap: '5m', after: '8w', label: 'troisième dose cinq mois après' },
        ],
      },
    ],
  },
  {
    id: 'pneumococcus',
    target: 'pneumococcus',
    kind: 'series',
    unless: ['premature'],
    mandatory: { bornFrom: '2018-01-01', until: '18m', law: infants },
    until: '2y',
    grace: '1m',
    why: 'Vaccin conjugué 13- ou 15-valent',
    schemes: [{ from: '0d', doses: usual }, ...pneumococcusLate],
  },
  {
    id: 'pneumococcus-premature',
    target: 'pneumococcus',
    kind: 'series',
    situations: ['premature'],
    mandatory: { bornFrom: '2018-01-01', until: '18m', law: infants },
    until: '2y',
    grace: '1m',
    why: 'Né avant 37 SA : schéma renforcé, à l’âge réel',
    source: 'Calendrier des vaccinations, nourrissons prématurés',
    schemes: [{ from: '0d', doses: [{ at: '2m', min: '6w', label: 'première dose à 2 mois' }, { at: '3m', min: '10w', gap: '1m', after: '4w', label: 'deuxième dose à 3 mois' }, { at: '4m', min: '14w', gap: '1m', after: '4w', label: 'troisième dose à 4 mois' }, eleven('rappel à 11 mois')] }, ...pneumococcusLate],
  },
  { id: 'bcg', target: 'tuberculosis', kind: 'series', live: true, situations: ['tuberculosis-risk'], until: '15y', grace: '2m', why: 'Risque élevé de tuberculose : une dose dès 1 mois, au mieux au cours du deuxième, jusqu’à 15 ans', schemes: [{ from: '0d', doses: [{ at: '1m', min: '0d', label: 'une dose' }] }] },
  {
    id: 'yellow-fever-guyane',
    target: 'yellow-fever',
    kind: 'series',
    live: true,
    situations: ['guyane'],
    mandatory: { from: '12m', law: 'Guyane, dès un an (CSP, art. R. 3115-63, cité par l’ARS Guyane)' },
    until: '130y',
    grace: '1y',
    why: 'Résidence ou séjour en Guyane ; en centre agréé',
    source: 'Calendrier des vaccinations, tableau propre à la Guyane ; ARS Guyane',
    schemes: [
      {
        from: '0d',
        doses: [
          { at: '12m', min: '9m', label: 'première dose à 12 mois' },
          { at: '6y', min: '6y', after: '4w', label: 'deuxième dose à partir de 6 ans, dans les dix ans' },
        ],
      },
      { from: '2y', doses: [{ min: '2y', label: 'une dose, à vie' }] },
    ],
  },
  {
    id: 'rotavirus',
    target: 'rotavirus',
    kind: 'series',
    born: { from: '2023-01-01' },
    until: '20w',
    finish: '24w',
    grace: '2w',
    why: 'Deux doses (Rotarix) ou trois (RotaTeq), terminées à 24 ou 32 semaines',
    schemes: [
      {
        from: '0d',
        doses: [
          { at: '2m', min: '6w', label: 'première dose à 2 mois' },
          { at: '3m', min: '10w', gap: '1m', after: '4w', label: 'deuxième dose à 3 mois' },
        ],
      },
    ],
  },
  {
    id: 'mmr',
    target: 'mmr',
    kind: 'series',
    live: true,
    born: { from: '1980-01-01' },
    mandatory: { bornFrom: '2018-01-01', until: '18m', law: infants },
    until: '130y',
    grace: '2m',
    why: 'Deux doses pour tous ceux qui sont nés depuis 1980 ; une dose avant un an ne compte pas',
    unknown: 'deux doses à un mois au moins, sans sérologie (HAS, rattrapage vaccinal, 2019)',
    schemes: [
      {
        from: '0d',
        doses: [
          { at: '12m', min: '12m', label: 'première dose à 12 mois' },
          { at: '16m', min: '13m', gap: '1m', after: '4w', label: 'deuxième dose entre 16 et 18 mois' },
        ],
      },
    ],
  },
  { id: 'varicella-work', target: 'varicella', kind: 'ask', situations: ['health-professional'], from: '18y', live: true, grace: '1y', why: 'Soignant sans antécédent de varicelle et séronégatif : deux doses' },
  { id: 'men-acwy-spleen', target: 'men-acwy', kind: 'ask', situations: ['asplenia', 'immunity'], from: '12m', grace: '1y', why: 'Terrain à risque : schéma et rappels à établir' },
  { id: 'men-b-spleen', target: 'men-b', kind: 'ask', situations: ['asplenia', 'immunity'], from: '12m', grace: '1y', why: 'Terrain à risque : schéma et rappels à établir' },
  { id: 'influenza', target: 'influenza', kind: 'season', from: '65y', ...autumn, grace: '130y', why: 'Chaque automne à partir de 65 ans (Efluelda ou Fluad de préférence)' },
  { id: 'influenza-risk', target: 'influenza', kind: 'season', situations: [...chronic, 'pregnancy', 'health-professional', 'institution'], from: '6m', ...autumn, grace: '130y', why: 'Chaque automne : maladie chronique, grossesse, soignant ou vie en établissement' },
  { id: 'covid', target: 'covid', kind: 'season', from: '65y', ...autumn, grace: '130y', why: 'Chaque automne à partir de 65 ans' },
  { id: 'covid-risk', target: 'covid', kind: 'season', situations: [...chronic, 'pregnancy', 'institution'], from: '6m', ...autumn, grace: '130y', why: 'Chaque automne : maladie chronique, grossesse ou vie en établissement' },
  {
    id: 'zoster',
    target: 'zoster',
    kind: 'series',
    except: { codes: ['J07BK02', 'VAC0161'], after: '1y' },
    until: '130y',
    grace: '2y',
    why: 'Shingrix, deux doses à partir de 65 ans',
    schemes: [
      {
        from: '0d',
        doses: [
          { at: '65y', min: '18y', label: 'première dose à partir de 65 ans' },
          { min: '18y', gap: '2m', after: '4w', label: 'deuxième dose deux mois après' },
        ],
      },
    ],
  },
  {
    id: 'zoster-risk',
    target: 'zoster',
    kind: 'series',
    situations: ['immunity'],
    except: { codes: ['J07BK02', 'VAC0161'], after: '1y' },
    until: '130y',
    grace: '6m',
    why: 'Immunodépression : Shingrix, deux doses dès 18 ans',
    schemes: [
      {
        from: '0d',
        doses: [
          { at: '18y', min: '18y', label: 'première dose' },
          { min: '18y', gap: '2m', after: '4w', label: 'deuxième dose deux mois après' },
        ],
      },
    ],
  },
  { id: 'rsv', target: 'rsv', kind: 'series', until: '130y', grace: '2y', why: 'Une dose à partir de 75 ans', schemes: [{ from: '0d', doses: [{ at: '75y', min: '50y', label: 'une dose à partir de 75 ans' }] }] },
  { id: 'rsv-risk', target: 'rsv', kind: 'series', situations: ['heart', 'lung'], until: '130y', grace: '2y', why: 'Une dose dès 65 ans avec une maladie cardiaque ou respiratoire', schemes: [{ from: '0d', doses: [{ at: '65y', min: '50y', label: 'une dose dès 65 ans' }] }] },
  { id: 'rsv-pregnancy', target: 'rsv', kind: 'pregnancy', situations: ['pregnancy'], weeks: [32, 36], months: [9, 10, 11, 12, 1], grace: '3w', why: 'Abrysvo entre 32 et 36 SA, de septembre à janvier, sauf si le nouveau-né reçoit le nirsévimab' },
];
export const oldConjugates = { codes: ['VAC0123', 'VAC0780', 'VAC0025', 'VAC0083', 'J07AL01', 'VAC0336', 'VAC0024', 'VAC0813'], after: '1y' } as const;
