import { Button, Checkbox, MultiSelect, Select, SegmentedControl, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { ConflictPanel } from '../../../web/ui/ConflictPanel.tsx';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { useMe } from '../../../web/session.ts';
import { professionChoices, professionLabel, regionalChoices, roleLabels } from '../../../web/words.ts';
import { accessContract, type Person } from '../../contract.ts';
import { InvitationLink } from './InvitationLink.tsx';
import { peopleChanged } from './People.tsx';

type Role = Person['roles'][number];

const formOf = (person: Person | undefined, sites: readonly { id: string }[]) => ({
  family: person?.family ?? '',
  given: person?.given ?? '',
  login: person?.login ?? '',
  profession: person?.profession ?? (null as Person['profession'] | null),
  rpps: person?.rpps ?? '',
  roles: person?.roles ?? ([] as Role[]),
  sites: person?.sites ?? (sites.length === 1 ? [sites[0]!.id] : ([] as string[])),
  kind: person?.kind ?? ('care' as Person['kind']),
});
type Form = ReturnType<typeof formOf>;

/** Field by field, in the words of the form. */
function compared(theirs: Form, mine: Form, sites: ReadonlyMap<string, string>) {
  const words = (form: Form) => ({
    Nom: form.family.trim(),
    Prénom: form.given.trim(),
    Profession: form.profession ? professionLabel(form.profession) : '',
    Courriel: form.login.trim().toLowerCase(),
    'Numéro RPPS': form.rpps,
    Sites: form.sites
      .flatMap((site) => sites.get(site) ?? [])
      .sort()
      .join(', '),
    Rôles: (Object.keys(roleLabels) as Role[])
      .filter((role) => form.roles.includes(role))
      .map((role) => roleLabels[role])
      .join(', '),
  });
  const [before, after] = [words(theirs), words(mine)];
  return (Object.keys(before) as (keyof typeof before)[])
    .filter((label) => before[label] || after[label])
    .map((label) => ({
      label,
      before: before[label],
      after: after[label],
      changed: before[label] !== after[label],
    }));
}

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
  const [form, setForm] = useState(formOf(person, sites));
  /** Of the person on whom one began to type: what another keeps meanwhile moves nothing, and saving tells of it. */
  const [version, setVersion] = useState(person?.version);
  const [theirs, setTheirs] = useState<Person | null>(null);
  const names = new Map(sites.map((site) => [site.id, site.name]));
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
    mutationFn: (over?: number) =>
      call(accessContract.changePerson, {
        params: { id: person!.id },
        // A demo account has none that one could type.
        body: { ...body, login: form.login === person!.login ? undefined : form.login, version: over ?? version },
      }),
    onSuccess: () => {
      void peopleChanged();
      done('Modification enregistrée.');
      onClose();
    },
    onError: (error) =>
      setTheirs(error instanceof Refusal ? ((error.extra.theirs as Person | undefined) ?? null) : null),
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
  if (person && theirs)
    return (
      <SidePanel key="both" title={`${person.given} ${person.family}`} onClose={onClose}>
        <ConflictPanel
          who={theirs.changed?.who || 'Un autre responsable'}
          when={theirs.changed?.at ?? new Date().toISOString()}
          rows={compared(formOf(theirs, sites), form, names)}
          pending={save.isPending}
          onTakeTheirs={() => {
            void peopleChanged();
            save.reset();
            setForm(formOf(theirs, sites));
            setVersion(theirs.version);
            setTheirs(null);
          }}
          onKeepMine={() => save.mutate(theirs.version)}
        />
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
          if (person) save.mutate(undefined);
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
            value={form.sites.filter((site) => names.has(site))}
            // One that was taken away may come back.
            onChange={(chosen) => change({ sites: [...chosen, ...form.sites.filter((site) => !names.has(site))] })}
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
