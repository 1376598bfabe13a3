import { resolve } from 'node:path';
import { type Command, CommandError, type Out, Problem, UsageError } from '../platform/index.ts';
import type { Exchange } from './index.ts';
import { sumOf } from './routes.ts';
import { UnreadableFile } from './take-over/limits.ts';
import { toldOf } from './take-over/masking.ts';
import { listQuarantine } from './take-over/quarantine.store.ts';
import { filesOfNote } from './take-over/run.store.ts';
import type { CheckReport, ImportReport, RejectLine } from './take-over/report.ts';
import type { UndoReport } from './take-over/undo.ts';
import { lineOf, number } from './take-over/words.ts';

export interface ImportContext {
  exchange: Pick<Exchange, 'takeOvers'>;
  practice(id: string): Promise<{ tenant: number; id: string; name: string }>;
}

const actor = { actor: 'System', actorName: 'ligne de commande', role: 'system' };
const shownRejects = 1000;

/** `estran import`: takes files and folders of FHIR into a practice. Exit code 0: all is in; 2: some was rejected or it was stopped; 1: failed. */
export const importCommand: Command<ImportContext> = {
  name: 'import',
  usage:
    'CHEMIN… --practice ID [--source NOM] [--dry-run] | --practice ID --resume N | --practice ID --undo N  [--json]',
  describe:
    'Reprend du FHIR : bundles, NDJSON, gzip, bzip2, dossiers entiers. Relancée, elle ne double rien ; elle s’annule en entier.',
  takes: Number.POSITIVE_INFINITY,
  options: {
    practice: { type: 'string' },
    source: { type: 'string' },
    'dry-run': { type: 'boolean' },
    resume: { type: 'string' },
    undo: { type: 'string' },
  },
  async run(context, { values, positionals, cwd, signal }, out) {
    const { takeOvers } = context.exchange;
    if (typeof values.practice !== 'string')
      throw new UsageError('import demande --practice ID : « practice list » donne les structures.');
    const { tenant } = await context.practice(values.practice);
    const known = numberOf(values.resume) ?? numberOf(values.undo);
    const ways = [positionals.length > 0 && 'CHEMIN', values.resume && '--resume', values.undo && '--undo'].filter(
      Boolean,
    );
    if (ways.length > 1) throw new UsageError(`${ways.join(' et ')} ne vont pas ensemble : une chose à la fois.`);
    if (known !== undefined && (values['dry-run'] || values.source !== undefined))
      throw new UsageError('--dry-run et --source vont avec des fichiers à reprendre, non avec --resume ou --undo.');
    // Of a variable that is not set: it would mean the folder at hand.
    if (positionals.includes('')) throw new UsageError('Un des chemins donnés à import est vide.');
    const what = values['dry-run'] ? 'check' : values.undo !== undefined ? 'undo' : 'import';
    try {
      let run = known;
      if (run === undefined) {
        if (positionals.length === 0) throw new UsageError('import demande au moins un fichier ou un dossier.');
        const source = typeof values.source === 'string' ? values.source.trim() : '';
        if (source.length > 60 || source.includes('|'))
          throw new UsageError('--source est un nom de 60 caractères au plus, sans « | ».');
        run = (await takeOvers.create(tenant, actor, source, false)).id;
        const { files, passed } = await takeOvers
          .addPaths(
            tenant,
            run,
            positionals.map((path) => resolve(cwd, path)),
          )
          .catch(async (error: unknown) => {
            await takeOvers.drop(tenant, run!);
            throw error;
          });
        if (files === 0) {
          await takeOvers.drop(tenant, run);
          throw new CommandError('Il n’y a aucun fichier dans ce qui a été donné.');
        }
        if (!values.json && passed.length > 0)
          out.line(
            `Laissé de côté (liens ou fichiers spéciaux) : ${number(passed.length)}, dont ${passed.slice(0, 5).join(', ')}`,
          );
      }
      await takeOvers.begin(tenant, run, what, actor);
      await follow(context, tenant, run, signal, out);
      return await say(context, tenant, run, what, values.json === true, out);
    } catch (error) {
      if (error instanceof UnreadableFile || error instanceof Problem) throw new CommandError(error.message);
      throw error;
    }
  },
};

function numberOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !/^\d{1,12}$/.test(value))
    throw new UsageError('Une reprise est un numéro : la première ligne de l’import le donne.');
  return Number(value);
}

/** Shows the progress until the work is over; Ctrl-C stops it after the batch at hand. */
async function follow(
  { exchange: { takeOvers } }: ImportContext,
  tenant: number,
  run: number,
  signal: AbortSignal,
  out: Out,
): Promise<void> {
  let over = false;
  const end = takeOvers.finished(tenant, run).finally(() => {
    over = true;
  });
  const stop = () => takeOvers.stop(tenant, run);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  while (!over) {
    const progress = takeOvers.progress(tenant, run);
    if (progress)
      out.progress(progress.resources, progress.expected, `${number(progress.resources)} ressources, ${progress.file}`);
    await Promise.race([end, new Promise((wake) => setTimeout(wake, 200).unref())]);
  }
  await end;
  signal.removeEventListener('abort', stop);
}

async function say(
  { exchange: { takeOvers } }: ImportContext,
  tenant: number,
  id: number,
  what: 'check' | 'import' | 'undo',
  json: boolean,
  out: Out,
): Promise<number> {
  const run = await takeOvers.read(tenant, id);
  const { db } = takeOvers.deps;
  const notes = await db.tenant(tenant, (sql) => filesOfNote(sql, tenant, id));
  const refused = notes.filter((file) => file.state === 'refused');
  if (what === 'undo') {
    const undo = (run.report as { undo?: UndoReport } | null)?.undo;
    if (json) out.json({ run: id, state: run.state, failure: run.failure, ...undo });
    else if (undo && run.state === 'undone') {
      out.line(
        `Reprise n° ${id} annulée : ${number(undo.removed)} ressources retirées, ${number(undo.restored)} remises dans leur état antérieur${undo.editions ? `, ${number(undo.editions)} éditions antérieures retirées` : ''}.`,
      );
      if (undo.left.total > 0)
        out.line(
          `${number(undo.left.total)} laissées (modifiées depuis, ou nécessaires à ce qui a été écrit depuis) : ${undo.left.list.slice(0, 20).join(', ')}`,
        );
    } else out.line(run.failure ?? `L’annulation s’est arrêtée : reprenez-la avec --undo ${id}.`);
    return run.state !== 'undone' ? 1 : undo && undo.left.total > 0 ? 2 : 0;
  }
  const checked = what === 'check' ? (run.checked as CheckReport | null) : null;
  const counts = checked?.counts ?? run.counts;
  const sum = sumOf(counts);
  const rejects: RejectLine[] = checked
    ? checked.rejects
    : [
        ...refused.map(
          (file): RejectLine => ({
            file: file.name,
            unit: 'line',
            place: 0,
            type: '',
            cause: 'file',
            words: file.reason ?? '',
          }),
        ),
        ...(
          await db.tenant(tenant, (sql) =>
            listQuarantine(sql, tenant, { run: id, status: 'open', count: shownRejects }),
          )
        ).map(
          ({ file, unit, place, type, cause, kind, issues }): RejectLine => ({
            file,
            unit,
            place,
            type,
            cause,
            words: toldOf(kind, issues.slice(0, 3)).map(lineOf).join(' ; '),
          }),
        ),
      ];
  const report = run.report as ImportReport | null;
  const seconds = Math.round((checked?.seconds ?? run.progress.seconds ?? 0) * 10) / 10;
  const rejected = sum.rejected + refused.length;
  const failed = what === 'check' ? checked === null || run.failure !== null : run.state === 'failed';
  if (json)
    out.json({
      run: id,
      state: run.state,
      dryRun: what === 'check',
      ...sum,
      rejected,
      counts,
      rejects,
      seconds,
      resourcesPerSecond: seconds > 0 ? Math.round((run.progress.resources ?? 0) / seconds) : 0,
      ignoredFiles: notes.filter((file) => file.state === 'ignored').map((file) => file.name),
      ...(checked && {
        duplicates: checked.duplicates,
        contradictions: checked.contradictions,
        editions: checked.editions,
        estimatedSeconds: checked.estimatedSeconds,
      }),
      ...(report &&
        what === 'import' && {
          duplicates: report.duplicates,
          missing: report.missing,
          pending: report.pending,
          unresolved: report.unresolved,
          contradictions: report.contradictions,
          editions: report.editions,
          merges: report.merges,
        }),
      ...(run.failure && { failure: run.failure }),
    });
  else {
    if (run.failure) out.line(run.failure);
    out.line(
      `${checked ? 'Essai à blanc' : `Reprise n° ${id}${run.state === 'stopped' ? ' (arrêtée)' : ''}`} : ${number(sum.created)} ${checked ? 'à créer' : 'créées'}, ${number(sum.updated)} mises à jour, ${number(sum.unchanged + sum.existing)} déjà là, ${number(rejected)} rejetées, en ${String(seconds).replace('.', ',')} s.`,
    );
    for (const [type, one] of Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)))
      out.line(
        `  ${type.padEnd(28)} ${number(one.created).padStart(9)} ${number(one.updated).padStart(9)} ${number(one.unchanged + one.existing).padStart(9)} ${number(one.rejected).padStart(9)}`,
      );
    for (const one of rejects.slice(0, 100))
      out.line(
        `  ${one.file}${one.place ? `, ${one.unit === 'line' ? 'ligne' : 'entrée'} ${one.place}` : ''}${one.type ? `, ${one.type}` : ''} : ${one.words}`,
      );
    if (rejects.length > 100) out.line(`  … et ${number(rejected - 100)} autres (--json les donne).`);
    for (const one of (checked ?? report)?.duplicates?.list.slice(0, 50) ?? [])
      out.line(
        `  Doublon possible : ${one.patient} (${one.where}) et ${one.other} (${one.otherWhere}${one.otherId ? `, Patient/${one.otherId}` : ''}).`,
      );
    const contradictions = (checked ?? (what === 'import' ? report : null))?.contradictions;
    if (contradictions && contradictions.total > 0) {
      out.line(
        `${number(contradictions.total)} ressource(s) viennent plusieurs fois, avec des contenus différents : la plus récente reste, ou la dernière lue si elles n’ont pas de date.`,
      );
      for (const one of contradictions.examples) out.line(`  ${one}`);
    }
    const editions = (checked ?? (what === 'import' ? report : null))?.editions;
    if (editions && editions.taken + editions.here + editions.left.total > 0) {
      out.line(
        `Éditions antérieures : ${number(editions.taken)} ${checked ? 'à reprendre' : 'reprises'}, ${number(editions.here)} déjà là, ${number(editions.left.total)} laissées.`,
      );
      for (const one of editions.left.examples) out.line(`  ${one}`);
    }
    if (checked)
      out.line(
        `Durée estimée de la reprise : ${checked.estimatedSeconds < 90 ? `${checked.estimatedSeconds} s` : `${Math.round(checked.estimatedSeconds / 60)} min`}.`,
      );
    const merges = what === 'import' ? report?.merges : undefined;
    if (merges && merges.joined + merges.ended + merges.apart.total > 0)
      out.line(
        `Dossiers réunis à leur source : ${number(merges.joined)} réunis ici, ${number(merges.ended)} séparés de nouveau, ${number(merges.apart.total)} laissés à part (des lignes portent encore l’ancien numéro)${merges.apart.total > 0 ? ` : ${merges.apart.examples.slice(0, 5).join(', ')}` : ''}.`,
      );
    if (report && what === 'import' && report.missing.total > 0)
      out.line(
        `${number(report.missing.total)} ressources sont citées mais ne sont pas venues : ${report.missing.examples.slice(0, 5).join(', ')}`,
      );
    if (run.state === 'stopped') out.line(`Pour reprendre : estran import --practice … --resume ${id}`);
  }
  return failed ? 1 : rejected > 0 || run.state === 'stopped' ? 2 : 0;
}
