import { Button, MultiSelect } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading } from '../../../web/api.ts';
import { Card, Face } from '../../../web/ui/bits.tsx';
import { Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { professionLabel } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import type { Application } from '../words.ts';

/** Who of the practice writes in the file with its coordinator. */
export function Members({
  application,
  open,
  setOpen,
  again,
}: {
  application: Application;
  open: boolean;
  setOpen: (on: boolean) => void;
  again: () => void;
}) {
  const people = useQuery({ ...reading(programmeContract.people), enabled: open });
  const [chosen, setChosen] = useState(application.members.map(({ practitioner }) => practitioner));
  const save = useMutation({
    mutationFn: (practitioners: string[]) =>
      call(programmeContract.setMembers, { params: { application: application.id }, body: { practitioners } }),
    onSuccess: (_nothing, practitioners) => {
      const before = application.members.map(({ practitioner }) => practitioner);
      again();
      setOpen(false);
      done(
        practitioners.length
          ? 'Ces personnes peuvent écrire dans le dossier.'
          : 'Le dossier n’a plus d’autres personnes.',
        () =>
          call(programmeContract.setMembers, {
            params: { application: application.id },
            body: { practitioners: before },
          }).then(again),
      );
    },
    onError: failed,
  });
  return (
    <Card
      title="Qui écrit dans le dossier"
      action={
        !open && (
          <Button size="compact-sm" variant="subtle" onClick={() => setOpen(true)}>
            Choisir
          </Button>
        )
      }
    >
      {!open && application.members.length === 0 && (
        <Nothing>Le coordinateur et les responsables. Associez d’autres personnes de l’équipe.</Nothing>
      )}
      {!open && application.members.length > 0 && (
        <ul className={`plain ${css.body} stack tight`}>
          {application.members.map((one) => (
            <li key={one.practitioner} className="row">
              <Face name={one.name} size={24} quiet /> {one.name}
            </li>
          ))}
        </ul>
      )}
      {open && (
        <div className={`${css.body} stack`}>
          <MultiSelect
            label="Personnes associées"
            data={(people.data ?? []).map((one) => ({
              value: one.practitioner,
              label: `${one.name}, ${professionLabel(one.profession)}`,
            }))}
            value={chosen}
            onChange={setChosen}
            searchable
            hidePickedOptions
          />
          <div className="row">
            <Button size="compact-md" loading={save.isPending} onClick={() => save.mutate(chosen)}>
              Associer ces personnes
            </Button>
            <Button size="compact-md" variant="subtle" onClick={() => setOpen(false)}>
              Fermer
            </Button>
          </div>
        </div>
      )}
    </Card>
  );
}
