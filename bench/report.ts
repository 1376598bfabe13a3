import { readFileSync, writeFileSync, existsSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';

export interface Row {
  name: string;
  key?: string;
  clients: number;
  perSecond: number;
  unit: 'requests' | 'resources';
  p50: number;
  p95: number;
  p99: number;
  /** ms of CPU a request. */
  cpuServer: number;
  cpuDatabase: number;
  failed: number;
  firstFailure?: string;
}
export interface Result {
  engine: 'pglite' | 'postgres';
  patients: number;
  resources: number;
  jsonBytesPerResource: number;
  bytesPerResource?: number;
  /** Resources a second by a bare COPY. */
  copyPerSecond?: number;
  import: { perSecond: number; rejected: number; cpuServer: number; cpuDatabase: number };
  memory?: { server: number; database: number; serverAfterImport: number };
  rows: Row[];
}

/** Of ../shared/design/dependencies.md and the speed table of record.md; on PostgreSQL. */
const targets: Record<string, { perSecond?: number; cpu?: number; p95?: number }> = {
  create: { perSecond: 1000, cpu: 1.6 },
  read: { perSecond: 4000, cpu: 0.4 },
  search: { perSecond: 2000, cpu: 0.8 },
  total: { perSecond: 1800 },
  name: { perSecond: 2000 },
  update: { perSecond: 1000 },
  transaction: { perSecond: 2500 },
  everything: { perSecond: 120 },
  type: { p95: 50 },
  page: { p95: 8 },
  longest: { p95: 60 },
  measure: { p95: 100 },
  'fan-out': { p95: 500 },
};

const n = (value: number, digits = 0) =>
  Number.isFinite(value)
    ? value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits })
    : '—';

function verdict(row: Row): string {
  if (row.failed > 0) return `FAILED ${row.failed}: ${row.firstFailure?.replaceAll('|', '/').slice(0, 120)}`;
  const target = row.key && targets[row.key];
  if (!target) return '';
  const parts: string[] = [];
  if (target.perSecond)
    parts.push(`≥ ${n(target.perSecond)}/s ${row.perSecond >= target.perSecond ? 'met' : 'NOT met'}`);
  if (target.cpu)
    parts.push(`CPU ≤ ${target.cpu} ${row.cpuServer + row.cpuDatabase <= target.cpu ? 'met' : 'NOT met'}`);
  if (target.p95) parts.push(`p95 ≤ ${target.p95} ms ${row.p95 <= target.p95 ? 'met' : 'NOT met'}`);
  return parts.join(', ');
}

export function table(results: readonly Result[]): string {
  const lines: string[] = [];
  for (const result of results) {
    const small = results.find((one) => one.engine === result.engine && one.resources < result.resources);
    lines.push(
      `### ${result.engine === 'postgres' ? 'PostgreSQL' : 'Embedded engine (PGlite)'}: ${n(result.patients)} patients, ${n(result.resources)} resources`,
      '',
      `| act | clients | per second | p50 ms | p95 ms | p99 ms | CPU ms server | CPU ms database |${small ? ' p50 against 10 k |' : ''} target |`,
      `| --- | --: | --: | --: | --: | --: | --: | --: |${small ? ' --: |' : ''} --- |`,
    );
    const { copyPerSecond: copy, memory } = result;
    const ratio = copy ? result.import.perSecond / copy : undefined;
    lines.push(
      `| import${result.import.rejected ? ` (${result.import.rejected} rejected)` : ''} | 1 | ${n(result.import.perSecond)} resources | | | | ${n(result.import.cpuServer, 2)} | ${n(result.import.cpuDatabase, 2)} |${small ? ' |' : ''} ${result.engine === 'postgres' ? `≥ 5,000/s ${result.import.perSecond >= 5000 ? 'met' : 'NOT met'}` : ''}${ratio ? `; ${n(ratio * 100)} % of a bare COPY (${n(copy!)}/s), ≥ 25 % ${ratio >= 0.25 ? 'met' : 'NOT met'}` : ''} |`,
    );
    for (const row of result.rows) {
      const before = small?.rows.find((one) => one.name === row.name);
      lines.push(
        `| ${row.name} | ${row.clients} | ${n(row.perSecond)}${row.unit === 'resources' ? ' resources' : ''} | ${n(row.p50, 1)} | ${n(row.p95, 1)} | ${n(row.p99, 1)} | ${n(row.cpuServer, 2)} | ${n(row.cpuDatabase, 2)} |${small ? ` ${before ? `× ${n(row.p50 / before.p50, 2)}` : ''} |` : ''} ${result.engine === 'postgres' ? verdict(row) : row.failed ? verdict(row) : ''} |`,
      );
    }
    lines.push(
      '',
      `On disk: ${n(result.bytesPerResource ?? Number.NaN)} bytes a resource, everything indexed, ledger included (JSON alone: ${n(result.jsonBytesPerResource)}); target ≤ 4,096 ${(result.bytesPerResource ?? 0) <= 4096 ? 'met' : 'NOT met'}.`,
    );
    if (memory)
      lines.push(
        `Memory: server ${memory.server} MB (${memory.serverAfterImport} after the import; target ≤ 250 ${memory.server <= 250 ? 'met' : 'NOT met'}${result.engine === 'pglite' ? ', with the database inside' : ''})${memory.database ? `, database ${memory.database} MB with its shared buffers` : ''}.`,
      );
    lines.push('');
  }
  return lines.join('\n');
}

const [from, to] = ['<!-- measured: begin -->', '<!-- measured: end -->'];
const readme = join(import.meta.dirname, 'README.md');
const intro = `# What Estran costs

\`npm run bench\` starts the product as a process of its own on a fresh database (PostgreSQL with fsync, then the embedded engine), takes a
generated practice in by \`estran import\`, and measures over HTTP with keep-alive from another process on the same machine. The ledger is on, in
the same transaction as each act. CPU is of the server's and the database's processes, by request. The record page's time is taken outside, HTTP included.
Options: \`--engine pglite|postgres|both --patients 10000 --resources 1000000 --pglite-resources 100000 --quick --json FILE\`.

The embedded engine is measured at 100,000 resources unless asked otherwise, to bound the time of a run: it has one connection. What it does at
1,000,000 is not known until \`--pglite-resources 1000000\` has been run.
`;

export function writeReadme(results: readonly Result[]): void {
  const text = existsSync(readme) ? readFileSync(readme, 'utf8') : `${intro}\n${from}\n${to}\n`;
  const machine = `Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, load average ${loadavg()[2]!.toFixed(1)} (above the number of cores, other work took part of the machine: then rates and times are too low and too long, and CPU is dearer too).`;
  writeFileSync(
    readme,
    `${text.slice(0, text.indexOf(from) + from.length)}\n${machine}\n\n${table(results)}\n${text.slice(text.indexOf(to))}`,
  );
}
