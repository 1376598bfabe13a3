import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call, reading, failureOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { useSearchWords } from '../../../web/search-words.ts';
import { sayDate } from '../../../web/say.ts';
import { marked } from '../../../web/shell/Palette.tsx';
import { Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { CloseIcon, SearchIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Failure, ListBones } from '../../../web/ui/states.tsx';
import { documentTypes, type Hit, recordContract } from '../../contract.ts';
import css from './documents.module.css';

const kinds = [
  { value: 'note', label: 'Notes' },
  { value: 'document', label: 'Tous les documents' },
  ...documentTypes.map(({ code, label }) => ({ value: code, label })),
];
const filters = ['q', 'patient', 'nature', 'du', 'au', 'auteur'] as const;

/** Words of documents and notes: of my patients, or of one record. The filters stay in the address. */
export default function SearchView() {
  const [url, setUrl] = useUrl();
  const [typed, type] = useSearchWords(url.q ?? '', (q) => setUrl({ vue: 'chercher', q }), 200);
  const asked = {
    q: url.q ?? '',
    patient: url.patient,
    kind: url.nature,
    from: url.du,
    to: url.au,
    author: url.auteur,
  };
  const query = useInfiniteQuery({
    queryKey: [recordContract.searchTexts.path, asked],
    queryFn: ({ pageParam, signal }) =>
      call(recordContract.searchTexts, { query: { ...asked, after: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    enabled: (url.q ?? '').trim().length > 1,
    placeholderData: (before) => before,
  });
  const one = useQuery({
    ...reading(recordContract.identity, { params: { patient: url.patient ?? '' } }),
    enabled: !!url.patient,
  });
  const hits = query.data?.pages.flatMap((page) => page.hits) ?? [];
  const name = hits.find((hit) => hit.patient.id === url.patient)?.patient.name ?? one.data?.patient.name;
  const filtered = filters.some((filter) => filter !== 'q' && filter !== 'patient' && url[filter]);
  return (
    <>
      <div className={css.filters}>
        <TextInput
          className={css.search}
          size="md"
          autoFocus
          aria-label="Chercher dans les documents et les notes"
          placeholder={
            url.patient
              ? 'Mots, ou « phrase exacte », dans ce dossier'
              : 'Mots, ou « phrase exacte », chez mes patients'
          }
          leftSection={<SearchIcon size={18} />}
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
        />
        <Select
          aria-label="Nature"
          placeholder="Toute nature"
          clearable
          searchable
          data={kinds}
          value={url.nature ?? null}
          onChange={(nature) => setUrl({ nature: nature ?? undefined })}
        />
        <TextInput
          aria-label="Depuis"
          placeholder="Depuis : 2024"
          w={130}
          defaultValue={url.du}
          onChange={(event) => later(event.currentTarget.value, (du) => setUrl({ du }))}
        />
        <TextInput
          aria-label="Jusqu’à"
          placeholder="Jusqu’à"
          w={110}
          defaultValue={url.au}
          onChange={(event) => later(event.currentTarget.value, (au) => setUrl({ au }))}
        />
        <AuthorFilter value={url.auteur ?? ''} onChange={(auteur) => setUrl({ auteur })} />
      </div>
      {url.patient && (
        <p className="row small" style={{ marginBottom: 8 }}>
          Dans le dossier de{' '}
          <Link to="/patients/$patient" params={{ patient: url.patient }} className="strong">
            {name ?? 'ce patient'}
          </Link>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<CloseIcon size={14} />}
            onClick={() => setUrl({ patient: undefined })}
          >
            Chercher chez tous mes patients
          </Button>
        </p>
      )}
      <section className="card" aria-label="Résultats" aria-busy={query.isFetching}>
        <Failure of={query} />
        {query.isLoading && <ListBones rows={6} height={64} />}
        {!failureOf(query) && !query.isLoading && hits.length === 0 && (
          <EmptyState icon={SearchIcon} title={(url.q ?? '').length > 1 ? 'Rien de trouvé' : 'Chercher dans le texte'}>
            {(url.q ?? '').length > 1
              ? `Rien que vous puissiez lire ne contient tous ces mots${filtered ? ' avec ces filtres' : ''}. Essayez un mot de moins ; les accents, le pluriel et le féminin n’ont pas d’importance.`
              : 'Documents reçus, courriers et notes : tapez un ou plusieurs mots.'}
          </EmptyState>
        )}
        <ul className="plain">
          {hits.map((hit) => (
            <HitLine key={`${hit.type}${hit.id}`} hit={hit} withPatient={!url.patient} />
          ))}
        </ul>
        {query.hasNextPage && (
          <div className="pad">
            <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Plus anciens
            </Button>
          </div>
        )}
      </section>
    </>
  );
}

let timer: ReturnType<typeof setTimeout> | undefined;
/** A typed date is looked up once it can be one. */
const later = (value: string, set: (value: string | undefined) => void) => {
  clearTimeout(timer);
  timer = setTimeout(
    () =>
      (value.trim() === '' || /^(\d{4}|\d{1,2}\/\d{4}|\d{1,2}\/\d{1,2}\/\d{4})$/.test(value.trim())) &&
      set(value.trim() || undefined),
    350,
  );
};
function AuthorFilter({ value, onChange }: { value: string; onChange: (name: string | undefined) => void }) {
  const [typed, setTyped] = useState(value);
  const change = useDebouncedCallback((name: string) => onChange(name || undefined), 300);
  return (
    <TextInput
      aria-label="Auteur"
      placeholder="Auteur"
      w={150}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        change(event.currentTarget.value.trim());
      }}
    />
  );
}

function HitLine({ hit, withPatient }: { hit: Hit; withPatient: boolean }) {
  const panel = hit.what === 'document' ? `fichier:${hit.id}` : `entree:${hit.type}:${hit.id}`;
  return (
    <li>
      <Link className={css.hit} to="/patients/$patient" params={{ patient: hit.patient.id }} search={{ volet: panel }}>
        <span className="row wrap">
          <h3 className="grow" style={{ flexBasis: 200 }}>
            {marked(hit.title, hit.titleMarks)}
          </h3>
          {hit.replaced && <Tag>remplacé</Tag>}
          {hit.recognised !== null && <Tag>texte reconnu, {hit.recognised} %</Tag>}
          {hit.status === 'draft' && <Tag tone="warning">brouillon</Tag>}
          {hit.personal && <Tag tone="info">note personnelle</Tag>}
          <span className="dim small">{hit.at && sayDate(hit.at)}</span>
        </span>
        {withPatient && (
          <span className="small">
            {hit.patient.name}, {hit.patient.age}
          </span>
        )}
        <p className="small">{marked(hit.snippet, hit.marks)}</p>
        <WhoWhen who={hit.who} />
      </Link>
    </li>
  );
}
