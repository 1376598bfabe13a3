import type { z } from 'zod';
import type { Ctx } from '../../access/index.ts';
import { conflict, forbidden, notFound } from '../../platform/index.ts';
import { type Desk, type Viewer, viewerOf } from '../desk.ts';
import { mayIn } from '../projects/reach.ts';
import { actOnProject } from './act-on-project.ts';
import type { actionLine, gatheringsContract } from './contract.ts';
import { type ActionRow, actionsOf, insertAction, setAction, sheetRow } from './sheets.store.ts';

/** Late: open, its day over. */
export const actionLineOf = (row: ActionRow, today: string): z.infer<typeof actionLine> => ({
  ...row,
  late: row.state === 'open' && row.due !== null && row.due < today,
});

type NewAction = z.infer<typeof gatheringsContract.addMeetingAction.body>;
export const addAction = async (desk: Desk, project: string, body: NewAction, ctx: Ctx): Promise<{ id: string }> =>
  addActionAs(desk, await viewerOf(desk, ctx), project, body);
export const addActionAs = (
  desk: Desk,
  viewer: Viewer,
  project: string,
  { sheet, words, owner, due }: NewAction,
): Promise<{ id: string }> =>
  actOnProject(desk, viewer, project, 'support', 'add-action', async ({ sql, tenant, at }) => {
    const found = await sheetRow(sql, tenant, project, sheet);
    if (!found || found.kind === 'completion-report') throw notFound('Ce compte rendu');
    const id = await insertAction(sql, tenant, { project, sheet, words, owner, due, by: viewer.name, at });
    return { result: { id }, target: `Action/${id}`, details: { sheet } };
  });

type ChangedAction = z.infer<typeof gatheringsContract.changeMeetingAction.body>;
export const changeAction = async (
  desk: Desk,
  project: string,
  id: string,
  body: ChangedAction,
  ctx: Ctx,
): Promise<void> => changeActionAs(desk, await viewerOf(desk, ctx), project, id, body);
/** A team says that an action is done, or opens it again; its words, owner and day are for those who support the project. */
export const changeActionAs = (
  desk: Desk,
  viewer: Viewer,
  project: string,
  id: string,
  { seen, state, ...what }: ChangedAction,
): Promise<void> =>
  actOnProject(desk, viewer, project, 'team', 'change-action', async ({ sql, tenant, today }) => {
    const found = (await actionsOf(sql, tenant, project)).find((one) => one.id === id);
    if (!found) throw notFound('Cette action');
    const rewritten =
      what.words !== found.words || what.owner !== found.owner || what.due !== found.due || state === 'dropped';
    if (rewritten && !mayIn(viewer, 'support'))
      throw forbidden(
        'Les mots, la personne et l’échéance d’une action sont changés par ceux qui accompagnent le projet. Vous pouvez dire qu’elle est faite.',
      );
    const endedOn = state === 'open' ? null : found.state === state ? found.endedOn : today;
    if (!(await setAction(sql, tenant, project, { id, ...what, state, endedOn, version: seen })))
      throw conflict('Cette action a changé entre-temps. Elle vient d’être relue : recommencez s’il y a lieu.', {
        version: found.version,
      });
    return { result: undefined, target: `Action/${id}`, details: { state, was: found.state } };
  });
