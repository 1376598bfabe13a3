import { isProfession, professions } from '../../access/index.ts';
import { expressionError, layOut } from '../../fhir/index.ts';
import { addDays, daysBetween } from '../../platform/index.ts';
import type { ProtocolModel, ProtocolStep } from '../contract/protocol-model.ts';
import { planDefinitionOf, stepsOnly } from './plan-definition.rules.ts';

export interface Problem {
  step: string | null;
  words: string;
  severity: 'error' | 'warning';
}
export interface Moment {
  step: string;
  round: number;
  /** Days from the entry. */
  day: number;
  title: string;
  role: string;
  forPatient: string;
  conditional: string | null;
}
const year = 366;
const roleLabel = (role: string): string => (isProfession(role) ? professions[role].fr : role);

/** Steps that follow themselves, through whatever others. */
function circular(steps: readonly ProtocolStep[]): Set<string> {
  const after = new Map(steps.map((step) => [step.id, step.after.step]));
  const found = new Set<string>();
  for (const { id } of steps) {
    const seen = new Set<string>();
    for (let at = after.get(id) ?? null; at !== null && !seen.has(at); at = after.get(at) ?? null) {
      if (at === id) found.add(id);
      seen.add(at);
    }
  }
  return found;
}

/** What keeps a protocol from being put in force (errors), and what it would be better with (warnings). `held`: professions of the practice. */
export function problemsOf(model: ProtocolModel, held: ReadonlySet<string>, today: string): Problem[] {
  const found: Problem[] = [];
  const say = (severity: Problem['severity'], step: string | null, words: string) =>
    found.push({ step, words, severity });
  const steps = new Map(model.steps.map((step) => [step.id, step]));
  const loops = circular(model.steps);
  const ids = new Set<string>();
  if (model.steps.length === 0) say('error', null, 'Le protocole n’a aucune étape.');
  for (const step of model.steps) {
    if (ids.has(step.id)) say('error', step.id, 'Deux étapes portent le même identifiant.');
    ids.add(step.id);
    const before = step.after.step === null ? undefined : steps.get(step.after.step);
    if (step.after.step !== null && !before)
      say('error', step.id, 'Elle suit une étape qui n’est plus dans le protocole.');
    else if (loops.has(step.id))
      say(
        'error',
        step.id,
        'Elle finit par se suivre elle-même : l’une des étapes de la boucle doit partir de l’entrée.',
      );
    else if (before?.repeat && before.repeat.times === null)
      say('warning', step.id, `« ${before.title} » revient sans fin : le délai est compté depuis sa première fois.`);
    for (const role of step.roles)
      if (!isProfession(role)) say('error', step.id, `La profession « ${role} » n’est pas connue.`);
    if (step.roles.every(isProfession) && !step.roles.some((role) => held.has(role)))
      say(
        'warning',
        step.id,
        `Personne dans la structure n’est ${step.roles.map((role) => roleLabel(role).toLowerCase()).join(' ni ')} : la coordination devra désigner quelqu’un.`,
      );
    if (step.condition?.expression && expressionError(step.condition.expression))
      say(
        'error',
        step.id,
        `La condition n’est pas lisible par l’ordinateur (${expressionError(step.condition.expression)}). Corrigez-la ou gardez seulement les mots.`,
      );
    if (!step.forPatient) say('warning', step.id, 'Rien n’est écrit pour le patient.');
  }
  for (const alert of model.alerts)
    for (const role of alert.roles)
      if (!isProfession(role))
        say('error', null, `Signe d’alerte « ${alert.sign} » : la profession « ${role} » n’est pas connue.`);
  if (model.sources.length === 0) say('warning', null, 'Aucune source : dites sur quoi le protocole s’appuie.');
  if (model.reviewDate === null) say('warning', null, 'Aucune date de relecture.');
  else if (model.reviewDate < today) say('warning', null, 'La date de relecture est passée.');
  if (model.patients.problems.length === 0 && !model.patients.words)
    say('warning', null, 'Les patients concernés ne sont pas décrits.');
  return found;
}

/** The steps laid out in days from an entry today, repeats unrolled up to a year; a step without a day is not there. */
export function timelineOf(model: ProtocolModel, today: string): Moment[] {
  const definition = stepsOnly(planDefinitionOf(model, { id: 'check', status: 'draft', now: `${today}T12:00:00Z` }));
  const steps = new Map(model.steps.map((step) => [step.id, step]));
  const laid = layOut(definition, { start: today, until: addDays(today, year) });
  const moments = laid.flatMap(({ id, round, due }): Moment[] => {
    const step = steps.get(id);
    const day = due === null ? null : daysBetween(today, due);
    if (!step || day === null || day > year) return [];
    return [
      {
        step: id,
        round,
        day,
        title: step.title,
        role: roleLabel(step.roles[0]!),
        forPatient: step.forPatient,
        conditional: step.condition?.words ?? null,
      },
    ];
  });
  return moments.sort((a, b) => a.day - b.day);
}
