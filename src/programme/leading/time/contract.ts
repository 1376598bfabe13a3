import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { isoDay, projectId } from '../../projects/contract.ts';
import { freeText } from '../../contract/patient-words.ts';

const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'inconnu');
const profession = z.string().regex(/^[a-z-]{2,40}$/, 'à choisir dans la liste');
const minutes = z.number('à renseigner').int();
const member = z.object({
  /** Of the practice's people; null: typed. */
  practitioner: z.string().max(64).nullable().default(null),
  name: freeText(120, 1),
  profession,
  leader: z.boolean().default(false),
  role: freeText(160).default(''),
  minutesMonth: minutes.min(0, 'un temps').max(12_000, '200 heures par mois au plus').default(0),
});
const timeBody = z.object({
  member: id,
  day: isoDay,
  minutes: minutes.min(5, 'au moins 5 minutes').max(1440, 'un jour au plus'),
  what: freeText(300, 1),
});
const money = z.number().int();
const sums = z.object({ minutes: z.number().int(), planned: z.number().int(), cents: money.nullable() });

export const timeContract = contract({
  projectTeam: {
    method: 'GET',
    path: '/api/programme/projects/:project/team',
    may: 'signed-in',
    does: 'The project team, the time that was planned and given, and what it is worth',
    params: projectId,
    reply: z.object({
      members: z.array(
        member.extend({ id: z.string(), since: z.string(), version: z.number().int(), mine: z.boolean(), sums }),
      ),
      entries: z.array(
        z.object({
          id: z.string(),
          member: z.string(),
          name: z.string(),
          profession: z.string(),
          day: z.string(),
          minutes: z.number().int(),
          what: z.string(),
          by: z.string(),
          mine: z.boolean(),
        }),
      ),
      professions: z.array(
        z.object({ profession: z.string(), rateCents: money.nullable(), people: z.number().int(), sums }),
      ),
      total: sums,
      warnings: z.array(z.string()),
      /** People of the practice who can be named; none where the team works with another product. */
      people: z.array(z.object({ practitioner: z.string(), name: z.string(), profession: z.string() })),
      writes: z.boolean(),
      logs: z.boolean(),
      today: z.string(),
    }),
  },
  addProjectMember: {
    method: 'POST',
    path: '/api/programme/projects/:project/team',
    may: 'signed-in',
    does: 'Names a member of the project team',
    params: projectId,
    body: member,
    reply: z.object({ id: z.string() }),
  },
  changeProjectMember: {
    method: 'PUT',
    path: '/api/programme/projects/:project/team/:member',
    may: 'signed-in',
    does: 'Changes a member, takes them out or puts them back',
    params: projectId.extend({ member: id }),
    body: member
      .omit({ practitioner: true })
      .extend({ removed: z.boolean().default(false), seen: z.number().int().min(0) }),
  },
  logTime: {
    method: 'POST',
    path: '/api/programme/projects/:project/time',
    may: 'signed-in',
    does: 'Notes time given to the project',
    params: projectId,
    body: timeBody,
    reply: z.object({ id: z.string() }),
  },
  turnTime: {
    method: 'POST',
    path: '/api/programme/projects/:project/time/:entry',
    may: 'signed-in',
    does: 'Takes a line of time out or puts it back',
    params: projectId.extend({ entry: id }),
    body: z.object({ removed: z.boolean() }),
  },
  setRate: {
    method: 'PUT',
    path: '/api/programme/projects/:project/rates/:profession',
    may: 'signed-in',
    does: 'What an hour of a profession is worth',
    params: projectId.extend({ profession }),
    body: z.object({ cents: z.number().int().min(0, 'un montant').max(100_000, '1 000 € de l’heure au plus') }),
  },
  timeCsv: {
    method: 'GET',
    path: '/api/programme/projects/:project/time.csv',
    may: 'signed-in',
    does: 'Time given to the project, as CSV',
    params: projectId,
  },
});
