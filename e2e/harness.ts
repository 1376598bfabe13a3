/**
 * Scenarios in a real browser on the real product. One server with the demo region and one browser serve the whole run; each scenario has
 * browsers of its own and fails on any error of the page, of its console, of its policy, or of the server.
 * ESTRAN_E2E_URL: use a server in demo mode that is already running (while writing scenarios).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import chromium from '@sparticuz/chromium';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium as driver,
  type Page,
} from 'playwright-core';
import { root, type Server, startServer } from './server.ts';
import { readAnySpace } from './spaces.ts';

export { root, type Server, startServer } from './server.ts';
export type { Page } from 'playwright-core';

export const results = join(root, 'test-results');
/** How long a page may take to show something; machines of CI are slow. */
const patience = 20_000;

let demoServer: Promise<Server> | undefined;
/** The demo region, the same for all scenarios of the run. */
export function demo(): Promise<Server> {
  const url = process.env.ESTRAN_E2E_URL;
  demoServer ??= url
    ? Promise.resolve({
        url,
        output: () => '',
        says: () => Promise.reject(new Error('not ours')),
        stop: async () => undefined,
      })
    : startServer({ ESTRAN_DEMO: '1', ESTRAN_DEMO_PATIENTS: '40,30' });
  return demoServer;
}
let wanted = false;
/** The demo region takes a minute to begin: none of the first scenario's time. */
const demoBeforeAll = () => {
  if (!wanted) before(() => demo().then(() => undefined));
  wanted = true;
};
let theBrowser: Promise<Browser> | undefined;
const browser = (): Promise<Browser> => {
  theBrowser ??= chromium.executablePath().then((executablePath) =>
    driver.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    }),
  );
  return theBrowser;
};
after(async () => {
  await (await theBrowser)?.close();
  await (await demoServer)?.stop();
});

export const desk = { width: 1440, height: 900 };
export const telephone = { width: 390, height: 844 };

/** A person's calls to the wire, without a page: to prepare what a scenario is not about. */
export interface Hand {
  practitioner: string;
  cookie: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  send(method: string, path: string, body?: unknown): Promise<any>;
}
export interface Stage {
  url: string;
  /** A new browser without a session. */
  nobody(options?: BrowserContextOptions): Promise<Page>;
  /** A new browser in which this demo account is signed in (`soizic.abgrall`), on `path`. */
  as(login: string, path?: string, options?: BrowserContextOptions): Promise<Page>;
  hand(login: string): Promise<Hand>;
  /** Errors that this scenario provokes on purpose. */
  expect(fault: RegExp): void;
}

async function accounts(url: string): Promise<{ account: string; login: string; name: string }[]> {
  return (await fetch(`${url}/api/demo-accounts`)).json() as never;
}
const accountsOf = new Map<string, ReturnType<typeof accounts>>();
/** The demo account of this login. */
export async function account(url: string, login: string) {
  if (!accountsOf.has(url)) accountsOf.set(url, accounts(url));
  const found = (await accountsOf.get(url))?.find((one) => one.login === login);
  if (!found) throw new Error(`no demo account ${login}`);
  return found;
}

const hands = new Map<string, Promise<Hand>>();
/** A hand serves the whole run: one that has rested for as long as a screen may be left alone is locked. */
const isOpen = ({ send }: Hand): Promise<boolean> =>
  send('GET', '/api/me').then(
    () => true,
    () => false,
  );
export async function hand(url: string, login: string): Promise<Hand> {
  const open = async (): Promise<Hand> => {
    const signed = await fetch(`${url}/api/sign-in/demo`, {
      method: 'POST',
      headers: { origin: url, 'content-type': 'application/json' },
      body: JSON.stringify({ account: (await account(url, login)).account }),
    });
    const cookie = (signed.headers.get('set-cookie') ?? '').split(';')[0]!;
    const send: Hand['send'] = async (method, path, body) => {
      const answer = await fetch(url + path, {
        method,
        headers: { origin: url, cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok)
        throw Object.assign(new Error(`${method} ${path}: ${answer.status} ${text}`), { status: answer.status });
      return text ? JSON.parse(text) : undefined;
    };
    const me = (await send('GET', '/api/me')) as { practitioner: string };
    return { practitioner: me.practitioner, cookie, send };
  };
  const key = `${url} ${login}`;
  const found = hands.get(key);
  if (found && (await isOpen(await found))) return found;
  const opened = open();
  hands.set(key, opened);
  return opened;
}

/** A demo account opened through the page, as a person does. */
export async function signIn(page: Page, login: string): Promise<void> {
  const { name } = await account(new URL(page.url()).origin, login);
  await page.getByRole('button', { name }).click();
  await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
}

interface Kept {
  page: Page;
  console: string[];
}

/** One scenario: a sentence that begins with the ids of its rows. */
export function scenario(
  title: string,
  act: (stage: Stage) => Promise<void>,
  options: { timeout?: number; skip?: string; todo?: string; on?: () => Promise<Server> } = {},
): void {
  if (!options.on && !options.skip) demoBeforeAll();
  test(title, {
    timeout: options.timeout ?? 120_000,
    ...(options.skip && { skip: options.skip }),
    ...(options.todo && { todo: options.todo }),
  }, async () => {
    const { url } = await (options.on ?? demo)();
    const contexts: BrowserContext[] = [];
    const kept: Kept[] = [];
    const faults: string[] = [];
    const allowed: RegExp[] = [];
    const nobody = async (given: BrowserContextOptions = {}): Promise<Page> => {
      const context = await (await browser()).newContext({
        baseURL: url,
        viewport: desk,
        locale: 'fr-FR',
        timezoneId: 'Europe/Paris',
        colorScheme: 'light',
        reducedMotion: 'reduce',
        ...given,
      });
      context.setDefaultTimeout(patience);
      contexts.push(context);
      context.on('page', (page) => {
        const one: Kept = { page, console: [] };
        kept.push(one);
        readAnySpace(page);
        // Caught from the start: switched on only when a scenario waits for one, the browser's own file chooser may be quicker.
        page.on('filechooser', () => undefined);
        const fault = (words: string) => faults.push(`${new URL(page.url() || url).pathname}: ${words}`);
        page.on('console', (message) => {
          one.console.push(`[${message.type()}] ${message.text()}`);
          // The browser's own line for each refused request: a refusal is an answer; a failure of the server is looked for below.
          if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
            fault(message.text());
        });
        page.on('pageerror', (error) => {
          one.console.push(`[pageerror] ${error.stack}`);
          fault(error.message);
        });
        page.on('response', (response) => {
          if (response.status() >= 500) fault(`${response.status()} ${response.request().method()} ${response.url()}`);
        });
      });
      return context.newPage();
    };
    const stage: Stage = {
      url,
      nobody,
      async as(login, path = '/', given) {
        const page = await nobody(given);
        const signed = await page.context().request.post('/api/sign-in/demo', {
          data: { account: (await account(url, login)).account },
          headers: { origin: url },
        });
        if (!signed.ok()) throw new Error(`sign-in of ${login}: ${signed.status()} ${await signed.text()}`);
        await page.goto(path);
        return page;
      },
      hand: (login) => hand(url, login),
      expect: (fault) => void allowed.push(fault),
    };
    try {
      await act(stage);
      const unexpected = faults.filter((words) => !allowed.some((one) => one.test(words)));
      if (unexpected.length > 0) throw new Error(`The page complained:\n${unexpected.join('\n')}`);
    } catch (error) {
      const name = title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80);
      mkdirSync(results, { recursive: true });
      for (const [at, { page, console }] of kept.entries()) {
        await page.screenshot({ path: join(results, `${name}-${at}.png`), timeout: 5_000 }).catch(() => undefined);
        writeFileSync(join(results, `${name}-${at}.log`), `${page.url()}\n${console.join('\n')}\n`);
      }
      if (faults.length > 0 && error instanceof Error && !error.message.startsWith('The page'))
        error.message += `\nMeanwhile: ${faults.join('\n')}`;
      throw error;
    } finally {
      await Promise.all(contexts.map((context) => context.close().catch(() => undefined)));
    }
  });
}
