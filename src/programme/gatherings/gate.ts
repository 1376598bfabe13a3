import type { Gate } from '../projects/gates.ts';
import { completionSaid } from './sheets.store.ts';

/** The last step before the balance is not closed on a report that says that the use is not good yet, nor on one that is being corrected (PRJ-8). */
export const goodUseGate: Gate = async (sql, tenant, projects) =>
  new Map(
    (
      await completionSaid(
        sql,
        tenant,
        projects.map(({ id }) => id),
      )
    ).map(({ project, conclusion, changed }) => [
      project,
      [
        ...(conclusion === 'not-yet'
          ? ['Le procès-verbal conclut que l’usage pluriprofessionnel n’est pas encore bon.']
          : []),
        ...(changed ? ['Le procès-verbal est corrigé et n’est pas émis de nouveau.'] : []),
      ],
    ]),
  );
