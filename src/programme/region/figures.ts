import type { Sql } from '../../platform/index.ts';
import type { Viewer } from '../desk.ts';
import { agreedCents, figuresOf as moneyOf, orderedCents, paidCents } from '../money/figures.ts';
import { engagedBy } from '../money/money.rules.ts';
import { mayMoney } from '../money/reach.ts';
import type { ProjectRow } from '../projects/reach.ts';
import type { PracticeLine } from './region.rules.ts';
import { lastUse } from './region.store.ts';

/** What was promised, paid, and how the tool is used, by project, for those who are shown it: the same figures as in the project itself. */
export async function figuresOf(
  sql: Sql,
  viewer: Viewer,
  projects: readonly ProjectRow[],
): Promise<Map<string, Pick<PracticeLine, 'spending' | 'use'>>> {
  const { tenant } = viewer.region;
  const money = new Map(
    (mayMoney(viewer, 'totals') ? await moneyOf(sql, tenant, projects) : []).map((one) => [one.project.id, one]),
  );
  const use = await lastUse(
    sql,
    tenant,
    projects.map(({ id }) => id),
  );
  return new Map(
    projects.map((project) => {
      const found = money.get(project.id);
      const paid = found ? { orderedCents: orderedCents(found.payments), paidCents: paidCents(found.payments) } : null;
      const spending =
        found && paid
          ? {
              ceilingCents: found.money.ceilingCents,
              engagedCents: engagedBy({
                state: project.state,
                ceilingCents: found.money.ceilingCents,
                agreementCents: agreedCents(found),
                ...paid,
              }),
              paidCents: paid.paidCents,
            }
          : null;
      return [project.id, { spending, use: use.get(project.id) ?? null }];
    }),
  );
}
