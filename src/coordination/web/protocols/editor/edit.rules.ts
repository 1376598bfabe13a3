/** What one does to a protocol while writing it, without a screen: every act gives a new model and leaves the old one as it was. */
import type { ProtocolModel, ProtocolStep } from '../../../contract.ts';

/** Letters and digits nobody else has: two people may add a step at the same time. */
export function newStepId(taken: ReadonlySet<string>, random: () => number = Math.random): string {
  for (;;) {
    const id = `etape-${Math.floor(random() * 36 ** 5)
      .toString(36)
      .padStart(5, '0')}`;
    if (!taken.has(id)) return id;
  }
}
const idsOf = (model: ProtocolModel): Set<string> => new Set(model.steps.map((step) => step.id));

export const blankStep = (id: string): ProtocolStep => ({
  id,
  title: '',
  detail: '',
  kind: 'act',
  roles: [],
  after: { step: null, delay: { value: 0, unit: 'd' } },
  repeat: null,
  condition: null,
  documents: [],
  forPatient: '',
});

/** A new step after the one at `at` (-1: first). */
export function addStep(model: ProtocolModel, at: number, random?: () => number): { model: ProtocolModel; id: string } {
  const id = newStepId(idsOf(model), random);
  return {
    id,
    model: { ...model, steps: [...model.steps.slice(0, at + 1), blankStep(id), ...model.steps.slice(at + 1)] },
  };
}
export function duplicateStep(
  model: ProtocolModel,
  id: string,
  random?: () => number,
): { model: ProtocolModel; id: string } {
  const at = model.steps.findIndex((step) => step.id === id);
  const copy = newStepId(idsOf(model), random);
  const from = model.steps[at]!;
  return {
    id: copy,
    model: {
      ...model,
      steps: [
        ...model.steps.slice(0, at + 1),
        { ...from, id: copy, title: `${from.title.slice(0, 150)} (copie)` },
        ...model.steps.slice(at + 1),
      ],
    },
  };
}
export const changeStep = (model: ProtocolModel, id: string, patch: Partial<ProtocolStep>): ProtocolModel => ({
  ...model,
  steps: model.steps.map((step) => (step.id === id ? { ...step, ...patch } : step)),
});

/** The step stands at this place; the others keep their order. */
export function moveStep(model: ProtocolModel, id: string, to: number): ProtocolModel {
  const step = model.steps.find((one) => one.id === id);
  if (!step) return model;
  const others = model.steps.filter((one) => one.id !== id);
  const place = Math.max(0, Math.min(to, others.length));
  return { ...model, steps: [...others.slice(0, place), step, ...others.slice(place)] };
}

/** What followed the step now follows what it followed: nothing hangs in the air. `back` puts everything where it was, whatever was changed since. */
export function removeStep(
  model: ProtocolModel,
  id: string,
): { model: ProtocolModel; followers: number; back: (now: ProtocolModel) => ProtocolModel } {
  const at = model.steps.findIndex((step) => step.id === id);
  const gone = model.steps[at];
  if (!gone) return { model, followers: 0, back: (now) => now };
  const before = gone.after.step === id ? null : gone.after.step;
  const followers = new Set(
    model.steps.filter((step) => step.id !== id && step.after.step === id).map((step) => step.id),
  );
  const steps = model.steps
    .filter((step) => step.id !== id)
    .map((step) => (followers.has(step.id) ? { ...step, after: { ...step.after, step: before } } : step));
  return {
    model: { ...model, steps },
    followers: followers.size,
    back: (now) => {
      if (now.steps.some((step) => step.id === id)) return now;
      const mended = now.steps.map((step) =>
        followers.has(step.id) && step.after.step === before ? { ...step, after: { ...step.after, step: id } } : step,
      );
      return { ...now, steps: [...mended.slice(0, at), gone, ...mended.slice(at)] };
    },
  };
}

/** Steps that this one may follow without ending in a circle. */
export function mayFollow(model: ProtocolModel, id: string): ProtocolStep[] {
  const after = new Map(model.steps.map((step) => [step.id, step.after.step]));
  const leadsHere = (from: string): boolean => {
    const seen = new Set<string>();
    for (let at: string | null = from; at !== null && !seen.has(at); at = after.get(at) ?? null) {
      if (at === id) return true;
      seen.add(at);
    }
    return false;
  };
  return model.steps.filter((step) => !leadsHere(step.id));
}

/** What keeps the draft from being sent as it is, in words, by step; the server takes no step without a title or a profession. */
export function unfinished(model: ProtocolModel): Map<string | null, string[]> {
  const found = new Map<string | null, string[]>();
  const say = (step: string | null, words: string) => found.set(step, [...(found.get(step) ?? []), words]);
  if (!model.title.trim()) say(null, 'Donnez un titre au protocole.');
  for (const step of model.steps) {
    if (!step.title.trim()) say(step.id, 'Dites ce qui est à faire.');
    if (step.roles.length === 0) say(step.id, 'Dites qui s’en charge.');
    if (step.condition && !step.condition.words.trim()) say(step.id, 'Dites pour quels patients.');
    if (step.documents.some((one) => !one.title.trim())) say(step.id, 'Un document n’a pas de titre.');
  }
  return found;
}

/** What the server would refuse because it is still empty is left out; what is half written stays in the person’s own draft. */
export function sendable(model: ProtocolModel): ProtocolModel {
  const full = (text: string) => text.trim() !== '';
  return {
    ...model,
    title: model.title.trim(),
    goals: model.goals.filter(full),
    alerts: model.alerts.filter((one) => full(one.sign) && full(one.act)),
    documents: model.documents.filter((one) => full(one.title)),
    sources: model.sources.filter((one) => full(one.title)),
    patients: { ...model.patients, problems: model.patients.problems.filter((one) => full(one.code)) },
    steps: model.steps.map((step) => ({ ...step, documents: step.documents.filter((one) => full(one.title)) })),
  };
}
