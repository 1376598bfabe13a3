import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** The yardstick of an import: the whole file by a bare COPY into a table of one column, without an index. Loads a second. */
export function copyRate(url: string, file: string, programs: string): number {
  const psql = (text: string) =>
    execFileSync(join(programs, 'psql'), [url, '-qAt', '-v', 'ON_ERROR_STOP=1', '-c', text]);
  psql('create table public.bare (content text not null)');
  const began = performance.now();
  // CSV without quotes or delimiters that could occur: each line is one value.
  psql(`\\copy public.bare from '${file}' with (format csv, delimiter E'\\x02', quote E'\\x01')`);
  const took = (performance.now() - began) / 1000;
  psql('drop table public.bare');
  return 1 / took;
}
