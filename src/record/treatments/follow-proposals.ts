import type { MedicationRequest } from '@medplum/fhirtypes';
import { asCaller, mayReach, staffOf, tellNotice } from '../../access/index.ts';
import { ifThere, placeOf, type ResourceType, type WriteHook } from '../../fhir/index.ts';
import { type Consumer, eachInTurn, publish, type Sql } from '../../platform/index.ts';
import { idOf } from '../fhir-words.ts';
import { correctedByUrl, extensionReference } from '../read/reading.ts';
import type { Room } from '../room.ts';
import { askedFor, concernedBy } from './asked.ts';
import { isProposal } from './course.rules.ts';
import { aboutOf, stateOfProposal } from './proposal.rules.ts';
import {
  dropProposal,
  noteAnswered,
  noteAsked,
  practicesUnasked,
  proposalRow,
  putProposal,
  unasked,
} from './proposals.store.ts';

/** What became of a proposal; everyone is a Practitioner id. */
interface ProposalChanged {
  proposal: string;
  patient: string;
  asked: string | null;
  author: string | null;
  state: 'waiting' | 'again' | 'answered' | 'over';
  /** Who answered: not told what they know. */
  by: string | null;
}
type FollowRoom = Pick<Room, 'house' | 'now'>;
/** With every proposal, whoever writes it: who is asked, and whether it still waits. In the transaction of the write. */
export const onProposalWritten =
  (room: FollowRoom): WriteHook<MedicationRequest> =>
  async (sql, tenant, id, resource) => {
    if (resource && !isProposal(resource)) return;
    const proposal = resource;
    const known = await proposalRow(sql, tenant, id);
    const patient = idOf(proposal?.subject, 'Patient') ?? known?.patient;
    if (!patient) return;
    const tell = (
      state: ProposalChanged['state'],
      of: { asked: string | null; author: string | null },
      by: string | null = null,
    ) =>
      publish(sql, tenant, 'treatment-proposal', {
        proposal: id,
        patient,
        asked: of.asked,
        author: of.author,
        state,
        by,
      } satisfies ProposalChanged);
    const state = proposal && proposal.status !== 'entered-in-error' ? stateOfProposal(proposal) : 'withdrawn';
    if (proposal && state === 'waiting') {
      const author = idOf(proposal.requester, 'Practitioner') ?? null;
      const row = known ?? { asked: await whoIsAsked(room, sql, tenant, proposal, patient, author), author };
      await putProposal(sql, tenant, {
        id,
        patient,
        asked: row.asked,
        author: row.author,
        at: proposal.authoredOn ?? room.now().toISOString(),
      });
      if (!known || known.answered) await tell(known ? 'again' : 'waiting', row);
    } else if (known && state === 'withdrawn') {
      await dropProposal(sql, tenant, id);
      await tell('over', known);
    } else if (known && !known.answered) {
      await noteAnswered(sql, tenant, id, room.now());
      await tell(
        'answered',
        known,
        idOf(resource ? extensionReference(resource, correctedByUrl) : undefined, 'Practitioner') ?? null,
      );
    }
  };
/** Read as the house: whoever proposes need not see who follows the patient for the right person to be asked. */
async function whoIsAsked(
  room: FollowRoom,
  sql: Sql,
  tenant: number,
  proposal: MedicationRequest,
  patient: string,
  author: string | null,
): Promise<string | null> {
  const house = room.house(tenant, 'proposition sur un traitement', sql);
  const place = placeOf(aboutOf(proposal));
  const about = place && (await ifThere(house.read<ResourceType>(place.type, place.id)));
  const who = await ifThere(house.read('Patient', patient));
  return who ? askedFor(sql, tenant, { ...who.resource, id: patient }, about, author) : null;
}

async function askedSince(
  room: FollowRoom,
  sql: Sql,
  tenant: number,
  id: string,
  patient: string,
  author: string | null,
): Promise<string | null> {
  const stored = await ifThere(room.house(tenant, 'proposition sur un traitement', sql).read('MedicationRequest', id));
  const asked = stored && (await whoIsAsked(room, sql, tenant, stored.resource, patient, author));
  if (asked) await noteAsked(sql, tenant, id, asked);
  return asked;
}

/** Now and then: what came before the people who answer it is put to them. */
export async function watchProposals(room: FollowRoom & Pick<Room, 'db'>): Promise<void> {
  const practices = await room.db.owner('practices with proposals that nobody is asked', practicesUnasked);
  const ask = (tenant: number) =>
    room.db.transaction(tenant, async (sql) => {
      for (const { id, patient, author } of await unasked(sql, tenant, 50)) {
        const asked = await askedSince(room, sql, tenant, id, patient, author);
        if (asked)
          await publish(sql, tenant, 'treatment-proposal', {
            proposal: id,
            patient,
            asked,
            author,
            state: 'waiting',
            by: null,
          } satisfies ProposalChanged);
      }
    });
  await eachInTurn(practices.map((tenant) => () => ask(tenant)));
}

/** Does who proposed it still read the treatments of this patient? Out of the team, or kept out since, they hear no more of them. */
async function mayRead(sql: Sql, tenant: number, patient: string, author: string | null): Promise<boolean> {
  const one = (await staffOf(sql, tenant)).find(({ practitioner }) => practitioner === author);
  return one !== undefined && mayReach(sql, asCaller(tenant, one), patient, 'treatments', 'read');
}
/** Whoever is asked, and the author when it was answered, are told without a word of the content. */
export const proposalConsumers = (room: Room): Consumer[] => [
  {
    name: 'proposals on treatments',
    topics: ['treatment-proposal'],
    async handle(sql, tenant, event) {
      // What `publish` was given under this topic.
      const { proposal, patient, author, state, by, asked: named } = event.payload as unknown as ProposalChanged;
      // Taken in with a whole record, it may have come before the care team did.
      const asked =
        named ?? (state === 'waiting' ? await askedSince(room, sql, tenant, proposal, patient, author) : null);
      const concerned = await concernedBy(sql, tenant, patient, asked, author, (within, practice, one) =>
        room.standsFor(within, practice, one),
      );
      const answered = state === 'answered' && author !== by && (await mayRead(sql, tenant, patient, author));
      const noticed = state === 'waiting' ? concerned : answered ? [author!] : [];
      const [kind, words] =
        state === 'waiting'
          ? ['treatment-proposal', 'Une proposition sur un traitement attend votre réponse pour ce patient.']
          : ['treatment-answer', 'Votre proposition sur un traitement a reçu une réponse pour ce patient.'];
      for (const one of noticed)
        await tellNotice(sql, tenant, { practitioner: one, kind, patient, words }, { once: true });
      return () => {
        for (const one of new Set([...concerned, ...(author ? [author] : [])]))
          room.tell(tenant, one, { topic: 'proposals', patient });
        for (const one of noticed) room.tell(tenant, one, { topic: 'notices' });
      };
    },
  },
];
