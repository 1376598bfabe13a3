/**
 * Who may call what: every route of the programme by every actor, against a table that is read and committed (matrix.json). A route without a line fails, and so does an answer that changed.
 * `ESTRAN_MATRIX=write` writes the table anew: read each changed line before it is committed.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { z } from 'zod';
import { anyone, type Send, testHouse, type TestPerson } from '../../test/app.ts';
import type { Entry } from '../platform/index.ts';
import { programmeContract } from './contract.ts';
import { inDays, openedProject, publish, submitted } from './programme.fixture.ts';

const file = join(import.meta.dirname, 'matrix.json');
type Shape = {
  type?: string;
  anyOf?: Shape[];
  oneOf?: Shape[];
  allOf?: Shape[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Shape>;
  required?: string[];
  items?: Shape;
  minItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  minimum?: number;
  exclusiveMinimum?: number;
  additionalProperties?: Shape | boolean;
  default?: unknown;
};
const samples = [
  'Un motif assez long.',
  '2026-03-02',
  '2026-03',
  '2026-03-02T10:00',
  '2026-03-02T10:00:00',
  '2026-03-02T10:00:00Z',
  '10:00',
  '29105',
  'appel-x',
  'x1',
  'x',
  'a@b.example',
  'team.territory',
  '#000000',
  '75056',
  'physician',
  '1',
  'AAAA',
  'synthesis.x',
  `1.${'x'.repeat(30)}`,
  '2026-03',
];
/** Something that the wire takes. Where a version on screen is asked for, one that is not there: who may is told 409 and nothing changes. */
function sample(shape: Shape, name = ''): unknown {
  if ('const' in shape) return shape.const;
  if (shape.enum) return shape.enum[0];
  const one = shape.anyOf ?? shape.oneOf;
  if (one) return sample(one[0]!, name);
  if (shape.allOf) return Object.assign({}, ...shape.allOf.map((part) => sample(part, name)));
  switch (shape.type) {
    case 'object':
      return Object.fromEntries((shape.required ?? []).map((key) => [key, sample(shape.properties?.[key] ?? {}, key)]));
    case 'array':
      return Array.from({ length: shape.minItems ?? 0 }, () => sample(shape.items ?? {}));
    case 'integer':
    case 'number':
      return name === 'seen' || name === 'version'
        ? 9999
        : Math.max(shape.minimum ?? 1, shape.exclusiveMinimum === undefined ? 1 : shape.exclusiveMinimum + 1);
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'string': {
      if (shape.format === 'email') return 'a@b.example';
      if (name === 'profession') return 'nurse';
      const fits = samples.find(
        (words) =>
          (!shape.pattern || new RegExp(shape.pattern, 'u').test(words)) &&
          words.length >= (shape.minLength ?? 0) &&
          words.length <= (shape.maxLength ?? 1e9),
      );
      return fits ?? 'x'.repeat(shape.minLength ?? 1);
    }
    default:
      return null;
  }
}
const shapeOf = (schema: z.ZodType): Shape => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;

/** What a route makes, by the name that the routes after it know it by. */
const made: Record<string, string> = {
  askHelp: 'request',
  openAssessment: 'assessment',
  addImprovement: 'improvement',
  sayDemand: 'voice',
  gatherDemands: 'demand',
  addRequirement: 'requirement',
  addEquipment: 'equipment',
  addPlanItem: 'item',
  addSession: 'session',
  addMinutes: 'sheet',
  addMeetingAction: 'action',
  logMeeting: 'meeting',
  addPoll: 'poll',
  addSolution: 'solution',
  planDemonstration: 'demonstration',
  addVisit: 'visit',
  addProjectMember: 'member',
  logTime: 'entry',
  addRemark: 'remark',
  addAction: 'action',
  issueSpecification: 'paper',
};
interface World {
  actors: Record<string, Send>;
  params: Record<string, string>;
  /** Bodies that a shape does not tell. */
  bodies: Record<string, (params: Record<string, string>) => unknown>;
  /** As it was before the last call: who may has really done what was asked. */
  restore(): Promise<void>;
}
/** A project with its team, and beside each kind of actor another one without a part in it. */
async function world(): Promise<World> {
  const one = await openedProject();
  const { region, project, call } = one;
  const { db, outbox } = await testHouse();
  const [other, asked, shared] = [
    one.strangers.consultant,
    await region.person('vendor'),
    await region.person('partner'),
  ];
  await publish(region, 'ouvert', { places: 3 });
  await publish(region, 'essai', { places: 3, deadline: inDays(-1) });
  const put = (who: TestPerson, sees: string[]) =>
    one.officer.send('PUT', `/api/programme/projects/${project}/parties/${who.practitioner}`, { sees });
  await put(asked, []);
  await put(shared, ['steps', 'needs', 'maturity', 'papers']);
  const track = (await one.team.coordinator.send('POST', '/api/programme/tracks', { kind: 'msp' })).body.id as string;
  await submitted(region, 'ouvert', {}, 'Équipe voisine');
  const letter = (await one.officer.send('GET', `/api/programme/editions/${call}/letters`)).body.letters[0]
    .id as string;
  const job = (await one.officer.send('POST', `/api/programme/editions/${call}/jobs`, { kind: 'letters' })).body
    .id as string;
  const edition = (await one.officer.send('GET', `/api/programme/editions/${call}`)).body.edition as unknown;
  const day = (days: number) => inDays(days).slice(0, 10);
  const poll = () => ({
    title: 'Réunion de lancement',
    deadline: day(20),
    slots: [{ starts: `${day(30)}T10:00`, minutes: 60 }],
  });
  const people = {
    officer: one.officer,
    commission: one.strangers.reviewer,
    gcs: one.gcs,
    consultant: one.consultant,
    'other-consultant': other,
    'asked-vendor': asked,
    vendor: one.strangers.vendor,
    'shared-partner': shared,
    partner: one.strangers.partner,
    keeper: await region.person('administrator'),
    manager: one.team.coordinator,
    member: one.nurse,
    neighbour: one.strangers.neighbour,
    foreign: one.foreign,
  };
  return {
    actors: { ...Object.fromEntries(Object.entries(people).map(([name, { send }]) => [name, send])), nobody: anyone },
    params: {
      id: 'sip-2024',
      edition: call,
      application: one.team.application,
      field: 'team.territory',
      document: 'x1',
      number: '1',
      criterion: 'project',
      letter,
      region: region.id,
      project,
      practitioner: shared.practitioner,
      step: 'selection',
      track,
      practice: one.team.practice.id,
      job,
      month: '2026-03',
      profession: 'nurse',
      subject: 'professions',
      version: '1',
      phase: 'individual',
      clause: 'x1',
    },
    bodies: {
      beginCall: () => ({ from: call, year: 2031, title: 'Appel recopié' }),
      saveCallDraft: () => ({ seen: 9999, edition }),
      checkCall: () => ({ edition }),
      openApplication: () => ({ edition: 'ouvert' }),
      addPoll: poll,
      changePoll: () => ({ ...poll(), seen: 9999 }),
      logTime: ({ member }) => ({ member: member ?? 'x1', day: day(-1), minutes: 60, what: 'Réunion' }),
    },
    restore: async () => {
      // Nothing is half sent nor half done while someone asks.
      await outbox.drained();
      await db.transaction(region.tenant, async (sql) => {
        await sql.query(
          `update programme.project set state = 'open', reason = '', ended_on = null where tenant_id = $1`,
          [region.tenant],
        );
        await sql.query(
          `update programme.project_party set removed_at = null, sees = case when practitioner = $2 then '{steps,needs,maturity,papers}'::text[] else '{}' end where tenant_id = $1`,
          [region.tenant, shared.practitioner],
        );
        await sql.query(`update programme.track set state = 'meeting', reason = '' where tenant_id = $1 and id = $2`, [
          region.tenant,
          track,
        ]);
        await sql.query(`update programme.application set state = 'submitted' where tenant_id = $1 and edition = $2`, [
          region.tenant,
          call,
        ]);
      });
    },
  };
}
/** «200», «403», «404 Ce projet»: what is not found says how far one came. */
const saidBy = ({ status, body }: { status: number; body: { detail?: string } | undefined }): string =>
  status === 404 ? `404 ${(body?.detail ?? '').replace(/ n’.*$/, '').slice(0, 40)}` : String(status);

describe('who may call what', () => {
  const seen: Record<string, string> = {};
  before(async () => {
    const { actors, params, bodies, restore } = await world();
    const routes = Object.entries(programmeContract) as [string, Entry][];
    let calls = 0;
    // What makes something comes first, so that those that read it find it.
    for (const [name, entry] of [
      ...routes.filter(([name]) => name in made),
      ...routes.filter(([name]) => !(name in made)),
    ]) {
      const shapes = entry.params ? shapeOf(entry.params).properties : undefined;
      const path = entry.path.replace(/:(\w+)/g, (_, param: string) =>
        encodeURIComponent(String(params[param] ?? sample(shapes?.[param] ?? {}, param))),
      );
      const query = entry.query
        ? new URLSearchParams(Object.entries(sample(shapeOf(entry.query)) as Record<string, string>)).toString()
        : '';
      const body = bodies[name] ? bodies[name](params) : entry.body ? sample(shapeOf(entry.body)) : undefined;
      const answers = new Map<string, string[]>();
      for (const [actor, send] of Object.entries(actors).toReversed()) {
        await restore();
        const answer = await send(
          entry.method,
          query ? `${path}?${query}` : path,
          entry.method === 'GET' || entry.method === 'DELETE' ? undefined : body,
          { remoteAddress: `198.51.${(++calls >> 8) % 256}.${calls % 256}` },
        );
        if (made[name] && answer.status === 200)
          params[made[name]] = String(answer.body?.id ?? answer.body?.paper ?? 'x1');
        const said = saidBy(answer);
        answers.set(said, [actor, ...(answers.get(said) ?? [])]);
      }
      seen[name] = [...answers]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([said, who]) => `${said}: ${who.join(' ')}`)
        .join(' · ');
    }
    if (process.env.ESTRAN_MATRIX === 'write')
      writeFileSync(
        file,
        `${JSON.stringify(Object.fromEntries(routes.map(([name]) => [name, seen[name]])), null, 1)}\n`,
      );
  });
  const told = () => JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;

  test('ACT-1 ACT-2 ACT-3 ACT-4 ACT-5 ACT-6 every route of the programme has its line, and each actor the answer that it says', () => {
    const table = told();
    assert.deepEqual(
      Object.keys(seen).filter((name) => !(name in table)),
      [],
      'routes without a line',
    );
    assert.deepEqual(
      Object.keys(table).filter((name) => !(name in seen)),
      [],
      'lines without a route',
    );
    assert.deepEqual(
      Object.entries(seen)
        .filter(([name, said]) => table[name] !== said)
        .map(([name, said]) => `${name}\n  was ${table[name]}\n  is  ${said}`),
      [],
    );
  });
  test('SEC-7 SEC-8 nobody enters without a session but where it is open to all; no call of anybody ends in a failure of the server', () => {
    const open = Object.entries(programmeContract)
      .filter(([, { may }]) => may === 'public')
      .map(([name]) => name);
    assert.deepEqual(
      Object.keys(seen)
        .filter((name) => !/401: .*nobody/.test(seen[name]!))
        .sort(),
      open.sort(),
    );
    assert.deepEqual(
      Object.entries(seen).filter(([, said]) => /(^| )5\d\d:/.test(said)),
      [],
    );
  });
});
