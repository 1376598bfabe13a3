import { ActionIcon, Button } from '@mantine/core';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount, sayNumber } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { BackIcon, RightIcon } from '../../../web/ui/icons.ts';
import { Failure, ListBones } from '../../../web/ui/states.tsx';
import type { coordinationContract } from '../../contract.ts';
import type { z } from 'zod';
import figuresCss from './figures.module.css';
import css from './meetings.module.css';
import { useFigures } from './use-meetings.ts';

type Year = z.infer<typeof coordinationContract.meetingFigures.reply>;
const percent = (share: number | null): string => (share === null ? '—' : `${sayNumber(share * 100, 2)} %`);

/** What the ACI asks, counted from the meetings themselves: nothing is entered again. */
export function Figures() {
  const [url, setUrl] = useUrl();
  const year = Number(url.annee) || dayjs().year();
  const query = useFigures(year);
  const data = query.data;
  return (
    <div className={css.aside}>
      <Card
        title="Chiffres pour l’ACI"
        action={
          <span className="row">
            <ActionIcon aria-label="Année précédente" onClick={() => setUrl({ annee: String(year - 1) })}>
              <BackIcon size={16} />
            </ActionIcon>
            <b className="num">{year}</b>
            <ActionIcon
              aria-label="Année suivante"
              disabled={year >= dayjs().year()}
              onClick={() => setUrl({ annee: year + 1 >= dayjs().year() ? undefined : String(year + 1) })}
            >
              <RightIcon size={16} />
            </ActionIcon>
          </span>
        }
      >
        <Failure compact of={query} />
        {query.isPending && <ListBones rows={6} />}
        {data && <Table data={data} />}
      </Card>
    </div>
  );
}
function Table({ data }: { data: Year }) {
  const [table, setTable] = useState(false);
  const enough = data.held >= data.wanted;
  const reached = (data.share ?? 0) >= data.target;
  const missing = Math.max(1, Math.ceil(data.population * data.target) - data.discussed);
  return (
    <div className={figuresCss.figures}>
      <dl>
        <div>
          <dt>Réunions tenues</dt>
          <dd>
            {data.held} <span className="dim small">sur {data.wanted} attendues</span>
          </dd>
          <dd>
            {enough ? (
              <Tag tone="success">nombre atteint</Tag>
            ) : (
              <Tag tone="warning">encore {data.wanted - data.held}</Tag>
            )}
          </dd>
        </div>
        <div>
          <dt>Patients discutés</dt>
          <dd>
            {data.discussed} <span className="dim small">{sayCount(data.files, 'dossier prêt', 'dossiers prêts')}</span>
          </dd>
        </div>
        <div>
          <dt>Part de la patientèle</dt>
          <dd>
            {percent(data.share)} <span className="dim small">objectif {percent(data.target)}</span>
          </dd>
          <dd>
            {data.population === 0 ? (
              <Tag>aucun patient compté encore</Tag>
            ) : reached ? (
              <Tag tone="success">objectif atteint</Tag>
            ) : (
              <Tag tone="warning">encore {sayCount(missing, 'patient')}</Tag>
            )}
          </dd>
        </div>
      </dl>
      {data.population > 0 && (table ? <Months data={data} /> : <Chart data={data} />)}
      <div className="row between">
        <span className="dim tiny">
          {data.population === 0
            ? `La part se compte sur les patients dont le médecin traitant est de la structure, en ALD ou de plus de ${data.age} ans : aucun dossier ne l’est encore. Le médecin traitant se note dans l’équipe de soins du dossier.`
            : `Part : patients discutés, comptés une fois, sur ${sayCount(data.population, 'patient')} d’un médecin traitant de la structure en ALD ou de plus de ${data.age} ans.`}
        </span>
        {data.population > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={() => setTable(!table)} style={{ flex: 'none' }}>
            {table ? 'Graphique' : 'Tableau'}
          </Button>
        )}
      </div>
    </div>
  );
}
const [w, h, left, bottom] = [340, 150, 30, 20];
/** The share as the year goes, with its target; meetings as bars beneath. */
function Chart({ data }: { data: Year }) {
  // Far above the target the line would hide it: the scale stops at four times the target.
  const top =
    Math.min(data.target * 4, Math.max(data.target * 1.3, ...data.months.map((one) => one.share ?? 0))) * 1.08;
  const x = (at: number) => left + ((w - left - 8) / 12) * (at + 0.5);
  const y = (share: number) => 8 + (1 - Math.min(share, top) / top) * (h - bottom - 8);
  const known = data.months.filter((one) => one.share !== null);
  const most = Math.max(3, ...data.months.map((one) => one.held));
  return (
    <svg
      viewBox={`0 0 ${w} ${h}`}
      className={figuresCss.chart}
      role="img"
      aria-label={`Part de la patientèle discutée, mois après mois : ${known.map((one) => `${dayjs(`${one.month}-01`).format('MMMM')} ${percent(one.share)}`).join(', ')}. Objectif ${percent(data.target)}.`}
    >
      {data.months.map(
        (one, at) =>
          one.held > 0 && (
            <rect
              key={one.month}
              x={x(at) - 7}
              width={14}
              y={h - bottom - (one.held / most) * 34}
              height={(one.held / most) * 34}
              className={figuresCss.bar}
            />
          ),
      )}
      {data.months.map(
        (one, at) =>
          one.held > 0 && (
            <text key={one.month} x={x(at)} y={h - bottom - (one.held / most) * 34 - 3} className={figuresCss.barText}>
              {one.held}
            </text>
          ),
      )}
      <line x1={left} x2={w - 8} y1={h - bottom} y2={h - bottom} className={figuresCss.axis} />
      <line x1={left} x2={w - 8} y1={y(data.target)} y2={y(data.target)} className={figuresCss.targetLine} />
      <text x={w - 8} y={y(data.target) - 4} className={figuresCss.targetText}>
        objectif {percent(data.target)}
      </text>
      {known.length > 0 && (
        <path
          d={known.map((one, at) => `${at ? 'L' : 'M'}${x(at)} ${y(one.share ?? 0)}`).join('')}
          className={figuresCss.share}
        />
      )}
      {known.length > 0 && (
        <circle cx={x(known.length - 1)} cy={y(known.at(-1)!.share ?? 0)} r={3.5} className={figuresCss.point} />
      )}
      <text x={left - 4} y={y(data.target) + 4} className={figuresCss.tick}>
        {sayNumber(data.target * 100, 0)} %
      </text>
      {data.months.map((one, at) => (
        <text key={one.month} x={x(at)} y={h - 6} className={figuresCss.month}>
          {dayjs(`${one.month}-01`).format('MMM')[0]!.toUpperCase()}
        </text>
      ))}
    </svg>
  );
}
function Months({ data }: { data: Year }) {
  return (
    <table className={figuresCss.months}>
      <caption className="vh">Réunions et part de la patientèle par mois</caption>
      <thead>
        <tr>
          <th scope="col">Mois</th>
          <th scope="col">Réunions</th>
          <th scope="col">Patients</th>
          <th scope="col">Part</th>
        </tr>
      </thead>
      <tbody>
        {data.months
          .filter((one) => one.share !== null)
          .map((one) => (
            <tr key={one.month}>
              <th scope="row">{dayjs(`${one.month}-01`).format('MMMM')}</th>
              <td>{one.held}</td>
              <td>{one.discussed}</td>
              <td>{percent(one.share)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
