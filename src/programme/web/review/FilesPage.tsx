import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { z } from 'zod';
import { queries, reading, failureOf } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { fold } from '../../../web/palette.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { FileIcon, MailIcon, RankIcon } from '../../../web/ui/icons.ts';
import { EmptyState, ListBones, Failure } from '../../../web/ui/states.tsx';
import { programmeContract } from '../../contract.ts';
import { OutcomeTag } from '../file/MyCalls.tsx';
import { Filters, NoneLeft, Pick, sortedBy } from '../filters.tsx';

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
  const rows = sortedBy((query.data?.files ?? []).filter(kept), url.tri, {
    team: (one) => one.team,
    mark: (one) => one.mark ?? -1,
    submittedAt: (one) => one.submittedAt,
    verdict: (one) => one.verdict,
    territory: (one) => one.territory,
  });
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
  return (
    <div className="page">
      <title>Dossiers · Estran</title>
      <header className="page-head">
        <h1>Dossiers</h1>
      </header>
      <CallBar here="dossiers" />
      <div className="card">
        <Filters
          label="Chercher un dossier"
          placeholder="Équipe, territoire, récépissé"
          count={`${rows.length} sur ${query.data?.files.length ?? 0}`}
        >
          <Pick
            name="avis"
            label="Éligibilité"
            data={[
              ['eligible', 'Éligible'],
              ['not-eligible', 'Non éligible'],
              ['unknown', 'À préciser'],
            ]}
          />
          <Pick name="note" label="Ma note" data={Object.entries(parts)} />
          <Pick
            name="zone"
            label="Zone fragile"
            data={[
              ['true', 'Zone fragile'],
              ['false', 'Autre zone'],
            ]}
          />
          <Pick
            name="aci"
            label="ACI"
            data={[
              ['true', 'Dans l’ACI'],
              ['false', 'Hors ACI'],
            ]}
          />
          {decided && (
            <Pick
              name="decision"
              label="Décision"
              data={[
                ['chosen', 'Retenue'],
                ['waiting', 'Liste d’attente'],
                ['refused', 'Non retenue'],
              ]}
            />
          )}
        </Filters>
        <Failure of={[calls, query]} />
        {!failureOf(calls, query) && !query.data && <ListBones rows={8} />}
        {query.data?.files.length === 0 && (
          <EmptyState icon={FileIcon} title="Aucune candidature déposée">
            Les dossiers s’affichent ici dès leur dépôt. Un brouillon n’est lu que par son équipe.
          </EmptyState>
        )}
        {query.data && query.data.files.length > 0 && rows.length === 0 && (
          <NoneLeft
            title="Aucun dossier ne correspond à ces filtres"
            names={['q', 'avis', 'note', 'zone', 'aci', 'decision']}
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
