/**
 * `npm run bench -- --load`: the screens on a telephone in a patient's home: a browser that has nothing of Estran yet, 1.6 Mbit/s and 150 ms for each request, a processor four times slower. Requests and
 * bytes are counted as they came over the wire; the time is from the address to the page drawn with its data.
 */
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as driver, type Page } from 'playwright-core';
import { startProduct } from './product.ts';
import { loadNow, ownSection } from './own-section.ts';

const [from, to] = ['<!-- load: begin -->', '<!-- load: end -->'];
const line = {
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (0.75 * 1024 * 1024) / 8,
  offline: false,
};
const slower = 4;
const telephone = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  locale: 'fr-FR',
  timezoneId: 'Europe/Paris',
};
const record = '/patients/pat-jean-kerleau';

interface Load {
  files: number;
  answers: number;
  bytes: number;
  ms: number;
  /** CPU seconds of the browser's processes. */
  cpu: number;
}
/** What a person waits for on each page. */
const drawn = {
  signIn: () => document.querySelectorAll('form button').length > 0,
  day: () =>
    document.querySelector('h1') !== null &&
    !document.querySelector('[role="status"][aria-label^="Chargement"]') &&
    document.querySelectorAll('main section[aria-label]').length > 2,
  record: () =>
    ['Problèmes', 'Traitements', 'Dernières mesures'].every((name) =>
      document.querySelector(`section[aria-label="${name}"]`),
    ) && [...document.querySelectorAll('h2')].some((one) => one.textContent?.startsWith('Historique')),
};

async function cpuOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

/** Does an act and counts what it takes until the page is drawn. */
async function measure(page: Page, act: () => Promise<unknown>, ready: () => boolean): Promise<Load> {
  const browser = page.context().browser()!;
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', line);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  const asked = new Map<string, { file: boolean; bytes: number }>();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.url.startsWith('http'))
      asked.set(requestId, { file: !new URL(request.url).pathname.startsWith('/api/'), bytes: 0 });
  });
  session.on('Network.requestServedFromCache', ({ requestId }) => void asked.delete(requestId));
  session.on(
    'Network.responseReceived',
    ({ requestId, response }) => void (response.fromDiskCache && asked.delete(requestId)),
  );
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    const one = asked.get(requestId);
    if (one) one.bytes += encodedDataLength;
  });
  const before = await cpuOf(browser);
  const began = performance.now();
  await act();
  await page.waitForFunction(ready, undefined, { polling: 50, timeout: 90_000 });
  const ms = performance.now() - began;
  const cpu = (await cpuOf(browser)) - before;
  await session.detach();
  const all = [...asked.values()];
  return {
    files: all.filter(({ file }) => file).length,
    answers: all.filter(({ file }) => !file).length,
    bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
    ms,
    cpu,
  };
}

/** By the middle one in time of several loads. */
const middle = (loads: Load[]): Load => loads.toSorted((a, b) => a.ms - b.ms)[Math.floor(loads.length / 2)]!;

export async function load(say: (text: string) => void, write: boolean): Promise<string> {
  const before = loadNow();
  const product = await startProduct('pglite');
  const browser = await driver.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const url = `http://127.0.0.1:${product.port}`;
    const headers = { origin: url, 'content-type': 'application/json' };
    const accounts = (await (await fetch(`${url}/api/demo-accounts`)).json()) as { account: string; login: string }[];
    const signed = await fetch(`${url}/api/sign-in/demo`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ account: accounts.find(({ login }) => login === 'anne.kermarrec')!.account }),
    });
    const [name, value] = (signed.headers.get('set-cookie') ?? '').split(';')[0]!.split('=') as [string, string];
    /** A telephone that has nothing of Estran yet, for one of its pages after the other. */
    const open = async <T>(cookie: boolean, act: (page: Page) => Promise<T>): Promise<T> => {
      const context = await browser.newContext({ ...telephone, baseURL: url });
      try {
        if (cookie) await context.addCookies([{ name, value, domain: '127.0.0.1', path: '/' }]);
        return await act(await context.newPage());
      } finally {
        await context.close();
      }
    };
    const rows: [string, number | undefined, Load[]][] = [
      ['sign-in page', 12, []],
      ['day page', 20, []],
      ['a record, from the day page', undefined, []],
      ['day page, the next time', undefined, []],
      ['a record, by its address', undefined, []],
    ];
    const take = (at: number, one: Load): void => void rows[at]![2].push(one);
    for (let run = 0; run < (write ? 5 : 1); run++) {
      say(`run ${run + 1}`);
      await open(false, async (page) =>
        take(0, await measure(page, () => page.goto('/connexion', { waitUntil: 'commit' }), drawn.signIn)),
      );
      await open(true, async (page) => {
        take(1, await measure(page, () => page.goto('/', { waitUntil: 'commit' }), drawn.day));
        take(
          2,
          await measure(
            page,
            () => page.locator(`a[href^="${record}"]:not([href*="volet"])`).first().click(),
            drawn.record,
          ),
        );
        take(3, await measure(page, () => page.goto('/', { waitUntil: 'commit' }), drawn.day));
      });
      await open(true, async (page) =>
        take(4, await measure(page, () => page.goto(record, { waitUntil: 'commit' }), drawn.record)),
      );
    }
    const lines = rows.map(([what, most, loads]) => {
      const { files, answers, bytes, ms, cpu } = middle(loads);
      return `| ${what} | ${files} + ${answers} | ${(bytes / 1024).toFixed(0)} | ${(ms / 1000).toFixed(1)} | ${cpu.toFixed(1)} | ${most ? `≤ ${most} requests ${files + answers <= most ? 'met' : 'NOT met'}` : ''} |`;
    });
    return ownSection(
      {
        before,
        loadsAll: true,
        parts: [
          '| page | requests: files + answers | KB | seconds | CPU s of the browser | target |',
          '| --- | --: | --: | --: | --: | --- |',
          ...lines,
        ],
      },
      { from, to },
      '## The first load on a telephone\n\n`npm run bench -- --load` opens pages on a telephone that has nothing of Estran yet: 1.6 Mbit/s, 150 ms for each request, a processor four times slower. Counted until the page is drawn with its data.',
      write,
    );
  } finally {
    await browser.close();
    product.stop();
  }
}
