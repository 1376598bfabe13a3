import { Button, Checkbox, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { Card, ProgressBar, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import own from './leading.module.css';
import { changedConduct, type Conduct, noPatient } from './words.ts';

type Item = Conduct['times'][number]['items'][number];
type Tick = Pick<Item, 'state' | 'note' | 'owner'>;

/** Before, during, after: what is to be done, by whom, what shows it (REC-2). */
export function ConductView({ project, conduct }: { project: string; conduct: Conduct }) {
  const [url, setUrl] = useUrl();
  const [act, id] = (url.volet ?? '').split(':');
  const put = (item: Item, tick: Tick, seen = item.version) =>
    call(programmeContract.tickItem, { params: { project, item: item.id }, body: { ...tick, seen } });
  const tick = useMutation({
    mutationFn: ({ item, on }: { item: Item; on: boolean }) =>
      put(item, { state: on ? 'done' : 'to-do', note: item.note, owner: item.owner }),
    onSuccess: (_, { item, on }) => {
      changedConduct();
      done(on ? `Fait : ${item.title}.` : 'Point rouvert.', () =>
        put(item, { state: item.state, note: item.note, owner: item.owner }, item.version + 1).then(changedConduct),
      );
    },
    onError: (error) => {
      failed(error);
      changedConduct();
    },
  });
  const chosen = conduct.times.flatMap(({ items }) => items).find((one) => one.id === id);
  return (
    <div className={own.grid}>
      {conduct.times.map((time) => (
        <Card key={time.id} title={time.title} count={`${time.done} sur ${time.of}`}>
          <div className={`${css.body} stack tight`}>
            <p className="small dim">{time.lead}</p>
            <ProgressBar share={time.of === 0 ? 1 : time.done / time.of} label="Fait" />
          </div>
          {time.items.map((item) => (
            <div key={item.id} className={own.item} data-state={item.state}>
              <Checkbox
                checked={item.state === 'done'}
                indeterminate={item.state === 'not-applicable'}
                disabled={!conduct.writes || (tick.isPending && tick.variables.item.id === item.id)}
                aria-label={item.title}
                onChange={(event) => tick.mutate({ item, on: event.currentTarget.checked })}
              />
              <div className="stack tight">
                <span className={item.state === 'done' ? 'dim' : ''}>{item.title}</span>
                <span className="small dim">{item.why}</span>
                <span className="row wrap small">
                  <span>{item.owner || item.who}</span>
                  {item.state === 'not-applicable' && <Tag>sans objet</Tag>}
                  {item.there.map(({ label, have }) => (
                    <Tag key={label} tone={have ? 'success' : 'neutral'}>
                      {have ? label : `${label} : pas encore`}
                    </Tag>
                  ))}
                </span>
                {item.note && <span className="small">{item.note}</span>}
                {item.by && item.state !== 'to-do' && <WhoWhen who={{ name: item.by, role: '' }} when={item.at} />}
              </div>
              {conduct.writes && (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  onClick={() => setUrl({ volet: `point:${item.id}` })}
                  aria-label={`Préciser : ${item.title}`}
                >
                  Préciser
                </Button>
              )}
            </div>
          ))}
        </Card>
      ))}
      {act === 'point' && chosen && conduct.writes && (
        <ItemPanel key={chosen.id} item={chosen} put={put} onClose={() => setUrl({ volet: undefined })} />
      )}
    </div>
  );
}
function ItemPanel({
  item,
  put,
  onClose,
}: {
  item: Item;
  put: (item: Item, tick: Tick, seen?: number) => Promise<unknown>;
  onClose: () => void;
}) {
  const [form, setForm] = useState<Tick>({ state: item.state, note: item.note, owner: item.owner });
  const save = useMutation({
    mutationFn: () => put(item, form),
    onSuccess: () => {
      changedConduct();
      done('Enregistré.', () =>
        put(item, { state: item.state, note: item.note, owner: item.owner }, item.version + 1).then(changedConduct),
      );
      onClose();
    },
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  return (
    <PanelForm
      title={item.title}
      subtitle={item.why}
      verb="Enregistrer"
      pending={save.isPending}
      refusal={refusal}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <SegmentedControl
        aria-label="État"
        value={form.state}
        onChange={(state) => setForm({ ...form, state: state as Tick['state'] })}
        data={[
          { value: 'to-do', label: 'À faire' },
          { value: 'done', label: 'Fait' },
          { value: 'not-applicable', label: 'Sans objet' },
        ]}
      />
      <TextInput
        label="Qui s’en charge"
        placeholder={item.who}
        value={form.owner}
        error={refusal?.fields.owner}
        onChange={(event) => setForm({ ...form, owner: event.currentTarget.value })}
      />
      <Textarea
        label={form.state === 'not-applicable' ? 'Pourquoi' : 'Remarque'}
        description={noPatient}
        autosize
        minRows={3}
        value={form.note}
        error={refusal?.fields.note}
        onChange={(event) => setForm({ ...form, note: event.currentTarget.value })}
      />
    </PanelForm>
  );
}
