import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { reading } from '../../../web/api.ts';
import { lazy } from '../../../web/lazy.ts';
import { useUrl } from '../../../web/routes.tsx';
import { mayRead, useMe } from '../../../web/session.ts';
import { ListBones, NoRight } from '../../../web/ui/states.tsx';
import { recordContract } from '../../contract.ts';
import css from './documents.module.css';

const ReadView = lazy(() => import('./ReadView.tsx'));
const SortView = lazy(() => import('./SortView.tsx'));
const SearchView = lazy(() => import('./SearchView.tsx'));
const LateView = lazy(() => import('./LateView.tsx'));

/** `/documents`: what arrived and must be sorted, what I must read and sign, and every word of it. The address says which. */
export default function DocumentsPage() {
  const me = useMe();
  const [url, setUrl] = useUrl();
  const reads = mayRead(me, 'documents');
  const receives = me.acts.includes('receive-documents');
  const follows = me.acts.includes('follow-documents');
  const toRead = useQuery({ ...reading(recordContract.toRead), enabled: reads });
  const inbox = useQuery({ ...reading(recordContract.inbox), enabled: receives, refetchInterval: 60_000 });
  const views = [
    ...(reads ? [{ name: 'lire', label: 'À lire', count: toRead.data?.lines.length }] : []),
    ...(receives ? [{ name: 'classer', label: 'À classer', count: inbox.data?.waiting.length }] : []),
    ...(reads ? [{ name: 'chercher', label: 'Chercher', count: undefined }] : []),
    ...(follows ? [{ name: 'suivi', label: 'Suivi', count: undefined }] : []),
  ];
  const begins = me.acts.includes('sort-documents') ? 'classer' : views[0]?.name;
  const view = views.find(({ name }) => name === (url.vue ?? (url.q ? 'chercher' : begins)))?.name ?? views[0]?.name;
  if (!view)
    return (
      <div className="page">
        <h1 className="vh">Documents</h1>
        <NoRight />
      </div>
    );
  return (
    <div className="page">
      <title>Documents · Estran</title>
      <header className="page-head">
        <h1>Documents</h1>
      </header>
      <Tabs
        className={css.tabs}
        value={view}
        onChange={(next) => setUrl({ vue: next ?? undefined, doc: undefined, q: undefined }, { push: true })}
        keepMounted={false}
      >
        <Tabs.List aria-label="Documents">
          {views.map(({ name, label, count }) => (
            <Tabs.Tab key={name} value={name}>
              {label} {count ? <span className="dim num">{count}</span> : null}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={view} pt="md">
          <Suspense fallback={<ListBones rows={8} />}>
            {view === 'lire' && <ReadView />}
            {view === 'classer' && <SortView />}
            {view === 'chercher' && <SearchView />}
            {view === 'suivi' && <LateView />}
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}
