import { Button, MultiSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal, reading } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { Face, Tag } from '../../../web/ui/bits.tsx';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { professionChoices } from '../../../web/words.ts';
import { type Box, coordinationContract } from '../../contract.ts';
import css from './messages.module.css';
import { refreshMessages } from './use-messages.ts';

/** Who is in a box, by name or profession; a new one when `box` is null. For those who coordinate. */
export function BoxPanel({ box, loading, onClose }: { box: Box | null; loading: boolean; onClose: () => void }) {
  return (
    <SidePanel title={box ? `Boîte « ${box.name} »` : 'Ouvrir une boîte'} onClose={onClose}>
      {loading ? <Bone h={180} /> : <Fields box={box} onClose={onClose} />}
    </SidePanel>
  );
}
function Fields({ box, onClose }: { box: Box | null; onClose: () => void }) {
  const people = useQuery(reading(coordinationContract.addressees, { query: {} }));
  const [form, setForm] = useState({
    name: box?.name ?? '',
    professions: box?.professions ?? [],
    people: box?.people ?? [],
  });
  const save = useMutation({
    mutationFn: () =>
      box
        ? call(coordinationContract.changeBox, { params: { id: box.id }, body: { ...form, version: box.version } })
        : call(coordinationContract.makeBox, { body: form }),
    onSuccess: () => {
      void refreshMessages();
      done(box ? 'Boîte enregistrée.' : 'Boîte ouverte.');
      onClose();
    },
    onError: (error) => error instanceof Refusal || failed(error),
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <TextInput
        label="Nom"
        data-autofocus
        value={form.name}
        onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
        error={refusal?.fields.name}
      />
      <MultiSelect
        label="Professions"
        description="Toutes les personnes de ces professions, y compris celles qui arriveront."
        searchable
        data={professionChoices}
        value={form.professions}
        onChange={(professions) => setForm({ ...form, professions })}
        error={refusal?.fields.professions}
      />
      <MultiSelect
        label="Personnes"
        searchable
        data={(people.data?.colleagues ?? []).map((one) => ({
          value: one.id,
          label: `${one.name}, ${one.professionLabel}`,
        }))}
        value={form.people}
        onChange={(chosen) => setForm({ ...form, people: chosen })}
      />
      {box && box.members.length > 0 && (
        <section aria-label="Membres aujourd’hui">
          <h3>Aujourd’hui</h3>
          <ul className="plain">
            {box.members.map((one) => (
              <li key={one.id} className={css.absence}>
                <Face name={one.name} profession={one.profession} size={28} quiet />
                <span className="grow">
                  {one.name} {one.absentUntil && <Tag tone="warning">absent·e jusqu’au {sayDate(one.absentUntil)}</Tag>}{' '}
                  {one.standsInFor && <Tag>remplace {one.standsInFor}</Tag>}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="dim small">
        Qui entre dans la boîte en lit tous les messages que ses droits ouvrent ; qui la quitte n’en lit plus aucun.
      </p>
      {refusal && (
        <Note tone="danger" live>
          {refusal.message}
        </Note>
      )}
      <div className="row">
        <Button type="submit" loading={save.isPending} disabled={!form.name.trim()}>
          {box ? 'Enregistrer la boîte' : 'Ouvrir la boîte'}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          Renoncer
        </Button>
      </div>
    </form>
  );
}
