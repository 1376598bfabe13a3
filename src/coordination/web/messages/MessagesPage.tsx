import { Button, CloseButton, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { reading } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { useSearchWords } from '../../../web/search-words.ts';
import { sayDate } from '../../../web/say.ts';
import { mayRead, mayWrite, useMe } from '../../../web/session.ts';
import { CalendarIcon, EditIcon, MessagesIcon, SearchIcon } from '../../../web/ui/icons.ts';
import { useKeys } from '../../../web/ui/keys.ts';
import { EmptyState, NoRight } from '../../../web/ui/states.tsx';
import { type Box, coordinationContract } from '../../contract.ts';
import { Frame } from '../Frame.tsx';
import { AbsencePanel } from './AbsencePanel.tsx';
import { BoxPanel } from './BoxPanel.tsx';
import { Conversation } from './Conversation.tsx';
import css from './messages.module.css';
import { ThreadList, type ThreadsAsked } from './ThreadList.tsx';
import { useCounts } from './use-messages.ts';
import { Views, views } from './Views.tsx';
import { WriteForm } from './WriteForm.tsx';

/** `/coordination/messages`: boxes and views, conversations, the one that is open. On a telephone one at a time. */
export default function MessagesPage() {
  const me = useMe();
  const [url, setUrl] = useUrl();
  const narrow = useMediaQuery('(max-width: 900px)', undefined, { getInitialValueInEffect: false });
  const boxes = useQuery({ ...reading(coordinationContract.boxes), enabled: mayRead(me, 'messages') });
  const counts = useCounts();
  const vue = url.vue ?? 'recus';
  const box = vue.startsWith('boite:') ? vue.slice(6) : undefined;
  const view = views.find((one) => one.view === vue);
  const asked: ThreadsAsked = {
    view: box ? 'box' : (view?.asked ?? 'mine'),
    ...(box && { box, state: (url.etat as 'todo' | 'mine' | 'done' | undefined) ?? 'todo' }),
    ...(url.q && { q: url.q }),
  };
  const writing = url.volet === 'ecrire';
  const write = () => setUrl({ volet: 'ecrire', fil: undefined }, { push: true });
  useKeys({ n: write });
  if (!mayRead(me, 'messages'))
    return (
      <Frame title="Messages">
        <NoRight />
      </Frame>
    );
  const list = boxes.data?.boxes ?? [];
  const choices = [
    ...views.map((one) => ({
      value: one.view as string,
      label: one.view === 'non-lus' && counts.unread ? `${one.label} (${counts.unread})` : one.label,
    })),
    ...list
      .filter((one) => one.member)
      .map((one) => ({
        value: `boite:${one.id}`,
        label: `${one.name}${one.todo ? ` (${one.todo > 99 ? '99+' : one.todo})` : ''}`,
      })),
  ];
  const opened = writing || url.fil;
  return (
    <Frame
      title="Messages"
      wide
      action={
        <>
          <Button
            variant="default"
            leftSection={<CalendarIcon size={17} />}
            onClick={() => setUrl({ volet: 'absence' })}
          >
            Absences
          </Button>
          {mayWrite(me, 'messages') && (
            <Button leftSection={<EditIcon size={17} />} onClick={write} aria-keyshortcuts="n">
              Écrire
            </Button>
          )}
        </>
      }
    >
      <div className={css.panes} data-opened={opened ? true : undefined}>
        {!narrow && (
          <div className={css.left}>
            <Views current={vue} boxes={list} onSettings={(id) => setUrl({ volet: `boite:${id}` })} />
            {boxes.data?.mayManage && (
              <Button variant="subtle" size="compact-sm" onClick={() => setUrl({ volet: 'boite:' })}>
                Ouvrir une boîte
              </Button>
            )}
          </div>
        )}
        {!(narrow && opened) && (
          <div className={css.middle}>
            <div className={css.filters}>
              {narrow && (
                <Select
                  aria-label="Ce que l’on regarde"
                  allowDeselect={false}
                  data={choices}
                  value={vue}
                  onChange={(value) =>
                    setUrl({ vue: value === 'recus' ? undefined : (value ?? undefined), etat: undefined })
                  }
                />
              )}
              <Search value={url.q ?? ''} set={(q) => setUrl({ q })} />
              {box && <Inside box={list.find((one) => one.id === box)} />}
              {box && (
                <SegmentedControl
                  fullWidth
                  size="xs"
                  aria-label="État"
                  value={asked.state}
                  onChange={(etat) => setUrl({ etat: etat === 'todo' ? undefined : etat })}
                  data={[
                    { value: 'todo', label: 'À traiter' },
                    { value: 'mine', label: 'À moi' },
                    { value: 'done', label: 'Traités' },
                  ]}
                />
              )}
            </div>
            <div className={css.listScroll}>
              <ThreadList
                asked={asked}
                open={url.fil}
                onOpen={(fil) => setUrl({ fil, volet: undefined }, { push: narrow })}
                empty={
                  box
                    ? asked.state === 'done'
                      ? 'Rien de traité'
                      : asked.state === 'mine'
                        ? 'Rien n’est à vous'
                        : 'Rien à traiter'
                    : (view?.empty ?? 'Aucun échange')
                }
                hint={
                  box
                    ? 'Ce qu’on écrit à cette boîte attend ici que l’un de ses membres le prenne.'
                    : (view?.more ?? 'Les échanges où l’on vous écrit s’afficheront ici.')
                }
              />
            </div>
          </div>
        )}
        {!(narrow && !opened) && (
          <div className={css.right}>
            {writing ? (
              <WriteForm
                onBack={narrow ? () => setUrl({ volet: undefined }) : undefined}
                onSent={(fil) => setUrl({ fil, volet: undefined })}
                patient={url.patient}
                box={box}
              />
            ) : url.fil ? (
              <Conversation key={url.fil} id={url.fil} {...(narrow && { onBack: () => setUrl({ fil: undefined }) })} />
            ) : (
              <EmptyState
                icon={MessagesIcon}
                title="Choisissez un échange"
                action={
                  mayWrite(me, 'messages') && (
                    <Button variant="default" onClick={write}>
                      Écrire à quelqu’un
                    </Button>
                  )
                }
              >
                Les flèches parcourent la liste, Entrée ouvre, N écrit.
              </EmptyState>
            )}
          </div>
        )}
      </div>
      {url.volet === 'absence' && <AbsencePanel onClose={() => setUrl({ volet: undefined })} />}
      {url.volet?.startsWith('boite:') && (
        <BoxPanel
          key={url.volet}
          box={list.find((one) => one.id === url.volet?.slice(6)) ?? null}
          loading={boxes.isPending}
          onClose={() => setUrl({ volet: undefined })}
        />
      )}
    </Frame>
  );
}

/** Who is in the box that is open, and who stands in for whom. */
function Inside({ box }: { box: Box | undefined }) {
  if (!box) return null;
  return (
    <p className="dim tiny">
      {box.members.map((one, index) => (
        <span key={one.id}>
          {index > 0 && ', '}
          {one.me ? 'vous' : one.name}
          {one.absentUntil && <span className="warning"> (absent·e jusqu’au {sayDate(one.absentUntil)})</span>}
          {one.standsInFor && ` (remplace ${one.standsInFor})`}
        </span>
      ))}
    </p>
  );
}

function Search({ value, set }: { value: string; set: (q: string | undefined) => void }) {
  const [typed, type] = useSearchWords(value, (q) => set(q || undefined), 220);
  return (
    <TextInput
      aria-label="Chercher dans mes échanges"
      placeholder="Chercher dans mes échanges"
      leftSection={<SearchIcon size={16} />}
      value={typed}
      rightSection={typed && <CloseButton size="sm" aria-label="Effacer la recherche" onClick={() => type('')} />}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}
