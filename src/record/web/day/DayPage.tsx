import { type Query, useIsFetching, useQuery } from '@tanstack/react-query';
import { Button } from '@mantine/core';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { queries, failureOf } from '../../../web/api.ts';
import { palette } from '../../../web/palette.ts';
import { sayLongDate } from '../../../web/say.ts';
import { useUrl } from '../../../web/routes.tsx';
import { dayBlocks, dayHeads } from '../../../web/slots.ts';
import { Bone, EmptyState, Failure } from '../../../web/ui/states.tsx';
import { DayIcon, SortIcon } from '../../../web/ui/icons.ts';
import { ArrangePanel } from '../cockpits/ArrangePanel.tsx';
import { blockName } from '../cockpits/block-names.ts';
import { ListCard } from '../cockpits/ListLines.tsx';
import { useRecordAhead } from '../ahead.ts';
import { arrange, cockpitQuery } from '../cockpits/use-cockpit.ts';
import { Appointments, Figures, Recent, ToComplete, ToRead, type Day } from './blocks.tsx';
import { ToSort } from './ToSort.tsx';
import { dayQuery } from './day-query.ts';
import css from './day.module.css';
import { Drafts } from './Drafts.tsx';

const unanswered = { predicate: ({ state }: Query) => state.data === undefined };
const patience = 1500;
/** Shown once since the page was loaded: what was read stands at once when one comes back. */
let shownBefore = false;
/** Whether the first answer of every block is here: until then a block that comes would send the others to another column under the hand. */
function useAllHere(): boolean {
  const [here, setHere] = useState(shownBefore);
  const coming = useIsFetching(unanswered);
  useEffect(() => {
    // Asked anew: what its parts have just begun to read is not counted yet.
    if (coming === 0 && queries.isFetching(unanswered) === 0) setHere(true);
  }, [coming]);
  useEffect(() => {
    const late = setTimeout(() => setHere(true), patience);
    return () => clearTimeout(late);
  }, []);
  shownBefore = here;
  return here;
}

/** `/`: the day of one profession, what needs me first. The server says which blocks, and in which order. */
export default function DayPage() {
  const query = useQuery({ ...dayQuery, refetchInterval: 5 * 60_000 });
  // It comes with the day.
  const cockpit = useQuery({ ...cockpitQuery, enabled: query.data !== undefined }).data;
  const [url, setUrl] = useUrl();
  useRecordAhead(query.data !== undefined);
  if (failureOf(query)) return <Failure of={query} />;
  const day = query.data;
  if (!day) return <DayBones />;
  const lent = new Map(dayBlocks.map(({ name, Component }) => [name, <Component key={name} />]));
  // What a room lends and no profession has placed yet comes last, unless I hid it.
  const added = dayBlocks
    .map(({ name }) => name)
    .filter((name) => !day.placed.includes(name) && !day.blocks.includes(name) && !day.hidden.includes(name));
  const blocks = [...day.blocks, ...added]
    .map((name) => [name, lent.get(name) ?? blockOf(name, day)] as const)
    .filter(([, block]) => block);
  const called = (name: string) => ({
    name,
    label:
      day.lists.find((list) => `liste:${list.name}` === name)?.title ?? (cockpit ? blockName(name, cockpit) : name),
  });
  return (
    <div className="page">
      <title>Ma journée · Estran</title>
      <header className="page-head">
        <h1>
          {day.greeting} <span className={css.date}>{sayLongDate(day.day)}</span>
        </h1>
        {cockpit && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<SortIcon size={15} />}
            onClick={() => setUrl({ volet: 'ranger' })}
          >
            Ranger ma journée
          </Button>
        )}
      </header>
      {cockpit && url.volet === 'ranger' && (
        <ArrangePanel
          title="Ranger ma journée"
          part="day"
          groups={[{ items: blocks.map(([name]) => called(name)) }]}
          hidden={day.hidden.map(called)}
          onChange={([order = []], hidden) => void arrange(cockpit, { day: { order, hidden } })}
          onClose={() => setUrl({ volet: undefined })}
        />
      )}
      <Suspense fallback={<BlockBones />}>
        <Together>
          <Drafts />
          {dayHeads.map((Head, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
            <Suspense key={i} fallback={null}>
              <Head />
            </Suspense>
          ))}
          {blocks.length === 0 ? (
            <div className="card">
              <EmptyState
                icon={DayIcon}
                title="Rien ne vous attend"
                action={
                  <button type="button" className={css.find} onClick={() => palette.set(true)}>
                    Chercher un patient
                  </button>
                }
              >
                Vos rendez-vous, vos tâches et les nouveautés de vos patients s’afficheront ici.
              </EmptyState>
            </div>
          ) : (
            <div className={css.blocks}>
              {blocks.map(([name, block]) => (
                <div key={name} className={css.block} data-name={name}>
                  {block}
                </div>
              ))}
            </div>
          )}
        </Together>
      </Suspense>
    </div>
  );
}

/** Its parts appear in one go. */
function Together({ children }: { children: ReactNode }) {
  const here = useAllHere();
  return (
    <>
      {!here && <BlockBones />}
      <div hidden={!here}>{children}</div>
    </>
  );
}

function blockOf(name: string, day: Day): ReactNode {
  const list = day.lists.find((one) => `liste:${one.name}` === name);
  if (list) return <ListCard list={list} />;
  switch (name) {
    case 'appointments':
      return day.appointments && <Appointments lines={day.appointments} />;
    case 'toSort':
      return <ToSort />;
    case 'toRead':
      return day.toRead && <ToRead lines={day.toRead} />;
    case 'recent':
      return day.recent && <Recent patients={day.recent} codes={day.measures} />;
    case 'toComplete':
      return day.toComplete && <ToComplete patients={day.toComplete} />;
    case 'figures':
      return day.figures && <Figures lines={day.figures} />;
    default:
      return null;
  }
}

function DayBones() {
  return (
    <div className="page" role="status" aria-label="Chargement de votre journée">
      <div className="page-head">
        <Bone w={320} h={26} />
      </div>
      <BlockBones />
    </div>
  );
}
const BlockBones = () => (
  <div className={css.blocks} aria-hidden>
    {[0, 1, 2, 3].map((block) => (
      <div key={block} className={`card pad stack ${css.block}`} style={{ height: 220 }}>
        <Bone w="36%" />
        <Bone />
        <Bone w="84%" />
        <Bone w="92%" />
      </div>
    ))}
  </div>
);
