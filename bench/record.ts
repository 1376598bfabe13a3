/**
 * `npm run bench -- --record`: opening a record, from the click on its line to the summary drawn in a real browser, and the server's share of it: of an ordinary patient and of one of 700 encounters and
 * 10,000 resources. One person, the load process apart, the screens as they are built.
 */
import { createWriteStream, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as driver, type Page } from 'playwright-core';
import type { Outcome, Task } from './driver.ts';
import { benchResources, LONGEST_RECORD } from './generate.ts';
import { type Measured, startProduct } from './product.ts';
import { loadNow, ownSection } from './own-section.ts';

type Fetch = (
  product: Measured,
  path: string,
  headers: Record<string, string>,
  body?: string,
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
) => Promise<{ status: number; headers: Headers; body: any }>;
const [from, to] = ['<!-- record: begin -->', '<!-- record: end -->'];
const long = { id: 'bench-000000', resources: 10_000 };
/** Milliseconds at the 95th centile: of the server, of the click. */
const target = { server: 60, click: 300 };
const at = (times: number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))]!;

/** Two hundred patients, the first of them long; the physician of the demo is in the team of those that are opened. */
async function fill(
  product: Measured,
  fetchJson: Fetch,
): Promise<{ headers: Record<string, string>; cookie: string; ordinary: string[] }> {
  const file = join(tmpdir(), `estran-bench-record-${process.pid}.ndjson`);
  const out = createWriteStream(file);
  for (const batch of benchResources({
    patients: 200,
    resourcesPerPatient: 100,
    longest: long.resources - LONGEST_RECORD,
  }))
    for (const one of batch) out.write(`${JSON.stringify(one)}\n`);
  await new Promise<void>((resolve) => out.end(() => resolve()));
  try {
    const practice = (
      JSON.parse(product.command(['practice', 'list', '--json']).out) as { id: string; name: string }[]
    ).find(({ name }) => name.includes('Abers'))!.id;
    const report = JSON.parse(
      (await product.commandLater(['import', file, '--practice', practice, '--json'])) || '{}',
    ) as { created?: number };
    if ((report.created ?? 0) < long.resources) throw new Error(`the import took in ${report.created}`);
    if (product.engine === 'postgres') await product.sql('vacuum (analyze)');
    const client = JSON.parse(
      product.command(['client', 'create', '--practice', practice, '--scope', 'system/*.cruds', '--json']).out,
    ) as { client_id: string; client_secret: string };
    const token = await fetchJson(
      product,
      '/oauth2/token',
      {
        authorization: `Basic ${btoa(`${client.client_id}:${client.client_secret}`)}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      'grant_type=client_credentials',
    );
    const api = { authorization: `Bearer ${token.body.access_token}`, 'content-type': 'application/fhir+json' };
    const ordinary = Array.from({ length: 40 }, (_, n) => `bench-${String(n + 1).padStart(6, '0')}`);
    for (const patient of [long.id, ...ordinary]) {
      const made = await fetchJson(
        product,
        '/fhir/R4/CareTeam',
        api,
        JSON.stringify({
          resourceType: 'CareTeam',
          status: 'active',
          subject: { reference: `Patient/${patient}` },
          participant: [{ member: { reference: 'Practitioner/pro-anne-kermarrec' } }],
        }),
      );
      if (made.status !== 201) throw new Error(`no care team: ${JSON.stringify(made.body)}`);
    }
    const origin = `http://127.0.0.1:${product.port}`;
    const accounts = (await fetchJson(product, '/api/demo-accounts', {})).body as { account: string; login: string }[];
    const signed = await fetchJson(
      product,
      '/api/sign-in/demo',
      { origin, 'content-type': 'application/json' },
      JSON.stringify({ account: accounts.find(({ login }) => login === 'anne.kermarrec')!.account }),
    );
    const cookie = String(signed.headers.get('set-cookie') ?? '').split(';')[0]!;
    const held = (await fetchJson(product, `/fhir/R4/Encounter?patient=${long.id}&_summary=count`, api)).body
      .total as number;
    if (held < LONGEST_RECORD) throw new Error(`the long record has ${held} encounters`);
    return { headers: { cookie, origin }, cookie, ordinary };
  } finally {
    rmSync(file, { force: true });
  }
}

/** By the address of the record: people share names, and those seen lately come first. */
const lineOf = (page: Page, patient: string) =>
  page.locator('tbody tr', { has: page.locator(`a[href^="/patients/${patient}"]`) });
/** From the click on the line of a patient to the frame in which problems, treatments, measures and history are drawn. */
async function click(page: Page, patient: string): Promise<number> {
  await page.evaluate((path) => {
    const shown = () =>
      location.pathname === path &&
      ['Problèmes', 'Traitements', 'Dernières mesures'].every((name) =>
        document.querySelector(`section[aria-label="${name}"]`),
      ) &&
      [...document.querySelectorAll('h2')].some((one) => one.textContent?.startsWith('Historique'));
    (window as unknown as { took: Promise<number> }).took = new Promise((resolve) => {
      const began = (): void => {
        const from = performance.now();
        const look = (): void =>
          void requestAnimationFrame(() => (shown() ? setTimeout(() => resolve(performance.now() - from)) : look()));
        look();
      };
      addEventListener('click', began, { capture: true, once: true });
    });
  }, `/patients/${patient}`);
  await lineOf(page, patient).click();
  return page.evaluate(() => (window as unknown as { took: Promise<number> }).took);
}
/** What finds each of these patients. */
async function found(
  product: Measured,
  fetchJson: Fetch,
  headers: Record<string, string>,
  ids: readonly string[],
): Promise<{ id: string; q: string }[]> {
  const all: { id: string; q: string }[] = [];
  for (const id of ids) {
    const q = (await fetchJson(product, `/api/patients/${id}/record`, headers)).body.header.patient.name as string;
    const hits = (await fetchJson(product, `/api/patients?q=${encodeURIComponent(q)}`, headers)).body.patients as {
      id: string;
    }[];
    if (hits.some((hit) => hit.id === id)) all.push({ id, q });
  }
  return all;
}

export async function record(
  engines: readonly ('pglite' | 'postgres')[],
  drive: (task: Task) => Promise<Outcome>,
  fetchJson: Fetch,
  say: (text: string) => void,
  write: boolean,
): Promise<string> {
  const before = loadNow();
  const parts: string[] = [];
  for (const engine of engines) {
    say(
      `${engine}: a practice of 200 patients, one of them with ${LONGEST_RECORD} encounters and ${long.resources.toLocaleString('en')} resources`,
    );
    const product = await startProduct(engine);
    const browser = await driver.launch({
      executablePath: await chromium.executablePath(),
      args: ['--no-sandbox', '--disable-gpu'],
    });
    try {
      const { headers, cookie, ordinary } = await fill(product, fetchJson);
      const lines: string[] = [];
      const shots: [string, string[]][] = [
        ['page of an ordinary record', ordinary.map((id) => `/api/patients/${id}/record`)],
        ['page of the long record', [`/api/patients/${long.id}/record`]],
        ['history of the long record, first lines', [`/api/patients/${long.id}/timeline`]],
        ['words looked for in the long record', [`/api/patients/${long.id}/timeline?q=douleur`]],
      ];
      for (const [name, paths] of shots) {
        const task = (seconds: number): Task => ({
          port: product.port,
          clients: 1,
          seconds,
          headers,
          shots: paths.map((path) => ({ method: 'GET', path })),
        });
        await drive(task(1));
        const first = product.usage();
        const outcome = await drive(task(write ? 8 : 2));
        const last = product.usage();
        if (outcome.failed) throw new Error(`${name}: ${outcome.firstFailure}`);
        lines.push(
          `| server: ${name} | ${outcome.done} | ${outcome.p50.toFixed(1)} | ${outcome.p95.toFixed(1)} | ${(((last.server - first.server) * 1000) / outcome.done).toFixed(1)} + ${(((last.database - first.database) * 1000) / outcome.done).toFixed(1)} | ${target.server} ${outcome.p95 <= target.server ? 'met' : 'NOT met'} |`,
        );
      }
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        locale: 'fr-FR',
        reducedMotion: 'reduce',
        baseURL: `http://127.0.0.1:${product.port}`,
      });
      const [name, value] = cookie.split('=') as [string, string];
      await context.addCookies([{ name, value, domain: '127.0.0.1', path: '/' }]);
      const asked = await found(product, fetchJson, headers, [...ordinary, long.id]);
      const longest = asked.find(({ id }) => id === long.id);
      const others = asked.filter(({ id }) => id !== long.id);
      if (!longest || others.length < 20) throw new Error('the records are not found');
      const times: Record<'first' | 'next' | 'long', number[]> = { first: [], next: [], long: [] };
      // Each run in a tab of its own: its first record brings the code of the page; the two that follow bring their data only.
      for (let run = 0; run < (write ? 22 : 5); run++) {
        const page = await context.newPage();
        await page.goto('/patients');
        const [first, next] = [others[run % others.length]!, others[(run + 17) % others.length]!];
        for (const [kind, one] of [
          ['first', first],
          ['next', next],
          ['long', longest],
        ] as const) {
          if (kind !== 'first')
            await page
              .getByRole('navigation', { name: 'Navigation principale' })
              .getByRole('link', { name: 'Patients' })
              .click();
          await page.getByRole('textbox', { name: 'Chercher un patient' }).fill(one.q);
          await page.waitForURL((url) => url.searchParams.get('q') === one.q);
          await lineOf(page, one.id).waitFor();
          const took = await click(page, one.id);
          if (run > 1) times[kind].push(took);
        }
        await page.close();
      }
      const said = {
        first: 'an ordinary record, the first of the tab: code and data',
        next: 'an ordinary record that follows',
        long: 'the long record, after others',
      } as const;
      for (const [kind, took] of Object.entries(times))
        lines.push(
          `| browser: from the click on its line to the summary of ${said[kind as keyof typeof said]} | ${took.length} | ${at(took, 0.5).toFixed(0)} | ${at(took, 0.95).toFixed(0)} | | ${target.click} ${at(took, 0.95) <= target.click ? 'met' : 'NOT met'} |`,
        );
      parts.push(
        `### ${engine === 'postgres' ? 'PostgreSQL' : 'Embedded'}`,
        '',
        '| act | runs | p50 ms | p95 ms | CPU ms server + database | target p95 |',
        '| --- | --: | --: | --: | --: | --- |',
        ...lines,
        '',
      );
    } finally {
      await browser.close();
      product.stop();
    }
  }
  return ownSection(
    { before, loadsAll: true, parts },
    { from, to },
    `## Opening a record\n\n\`npm run bench -- --record\` opens records in a real browser, from the click to the summary drawn, on the same two cores as the server and its database.`,
    write,
  );
}
