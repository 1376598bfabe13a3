import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Card } from '../../../web/ui/bits.tsx';
import css from '../programme.module.css';
import own from './leading.module.css';
import { Radar } from './Radar.tsx';
import { type Maturity, sayTenths } from './words.ts';

/** The newest levels beside the former ones: bars, or a table with the words of each level. */
export function Comparison({
  maturity: { matrix, past, may, open },
  onReopen,
}: {
  maturity: Maturity;
  onReopen: () => void;
}) {
  const [table, setTable] = useState(false);
  const [now, before] = past;
  if (!now) return null;
  return (
    <Card
      title="Où en est l’équipe"
      action={
        <SegmentedControl
          size="xs"
          aria-label="Présentation"
          value={table ? 'table' : 'bars'}
          onChange={(value) => setTable(value === 'table')}
          data={[
            { value: 'bars', label: 'Graphique' },
            { value: 'table', label: 'Tableau' },
          ]}
        />
      }
    >
      {table ? (
        <div className={css.scroll}>
          <table className={own.table}>
            <caption className="vh">Niveaux retenus par dimension</caption>
            <thead>
              <tr>
                <th scope="col">Dimension</th>
                {past.map((one) => (
                  <th key={one.id} scope="col" className={own.end}>
                    {sayDate(one.agreedOn)}
                  </th>
                ))}
                <th scope="col">Niveau d’aujourd’hui</th>
              </tr>
            </thead>
            <tbody>
              {matrix.axes.flatMap((axis) => [
                <tr key={axis.id}>
                  <th scope="row">{axis.label}</th>
                  {past.map((one) => (
                    <td key={one.id} className={own.end}>
                      <b>{one.means[axis.id] === undefined ? '–' : sayTenths(one.means[axis.id]!)}</b>
                    </td>
                  ))}
                  <td />
                </tr>,
                ...axis.dimensions.map((dimension) => (
                  <tr key={dimension.id}>
                    <td>{dimension.label}</td>
                    {past.map((one) => (
                      <td key={one.id} className={own.end}>
                        {one.levels[dimension.id] ?? '–'}
                      </td>
                    ))}
                    <td>
                      {now.levels[dimension.id] === undefined ? '' : dimension.levels[now.levels[dimension.id]! - 1]}
                    </td>
                  </tr>
                )),
              ])}
            </tbody>
          </table>
        </div>
      ) : (
        <div
          className={css.halves}
          style={{ padding: '0 16px', gridTemplateColumns: 'repeat(auto-fit, minmax(min(320px, 100%), 1fr))' }}
        >
          <Radar matrix={matrix} past={past} />
          <div className="stack">
            {matrix.axes.map((axis) => (
              <div key={axis.id} className="stack tight">
                <h3>
                  {axis.label}{' '}
                  <span className="num">{now.means[axis.id] === undefined ? '' : sayTenths(now.means[axis.id]!)}</span>
                </h3>
                {axis.dimensions.map(({ id, label }) => {
                  const [level, former] = [now.levels[id] ?? 0, before?.levels[id]];
                  return (
                    <div key={id} className={own.bar}>
                      <span>{label}</span>
                      <span className={own.track} aria-hidden>
                        <span style={{ width: `${level * 25}%` }} />
                        {former !== undefined && <i style={{ left: `calc(${former * 25}% - 1px)` }} />}
                      </span>
                      <span className="num nowrap">
                        {level} sur 4
                        {former !== undefined && former !== level && <span className="dim"> (avant {former})</span>}
                      </span>
                    </div>
                  );
                })}
              </div>
            ))}
          </div>
        </div>
      )}
      <div className={`${css.body} row wrap small dim`}>
        <span>
          Retenu le {sayDate(now.agreedOn)} par {now.by}
          {now.answers > 0 && `, après ${sayCount(now.answers, 'réponse')} de l’équipe`}.
        </span>
        {now.words && <span>« {now.words} »</span>}
        <span className="grow" />
        {may.agree && !open && (
          <Button size="compact-sm" variant="subtle" onClick={onReopen}>
            Rouvrir
          </Button>
        )}
      </div>
    </Card>
  );
}
