import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, Refusal } from '../../../web/api.ts';
import { PlusIcon } from '../../../web/ui/icons.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { inSentence, professionChoices, professionLabel } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import type { Project } from '../projects/tabs.ts';
import { changedGatherings, type Poll, sideLabels, standing } from './words.ts';

interface Guest {
  key: number;
  name: string;
  profession: string;
  email: string;
}
let keys = 0;
const guest = (profession = ''): Guest => ({ key: ++keys, name: '', profession, email: '' });
const everyone = professionChoices.filter(({ value }) => value !== 'administrator');

/** Asks people with an account, and guests, who get a personal link. */
export function InvitePanel({
  project,
  poll,
  professions,
  onClose,
}: {
  project: Project;
  poll: Poll;
  professions: string[];
  onClose: () => void;
}) {
  const params = { project: project.id, poll: poll.id };
  const known = useQuery(reading(programmeContract.pollInvitable, { params }));
  const [people, setPeople] = useState<string[]>([]);
  const [guests, setGuests] = useState<Guest[]>(() => (project.here ? [] : [guest()]));
  const send = useMutation({
    mutationFn: () =>
      call(programmeContract.inviteToPoll, {
        params,
        body: {
          people,
          guests: guests
            .filter(({ name, email }) => name.trim() || email.trim())
            .map(({ name, profession, email }) => ({ name, profession, email: email.trim() })),
        },
      }),
    onSuccess: ({ asked }) => {
      void changedGatherings();
      done(
        asked > 1
          ? `${asked} personnes invitées.`
          : asked === 1
            ? 'Une personne invitée.'
            : 'Ces personnes étaient déjà invitées.',
      );
      onClose();
    },
  });
  const refusal = send.error instanceof Refusal ? send.error : null;
  const filled = guests.filter(({ name, email }) => name.trim() || email.trim()).length;
  const unheard = professions.filter(
    (one) =>
      !poll.people.some((person) => person.side === 'team' && person.profession === one) &&
      !guests.some(({ profession }) => profession === one) &&
      !known.data?.some((person) => people.includes(person.practitioner) && person.profession === one),
  );
  const set = (key: number, change: Partial<Guest>) =>
    setGuests(guests.map((one) => (one.key === key ? { ...one, ...change } : one)));
  return (
    <PanelForm
      title="Inviter"
      subtitle={poll.title}
      verb={people.length + filled > 1 ? `Inviter ${people.length + filled} personnes` : 'Inviter'}
      pending={send.isPending}
      ready={people.length + filled > 0}
      refusal={refusal}
      onSubmit={() => send.mutate()}
      onClose={onClose}
    >
      {unheard.length > 0 && (
        <Note tone="warning">
          Personne encore pour : {unheard.map((one) => inSentence(professionLabel(one))).join(', ')}.
        </Note>
      )}
      <Failure compact of={known} />
      {known.isPending && <ListBones rows={4} />}
      {known.data && known.data.length > 0 && (
        <fieldset className="plain stack">
          <legend className="strong" style={{ padding: 0 }}>
            Avec un compte ici
          </legend>
          {known.data.filter(({ side }) => side === 'team').length > 1 && (
            <div>
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() =>
                  setPeople(known.data.filter(({ side }) => side === 'team').map(({ practitioner }) => practitioner))
                }
              >
                Toute l’équipe
              </Button>
            </div>
          )}
          {known.data.map((one) => (
            <Checkbox
              key={one.practitioner}
              label={`${one.name}, ${one.side === 'team' ? standing(one) : sideLabels[one.side]}`}
              checked={people.includes(one.practitioner)}
              onChange={(event) =>
                setPeople(
                  event.currentTarget.checked
                    ? [...people, one.practitioner]
                    : people.filter((id) => id !== one.practitioner),
                )
              }
            />
          ))}
        </fieldset>
      )}
      <fieldset className="plain stack">
        <legend className="strong" style={{ padding: 0 }}>
          Sans compte, par un lien personnel
        </legend>
        {guests.map((one, at) => (
          <div key={one.key} className="stack" style={{ borderBottom: '1px solid var(--line)', paddingBottom: 10 }}>
            <TextInput
              label={`Nom de l’invité ${at + 1}`}
              value={one.name}
              onChange={(event) => set(one.key, { name: event.currentTarget.value })}
            />
            <Select
              label="Profession"
              searchable
              clearable
              placeholder="à dire en répondant"
              data={everyone}
              value={one.profession || null}
              onChange={(profession) => set(one.key, { profession: profession ?? '' })}
            />
            <TextInput
              label="Adresse électronique"
              type="email"
              placeholder="sans adresse, le lien se remet autrement"
              value={one.email}
              error={refusal?.fields[`guests.${at}.email`]}
              onChange={(event) => set(one.key, { email: event.currentTarget.value })}
            />
          </div>
        ))}
        <div>
          <Button
            size="compact-md"
            variant="default"
            leftSection={<PlusIcon size={14} />}
            onClick={() => setGuests([...guests, guest(unheard[0])])}
          >
            Ajouter un invité
          </Button>
        </div>
      </fieldset>
    </PanelForm>
  );
}
