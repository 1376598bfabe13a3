import type { Gate } from '../../projects/gates.ts';
import { overruleOf } from './maturity.store.ts';
import { readinessIn } from './read-maturity.ts';

/** The organisation comes before the choice of a software (REC-1), unless someone who supports the project overruled with a reason. */
export const organisationFirst: Gate = async (sql, tenant, project) => {
  const { state, reasons } = await readinessIn(sql, tenant, project.practice);
  if (state === 'defined' || (await overruleOf(sql, tenant, project.id))) return [];
  return [
    state === 'not-assessed'
      ? 'L’équipe n’a pas fait l’autoévaluation de son organisation (onglet Maturité).'
      : `L’organisation de l’équipe n’est pas définie (onglet Maturité). ${reasons.join(' ')}`,
  ];
};
