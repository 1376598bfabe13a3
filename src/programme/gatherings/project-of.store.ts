import type { Sql } from '../../platform/index.ts';
import type { ProjectRow } from '../projects/reach.ts';

/** The project of a poll, for whoever came by a personal link: what stands on the page and nothing else. */
export const projectOfPoll = async (
  sql: Sql,
  tenant: number,
  id: string,
): Promise<(Pick<ProjectRow, 'id' | 'state' | 'practiceName' | 'practiceTenant'> & { region: string }) | undefined> =>
  (
    await sql.query<Pick<ProjectRow, 'id' | 'state' | 'practiceName' | 'practiceTenant'> & { region: string }>(
      `select p.id, p.state, p.practice_name as "practiceName", p.practice_tenant as "practiceTenant", (select t.name from platform.tenant t where t.tenant_id = $1) as region from programme.project p where p.tenant_id = $1 and p.id = $2`,
      [tenant, id],
    )
  )[0];
