import type { PlainPaper } from '../papers/templates.ts';
import { agendas } from './minutes.rules.ts';
import { professionName } from './people.ts';
import { lackOf, type SlotView } from './polls.rules.ts';
import type { SlotRow } from './polls.store.ts';
import type { WholePoll } from './read-polls.ts';
import { sayDay, sayHour } from './words.ts';

const answerWords = { yes: 'vient', maybe: 'viendra si besoin', no: 'ne peut pas venir' } as const;
const sideWords = { officer: 'ARS', gcs: 'GCS e-santé', consultant: 'Consultant', team: '', other: '' } as const;

/**
 * The invitation to the date that was chosen (PRJ-2): when and where, what is on the agenda, who is invited and what they answered.
 * @param chosen the date, what its answers say, and why it was chosen when somebody lacks; '' when nobody does
 */
export function invitationPaper(
  poll: WholePoll,
  chosen: { slot: SlotRow; view: SlotView; reason: string },
  paper: { version: number; practiceName: string; by: string },
): PlainPaper {
  const { row, people } = poll;
  const { slot, view, reason } = chosen;
  return {
    title: `Invitation : ${row.title}`,
    lead: `${paper.version > 1 ? 'Cette invitation annule et remplace la précédente. ' : ''}Dans le cadre du projet de système d’information partagé de l’équipe « ${paper.practiceName} », vous êtes invité à la réunion suivante.`,
    parts: [
      {
        title: 'Date et lieu',
        table: {
          head: ['Quand', 'Durée', 'Où'],
          rows: [
            [
              `${sayDay(slot.starts)}, ${sayHour(slot.starts)}`,
              `${slot.minutes} minutes`,
              [slot.place, slot.visio].filter(Boolean).join('\n'),
            ],
          ],
        },
      },
      ...(row.purpose === 'other'
        ? []
        : [{ title: 'Ordre du jour', points: agendas[row.purpose].map(({ title }) => title) }]),
      ...(row.note ? [{ title: 'À savoir', paragraphs: [row.note] }] : []),
      {
        title: 'Personnes invitées',
        table: {
          head: ['Nom', 'Profession', 'Réponse'],
          rows: people.map((one) => [
            one.name || one.email,
            sideWords[one.side] || professionName(one.profession),
            one.answers[slot.id] ? answerWords[one.answers[slot.id]!] : 'sans réponse',
          ]),
        },
      },
      {
        title: 'Représentation des professions',
        paragraphs: [
          reason
            ? `${lackOf(view, professionName)} Motif du choix de cette date : ${reason}`
            : 'Chaque profession du projet, l’ARS, le GCS et le consultant ont au moins une personne qui peut venir.',
        ],
      },
    ],
    signatures: [['Pour la région', paper.by]],
  };
}
