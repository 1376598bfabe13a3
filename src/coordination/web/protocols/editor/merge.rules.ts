/** Two people changed the same draft: what each changed, and both together where they did not touch the same thing. */
import { type ProtocolModel, type ProtocolStep, protocolThemes } from '../../../contract.ts';
import { sayRepeat, sayRoles, sayWhen } from '../words.ts';

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** `null` where both changed the same field differently. */
export function mergeModels(base: ProtocolModel, mine: ProtocolModel, theirs: ProtocolModel): ProtocolModel | null {
  let clash = false;
  const pick = <T>(was: T, here: T, there: T): T => {
    if (same(here, there) || same(was, there)) return here;
    if (same(was, here)) return there;
    clash = true;
    return here;
  };
  const find = (model: ProtocolModel, id: string) => model.steps.find((step) => step.id === id);
  const merged: Record<string, unknown> = {};
  for (const key of Object.keys(mine) as (keyof ProtocolModel)[])
    if (key !== 'steps') merged[key] = pick<unknown>(base[key], mine[key], theirs[key]);
  // Order: mine, with their new steps where they stand after the step before them.
  const order = mine.steps.map((step) => step.id);
  for (const [at, step] of theirs.steps.entries()) {
    if (order.includes(step.id) || find(base, step.id)) continue;
    const before = theirs.steps
      .slice(0, at)
      .map((one) => one.id)
      .reverse()
      .find((id) => order.includes(id));
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, step.id);
  }
  if (
    same(
      base.steps.map((step) => step.id),
      mine.steps.map((step) => step.id),
    )
  )
    order.splice(0, order.length, ...theirs.steps.map((step) => step.id));
  const steps: ProtocolStep[] = [];
  for (const id of order) {
    const [was, here, there] = [find(base, id), find(mine, id), find(theirs, id)];
    if (!here || !there) {
      const left = here ?? there;
      if (left && !was) steps.push(left);
      continue;
    }
    const step = { ...here } as Record<string, unknown>;
    for (const key of Object.keys(here) as (keyof ProtocolStep)[])
      step[key] = pick<unknown>(was?.[key], here[key], there[key]);
    steps.push(step as ProtocolStep);
  }
  // Removed by one, changed by the other.
  for (const [one, other] of [
    [mine, theirs],
    [theirs, mine],
  ] as const)
    for (const step of one.steps)
      if (!find(other, step.id) && find(base, step.id) && !same(find(base, step.id), step)) clash = true;
  if (clash) return null;
  // What followed a step that one of us removed starts from the entry.
  const ids = new Set(steps.map((step) => step.id));
  return {
    ...(merged as ProtocolModel),
    steps: steps.map((step) =>
      step.after.step !== null && !ids.has(step.after.step) ? { ...step, after: { ...step.after, step: null } } : step,
    ),
  };
}

export interface Row {
  label: string;
  before: string;
  after: string;
  changed: boolean;
}
const stepWords = (step: ProtocolStep | undefined, model: ProtocolModel): string =>
  step
    ? [
        step.title || 'Sans titre',
        sayRoles(step.roles),
        sayWhen(step, model.steps),
        sayRepeat(step.repeat),
        step.condition && `si ${step.condition.words}`,
        step.detail,
        step.forPatient && `Au patient : ${step.forPatient}`,
        step.documents.map((one) => one.title).join(', '),
      ]
        .filter(Boolean)
        .join('\n')
    : '';
const lines = (list: readonly string[]): string => list.join('\n');

/** Two models in words, field by field; steps by their title. */
export function compareModels(before: ProtocolModel, after: ProtocolModel): Row[] {
  const rows: Row[] = [];
  const row = (label: string, a: string, b: string, differ = a !== b) =>
    differ && rows.push({ label, before: a, after: b, changed: true });
  row('Titre', before.title, after.title);
  row('Thème', protocolThemes[before.theme], protocolThemes[after.theme]);
  row('Résumé', before.summary, after.summary);
  const whom = ({ patients }: ProtocolModel) =>
    lines(
      [
        patients.words,
        patients.problems.map((one) => `${one.label} (${one.code})`).join(', '),
        patients.ages ? `${patients.ages.from ?? '…'}–${patients.ages.until ?? '…'} ans` : '',
      ].filter(Boolean),
    );
  row('Pour qui', whom(before), whom(after));
  row('Objectifs', lines(before.goals), lines(after.goals));
  for (const id of new Set([...before.steps, ...after.steps].map((step) => step.id))) {
    const [a, b] = [before, after].map((model) => model.steps.find((step) => step.id === id));
    row(`Étape « ${(b ?? a)!.title || 'sans titre'} »`, stepWords(a, before), stepWords(b, after), !same(a, b));
  }
  const order = (model: ProtocolModel, other: ProtocolModel) =>
    model.steps.filter((step) => other.steps.some((one) => one.id === step.id)).map((step) => step.title);
  row(
    'Ordre des étapes',
    lines(order(before, after)),
    lines(order(after, before)),
    !same(
      before.steps.filter((step) => after.steps.some((one) => one.id === step.id)).map((step) => step.id),
      after.steps.filter((step) => before.steps.some((one) => one.id === step.id)).map((step) => step.id),
    ),
  );
  const alerts = (model: ProtocolModel) =>
    lines(model.alerts.map((one) => `${one.sign} : ${one.act} (${sayRoles(one.roles)})`));
  row('Signes d’alerte', alerts(before), alerts(after));
  row(
    'Documents',
    lines(before.documents.map((one) => one.title)),
    lines(after.documents.map((one) => one.title)),
    !same(before.documents, after.documents),
  );
  row(
    'Sources',
    lines(before.sources.map((one) => `${one.title}, ${one.publisher}, ${one.year}`)),
    lines(after.sources.map((one) => `${one.title}, ${one.publisher}, ${one.year}`)),
    !same(before.sources, after.sources),
  );
  row('À relire le', before.reviewDate ?? '', after.reviewDate ?? '');
  return rows;
}
