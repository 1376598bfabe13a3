import type { z } from 'zod';
import type { Ctx } from '../../../access/index.ts';
import { professions, sitesOf } from '../../../access/index.ts';
import { conflict, invalid, notFound, sendSheet, type SheetColumn } from '../../../platform/index.ts';
import { equipmentLabels } from '../../contract/labels.ts';
import { type Desk, type Viewer, viewerOf } from '../../desk.ts';
import { kindsThere } from '../../projects/projects.store.ts';
import { callOf, demand, mayIn, projectFor } from '../../projects/reach.ts';
import { inProject, stale } from '../change.ts';
import { checklists, itemIds } from './checklists.ts';
import type { conductContract, equipmentLine } from './contract.ts';
import {
  type EquipmentRow,
  equipmentOf,
  equipmentRow,
  insertEquipment,
  putTick,
  setEquipment,
  type TickRow,
  ticksOf,
} from './conduct.store.ts';

type Reply = z.infer<typeof conductContract.conduct.reply>;
type Equipment = Omit<z.infer<typeof equipmentLine>, 'id' | 'version' | 'by' | 'at'>;

/** What is to be done before, during and after, and what the team works with today (REC-2). */
export async function readConduct(desk: Desk, id: string, ctx: Ctx): Promise<Reply> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  const read = await desk.db.tenant(tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id);
    demand(viewer, project, 'read');
    const call = await callOf(sql, tenant, project);
    return {
      project,
      labels: new Map(
        call.steps.flatMap(({ deliverables }) => deliverables.map(({ kind, label }) => [kind, label] as const)),
      ),
      ticks: await ticksOf(sql, tenant, id),
      have: (await kindsThere(sql, tenant, [id])).get(id)!,
      equipment: await equipmentOf(sql, tenant, id),
    };
  });
  const { practiceTenant } = read.project;
  const sites =
    practiceTenant === null
      ? []
      : (await desk.db.tenant(practiceTenant, (sql) => sitesOf(sql, practiceTenant))).map(({ name }) => name);
  const ticks = new Map(read.ticks.map((one) => [one.item, one]));
  return {
    times: checklists.map(({ items, ...time }) => {
      const lines = items.map((item) => {
        const tick = ticks.get(item.id);
        return {
          ...item,
          state: tick?.state ?? ('to-do' as const),
          note: tick?.note ?? '',
          owner: tick?.owner ?? '',
          version: tick?.version ?? 0,
          by: tick?.by ?? null,
          at: tick?.at.toISOString() ?? null,
          there: item.documents.flatMap((kind) =>
            read.labels.has(kind) ? [{ label: read.labels.get(kind)!, have: read.have.has(kind) }] : [],
          ),
        };
      });
      const counted = lines.filter(({ state }) => state !== 'not-applicable');
      return {
        ...time,
        items: lines,
        done: counted.filter(({ state }) => state === 'done').length,
        of: counted.length,
      };
    }),
    equipment: read.equipment.map(({ at, ...row }) => ({
      ...row,
      kind: row.kind as Equipment['kind'],
      at: at.toISOString(),
    })),
    sites: [...new Set([...sites, ...read.equipment.map(({ site }) => site)])],
    writes: mayIn(viewer, 'team') && read.project.state === 'open',
  };
}

export const tickItem = async (
  desk: Desk,
  project: string,
  item: string,
  body: Pick<TickRow, 'state' | 'note' | 'owner'> & { seen: number },
  ctx: Ctx,
): Promise<void> => tickItemAs(desk, await viewerOf(desk, ctx), project, item, body);
export const tickItemAs = (
  desk: Desk,
  viewer: Viewer,
  project: string,
  item: string,
  { seen, ...tick }: Pick<TickRow, 'state' | 'note' | 'owner'> & { seen: number },
): Promise<void> =>
  inProject(desk, viewer, project, 'team', 'tick', async (sql) => {
    if (!itemIds.has(item)) throw notFound('Ce point');
    if (tick.state === 'not-applicable' && tick.note.length < 5)
      throw invalid('Dites en quelques mots pourquoi ce point ne s’applique pas. Rien n’a été changé.', {
        note: 'à renseigner',
      });
    const row = { item, ...tick, by: viewer.name, at: desk.now() };
    const there = (await ticksOf(sql, viewer.region.tenant, project)).find((one) => one.item === item);
    if ((there?.version ?? 0) !== seen || !(await putTick(sql, viewer.region.tenant, project, row, seen)))
      throw stale('Cette liste');
    return { reply: undefined, details: { item, state: tick.state } };
  });

const mostLines = 1000;
function demandKnown({ profession }: Equipment): void {
  if (profession !== '' && !Object.hasOwn(professions, profession))
    throw invalid('Cette profession n’est pas connue. Rien n’a été enregistré.', {
      profession: 'à choisir dans la liste',
    });
}
export const addEquipment = async (desk: Desk, project: string, body: Equipment, ctx: Ctx): Promise<{ id: string }> =>
  addEquipmentAs(desk, await viewerOf(desk, ctx), project, body);
export const addEquipmentAs = (desk: Desk, viewer: Viewer, project: string, body: Equipment): Promise<{ id: string }> =>
  inProject(desk, viewer, project, 'team', 'update', async (sql) => {
    demandKnown(body);
    if ((await equipmentOf(sql, viewer.region.tenant, project)).length >= mostLines)
      throw conflict(`L’inventaire a déjà ${mostLines} lignes : regroupez ce qui est pareil.`);
    const id = await insertEquipment(sql, viewer.region.tenant, project, { ...body, by: viewer.name }, desk.now());
    return { reply: { id }, details: { equipment: id, kind: body.kind, site: body.site } };
  });
export const changeEquipment = async (
  desk: Desk,
  project: string,
  id: string,
  { seen, ...body }: Equipment & { removed: boolean; seen: number },
  ctx: Ctx,
): Promise<void> => {
  const viewer = await viewerOf(desk, ctx);
  await inProject(desk, viewer, project, 'team', 'update', async (sql) => {
    const row = await equipmentRow(sql, viewer.region.tenant, project, id);
    if (!row) throw notFound('Cette ligne');
    if (row.version !== seen) throw stale('Cette ligne');
    demandKnown(body);
    await setEquipment(sql, viewer.region.tenant, project, id, { ...body, by: viewer.name }, desk.now());
    return { reply: undefined, details: { equipment: id, removed: body.removed } };
  });
};

const states: Record<EquipmentRow['state'], string> = {
  good: 'convient',
  'to-replace': 'à remplacer',
  unknown: 'à vérifier',
};
const words = (profession: string): string =>
  Object.hasOwn(professions, profession) ? professions[profession as keyof typeof professions].fr : '';
const sheet: readonly SheetColumn<EquipmentRow>[] = [
  { title: 'Site', value: ({ site }) => site, width: 24 },
  { title: 'Genre', value: ({ kind }) => equipmentLabels[kind as Equipment['kind']], width: 20 },
  { title: 'Désignation', value: ({ name }) => name, width: 30 },
  { title: 'Profession', value: ({ profession }) => words(profession), width: 24 },
  { title: 'Nombre', kind: 'number', value: ({ quantity }) => quantity },
  { title: 'Débit descendant (Mbit/s)', kind: 'number', value: ({ down }) => down },
  { title: 'Débit montant (Mbit/s)', kind: 'number', value: ({ up }) => up },
  { title: 'État', value: ({ state }) => states[state] },
  { title: 'Remarque', value: ({ note }) => note, width: 40 },
];
export async function equipmentCsv(desk: Desk, id: string, ctx: Ctx): Promise<undefined> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  const { project, rows } = await desk.db.tenant(tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id);
    demand(viewer, project, 'read');
    return { project, rows: await equipmentOf(sql, tenant, id) };
  });
  await sendSheet(ctx, 'csv', `${project.reference}-inventaire`, sheet, rows);
  return undefined;
}
