import { Button, Menu, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call, reading, Refusal, urlOf } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { ChartIcon, DownloadIcon, EditIcon } from '../../../web/ui/icons.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { EmptyState, Failure, ListBones, Note, Nothing } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract, scaled } from '../../contract.ts';
import css from '../programme.module.css';
import { projectStates } from '../projects/words.ts';
import { euros } from '../words.ts';
import { BudgetBar, BudgetLegend } from './BudgetBar.tsx';
import own from './money.module.css';
import { type BudgetCall, changedMoney, typedNumber } from './words.ts';

type Line = BudgetCall['lines'][number];
const columns: Column<Line>[] = [
  { key: 'team', title: 'Équipe', sortable: true, render: (one) => <span className="strong">{one.team}</span> },
  {
    key: 'state',
    title: 'Projet',
    wide: true,
    width: 110,
    render: (one) => <Tag tone={projectStates[one.state].tone}>{projectStates[one.state].words}</Tag>,
  },
  {
    key: 'ceiling',
    title: 'Plafond',
    sortable: true,
    wide: true,
    align: 'right',
    render: (one) => <span className="num">{euros(one.ceilingCents)}</span>,
  },
  {
    key: 'engaged',
    title: 'Engagé',
    sortable: true,
    align: 'right',
    render: (one) =>
      one.engagedCents > 0 ? (
        <span className="num">{euros(one.engagedCents)}</span>
      ) : (
        <span className="dim num">{one.forecastCents > 0 ? `prévu ${euros(one.forecastCents)}` : '–'}</span>
      ),
  },
  {
    key: 'ordered',
    title: 'Ordonné',
    sortable: true,
    wide: true,
    align: 'right',
    render: (one) => <span className="num">{euros(one.orderedCents)}</span>,
  },
  {
    key: 'paid',
    title: 'Payé',
    sortable: true,
    align: 'right',
    render: (one) => (
      <span className="num">
        {euros(one.paidCents)}
        {one.recoverCents > 0 && <span className="danger small"> dont {euros(one.recoverCents)} à reverser</span>}
      </span>
    ),
  },
  {
    key: 'agreement',
    title: 'Convention',
    wide: true,
    render: (one) =>
      one.agreement ? (
        <span className="num">
          {one.agreement}{' '}
          {one.signedOn ? <span className="dim">du {sayDate(one.signedOn)}</span> : <Tag tone="warning">à signer</Tag>}
          {one.amendments.length > 0 && (
            <span className="dim">, {sayCount(one.amendments.length, 'avenant', 'avenants')}</span>
          )}
        </span>
      ) : (
        <span className="dim">–</span>
      ),
  },
];
const keyOf = (one: Line, key: string): string | number =>
  key === 'ceiling'
    ? one.ceilingCents
    : key === 'engaged'
      ? one.engagedCents
      : key === 'ordered'
        ? one.orderedCents
        : key === 'paid'
          ? one.paidCents
          : one.team;

const exports = [
  { of: 'projects', format: 'xlsx', label: 'Projets, XLSX' },
  { of: 'projects', format: 'csv', label: 'Projets, CSV' },
  { of: 'payments', format: 'xlsx', label: 'Versements, XLSX' },
  { of: 'payments', format: 'csv', label: 'Versements, CSV' },
] as const;

/** `/programme/budget`: the budget of each call, followed live: envelope, engaged, ordered, paid, foreseen. */
export default function BudgetPage() {
  const [url, setUrl] = useUrl();
  const navigate = useNavigate();
  const query = useQuery(reading(programmeContract.budget));
  useLive(['projects', 'calls'], changedMoney);
  const calls = query.data?.calls ?? [];
  const chosen =
    calls.find((one) => one.edition === url.appel) ?? calls.find((one) => one.lines.length > 0) ?? calls[0];
  const [sort, down] = url.tri?.startsWith('-') ? [url.tri.slice(1), -1] : [url.tri ?? 'team', 1];
  const rows = [...(chosen?.lines ?? [])].sort(
    (a, b) =>
      (typeof keyOf(a, sort) === 'string'
        ? String(keyOf(a, sort)).localeCompare(String(keyOf(b, sort)), 'fr')
        : Number(keyOf(a, sort)) - Number(keyOf(b, sort))) * down,
  );
  return (
    <div className="page">
      <title>Budget · Estran</title>
      <header className="page-head">
        <div className={css.title}>
          <h1>Budget</h1>
          <p className="dim">Ce que chaque appel peut dépenser, ce qui est engagé, ordonné et payé.</p>
        </div>
        {chosen && (
          <div className="row wrap no-print">
            <Select
              aria-label="Appel"
              w={320}
              maw="calc(100vw - 24px)"
              allowDeselect={false}
              data={calls.map((one) => ({ value: one.edition, label: one.title }))}
              value={chosen.edition}
              onChange={(appel) => setUrl({ appel: appel ?? undefined })}
            />
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="default" leftSection={<DownloadIcon size={15} />}>
                  Exporter
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {exports.map(({ of, format, label }) => (
                  <Menu.Item
                    key={label}
                    component="a"
                    href={urlOf(programmeContract.exportBudget, { query: { format, of, edition: chosen.edition } })}
                  >
                    {label}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          </div>
        )}
      </header>
      <Failure of={query} />
      {query.isPending && <ListBones rows={8} />}
      {query.data && !chosen && (
        <EmptyState icon={ChartIcon} title="Aucun appel publié">
          Le budget se suit appel par appel, une fois l’appel publié.
        </EmptyState>
      )}
      {chosen && (
        <div className="stack loose">
          <Envelope budget={chosen} writes={query.data!.writes} open={(volet) => setUrl({ volet })} />
          <Card title="Projets" count={rows.length}>
            {rows.length === 0 ? (
              <Nothing>Aucun projet n’est ouvert dans cet appel.</Nothing>
            ) : (
              <>
                <Chart lines={rows} />
                <DataTable
                  caption={`Budget de ${chosen.title}, projet par projet`}
                  rows={rows}
                  columns={columns}
                  rowKey={(one) => one.project}
                  sort={url.tri ?? 'team'}
                  onSort={(tri) => setUrl({ tri })}
                  onOpen={(one) =>
                    void navigate({
                      to: `/programme/projets/${one.project}` as string,
                      search: { onglet: 'argent' } as never,
                    })
                  }
                />
              </>
            )}
          </Card>
        </div>
      )}
      {chosen && url.volet === 'enveloppe' && query.data!.writes && (
        <EnvelopePanel key={chosen.edition} budget={chosen} onClose={() => setUrl({ volet: undefined })} />
      )}
    </div>
  );
}

function Envelope({ budget, writes, open }: { budget: BudgetCall; writes: boolean; open: (volet: string) => void }) {
  const { envelopeCents: envelope, engagedCents, orderedCents, paidCents, forecastCents } = budget;
  const left = envelope === null ? null : envelope - engagedCents;
  const figures: [string, string, string?][] = [
    ['Enveloppe', envelope === null ? 'à fixer' : euros(envelope)],
    ['Engagé', euros(engagedCents)],
    ['Ordonné', euros(orderedCents)],
    ['Payé', euros(paidCents)],
    ['Reste à engager', left === null ? '–' : euros(left)],
    ['Prévision', euros(forecastCents), 'plafonds des projets sans convention'],
  ];
  return (
    <Card
      title={budget.title}
      action={
        writes && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<EditIcon size={14} />}
            onClick={() => open('enveloppe')}
          >
            {envelope === null ? 'Fixer l’enveloppe' : 'Changer l’enveloppe'}
          </Button>
        )
      }
    >
      <div className={own.figures}>
        {figures.map(([label, value, words]) => (
          <div key={label}>
            <div className="dim small">{label}</div>
            <div className={own.figure}>{value}</div>
            {words && <div className="small dim">{words}</div>}
          </div>
        ))}
      </div>
      <div className={`${css.body} stack`}>
        {envelope !== null && engagedCents > envelope && (
          <Note tone="danger" live>
            Les engagements dépassent l’enveloppe de {euros(engagedCents - envelope)}.
          </Note>
        )}
        {envelope !== null && engagedCents <= envelope && engagedCents + forecastCents > envelope && (
          <Note tone="warning">
            Avec les conventions à venir, l’enveloppe serait dépassée de{' '}
            {euros(engagedCents + forecastCents - envelope)} au plus.
          </Note>
        )}
        <BudgetBar
          label={`Budget de ${budget.title}`}
          envelopeCents={envelope}
          engagedCents={engagedCents}
          orderedCents={orderedCents}
          paidCents={paidCents}
          forecastCents={forecastCents}
        />
        <BudgetLegend envelope={envelope !== null} />
        {budget.history.length > 0 && (
          <details>
            <summary className="small" style={{ cursor: 'pointer' }}>
              Historique de l’enveloppe
            </summary>
            <ul className={own.history}>
              {budget.history.map((one) => (
                <li key={one.version} className="small">
                  <span className="num">{euros(one.cents)}</span>{' '}
                  <span className="dim">
                    le {sayDate(one.at)}, {one.by}
                    {one.reason && ` : ${one.reason}`}
                  </span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </Card>
  );
}

/** Each project that holds or will hold money, on one scale, the largest first. */
function Chart({ lines }: { lines: readonly Line[] }) {
  if (!lines.some((one) => one.engagedCents + one.forecastCents > 0)) return null;
  const most = Math.max(1, ...lines.map((one) => Math.max(one.ceilingCents, one.engagedCents)));
  const shown = lines
    .filter((one) => one.engagedCents + one.forecastCents > 0)
    .sort((a, b) => b.engagedCents + b.forecastCents - a.engagedCents - a.forecastCents);
  return (
    <details className={css.body} open style={{ paddingTop: 12 }}>
      <summary className="small" style={{ cursor: 'pointer' }}>
        Graphique
      </summary>
      <div
        style={{
          display: 'grid',
          gridTemplateColumns: 'minmax(90px, 200px) minmax(0, 1fr)',
          gap: '4px 12px',
          alignItems: 'center',
          paddingTop: 8,
        }}
      >
        {shown.map((one) => (
          <div key={one.project} style={{ display: 'contents' }}>
            <span className="small">{one.team}</span>
            <BudgetBar
              label={one.team}
              scale={most}
              envelopeCents={one.ceilingCents}
              engagedCents={one.engagedCents}
              orderedCents={one.orderedCents}
              paidCents={one.paidCents}
              forecastCents={one.forecastCents}
              limit="plafond"
            />
          </div>
        ))}
      </div>
      <p className="small dim" style={{ paddingTop: 8 }}>
        Le trait est le plafond de l’équipe.
      </p>
    </details>
  );
}

function EnvelopePanel({ budget, onClose }: { budget: BudgetCall; onClose: () => void }) {
  const newest = budget.history[0];
  const [typed, setTyped] = useState(newest ? typedNumber(newest.cents, 2) : '');
  const [reason, setReason] = useState('');
  const cents = scaled(typed, 2);
  const put = (seen: number, value: number, why: string) =>
    call(programmeContract.setBudget, {
      params: { edition: budget.edition },
      body: { seen, cents: value, reason: why },
    });
  const save = useMutation({
    mutationFn: () => put(newest?.version ?? 0, cents!, reason),
    onSuccess: () => {
      changedMoney();
      done(
        'Enveloppe enregistrée.',
        newest
          ? () => put(newest.version + 1, newest.cents, 'Changement annulé aussitôt.').then(changedMoney)
          : undefined,
        'Enveloppe remise.',
      );
      onClose();
    },
    onError: (error) => error instanceof Refusal && error.status === 409 && changedMoney(),
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  return (
    <PanelForm
      title="Enveloppe de l’appel"
      subtitle={budget.title}
      verb="Enregistrer l’enveloppe"
      pending={save.isPending}
      ready={cents !== undefined && (!newest || reason.trim().length >= 10)}
      refusal={refusal}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <TextInput
        label="Montant"
        rightSection="€"
        inputMode="decimal"
        value={typed}
        error={typed && cents === undefined ? 'Un montant, comme 250 000' : refusal?.fields.cents}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {newest && (
        <Textarea
          label="Motif du changement"
          autosize
          minRows={2}
          value={reason}
          error={refusal?.fields.reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
    </PanelForm>
  );
}
