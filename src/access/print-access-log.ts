import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { record, renderPdf } from '../platform/index.ts';
import { type AccessLine, accessLog } from './access-log.ts';
import { actorOf } from './caller.ts';
import { frenchMoment } from './french-moment.ts';
import type { Ctx } from './guard.ts';
import type { House } from './house.ts';
import { practiceOf, sitesOf } from './practices.store.ts';

const template = readFileSync(join(import.meta.dirname, 'access-log.typ'), 'utf8');
/** Accesses on one paper: some years of a busy record. */
const most = 5_000;

const day = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'short', timeZone: 'Europe/Paris' });
const hour = new Intl.DateTimeFormat('fr-FR', { timeStyle: 'short', timeZone: 'Europe/Paris' });

const sayDone = ({ what, target, emergency }: AccessLine): string => {
  const done = `${what} ${target}`.trim();
  return emergency && !what.includes('en urgence') ? `${done}, en urgence` : done;
};
/** One line a day and person, newest first: from when to when, what was done, why. */
function byDay(lines: readonly AccessLine[]): { when: string; who: string; role: string; what: string }[] {
  const groups = new Map<string, AccessLine[]>();
  for (const one of lines) {
    const key = [day.format(new Date(one.at)), one.who, one.role].join('|');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => {
    const [last, first] = [new Date(group[0]!.at), new Date(group.at(-1)!.at)];
    const [from, to] = [hour.format(first), hour.format(last)];
    const done = [...new Set(group.map(sayDone))];
    const reasons = [...new Set(group.flatMap(({ reason }) => reason ?? []))];
    return {
      when: `${day.format(last)}\n${from === to ? to : `${from} à ${to}`}`,
      who: group[0]!.who,
      role: group[0]!.role,
      what: [done.join(' ; '), ...reasons.map((reason) => `Motif : ${reason}`)].join('\n'),
    };
  });
}

/** The access log on paper, to be handed to the patient, whose right it is to read it (SEC-8). Printing it is in it. */
export async function printAccessLog(house: House, patient: string, { caller, reply }: Ctx): Promise<undefined> {
  const now = house.clock();
  const data = await house.db.transaction(caller.tenant, async (sql) => {
    const lines: AccessLine[] = [];
    let before: number | undefined;
    do {
      const page = await accessLog(house, sql, caller, patient, {
        count: 200,
        ...(before !== undefined && { before }),
      });
      lines.push(...page.lines);
      before = page.next ?? undefined;
    } while (before !== undefined && lines.length < most);
    await record(sql, caller.tenant, [
      { ...actorOf(caller), action: 'print', target: 'AccessLog', patients: [patient] },
    ]);
    const [practice, [site]] = [await practiceOf(sql, caller.tenant), await sitesOf(sql, caller.tenant)];
    const name = (await house.hooks.describePatients?.(sql, caller.tenant, [patient]))?.get(patient)?.name ?? '';
    const since =
      before === undefined
        ? 'depuis l’ouverture du dossier'
        : `les ${lines.length} derniers accès, du ${day.format(new Date(lines.at(-1)!.at))} à ce jour`;
    return {
      title: `Qui a consulté le dossier de ${name}`,
      practice: practice.name,
      details: site?.address ? [site.address] : [],
      right: [day.format(now), 'Confidentiel'],
      foot: `Imprimé par ${caller.name} le ${frenchMoment(now)}, pour être remis au patient.`,
      intro: `Personnes et logiciels qui ont ouvert ou modifié ce dossier, ${since}, du plus récent au plus ancien. Vous pouvez demander des explications au médecin référent.`,
      lines: byDay(lines),
    };
  });
  await reply
    .header('Content-Type', 'application/pdf')
    .header('Content-Disposition', 'inline; filename="acces-au-dossier.pdf"')
    .header('X-Content-Type-Options', 'nosniff')
    .header('Cache-Control', 'private, no-store')
    .send(renderPdf(template, data, now));
  return undefined;
}
