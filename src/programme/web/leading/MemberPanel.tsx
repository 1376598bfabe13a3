import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { professionChoices, professionLabel } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import type { Project } from '../projects/tabs.ts';
import { changedTeam, noPatient, type ProjectTeam, readMinutes, sayMinutes } from './words.ts';

type Member = ProjectTeam['members'][number];
/** Someone of the project team: chosen among the people of the practice, or typed. */
export function MemberPanel({
  project,
  team,
  member,
  onClose,
}: {
  project: Project;
  team: ProjectTeam;
  member: Member | undefined;
  onClose: () => void;
}) {
  const [form, setForm] = useState({
    practitioner: member?.practitioner ?? null,
    name: member?.name ?? '',
    profession: member?.profession ?? '',
    role: member?.role ?? '',
    leader: member?.leader ?? !team.members.some(({ leader }) => leader),
    time: member ? sayMinutes(member.minutesMonth) : '2 h',
  });
  const minutesMonth = readMinutes(form.time);
  const body = {
    name: form.name,
    profession: form.profession,
    role: form.role,
    leader: form.leader,
    minutesMonth: minutesMonth ?? 0,
  };
  const save = useMutation({
    mutationFn: async (removed: boolean): Promise<void> => {
      const params = { project: project.id };
      if (member)
        await call(programmeContract.changeProjectMember, {
          params: { ...params, member: member.id },
          body: { ...body, removed, seen: member.version },
        });
      else
        await call(programmeContract.addProjectMember, { params, body: { ...body, practitioner: form.practitioner } });
    },
    onSuccess: (_, removed) => {
      changedTeam();
      if (removed && member)
        done(
          `${member.name} n’est plus dans l’équipe projet.`,
          () =>
            call(programmeContract.changeProjectMember, {
              params: { project: project.id, member: member.id },
              body: { ...body, removed: false, seen: member.version + 1 },
            }).then(changedTeam),
          'Personne remise.',
        );
      else done(member ? 'Enregistré.' : 'Personne ajoutée.');
      onClose();
    },
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  const free = team.people.filter(({ practitioner }) => !team.members.some((one) => one.practitioner === practitioner));
  const named = form.practitioner !== null;
  return (
    <PanelForm
      title={member ? member.name : 'Ajouter une personne'}
      subtitle="Équipe projet"
      verb={member ? 'Enregistrer' : 'Ajouter'}
      pending={save.isPending}
      ready={form.name.trim() !== '' && form.profession !== '' && minutesMonth !== null}
      refusal={refusal}
      onSubmit={() => save.mutate(false)}
      onClose={onClose}
      beside={
        member && (
          <Button variant="subtle" color="red" onClick={() => save.mutate(true)}>
            Retirer
          </Button>
        )
      }
    >
      {!member && team.people.length > 0 && (
        <Select
          label="De la structure"
          placeholder="Choisir, ou saisir un nom ci-dessous"
          searchable
          clearable
          value={form.practitioner}
          data={free.map(({ practitioner, name, profession }) => ({
            value: practitioner,
            label: `${name}, ${professionLabel(profession)}`,
          }))}
          onChange={(practitioner) => {
            const person = free.find((one) => one.practitioner === practitioner);
            setForm({ ...form, practitioner, name: person?.name ?? '', profession: person?.profession ?? '' });
          }}
        />
      )}
      <TextInput
        label="Nom"
        disabled={named}
        value={form.name}
        error={refusal?.fields.name}
        onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
      />
      <Select
        label="Profession"
        disabled={named}
        searchable
        value={form.profession || null}
        error={refusal?.fields.profession}
        data={professionChoices}
        onChange={(profession) => setForm({ ...form, profession: profession ?? '' })}
      />
      <TextInput
        label="Rôle dans le projet"
        description={noPatient}
        value={form.role}
        error={refusal?.fields.role}
        onChange={(event) => setForm({ ...form, role: event.currentTarget.value })}
        placeholder="Référent de sa profession, lien avec l’éditeur…"
      />
      <TextInput
        label="Temps prévu par mois"
        value={form.time}
        error={refusal?.fields.minutesMonth ?? (minutesMonth === null ? 'Par exemple 2 h ou 90 min' : undefined)}
        onChange={(event) => setForm({ ...form, time: event.currentTarget.value })}
      />
      <Checkbox
        label="Responsable du projet"
        checked={form.leader}
        onChange={(event) => setForm({ ...form, leader: event.currentTarget.checked })}
      />
    </PanelForm>
  );
}
