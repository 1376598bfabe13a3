import type { Terminal } from './command.ts';

/** Speaks to the terminal: answers on stdout, progress and what went wrong on stderr, words too when --json asks for a clean answer. */
export function terminal(json: boolean): Terminal & { end(): void } {
  let open = false;
  const words = json ? process.stderr : process.stdout;
  const clear = () => {
    if (open) process.stderr.write('\r\x1b[K');
    open = false;
  };
  let last = 0;
  // `estran … | head` closes the pipe: nobody reads on, and that is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
  });
  return {
    line(text) {
      clear();
      words.write(`${text}\n`);
    },
    error(text) {
      clear();
      process.stderr.write(`${text}\n`);
    },
    progress(done, total, label) {
      const now = Date.now();
      if (now - last < 100 && done !== total) return;
      last = now;
      const share = total > 0 ? Math.min(1, done / total) : 0;
      const bar =
        total > 0
          ? `[${'#'.repeat(Math.round(share * 24)).padEnd(24, '·')}] ${String(Math.floor(share * 100)).padStart(3)} % `
          : '';
      const text = `${bar}${label}`;
      if (process.stderr.isTTY) {
        process.stderr.write(`\r\x1b[K${text}`);
        open = true;
      } else if (done === total && total > 0) process.stderr.write(`${text}\n`);
    },
    json(value) {
      clear();
      process.stdout.write(`${JSON.stringify(value)}\n`);
    },
    end: clear,
  };
}
