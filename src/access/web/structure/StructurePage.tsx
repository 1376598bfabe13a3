import { Tabs } from '@mantine/core';
import { Suspense, useEffect, useRef } from 'react';
import { lazy } from '../../../web/lazy.ts';
import { useUrl } from '../../../web/routes.tsx';
import { structureParts } from '../../../web/slots.ts';
import { type PracticeAct, useMe } from '../../../web/session.ts';
import { ListBones, NoRight } from '../../../web/ui/states.tsx';

const sections = [
  { value: 'personnes', label: 'Personnes', act: 'people', page: lazy(() => import('./People.tsx')) },
  { value: 'droits', label: 'Droits', act: 'rights', page: lazy(() => import('./RightsTable.tsx')) },
  { value: 'sites', label: 'Sites', act: 'settings', page: lazy(() => import('./Sites.tsx')) },
  {
    value: 'delegations',
    label: 'Remplacements et délégations',
    act: 'delegations',
    page: lazy(() => import('./Delegations.tsx')),
  },
  { value: 'logiciels', label: 'Logiciels reliés', act: 'clients', page: lazy(() => import('./Clients.tsx')) },
  {
    value: 'acces',
    label: 'Accès inhabituels',
    act: 'unusual-accesses',
    page: lazy(() => import('./UnusualAccesses.tsx')),
  },
  { value: 'reglages', label: 'Réglages', act: 'settings', page: lazy(() => import('./Settings.tsx')) },
] as const satisfies readonly { act: PracticeAct; [more: string]: unknown }[];

/** `/structure`: the practice, by the one who keeps it. Each part shows to whoever may. */
export default function StructurePage() {
  const me = useMe();
  const [url, setUrl] = useUrl();
  const mine = [...sections.slice(0, -1), ...structureParts, ...sections.slice(-1)].filter((section) =>
    me.acts.includes(section.act),
  );
  const current = mine.find((section) => section.value === url.partie) ?? mine[0];
  const list = useRef<HTMLDivElement>(null);
  // On a telephone the tabs are wider than the screen.
  useEffect(
    () =>
      list.current
        ?.querySelector(`[data-tab="${current?.value}"]`)
        ?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    [current?.value],
  );
  if (!current)
    return (
      <div className="page">
        <NoRight detail="Cette page est réservée aux responsables de la structure. Demandez à l’un d’eux de faire le changement." />
      </div>
    );
  return (
    <div className="page">
      <title>Structure · Estran</title>
      <header className="page-head">
        <h1>{me.practice.name}</h1>
      </header>
      <Tabs
        value={current.value}
        onChange={(partie) => setUrl({ partie: partie ?? undefined }, { push: true })}
        keepMounted={false}
      >
        <Tabs.List ref={list} mb="md" style={{ flexWrap: 'nowrap', overflowX: 'auto', overflowY: 'hidden' }}>
          {mine.map((section) => (
            <Tabs.Tab key={section.value} value={section.value} data-tab={section.value} style={{ flex: 'none' }}>
              {section.label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {mine.map((section) => (
          <Tabs.Panel key={section.value} value={section.value}>
            <Suspense
              fallback={
                <div className="card">
                  <ListBones rows={8} />
                </div>
              }
            >
              <section.page />
            </Suspense>
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  );
}
