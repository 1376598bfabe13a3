import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachInTurn, every } from './jobs.ts';

test('SEC-10 works in turn: one that fails, even at once, starves none behind it, and is told at the end', async () => {
  const done: string[] = [];
  const fails = (words: string) => (): Promise<never> => {
    throw new Error(words);
  };
  await eachInTurn([async () => done.push('a'), async () => done.push('b')]);
  await assert.rejects(eachInTurn([fails('first'), async () => done.push('c')]), { message: 'first' });
  await assert.rejects(
    eachInTurn([fails('first'), async () => done.push('d'), () => Promise.reject(new Error('last'))]),
    { name: 'AggregateError', message: 'first; last' },
  );
  assert.deepEqual(done, ['a', 'b', 'c', 'd']);
});

test('SEC-10 work that comes back: one run at a time, a failure is told and the next run comes; stop waits for the run at hand', async () => {
  const told: string[] = [];
  let runs = 0;
  let together = 0;
  let most = 0;
  const job = every(
    1,
    async () => {
      most = Math.max(most, ++together);
      await new Promise((resolve) => setTimeout(resolve, 5));
      together--;
      if (++runs === 1) throw new Error('once');
    },
    (error) => told.push((error as Error).message),
  );
  const alive = setInterval(() => undefined, 1_000);
  while (runs < 3) await new Promise((resolve) => setTimeout(resolve, 1));
  await job.stop();
  clearInterval(alive);
  assert.deepEqual([most, together, told], [1, 0, ['once']]);
});
