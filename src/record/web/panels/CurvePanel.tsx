import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { reading } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayAge, sayDateTime, sayNumber } from '../../../web/say.ts';
import { Kbd, WhoWhen } from '../../../web/ui/bits.tsx';
import { Curve } from '../../../web/ui/Curve.tsx';
import { ChartIcon, EditIcon, GoalIcon, PlusIcon, TableIcon } from '../../../web/ui/icons.ts';
import { useKeys } from '../../../web/ui/keys.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, EmptyState, ErrorState } from '../../../web/ui/states.tsx';
import { isOutOfRange, rangeSourceOf, recordContract } from '../../contract.ts';
import { Flag } from '../summary/Flag.tsx';
import { usePanel, useRecord } from '../use-record.ts';
import css from './panels.module.css';

const periods = [
  { value: '3', label: '3 mois' },
  { value: '12', label: '1 an' },
  { value: '60', label: '5 ans' },
  { value: 'tout', label: 'Tout' },
];
const flagWords: Record<string, string> = {
  high: 'Élevé',
  low: 'Bas',
  'critical-high': 'Critique',
  'critical-low': 'Critique',
};

/** One measure over time: curve with targets and references, table one key away (X), period in the address. */
export default function CurvePanel({ patient, code, onClose }: { patient: string; code: string; onClose: () => void }) {
  const { measures, header } = useRecord();
  const [, setPanel] = usePanel();
  const [url, setUrl] = useUrl();
  const table = url.tableau === 'oui';
  const flip = () => setUrl({ tableau: table ? undefined : 'oui' });
  useKeys({ x: flip }, true, true);
  const query = useQuery(reading(recordContract.series, { params: { patient, code } }));
  const data = query.data;
  const months = url.periode && url.periode !== 'tout' ? Number(url.periode) : null;
  const since = months ? new Date(Date.now() - months * 30.44 * 864e5).toISOString() : '';
  const points = data?.points.filter((point) => !since || point.at >= since) ?? [];
  const birth = data?.growth ? header.patient.birthDate : null;
  const standing = new Map(data?.growth?.standing.map((one) => [one.id, one]));
  const series =
    data?.components.map((component) => ({
      label: component.label,
      reference: component.reference,
      points: points.flatMap((point) => {
        const value =
          point.values.find((one) => one.code === component.code) ??
          (data.components.length === 1 ? point.values[0] : undefined);
        return value?.value == null
          ? []
          : [
              {
                at: point.at,
                value: value.value,
                off: isOutOfRange(value.flag),
                note: point.note ?? undefined,
                words: birth
                  ? [sayAge(birth, point.at), standing.get(point.id)?.words].filter(Boolean).join(', ')
                  : undefined,
              },
            ];
      }),
    })) ?? [];
  const newest = points.at(-1);
  return (
    <SidePanel
      wide
      title={data?.label ?? 'Courbe'}
      subtitle={`${header.patient.name}, ${header.patient.age}`}
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
          {measures && (
            <Select
              aria-label="Mesure"
              allowDeselect={false}
              searchable
              w={230}
              data={[
                ...new Map([
                  ...measures.map((one) => [one.code, one.label] as const),
                  ...(data ? [[code, data.label] as const] : []),
                ]),
              ].map(([value, label]) => ({ value, label }))}
              value={code}
              onChange={(next) => next && setPanel(`courbe:${next}`)}
            />
          )}
          <Select
            aria-label="Période"
            allowDeselect={false}
            w={110}
            data={periods}
            value={url.periode ?? 'tout'}
            onChange={(period) => setUrl({ periode: period === 'tout' ? undefined : (period ?? undefined) })}
          />
        </div>
        {query.error && <ErrorState error={query.error} retry={() => void query.refetch()} />}
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
            series={series}
            targets={data.targets}
            growth={data.growth?.curves}
            birth={birth}
            height={data.growth?.curves.length ? 380 : 300}
          />
        )}
        {data && (
          <ul className={`plain small ${css.ranges}`}>
            {data.components.map(
              (component) =>
                component.reference?.text && (
                  <li key={component.code}>
                    {data.components.length > 1 && `${component.label} : `}référence {component.reference.text}{' '}
                    {data.unit}{' '}
                    <span className="dim">
                      (
                      {component.reference.from === 'report'
                        ? 'celle du laboratoire'
                        : `usuelle : ${rangeSourceOf(component.code)}`}
                      )
                    </span>
                  </li>
                ),
            )}
            {data.targets.map((target) => (
              <li key={target.goal + target.code}>
                Objectif : {target.label}
                {target.who && <span className="dim"> ({target.who.name})</span>}
              </li>
            ))}
            {birth && newest && standing.has(newest.id) && (
              <li className={css.whole}>
                Dernière valeur : <b>{newest.display}</b> à {sayAge(birth, newest.at)},{' '}
                <b data-outside={standing.get(newest.id)!.outside || undefined}>{standing.get(newest.id)!.words}</b>
              </li>
            )}
            {data.growth && (
              <li className={css.whole}>
                {data.growth.curves.length > 0 &&
                  `Courbes de croissance : ${data.growth.source}. Âge non corrigé du terme.`}{' '}
                {data.growth.note}
              </li>
            )}
          </ul>
        )}
        {data && points.length > 0 && table && (
          <table className={css.table}>
            <caption className="vh">{data.label}</caption>
            <thead>
              <tr>
                <th scope="col">Date</th>
                <th scope="col">Valeur</th>
                <th scope="col">Par</th>
                <th scope="col">
                  <span className="vh">Corriger</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {[...points].reverse().map((point) => (
                <tr key={point.id}>
                  <td className="num nowrap">
                    {sayDateTime(point.at)}
                    {birth && <div className="dim tiny">{sayAge(birth, point.at)}</div>}
                  </td>
                  <td>
                    <b data-off={isOutOfRange(point.flag) || undefined}>
                      {point.display || sayNumber(point.values[0]?.value ?? 0)}
                    </b>{' '}
                    <Flag flag={point.flag} label={flagWords[point.flag] ?? ''} />
                    {standing.has(point.id) && <div className="dim tiny">{standing.get(point.id)!.words}</div>}
                    {point.note && <div className="dim tiny">{point.note}</div>}
                  </td>
                  <td>
                    <WhoWhen who={point.who} />
                  </td>
                  <td>
                    {point.canEdit && point.form && (
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        aria-label={`Corriger la valeur du ${sayDateTime(point.at)}`}
                        onClick={() => setPanel(`corriger:${point.type}:${point.id}`)}
                      >
                        <EditIcon size={15} />
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </SidePanel>
  );
}
