import { Button, Checkbox, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, Refusal } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { useMe } from '../../../web/session.ts';
import { Face, Tag } from '../../../web/ui/bits.tsx';
import { PhoneIcon, PlusIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Note, Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { professionLabel } from '../../../web/words.ts';
import { type Header, recordContract } from '../../contract.ts';
import { refresh, useRecord } from '../use-record.ts';
import css from './panels.module.css';

type Member = Header['team']['members'][number];

/** Who takes part in this patient's care: it drives who sees the record (COO-1). */
export default function TeamPanel({ patient, onClose }: { patient: string; onClose: () => void }) {
  const { header } = useRecord();
  const me = useMe();
  const [adding, setAdding] = useState(false);
  const { members } = header.team;
  const leave = useMutation({
    mutationFn: (member: Member) =>
      call(recordContract.leaveTeam, {
        params: { patient },
        body: { practitioner: member.id, name: member.id ? null : member.name },
      }),
    onSuccess: (_header, member) => {
      void refresh(patient);
      done(`${member.name} ne fait plus partie de l’équipe de soins.`, () =>
        call(recordContract.addToTeam, {
          params: { patient },
          body: {
            practitioner: member.id,
            name: member.id ? null : member.name,
            role: member.role,
            treating: member.treating,
          },
        }).then(() => refresh(patient)),
      );
    },
    onError: failed,
  });
  return (
    <SidePanel title="Équipe de soins" subtitle={header.patient.name} onClose={onClose}>
      <div className="stack">
        <p className="dim small">
          Les membres de l’équipe accèdent au dossier selon les droits de leur profession, sauf opposition du patient.
        </p>
        {!members.length && <Nothing>Personne n’est encore dans l’équipe de soins.</Nothing>}
        <ul className="plain">
          {members.map((member) => (
            <li key={`${member.id}${member.name}`} className={css.person}>
              <Face name={member.name} profession={member.profession} size={36} quiet />
              <div className="grow">
                <div className="strong">
                  {member.name} {member.treating && <Tag tone="accent">Médecin traitant</Tag>}{' '}
                  {!member.inside && <Tag>hors structure</Tag>}
                </div>
                <div className="dim small">
                  {[
                    member.treating ? professionLabel(member.profession) || member.role : member.role,
                    member.organisation,
                    member.since && `depuis le ${sayDate(member.since)}`,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </div>
                {member.phone && (
                  <a className="small" href={`tel:${member.phone.replace(/\s/g, '')}`}>
                    <PhoneIcon size={13} style={{ verticalAlign: -2 }} /> {member.phone}
                  </a>
                )}
              </div>
              {member.canEnd && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  loading={leave.isPending && leave.variables === member}
                  onClick={() => leave.mutate(member)}
                  aria-label={member.me ? 'Quitter l’équipe' : `Retirer ${member.name} de l’équipe`}
                >
                  {member.me ? 'Quitter' : 'Retirer'}
                </Button>
              )}
            </li>
          ))}
        </ul>
        {adding ? (
          <AddMember patient={patient} me={me.practitioner} onDone={() => setAdding(false)} />
        ) : (
          <div>
            <Button variant="default" leftSection={<PlusIcon size={16} />} onClick={() => setAdding(true)}>
              Ajouter quelqu’un
            </Button>
          </div>
        )}
        {header.contacts.length > 0 && (
          <section aria-label="Proches">
            <h3 style={{ marginTop: 12 }}>Proches</h3>
            <ul className="plain">
              {header.contacts.map((contact) => (
                <li key={contact.name} className={css.person}>
                  <div className="grow">
                    <div className="strong">{contact.name}</div>
                    <div className="dim small">{contact.relation}</div>
                  </div>
                  {contact.phone && <a href={`tel:${contact.phone.replace(/\s/g, '')}`}>{contact.phone}</a>}
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </SidePanel>
  );
}

function AddMember({ patient, me, onDone }: { patient: string; me: string; onDone: () => void }) {
  const { header } = useRecord();
  const professionals = useQuery(reading(recordContract.professionals));
  const [form, setForm] = useState({
    where: 'inside',
    practitioner: null as string | null,
    name: '',
    role: '',
    phone: '',
    treating: false,
  });
  const already = new Set(header.team.members.map((member) => member.id));
  const add = useMutation({
    mutationFn: () =>
      call(recordContract.addToTeam, {
        params: { patient },
        body:
          form.where === 'inside'
            ? { practitioner: form.practitioner, treating: form.treating }
            : { name: form.name, role: form.role || null, phone: form.phone || null, treating: form.treating },
      }),
    onSuccess: () => {
      void refresh(patient);
      done('Équipe de soins complétée.');
      onDone();
    },
  });
  return (
    <form
      className="stack card pad"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <SegmentedControl
        aria-label="D’où vient cette personne"
        value={form.where}
        onChange={(where) => setForm({ ...form, where })}
        data={[
          { value: 'inside', label: 'De la structure' },
          { value: 'outside', label: 'De l’extérieur' },
        ]}
      />
      {form.where === 'inside' ? (
        <Select
          label="Professionnel"
          searchable
          autoFocus
          data={(professionals.data?.professionals ?? [])
            .filter((one) => one.care && !already.has(one.id))
            .map((one) => ({
              value: one.id,
              label: `${one.name}${one.id === me ? ' (vous)' : ''}, ${professionLabel(one.profession)}`,
            }))}
          value={form.practitioner}
          onChange={(practitioner) => setForm({ ...form, practitioner })}
        />
      ) : (
        <>
          <TextInput
            label="Nom"
            autoFocus
            value={form.name}
            onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
          />
          <TextInput
            label="Rôle"
            placeholder="cardiologue, auxiliaire de vie…"
            value={form.role}
            onChange={(event) => setForm({ ...form, role: event.currentTarget.value })}
          />
          <TextInput
            label="Téléphone"
            type="tel"
            value={form.phone}
            onChange={(event) => setForm({ ...form, phone: event.currentTarget.value })}
          />
        </>
      )}
      <Checkbox
        label="Médecin traitant déclaré"
        checked={form.treating}
        onChange={(event) => setForm({ ...form, treating: event.currentTarget.checked })}
      />
      {add.error && (
        <Note tone="danger" live>
          {add.error instanceof Refusal ? add.error.message : 'L’ajout n’a pas abouti.'}
        </Note>
      )}
      <div className="row">
        <Button
          type="submit"
          loading={add.isPending}
          disabled={form.where === 'inside' ? !form.practitioner : !form.name.trim()}
        >
          Ajouter à l’équipe
        </Button>
        <Button variant="subtle" onClick={onDone}>
          Renoncer
        </Button>
      </div>
    </form>
  );
}
