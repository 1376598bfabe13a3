import type { TaskState } from '../contract/tasks.ts';

/** The life of a task, as pure rules: what each act makes of it, and who may do it. */

const ours: Readonly<Record<string, TaskState>> = {
  draft: 'requested',
  received: 'requested',
  ready: 'accepted',
  failed: 'rejected',
  'entered-in-error': 'cancelled',
};
/** Our state of a FHIR Task.status, whoever wrote it. */
export const stateOf = (status: string | undefined): TaskState => ours[status ?? ''] ?? (status as TaskState);
/** Something is still to be done or decided. A refused task is not over: it waits to be given to someone else. */
export const isOpen = (state: TaskState): boolean => state !== 'completed' && state !== 'cancelled';

export type LifeAct = 'accept' | 'start' | 'refuse' | 'done' | 'give' | 'cancel' | 'reopen' | 'pause' | 'resume';
const steps: Readonly<Record<LifeAct, Partial<Record<TaskState, TaskState>>>> = {
  accept: { requested: 'accepted', rejected: 'accepted' },
  start: { requested: 'in-progress', accepted: 'in-progress' },
  refuse: { requested: 'rejected', accepted: 'rejected', 'in-progress': 'rejected' },
  done: { requested: 'completed', accepted: 'completed', 'in-progress': 'completed' },
  give: {
    requested: 'requested',
    accepted: 'requested',
    'in-progress': 'requested',
    rejected: 'requested',
    'on-hold': 'on-hold',
  },
  cancel: {
    requested: 'cancelled',
    accepted: 'cancelled',
    'in-progress': 'cancelled',
    rejected: 'cancelled',
    'on-hold': 'cancelled',
  },
  reopen: { completed: 'requested', cancelled: 'requested', rejected: 'requested' },
  pause: { requested: 'on-hold', accepted: 'on-hold', 'in-progress': 'on-hold', rejected: 'on-hold' },
  resume: { 'on-hold': 'requested' },
};
/** The state after an act; undefined when the act makes no sense there. */
export const after = (state: TaskState, act: LifeAct): TaskState | undefined => steps[act][state];

/** Status of the ServiceRequest that holds the words. */
export const requestStatus = (state: TaskState): 'active' | 'completed' | 'revoked' | 'on-hold' =>
  state === 'completed' ? 'completed' : state === 'cancelled' ? 'revoked' : state === 'on-hold' ? 'on-hold' : 'active';

/** What a decision needs to know of a task. */
export interface TaskFacts {
  state: TaskState;
  /** Practitioner id of whoever must do it; of whoever refused it when it is rejected. */
  owner: string | null;
  /** Offered to this profession, or to the patient's care team, until someone takes it. */
  profession: string | null;
  team: boolean;
  requester: string | null;
}
/** What it needs to know of who asks. */
export interface Standing {
  me: string;
  profession: string;
  /** Those whom I stand in for (delegation, locum). */
  standsFor: readonly string[];
  /** I take care of this patient, or it is a task of my practice. */
  inTeam: boolean;
  /** The profession sees every task of the practice. */
  everywhere: boolean;
  /** The words are open to me: one takes nothing on without knowing what it is. */
  reads: boolean;
  /** My right on tasks lets me change them. */
  writes: boolean;
  /** I run the practice's coordination. */
  coordinates: boolean;
}
export interface May {
  accept: boolean;
  refuse: boolean;
  done: boolean;
  change: boolean;
  remind: boolean;
  note: boolean;
}

/** It is mine to do: I own it, or I stand in for its owner. */
export const isMine = (task: TaskFacts, who: Standing): boolean =>
  task.state !== 'rejected' && task.owner !== null && (task.owner === who.me || who.standsFor.includes(task.owner));
/** Nobody owns it and I could take it. */
export const isForMe = (task: TaskFacts, who: Standing): boolean =>
  task.owner === null &&
  isOpen(task.state) &&
  task.state !== 'on-hold' &&
  ((task.profession === who.profession && (who.inTeam || who.everywhere)) || (task.team && who.inTeam));

/** SEC-4, COO-7: who may do what to a task. The store decides on rights of the practice on top. */
export function mayOn(task: TaskFacts, who: Standing): May {
  const mine = isMine(task, who);
  const forMe = isForMe(task, who);
  const asked = task.requester === who.me;
  const possible = (act: LifeAct) => who.writes && after(task.state, act) !== undefined;
  // What was refused can be taken on by anyone of the team, but not by who refused it.
  const takesOver = task.state === 'rejected' && who.inTeam && task.owner !== who.me;
  const unowned = task.owner === null || task.state === 'rejected';
  return {
    accept: possible('accept') && who.reads && (mine || forMe || takesOver),
    refuse: possible('refuse') && who.reads && mine,
    done: possible('done') && who.reads && (mine || forMe || asked),
    change: who.writes && (asked || mine || who.coordinates || (unowned && who.inTeam && who.reads)),
    remind:
      who.writes &&
      isOpen(task.state) &&
      task.state !== 'on-hold' &&
      task.state !== 'rejected' &&
      !mine &&
      (asked || who.coordinates || who.inTeam),
    note: who.writes && who.reads && (mine || forMe || asked || who.inTeam || who.coordinates),
  };
}
