import type { Ctx } from '../../access/index.ts';
import { conflict, notFound, Problem } from '../../platform/index.ts';
import { type Desk, type Viewer, viewerOf } from '../desk.ts';
import { pageMark, linkMark, unmarked } from '../mails/links.ts';
import { queueMail } from '../mails/mails.store.ts';
import { issuePaper, paperOf } from '../papers/papers.store.ts';
import { plainData } from '../papers/templates.ts';
import { actOnPoll } from './act-on-poll.ts';
import type { Meeting } from './calendar.rules.ts';
import { agendas } from './minutes.rules.ts';
import { professionName } from './people.ts';
import { lackOf } from './polls.rules.ts';
import { setPoll } from './polls.store.ts';
import { sayDay, sayHour, sayShortDay } from './words.ts';

const answerWords = { yes: 'vient', maybe: 'viendra si besoin', no: 'ne peut pas venir' } as const;
const sideWords = { officer: 'ARS', gcs: 'GCS e-santé', consultant: 'Consultant', team: '', other: '' } as const;

export const chooseSlot = async (
  desk: Desk,
  project: string,
  id: string,
  body: { seen: number; slot: string; reason: string },
  ctx: Ctx,
): Promise<{ paper: string }> => chooseSlotAs(desk, await viewerOf(desk, ctx), project, id, body);
/**
 * Chooses the date (PRJ-2). Without somebody of each profession, of ARS, of GCS and the consultant, a written reason is asked, and kept on the invitation. The invitation is issued, or its next version
 * when there was one, and everyone who was asked is written to, once.
 */
export const chooseSlotAs = (
  desk: Desk,
  viewer: Viewer,
  project: string,
  id: string,
  { seen, slot, reason }: { seen: number; slot: string; reason: string },
): Promise<{ paper: string }> =>
  actOnPoll(
    desk,
    viewer,
    project,
    id,
    'support',
    seen,
    'choose-slot',
    async ({ sql, tenant, project: row, poll, at, today }) => {
      if (poll.row.state !== 'open')
        throw conflict(
          poll.row.state === 'chosen'
            ? 'La date est déjà choisie. Rouvrez le sondage pour en changer.'
            : 'Ce sondage est abandonné. Rouvrez-le pour choisir une date.',
        );
      const [chosen, view] = [poll.slots.find((one) => one.id === slot), poll.views.find((one) => one.id === slot)];
      if (!chosen || !view) throw notFound('Cette date');
      if (chosen.starts.slice(0, 10) < today) throw conflict('Cette date est passée : proposez-en une autre.');
      if (!view.complete && reason.length < 10)
        throw new Problem(
          422,
          'Motif nécessaire',
          `${lackOf(view, professionName)} Vous pouvez choisir cette date avec un motif écrit, d’au moins 10 caractères.`,
          { fields: { reason: 'à renseigner' }, extra: { missing: view.missing, absent: view.absent } },
        );
      const kept = view.complete ? '' : reason;
      const former = poll.row.paper ? await paperOf(sql, tenant, poll.row.paper) : undefined;
      const end = new Date(chosen.at.getTime() + chosen.minutes * 60_000);
      const paper = await issuePaper(sql, tenant, {
        subject: `Project/${project}`,
        of: row.reference,
        kind: 'invitation',
        mark: 'INV',
        title: `Invitation : ${poll.row.title}`,
        by: viewer.name,
        at,
        former,
        data: (reference, version) => {
          const meeting: Meeting = {
            uid: id,
            sequence: version - 1,
            title: poll.row.title,
            start: chosen.at.toISOString(),
            end: end.toISOString(),
            place: chosen.place,
            visio: chosen.visio,
            words: `Projet ${row.practiceName} (${row.reference}). Invitation ${reference}.`,
            at: at.toISOString(),
          };
          return {
            meeting,
            ...plainData(
              {
                title: `Invitation : ${poll.row.title}`,
                lead: `${version > 1 ? 'Cette invitation annule et remplace la précédente. ' : ''}Dans le cadre du projet de système d’information partagé de l’équipe « ${row.practiceName} », vous êtes invité à la réunion suivante.`,
                parts: [
                  {
                    title: 'Date et lieu',
                    table: {
                      head: ['Quand', 'Durée', 'Où'],
                      rows: [
                        [
                          `${sayDay(chosen.starts)}, ${sayHour(chosen.starts)}`,
                          `${chosen.minutes} minutes`,
                          [chosen.place, chosen.visio].filter(Boolean).join('\n'),
                        ],
                      ],
                    },
                  },
                  ...(poll.row.purpose === 'other'
                    ? []
                    : [{ title: 'Ordre du jour', points: agendas[poll.row.purpose].map(({ title }) => title) }]),
                  ...(poll.row.note ? [{ title: 'À savoir', paragraphs: [poll.row.note] }] : []),
                  {
                    title: 'Personnes invitées',
                    table: {
                      head: ['Nom', 'Profession', 'Réponse'],
                      rows: poll.people.map((one) => [
                        one.name || one.email,
                        sideWords[one.side] || professionName(one.profession),
                        one.answers[slot] ? answerWords[one.answers[slot]] : 'sans réponse',
                      ]),
                    },
                  },
                  ...(kept
                    ? [
                        {
                          title: 'Représentation des professions',
                          paragraphs: [`${lackOf(view, professionName)} Motif du choix de cette date : ${kept}`],
                        },
                      ]
                    : [
                        {
                          title: 'Représentation des professions',
                          paragraphs: [
                            'Chaque profession du projet, l’ARS, le GCS et le consultant ont au moins une personne qui peut venir.',
                          ],
                        },
                      ]),
                ],
                signatures: [['Pour la région', viewer.name]],
              },
              {
                region: viewer.region.name,
                reference,
                version,
                on: sayShortDay(today),
                foot: `Projet ${row.practiceName}`,
              },
            ),
          };
        },
      });
      await setPoll(sql, tenant, id, { ...poll.row, state: 'chosen', slot, reason: kept, paper: paper.id }, at);
      for (const one of poll.people) {
        if (one.email === '') continue;
        const where =
          one.practitioner === null
            ? `Votre page, sans compte :\n${linkMark('sondage', `${id}/${one.id}`)}`
            : `Le projet dans Estran :\n${pageMark(`/programme/projets/${project}?onglet=reunions`)}`;
        await queueMail(sql, tenant, {
          key: `poll/${id}/chosen/${paper.reference}/${paper.version}/${one.id}`,
          subjectOf: `Project/${project}`,
          batch: `poll/${id}/chosen/${paper.version}`,
          recipient: one.email,
          name: one.name,
          subject: `${paper.version > 1 ? 'Nouvelle date' : 'Invitation'} : ${poll.row.title}, le ${sayDay(chosen.starts)}`,
          words: [
            `Bonjour${one.name ? ` ${unmarked(one.name)}` : ''},`,
            '',
            `${unmarked(poll.row.title)} : ${sayDay(chosen.starts)} à ${sayHour(chosen.starts)}, ${chosen.minutes} minutes.`,
            unmarked([chosen.place, chosen.visio].filter(Boolean).join('\n')),
            '',
            ...(paper.version > 1 ? ['Cette date annule et remplace la précédente.', ''] : []),
            'L’invitation et la réunion pour votre agenda sont jointes.',
            where,
            '',
          ].join('\n'),
          paper: paper.id,
          at,
        });
      }
      return {
        result: { paper: paper.id },
        details: {
          slot,
          starts: chosen.starts,
          missing: view.missing,
          absent: view.absent,
          paper: paper.reference,
          version: paper.version,
        },
        reason: kept,
      };
    },
  );
