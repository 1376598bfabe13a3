import { type Ctx, staffOf, tellNotice } from '../../access/index.ts';
import { conflict } from '../../platform/index.ts';
import { ownFile } from '../applications/state.ts';
import { dayInFrance, type Desk, partOf, practiceViewer, type PracticeViewer, trace } from '../desk.ts';
import { setProjectState } from '../projects/projects.store.ts';
import { notifiedOutcome } from '../review/decisions.store.ts';
import { insertRenunciation, projectOfApplication } from './places.store.ts';

/**
 * Désistement: a team gives up the place, or the rank, that a notified decision gave it. For good: its project stops, the published list shows it no longer, the officers hear of it and may offer the place to
 * the next. What it sent and what was decided stay on file. Errors: 404, 409.
 */
export const renounce = async (desk: Desk, id: string, reason: string, ctx: Ctx): Promise<void> =>
  renounceAs(desk, await practiceViewer(desk, ctx), id, reason);
export async function renounceAs(desk: Desk, viewer: PracticeViewer, id: string, reason: string): Promise<void> {
  const { tenant } = viewer.region;
  const project = await desk.db.transaction(tenant, async (sql) => {
    const { row } = await ownFile(sql, viewer, id, true);
    const told = await notifiedOutcome(sql, tenant, row.edition, id);
    if (!told || row.state !== 'submitted')
      throw conflict(
        'Aucune décision n’est notifiée sur cette candidature : tant qu’elle ne l’est pas, retirez la candidature.',
      );
    if (told.outcome === 'refused')
      throw conflict('Cette candidature n’est pas retenue : il n’y a pas de place à laisser.');
    const project = await projectOfApplication(sql, tenant, id);
    if (project?.state === 'closed')
      throw conflict('Le projet de l’équipe est clos : sa place a servi, elle ne se laisse plus.');
    const at = desk.now();
    if (
      !(await insertRenunciation(sql, tenant, {
        application: id,
        edition: row.edition,
        decision: told.number,
        outcome: told.outcome,
        reason,
        practitioner: viewer.practitioner,
        by: viewer.name,
        at,
      }))
    )
      throw conflict('Votre équipe s’est déjà désistée.');
    if (project?.state === 'open')
      await setProjectState(sql, tenant, project.id, 'stopped', `Désistement de l’équipe : ${reason}`, dayInFrance(at));
    for (const { practitioner, profession } of await staffOf(sql, tenant))
      if (partOf(profession) === 'officer')
        await tellNotice(sql, tenant, {
          practitioner,
          kind: `programme:${row.edition}`,
          patient: null,
          words: `${row.practiceName} s’est désistée : une place ou un rang est libre.`,
        });
    await trace(sql, viewer, 'renounce', `Application/${id}`, {
      reason,
      details: { edition: row.edition, decision: told.number, outcome: told.outcome, project: project?.id ?? null },
    });
    return project;
  });
  desk.tell(viewer.caller.tenant, { topic: 'application', application: id });
  for (const topic of ['files', 'letters']) desk.tell(tenant, { topic });
  if (project)
    for (const one of new Set([tenant, viewer.caller.tenant]))
      desk.tell(one, { topic: 'projects', project: project.id });
}
