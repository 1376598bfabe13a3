import { newPractice, newRegion, testHouse, type TestPerson, type TestPractice } from '../../test/app.ts';
import { edition, type Edition } from './calls/contract.ts';
import { editionRow, insertEdition, insertVersion } from './calls/editions.store.ts';
import { shippedEditions } from './calls/editions/index.ts';

export const pdf = (words = 'projet'): Buffer =>
  Buffer.from(`%PDF-1.7\n% ${words} ${'.'.repeat(80)}\ntrailer\n<<>>\n%%EOF\n`);
const wall = (at: Date): string => at.toLocaleString('sv-SE', { timeZone: 'Europe/Paris' }).replace(' ', 'T');
export const inDays = (days: number): string => wall(new Date(Date.now() + days * 86_400_000));

/** Publishes a call in a region; again: its next version. A copy of 2024 that is open for thirty days, unless told. */
export async function publish(region: TestPractice, id: string, patch: Partial<Edition> = {}): Promise<Edition> {
  const { db } = await testHouse();
  const body = edition.parse({ ...shippedEditions[1]!, id, title: `Appel ${id}`, deadline: inDays(30), ...patch });
  await db.transaction(region.tenant, async (sql) => {
    await insertEdition(sql, region.tenant, id, 'sip-2024');
    await insertVersion(
      sql,
      region.tenant,
      id,
      ((await editionRow(sql, region.tenant, id))?.published ?? 0) + 1,
      body,
      'Essai',
      new Date(),
    );
  });
  return body;
}

/** What an eligible team answers to the form of 2024. */
export const goodAnswers: Record<string, unknown> = {
  'team.legalForm': 'association',
  'team.sites': '1 rue de l’Essai',
  'team.territory': 'Pays des Essais',
  'team.fragileTerritory': true,
  'team.members': { physician: 3, nurse: 4, coordinator: 1 },
  'healthProject.written': true,
  'healthProject.validated': true,
  'healthProject.validatedOn': '2023-06-01',
  'aci.member': true,
  'coordination.coordinator': true,
  'coordination.referent': true,
  'coordination.referentName': 'Camille Riou',
  'coordination.meetings': 8,
  'coordination.complexCases': true,
  'coordination.protocols': 3,
  'software.present': 'Trois logiciels',
  'software.equipment': 'Onze postes',
  'software.labelled': true,
  'signatory.name': 'Camille Riou',
  'signatory.role': 'Présidente',
};

export interface Team {
  practice: TestPractice;
  coordinator: TestPerson;
  application: string;
}
export async function attach(
  who: TestPerson,
  application: string,
  document: string,
  bytes: Buffer = pdf(),
  name = `${document}.pdf`,
) {
  const body = Buffer.concat([
    Buffer.from(
      `--xx\r\ncontent-disposition: form-data; name="document"\r\n\r\n${document}\r\n--xx\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/pdf\r\n\r\n`,
    ),
    bytes,
    Buffer.from('\r\n--xx--\r\n'),
  ]);
  return who.send('POST', `/api/programme/applications/${application}/documents`, body, {
    'content-type': 'multipart/form-data; boundary=xx',
  });
}
export async function answer(who: TestPerson, application: string, field: string, value: unknown) {
  const seen = (await who.send('GET', `/api/programme/applications/${application}`)).body.answers[field]?.version ?? 0;
  return who.send('PUT', `/api/programme/applications/${application}/answers/${field}`, { value, seen });
}
/** A practice of the region with a file opened in this call; `answers` over the good ones when they are to be given. */
export async function team(
  region: TestPractice,
  call: string,
  answers?: Record<string, unknown>,
  name?: string,
): Promise<Team> {
  const practice = await newPractice(name, { region: region.id });
  const coordinator = await practice.person('coordinator', { roles: ['coordinator'] });
  const application = (await coordinator.send('POST', '/api/programme/applications', { edition: call })).body
    .id as string;
  if (answers) {
    const known = (await coordinator.send('GET', `/api/programme/applications/${application}`)).body.answers;
    for (const [field, value] of Object.entries({ ...goodAnswers, ...answers }))
      if (value !== undefined) {
        const saved = await coordinator.send('PUT', `/api/programme/applications/${application}/answers/${field}`, {
          value,
          seen: known[field]?.version ?? 0,
        });
        if (saved.status !== 200) throw new Error(`${field}: ${saved.text}`);
      }
    for (const document of ['health-project', 'validation']) await attach(coordinator, application, document);
  }
  return { practice, coordinator, application };
}
export async function submitted(
  region: TestPractice,
  call: string,
  answers: Record<string, unknown> = {},
  name?: string,
): Promise<Team> {
  const one = await team(region, call, answers, name);
  const sent = await one.coordinator.send('POST', `/api/programme/applications/${one.application}/submit`);
  if (sent.status !== 200) throw new Error(sent.text);
  return one;
}
export { newRegion };

/** A call decided and notified, with the project of its team opened, its consultant named; who may and who may not. */
export interface OpenedProject {
  region: TestPractice;
  call: string;
  project: string;
  team: Team;
  /** The team's nurse, who does not manage the project. */
  nurse: TestPerson;
  officer: TestPerson;
  gcs: TestPerson;
  consultant: TestPerson;
  /** Of the same region, without a part in the project. */
  strangers: Record<'reviewer' | 'vendor' | 'partner' | 'consultant' | 'neighbour', TestPerson>;
  /** Of another region. */
  foreign: TestPerson;
}
let opened = 0;
export async function openedProject(
  answers: Record<string, unknown> = {},
  patch: Partial<Edition> = {},
): Promise<OpenedProject> {
  const call = `projet-${++opened}`;
  const region = await newRegion(`Région ${call}`);
  await publish(region, call, { places: 1, review: [], ...patch });
  const one = await submitted(region, call, answers, `Équipe ${call}`);
  const neighbour = await newPractice(undefined, { region: region.id });
  await publish(region, call, { places: 1, review: [], ...patch, deadline: inDays(-1) });
  const officer = await region.person('ars-officer');
  const consultant = await region.person('consultant');
  const sent = async (who: TestPerson, method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) => {
    const answer = await who.send(method, path, body);
    if (answer.status >= 400) throw new Error(`${path}: ${answer.text}`);
    return answer.body;
  };
  const { seen } = await sent(officer, 'GET', `/api/programme/editions/${call}/ranking`);
  await sent(officer, 'POST', `/api/programme/editions/${call}/decide`, { places: 1, seen });
  await sent(officer, 'POST', `/api/programme/editions/${call}/notify`, {
    signatory: 'Jeanne Ars',
    role: 'Directrice',
    note: '',
  });
  await sent(officer, 'POST', `/api/programme/editions/${call}/projects`);
  const project = (await sent(officer, 'GET', '/api/programme/projects')).projects[0].id as string;
  await sent(officer, 'PUT', `/api/programme/projects/${project}/parties/${consultant.practitioner}`, { sees: [] });
  return {
    region,
    call,
    project,
    team: one,
    nurse: await one.practice.person('nurse'),
    officer,
    gcs: await region.person('gcs-officer'),
    consultant,
    strangers: {
      reviewer: await region.person('commission-member'),
      vendor: await region.person('vendor'),
      partner: await region.person('partner'),
      consultant: await region.person('consultant'),
      neighbour: await neighbour.person('coordinator', { roles: ['coordinator'] }),
    },
    foreign: await (await newRegion()).person('ars-officer'),
  };
}
/** Adds a PDF to a project as a deliverable of this kind. */
export async function addFile(
  who: TestPerson,
  project: string,
  kind: string,
  bytes: Buffer = pdf(),
  name = `${kind}.pdf`,
) {
  const body = Buffer.concat([
    Buffer.from(
      `--xx\r\ncontent-disposition: form-data; name="document"\r\n\r\n${kind}\r\n--xx\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/pdf\r\n\r\n`,
    ),
    bytes,
    Buffer.from('\r\n--xx--\r\n'),
  ]);
  return who.send('POST', `/api/programme/projects/${project}/files`, body, {
    'content-type': 'multipart/form-data; boundary=xx',
  });
}
