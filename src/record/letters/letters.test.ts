import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { anyone, newPractice, testHouse, type TestPerson, type TestPractice } from '../../../test/app.ts';
import { wordsOf } from '../../platform/pdf/pdf-words-for-tests.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;

const ok = (answer: { status: number; text: string; body: Json }): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};

describe('letters', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let physio: TestPerson;
  let secretary: TestPerson;
  let count = 0;
  before(async () => {
    practice = await newPractice('Maison des courriers');
    doctor = await practice.person('physician', { family: 'Kermarrec', given: 'Anne' });
    physio = await practice.person('physiotherapist', { family: 'Quéméneur', given: 'Erwan' });
    secretary = await practice.person('medical-secretary', { family: 'Pellen', given: 'Maryvonne' });
  });
  async function newPatient(): Promise<string> {
    count++;
    const { id } = ok(await doctor.send('POST', '/api/patients', { birthFamily: `Lettrine${'abcdefghij'[count % 10]}${'klmnopqrst'[Math.floor(count / 10)]}`, birthGivens: 'Yvonne', birthDate: `${String((count % 27) + 1).padStart(2, '0')}/03/1948`, sex: 'female' }));
    ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: physio.practitioner }));
    return id;
  }
  const at = (patient: string, more = '') => `/api/patients/${patient}/letters${more}`;
  const body = (more: object = {}) => ({ template: null, title: 'Essai', documentType: '34109-9', text: 'Cher confrère,\n\nBonjour.', recipients: [], act: 'keep', ...more });
  const pdf = async (who: TestPerson, path: string, sent?: unknown): Promise<string> => {
    const { app } = await testHouse();
    const answer = await app.inject({ method: sent ? 'POST' : 'GET', url: path, headers: { origin: 'http://localhost:3000', cookie: who.cookie, ...(sent ? { 'content-type': 'application/json' } : {}) }, ...(sent ? { payload: JSON.stringify(sent) } : {}) });
    assert.equal(answer.statusCode, 200, answer.body.slice(0, 300));
    return wordsOf(answer.rawPayload);
  };

  test('DOS-13 a letter is filled from the record, signed as a PDF/A with the letterhead, and stands in the timeline', async () => {
    const patient = await newPatient();
    ok(await doctor.send('POST', `/api/patients/${patient}/problems`, { label: 'Diabète de type 2', onset: '2015' }));
    ok(await doctor.send('POST', `/api/patients/${patient}/treatments`, { label: 'Metformine 1000 mg', dosage: '1 matin et soir' }));
    const started = ok(await doctor.send('GET', at(patient, '/start/modele-adressage')));
    assert.match(started.text, /Madame LETTRINE[A-Z]+ Yvonne, née le 2 mars 1948|Madame .*née le/);
    assert.match(started.text, /- Diabète de type 2/);
    assert.match(started.text, /- Metformine 1000 mg : 1 /);
    assert.deepEqual(started.open.map(({ key, state }: Json) => [key, state]), [['allergies', 'missing']]);
    const refused = await doctor.send('POST', at(patient), body({ template: 'modele-adressage', title: started.subject, text: started.text, act: 'sign' }));
    assert.equal(refused.status, 422);
    const text = started.text.replace('{{allergies}}', 'Aucune à ma connaissance.');
    const signed = ok(await doctor.send('POST', at(patient), body({ template: 'modele-adressage', documentType: '57133-1', title: started.subject, text, fields: started.fields, recipients: [{ kind: 'outside', name: 'Dr Hervé Le Bras', role: 'Cardiologue', address: '3 quai de la Rade\n29200 Brest' }], act: 'sign' })));
    const [line] = signed.lines;
    assert.deepEqual([line.type, line.status], ['DocumentReference', 'final']);
    const words = await pdf(doctor, at(patient, `/${line.id}/pdf`));
    for (const said of ['Maison des courriers', 'Dr Hervé Le Bras', '3 quai de la Rade', 'Objet : Adressage de', 'Diabète de type 2', 'Signé dans Estran', 'Page 1 sur 1', 'art. L. 1110-4']) assert.ok(words.includes(said), `${said} in ${words}`);
    const timeline = ok(await doctor.send('GET', `/api/patients/${patient}/timeline?kind=document`));
    assert.ok(timeline.lines.some(({ id }: Json) => id === line.id));
    assert.equal((await anyone('GET', at(patient))).status, 401);
    assert.equal((await secretary.send('GET', at(patient, `/${line.id}`))).status, 404);
  });
});
