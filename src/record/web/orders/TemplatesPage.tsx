import { Button, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../../web/api.ts';
import { fold } from '../../../web/palette.ts';
import { useUrl } from '../../../web/routes.tsx';
import { Tag } from '../../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { BackIcon, CopyIcon, OrderIcon, PlusIcon, SearchIcon } from '../../../web/ui/icons.ts';
import { useKeys } from '../../../web/ui/keys.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { EmptyState, Failure, ListBones, NoRight } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { professionLabel } from '../../../web/words.ts';
import { orderFamilies, type OrderTemplate, prescribers, recordContract, sentenceOf } from '../../contract.ts';
import css from './orders.module.css';
import { emptyTemplate, NewTemplatePanel, shelfQuery, TemplatePanel } from './TemplatePanel.tsx';
import { again, whose } from './order-draft.ts';
import { refreshTemplates } from './use-orders.ts';

const scopes = [
  { value: 'mine', label: 'Les miennes' },
  { value: 'practice', label: 'De la structure' },
  { value: 'colleagues', label: 'Des collègues' },
  { value: 'shipped', label: 'Livrées avec Estran' },
];
const scopeOf = (one: OrderTemplate): string =>
  one.shipped ? 'shipped' : one.scope === 'practice' ? 'practice' : one.mine ? 'mine' : 'colleagues';

const shown = 3;
const contents = ({ lines }: OrderTemplate): string =>
  [
    ...lines.slice(0, shown).map(({ label }) => label),
    ...(lines.length > shown ? [`et ${lines.length - shown} autre${lines.length > shown + 1 ? 's' : ''}`] : []),
  ].join(' · ');

async function retire(one: OrderTemplate, back: boolean): Promise<void> {
  const send = (version: number, how: boolean) =>
    call(recordContract.retireOrderTemplate, { params: { template: one.id }, body: { version, back: how } });
  try {
    const next = await send(one.version, back);
    done(
      back
        ? `« ${one.title} » est remise en service.`
        : `« ${one.title} » est retirée. Les ordonnances signées restent.`,
      async () => {
        await send(next.version, !back);
        await refreshTemplates();
      },
    );
  } catch (error) {
    failed(error);
  }
  await refreshTemplates();
}

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
  const gone = all.filter(({ status }) => status === 'retired').length;
  const [name, id = '', source = ''] = (url.volet ?? '').split(':');
  const one = name === 'type' ? all.find((each) => each.id === id) : undefined;
  const from = all.find((each) => each.id === source);
  const begun = from
    ? { ...emptyTemplate, title: `${from.title.slice(0, 110)} (copie)`, lines: from.lines.map(again), note: from.note }
    : emptyTemplate;
  const copy = (of: OrderTemplate) =>
    writes &&
    of.usable && (
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<CopyIcon size={15} />}
        onClick={() => setPanel(`type:nouvelle:${of.id}`)}
      >
        Copier
      </Button>
    );
  const close = () => setPanel(undefined);
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
              {rows.length} sur {all.length}
            </span>
          </div>
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
      {one?.canEdit && page && (
        <TemplatePanel
          key={one.id}
          one={one}
          page={page}
          onClose={close}
          beside={
            <>
              <span className="grow" />
              {copy(one)}
              {one.canRetire && (
                <Button
                  variant="subtle"
                  color="gray"
                  size="compact-sm"
                  onClick={() => {
                    close();
                    void retire(one, false);
                  }}
                >
                  Retirer
                </Button>
              )}
            </>
          }
        />
      )}
      {one && !one.canEdit && <ReadPanel one={one} onClose={close} copy={copy(one)} />}
      {name === 'type' && page && !one && id !== '' && (
        <NewTemplatePanel
          key={`${id}:${source}`}
          from={source ? `nouvelle-${source}` : id}
          begun={id.startsWith('nouvelle-') ? emptyTemplate : begun}
          onClose={close}
        />
      )}
    </div>
  );
}

/** One that I may read and not change, and why. */
function ReadPanel({ one, onClose, copy }: { one: OrderTemplate; onClose: () => void; copy: React.ReactNode }) {
  const why =
    one.status === 'retired'
      ? 'Elle est retirée : elle n’est plus proposée.'
      : one.shipped
        ? 'Livrée avec Estran : copiez-la pour la changer.'
        : !one.usable
          ? 'Votre profession ne peut pas la signer en entier : elle ne la change pas.'
          : `Elle est de ${one.by}, qui seul la change. Copiez-la pour garder la vôtre à côté.`;
  return (
    <SidePanel
      title={one.title}
      subtitle={whose(one)}
      onClose={onClose}
      wide
      footer={
        <>
          {one.canRetire && (
            <Button
              variant={one.status === 'retired' ? 'filled' : 'default'}
              onClick={() => {
                onClose();
                void retire(one, one.status === 'retired');
              }}
            >
              {one.status === 'retired' ? 'Remettre en service' : 'Retirer'}
            </Button>
          )}
          {copy}
        </>
      }
    >
      <div className="stack loose">
        <p className="small dim">{why}</p>
        <ol className={css.told}>
          {one.lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
            <li key={at}>
              <span className="strong">{line.label}</span> <Tag>{orderFamilies[line.kind].label}</Tag>
              <span className={`small dim ${css.itemWords}`}>{sentenceOf(line)}</span>
            </li>
          ))}
        </ol>
        {one.note && <p className="small">{one.note}</p>}
      </div>
    </SidePanel>
  );
}
