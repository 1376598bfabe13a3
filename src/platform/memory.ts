import { setFlagsFromString } from 'node:v8';

/** What lives is some 60 MB. Left to itself the engine lets a heap grow to four times what lives before it looks. */
const growth = 60;
let sparing = false;
let working = 0;
const spare = (yes: boolean): void => setFlagsFromString(yes ? '--memory-saver-mode' : '--no-memory-saver-mode');

/**
 * From here on this process gives freed memory back to the machine. Otherwise the engine keeps the pages of its highest moment in a pool until the
 * program is at rest for eight seconds, which a server that answers never is: 317 MB stayed where 180 are needed (docs/adr/0049).
 */
export function spareMemory(): void {
  setFlagsFromString(`--heap-growing-percent=${growth}`);
  spare(true);
  sparing = true;
}

/** Long work that makes and drops without rest keeps its pages while it runs: to give them back each time costs a tenth of its speed. */
export async function withPagesKept<T>(work: () => Promise<T>): Promise<T> {
  if (!sparing) return work();
  if (++working === 1) spare(false);
  try {
    return await work();
  } finally {
    if (--working === 0) spare(true);
  }
}
