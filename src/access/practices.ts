import { randomInt } from 'node:crypto';
import { conflict, Problem, record, slugOf } from '../platform/index.ts';
import { actorOf, type SystemCaller } from './caller.ts';
import type { Practice as PracticeReply, SignInReply } from './contract.ts';
import { forgetRights, rightsOf } from './decide.ts';
import type { Ctx } from './guard.ts';
import type { House } from './house.ts';
import { type KindOfData, kindCodes } from './kinds-of-data.ts';
import { createUser } from './people.ts';
import {
  changedSitesOf,
  countPractices,
  holdPractice,
  insertPractice,
  type Practice,
  type PracticeSettings,
  practiceOf,
  settingsOf,
  type TenantKind,
  updatePractice,
} from './practices.store.ts';
import { type Profession, professionCodes } from './professions.ts';
import { removeRightChange, saveRightChange } from './rights.store.ts';
import { changeRefused, type Right, readyMadeRights } from './rights-table.ts';
import { addressSubject } from './sign-in/brute-force.ts';
import { checkPassword } from './sign-in/passwords.ts';
import { admit } from './sign-in/sign-in.ts';
import { forgetTickets, issueTicket, takeTicket } from './sign-in/tickets.store.ts';

/** Creates a practice; its id is drawn from its name (`msp-des-dunes`, `msp-des-dunes-2`). */
export async function createPractice(house: House, name: string, kind: TenantKind = {}): Promise<Practice> {
  const base = slugOf(name, 40) || 'structure';
  for (let n = 1; ; n++) {
    const row = await house.db.owner('a new practice', (sql) =>
      insertPractice(sql, n === 1 ? base : `${base}-${n}`, name, kind),
    );
    if (!row) continue;
    const practice = { tenant: row.tenant, id: row.id, name: row.name };
    await house.db.transaction(row.tenant, async (sql) => {
      await house.hooks.onPractice?.(sql, row.tenant, { id: row.id, name: row.name });
      if (kind.kind === 'region') await house.hooks.onRegion?.(sql, row.tenant, { id: row.id, name: row.name });
      await record(sql, row.tenant, [
        { actor: 'System', action: 'create', target: `Practice/${row.id}`, details: { name, ...kind } },
      ]);
    });
    return practice;
  }
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
/** Makes the one-time set-up code when there is nothing yet and no demo (SEC-2); undefined otherwise. An earlier code stops working. */
export async function newSetupCode(house: House): Promise<string | undefined> {
  if (house.config.demo || (await house.db.owner('is there a practice yet', countPractices)) > 0) return undefined;
  const code = Array.from(
    { length: 16 },
    (_, at) => (at > 0 && at % 4 === 0 ? '-' : '') + letters[randomInt(letters.length)],
  ).join('');
  await house.db.transaction(0, async (sql) => {
    await forgetTickets(sql, 0, 'setup', 'setup');
    await issueTicket(sql, 0, {
      purpose: 'setup',
      subject: 'setup',
      data: {},
      token: code,
      expires: new Date(house.clock().getTime() + 7 * 86_400_000),
    });
  });
  return code;
}

export async function setUp(
  house: House,
  body: { code: string; practice: string; owner: { login: string; family: string; given: string; password: string } },
  ctx: Ctx,
): Promise<SignInReply> {
  const closed = () =>
    new Problem(
      409,
      'Déjà installée',
      'Cette installation a déjà une structure. Connectez-vous, ou demandez une invitation à son responsable.',
    );
  if (house.config.demo) throw closed();
  await house.slow.attempt([addressSubject(ctx.address)]);
  if ((await house.db.owner('is there a practice yet', countPractices)) > 0) throw closed();
  checkPassword(body.owner.password, body.owner.login);
  const good = await house.db.tenant(0, (sql) =>
    takeTicket(sql, 0, 'setup', body.code.trim().toUpperCase(), house.clock()),
  );
  if (!good)
    throw new Problem(
      403,
      'Code d’installation refusé',
      'Ce code ne convient pas. Il est affiché sur la console du serveur à son démarrage ; redémarrez-le pour en obtenir un nouveau.',
      { fields: { code: 'ne convient pas' } },
    );
  await house.slow.succeeded([addressSubject(ctx.address)]);
  const practice = await createPractice(house, body.practice);
  const by: SystemCaller = { kind: 'system', tenant: practice.tenant, reason: 'installation' };
  const account = await createUser(
    house,
    practice.tenant,
    { ...body.owner, profession: 'administrator', roles: ['owner'], kind: 'privileged' },
    by,
  );
  return admit(house, ctx.request, ctx.reply, [account], 'password', false);
}

export async function practice(house: House, { caller }: Ctx): Promise<PracticeReply> {
  return house.db.tenant(caller.tenant, async (sql) => {
    const { id, name, settings } = await practiceOf(sql, caller.tenant);
    return {
      id,
      name,
      version: settings.version ?? 0,
      changed: settings.changed ?? null,
      settings: settingsOf(settings),
      sites: await changedSitesOf(sql, caller.tenant),
    };
  });
}

/** Errors: 409 with the practice as it stands, when it is not the one that was on the screen. */
export async function changePractice(
  house: House,
  change: { version?: number; name?: string; settings?: Partial<PracticeSettings> },
  ctx: Ctx,
): Promise<PracticeReply> {
  const { caller } = ctx;
  const done = await house.db.transaction(caller.tenant, async (sql) => {
    const before = await holdPractice(sql, caller.tenant);
    const version = before.settings.version ?? 0;
    if (change.version !== undefined && change.version !== version) return false;
    const name = change.name ?? before.name;
    const settings = {
      ...settingsOf(before.settings),
      ...Object.fromEntries(Object.entries(change.settings ?? {}).filter(([, value]) => value !== undefined)),
    };
    const actor = actorOf(caller);
    await updatePractice(sql, caller.tenant, name, {
      ...settings,
      version: version + 1,
      changed: { who: actor.actorName ?? '', at: house.clock().toISOString() },
    });
    if (name !== before.name) await house.hooks.onPractice?.(sql, caller.tenant, { id: before.id, name });
    await record(sql, caller.tenant, [
      {
        ...actor,
        action: 'update',
        target: `Practice/${before.id}`,
        details: { before: { name: before.name, settings: settingsOf(before.settings) }, after: { name, settings } },
      },
    ]);
    return true;
  });
  const now = await practice(house, ctx);
  if (!done)
    throw conflict(
      `${now.changed?.who || 'Quelqu’un d’autre'} a changé ces réglages depuis que vous les avez ouverts. Rien n’a été modifié : comparez les deux, puis enregistrez de nouveau.`,
      { code: 'edited-meanwhile', theirs: now },
    );
  house.sessions.forget();
  return now;
}

export async function rightsTable(house: House, { caller }: Ctx) {
  const lines = [];
  for (const profession of professionCodes) {
    const rights = await rightsOf(house.db, caller.tenant, profession);
    for (const kind of kindCodes)
      lines.push({ profession, kind, ...rights[kind], readyMade: readyMadeRights[profession][kind] });
  }
  return lines;
}

/** Changes one line of the table; a line put back to the ready-made one is forgotten. Traced (SEC-3). */
export async function changeRight(
  house: House,
  { profession, kind }: { profession: Profession; kind: KindOfData },
  right: Right,
  { caller }: Ctx,
): Promise<void> {
  const refusal = changeRefused(profession, kind, right);
  if (refusal) throw new Problem(422, 'Droit impossible', refusal);
  await house.db.transaction(caller.tenant, async (sql) => {
    const before = (await rightsOf(sql, caller.tenant, profession))[kind];
    const readyMade = readyMadeRights[profession][kind];
    if (readyMade.reach === right.reach && readyMade.write === right.write)
      await removeRightChange(sql, caller.tenant, profession, kind);
    else await saveRightChange(sql, caller.tenant, { profession, kind, ...right });
    await record(sql, caller.tenant, [
      { ...actorOf(caller), action: 'rights', target: `${profession}/${kind}`, details: { before, after: right } },
    ]);
  });
  forgetRights(house.db, caller.tenant);
}
