import { Button, Checkbox, MultiSelect, Select, SegmentedControl, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { useMe } from '../../../web/session.ts';
import { professionChoices, regionalChoices, roleLabels } from '../../../web/words.ts';
import { accessContract, type Person } from '../../contract.ts';
import { InvitationLink } from './InvitationLink.tsx';
import { peopleChanged } from './People.tsx';

type Role = Person['roles'][number];

/** Invites someone, or changes what the practice says of a person. */
export function PersonPanel({
  person,
  sites,
  onClose,
}: {
  person?: Person;
  sites: readonly { id: string; name: string }[];
  onClose: () => void;
}) {
  const region = useMe().practice.kind === 'region';
  const [form, setForm] = useState({
    family: person?.family ?? '',
    given: person?.given ?? '',
    login: person?.login ?? '',
    profession: person?.profession ?? (null as Person['profession'] | null),
    rpps: person?.rpps ?? '',
    roles: person?.roles ?? ([] as Role[]),
    sites: person?.sites ?? (sites.length === 1 ? [sites[0]!.id] : ([] as string[])),
    kind: person?.kind ?? ('care' as Person['kind']),
  });
  const change = (patch: Partial<typeof form>) => setForm({ ...form, ...patch });
  const body = {
    family: form.family,
    given: form.given,
    login: form.login,
    profession: form.profession!,
    rpps: form.rpps || null,
    roles: form.roles,
    sites: form.sites,
  };
  const invite = useMutation({
    mutationFn: () => call(accessContract.invitePerson, { body: { ...body, kind: region ? undefined : form.kind } }),
    onSuccess: () => void peopleChanged(),
  });
  const save = useMutation({
    mutationFn: () => call(accessContract.changePerson, { params: { id: person!.id }, body }),
    onSuccess: () => {
      void peopleChanged();
      done('Modification enregistrée.');
      onClose();
    },
  });
  const error = (person ? save.error : invite.error) as Error | null;
  const fields = error instanceof Refusal ? error.fields : {};
  const id = 'person-form';
  if (invite.data)
    return (
      // A panel of its own: the button that had the focus is gone, and Escape with it.
      <SidePanel key="ready" title="Invitation prête" onClose={onClose}>
        <div className="stack">
          <InvitationLink invited={invite.data} onClose={onClose} />
          <div>
            <Button
              variant="default"
              onClick={() => {
                invite.reset();
                setForm({ ...form, family: '', given: '', login: '', rpps: '' });
              }}
            >
              Inviter une autre personne
            </Button>
          </div>
        </div>
      </SidePanel>
    );
  return (
    <SidePanel
      title={person ? `${person.given} ${person.family}` : 'Inviter une personne'}
      onClose={onClose}
      footer={
        <Button
          type="submit"
          form={id}
          loading={invite.isPending || save.isPending}
          disabled={!form.profession || !form.family || !form.login}
        >
          {person ? 'Enregistrer les changements' : 'Envoyer l’invitation'}
        </Button>
      }
    >
      <form
        id={id}
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (person) save.mutate();
          else invite.mutate();
        }}
      >
        <TextInput
          label="Nom"
          data-autofocus
          autoComplete="off"
          value={form.family}
          error={fields.family}
          onChange={(event) => change({ family: event.currentTarget.value })}
        />
        <TextInput
          label="Prénom"
          autoComplete="off"
          value={form.given}
          error={fields.given}
          onChange={(event) => change({ given: event.currentTarget.value })}
        />
        <Select
          label={region ? 'Rôle dans le programme' : 'Profession'}
          searchable
          data={region ? regionalChoices : professionChoices}
          value={form.profession}
          error={fields.profession}
          onChange={(profession) => change({ profession: profession as Person['profession'] | null })}
        />
        <TextInput
          label="Adresse électronique"
          type="email"
          autoComplete="off"
          value={form.login}
          error={fields.login}
          onChange={(event) => change({ login: event.currentTarget.value })}
        />
        {!region && (
          <TextInput
            label="Numéro RPPS"
            description="11 chiffres ; il relie le compte à Pro Santé Connect."
            inputMode="numeric"
            autoComplete="off"
            value={form.rpps}
            error={fields.rpps}
            onChange={(event) => change({ rpps: event.currentTarget.value.replace(/\D/g, '') })}
          />
        )}
        {sites.length > 0 && (
          <MultiSelect
            label="Sites"
            data={sites.map((site) => ({ value: site.id, label: site.name }))}
            value={form.sites}
            onChange={(chosen) => change({ sites: chosen })}
          />
        )}
        <Checkbox.Group
          label="Rôles dans la structure"
          value={form.roles}
          onChange={(roles) => change({ roles: roles as Role[] })}
        >
          <div className="stack tight" style={{ gap: 8, marginTop: 6 }}>
            {Object.entries(roleLabels)
              .filter(([value]) => !region || value !== 'coordinator')
              .map(([value, label]) => (
                <Checkbox key={value} value={value} label={label} />
              ))}
          </div>
        </Checkbox.Group>
        {!person && !region && (
          <>
            <SegmentedControl
              aria-label="Nature du compte"
              value={form.kind}
              onChange={(kind) => change({ kind: kind as Person['kind'] })}
              data={[
                { value: 'care', label: 'Compte de soin' },
                { value: 'privileged', label: 'Compte d’administration' },
              ]}
            />
            <p className="dim small">
              Un compte d’administration règle la structure et n’accède jamais au contenu des dossiers.
            </p>
          </>
        )}
        {error && (
          <Note tone="danger" live>
            {error.message}
          </Note>
        )}
      </form>
    </SidePanel>
  );
}
