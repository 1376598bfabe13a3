import { Button, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { z } from 'zod';
import { queries, reading } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { fold } from '../../../web/palette.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { FileIcon, MailIcon, RankIcon, SearchIcon } from '../../../web/ui/icons.ts';
import { EmptyState, ErrorState, ListBones } from '../../../web/ui/states.tsx';
import { programmeContract } from '../../contract.ts';
import { OutcomeTag } from '../file/MyCalls.tsx';
import css from '../programme.module.css';

type Line = z.infer<typeof programmeContract.files.reply>['files'][number];
const verdicts = {
  eligible: { tone: 'success', words: 'Éligible' },
  'not-eligible': { tone: 'danger', words: 'Non éligible' },
  unknown: { tone: 'warning', words: 'À préciser' },
} as const;
export const VerdictTag = ({ verdict }: { verdict: keyof typeof verdicts }) => (
  <Tag tone={verdicts[verdict].tone}>{verdicts[verdict].words}</Tag>
);
export const sayMark = (mark: number): string => (mark / 100).toFixed(2).replace('.', ',');
const parts: Record<Line['mine'], string> = {
  done: 'notée',
  started: 'commencée',
  none: 'à noter',
  interest: 'lien déclaré',
};

/** The call in the address, or the one that is to be examined. */
export function useCall() {
  const [url, setUrl] = useUrl();
  const calls = useQuery(reading(programmeContract.regionCalls));
  const withFiles = calls.data?.calls.filter((call) => (call.counts?.submitted ?? 0) > 0 || call.open) ?? [];
  const call =
    withFiles.find((one) => one.id === url.appel) ??
    withFiles.find((one) => !one.open && !one.decidedAt) ??
    withFiles[0];
  return { calls, withFiles, call, url, setUrl };
}
/** Which call, and where one goes from here. */
export function CallBar({ here }: { here: 'dossiers' | 'dossiers/classement' | 'dossiers/courriers' }) {
  const { withFiles, call, setUrl } = useCall();
  const navigate = useNavigate();
  const go = (to: string) => void navigate({ to: `/programme/${to}`, search: { appel: call?.id } as never });
  const pages = [
    ['dossiers', 'Dossiers', FileIcon],
    ['dossiers/classement', 'Classement et décision', RankIcon],
    ['dossiers/courriers', 'Courriers', MailIcon],
  ] as const;
  return (
    <div className="row wrap" style={{ marginBottom: 16 }}>
      <Select
        aria-label="Appel"
        w={320}
        maw="100%"
        allowDeselect={false}
        data={withFiles.map((one) => ({
          value: one.id,
          label: `${one.title}${one.open ? ' (ouvert)' : one.decidedAt ? ' (décidé)' : ''}`,
        }))}
        value={call?.id ?? null}
        onChange={(appel) => setUrl({ appel: appel ?? undefined, places: undefined, volet: undefined })}
      />
      <nav className="row wrap" aria-label="Pages de cet appel">
        {pages.map(([to, label, Icon]) => (
          <Button
            key={to}
            variant={to === here ? 'light' : 'subtle'}
            aria-current={to === here ? 'page' : undefined}
            leftSection={<Icon size={16} />}
            onClick={() => go(to)}
          >
            {label}
          </Button>
        ))}
      </nav>
    </div>
  );
}

/** `/programme/dossiers`: the applications submitted to a call, as the review needs them. */
export default function FilesPage() {
  const { calls, call, url, setUrl } = useCall();
  const navigate = useNavigate();
  const query = useQuery({
    ...reading(programmeContract.files, { params: { edition: call?.id ?? '' } }),
    enabled: call !== undefined,
  });
  useLive(['files'], () => void queries.invalidateQueries({ queryKey: [programmeContract.files.path] }));
  const typed = fold(url.q ?? '');
  const kept = (one: Line) =>
    fold(`${one.team} ${one.territory} ${one.receipt}`).includes(typed) &&
    (!url.avis || one.verdict === url.avis) &&
    (!url.note || one.mine === url.note) &&
    (!url.zone || String(one.fragile) === url.zone) &&
    (!url.aci || String(one.aci) === url.aci) &&
    (!url.decision || one.outcome === url.decision);
  const [sort, down] = url.tri?.startsWith('-') ? [url.tri.slice(1), -1] : [url.tri ?? 'team', 1];
  const keyOf = (one: Line): string | number =>
    sort === 'mark'
      ? (one.mark ?? -1)
      : sort === 'submittedAt'
        ? one.submittedAt
        : sort === 'verdict'
          ? one.verdict
          : sort === 'territory'
            ? one.territory
            : one.team;
  const rows = (query.data?.files ?? [])
    .filter(kept)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0) * down);
  const decided = query.data?.files.some(({ outcome }) => outcome !== null);
  const columns: Column<Line>[] = [
    { key: 'team', title: 'Équipe', sortable: true, render: (one) => <span className="strong">{one.team}</span> },
    {
      key: 'territory',
      title: 'Territoire',
      sortable: true,
      wide: true,
      render: (one) => <span className="dim">{one.territory}</span>,
    },
    {
      key: 'verdict',
      title: 'Éligibilité',
      sortable: true,
      width: 170,
      render: (one) => (
        <span className="row wrap">
          <VerdictTag verdict={one.verdict} />
          {one.overruled && (
            <Tag tone="info" title="Une règle a été tranchée à la main">
              tranchée
            </Tag>
          )}
        </span>
      ),
    },
    {
      key: 'zone',
      title: 'Zone fragile',
      wide: true,
      width: 100,
      render: (one) => (one.fragile === null ? '' : one.fragile ? 'oui' : 'non'),
    },
    {
      key: 'aci',
      title: 'ACI',
      wide: true,
      width: 60,
      render: (one) => (one.aci === null ? '' : one.aci ? 'oui' : 'non'),
    },
    {
      key: 'mine',
      title: 'Ma note',
      wide: decided ?? false,
      width: 110,
      render: (one) => (
        <Tag
          tone={
            one.mine === 'done'
              ? 'success'
              : one.mine === 'interest'
                ? 'info'
                : one.mine === 'started'
                  ? 'warning'
                  : 'neutral'
          }
        >
          {parts[one.mine]}
        </Tag>
      ),
    },
    {
      key: 'mark',
      title: 'Note moyenne',
      sortable: true,
      align: 'right',
      wide: true,
      width: 130,
      render: (one) =>
        one.mark === null ? <span className="dim">—</span> : <span className="num">{sayMark(one.mark)}</span>,
    },
    {
      key: 'submittedAt',
      title: 'Déposée',
      sortable: true,
      wide: true,
      width: 110,
      render: (one) => <span className="num dim">{sayDate(one.submittedAt)}</span>,
    },
    ...(decided
      ? [
          {
            key: 'outcome',
            title: 'Décision',
            width: 130,
            render: (one) =>
              one.renounced ? <Tag tone="warning">désistée</Tag> : one.outcome && <OutcomeTag outcome={one.outcome} />,
          } satisfies Column<Line>,
        ]
      : []),
  ];
  const failure = calls.error ?? query.error;
  const pick = (name: string, label: string, data: [string, string][]) => (
    <Select
      key={name}
      aria-label={label}
      placeholder={label}
      clearable
      size="xs"
      w={150}
      data={data.map(([value, words]) => ({ value, label: words }))}
      value={url[name] ?? null}
      onChange={(value) => setUrl({ [name]: value ?? undefined })}
    />
  );
  return (
    <div className="page">
      <title>Dossiers · Estran</title>
      <header className="page-head">
        <h1>Dossiers</h1>
      </header>
      <CallBar here="dossiers" />
      <div className="card">
        <div className={css.filters}>
          <TextInput
            size="xs"
            w={220}
            aria-label="Chercher un dossier"
            placeholder="Équipe, territoire, récépissé"
            leftSection={<SearchIcon size={15} />}
            value={url.q ?? ''}
            onChange={(event) => setUrl({ q: event.currentTarget.value })}
          />
          {pick('avis', 'Éligibilité', [
            ['eligible', 'Éligible'],
            ['not-eligible', 'Non éligible'],
            ['unknown', 'À préciser'],
          ])}
          {pick('note', 'Ma note', Object.entries(parts))}
          {pick('zone', 'Zone fragile', [
            ['true', 'Zone fragile'],
            ['false', 'Autre zone'],
          ])}
          {pick('aci', 'ACI', [
            ['true', 'Dans l’ACI'],
            ['false', 'Hors ACI'],
          ])}
          {decided &&
            pick('decision', 'Décision', [
              ['chosen', 'Retenue'],
              ['waiting', 'Liste d’attente'],
              ['refused', 'Non retenue'],
            ])}
          <span className="grow" />
          <span className="dim small num">
            {rows.length} sur {query.data?.files.length ?? 0}
          </span>
        </div>
        {failure && <ErrorState error={failure} retry={() => void Promise.all([calls.refetch(), query.refetch()])} />}
        {!failure && !query.data && <ListBones rows={8} />}
        {query.data?.files.length === 0 && (
          <EmptyState icon={FileIcon} title="Aucune candidature déposée">
            Les dossiers s’affichent ici dès leur dépôt. Un brouillon n’est lu que par son équipe.
          </EmptyState>
        )}
        {query.data && query.data.files.length > 0 && rows.length === 0 && (
          <EmptyState
            title="Aucun dossier ne correspond à ces filtres"
            action={
              <Button
                variant="default"
                onClick={() =>
                  setUrl({
                    q: undefined,
                    avis: undefined,
                    note: undefined,
                    zone: undefined,
                    aci: undefined,
                    decision: undefined,
                  })
                }
              >
                Retirer les filtres
              </Button>
            }
          />
        )}
        {rows.length > 0 && (
          <DataTable
            caption="Candidatures déposées"
            rows={rows}
            columns={columns}
            rowKey={(one) => one.id}
            sort={url.tri ?? 'team'}
            onSort={(tri) => setUrl({ tri })}
            onOpen={(one) => void navigate({ to: `/programme/dossiers/${one.id}` as string })}
          />
        )}
      </div>
    </div>
  );
}
