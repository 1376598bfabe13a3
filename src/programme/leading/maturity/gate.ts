import type { Gate } from '../../projects/gates.ts';
import { overruled } from './maturity.store.ts';
import { readinessIn } from './read-maturity.ts';

/** The organisation comes before the choice of a software (REC-1), unless someone who supports the project overruled with a reason. */
export const organisationFirst: Gate = async (sql, tenant, projects) => {
  const readiness = await readinessIn(
    sql,
    tenant,
    projects.map(({ practice }) => practice),
  );
  const lacking = projects.filter(({ practice }) => readiness(practice).state !== 'defined');
  if (lacking.length === 0) return new Map();
  const passed = await overruled(
    sql,
    tenant,
    lacking.map(({ id }) => id),
  );
  return new Map(
    lacking.flatMap(({ id, practice }) => {
      if (passed.has(id)) return [];
      const { state, reasons } = readiness(practice);
      const words =
        state === 'not-assessed'
          ? 'L’équipe n’a pas fait l’autoévaluation de son organisation (onglet Maturité).'
          : `L’organisation de l’équipe n’est pas définie (onglet Maturité). ${reasons.join(' ')}`;
      return [[id, [words]]];
    }),
  );
};
