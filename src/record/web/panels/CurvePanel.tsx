import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ComponentProps } from 'react';
import { reading } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayAge } from '../../../web/say.ts';
import { Kbd } from '../../../web/ui/bits.tsx';
import { Curve } from '../../../web/ui/Curve.tsx';
import { ChartIcon, GoalIcon, PlusIcon, TableIcon } from '../../../web/ui/icons.ts';
import { useKeys } from '../../../web/ui/keys.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, EmptyState, Failure } from '../../../web/ui/states.tsx';
import { isOutOfRange, recordContract, type Series } from '../../contract.ts';
import { usePanel, useRecord } from '../use-record.ts';
import { onPaper } from './on-paper.ts';
import { CurveNotes } from './CurveNotes.tsx';
import { CurveTable } from './CurveTable.tsx';

const allTime = 'tout';
const periods = [
  { value: '3', label: '3 mois' },
  { value: '12', label: '1 an' },
  { value: '60', label: '5 ans' },
  { value: allTime, label: 'Tout' },
];
const meanMonth = 30.44 * 86_400_000;
/** The points of so many last months, `allTime`: all. */
const within = (points: Series['points'], period: string): Series['points'] => {
  if (period === allTime) return points;
  const since = new Date(Date.now() - Number(period) * meanMonth).toISOString();
  return points.filter(({ at }) => at >= since);
};

/** One line a component (blood pressure has two), with what is said of each point: of a child, its age and where it stands. */
function linesOf(
  { components, growth }: Series,
  points: Series['points'],
  birth: string | null,
): ComponentProps<typeof Curve>['series'] {
  const standing = new Map(growth?.standing.map(({ id, words }) => [id, words]));
  return components.map(({ code, label, reference }) => ({
    label,
    reference,
    points: points.flatMap(({ id, at, values, note }) => {
      const value = values.find((one) => one.code === code) ?? (components.length === 1 ? values[0] : undefined);
      if (value?.value == null) return [];
      return {
        at,
        value: value.value,
        off: isOutOfRange(value.flag),
        note: note ?? undefined,
        words: birth ? [sayAge(birth, at), standing.get(id)].filter(Boolean).join(', ') : undefined,
      };
    }),
  }));
}

/** One measure over time: curve with targets and references, table one key away (X), period in the address. */
export default function CurvePanel({ patient, code, onClose }: { patient: string; code: string; onClose: () => void }) {
  const { header } = useRecord();
  const [, setPanel] = usePanel();
  const [url, setUrl] = useUrl();
  const table = url.tableau === 'oui';
  const flip = () => setUrl({ tableau: table ? undefined : 'oui' });
  useKeys({ x: flip }, true, true);
  const query = useQuery(reading(recordContract.series, { params: { patient, code } }));
  const { data } = query;
  const period = url.periode ?? allTime;
  const points = within(data?.points ?? [], period);
  const birth = data?.growth ? header.patient.birthDate : null;
  return (
    <SidePanel
      wide
      title={data?.label ?? 'Courbe'}
      subtitle={`${header.patient.name}, ${header.patient.age}`}
      printed={data && onPaper(header)}
      onClose={onClose}
      footer={
        <>
          {data?.canAdd && (
            <Button leftSection={<PlusIcon size={16} />} onClick={() => setPanel(`mesure:${code}`)}>
              Ajouter une mesure
            </Button>
          )}
          <Button
            variant="default"
            leftSection={table ? <ChartIcon size={16} /> : <TableIcon size={16} />}
            rightSection={<Kbd>X</Kbd>}
            onClick={flip}
          >
            {table ? 'Voir la courbe' : 'Voir le tableau'}
          </Button>
          {data && (
            <Button variant="subtle" leftSection={<GoalIcon size={16} />} onClick={() => setPanel('objectif')}>
              Fixer un objectif
            </Button>
          )}
        </>
      }
    >
      <div className="stack">
        <div className="row wrap">
          <MeasureChoice code={code} label={data?.label} />
          <Select
            aria-label="Période"
            allowDeselect={false}
            w={110}
            data={periods}
            value={period}
            onChange={(next) => setUrl({ periode: next === allTime ? undefined : (next ?? undefined) })}
          />
        </div>
        <Failure of={query} />
        {query.isPending && <Bone h={280} />}
        {data && !points.length && (
          <EmptyState icon={ChartIcon} title="Aucune valeur sur cette période">
            Choisissez une période plus longue.
          </EmptyState>
        )}
        {data && points.length > 0 && !table && (
          <Curve
            title={data.label}
            unit={data.unit}
            decimals={data.decimals}
            series={linesOf(data, points, birth)}
            targets={data.targets}
            growth={data.growth?.curves}
            birth={birth}
            height={data.growth?.curves.length ? 380 : 300}
          />
        )}
        {data && <CurveNotes data={data} newest={points.at(-1)} birth={birth} />}
        {data && points.length > 0 && table && <CurveTable data={data} points={points} birth={birth} />}
      </div>
    </SidePanel>
  );
}

/** Another measure of this record, without going back to its card. */
function MeasureChoice({ code, label }: { code: string; label?: string }) {
  const { measures } = useRecord();
  const [, setPanel] = usePanel();
  if (!measures) return null;
  const labels = new Map(measures.map((one) => [one.code, one.label]));
  if (label) labels.set(code, label);
  return (
    <Select
      aria-label="Mesure"
      allowDeselect={false}
      searchable
      w={230}
      data={[...labels].map(([value, words]) => ({ value, label: words }))}
      value={code}
      onChange={(next) => next && setPanel(`courbe:${next}`)}
    />
  );
}
