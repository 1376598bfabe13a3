import { newPractice, newRegion, testHouse, type TestPerson, type TestPractice } from '../../test/app.ts';
import { edition, type Edition } from './calls/contract.ts';
import { editionRow, insertEdition, insertVersion } from './calls/editions.store.ts';
import { shippedEditions } from './calls/editions/index.ts';

export const pdf = (words = 'projet'): Buffer => Buffer.from(`%PDF-1.7\n% ${words} ${'.'.repeat(80)}\ntrailer\n<<>>\n%%EOF\n`);
const wall = (at: Date): string => at.toLocaleString('sv-SE', { timeZone: 'Europe/Paris' }).replace(' ', 'T');
export const inDays = (days: number): string => wall(new Date(Date.now() + days * 86_400_000));

/** Publishes a call in a region; again: its next version. A copy of 2024 that is open for thirty days, unless told. */
export async function publish(region: TestPractice, id: string, patch: Partial<Edition> = {}): Promise<Edition> {
  const { db } = await testHouse();
  const body = edition.parse({ ...shippedEditions[1]!, id, title: `Appel ${id}`, deadline: inDays(30), ...patch });
  await db.transaction(region.tenant, async (sql) => {
    await insertEdition(sql, region.tenant, id, 'sip-2024');
    await insertVersion(sql, region.tenant, id, ((await editionRow(sql, region.tenant, id))?.published ?? 0) + 1, body, 'Essai', new Date());
  });
  return body;
}

/** What an eligible team answers to the form of 2024. */
export const goodAnswers: Record<string, unknown> = {
  'team.legalForm': 'association', 'team.sites': '1 rue de l’Essai', 'team.territory': 'Pays des Essais', 'team.fragileTerritory': true, 'team.members': { physician: 3, nurse: 4, coordinator: 1 },
  'healthProject.written': true, 'healthProject.validated': true, 'healthProject.validatedOn': '2023-06-01', 'aci.member': true,
  'coordination.coordinator': true, 'coordination.referent': true, 'coordination.referentName': 'Camille Riou', 'coordination.meetings': 8, 'coordination.complexCases': true, 'coordination.protocols': 3,
  'software.present': 'Trois logiciels', 'software.equipment': 'Onze postes', 'software.labelled': true, 'signatory.name': 'Camille Riou', 'signatory.role': 'Présidente',
};

export interface Team {
  practice: TestPractice;
  coordinator: TestPerson;
  application: string;
}
export async function attach(who: TestPerson, application: string, document: string, bytes: Buffer = pdf(), name = `${document}.pdf`) {
  const body = Buffer.concat([
    Buffer.from(`--xx\r\ncontent-disposition: form-data; name="document"\r\n\r\n${document}\r\n--xx\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/pdf\r\n\r\n`),
    bytes, Buffer.from('\r\n--xx--\r\n'),
  ]);
  return who.send('POST', `/api/programme/applications/${application}/documents`, body, { 'content-type': 'multipart/form-data; boundary=xx' });
}
export async function answer(who: TestPerson, application: string, field: string, value: unknown) {
  const seen = (await who.send('GET', `/api/programme/applications/${application}`)).body.answers[field]?.version ?? 0;
  return who.send('PUT', `/api/programme/applications/${application}/answers/${field}`, { value, seen });
}
/** A practice of the region with a file opened in this call; `answers` over the good ones when they are to be given. */
export async function team(region: TestPractice, call: string, answers?: Record<string, unknown>, name?: string): Promise<Team> {
  const practice = await newPractice(name, { region: region.id });
  const coordinator = await practice.person('coordinator', { roles: ['coordinator'] });
  const application = (await coordinator.send('POST', '/api/programme/applications', { edition: call })).body.id as string;
  if (answers) {
    const known = (await coordinator.send('GET', `/api/programme/applications/${application}`)).body.answers;
    for (const [field, value] of Object.entries({ ...goodAnswers, ...answers }))
      if (value !== undefined) {
        const saved = await coordinator.send('PUT', `/api/programme/applications/${application}/answers/${field}`, { value, seen: known[field]?.version ?? 0 });
        if (saved.status !== 200) throw new Error(`${field}: ${saved.text}`);
      }
    for (const document of ['health-project', 'validation']) await attach(coordinator, application, document);
  }
  return { practice, coordinator, application };
}
export async function submitted(region: TestPractice, call: string, answers: Record<string, unknown> = {}, name?: string): Promise<Team> {
  const one = await team(region, call, answers, name);
  const sent = await one.coordinator.send('POST', `/api/programme/applications/${one.application}/submit`);
  if (sent.status !== 200) throw new Error(sent.text);
  return one;
}
export { newRegion };
