import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useUrl } from '../../../../web/routes.tsx';
import { Kbd } from '../../../../web/ui/bits.tsx';
import { ProtocolIcon, TableIcon } from '../../../../web/ui/icons.ts';
import { useKeys } from '../../../../web/ui/keys.ts';
import { EmptyState } from '../../../../web/ui/states.tsx';
import { capital, sayRepeat, sayRoles, sayWhen } from '../words.ts';
import { Diagram, type DiagramProps } from './Diagram.tsx';
import css from './diagram.module.css';
import { stretchLabel, stretchOf } from './lay-out.rules.ts';

/** The diagram on a desk, a line of time from top to bottom on a telephone, the same as a table one key away (X). */
export function DiagramView(props: DiagramProps) {
  const [url, setUrl] = useUrl();
  const small = useMediaQuery('(max-width: 720px)', false, { getInitialValueInEffect: false });
  const table = url.vue === 'tableau';
  const flip = () => setUrl({ vue: table ? undefined : 'tableau' });
  useKeys({ x: flip });
  if (props.steps.length === 0)
    return (
      <EmptyState icon={ProtocolIcon} title="Pas encore d’étape">
        Le schéma se dessine à mesure que vous ajoutez des étapes.
      </EmptyState>
    );
  return (
    <div className={css.sheet}>
      <div className="row between wrap no-print" style={{ paddingBottom: 8 }}>
        <p className="dim small">
          {table
            ? 'Les étapes dans l’ordre du temps.'
            : small
              ? 'De haut en bas, dans l’ordre du temps.'
              : 'Une ligne par profession, le temps de gauche à droite.'}
        </p>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={table ? <ProtocolIcon size={15} /> : <TableIcon size={15} />}
          rightSection={<Kbd>X</Kbd>}
          onClick={flip}
        >
          {table ? 'Voir le schéma' : 'Voir le tableau'}
        </Button>
      </div>
      {table ? <AsTable {...props} /> : small ? <AsLine {...props} /> : <Diagram {...props} />}
      {!table && !small && <Legend />}
    </div>
  );
}

const inTime = ({ steps, rounds }: DiagramProps) => {
  const first = new Map<string, number>();
  for (const { step, day } of rounds) first.set(step, Math.min(first.get(step) ?? day, day));
  return steps
    .map((step, order) => ({ step, order, day: first.get(step.id) ?? null }))
    .sort((a, b) => (a.day ?? 1e9) - (b.day ?? 1e9) || a.order - b.order);
};

function AsTable(props: DiagramProps) {
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <caption className="vh">Étapes du protocole dans l’ordre du temps</caption>
        <thead>
          <tr>
            <th scope="col">Quand</th>
            <th scope="col">Quoi</th>
            <th scope="col">Qui</th>
            <th scope="col">Revient</th>
            <th scope="col">Seulement si</th>
          </tr>
        </thead>
        <tbody>
          {inTime(props).map(({ step }) => (
            <tr key={step.id}>
              <td>{capital(sayWhen(step, props.steps))}</td>
              <td>
                {props.onChoose ? (
                  <button type="button" className="plain-button strong" onClick={() => props.onChoose?.(step.id)}>
                    {step.title}
                  </button>
                ) : (
                  <span className="strong">{step.title}</span>
                )}
              </td>
              <td>{sayRoles(step.roles)}</td>
              <td>{sayRepeat(step.repeat)}</td>
              <td>{step.condition?.words}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function AsLine(props: DiagramProps) {
  const lines = inTime(props);
  const stretches = [...new Set(lines.map((one) => stretchOf(one.day)))];
  return (
    <div className={css.line}>
      {stretches.map((stretch) => (
        <section key={stretch} className={css.stretch}>
          <h3>{stretchLabel(stretch)}</h3>
          <ol className="plain">
            {lines
              .filter((one) => stretchOf(one.day) === stretch)
              .map(({ step }) => (
                <li
                  key={step.id}
                  className={css.stop}
                  data-conditional={step.condition ? true : undefined}
                  data-chosen={step.id === props.chosen || undefined}
                >
                  <button type="button" className="plain-button" onClick={() => props.onChoose?.(step.id)}>
                    <span className="strong">{step.title}</span>
                    <span className="dim small" style={{ display: 'block' }}>
                      {[sayRoles(step.roles.slice(0, 1)), sayWhen(step, props.steps), sayRepeat(step.repeat)]
                        .filter(Boolean)
                        .join(' · ')}
                    </span>
                    {step.condition && (
                      <span className="small" style={{ display: 'block' }}>
                        Seulement si : {step.condition.words}
                      </span>
                    )}
                  </button>
                </li>
              ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function Legend() {
  return (
    <div className={`${css.legend} dim tiny`} aria-hidden>
      <span>
        <svg width="26" height="10" aria-hidden="true">
          <line x1="1" x2="24" y1="5" y2="5" className={css.link} />
        </svg>
        vient après
      </span>
      <span>
        <svg width="30" height="18" aria-hidden="true">
          <rect x="1" y="2" width="28" height="14" rx="4" className={css.card} data-conditional />
        </svg>
        seulement pour certains patients
      </span>
      <span>
        <svg width="34" height="20" aria-hidden="true">
          <line x1="0" x2="34" y1="10" y2="10" className={css.pulse} />
          <circle cx="17" cy="10" r="8" className={css.beat} />
          <text x="17" y="14" className={css.times}>
            3
          </text>
        </svg>
        revient tant de fois dans la période
      </span>
    </div>
  );
}
