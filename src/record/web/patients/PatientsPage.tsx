import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import { reading } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { useSearchWords } from '../../../web/search-words.ts';
import { mayRead, mayWrite, useMe } from '../../../web/session.ts';
import { marked } from '../../../web/shell/Palette.tsx';
import { Tag } from '../../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { PatientsIcon, PersonAddIcon, SearchIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Failure, ListBones } from '../../../web/ui/states.tsx';
import { sayNir } from '../../../web/say.ts';
import { recordContract } from '../../contract.ts';
import lists from '../cockpits/cockpits.module.css';
import { ListTable } from '../cockpits/ListTable.tsx';
import { useCockpit } from '../cockpits/use-cockpit.ts';
import { useRecordAhead } from '../ahead.ts';
import css from './patients.module.css';

type Hit = z.infer<typeof recordContract.searchPatients.reply>['patients'][number];
const matches: Record<Hit['match'], string> = {
  ins: 'INS',
  name: '',
  'birth-date': 'date de naissance',
  phone: 'téléphone',
  close: 'nom proche',
};
const insTones = { qualified: 'success', validated: 'info', retrieved: 'neutral', provisional: 'warning' } as const;

const columns: Column<Hit>[] = [
  {
    key: 'name',
    title: 'Nom',
    render: (hit) => (
      <>
        <Link to="/patients/$patient" params={{ patient: hit.id }} tabIndex={-1} className={css.name}>
          {marked(hit.name, hit.highlights.name)}
        </Link>{' '}
        {hit.birthName && <span className="dim small">{marked(hit.birthName, hit.highlights.birthName)}</span>}{' '}
        {hit.deceased && <Tag>décédé</Tag>} {matches[hit.match] && <Tag tone="info">{matches[hit.match]}</Tag>}
      </>
    ),
  },
  { key: 'age', title: 'Âge', render: (hit) => <span className="nowrap">{hit.age}</span> },
  { key: 'sex', title: 'Sexe', render: (hit) => hit.sexLabel, wide: true },
  {
    key: 'birthDate',
    title: 'Naissance',
    render: (hit) => <span className="num nowrap">{marked(hit.birthDateLabel, hit.highlights.birthDateLabel)}</span>,
  },
  { key: 'place', title: 'Commune', render: (hit) => hit.place, wide: true },
  {
    key: 'phone',
    title: 'Téléphone',
    render: (hit) => hit.phone && <span className="num nowrap">{marked(hit.phone, hit.highlights.phone)}</span>,
    wide: true,
  },
  {
    key: 'ins',
    title: 'Identité',
    render: (hit) => (
      <Tag tone={insTones[hit.insStatus]} title={hit.ins ? `INS ${sayNir(hit.ins)}` : undefined}>
        {hit.insStatusLabel.replace('Identité ', '')}
      </Tag>
    ),
    wide: true,
  },
  {
    key: 'team',
    title: 'Équipe',
    render: (hit) => (hit.inMyTeam ? <Tag tone="accent">la vôtre</Tag> : null),
    wide: true,
  },
];

/** `/patients`: one box for everything one may know of a patient. */
export default function PatientsPage() {
  const [url, setUrl] = useUrl();
  const me = useMe();
  const navigate = useNavigate();
  const table = useRef<HTMLDivElement>(null);
  const [typed, type] = useSearchWords(url.q ?? '', (q) => setUrl({ q }), 130);
  const cockpit = useCockpit().data;
  // A list of my profession is shown while nothing is typed.
  const list = url.q ? undefined : url.liste;
  const query = useQuery({
    ...reading(recordContract.searchPatients, { query: { q: url.q ?? '' } }),
    placeholderData: (before) => before,
    enabled: list === undefined,
  });
  useRecordAhead(query.data !== undefined || list !== undefined);
  const hits = query.data?.patients ?? [];
  // Enter opens who answers to what is typed, never who answered to what was typed before.
  const [wanted, setWanted] = useState<string>();
  const answered = !query.isFetching && !query.isPlaceholderData && (url.q ?? '') === typed.trim();
  const first = hits[0]?.id;
  useEffect(() => {
    if (wanted === undefined) return;
    if (wanted !== typed.trim()) return setWanted(undefined);
    if (!answered) return;
    setWanted(undefined);
    if (first) void navigate({ to: '/patients/$patient', params: { patient: first } });
  }, [wanted, typed, answered, first, navigate]);
  const create = mayWrite(me, 'identity') && (
    <Button component={Link} to="/patients/nouveau" leftSection={<PersonAddIcon size={17} />}>
      Créer un patient
    </Button>
  );
  return (
    <div className="page">
      <title>Patients · Estran</title>
      <header className="page-head">
        <h1>Patients</h1>
        <span className="row wrap" style={{ gap: 8 }}>
          {mayRead(me, 'vaccines') && (
            <Button component={Link} to={'/vaccins' as string} variant="default">
              Vaccins à faire
            </Button>
          )}
          {mayWrite(me, 'identity') && (
            <Button component={Link} to="/patients/doublons" variant="default">
              Doublons
            </Button>
          )}
          {create}
        </span>
      </header>
      <div className={css.bar}>
        <TextInput
          className={css.search}
          size="md"
          aria-label="Chercher un patient"
          placeholder="Nom, naissance, téléphone, INS"
          leftSection={<SearchIcon size={18} />}
          autoFocus
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') {
              table.current?.querySelector<HTMLElement>('tbody tr')?.focus();
              event.preventDefault();
            }
            if (event.key === 'Enter' && (typed.trim() || list === undefined)) {
              setUrl({ q: typed.trim() });
              setWanted(typed.trim());
            }
          }}
        />
      </div>
      {cockpit && cockpit.lists.length > 0 && !url.q && (
        <nav className={lists.lists} aria-label="Listes de patients">
          <Link
            to="/patients"
            search={{}}
            activeOptions={{ exact: true, includeSearch: true }}
            aria-current={list === undefined ? 'page' : undefined}
          >
            Vus récemment
          </Link>
          {cockpit.lists.map(({ name, label }) => (
            <Link
              key={name}
              to="/patients"
              search={{ liste: name }}
              activeOptions={{ exact: true, includeSearch: true }}
              aria-current={list === name ? 'page' : undefined}
            >
              {label}
            </Link>
          ))}
        </nav>
      )}
      {list !== undefined && <ListTable name={list} tableRef={table} />}
      <div
        className="card"
        ref={list === undefined ? table : undefined}
        aria-busy={query.isFetching}
        hidden={list !== undefined}
      >
        <Failure of={query} />
        {query.isPending && list === undefined && <ListBones rows={12} />}
        {query.data && !hits.length && (
          <EmptyState
            icon={PatientsIcon}
            title={url.q ? 'Aucun patient trouvé' : 'Aucun patient à afficher'}
            action={create || undefined}
          >
            {url.q
              ? 'Vérifiez l’orthographe, essayez la date de naissance (12/03/1948) ou le début du nom. Les accents et les traits d’union n’ont pas d’importance.'
              : 'Cherchez un nom, ou créez le dossier d’un nouveau patient.'}
          </EmptyState>
        )}
        {hits.length > 0 && (
          <DataTable
            caption="Patients"
            rows={hits}
            columns={columns}
            rowKey={(hit) => hit.id}
            onOpen={(hit) => void navigate({ to: '/patients/$patient', params: { patient: hit.id } })}
          />
        )}
      </div>
      {list === undefined && query.data?.more && (
        <p className={`dim small ${css.more}`}>
          D’autres patients correspondent : précisez le prénom ou la date de naissance.
        </p>
      )}
      {list === undefined && !url.q && hits.length > 0 && (
        <p className={`dim small ${css.more}`}>
          Dossiers que vous avez ouverts récemment. Tapez pour chercher parmi tous.
        </p>
      )}
    </div>
  );
}
