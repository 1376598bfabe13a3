import { anyone, newPractice, type Send, testHouse } from '../../../test/app.ts';

export interface Answered {
  status: number;
  headers: Record<string, string | undefined>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: FHIR JSON of any shape, read by assertions
  json: any;
}

export const base = 'http://localhost:3000/fhir/R4';

/**
 * The REST surface in the whole product, for a practice of its own and a client that may do everything. `authorization` takes the name of
 * another: `reader`, `patients` (no other type), `other` (another practice), `none` (nobody).
 */
export async function fhirServer() {
  const practice = await newPractice();
  const callers: Record<string, Send> = {
    house: await practice.client('system/*.cruds'),
    reader: await practice.client('system/*.rs'),
    patients: await practice.client('system/Patient.cruds'),
    other: await (await newPractice()).client('system/*.cruds'),
    none: anyone,
  };
  const { db } = await testHouse();

  async function ask(
    method: string,
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answered> {
    const { authorization = 'house', ...more } = headers;
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/fhir+json' };
    const {
      status,
      headers: given,
      text,
      body: json,
    } = await callers[authorization]!(method, `/fhir/R4${url}`, body, { ...type, ...more });
    return { status, headers: given, text, json };
  }
  /** How many versions the practice holds: unchanged when nothing was written. */
  const versions = async (): Promise<number> => {
    const [row] = await db.tenant(practice.tenant, (sql) =>
      sql.query<{ n: number }>(
        'select ((select count(*) from fhir.resource where tenant_id = $1) + (select count(*) from fhir.history where tenant_id = $1))::int as n',
        [practice.tenant],
      ),
    );
    return row!.n;
  };
  return { ask, versions };
}

export const patientNamed = (family: string, more: object = {}) => ({
  resourceType: 'Patient',
  name: [{ family }],
  ...more,
});
export const weight = (patient: string, value: number, more: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
  subject: { reference: patient },
  effectiveDateTime: '2026-01-05',
  valueQuantity: { value, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
  ...more,
});
