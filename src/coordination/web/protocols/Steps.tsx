import { type ReactNode, useEffect, useRef } from 'react';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { DocumentIcon, ExternalIcon, RefreshIcon } from '../../../web/ui/icons.ts';
import { Nothing } from '../../../web/ui/states.tsx';
import { professionLabel } from '../../../web/words.ts';
import { type ProtocolModel, type ProtocolStep, stepKinds } from '../../contract.ts';
import css from './protocols.module.css';
import { capital, sayAges, sayRepeat, sayWhen } from './words.ts';

/** Everything a protocol says, in the order in which one reads it. */
export function Steps({ model, chosen }: { model: ProtocolModel; chosen?: string | undefined }) {
  return (
    <div className={css.reading}>
      <div className="stack" style={{ gap: 16 }}>
        <Card title="Étapes" count={model.steps.length || undefined}>
          {model.steps.length === 0 && <Nothing>Pas encore d’étape.</Nothing>}
          <ol className={`plain ${css.steps}`}>
            {model.steps.map((step, at) => (
              <Step key={step.id} step={step} number={at + 1} steps={model.steps} chosen={step.id === chosen} />
            ))}
          </ol>
        </Card>
      </div>
      <div className="stack" style={{ gap: 16 }}>
        <Card title="Pour qui, dans quel but">
          <div className={`${css.text} stack`}>
            {model.summary && <p>{model.summary}</p>}
            {model.patients.words && <p>{model.patients.words}</p>}
            {sayAges(model.patients.ages) && <p className="dim">Âge : {sayAges(model.patients.ages)}.</p>}
            {model.patients.problems.length > 0 && (
              <p className="small">
                <span className="dim">Proposé pour : </span>
                {model.patients.problems.map((one) => `${one.label} (${one.code})`).join(', ')}
              </p>
            )}
            {model.goals.length > 0 && (
              <ul className={css.bullets}>
                {model.goals.map((goal) => (
                  <li key={goal}>{goal}</li>
                ))}
              </ul>
            )}
          </div>
        </Card>
        <Card title="Signes d’alerte" count={model.alerts.length || undefined}>
          {model.alerts.length === 0 && <Nothing>Aucun signe d’alerte noté.</Nothing>}
          <ul className="plain">
            {model.alerts.map((alert) => (
              <li key={alert.sign} className={css.alert}>
                <div className="strong">{alert.sign}</div>
                <div>{alert.act}</div>
                <div className="dim small">{alert.roles.map(professionLabel).join(', ')}</div>
              </li>
            ))}
          </ul>
        </Card>
        {model.documents.length > 0 && (
          <Card title="Documents" count={model.documents.length}>
            <div className={css.text}>
              <ul className="plain">
                {model.documents.map((document) => (
                  <li key={document.title}>
                    <Paper {...document} />
                  </li>
                ))}
              </ul>
            </div>
          </Card>
        )}
      </div>
    </div>
  );
}

function Step({
  step,
  number,
  steps,
  chosen,
}: {
  step: ProtocolStep;
  number: number;
  steps: readonly ProtocolStep[];
  chosen: boolean;
}) {
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) line.current?.scrollIntoView({ block: 'center' });
  }, [chosen]);
  const [usual, ...others] = step.roles.map(professionLabel);
  return (
    <li
      ref={line}
      className={css.step}
      data-chosen={chosen || undefined}
      data-conditional={step.condition ? true : undefined}
    >
      <span className={css.number} aria-hidden>
        {number}
      </span>
      <div className="grow">
        <div className="row wrap" style={{ gap: '0 8px' }}>
          <h3>{step.title}</h3>
          <span className="dim tiny">{stepKinds[step.kind]}</span>
        </div>
        {step.condition && (
          <p className="small">
            <b>Seulement si :</b> {step.condition.words}{' '}
            {step.condition.expression && <Tag title={step.condition.expression}>vérifié dans le dossier</Tag>}
          </p>
        )}
        {step.detail && <p className={css.detail}>{step.detail}</p>}
        {step.documents.map((document) => (
          <p key={document.title} className="small">
            <Paper {...document} />
          </p>
        ))}
      </div>
      <div className={css.meta}>
        <Meta>{capital(sayWhen(step, steps))}</Meta>
        {step.repeat && (
          <Meta>
            <RefreshIcon size={13} /> {sayRepeat(step.repeat)}
          </Meta>
        )}
        <div className="strong small">{usual}</div>
        {others.length > 0 && <div className="dim tiny">ou {others.join(', ')}</div>}
      </div>
    </li>
  );
}
const Meta = ({ children }: { children: ReactNode }) => <div className="small">{children}</div>;

/** A document to give: a link where there is an address. */
export const Paper = ({ title, url }: { title: string; url: string | null }) => (
  <>
    <DocumentIcon size={14} style={{ verticalAlign: -2 }} />{' '}
    {url && /^https?:/.test(url) ? (
      <a href={url} target="_blank" rel="noreferrer">
        {title} <ExternalIcon size={12} style={{ verticalAlign: -1 }} />
      </a>
    ) : (
      title
    )}
  </>
);
