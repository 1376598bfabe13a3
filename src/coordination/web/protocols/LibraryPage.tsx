import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { call } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { fold } from '../../../web/palette.ts';
import { useUrl } from '../../../web/routes.tsx';
import { useSearchWords } from '../../../web/search-words.ts';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { EditIcon, ProtocolIcon, SearchIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Failure, ListBones } from '../../../web/ui/states.tsx';
import { failed } from '../../../web/ui/undo.tsx';
import { coordinationContract, type ProtocolLine, protocolThemes } from '../../contract.ts';
import { Frame } from '../Frame.tsx';
import css from './protocols.module.css';
import { StateTag } from './StateTag.tsx';
import { protocolsQuery, refreshProtocols } from './use-protocol.ts';

const columns: Column<ProtocolLine>[] = [
  {
    key: 'title',
    title: 'Protocole',
    render: (line) => (
      <div className={css.cell}>
        <div className="row wrap" style={{ gap: '0 8px' }}>
          <Link to="/coordination/protocoles/$id" params={{ id: line.id }} tabIndex={-1} className={css.name}>
            {line.title}
          </Link>
          <StateTag line={line} quiet />
          {line.toReview && <Tag tone="warning">à relire</Tag>}
          {line.offered && <Tag tone="info">édition {line.offered.edition} proposée</Tag>}
        </div>
        <span className={`dim small ${css.summary}`}>{line.summary}</span>
      </div>
    ),
  },
  { key: 'theme', title: 'Thème', render: (line) => <span className="nowrap">{line.themeLabel}</span>, wide: true },
  { key: 'roles', title: 'Qui intervient', wide: true, render: (line) => <Roles roles={line.roles} /> },
  {
    key: 'steps',
    title: 'Étapes',
    align: 'right',
    wide: true,
    render: (line) => <span className="num">{line.steps}</span>,
  },
  {
    key: 'edition',
    title: 'Édition',
    wide: true,
    render: (line) => <span className="num nowrap">{line.edition}</span>,
  },
  {
    key: 'review',
    title: 'À relire le',
    wide: true,
    render: (line) => (
      <span className={`num nowrap ${line.toReview ? 'warning strong' : ''}`}>{sayDate(line.reviewDate)}</span>
    ),
  },
  {
    key: 'running',
    title: 'Suivi par',
    align: 'right',
    render: (line) => (
      <span className="num nowrap">
        {line.running > 0 ? sayCount(line.running, 'patient') : <span className="dim">personne</span>}
      </span>
    ),
  },
];

function Roles({ roles }: { roles: ProtocolLine['roles'] }) {
  const shown = roles.slice(0, 3);
  return (
    <span className="small" title={roles.map((role) => role.label).join(', ')}>
      {shown.map((role) => role.label).join(', ')}
      {roles.length > shown.length && <span className="dim nowrap"> et {roles.length - shown.length} autres</span>}
    </span>
  );
}

/** `/coordination/protocoles`: the practice’s protocols, those that came with the product and its own. */
export default function LibraryPage() {
  const [url, setUrl] = useUrl();
  const navigate = useNavigate();
  const [typed, type] = useSearchWords(url.q ?? '', (q) => setUrl({ q }), 130);
  const query = useQuery(protocolsQuery());
  const retired = useQuery(protocolsQuery({ state: 'retired' }));
  useLive(['protocols', 'plans'], () => void refreshProtocols());
  const begin = useMutation({
    mutationFn: () => call(coordinationContract.writeProtocol, { body: {} }),
    onSuccess: (made) => {
      void refreshProtocols();
      void navigate({ to: '/coordination/protocoles/$id/modifier', params: { id: made.id } });
    },
    onError: failed,
  });
  const state = url.etat ?? 'active';
  const words = fold(url.q ?? '')
    .split(/\s+/)
    .filter(Boolean);
  const all = [...(query.data?.protocols ?? []), ...(retired.data?.protocols ?? [])];
  const lines = all.filter((line) => {
    if (state !== 'tous' && line.state !== state) return false;
    if (url.theme && line.theme !== url.theme) return false;
    const text = fold([line.title, line.summary, line.themeLabel, ...line.roles.map((role) => role.label)].join(' '));
    return words.every((word) => text.includes(word));
  });
  const count = (wanted: string) => all.filter((line) => wanted === 'tous' || line.state === wanted).length;
  const write = query.data?.mayWrite && (
    <Button leftSection={<EditIcon size={16} />} loading={begin.isPending} onClick={() => begin.mutate()}>
      Écrire un protocole
    </Button>
  );
  const themes = [...new Set(all.map((line) => line.theme))]
    .map((value) => ({ value, label: protocolThemes[value] }))
    .sort((a, b) => a.label.localeCompare(b.label, 'fr'));
  return (
    <Frame title="Protocoles" action={write || undefined}>
      <div className={css.filters}>
        <TextInput
          className={css.search}
          aria-label="Chercher un protocole"
          placeholder="Titre, profession, mot du résumé"
          leftSection={<SearchIcon size={16} />}
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
        />
        <Select
          aria-label="Thème"
          placeholder="Tous les thèmes"
          clearable
          data={themes}
          value={url.theme ?? null}
          onChange={(theme) => setUrl({ theme: theme ?? undefined })}
          w={210}
        />
        <SegmentedControl
          aria-label="État"
          value={state}
          onChange={(etat) => setUrl({ etat: etat === 'active' ? undefined : etat })}
          data={[
            { value: 'active', label: `En vigueur ${count('active') || ''}` },
            { value: 'draft', label: `Brouillons ${count('draft') || ''}` },
            { value: 'retired', label: `Retirés ${count('retired') || ''}` },
            { value: 'tous', label: 'Tous' },
          ]}
        />
      </div>
      <div className="card" aria-busy={query.isFetching}>
        <Failure of={query} />
        {query.isPending && <ListBones rows={8} height={54} />}
        {query.data && lines.length === 0 && (
          <EmptyState
            icon={ProtocolIcon}
            title={
              words.length || url.theme
                ? 'Aucun protocole trouvé'
                : state === 'draft'
                  ? 'Aucun brouillon'
                  : state === 'retired'
                    ? 'Aucun protocole retiré'
                    : 'Aucun protocole en vigueur'
            }
            action={write || undefined}
          >
            {words.length || url.theme
              ? 'Essayez un autre mot, un autre thème ou « Tous ».'
              : state === 'draft'
                ? 'Un brouillon apparaît ici dès qu’on commence à écrire, et disparaît quand le protocole est mis en vigueur.'
                : state === 'retired'
                  ? 'Un protocole retiré reste lisible ici ; les patients qui le suivaient continuent.'
                  : 'Écrivez le premier, ou mettez un brouillon en vigueur.'}
          </EmptyState>
        )}
        {lines.length > 0 && (
          <DataTable
            caption="Protocoles"
            rows={lines}
            columns={columns}
            rowKey={(line) => line.id}
            onOpen={(line) => void navigate({ to: '/coordination/protocoles/$id', params: { id: line.id } })}
            mark={(line) => (line.state === 'retired' ? 'off' : undefined)}
          />
        )}
      </div>
    </Frame>
  );
}
