import { Button, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useUrl } from '../../../web/routes.tsx';
import { mayRead, mayWrite, useMe } from '../../../web/session.ts';
import { Kbd } from '../../../web/ui/bits.tsx';
import { DoneIcon, PlusIcon, SearchIcon } from '../../../web/ui/icons.ts';
import { useKeys } from '../../../web/ui/keys.ts';
import { EmptyState, Failure, ListBones, NoRight } from '../../../web/ui/states.tsx';
import type { TaskFilter, TaskLine } from '../../contract.ts';
import { Frame } from '../Frame.tsx';
import { AssignForm } from './AssignForm.tsx';
import { grouped } from './groups.ts';
import { TaskPanel } from './TaskPanel.tsx';
import { TaskRow } from './TaskRow.tsx';
import css from './tasks.module.css';
import { accept, finish, useTaskList, useTasksLive } from './use-tasks.ts';

const views: { view: TaskFilter; label: string; empty: [string, string] }[] = [
  {
    view: 'mine',
    label: 'Pour moi',
    empty: [
      'Rien ne vous attend',
      'Ce qu’on vous confie, et ce que votre profession ou une équipe de soins peut prendre, s’affiche ici.',
    ],
  },
  {
    view: 'team',
    label: 'Mon équipe',
    empty: [
      'Rien en cours dans vos équipes',
      'Les tâches des patients dont vous vous occupez et celles de la structure s’affichent ici.',
    ],
  },
  {
    view: 'asked',
    label: 'Demandées',
    empty: [
      'Vous n’avez rien demandé',
      'Ce que vous confiez à d’autres reste ici avec ce qu’il devient : ce qui est refusé vient en premier.',
    ],
  },
  {
    view: 'unowned',
    label: 'Sans responsable',
    empty: [
      'Tout a un responsable',
      'Ce que personne n’a pris, ce qui a été refusé, ce dont le responsable est parti s’affiche ici.',
    ],
  },
  { view: 'late', label: 'En retard', empty: ['Rien n’est en retard', 'Ce qui aurait dû être fait s’affiche ici.'] },
  {
    view: 'done',
    label: 'Faites',
    empty: ['Rien de fait depuis un mois', 'Ce que vous avez fait ces trente derniers jours s’affiche ici.'],
  },
];

/** `/coordination/taches`: one view at a time, in the address; keys for everything. */
export default function TasksPage() {
  const me = useMe();
  const [url, setUrl] = useUrl();
  const view = views.find((one) => one.view === url.vue)?.view ?? 'mine';
  const [panel, id] = (url.volet ?? '').split(':') as [string, string?];
  useTasksLive();
  const may = mayRead(me, 'tasks');
  const writes = mayWrite(me, 'tasks');
  const openNew = () => setUrl({ volet: 'confier' });
  return (
    <Frame
      wide
      title="Tâches"
      action={
        writes && (
          <Button leftSection={<PlusIcon size={17} />} rightSection={<Kbd>N</Kbd>} onClick={openNew}>
            Confier une tâche
          </Button>
        )
      }
    >
      {may ? (
        <List
          view={view}
          q={url.q === undefined ? undefined : String(url.q)}
          urgent={url.urgent === 'oui' ? '1' : undefined}
          chosen={panel === 'tache' ? id : undefined}
          openNew={writes ? openNew : undefined}
        />
      ) : (
        <NoRight detail="Votre profession n’a pas de tâches dans cette structure." />
      )}
      {panel === 'tache' && id && (
        <TaskPanel
          key={id}
          id={id}
          refusing={url.refuser === 'oui'}
          onClose={() => setUrl({ volet: undefined, refuser: undefined })}
        />
      )}
      {panel === 'confier' && writes && (
        <AssignForm
          onClose={() => setUrl({ volet: undefined })}
          onDone={(made) => setUrl({ volet: undefined, vue: made.mine ? 'mine' : 'asked' })}
        />
      )}
    </Frame>
  );
}

function List({
  view,
  q,
  urgent,
  chosen,
  openNew,
}: {
  view: TaskFilter;
  q: string | undefined;
  urgent: '1' | undefined;
  chosen: string | undefined;
  openNew: (() => void) | undefined;
}) {
  const [, setUrl] = useUrl();
  const query = useTaskList({ view, ...(q && { q }), ...(urgent && { urgent }) });
  const list = useRef<HTMLDivElement>(null);
  const lines = query.data?.pages.flatMap((page) => page.tasks) ?? [];
  const counts = query.data?.pages[0]?.counts;
  const open = (id: string) => setUrl({ volet: `tache:${id}`, refuser: undefined });
  /** The line under the hand: the one with the focus, else the one whose panel is open. */
  const current = (): TaskLine | undefined => {
    const focused = document.activeElement?.closest<HTMLElement>('[data-task]')?.dataset.task ?? chosen;
    return lines.find((line) => line.id === focused);
  };
  const move = (step: number) => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const at = rows.findIndex(
      (row) =>
        row === document.activeElement ||
        row.closest<HTMLElement>('[data-task]')?.dataset.task ===
          (document.activeElement?.closest('[data-task]') as HTMLElement | null)?.dataset.task,
    );
    rows[at === -1 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus();
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    ...(openNew && { n: openNew }),
    a: () => {
      const line = current();
      if (line?.may.accept) void accept(line);
    },
    f: () => {
      const line = current();
      if (line?.may.done) void finish(line);
    },
    r: () => {
      const line = current();
      if (line?.may.refuse) setUrl({ volet: `tache:${line.id}`, refuser: 'oui' });
    },
  });
  const words = views.find((one) => one.view === view)!;
  return (
    <>
      <div className={css.bar}>
        <nav className={css.views} aria-label="Vues">
          {views.map((one) => (
            <Link
              key={one.view}
              to="/coordination/taches"
              search={(before: Record<string, string | undefined>) =>
                ({
                  ...before,
                  vue: one.view === 'mine' ? undefined : one.view,
                  volet: undefined,
                  refuser: undefined,
                }) as never
              }
              className={css.view}
              data-on={one.view === view || undefined}
              aria-current={one.view === view ? 'page' : undefined}
              data-alert={
                ((one.view === 'unowned' || one.view === 'late') && (counts?.[one.view] ?? 0) > 0) || undefined
              }
            >
              {one.label} <span className={css.number}>{counts?.[one.view] ?? ''}</span>
            </Link>
          ))}
        </nav>
        <Find q={q ?? ''} onFind={(found) => setUrl({ q: found || undefined })} />
        <Button
          size="compact-md"
          variant={urgent ? 'light' : 'default'}
          aria-pressed={urgent === '1'}
          onClick={() => setUrl({ urgent: urgent ? undefined : 'oui' })}
        >
          Urgentes
        </Button>
      </div>
      <Failure of={query} />
      {query.isPending && (
        <div className="card">
          <ListBones rows={10} height={40} />
        </div>
      )}
      {query.data && lines.length === 0 && (
        <div className="card">
          {q || urgent ? (
            <EmptyState
              icon={SearchIcon}
              title="Rien ne correspond"
              action={
                <Button variant="default" onClick={() => setUrl({ q: undefined, urgent: undefined })}>
                  Voir toute la vue
                </Button>
              }
            >
              Aucune tâche de cette vue ne répond à votre recherche.
            </EmptyState>
          ) : (
            <EmptyState
              icon={DoneIcon}
              title={words.empty[0]}
              action={
                openNew && (
                  <Button variant="default" leftSection={<PlusIcon size={16} />} onClick={openNew}>
                    Confier une tâche
                  </Button>
                )
              }
            >
              {words.empty[1]}
            </EmptyState>
          )}
        </div>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows move between the lines, which are buttons */}
      <div
        ref={list}
        className={css.list}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          move(event.key === 'ArrowDown' ? 1 : -1);
        }}
      >
        {grouped(lines, view).map((group) => (
          <section key={group.key} className={`card ${css.group}`} aria-label={group.title}>
            <h2 data-tone={group.tone}>
              {group.title} <span className="dim small num">{group.lines.length}</span>
            </h2>
            <ul className="plain">
              {group.lines.map((line) => (
                <TaskRow
                  key={line.id}
                  line={line}
                  chosen={line.id === chosen}
                  onOpen={open}
                  showOwner={view !== 'mine'}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {query.hasNextPage && (
        <div className="row" style={{ justifyContent: 'center', marginTop: 12 }}>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Voir la suite
          </Button>
        </div>
      )}
    </>
  );
}

/** What is looked for goes to the address a moment after the last letter. */
function Find({ q, onFind }: { q: string; onFind: (q: string) => void }) {
  const [typed, setTyped] = useState(q);
  const find = useRef(onFind);
  find.current = onFind;
  useEffect(() => setTyped(q), [q]);
  useEffect(() => {
    if (typed.trim() === q) return;
    const timer = setTimeout(() => find.current(typed.trim()), 250);
    return () => clearTimeout(timer);
  }, [typed, q]);
  return (
    <TextInput
      className={css.find}
      size="xs"
      aria-label="Chercher dans les tâches"
      placeholder="Mot, patient, personne"
      leftSection={<SearchIcon size={15} />}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}
