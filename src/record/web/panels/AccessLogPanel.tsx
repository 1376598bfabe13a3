import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { call } from '../../../web/api.ts';
import { sayDateTime } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, ErrorState, Nothing } from '../../../web/ui/states.tsx';
import { professionLabel } from '../../../web/words.ts';
import { useRecord } from '../use-record.ts';
import css from './panels.module.css';

const line = z.object({ seq: z.number(), at: z.string(), who: z.string(), role: z.string(), what: z.string(), target: z.string(), reason: z.string().nullable(), emergency: z.boolean() });
/** An entry of the access room, repeated here because a room's screens know only their own contract. */
const accessLog = {
  method: 'GET',
  path: '/api/patients/:patient/access-log',
  may: { read: 'summary' },
  does: 'Access log',
  params: z.object({ patient: z.string() }),
  query: z.object({ before: z.number().optional(), count: z.number().optional() }),
  reply: z.object({ lines: z.array(line), next: z.number().nullable() }),
} as const;

/** «Qui a consulté ce dossier»: readable by the referent and by the patient (SEC-8). */
export default function AccessLogPanel({ patient, onClose }: { patient: string; onClose: () => void }) {
  const { header } = useRecord();
  const query = useInfiniteQuery({
    queryKey: [accessLog.path, { patient }],
    queryFn: ({ pageParam, signal }) => call(accessLog, { params: { patient }, query: { before: pageParam, count: 50 } }, { signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const lines = query.data?.pages.flatMap((page) => page.lines) ?? [];
  return (
    <SidePanel title="Qui a consulté ce dossier" subtitle={header.patient.name} onClose={onClose}>
      <div className="stack">
        {query.error && <ErrorState error={query.error} retry={() => void query.refetch()} />}
        {query.isPending && <Bone h={200} />}
        {query.data && !lines.length && <Nothing>Personne n’a encore ouvert ce dossier.</Nothing>}
        <ul className={`plain ${css.log}`}>
          {lines.map((one) => (
            <li key={one.seq}>
              <div className="row between">
                <span>
                  <b>{one.who}</b> <span className="dim small">{professionLabel(one.role)}</span>
                </span>
                <time className="dim small num nowrap" dateTime={one.at}>
                  {sayDateTime(one.at)}
                </time>
              </div>
              <div className="small">
                {one.what} {one.target && <span className="dim">· {one.target}</span>} {one.emergency && <Tag tone="danger">urgence</Tag>}
              </div>
              {one.reason && <div className="small">Motif : {one.reason}</div>}
            </li>
          ))}
        </ul>
        {query.hasNextPage && (
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Voir plus ancien
          </Button>
        )}
      </div>
    </SidePanel>
  );
}
