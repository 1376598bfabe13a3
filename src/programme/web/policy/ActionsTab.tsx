import { useUrl } from '../../../web/routes.tsx';
import { Card } from '../../../web/ui/bits.tsx';
import { ActionPanel } from './ActionPanel.tsx';
import { AgreementCard } from './AgreementCard.tsx';
import own from './policy.module.css';
import { RequirementCard } from './RequirementCard.tsx';
import type { Track } from './words.ts';

/** Phase 3: the agreement of one year and its action plan, against the core of the ACI (POL-8). */
export default function ActionsTab({ track }: { track: Track }) {
  const [url, setUrl] = useUrl();
  const { requirements, source, title } = track.core;
  const writes = track.may.manage && !track.agreement?.closedOn;
  const [panel, arg] = url.volet?.split(':') ?? [];
  const open = panel === 'action' ? track.plan.find((one) => one.id === arg) : undefined;
  return (
    <div className={own.two}>
      <div className="stack loose">
        <Card
          title={title}
          count={track.plan.length ? `${track.actions.done} actions faites sur ${track.actions.of}` : undefined}
        >
          <p className="dim small" style={{ padding: '0 16px 8px' }}>
            {source}.
          </p>
          <Bars track={track} />
        </Card>
        {requirements.map((one) => (
          <RequirementCard
            key={one.id}
            track={track}
            requirement={one}
            writes={writes}
            add={() => setUrl({ volet: `nouvelle:${one.id}` })}
            edit={(id) => setUrl({ volet: `action:${id}` })}
          />
        ))}
      </div>
      <aside className={own.side} aria-label="Convention">
        <AgreementCard track={track} />
      </aside>
      {panel === 'nouvelle' && writes && (
        <ActionPanel key={arg} track={track} requirement={arg ?? ''} onClose={() => setUrl({ volet: undefined })} />
      )}
      {open && (
        <ActionPanel
          key={open.id}
          track={track}
          action={open}
          requirement={open.requirement}
          onClose={() => setUrl({ volet: undefined })}
        />
      )}
    </div>
  );
}

/** How far each requirement is: done, under way, late, to do; the figures stand beside. */
function Bars({ track }: { track: Track }) {
  return (
    <>
      <div className={`${own.legend} small`} aria-hidden>
        <span>
          <i data-kind="done" /> faites
        </span>
        <span>
          <i data-kind="doing" /> en cours
        </span>
        <span>
          <i data-kind="late" /> en retard
        </span>
        <span>
          <i /> à faire
        </span>
      </div>
      <div className={own.bars}>
        {track.core.requirements.map((one) => {
          const plan = track.plan.filter(({ requirement }) => requirement === one.id);
          const count = {
            done: plan.filter(({ state }) => state === 'done').length,
            late: plan.filter(({ late }) => late).length,
            doing: plan.filter(({ state, late }) => state === 'doing' && !late).length,
          };
          return (
            <div key={one.id} className={own.bar}>
              <span className="small">{one.title}</span>
              <span
                className={own.track}
                role="img"
                aria-label={
                  plan.length
                    ? `${count.done} faites, ${count.doing} en cours, ${count.late} en retard sur ${plan.length}`
                    : 'Aucune action'
                }
              >
                {plan.length > 0 &&
                  (['done', 'doing', 'late'] as const).map((kind) => (
                    <span key={kind} data-kind={kind} style={{ width: `${(count[kind] / plan.length) * 100}%` }} />
                  ))}
              </span>
              <span className="small num dim">{plan.length ? `${count.done} sur ${plan.length}` : '—'}</span>
            </div>
          );
        })}
      </div>
    </>
  );
}
