import type { Sql } from '../platform/index.ts';

interface Name {
  use?: string;
  family?: string;
  given?: string[];
}

/** Names of patients by id, for the notices and flags of the access room. The caller answers for the right to see them. */
export async function patientNames(
  sql: Sql,
  tenant: number,
  ids: readonly string[],
): Promise<Map<string, { family: string; given: string; name: string }>> {
  const rows = await sql.query<{ id: string; content: string }>(
    `select id, content from fhir.resource where tenant_id = $1 and type = 'Patient' and id = any($2::text[]) and not deleted`,
    [tenant, [...ids]],
  );
  return new Map(
    rows.map(({ id, content }) => {
      const { name = [] } = JSON.parse(content) as { name?: Name[] };
      const first = name.find((one) => one.use === 'usual') ?? name[0] ?? {};
      const family = first.family ?? name.find((one) => one.family)?.family ?? '';
      const given = (first.given ?? name.find((one) => one.given)?.given ?? [])[0] ?? '';
      return [id, { family, given, name: `${given} ${family}`.trim() }];
    }),
  );
}

/** Practitioner ids of a patient's referents (Patient.generalPractitioner). */
export async function referentsOf(sql: Sql, tenant: number, patient: string): Promise<string[]> {
  const rows = await sql.query<{ content: string }>(
    `select content from fhir.resource where tenant_id = $1 and type = 'Patient' and id = $2 and not deleted`,
    [tenant, patient],
  );
  const { generalPractitioner = [] } = (rows[0] ? JSON.parse(rows[0].content) : {}) as {
    generalPractitioner?: { reference?: string }[];
  };
  return generalPractitioner.flatMap(({ reference }) =>
    reference?.startsWith('Practitioner/') ? [reference.slice('Practitioner/'.length)] : [],
  );
}

/** The Practitioner behind a PractitionerRole; null when it is not known here. */
export async function practitionerBehind(sql: Sql, tenant: number, reference: string): Promise<string | null> {
  const [type, id] = reference.split('/');
  if (type !== 'PractitionerRole' || !id) return null;
  const rows = await sql.query<{ content: string }>(
    `select content from fhir.resource where tenant_id = $1 and type = 'PractitionerRole' and id = $2 and not deleted`,
    [tenant, id],
  );
  const practitioner =
    rows[0] && (JSON.parse(rows[0].content) as { practitioner?: { reference?: string } }).practitioner?.reference;
  return practitioner?.startsWith('Practitioner/') ? practitioner.slice('Practitioner/'.length) : null;
}
