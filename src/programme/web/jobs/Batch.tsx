import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { call, queries, reading, urlOf } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { sayAgo, sayCount } from '../../../web/say.ts';
import { ProgressBar } from '../../../web/ui/bits.tsx';
import { DownloadIcon } from '../../../web/ui/icons.ts';
import { Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';

type Job = z.infer<typeof programmeContract.jobs.reply>['lines'][number];
const labels: Record<Job['kind'], { ask: string; busy: string }> = {
  letters: { ask: 'Tous les courriers (PDF)', busy: 'Courriers réunis' },
  papers: { ask: 'Tous les documents des projets', busy: 'Documents réunis' },
  files: { ask: 'Tout le dossier de l’appel', busy: 'Pièces réunies' },
};
const changed = () => void queries.invalidateQueries({ queryKey: [programmeContract.jobs.path] });

/** Many documents in one file, put together behind the screens: how far it is, then the file. Whoever leaves the page finds it again. */
export function Batch({ edition, kinds }: { edition: string; kinds: readonly Job['kind'][] }) {
  const query = useQuery({
    ...reading(programmeContract.jobs, { params: { edition } }),
    refetchInterval: ({ state }) =>
      state.data?.lines.some((one) => one.state === 'waiting' || one.state === 'running') ? 4000 : false,
  });
  useLive(['jobs'], changed);
  const start = useMutation({
    mutationFn: (kind: Job['kind']) => call(programmeContract.startJob, { params: { edition }, body: { kind } }),
    onSuccess: changed,
    onError: failed,
  });
  const retry = useMutation({
    mutationFn: (job: string) => call(programmeContract.retryJob, { params: { job } }),
    onSuccess: changed,
    onError: failed,
  });
  const stop = useMutation({
    mutationFn: (job: string) => call(programmeContract.stopJob, { params: { job } }),
    onSuccess: () => {
      changed();
      done('Travail arrêté.');
    },
    onError: failed,
  });
  return (
    <div className="stack">
      {kinds
        .filter((kind) => query.data?.may.includes(kind))
        .map((kind) => {
          const last = query.data!.lines.find((one) => one.kind === kind);
          const busy = last?.state === 'waiting' || last?.state === 'running';
          return (
            <div key={kind} className="stack">
              {!busy && (
                <div>
                  <Button
                    variant="default"
                    size="compact-md"
                    loading={start.isPending && start.variables === kind}
                    onClick={() => start.mutate(kind)}
                  >
                    {labels[kind].ask}
                  </Button>
                </div>
              )}
              {busy && (
                <>
                  <ProgressBar
                    share={last.total ? last.done / last.total : null}
                    label={`${labels[kind].busy} : ${last.done} sur ${last.total}`}
                  />
                  {last.failure && <p className="small dim">{last.failure}</p>}
                  <div>
                    <Button variant="subtle" size="compact-xs" onClick={() => stop.mutate(last.id)}>
                      Arrêter
                    </Button>
                  </div>
                </>
              )}
              {last?.state === 'done' && (
                <a href={urlOf(programmeContract.jobFile, { params: { job: last.id } })} download className="row small">
                  <DownloadIcon size={16} /> {sayCount(last.total, 'document')}, prêt {sayAgo(last.changedAt)} (ZIP)
                </a>
              )}
              {last?.state === 'failed' && (
                <Note
                  tone="danger"
                  action={
                    <Button
                      size="compact-sm"
                      variant="default"
                      loading={retry.isPending}
                      onClick={() => retry.mutate(last.id)}
                    >
                      Reprendre
                    </Button>
                  }
                >
                  {last.failure} {last.done} sur {last.total} sont faits.
                </Note>
              )}
            </div>
          );
        })}
    </div>
  );
}
