import { Button, Select } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, queries, Refusal, reading, failureOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayAgo, sayCount } from '../../../web/say.ts';
import { dayBlocks } from '../../../web/slots.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { ConflictPanel } from '../../../web/ui/ConflictPanel.tsx';
import { RefreshIcon } from '../../../web/ui/icons.ts';
import { Bone, Failure, ListBones } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { professionLabel } from '../../../web/words.ts';
import { type PracticeDay, recordContract } from '../../contract.ts';
import { ArrangeLists } from './ArrangeLists.tsx';
import { blockName } from './block-names.ts';

const daysQuery = reading(recordContract.practiceDays);
/** What was kept stands on the screen at once; my own day is of it too. */
function kept(now: PracticeDay) {
  queries.setQueryData(
    daysQuery.queryKey,
    (days) =>
      days && { ...days, professions: days.professions.map((one) => (one.profession === now.profession ? now : one)) },
  );
  for (const { path } of [recordContract.cockpit, recordContract.day])
    void queries.invalidateQueries({ queryKey: [path] });
}
const save = (profession: string, version: number, day: PracticeDay['day']) =>
  call(recordContract.arrangeDay, { params: { profession }, body: { version, day } });
const giveBack = (profession: string, version: number) =>
  call(recordContract.resetDay, { params: { profession }, query: { version } });
/** As it was before: an order of the practice, or none. */
const before = (was: PracticeDay, now: PracticeDay) =>
  (was.version === 0 ? giveBack(was.profession, now.version) : save(was.profession, now.version, was.day)).then(kept);

/** `/structure?partie=journees`: the order of the day of each profession, for whoever has no order of their own. */
export default function PracticeDaysPart() {
  const query = useQuery({ ...daysQuery, refetchOnWindowFocus: false });
  const [url, setUrl] = useUrl();
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data)
    return (
      <div className="stack narrow">
        <Bone w={280} h={36} />
        <div className="card">
          <ListBones rows={8} />
        </div>
      </div>
    );
  const { professions, placed } = query.data;
  const current = professions.find(({ profession }) => profession === url.profession) ?? professions[0];
  if (!current) return null;
  const of = (one: PracticeDay) =>
    `${professionLabel(one.profession)}${one.version > 0 ? ' — ordre de la structure' : ''}`;
  const groups = [
    ['Dans votre structure', true],
    ['Autres professions', false],
  ] as const;
  return (
    <div className="stack loose narrow">
      <p className="dim">
        Ce que chaque profession trouve en ouvrant « Ma journée », et dans quel ordre. Chacun peut ranger la sienne
        autrement, puis revenir à cet ordre. Il ne donne aucun droit : un bloc ne montre que ce que la personne peut
        lire.
      </p>
      <Select
        label="Profession"
        maw={420}
        allowDeselect={false}
        data={groups
          .map(([group, here]) => ({
            group,
            items: professions
              .filter(({ people }) => people > 0 === here)
              .map((one) => ({ value: one.profession, label: of(one) })),
          }))
          .filter(({ items }) => items.length > 0)}
        value={current.profession}
        onChange={(profession) => setUrl({ profession: profession ?? undefined })}
      />
      <Order key={current.profession} current={current} placed={placed} />
    </div>
  );
}

function Order({ current, placed }: { current: PracticeDay; placed: readonly string[] }) {
  const [draft, setDraft] = useState<PracticeDay['day'] | null>(null);
  /** The version that my draft was begun on. */
  const [seen, setSeen] = useState(current.version);
  const label = professionLabel(current.profession);
  const called = (name: string) => ({
    name,
    label: blockName(name, { lists: current.lists.map((one) => ({ ...one, label: one.title })) }),
  });
  const words = ({ order }: PracticeDay['day']) => order.map((name) => called(name).label).join(', ');
  // What a room lends and no profession has placed yet comes last, as on the page of the day.
  const added = dayBlocks
    .map(({ name }) => name)
    .filter(
      (name) => !placed.includes(name) && !current.day.order.includes(name) && !current.day.hidden.includes(name),
    );
  const day = draft ?? { order: [...current.day.order, ...added], hidden: current.day.hidden };
  const keep = useMutation({
    mutationFn: ({ version }: { version: number; was: PracticeDay }) => save(current.profession, version, day),
    onSuccess: (now, { was }) => {
      setDraft(null);
      kept(now);
      done(`Ordre enregistré : ${label}.`, () => before(was, now));
    },
    onError: (error) =>
      error instanceof Refusal && error.extra.theirs ? kept(error.extra.theirs as PracticeDay) : failed(error),
  });
  const usual = useMutation({
    mutationFn: () => giveBack(current.profession, current.version),
    onSuccess: (now) => {
      const was = current;
      setDraft(null);
      kept(now);
      done(`Ordre du produit rétabli : ${label}.`, () => before(was, now));
    },
    onError: (error) => {
      if (error instanceof Refusal && error.extra.theirs) kept(error.extra.theirs as PracticeDay);
      failed(error);
    },
  });
  const theirs = draft !== null && seen !== current.version;
  return (
    <Card title={label}>
      <div className="stack loose" style={{ padding: '4px 16px 16px' }}>
        <p className="small dim">
          {current.people > 0
            ? `${sayCount(current.people, 'personne')} de cette profession dans la structure. `
            : 'Personne de cette profession n’a de compte ici pour l’instant. '}
          {current.changed
            ? `Ordre choisi par ${current.changed.who?.name ?? 'un responsable'}, ${sayAgo(current.changed.at)}.`
            : 'C’est l’ordre du produit : personne ne l’a changé.'}
        </p>
        {theirs ? (
          <ConflictPanel
            who={current.changed?.who?.name ?? 'Un autre responsable'}
            when={current.changed?.at ?? new Date().toISOString()}
            rows={[
              {
                label: 'Ordre',
                before: words(current.day),
                after: words(day),
                changed: words(current.day) !== words(day),
              },
              {
                label: 'Masqués',
                before: current.day.hidden.map((name) => called(name).label).join(', '),
                after: day.hidden.map((name) => called(name).label).join(', '),
                changed: current.day.hidden.join() !== day.hidden.join(),
              },
            ]}
            pending={keep.isPending}
            onTakeTheirs={() => setDraft(null)}
            onKeepMine={() => keep.mutate({ version: current.version, was: current })}
          />
        ) : (
          <>
            <ArrangeLists
              title={`Journée : ${label}`}
              groups={[{ items: day.order.map(called) }]}
              hidden={day.hidden.map(called)}
              onChange={([order = []], hidden) => {
                if (draft === null) setSeen(current.version);
                setDraft({ order, hidden });
              }}
            />
            <div className="row wrap">
              <Button
                disabled={draft === null}
                loading={keep.isPending}
                onClick={() => keep.mutate({ version: seen, was: current })}
              >
                Enregistrer cet ordre
              </Button>
              {draft !== null && (
                <Button variant="subtle" color="gray" onClick={() => setDraft(null)}>
                  Abandonner mes changements
                </Button>
              )}
              {draft === null && current.version > 0 && (
                <Button
                  variant="default"
                  leftSection={<RefreshIcon size={16} />}
                  loading={usual.isPending}
                  onClick={() => usual.mutate()}
                >
                  Revenir à l’ordre du produit
                </Button>
              )}
            </div>
          </>
        )}
      </div>
    </Card>
  );
}
