import { Select, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { Pills } from './parts.tsx';
import { againLabels, changedChoice, type Demonstrations, type Visit } from './words.ts';

/** A visit to a practice that uses one of the solutions. */
export function VisitPanel({
  project,
  solutions,
  visit,
  today,
  onClose,
}: {
  project: string;
  solutions: Demonstrations['solutions'];
  visit?: Visit;
  today: string;
  onClose: () => void;
}) {
  const [form, setForm] = useState({
    solution: visit?.solution ?? solutions[0]?.id ?? '',
    practice: visit?.practice ?? '',
    on: visit?.on ?? today,
    who: visit?.who ?? '',
    good: visit?.good ?? '',
    bad: visit?.bad ?? '',
    again: visit?.again ?? ('unsure' as const),
  });
  const save = useMutation({
    mutationFn: async () => {
      if (visit)
        await call(programmeContract.changeVisit, {
          params: { project, visit: visit.id },
          body: { ...form, seen: visit.version },
        });
      else await call(programmeContract.addVisit, { params: { project }, body: form });
    },
    onSuccess: () => {
      changedChoice();
      done('Visite enregistrée.');
      onClose();
    },
    onError: changedChoice,
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  return (
    <PanelForm
      title={visit ? 'Visite' : 'Raconter une visite'}
      verb="Enregistrer"
      pending={save.isPending}
      ready={form.practice.trim() !== '' && form.who.trim() !== '' && form.on !== '' && form.solution !== ''}
      refusal={refusal}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <Select
        label="Solution"
        allowDeselect={false}
        data={solutions.map(({ id, name }) => ({ value: id, label: name }))}
        value={form.solution}
        onChange={(solution) => solution && setForm({ ...form, solution })}
      />
      <TextInput
        label="Équipe visitée"
        value={form.practice}
        maxLength={160}
        onChange={(event) => setForm({ ...form, practice: event.currentTarget.value })}
      />
      <DateField label="Le" value={form.on} onChange={(on) => setForm({ ...form, on })} />
      <TextInput
        label="Qui y est allé, qui avez-vous rencontré ?"
        value={form.who}
        maxLength={300}
        onChange={(event) => setForm({ ...form, who: event.currentTarget.value })}
      />
      <Textarea
        label="Ce qui va bien"
        autosize
        minRows={2}
        maxLength={2000}
        value={form.good}
        onChange={(event) => setForm({ ...form, good: event.currentTarget.value })}
      />
      <Textarea
        label="Ce qui va mal"
        autosize
        minRows={2}
        maxLength={2000}
        value={form.bad}
        onChange={(event) => setForm({ ...form, bad: event.currentTarget.value })}
      />
      <Pills
        label="Cette équipe le choisirait-elle de nouveau ?"
        options={(['yes', 'unsure', 'no'] as const).map((value) => ({ value, label: againLabels[value] }))}
        value={form.again}
        onChange={(again) => again && setForm({ ...form, again })}
      />
    </PanelForm>
  );
}
