import type { Sql } from '../../platform/index.ts';
import type { z } from 'zod';
import type { cockpitBody } from '../contract/wire-cockpits.ts';

export type Choices = Omit<z.infer<typeof cockpitBody>, 'version'>;
export interface Arrangement {
  version: number;
  choices: Choices;
}
const none: Arrangement = { version: 0, choices: {} };

export async function arrangementOf(sql: Sql, tenant: number, practitioner: string): Promise<Arrangement> {
  const rows = await sql.query<{ version: number; choices: string }>(
    'select version, choices from record.cockpit where tenant_id = $1 and practitioner = $2',
    [tenant, practitioner],
  );
  return rows[0] ? { version: rows[0].version, choices: JSON.parse(rows[0].choices) as Choices } : none;
}
/** Writes over the version that was seen (0: none); false when there is another one. */
export async function keepArrangement(
  sql: Sql,
  tenant: number,
  practitioner: string,
  seen: number,
  choices: Choices,
): Promise<boolean> {
  const rows =
    seen === 0
      ? await sql.query(
          'insert into record.cockpit (tenant_id, practitioner, version, choices) values ($1, $2, 1, $3) on conflict do nothing returning version',
          [tenant, practitioner, JSON.stringify(choices)],
        )
      : await sql.query(
          'update record.cockpit set version = version + 1, choices = $4, updated = now() where tenant_id = $1 and practitioner = $2 and version = $3::int returning version',
          [tenant, practitioner, seen, JSON.stringify(choices)],
        );
  return rows.length > 0;
}
export async function dropArrangement(sql: Sql, tenant: number, practitioner: string): Promise<void> {
  await sql.query('delete from record.cockpit where tenant_id = $1 and practitioner = $2', [tenant, practitioner]);
}
