import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, invalid, notFound } from '../../platform/index.ts';
import { type Desk, type Viewer, viewerOf } from '../desk.ts';
import { actOnProject } from './act-on-project.ts';
import { completionFields, minutesFields, type sheetField } from './contract.ts';
import { agendas, purposeOf } from './minutes.rules.ts';
import { type Field, putField, type SheetKind, setSheetRemoved, sheetRow } from './sheets.store.ts';

const asText = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= 20_000 ? value : undefined;
/** The value of a field as it is kept. Errors: 404, 422 */
export function fieldValue(kind: SheetKind, name: string, value: unknown): unknown {
  const shapes: Record<string, z.ZodType> = kind === 'completion-report' ? completionFields : minutesFields;
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (!shape) {
    const item =
      name.startsWith('item.') &&
      kind !== 'completion-report' &&
      agendas[purposeOf(kind)].some(({ id }) => name === `item.${id}`);
    if (!item) throw notFound('Ce champ');
    const text = asText(value);
    if (text === undefined)
      throw invalid(
        'Ce texte est trop long ou n’en est pas un : 20 000 signes au plus. Ce champ garde sa valeur d’avant.',
        { [name]: '20 000 signes au plus' },
      );
    return text;
  }
  const parsed = shape.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw invalid(
      `Une valeur n’est pas acceptée : ${issue?.message ?? 'à corriger'}. Ce champ garde sa valeur d’avant.`,
      { [[name, ...(issue?.path ?? [])].join('.')]: issue?.message ?? 'à corriger' },
    );
  }
  return parsed.data;
}

export const saveSheetField = async (
  desk: Desk,
  project: string,
  sheet: string,
  field: string,
  body: { seen: number; value?: unknown },
  ctx: Ctx,
): Promise<z.infer<typeof sheetField>> =>
  saveSheetFieldAs(desk, await viewerOf(desk, ctx), project, sheet, field, body);
/** Saves one field. 409 `edited-meanwhile` when it is no longer at the version that was seen: `theirs` is what stands there; what was sent is still on the screen. */
export const saveSheetFieldAs = (
  desk: Desk,
  viewer: Viewer,
  project: string,
  id: string,
  name: string,
  { seen, value }: { seen: number; value?: unknown },
): Promise<Field> =>
  actOnProject(desk, viewer, project, 'support', 'update', async ({ sql, tenant, at }) => {
    const sheet = await sheetRow(sql, tenant, project, id);
    if (!sheet) throw notFound('Ce document');
    const kept = fieldValue(sheet.kind, name, value);
    const before = sheet.fields[name];
    if ((before?.version ?? 0) !== seen)
      throw conflict(
        `${before?.by ?? 'Une autre personne'} a écrit ici entre-temps. Votre saisie est toujours à l’écran : choisissez la version à garder.`,
        { reason: 'edited-meanwhile', theirs: before ?? null },
      );
    const field: Field = { value: kept, version: seen + 1, by: viewer.name, at: at.toISOString() };
    await putField(sql, tenant, id, name, field);
    return { result: field, target: `Sheet/${id}`, details: { field: name, version: field.version } };
  });

export async function turnMinutes(desk: Desk, project: string, id: string, on: boolean, ctx: Ctx): Promise<void> {
  const viewer = await viewerOf(desk, ctx);
  await actOnProject(desk, viewer, project, 'support', on ? 'restore' : 'remove', async ({ sql, tenant, at }) => {
    const sheet = await sheetRow(sql, tenant, project, id, true);
    if (!sheet || sheet.kind === 'completion-report') throw notFound('Ce compte rendu');
    if (sheet.paper)
      throw conflict(
        'Ce compte rendu est émis : il ne se retire plus. Corrigez-le, la version suivante le remplacera.',
      );
    await setSheetRemoved(sql, tenant, id, on ? null : at);
    return { result: undefined, target: `Sheet/${id}` };
  });
}
