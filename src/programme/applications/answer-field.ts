import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, invalid, notFound } from '../../platform/index.ts';
import { type AnswerValue, countField, fieldsOf, shapeOf } from '../calls/answers.rules.ts';
import { type Desk, practiceViewer, type PracticeViewer, trace } from '../desk.ts';
import { answersOf, writeAnswer } from './applications.store.ts';
import type { answer } from './contract.ts';
import { answerLine } from './read-application.ts';
import { mayEdit, ownFile } from './state.ts';

/**
 * Saves one field (several people write in a file at once). 409 `edited-meanwhile` when it is no longer at the version that was seen: `theirs` is what stands there, who
 * wrote it and when; what was sent is not kept by the server, the screen still has it.
 */
export async function answerField(
  desk: Desk,
  id: string,
  field: string,
  body: { value: AnswerValue; seen: number },
  ctx: Ctx,
): Promise<z.infer<typeof answer>> {
  return answerAs(desk, await practiceViewer(desk, ctx), id, field, body);
}
async function answerAs(
  desk: Desk,
  viewer: PracticeViewer,
  id: string,
  fieldId: string,
  { value, seen }: { value: AnswerValue; seen: number },
): Promise<z.infer<typeof answer>> {
  const tenant = viewer.region.tenant;
  const saved = await desk.db.transaction(tenant, async (sql) => {
    const file = await ownFile(sql, viewer, id, true);
    mayEdit(file);
    const field = fieldsOf(file.edition).find((one) => one.id === fieldId);
    if (!field || fieldId === countField) throw notFound('Ce champ du formulaire');
    const parsed = shapeOf(field).safeParse(value === '' ? null : value);
    if (!parsed.success)
      throw invalid(
        `« ${field.label} » : ${parsed.error.issues[0]?.message ?? 'valeur refusée'} Ce champ garde sa valeur d’avant.`,
        { [fieldId]: parsed.error.issues[0]?.message ?? 'valeur refusée' },
      );
    const before = (await answersOf(sql, tenant, id)).find((one) => one.field === fieldId);
    const row = await writeAnswer(sql, tenant, id, fieldId, seen, {
      value: parsed.data,
      by: viewer.practitioner,
      byName: viewer.name,
      at: desk.now(),
    });
    if (!row)
      throw conflict(
        before
          ? `${before.by} a écrit dans ce champ entre-temps. Votre saisie est toujours à l’écran : choisissez la version à garder.`
          : 'Ce champ a changé entre-temps. Votre saisie est toujours à l’écran : réessayez.',
        { reason: 'edited-meanwhile', theirs: before ? answerLine(before) : null },
      );
    await trace(sql, viewer, 'update', `Application/${id}`, {
      details: { field: fieldId, before: before?.value ?? null, after: parsed.data },
    });
    return row;
  });
  desk.tell(viewer.caller.tenant, { topic: 'application', application: id });
  return answerLine(saved);
}
