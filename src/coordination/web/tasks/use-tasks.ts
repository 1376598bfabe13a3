import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { call, queries, Refusal, reading } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { mayRead, meQuery, useMe } from '../../../web/session.ts';
import { done, failed } from '../../../web/ui/undo.tsx';
import { coordinationContract, type TaskDetail, type TaskFilter, type TaskLine } from '../../contract.ts';

const { tasks, task, taskCount, teamDay, handovers, patientTasks } = coordinationContract;
/** Everything about tasks is read again: after an act of mine, or when a hint comes. */
export const refreshTasks = (patient?: string | null) =>
  queries.invalidateQueries({
    predicate: ({ queryKey: [path, params] }) =>
      /^\/api\/(tasks|handovers)/.test(String(path)) ||
      path === patientTasks.path ||
      (!!patient && (params as { patient?: string } | null)?.patient === patient),
  });
/** Hints of the server: what is on screen is read again. */
export const useTasksLive = () => useLive(['tasks'], () => void refreshTasks());

export interface TaskQuery {
  view: TaskFilter;
  q?: string;
  urgent?: '1';
}
export const useTaskList = (query: TaskQuery) =>
  useInfiniteQuery({
    queryKey: [tasks.path, null, query],
    queryFn: ({ signal, pageParam }) =>
      call(tasks, { query: { ...query, ...(pageParam && { cursor: pageParam }) } }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
export const useTask = (id: string) => useQuery(reading(task, { params: { id } }));
export const usePatientTasks = (patient: string) => useQuery(reading(patientTasks, { params: { patient } }));
export const useHandovers = (enabled: boolean) => useQuery({ ...reading(handovers), enabled });
export const useTeamDay = (enabled: boolean) => useQuery({ ...reading(teamDay), enabled });
/** For the badge of the tab and of the rail. */
export function useOpenCount(): number {
  const may = mayRead(useMe(), 'tasks');
  useLive(['tasks'], (hint) => {
    void refreshTasks();
    if (hint.notice) void queries.invalidateQueries(meQuery);
  });
  const { data } = useQuery({ ...reading(taskCount), enabled: may, refetchInterval: 5 * 60_000 });
  return (data?.mine ?? 0) + (data?.handovers ?? 0) + (data?.coordinates ? data.unowned : 0);
}

const undo = (after: TaskDetail) => () =>
  call(coordinationContract.undoTask, { params: { id: after.id }, body: { version: after.version } }).then(() =>
    refreshTasks(after.patient?.id),
  );
async function acted(act: Promise<TaskDetail>, message: string, undoable = true): Promise<TaskDetail | null> {
  try {
    const after = await act;
    void refreshTasks(after.patient?.id);
    done(message, undoable ? undo(after) : undefined);
    return after;
  } catch (error) {
    // Someone was faster: what it has become is read again, and said.
    if (error instanceof Refusal && error.status === 409) void refreshTasks();
    failed(error);
    return null;
  }
}
type Seen = Pick<TaskLine, 'id' | 'version'>;
export const accept = ({ id, version }: Seen) =>
  acted(call(coordinationContract.acceptTask, { params: { id }, body: { version } }), 'Tâche acceptée.');
export const finish = ({ id, version }: Seen, note?: string) =>
  acted(
    call(coordinationContract.doneTask, { params: { id }, body: { version, ...(note && { note }) } }),
    'Tâche faite.',
  );
export const refuse = ({ id, version }: Seen, reason: string) =>
  acted(
    call(coordinationContract.refuseTask, { params: { id }, body: { version, reason } }),
    'Tâche refusée : la personne qui l’a demandée en est avertie.',
  );
export const remind = ({ id, version }: Seen) =>
  acted(call(coordinationContract.remindTask, { params: { id }, body: { version } }), 'Relance envoyée.', false);
export const note = ({ id }: Seen, text: string) =>
  acted(call(coordinationContract.noteTask, { params: { id }, body: { text } }), 'Mot ajouté.', false);
export type Change = Omit<Parameters<typeof call<typeof coordinationContract.changeTask>>[1]['body'], 'version'>;
export const change = ({ id, version }: Seen, body: Change, message: string) =>
  acted(call(coordinationContract.changeTask, { params: { id }, body: { version, ...body } }), message);
export async function readHandover(id: string): Promise<void> {
  try {
    const line = await call(coordinationContract.readHandover, { params: { id } });
    void refreshTasks(line.patient.id);
  } catch (error) {
    failed(error);
  }
}
