import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { newPractice, type TestPerson, type TestPractice } from '../../../test/app.ts';
import { deletionDocumented, deletionRefusal } from './kept.rules.ts';

// biome-ignore lint/suspicious/noExplicitAny: resources of every shape
type Json = any;
const concept = (text: string) => ({ text });
const state = (set: string, code: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${set}`, code }],
});
const day = '2026-03-02';
/** A smallest entry of each type, the element that says that it was entered in error, and as a draft where there is one. */
const entries: Record<string, { made: Json; mark: Json; draft?: Json }> = {
  Observation: {
    made: { status: 'final', code: concept('Poids') },
    mark: { status: 'entered-in-error' },
    draft: { status: 'registered' },
  },
  Condition: {
    made: {
      code: concept('Asthme'),
      clinicalStatus: state('condition-clinical', 'active'),
      verificationStatus: state('condition-ver-status', 'confirmed'),
    },
    mark: { clinicalStatus: undefined, verificationStatus: state('condition-ver-status', 'entered-in-error') },
  },
  Consent: {
    made: { status: 'active', scope: concept('Partage'), category: [concept('Accord')], policyRule: concept('Accord') },
    mark: { status: 'entered-in-error' },
    draft: { status: 'draft' },
  },
  AllergyIntolerance: {
    made: {
      code: concept('Latex'),
      clinicalStatus: state('allergyintolerance-clinical', 'active'),
      verificationStatus: state('allergyintolerance-verification', 'confirmed'),
    },
    mark: {
      clinicalStatus: undefined,
      verificationStatus: state('allergyintolerance-verification', 'entered-in-error'),
    },
  },
  Immunization: {
    made: { status: 'completed', vaccineCode: concept('Grippe'), occurrenceDateTime: day },
    mark: { status: 'entered-in-error' },
  },
  MedicationStatement: {
    made: { status: 'active', medicationCodeableConcept: concept('Metformine') },
    mark: { status: 'entered-in-error' },
  },
  MedicationRequest: {
    made: { status: 'active', intent: 'order', medicationCodeableConcept: concept('Metformine') },
    mark: { status: 'entered-in-error' },
    draft: { status: 'draft' },
  },
  MedicationAdministration: {
    made: { status: 'completed', medicationCodeableConcept: concept('Metformine'), effectiveDateTime: day },
    mark: { status: 'entered-in-error' },
  },
  MedicationDispense: {
    made: { status: 'completed', medicationCodeableConcept: concept('Metformine'), whenHandedOver: day },
    mark: { status: 'entered-in-error' },
    draft: { status: 'preparation', whenHandedOver: undefined },
  },
  Composition: {
    made: { status: 'final', type: concept('Note'), date: day, title: 'Note', author: [{ display: 'Quelqu’un' }] },
    mark: { status: 'entered-in-error' },
    draft: { status: 'preliminary' },
  },
  ClinicalImpression: {
    made: { status: 'completed', summary: 'Stable' },
    mark: { status: 'entered-in-error' },
    draft: { status: 'in-progress' },
  },
  DiagnosticReport: {
    made: { status: 'final', code: concept('Bilan') },
    mark: { status: 'entered-in-error' },
    draft: { status: 'registered' },
  },
  DocumentReference: {
    made: {
      status: 'current',
      docStatus: 'final',
      content: [{ attachment: { contentType: 'text/plain', data: 'bW90cw==' } }],
    },
    mark: { status: 'entered-in-error' },
    draft: { docStatus: 'preliminary' },
  },
  Flag: { made: { status: 'active', code: concept('Risque de chute') }, mark: { status: 'entered-in-error' } },
  FamilyMemberHistory: {
    made: { status: 'completed', relationship: concept('Père') },
    mark: { status: 'entered-in-error' },
  },
  Procedure: {
    made: { status: 'completed', code: concept('Appendicectomie') },
    mark: { status: 'entered-in-error' },
    draft: { status: 'preparation' },
  },
  Goal: {
    made: { lifecycleStatus: 'active', description: concept('Marcher') },
    mark: { lifecycleStatus: 'entered-in-error' },
  },
  QuestionnaireResponse: {
    made: { status: 'completed' },
    mark: { status: 'entered-in-error' },
    draft: { status: 'in-progress' },
  },
  ServiceRequest: {
    made: { status: 'active', intent: 'order', code: concept('Pansement') },
    mark: { status: 'entered-in-error' },
    draft: { status: 'draft' },
  },
  DeviceRequest: {
    made: { status: 'active', intent: 'order', codeCodeableConcept: concept('Canne') },
    mark: { status: 'entered-in-error' },
    draft: { status: 'draft' },
  },
  CarePlan: {
    made: { status: 'active', intent: 'plan' },
    mark: { status: 'entered-in-error' },
    draft: { status: 'draft' },
  },
  Communication: {
    made: { status: 'completed', payload: [{ contentString: 'Mots' }] },
    mark: { status: 'entered-in-error' },
    draft: { status: 'preparation' },
  },
  Encounter: {
    made: { status: 'finished', class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' } },
    mark: { status: 'entered-in-error' },
    draft: { status: 'planned' },
  },
  RiskAssessment: { made: { status: 'final' }, mark: { status: 'entered-in-error' }, draft: { status: 'registered' } },
  DetectedIssue: { made: { status: 'final' }, mark: { status: 'entered-in-error' } },
  ImagingStudy: {
    made: { status: 'available' },
    mark: { status: 'entered-in-error' },
    draft: { status: 'registered' },
  },
  Media: {
    made: { status: 'completed', content: { contentType: 'text/plain', data: 'bW90cw==' } },
    mark: { status: 'entered-in-error' },
    draft: { status: 'preparation' },
  },
  NutritionOrder: {
    made: { status: 'active', intent: 'order', dateTime: day, oralDiet: { instruction: 'Sans sel' } },
    mark: { status: 'entered-in-error' },
    draft: { status: 'draft' },
  },
  VisionPrescription: {
    made: {
      status: 'active',
      created: day,
      dateWritten: day,
      prescriber: { display: 'Quelqu’un' },
      lensSpecification: [{ product: concept('Verre'), eye: 'right' }],
    },
    mark: { status: 'entered-in-error' },
    draft: { status: 'draft' },
  },
  DeviceUseStatement: {
    made: { status: 'active', device: { display: 'Canne' } },
    mark: { status: 'entered-in-error' },
  },
};
const ofPatient = new Set([
  'Consent',
  'AllergyIntolerance',
  'Immunization',
  'FamilyMemberHistory',
  'NutritionOrder',
  'VisionPrescription',
  'DetectedIssue',
]);

describe('an entry of a record is not deleted by FHIR', () => {
  let practice: TestPractice;
  let doctor: TestPerson;
  let program: Awaited<ReturnType<TestPractice['client']>>;
  let patient = '';
  before(async () => {
    practice = await newPractice('Maison de ce qui reste');
    doctor = await practice.person('physician');
    program = await practice.client('system/*.cruds');
    const made = await doctor.send('POST', '/api/patients', {
      birthFamily: 'Gardé',
      birthGivens: 'Yvonne',
      birthDate: '12/03/1948',
      sex: 'female',
    });
    patient = made.body.id;
  });
  const about = (type: string) => ({
    [ofPatient.has(type) ? 'patient' : 'subject']: { reference: `Patient/${patient}` },
  });
  const create = async (type: string, more: Json = {}): Promise<Json> => {
    const answer = await program('POST', `/fhir/R4/${type}`, {
      resourceType: type,
      ...about(type),
      ...entries[type]!.made,
      ...more,
    });
    assert.equal(answer.status, 201, `${type} ${answer.text}`);
    return answer.body;
  };
  const bundle = (type: string, method: string, url: string) => ({
    resourceType: 'Bundle',
    type,
    entry: [{ request: { method, url } }],
  });

  for (const [type, { made, mark, draft }] of Object.entries(entries))
    test(`DOS-16 SEC-11 ${type}: DELETE is refused to a person and to a program in every way, with what to do; doing it works; a draft goes`, async () => {
      const one = await create(type);
      const at = `/fhir/R4/${type}/${one.id}`;
      for (const [who, send] of [
        ['physician', doctor.send],
        ['program', program],
      ] as const) {
        const refused = await send('DELETE', at);
        assert.equal(refused.status, 409, `${who} ${refused.text}`);
        assert.equal(refused.body.issue[0].code, 'business-rule');
        assert.match(refused.body.issue[0].diagnostics, new RegExp(`${Object.keys(mark).at(-1)} “entered-in-error”`));
        assert.equal((await send('DELETE', `/fhir/R4/${type}?_id=${one.id}`)).status, 409, `${who} by a condition`);
        assert.equal(
          (await send('POST', '/fhir/R4', bundle('transaction', 'DELETE', `${type}/${one.id}`))).status,
          409,
          `${who} transaction`,
        );
        assert.match(
          (await send('POST', '/fhir/R4', bundle('batch', 'DELETE', `${type}/${one.id}`))).body.entry[0].response
            .status,
          /^409/,
          `${who} batch`,
        );
      }
      const same = await program('GET', at);
      assert.deepEqual([same.status, same.body.meta.versionId], [200, '1'], 'nothing was changed');
      assert.equal(
        (await program('DELETE', at, undefined, { 'if-match': 'W/"9"' })).status,
        412,
        'a version that was not seen is told first',
      );
      const done = await program('PUT', at, { ...same.body, ...mark }, { 'if-match': 'W/"1"' });
      assert.equal(done.status, 200, done.text);
      assert.match((await program('DELETE', at)).body.issue[0].diagnostics, /stays so/);
      for (const [who, send] of [
        ['physician', doctor.send],
        ['program', program],
      ] as const) {
        const back = await send('PUT', at, same.body);
        assert.equal(back.status, 409, `${who} brings it back: ${back.text}`);
        assert.match(back.text, /stays so/);
      }
      assert.equal((await program('GET', at)).body.meta.versionId, '2', 'it stays entered in error');
      assert.equal((await program('GET', `${at}/_history/1`)).status, 200);
      if (draft) {
        const begun = await create(type, { ...made, ...draft });
        assert.equal((await program('DELETE', `/fhir/R4/${type}/${begun.id}`)).status, 204, 'a draft');
        assert.equal((await program('GET', `/fhir/R4/${type}/${begun.id}`)).status, 410);
      }
    });

  test('DOS-16 the bytes of a document and a Provenance stay with what they belong to; a file that belongs to nobody goes', async () => {
    const paper = await create('DocumentReference');
    const bytes = (more: Json) =>
      program('POST', '/fhir/R4/Binary', {
        resourceType: 'Binary',
        contentType: 'text/plain',
        data: 'bW90cw==',
        ...more,
      });
    const [held, loose] = [
      (await bytes({ securityContext: { reference: `DocumentReference/${paper.id}` } })).body,
      (await bytes({})).body,
    ];
    assert.match((await program('DELETE', `/fhir/R4/Binary/${held.id}`)).text, /document that holds it/);
    assert.equal((await program('DELETE', `/fhir/R4/Binary/${loose.id}`)).status, 204);
    const said = await program('POST', '/fhir/R4/Provenance', {
      resourceType: 'Provenance',
      target: [{ reference: `DocumentReference/${paper.id}` }],
      recorded: '2026-03-02T10:00:00Z',
      agent: [{ who: { display: 'Quelqu’un' } }],
    });
    assert.equal(said.status, 201, said.text);
    assert.equal((await program('DELETE', `/fhir/R4/Provenance/${said.body.id}`)).status, 409);
  });

  test('SEC-4 who may not is told no more than before: unseen 404, read only 403, another practice 404', async () => {
    const measure = await create('Observation');
    const [colleague, stranger] = [await practice.person('nurse'), await (await newPractice()).person('physician')];
    for (const who of [colleague, stranger])
      assert.equal((await who.send('DELETE', `/fhir/R4/Observation/${measure.id}`)).status, 404);
    assert.equal(
      (await (await practice.client('system/Observation.rs'))('DELETE', `/fhir/R4/Observation/${measure.id}`)).status,
      403,
    );
    const physio = await practice.person('physiotherapist');
    assert.ok(
      (await doctor.send('POST', `/api/patients/${patient}/team`, { practitioner: physio.practitioner })).status < 300,
    );
    const treatment = await create('MedicationStatement');
    assert.equal((await physio.send('GET', `/fhir/R4/MedicationStatement/${treatment.id}`)).status, 200);
    assert.equal(
      (await physio.send('DELETE', `/fhir/R4/MedicationStatement/${treatment.id}`)).status,
      403,
      'reads, does not write',
    );
    assert.equal((await doctor.send('DELETE', '/fhir/R4/Observation/nobody')).status, 404);
  });

  test('DOS-16 the house still takes back: an undone draft, an undone take-over; other types keep their rule', async () => {
    const draft = await doctor.send('POST', `/api/patients/${patient}/notes`, {
      title: 'Vite',
      text: 'non',
      draft: true,
    });
    const { id } = draft.body.lines[0];
    const undone = await doctor.send('POST', `/api/patients/${patient}/undo`, {
      entries: [{ type: 'Composition', id, version: 1 }],
    });
    assert.equal(undone.body.undone[0].act, 'deleted', undone.text);
    for (const resource of [
      {
        resourceType: 'Appointment',
        status: 'booked',
        start: '2026-03-02T10:00:00Z',
        end: '2026-03-02T10:30:00Z',
        participant: [{ actor: { reference: `Patient/${patient}` }, status: 'accepted' }],
      },
      { resourceType: 'Task', status: 'requested', intent: 'order', for: { reference: `Patient/${patient}` } },
      { resourceType: 'Organization', name: 'Ailleurs' },
    ]) {
      const made = await program('POST', `/fhir/R4/${resource.resourceType}`, resource);
      assert.equal(
        (await program('DELETE', `/fhir/R4/${resource.resourceType}/${made.body.id}`)).status,
        204,
        resource.resourceType,
      );
    }
  });

  test('ECH-1 the CapabilityStatement says it of each type, and only of those', async () => {
    const { rest } = (await program('GET', '/fhir/R4/metadata')).body;
    for (const { type, documentation } of rest[0].resource) {
      const said = deletionDocumented(type);
      if (said) assert.ok(documentation.includes(said), type);
      assert.equal(
        said !== undefined,
        Object.hasOwn(entries, type) || ['AuditEvent', 'Binary', 'Provenance'].includes(type),
        type,
      );
    }
    assert.equal(deletionRefusal({ resourceType: 'constructor' as never }), null);
  });
});
