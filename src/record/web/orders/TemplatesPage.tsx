import { Button, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { fold } from '../../../web/palette.ts';
import { useUrl } from '../../../web/routes.tsx';
import { Tag } from '../../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { BackIcon, OrderIcon, PlusIcon, SearchIcon } from '../../../web/ui/icons.ts';
import { useKeys } from '../../../web/ui/keys.ts';
import { EmptyState, Failure, ListBones, NoRight } from '../../../web/ui/states.tsx';
import { professionLabel } from '../../../web/words.ts';
import { type OrderTemplate, prescribers } from '../../contract.ts';
import { whose } from './order-draft.ts';
import css from './orders.module.css';
import { shelfQuery } from './TemplatePanel.tsx';
import { TemplatePanels } from './TemplatePanels.tsx';

const scopes = [
  { value: 'mine', label: 'Les miennes' },
  { value: 'practice', label: 'De la structure' },
  { value: 'colleagues', label: 'Des collègues' },
  { value: 'shipped', label: 'Livrées avec Estran' },
];
const scopeOf = (one: OrderTemplate): string =>
  one.shipped ? 'shipped' : one.scope === 'practice' ? 'practice' : one.mine ? 'mine' : 'colleagues';

const most = 3;
const contents = ({ lines }: OrderTemplate): string =>
  [
    ...lines.slice(0, most).map(({ label }) => label),
    ...(lines.length > most ? [`et ${lines.length - most} autre${lines.length > most + 1 ? 's' : ''}`] : []),
  ].join(' · ');

const columns: Column<OrderTemplate>[] = [
  {
    key: 'title',
    title: 'Ordonnance type',
    render: (one) => (
      <>
        <span className="strong">{one.title}</span> {one.status === 'retired' && <Tag>Retirée</Tag>}
        <span className={`small dim ${css.itemWords}`}>{contents(one)}</span>
      </>
    ),
  },
  { key: 'whose', title: 'De', width: 150, render: whose },
  {
    key: 'professions',
    title: 'Signée par',
    wide: true,
    width: 260,
    render: (one) => (
      <span className="dim small">{one.professions.map(professionLabel).join(', ') || 'personne en entier'}</span>
    ),
  },
  {
    key: 'lines',
    title: 'Lignes',
    wide: true,
    width: 70,
    align: 'right',
    render: (one) => <span className="num">{one.lines.length}</span>,
  },
];

/** `/ordonnances/types`: the usual prescriptions of the practice, of every profession; changed by whose they are. */
export default function TemplatesPage() {
  const [url, setUrl] = useUrl();
  const query = useQuery(shelfQuery);
  const page = query.data;
  const all = page?.templates ?? [];
  const writes = (page?.may.length ?? 0) > 0;
  const setPanel = (volet: string | undefined) => setUrl({ volet });
  useKeys(writes ? { n: () => setPanel('type:nouvelle') } : {}, writes && !url.volet);
  const typed = fold(url.q ?? '');
  const retired = url.etat === 'retirees';
  const rows = all.filter(
    (one) =>
      (one.status === 'retired') === retired &&
      fold([one.title, one.by, ...one.lines.map(({ label }) => label)].join(' ')).includes(typed) &&
      (!url.profession || one.professions.includes(url.profession)) &&
      (!url.de || scopeOf(one) === url.de),
  );
  return (
    <div className="page">
      <title>Ordonnances types · Estran</title>
      <Link to={'/ordonnances' as string} className="row small">
        <BackIcon size={16} /> Prescriptions en attente
      </Link>
      <header className="page-head">
        <div style={{ flex: '1 1 320px' }}>
          <h1>Ordonnances types</h1>
          <p className="dim">
            Les soignants de la structure les lisent ; chacun se voit proposer celles que sa profession peut signer en
            entier.
          </p>
        </div>
        {writes && (
          <Button leftSection={<PlusIcon size={16} />} aria-keyshortcuts="N" onClick={() => setPanel('type:nouvelle')}>
            Nouvelle ordonnance type
          </Button>
        )}
      </header>
      {page && !writes && all.length > 0 && <p className="small dim">{page.words}</p>}
      {page && all.length === 0 && !writes ? (
        <NoRight detail={page.words} />
      ) : (
        <div className="card">
          <Filters all={all} shown={rows.length} />
          <Failure of={query} />
          {query.isPending && <ListBones rows={8} />}
          {page && rows.length === 0 && (
            <EmptyState
              icon={OrderIcon}
              title={retired ? 'Aucune ordonnance type retirée' : 'Aucune ordonnance type ne correspond'}
              action={
                <Button
                  variant="default"
                  onClick={() => setUrl({ q: undefined, profession: undefined, de: undefined, etat: undefined })}
                >
                  Retirer les filtres
                </Button>
              }
            />
          )}
          {rows.length > 0 && (
            <DataTable
              caption="Ordonnances types"
              rows={rows}
              columns={columns}
              rowKey={(each) => each.id}
              onOpen={(each) => setPanel(`type:${each.id}`)}
              mark={(each) => (each.status === 'retired' ? 'off' : undefined)}
            />
          )}
        </div>
      )}
      {page && <TemplatePanels page={page} opened={url.volet} open={setPanel} />}
    </div>
  );
}

function Filters({ all, shown }: { all: readonly OrderTemplate[]; shown: number }) {
  const [url, setUrl] = useUrl();
  const retired = url.etat === 'retirees';
  const gone = all.filter(({ status }) => status === 'retired').length;
  return (
    <div className="row wrap" style={{ padding: '12px 16px', borderBottom: '1px solid var(--line)' }}>
      <TextInput
        size="xs"
        w={220}
        aria-label="Chercher une ordonnance type"
        placeholder="Titre, contenu, auteur"
        leftSection={<SearchIcon size={15} />}
        value={url.q ?? ''}
        onChange={(event) => setUrl({ q: event.currentTarget.value })}
      />
      <Select
        size="xs"
        w={200}
        aria-label="Profession qui signe"
        placeholder="Profession"
        clearable
        searchable
        data={Object.keys(prescribers).map((value) => ({ value, label: professionLabel(value) }))}
        value={url.profession ?? null}
        onChange={(profession) => setUrl({ profession: profession ?? undefined })}
      />
      <Select
        size="xs"
        w={170}
        aria-label="À qui"
        placeholder="À qui"
        clearable
        data={scopes}
        value={url.de ?? null}
        onChange={(de) => setUrl({ de: de ?? undefined })}
      />
      {(gone > 0 || retired) && (
        <Button
          size="compact-sm"
          variant={retired ? 'light' : 'subtle'}
          aria-pressed={retired}
          onClick={() => setUrl({ etat: retired ? undefined : 'retirees' })}
        >
          Retirées ({gone})
        </Button>
      )}
      <span className="grow" />
      <span className="dim small num">
        {shown} sur {all.length}
      </span>
    </div>
  );
}
