import { useQuery } from '@tanstack/react-query';
import { call, queries, Refusal, reading } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { useMe } from '../../../web/session.ts';
import { done, failed } from '../../../web/ui/undo.tsx';
import { coordinationContract, type MeetingDetail, type Proposal } from '../../contract.ts';

const { meetings, meeting, meetingFigures, patientMeetings } = coordinationContract;
const minutesOrDates = /\/(minutes|dates)$/;
/** Everything about meetings is read again: after an act of mine, or when a hint comes. */
export const refreshMeetings = () =>
  queries.invalidateQueries({
    predicate: ({ queryKey: [path] }) =>
      (/^\/api\/meetings/.test(String(path)) && !minutesOrDates.test(String(path))) || path === patientMeetings.path,
  });
export const useMeetingsLive = () => useLive(['meetings'], () => void refreshMeetings());

export function useMeetings() {
  useMeetingsLive();
  return useQuery({ ...reading(meetings), enabled: useMe().rights.agenda?.reach !== 'none' });
}
export function useMeeting(id: string) {
  useMeetingsLive();
  return useQuery(reading(meeting, { params: { id } }));
}
export const useFigures = (year: number | undefined) =>
  useQuery({
    ...reading(meetingFigures, { query: year ? { year } : {} }),
    enabled: useMe().acts.includes('coordinate'),
  });
export function usePatientMeetings(patient: string, enabled: boolean) {
  useMeetingsLive();
  return useQuery({ ...reading(patientMeetings, { params: { patient } }), enabled });
}

/** What the server answered stands at once on the page. */
export function put(after: MeetingDetail): MeetingDetail {
  queries.setQueryData(reading(meeting, { params: { id: after.id } }).queryKey, after);
  void queries.invalidateQueries({ queryKey: [meetings.path] });
  return after;
}
/** An act on a meeting: its answer is shown, a refusal is said; someone who was faster makes the page read again. */
export async function act(
  what: Promise<MeetingDetail>,
  message?: string,
  undo?: (after: MeetingDetail) => Promise<unknown>,
): Promise<MeetingDetail | null> {
  try {
    const after = put(await what);
    if (message) done(message, undo && (() => undo(after).then(() => refreshMeetings())));
    return after;
  } catch (error) {
    if (error instanceof Refusal && error.status === 409) void refreshMeetings();
    failed(error);
    return null;
  }
}
/** Withdraws a proposal; for ten seconds it can be taken back. */
export async function withdraw(proposal: Proposal): Promise<void> {
  try {
    const gone = await call(coordinationContract.withdrawProposal, {
      params: { id: proposal.id },
      body: { version: proposal.version },
    });
    void refreshMeetings();
    done(`${proposal.patient.name} n’est plus proposé en réunion.`, () =>
      call(coordinationContract.changeProposal, {
        params: { id: gone.id },
        body: { version: gone.version, restore: true },
      }).then(() => refreshMeetings()),
    );
  } catch (error) {
    void refreshMeetings();
    failed(error);
  }
}
