import type { Gate } from '../projects/gates.ts';
import { completionSaid } from './sheets.store.ts';

/** The last step before the balance is not closed on a report that says that the use is not good yet, nor on one that is being corrected (PRJ-8). */
export const goodUseGate: Gate = async (sql, tenant, project) => {
  const said = await completionSaid(sql, tenant, project.id);
  if (!said) return [];
  return [
    ...(said.conclusion === 'not-yet'
      ? ['Le procès-verbal conclut que l’usage pluriprofessionnel n’est pas encore bon.']
      : []),
    ...(said.changed ? ['Le procès-verbal est corrigé et n’est pas émis de nouveau.'] : []),
  ];
};
