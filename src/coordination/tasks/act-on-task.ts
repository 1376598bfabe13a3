import type { Task } from '@medplum/fhirtypes';
import { cannotReach, type PersonCaller, professions, rightsOf } from '../../access/index.ts';
import type { FhirStore, Stored } from '../../fhir/index.ts';
import { conflict, forbidden, invalid, Problem, publish } from '../../platform/index.ts';
import { addToTeam, authorReference, enter, type Entered, idOf, parseDate, today } from '../../record/index.ts';
import type { Addressee } from '../contract/common.ts';
import type { TaskBody, TaskDetail } from '../contract/tasks.ts';
import type { Room } from '../room.ts';
import { stateOfPlan } from '../protocols/plans.store.ts';
import { assign, categoryOf, kindOfWords, ownerOf } from './assign.ts';
import { changedByUrl, changeTask, type Loaded, loadTask, loadToChange, say } from './change-task.ts';
import { taskDetailOf } from './read-tasks.ts';
import { factsOf } from './task-lines.ts';
import { after } from './tasks.rules.ts';
import { noteReminder } from './tasks.store.ts';
import { letIn } from './watch.store.ts';

/** Each act on a task; «who may» is mayOn (tasks.rules.ts) and, on top, the store. */

const hour = 3_600_000;
const undoSeconds = 15;

/** A typed date to come, ISO; words under the field when it is none. */
export function dueIn(typed: string | null | undefined, now: Date): string | null | undefined {
  if (typed === undefined) return undefined;
  if (!typed?.trim()) return null;
  const date = parseDate(typed, now);
  if (date?.length !== 10)
    throw invalid(`« ${typed} » n’est pas une date. Rien n’a été enregistré.`, {
      due: 'Écrivez la date ainsi : JJ/MM/AAAA, demain, +3j, +2s.',
    });
  if (date < today(now))
    throw invalid('Cette date est passée. Rien n’a été enregistré.', {
      due: 'Choisissez aujourd’hui ou un jour à venir.',
    });
  return date;
}
/** What is asked of someone must be readable by them; `words` is the category of the words (`categoryOf`). */
export async function mustBeReadable(
  room: Room,
  caller: PersonCaller,
  to: Addressee,
  words: string,
  professionOf: (practitioner: string) => string | null,
): Promise<void> {
  if (to.to === 'team' || words === 'administrative') return;
  const code = to.to === 'profession' ? to.profession : professionOf(to.practitioner);
  if (!code || !Object.hasOwn(professions, code)) return;
  const profession = code as keyof typeof professions;
  if ((await rightsOf(room.db, caller.tenant, profession))[kindOfWords(words)].reach === 'none')
    throw invalid(
      `La profession « ${professions[profession].fr} » ne lit pas les contenus de soin : cette tâche lui arriverait sans ses mots. Rien n’a été enregistré.`,
      {
        administrative: 'Si le texte ne contient rien de médical, cochez « Lisible par le secrétariat ».',
      },
    );
}
async function knowProfession(room: Room, caller: PersonCaller, store: FhirStore, to: Addressee) {
  if (to.to === 'person') await room.directory.learnPeople(store, [to.practitioner]);
  return (practitioner: string) => room.directory.professionOf(caller.tenant, practitioner);
}
/** The patient agrees that someone joins the care team: in the transaction of what is asked of them. */
async function join(tx: FhirStore, entered: Entered, to: Addressee): Promise<void> {
  if (to.to === 'person')
    await addToTeam({ ...entered, store: tx }, { practitioner: to.practitioner, treating: false });
}
/** Said by whoever let them in, a coordinator too, who writes no words of care. */
const plain = (loaded: Loaded): Loaded => ({ ...loaded, line: { ...loaded.line, administrative: true } });
const agreement = (name: string) => `Avec l’accord du patient, ${name} rejoint son équipe de soins.`;

/** Kinds whose words have readers of their own: only their room writes them. */
const writtenElsewhere: Partial<Record<TaskBody['kind'], string>> = {
  handover: 'Une transmission s’écrit depuis le dossier du patient.',
  protocol: 'Une étape de protocole vient du protocole du patient.',
  decision: 'Une décision vient de la réunion où elle est prise.',
  document: 'Un document se confie depuis ce document.',
  renewal: 'Un renouvellement se demande depuis l’ordonnance.',
};

export async function assignTask(room: Room, caller: PersonCaller, body: TaskBody): Promise<TaskDetail> {
  const now = room.now();
  const due = dueIn(body.due, now);
  const elsewhere = writtenElsewhere[body.kind];
  if (elsewhere) throw invalid(`${elsewhere} Rien n’a été enregistré.`, { kind: 'Choisissez une autre nature.' });
  const entered = body.patient ? await enter(room, caller, body.patient) : undefined;
  const store = room.fhirFor(caller);
  if (body.patient || body.addressee.to !== 'team')
    await mustBeReadable(
      room,
      caller,
      body.addressee,
      categoryOf(body.kind, body.administrative || !body.patient),
      await knowProfession(room, caller, store, body.addressee),
    );
  const made = await store.transaction(async (tx) => {
    if (body.joinTeam && entered) await join(tx, entered, body.addressee);
    return assign(tx, caller, now, {
      kind: body.kind,
      title: body.title,
      detail: body.detail,
      addressee: body.addressee,
      due,
      priority: body.priority,
      administrative: body.administrative,
      ...(entered && { patient: { reference: `Patient/${entered.patientId}` } }),
    });
  });
  const loaded = await loadTask(room, caller, made.task.id);
  if (body.joinTeam && body.addressee.to === 'person')
    await say(store, plain(loaded), 'noted', agreement(loaded.line.ownerLabel), now.toISOString());
  return taskDetailOf(loaded);
}

const reload = async ({ room, caller, stored }: Loaded): Promise<TaskDetail> =>
  taskDetailOf(await loadTask(room, caller, stored.id));

export async function acceptTask(room: Room, caller: PersonCaller, id: string, seen: number): Promise<TaskDetail> {
  const loaded = await loadToChange(
    room,
    caller,
    id,
    seen,
    'accept',
    'Cette tâche ne vous est pas proposée, ou elle n’attend plus de réponse.',
  );
  await changeTask(loaded, { status: 'accepted', owner: authorReference(caller) });
  return reload(loaded);
}
export async function refuseTask(
  room: Room,
  caller: PersonCaller,
  id: string,
  seen: number,
  reason: string,
): Promise<TaskDetail> {
  const loaded = await loadToChange(
    room,
    caller,
    id,
    seen,
    'refuse',
    'Seule la personne à qui une tâche est confiée peut la refuser.',
  );
  await changeTask(loaded, { status: 'rejected' }, { said: { act: 'refused', text: reason } });
  return reload(loaded);
}
export async function doneTask(
  room: Room,
  caller: PersonCaller,
  id: string,
  seen: number,
  note: string | undefined,
): Promise<TaskDetail> {
  const loaded = await loadToChange(
    room,
    caller,
    id,
    seen,
    'done',
    'Seule la personne à qui une tâche est confiée, ou qui l’a demandée, peut dire qu’elle est faite ; un document confié se lit ou se signe dans Documents, un renouvellement se signe sur l’ordonnance.',
  );
  const byRequester = loaded.line.requester?.me && loaded.line.owner && !loaded.line.mine;
  await changeTask(
    loaded,
    { status: 'completed', ...(!byRequester && { owner: authorReference(caller) }) },
    { said: note?.trim() ? { act: 'done', text: note.trim() } : undefined },
  );
  return reload(loaded);
}

type Change = {
  version: number;
  addressee?: Addressee | undefined;
  due?: string | null | undefined;
  priority?: TaskBody['priority'] | undefined;
  cancel?: boolean | undefined;
  reopen?: boolean | undefined;
  note?: string | undefined;
  joinTeam?: { agreed: true } | undefined;
};
/** A step of a protocol that has ended or waits is nobody's to do. */
async function mustStillRun(store: FhirStore, plan: string): Promise<void> {
  const state = await store.sql((sql) => stateOfPlan(sql, store.caller.tenant, plan));
  if (state && state !== 'active')
    throw conflict(
      state === 'on-hold'
        ? 'Le protocole dont vient cette étape est en pause : reprenez-le d’abord. Rien n’a été modifié.'
        : 'Le protocole dont vient cette étape est arrêté ou terminé : elle ne se rouvre pas. Rien n’a été modifié.',
      { code: 'not-now' },
    );
}
/** Gives a task to someone else, moves it, cancels it or opens it again. */
export async function changeTaskTo(room: Room, caller: PersonCaller, id: string, body: Change): Promise<TaskDetail> {
  const loaded = await loadToChange(
    room,
    caller,
    id,
    body.version,
    'change',
    'Changer une tâche revient à qui l’a demandée, à qui elle est confiée, ou à qui coordonne la structure.',
  );
  const { line, task, store } = loaded;
  const due = dueIn(body.due, room.now());
  const act = body.cancel ? 'cancel' : body.reopen ? 'reopen' : body.addressee ? 'give' : undefined;
  const next = act && after(line.state, act);
  if (act && !next)
    throw conflict(
      `Une tâche ${line.stateLabel.toLowerCase()} ne peut pas être ${{ cancel: 'annulée', reopen: 'rouverte', give: 'confiée à quelqu’un d’autre' }[act]}. Rien n’a été modifié.`,
      { code: 'not-now' },
    );
  if (!act && line.state !== 'requested' && (line.state === 'completed' || line.state === 'cancelled'))
    throw conflict('Cette tâche est terminée : rouvrez-la pour la changer. Rien n’a été modifié.', { code: 'not-now' });
  if (body.reopen && line.plan) await mustStillRun(store, line.plan);
  const note = body.note?.trim();
  if (note && line.title === null)
    throw forbidden(
      'Vous ne lisez pas le contenu de cette tâche : vous ne pouvez pas y ajouter de mot. Rien n’a été modifié.',
    );
  const patient = idOf(task.for, 'Patient');
  const to = body.addressee;
  if (to && patient)
    await mustBeReadable(
      room,
      caller,
      to,
      categoryOf(line.kind, line.administrative),
      await knowProfession(room, caller, store, to),
    );
  const entered = to && body.joinTeam && patient ? await enter(room, caller, patient) : undefined;
  const said = body.cancel ? 'cancelled' : body.reopen ? 'reopened' : to ? 'given' : 'moved';
  await changeTask(
    loaded,
    {
      ...(next && { status: next as Task['status'] }),
      ...(due !== undefined && {
        restriction: due ? { ...task.restriction, period: { ...task.restriction?.period, end: due } } : undefined,
      }),
      ...(body.priority && { priority: body.priority }),
    },
    {
      ...(note && { said: { act: said, text: note } }),
      ...((due !== undefined || body.priority) && {
        request: {
          ...(due !== undefined && { occurrenceDateTime: due ?? undefined }),
          ...(body.priority && { priority: body.priority }),
        },
      }),
      before: async (tx) => {
        if (!to) return body.reopen && task.status === 'rejected' ? { owner: undefined } : undefined;
        if (entered) await join(tx, entered, to);
        const words = kindOfWords(categoryOf(line.kind, line.administrative));
        const owner = { owner: undefined, performerType: undefined, ...(await ownerOf(tx, to, patient, words)) };
        return {
          ...owner,
          ...(to.to === 'person' &&
            to.practitioner === caller.practitioner &&
            next === 'requested' && { status: 'accepted' as const }),
        };
      },
    },
  );
  const after_ = await loadTask(room, caller, id);
  if (entered && to?.to === 'person')
    await say(store, plain(after_), 'noted', agreement(after_.line.ownerLabel), room.now().toISOString());
  return taskDetailOf(after_);
}

/** Takes back what I did in the last seconds: the version before stands again, what I said with it is marked as entered in error. */
export async function undoTask(room: Room, caller: PersonCaller, id: string, seen: number): Promise<TaskDetail> {
  const loaded = await loadTask(room, caller, id);
  const { stored, task, store } = loaded;
  const by = idOf(
    task.extension?.find((one) => one.url === changedByUrl)?.valueReference ?? task.requester,
    'Practitioner',
  );
  const late = room.now().getTime() - Date.parse(task.lastModified ?? stored.updated) > undoSeconds * 1000;
  if (stored.version !== seen || by !== caller.practitioner || late)
    throw new Problem(
      409,
      'Trop tard pour annuler',
      'La tâche a changé ou le délai est passé : rien n’a été annulé. Changez-la plutôt.',
      { extra: { code: 'too-late' } },
    );
  if (stored.version === 1) {
    await changeTask(loaded, { status: 'cancelled' });
    return reload(loaded);
  }
  const before = (await store.readVersion('Task', id, String(seen - 1))).resource;
  const { meta: _, ...restored } = before;
  // Elements that the act added are taken away with it.
  const added = Object.fromEntries(
    Object.keys(task)
      .filter((element) => !(element in before))
      .map((element) => [element, undefined]),
  );
  await changeTask(
    loaded,
    { ...added, ...restored, extension: before.extension ?? [] },
    {
      undoes: seen,
      request: { priority: before.priority, occurrenceDateTime: before.restriction?.period?.end },
      before: async (tx) => {
        for (const one of await saidWith(tx, task)) await tx.update({ ...one.resource, status: 'entered-in-error' });
        return undefined;
      },
    },
  );
  return reload(loaded);
}
async function saidWith(store: FhirStore, task: Task): Promise<Stored<'Communication'>[]> {
  const request = idOf(task.focus, 'ServiceRequest');
  if (!request) return [];
  const { resources } = await store.search('Communication', [
    ['based-on', `ServiceRequest/${request}`],
    ['_count', '100'],
  ]);
  return resources.filter((one) => one.resource.sent === task.lastModified && one.resource.status === 'completed');
}

/** Reminds whoever should do it; once an hour at most, whoever asks. */
export async function remindTask(room: Room, caller: PersonCaller, id: string, seen: number): Promise<TaskDetail> {
  const loaded = await loadToChange(
    room,
    caller,
    id,
    seen,
    'remind',
    'Cette tâche ne peut pas être relancée par vous.',
  );
  const { store, line } = loaded;
  const now = room.now();
  const owner = line.owner?.id;
  if (owner && (await store.sql((sql) => letIn(sql, caller.tenant, id, [owner]))).length === 0)
    throw cannotReach([line.ownerLabel], 'Rien n’a été envoyé.');
  await store.transaction(async (tx) => {
    const noted = await tx.sql((sql) => noteReminder(sql, caller.tenant, id, now, new Date(now.getTime() - hour)));
    if (!noted)
      throw new Problem(
        409,
        'Déjà relancée',
        'Cette tâche a été relancée il y a moins d’une heure. Laissez le temps de répondre.',
        { extra: { code: 'reminded-lately' } },
      );
    // The words of a reminder are its existence: whoever may see the task may send one.
    await say(tx.asHouse('relance d’une tâche'), loaded, 'reminded', '', now.toISOString());
    await tx.sql((sql) =>
      publish(sql, caller.tenant, 'task.reminded', {
        task: id,
        by: caller.practitioner,
        owner: line.owner?.id ?? null,
        offered: offeredTo(loaded),
        patient: line.patient?.id ?? null,
      }),
    );
  });
  return reload(loaded);
}
const offeredTo = ({ task }: Loaded): string | null => {
  const facts = factsOf(task);
  return facts.owner ? null : (facts.profession ?? (facts.team ? 'team' : null));
};
export async function noteTask(room: Room, caller: PersonCaller, id: string, text: string): Promise<TaskDetail> {
  const loaded = await loadTask(room, caller, id);
  if (!loaded.line.may.note)
    throw forbidden(
      'Vous ne lisez pas le contenu de cette tâche : vous ne pouvez pas y ajouter de mot. Rien n’a été enregistré.',
    );
  const { store, stored, line, task } = loaded;
  await store.transaction(async (tx) => {
    await say(tx, loaded, 'noted', text, room.now().toISOString());
    await tx.sql((sql) =>
      publish(sql, caller.tenant, 'task.changed', {
        task: stored.id,
        owner: line.owner?.id ?? null,
        before: null,
        requester: idOf(task.requester, 'Practitioner') ?? null,
        patient: line.patient?.id ?? null,
      }),
    );
  });
  return reload(loaded);
}
