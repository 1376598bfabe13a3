import { dateLabel, dayOf, daysBetween } from '../dates.rules.ts';
import { ago, isOne, lastFirst, type Makers, meetings, plain } from './known.ts';

/** Lists of who was seen, who comes and who has not come for long. */
export const presenceLines = {
  team: ({ seen }, _, today) => ({
    ...plain,
    head: seen ? `vu ${ago(seen, today)}` : 'jamais ouvert',
    at: seen,
    rank: seen ? lastFirst(seen) : '~',
  }),
  'seen-today': ({ seen }, _, today) =>
    seen && dayOf(seen) === today
      ? {
          ...plain,
          head: `à ${dateLabel(seen, true).slice(-5).replace(':', ' h ')}`,
          at: seen,
          rank: String(-Date.parse(seen)),
        }
      : null,
  today: ({ today: booked }) =>
    booked
      ? {
          ...plain,
          head: dateLabel(booked.start, true).slice(-5).replace(':', ' h '),
          details: [booked.label],
          at: booked.start,
          rank: booked.start,
        }
      : null,
  quiet(known, { days }, today) {
    const at = [known.seen ?? '', ...meetings(known)].sort().at(-1) ?? '';
    return known.booked || known.brief.deceased || (at && daysBetween(dayOf(at), today) <= days)
      ? null
      : {
          ...plain,
          head: at ? `vu ${ago(at, today)}` : 'jamais vu ici',
          details: ['aucun rendez-vous à venir'],
          at: at || null,
          rank: at || '0',
        };
  },
  who: (known, { who }, today) =>
    isOne(known, who, today)
      ? {
          ...plain,
          head: known.seen ? `vu ${ago(known.seen, today)}` : '',
          at: known.seen,
          rank: known.brief.birthDate ? lastFirst(known.brief.birthDate) : '~',
        }
      : null,
} satisfies Makers;
