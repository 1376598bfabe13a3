import { enter } from '../../record/index.ts';
import type { opinionEntries } from '../contract/opinions.ts';
import type { Part } from '../part.ts';
import type { Ctx, Room } from '../room.ts';
import { acknowledgeAnswer, answerOpinion, askOpinion, partsToSend, readOpinion } from './ask-opinion.ts';
import { kindOfTask, myOpinions, opinionLines } from './read-opinions.ts';

/** DOS-15: an opinion or a referral inside the practice, from the question to its answer. Accepting, refusing and cancelling are the tasks' own acts. */
export function openOpinions(room: Room): Part<typeof opinionEntries> {
  const into = (ctx: Ctx, patient: string) => enter(room, ctx.caller, patient);
  return {
    handlers: {
      opinions: ({ query }, { caller }) => myOpinions(room, caller, query.view),
      patientOpinions: async ({ params }, ctx) => {
        const { store, patientId } = await into(ctx, params.patient);
        const tasks = (await store.compartment(patientId, { types: ['Task'], each: 200 })).filter((one) =>
          kindOfTask(one.resource),
        );
        return {
          opinions: (await opinionLines(room, ctx.caller, store, tasks.slice(0, 40))).sort((a, b) =>
            b.asked.localeCompare(a.asked),
          ),
        };
      },
      partsToSend: async ({ params }, ctx) => partsToSend(await into(ctx, params.patient)),
      askOpinion: async ({ params, body }, ctx) => askOpinion(room, await into(ctx, params.patient), body),
      opinion: ({ params }, { caller }) => readOpinion(room, caller, params.id),
      answerOpinion: ({ params, body }, { caller }) => answerOpinion(room, caller, params.id, body),
      acknowledgeAnswer: ({ params, body }, { caller }) => acknowledgeAnswer(room, caller, params.id, body.version),
    },
  };
}
