import { sayCount, sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { euros } from '../words.ts';
import { type Practice, type Region, saySpending, sayLate, statusTones, statusWords } from './modes.ts';

const columnsOf = ({ columns }: Pick<Region, 'columns'>): Column<Practice>[] => [
  { key: 'team', title: 'Équipe', sortable: true, render: (one) => <span className="strong">{one.team}</span> },
  {
    key: 'department',
    title: 'Lieu',
    sortable: true,
    wide: true,
    render: (one) =>
      one.place ? (
        <span>
          {one.place.label} <span className="dim">{one.place.department}</span>
        </span>
      ) : (
        <span className="dim">à placer</span>
      ),
  },
  {
    key: 'status',
    title: 'État',
    sortable: true,
    width: 150,
    render: (one) => <Tag tone={statusTones[one.status]}>{statusWords[one.status]}</Tag>,
  },
  {
    key: 'step',
    title: 'Étape',
    sortable: true,
    wide: true,
    render: (one) =>
      one.step ? (
        <span>
          {one.step.title}{' '}
          <span className="dim num">
            {one.step.at + 1}/{one.step.of}
          </span>
        </span>
      ) : (
        <span className="dim">–</span>
      ),
  },
  {
    key: 'late',
    title: 'Retard',
    sortable: true,
    width: 120,
    render: (one) =>
      one.step ? (
        one.lateDays > 0 ? (
          <Tag tone="danger">{sayLate(one.lateDays)}</Tag>
        ) : (
          <span className="dim">à temps</span>
        )
      ) : (
        <span className="dim">–</span>
      ),
  },
  ...(columns.spending
    ? [
        {
          key: 'paid',
          title: 'Payé',
          sortable: true,
          wide: true,
          align: 'right' as const,
          width: 150,
          render: (one: Practice) =>
            one.spending ? (
              <span className="num" title={saySpending(one)}>
                {euros(one.spending.paidCents)}
              </span>
            ) : (
              <span className="dim">–</span>
            ),
        },
      ]
    : []),
  ...(columns.use
    ? [
        {
          key: 'use',
          title: 'Usage',
          sortable: true,
          wide: true,
          width: 130,
          render: (one: Practice) =>
            one.use ? (
              one.use.professions === null ? (
                <span className="dim">trop peu</span>
              ) : (
                sayCount(one.use.professions, 'profession')
              )
            ) : (
              <span className="dim">–</span>
            ),
        },
      ]
    : []),
  {
    key: 'call',
    title: 'Appel',
    sortable: true,
    wide: true,
    render: (one) => <span className="dim">{one.call?.title.replace(/^Appel à candidatures /, '') ?? '–'}</span>,
  },
  {
    key: 'ends',
    title: 'Fin prévue',
    sortable: true,
    wide: true,
    width: 110,
    render: (one) => <span className="num">{one.endsOn ? sayDate(one.endsOn) : '–'}</span>,
  },
];

/** The teams of the map as a list. */
export function TeamsTable({
  region,
  chosen,
  sort,
  onSort,
  onOpen,
}: {
  region: Region;
  chosen: string | undefined;
  sort: string | undefined;
  onSort: (sort: string) => void;
  onOpen: (one: Practice) => void;
}) {
  return (
    <DataTable
      caption="Équipes de la région"
      rows={region.practices}
      columns={columnsOf(region)}
      rowKey={(one) => one.practice}
      sort={sort ?? 'team'}
      onSort={onSort}
      onOpen={onOpen}
      mark={(one) => (one.practice === chosen ? 'chosen' : undefined)}
    />
  );
}
