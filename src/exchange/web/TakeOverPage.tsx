import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { call, queries, reading } from '../../web/api.ts';
import { useUrl } from '../../web/routes.tsx';
import { sayCount, sayDateTime } from '../../web/say.ts';
import { Card, ProgressBar, Tag } from '../../web/ui/bits.tsx';
import { BackIcon } from '../../web/ui/icons.ts';
import { Failure, ListBones, Note } from '../../web/ui/states.tsx';
import { exchangeContract, type TakeOver, type WholeTakeOver } from '../contract.ts';
import { Acts } from './Acts.tsx';
import { CheckReport, ImportReport } from './reports.tsx';
import { Quarantine } from './Quarantine.tsx';
import { QuarantinePanel } from './QuarantinePanel.tsx';
import { atWork, sayBytes, sayDuration, states } from './say.ts';

/** `/reprise/12`: one take-over, from the dry run to its undoing. */
export default function TakeOverPage() {
  const { run: id } = useParams({ strict: false }) as { run: string };
  const run = Number(id);
  const [url, setUrl] = useUrl();
  const whole = useQuery(reading(exchangeContract.takeOver, { params: { run } }));
  const working = whole.data ? atWork(whole.data) : false;
  // Each second while it works, without keeping the session awake.
  const live = useQuery({
    queryKey: [exchangeContract.takeOverProgress.path, run],
    queryFn: ({ signal }) => call(exchangeContract.takeOverProgress, { params: { run } }, { signal, background: true }),
    enabled: working,
    refetchInterval: 1000,
    staleTime: 0,
  });
  const state = working ? (live.data ?? whole.data) : whole.data;
  const was = useRef(state?.state);
  useEffect(() => {
    if (was.current !== undefined && state && was.current !== state.state) refresh(run);
    was.current = state?.state;
  }, [state, run]);
  const line = Number(url.ligne) || null;

  return (
    <div className="page">
      <title>{`Reprise n° ${id} · Estran`}</title>
      <Link to="/reprise" className="row small" style={{ width: 'fit-content', marginBottom: 8 }}>
        <BackIcon size={16} /> Toutes les reprises
      </Link>
      <Failure of={whole} />
      {whole.isPending && (
        <div className="card">
          <ListBones rows={8} />
        </div>
      )}
      {whole.data && state && (
        <>
          <header className="page-head">
            <h1>Reprise n° {run}</h1>
            <Acts run={state} checked={whole.data.checked !== null} onDone={() => refresh(run)} />
          </header>
          <div className="stack loose">
            <Facts run={state} whole={whole.data} />
            {atWork(state) && <Working run={state} />}
            {state.failure && <Note tone="warning">{state.failure}</Note>}
            {whole.data.report && state.state !== 'ready' && <ImportReport run={whole.data} />}
            {whole.data.checked && ['ready', 'checking'].includes(state.state) && (
              <CheckReport report={whole.data.checked} />
            )}
            {whole.data.notes.length > 0 && <Files notes={whole.data.notes} />}
            {(whole.data.open > 0 || whole.data.total.rejected > 0) && (
              <Quarantine
                run={run}
                chosen={line}
                onChoose={(chosen) => setUrl({ ligne: String(chosen) }, { push: true })}
              />
            )}
          </div>
        </>
      )}
      {line !== null && <QuarantinePanel key={line} id={line} onClose={() => setUrl({ ligne: undefined })} />}
    </div>
  );
}

export function refresh(run: number): void {
  void queries.invalidateQueries({ queryKey: [exchangeContract.takeOver.path, { run }] });
  void queries.invalidateQueries({ queryKey: [exchangeContract.takeOverProgress.path, run] });
  void queries.invalidateQueries({ queryKey: [exchangeContract.takeOvers.path] });
  void queries.invalidateQueries({ queryKey: [exchangeContract.quarantine.path] });
}

function Facts({ run, whole }: { run: TakeOver; whole: WholeTakeOver }) {
  const { words, tone } = states[run.state];
  return (
    <p className="row wrap">
      <Tag tone={tone}>{words}</Tag>
      <span className="dim">
        {[
          `${sayCount(whole.files, 'fichier')} (${sayBytes(whole.bytes)})`,
          run.source && `origine : ${run.source}`,
          `déposée le ${sayDateTime(run.createdAt)}${run.by ? ` par ${run.by}` : ''}`,
          run.endedAt && run.state === 'done' && `terminée le ${sayDateTime(run.endedAt)}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </p>
  );
}

function Working({ run }: { run: TakeOver }) {
  const { resources = 0, expected = 0, seconds = 0, file = '', filesDone = 0, filesTotal = 0 } = run.progress;
  const share = expected > 0 ? Math.min(1, resources / expected) : null;
  const left = share && share > 0.03 && seconds > 2 ? (seconds / share) * (1 - share) : null;
  const label = { checking: 'Essai à blanc', running: 'Reprise en cours', undoing: 'Annulation en cours' }[
    run.state as 'checking'
  ];
  return (
    <div className="card pad stack">
      <ProgressBar share={share} label={label} />
      <p className="dim small num" aria-live="off">
        {[
          `${resources.toLocaleString('fr-FR')} ressources${expected > resources ? ` sur ${expected.toLocaleString('fr-FR')} environ` : ''}`,
          filesTotal > 1 &&
            `fichier ${Math.min(filesDone + 1, filesTotal).toLocaleString('fr-FR')} sur ${filesTotal.toLocaleString('fr-FR')}`,
          left !== null && `encore ${sayDuration(left)}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {file && <p className="dim tiny clip">{file}</p>}
      <p className="dim small">Vous pouvez quitter cette page : le travail continue.</p>
    </div>
  );
}

function Files({ notes }: { notes: WholeTakeOver['notes'] }) {
  const refused = notes.filter((note) => note.refused);
  const passed = notes.filter((note) => !note.refused);
  return (
    <Card title="Fichiers laissés de côté" count={notes.length}>
      <ul className="plain divided">
        {[...refused, ...passed].slice(0, 200).map((note) => (
          <li key={note.file} style={{ padding: '8px 16px' }}>
            <b className="small">{note.file}</b> {note.refused && <Tag tone="warning">refusé</Tag>}
            <div className="dim small">{note.words}</div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
