import type { Gate } from '../../projects/gates.ts';
import { overruled } from './maturity.store.ts';
import { readinessIn } from './read-maturity.ts';

/** The organisation comes before the choice of a software (REC-1), unless someone who supports the project overruled with a reason. */
export const organisationFirst: Gate = async (sql, tenant, projects) => {
  const [readiness, passed] = [
    await readinessIn(
      sql,
      tenant,
      projects.map(({ practice }) => practice),
    ),
    await overruled(
      sql,
      tenant,
      projects.map(({ id }) => id),
    ),
  ];
  return new Map(
    projects.flatMap(({ id, practice }) => {
      const { state, reasons } = readiness(practice);
      if (state === 'defined' || passed.has(id)) return [];
      const words =
        state === 'not-assessed'
          ? 'L’équipe n’a pas fait l’autoévaluation de son organisation (onglet Maturité).'
          : `L’organisation de l’équipe n’est pas définie (onglet Maturité). ${reasons.join(' ')}`;
      return [[id, [words]]];
    }),
  );
};
