import { appendFileSync } from 'node:fs';

interface Event {
  type: string;
  data: {
    name?: string;
    file?: string;
    nesting?: number;
    skip?: unknown;
    todo?: unknown;
    details?: { type?: string; duration_ms?: number; error?: { cause?: unknown; message?: string } };
  };
}

/**
 * A reporter for `test/run-all.ts`: one JSON line an event, written at once to ESTRAN_TEST_EVENTS, so that what a run had done is known
 * even when it is killed. It says nothing on the terminal: `spec` does.
 */
// biome-ignore lint/correctness/useYield: a reporter is an async generator, this one has nothing to show
export default async function* reporter(source: AsyncIterable<Event>): AsyncGenerator<string> {
  const path = process.env.ESTRAN_TEST_EVENTS;
  for await (const { type, data } of source) {
    if (!path || data.details?.type === 'suite' || !['test:start', 'test:pass', 'test:fail'].includes(type)) continue;
    const verdict =
      type === 'test:start'
        ? 'start'
        : data.skip !== undefined || data.todo !== undefined
          ? 'skip'
          : type.slice('test:'.length);
    const error = data.details?.error;
    const words =
      verdict === 'fail' && error
        ? {
            words: (error.cause instanceof Error
              ? (error.cause.stack ?? error.cause.message)
              : String(error.cause ?? error.message)
            ).slice(0, 2_000),
          }
        : {};
    appendFileSync(path, `${JSON.stringify({ verdict, name: data.name, file: data.file, ...words })}\n`);
  }
}
