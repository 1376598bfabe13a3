import type { DiagnosticReport } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { FhirProblem } from '../../fhir/index.ts';
import { forbidden, Problem } from '../../platform/index.ts';
import type { acknowledged, Written } from '../contract.ts';
import { type Entered, enter } from '../read/enter.ts';
import { correctedByUrl, statusOf } from '../read/reading.ts';
import type { PersonCaller, Room } from '../room.ts';
import { author } from '../write/author.ts';
import { entryOf, replace, undoSeconds, written } from '../write/save.ts';
import { observationsOf } from './gather.ts';
import { acknowledgedBy, acknowledgementOf, allNormal, anyCritical, readerOf, valuesIn } from './report.rules.ts';
import { mayAcknowledge } from './who-acknowledges.ts';

/** The same report with who acknowledges it in their own name; the version is theirs, the report stays what the laboratory said. */
async function acknowledging(entered: Entered, report: DiagnosticReport, decision: string): Promise<DiagnosticReport> {
  const me = entered.caller.practitioner;
  const reader = readerOf(report);
  const replaces =
    reader !== null &&
    reader !== me &&
    (await entered.store.sql((sql) => entered.room.standsFor(sql, entered.caller.tenant, me))).includes(reader);
  const extension = [
    ...(report.extension ?? []).filter(({ url }) => url !== correctedByUrl),
    { url: correctedByUrl, valueReference: author(entered) },
    acknowledgementOf(author(entered), entered.now.toISOString(), decision, replaces ? reader : null),
  ];
  return { ...report, extension };
}

/** DOS-11: in one's own name, with what was decided. A critical one needs words. */
export async function acknowledgeResult(
  entered: Entered,
  id: string,
  { version, decision }: { version: number; decision: string },
): Promise<Written> {
  if (!(await mayAcknowledge(entered.room, entered.caller)))
    throw forbidden(
      'Un résultat est validé par un médecin, une sage-femme, un chirurgien-dentiste ou un infirmier en pratique avancée. Rien n’a été modifié.',
    );
  const stored = await entryOf(entered, 'DiagnosticReport', id);
  const report = stored.resource;
  if (statusOf(stored.resource) === 'entered-in-error')
    throw new Problem(
      409,
      'Saisi par erreur',
      'Ce résultat a été marqué comme saisi par erreur : il n’y a rien à valider.',
      { extra: { code: 'entered-in-error' } },
    );
  const done = acknowledgedBy(report);
  if (
    stored.version === version &&
    done.some(({ by }) => by.reference === `Practitioner/${entered.caller.practitioner}`) &&
    !decision
  )
    return written(entered, [stored]);
  if (!decision && anyCritical(valuesIn(report, await observationsOf(entered.store, [stored]), entered.reading)))
    throw new Problem(
      422,
      'Résultat critique',
      'Ce résultat est critique : dites ce que vous décidez avant de le valider. Rien n’a été modifié.',
      {
        fields: { decision: 'Par exemple : patient appelé, traitement arrêté, contrôle demain.' },
        extra: { code: 'critical' },
      },
    );
  return written(entered, [
    await replace(
      entered,
      stored,
      version,
      await acknowledging(entered, report, decision),
      decision || 'résultat validé',
    ),
  ]);
}

/** Several at once, each in its own transaction: only those in which everything is within its range. What is left is told with why. */
export async function acknowledgeNormal(
  room: Room,
  caller: PersonCaller,
  results: readonly { patient: string; id: string; version: number }[],
): Promise<z.infer<typeof acknowledged>> {
  const lines: Written['lines'] = [];
  const left: { id: string; why: string }[] = [];
  for (const { patient, id, version } of results) {
    try {
      const entered = await enter(room, caller, patient);
      const stored = await entryOf(entered, 'DiagnosticReport', id);
      const report = stored.resource;
      if (statusOf(stored.resource) === 'entered-in-error')
        left.push({ id, why: 'Ce résultat a été marqué comme saisi par erreur.' });
      else if (acknowledgedBy(report).length > 0) left.push({ id, why: 'Ce résultat a déjà été validé.' });
      else if (!allNormal(report, valuesIn(report, await observationsOf(entered.store, [stored]), entered.reading)))
        left.push({ id, why: 'Une valeur est hors norme, sans norme connue, ou commentée : ouvrez ce résultat.' });
      else
        lines.push(
          ...(
            await written(entered, [
              await replace(entered, stored, version, await acknowledging(entered, report, ''), 'résultat validé'),
            ])
          ).lines,
        );
    } catch (error) {
      if (!(error instanceof Problem || error instanceof FhirProblem) || error.status >= 500) throw error;
      left.push({
        id,
        why:
          error instanceof Problem
            ? error.message
            : 'Ce résultat n’existe pas ou n’est pas accessible avec vos droits.',
      });
    }
  }
  return { lines, undoUntil: new Date(room.now().getTime() + undoSeconds * 1000).toISOString(), left };
}
