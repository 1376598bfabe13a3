import { Select, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { professionChoices } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import { Pills } from './parts.tsx';
import { changedChoice, type Demonstration, type Demonstrations, sayWhen } from './words.ts';

const notes = [0, 1, 2, 3, 4, 5].map((value) => ({ value, label: String(value) }));
/** The scoring sheet of a demonstration: mine, or one that was filled on paper. */
export function SheetPanel({
  project,
  one,
  items,
  name,
  mine,
  onClose,
}: {
  project: string;
  one: Demonstration;
  items: Demonstrations['items'];
  name: string;
  mine?: boolean;
  onClose: () => void;
}) {
  const held = mine ? one.sheets.find((sheet) => sheet.mine) : undefined;
  const [scores, setScores] = useState<Record<string, number>>(held?.scores ?? {});
  const [comment, setComment] = useState(held?.comment ?? '');
  const [who, setWho] = useState({ name: '', profession: '' });
  const params = { project, demonstration: one.id };
  const save = useMutation({
    mutationFn: async () => {
      if (mine)
        await call(programmeContract.scoreDemonstration, {
          params,
          body: { scores, comment, seen: held?.version ?? 0 },
        });
      else await call(programmeContract.typeSheet, { params, body: { ...who, scores, comment } });
    },
    onSuccess: () => {
      changedChoice();
      done(mine ? 'Votre grille est enregistrée.' : 'Grille enregistrée.');
      onClose();
    },
    onError: changedChoice,
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  return (
    <PanelForm
      title={name}
      subtitle={`Démonstration du ${sayWhen(one.on, one.time)}`}
      verb="Enregistrer la grille"
      pending={save.isPending}
      ready={Object.keys(scores).length > 0 && (mine || (who.name.trim() !== '' && who.profession !== ''))}
      refusal={refusal}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      {!mine && (
        <>
          <TextInput
            label="Qui a rempli la grille"
            value={who.name}
            maxLength={120}
            onChange={(event) => setWho({ ...who, name: event.currentTarget.value })}
          />
          <Select
            label="Profession"
            searchable
            data={professionChoices}
            value={who.profession || null}
            error={refusal?.fields.profession}
            onChange={(profession) => setWho({ ...who, profession: profession ?? '' })}
          />
        </>
      )}
      <p className="small dim">De 0 (pas du tout) à 5 (tout à fait). Laissez vide ce que vous n’avez pas vu.</p>
      {items.map(({ id, title, help }) => (
        <div key={id} className="stack tight">
          <Pills
            label={title}
            options={notes}
            value={scores[id] ?? null}
            onChange={(value) =>
              setScores(
                value === null
                  ? Object.fromEntries(Object.entries(scores).filter(([item]) => item !== id))
                  : { ...scores, [id]: value },
              )
            }
          />
          {help && <span className="tiny dim">{help}</span>}
        </div>
      ))}
      <Textarea
        label="Remarque"
        autosize
        minRows={2}
        maxLength={2000}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
    </PanelForm>
  );
}
