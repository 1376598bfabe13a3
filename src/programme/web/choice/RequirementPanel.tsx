import { MultiSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { professionChoices } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import { Pills } from './parts.tsx';
import { changedChoice, importanceLabels, importances, type Requirement } from './words.ts';

/** Writes a requirement; another importance than the computed one says why. */
export function RequirementPanel({
  project,
  requirement,
  areas,
  onClose,
}: {
  project: string;
  requirement?: Requirement;
  areas: string[];
  onClose: () => void;
}) {
  const [form, setForm] = useState({
    area: requirement?.area ?? areas[0] ?? 'Autres exigences',
    sentence: requirement?.sentence ?? '',
    importance: requirement?.importance ?? ('should' as const),
    reason: requirement?.reason ?? '',
    professions: requirement?.professions ?? [],
  });
  const save = useMutation({
    mutationFn: async () => {
      if (requirement)
        await call(programmeContract.changeRequirement, {
          params: { project, requirement: requirement.id },
          body: { ...form, seen: requirement.version },
        });
      else await call(programmeContract.addRequirement, { params: { project }, body: form });
    },
    onSuccess: () => {
      changedChoice();
      done(requirement ? 'Exigence enregistrée.' : 'Exigence ajoutée.');
      onClose();
    },
    onError: changedChoice,
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  const differs = requirement?.computed && form.importance !== requirement.computed;
  return (
    <PanelForm
      title={requirement ? 'Exigence' : 'Nouvelle exigence'}
      subtitle={requirement?.because || undefined}
      verb={requirement ? 'Enregistrer' : 'Ajouter'}
      pending={save.isPending}
      ready={form.sentence.trim().length >= 10 && form.area.trim() !== ''}
      refusal={refusal}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <Textarea
        label="Exigence"
        description="Une phrase qu’un éditeur peut vérifier"
        autosize
        minRows={3}
        maxLength={600}
        value={form.sentence}
        error={refusal?.fields.sentence}
        onChange={(event) => setForm({ ...form, sentence: event.currentTarget.value })}
      />
      <TextInput
        label="Domaine"
        list="domaines"
        value={form.area}
        maxLength={120}
        onChange={(event) => setForm({ ...form, area: event.currentTarget.value })}
      />
      <datalist id="domaines">
        {areas.map((area) => (
          <option key={area} value={area} />
        ))}
      </datalist>
      <Pills
        label="Importance"
        options={importances}
        value={form.importance}
        onChange={(importance) => importance && setForm({ ...form, importance })}
      />
      {differs && (
        <Textarea
          label={`Pourquoi pas « ${importanceLabels[requirement.computed!].toLowerCase()} », comme le disent les réponses ?`}
          autosize
          minRows={2}
          maxLength={1000}
          value={form.reason}
          error={refusal?.fields.reason}
          onChange={(event) => setForm({ ...form, reason: event.currentTarget.value })}
        />
      )}
      <MultiSelect
        label="Professions concernées"
        description="Aucune : toutes"
        data={professionChoices}
        searchable
        value={form.professions}
        onChange={(professions) => setForm({ ...form, professions })}
      />
    </PanelForm>
  );
}
