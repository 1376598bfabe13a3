import type { CalendarRule } from './vaccine-rules.ts';
import { infants, oldConjugates, one, shared } from './vaccine-rules-shared.ts';

export const rules2024: readonly CalendarRule[] = [
  ...shared,
  {
    id: 'men-c',
    target: 'men-c',
    kind: 'series',
    mandatory: { bornFrom: '2018-01-01', until: '18m', law: infants },
    until: '25y',
    grace: '1m',
    why: 'Deux doses à 5 et 12 mois, rattrapage jusqu’à 24 ans',
    schemes: [
      {
        from: '0d',
        doses: [
          { at: '5m', min: '2m', label: 'première dose à 5 mois' },
          { at: '12m', min: '12m', gap: '6m', after: '6m', label: 'rappel à 12 mois' },
        ],
      },
      { from: '12m', doses: [{ min: '12m', label: 'rattrapage, une dose' }] },
    ],
  },
  {
    id: 'men-b',
    target: 'men-b',
    kind: 'series',
    born: { from: '2022-01-01' },
    until: '2y',
    finish: '4y',
    grace: '1m',
    why: 'Recommandé à 3, 5 et 12 mois',
    schemes: [
      {
        from: '0d',
        doses: [
          { at: '3m', min: '8w', label: 'première dose à 3 mois' },
          { at: '5m', min: '4m', gap: '2m', after: '8w', label: 'deuxième dose à 5 mois' },
          { at: '12m', min: '12m', gap: '6m', after: '6m', label: 'rappel à 12 mois' },
        ],
      },
    ],
  },
  {
    id: 'hpv',
    target: 'hpv',
    kind: 'series',
    until: '20y',
    grace: '4y',
    why: 'Deux doses entre 11 et 14 ans, rattrapage jusqu’à 19 ans',
    schemes: [
      {
        from: '0d',
        doses: [
          { at: '11y', min: '9y', label: 'première dose entre 11 et 14 ans' },
          { min: '9y', gap: '6m', after: '5m', label: 'deuxième dose six mois après' },
        ],
      },
      {
        from: '15y',
        doses: [
          { min: '15y', label: 'rattrapage, première dose' },
          { min: '15y', gap: '2m', after: '4w', label: 'rattrapage, deuxième dose deux mois après' },
          { min: '15y', gap: '4m', after: '3m', label: 'rattrapage, troisième dose six mois après la première' },
        ],
      },
    ],
  },
  {
    id: 'pneumo-adult',
    target: 'pneumococcus',
    kind: 'series',
    situations: ['immunity', 'asplenia', 'heart', 'lung', 'diabetes', 'kidney', 'liver'],
    except: oldConjugates,
    until: '130y',
    grace: '1y',
    why: 'Terrain à risque dès 18 ans : une dose de Prevenar 20',
    schemes: [{ from: '0d', doses: one('18y', 'une dose de vaccin conjugué') }],
  },
];
export const rules2025: readonly CalendarRule[] = [
  ...shared,
  {
    id: 'men-acwy',
    target: 'men-acwy',
    kind: 'series',
    mandatory: { bornFrom: '2023-07-01', until: '2y', law: 'décret n° 2024-694 du 5 juillet 2024' },
    until: '5y',
    grace: '1m',
    why: 'Obligatoire depuis le 1er janvier 2025 ; rattrapage jusqu’à 4 ans',
    schemes: [
      {
        from: '0d',
        doses: [
          { at: '6m', min: '6w', label: 'première dose à 6 mois' },
          { at: '12m', min: '12m', gap: '6m', after: '8w', label: 'rappel à 12 mois' },
        ],
      },
      { from: '12m', doses: [{ min: '12m', label: 'une seule dose après un an' }] },
    ],
  },
  { id: 'men-acwy-teens', target: 'men-acwy', kind: 'boosters', until: '25y', grace: '4y', why: 'Une dose entre 11 et 14 ans quelles que soient les précédentes, rattrapage jusqu’à 24 ans', ages: [{ at: '11y', early: '1y', grace: '4y', label: 'une dose entre 11 et 14 ans' }] },
  {
    id: 'men-b',
    target: 'men-b',
    kind: 'series',
    mandatory: { bornFrom: '2023-07-01', until: '2y', law: 'décret n° 2024-694 du 5 juillet 2024' },
    until: '5y',
    finish: '6y',
    grace: '1m',
    why: 'Obligatoire depuis le 1er janvier 2025 ; rattrapage jusqu’à 4 ans',
    schemes: [
      {
        from: '0d',
        doses: [
          { at: '3m', min: '8w', label: 'première dose à 3 mois' },
          { at: '5m', min: '4m', gap: '2m', after: '8w', label: 'deuxième dose à 5 mois' },
          { at: '12m', min: '12m', gap: '6m', after: '6m', label: 'rappel à 12 mois' },
        ],
      },
      {
        from: '6m',
        doses: [
          { min: '6m', label: 'rattrapage, première dose' },
          { min: '8m', gap: '2m', after: '8w', label: 'rattrapage, deuxième dose deux mois après' },
          { min: '12m', gap: '2m', after: '8w', label: 'rattrapage, rappel dans la deuxième année' },
        ],
      },
      {
        from: '12m',
        doses: [
          { min: '12m', label: 'rattrapage, première dose' },
          { min: '14m', gap: '2m', after: '8w', label: 'rattrapage, deuxième dose deux mois après' },
          { min: '26m', gap: '12m', after: '12m', label: 'rattrapage, rappel 12 à 23 mois après' },
        ],
      },
      {
        from: '2y',
        doses: [
          { min: '2y', label: 'rattrapage, première dose' },
          { min: '25m', gap: '2m', after: '4w', label: 'rattrapage, deuxième dose' },
        ],
      },
    ],
  },
  {
    id: 'hpv',
    target: 'hpv',
    kind: 'series',
    until: '27y',
    finish: '28y',
    grace: '4y',
    why: 'Filles et garçons : deux doses entre 11 et 14 ans ; rattrapage en trois doses jusqu’à 26 ans révolus',
    schemes: [
      {
        from: '0d',
        doses: [
          { at: '11y', min: '9y', label: 'première dose entre 11 et 14 ans' },
          { min: '9y', gap: '6m', after: '5m', label: 'deuxième dose six mois après' },
        ],
      },
      {
        from: '15y',
        doses: [
          { min: '15y', label: 'rattrapage, première dose' },
          { min: '15y', gap: '2m', after: '4w', label: 'rattrapage, deuxième dose deux mois après' },
          { min: '15y', gap: '4m', after: '3m', label: 'rattrapage, troisième dose six mois après la première' },
        ],
      },
    ],
  },
  { id: 'pneumo-65', target: 'pneumococcus', kind: 'series', except: oldConjugates, until: '130y', grace: '1y', why: 'Une dose de Prevenar 20 ou de Capvaxive à partir de 65 ans', schemes: [{ from: '0d', doses: [{ at: '65y', min: '18y', label: 'une dose à partir de 65 ans' }] }] },
  {
    id: 'pneumo-risk',
    target: 'pneumococcus',
    kind: 'series',
    situations: ['immunity', 'asplenia', 'heart', 'lung', 'diabetes', 'kidney', 'liver'],
    except: oldConjugates,
    until: '130y',
    grace: '1y',
    why: 'Terrain à risque dès 18 ans : une dose de Prevenar 20 ou de Capvaxive',
    schemes: [{ from: '0d', doses: one('18y', 'une dose de vaccin conjugué') }],
  },
];
