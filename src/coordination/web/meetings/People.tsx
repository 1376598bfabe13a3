import { Button, Menu, TextInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../../web/api.ts';
import { sayDateTime } from '../../../web/say.ts';
import { Face, Tag } from '../../../web/ui/bits.tsx';
import { CheckIcon, DownIcon, PersonAddIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { attendanceStates, coordinationContract, type MeetingDetail } from '../../contract.ts';
import css from './meetings.module.css';
import { act } from './use-meetings.ts';

type State = keyof typeof attendanceStates;
export const signPresence = (
  meeting: MeetingDetail,
  body: { state: State; practitioner?: string; guest?: string },
  message?: string,
) => act(call(coordinationContract.signPresence, { params: { id: meeting.id }, body }), message);

/** Who is invited, who comes, who is there. Each signs for oneself; whoever runs the meeting marks those who cannot, and the trace says so. */
export function PeoplePanel({ meeting, onClose }: { meeting: MeetingDetail; onClose: () => void }) {
  const [busy, setBusy] = useState('');
  const there = meeting.participants.filter((one) => one.attendance === 'present' || one.attendance === 'remote');
  const professions = new Set(there.map((one) => one.profession).filter(Boolean));
  const open = meeting.may.sign;
  const mark = async (key: string, body: Parameters<typeof signPresence>[1]) => {
    setBusy(key);
    await signPresence(meeting, body);
    setBusy('');
  };
  return (
    <SidePanel
      title="Présences"
      subtitle={`${there.length} présent${there.length > 1 ? 's' : ''}, ${professions.size} profession${professions.size > 1 ? 's' : ''}`}
      onClose={onClose}
    >
      <div className="stack">
        {meeting.state === 'running' && professions.size < 3 && (
          <Note tone="info">
            Trois professions autour de la table donnent une vraie concertation. Il en manque {3 - professions.size}.
          </Note>
        )}
        <ul className="plain">
          {meeting.participants.map((one) => {
            const key = one.id ?? one.name;
            const target = one.me ? {} : one.id ? { practitioner: one.id } : { guest: one.name };
            const mine = one.me && open;
            const others = !one.me && meeting.may.run && open && !one.signed;
            return (
              <li key={key} className={css.person}>
                <Face name={one.name} profession={one.profession} size={32} quiet />
                <div className="grow">
                  <div className="strong">{one.name}</div>
                  <div className="dim small">
                    {[one.role, !one.attendance && one.replyLabel.toLowerCase()].filter(Boolean).join(' · ')}
                  </div>
                  {one.attendance && (
                    <div className="small">
                      <Tag tone={one.attendance === 'present' || one.attendance === 'remote' ? 'success' : 'neutral'}>
                        {one.attendanceLabel}
                      </Tag>{' '}
                      <span className="dim">
                        {one.signed
                          ? `signé le ${sayDateTime(one.attendanceAt)}`
                          : `porté par ${one.markedBy ?? 'la coordination'} le ${sayDateTime(one.attendanceAt)}`}
                      </span>
                    </div>
                  )}
                </div>
                {mine && one.attendance !== 'present' && (
                  <Button
                    size="compact-sm"
                    leftSection={<CheckIcon size={15} />}
                    loading={busy === key}
                    onClick={() => void mark(key, { state: 'present' })}
                  >
                    Je suis présent
                  </Button>
                )}
                {(others || (mine && one.attendance)) && (
                  <Menu>
                    <Menu.Target>
                      <Button
                        size="compact-sm"
                        variant="default"
                        rightSection={<DownIcon size={14} />}
                        loading={busy === key}
                        aria-label={`${one.attendance ? 'Changer' : 'Porter'} la présence de ${one.name}`}
                      >
                        {one.attendance ? 'Changer' : 'Porter'}
                      </Button>
                    </Menu.Target>
                    <Menu.Dropdown>
                      {(Object.keys(attendanceStates) as State[]).map((state) => (
                        <Menu.Item key={state} onClick={() => void mark(key, { ...target, state })}>
                          {attendanceStates[state]}
                        </Menu.Item>
                      ))}
                    </Menu.Dropdown>
                  </Menu>
                )}
              </li>
            );
          })}
        </ul>
        {open && !meeting.participants.some((one) => one.me) && (
          <Button variant="default" onClick={() => void mark('me', { state: 'present' })} loading={busy === 'me'}>
            Je suis présent
          </Button>
        )}
        {meeting.may.run && meeting.state !== 'closed' && <Guest meeting={meeting} />}
      </div>
    </SidePanel>
  );
}

/** Someone from outside: a mail with date and place, without content. */
function Guest({ meeting }: { meeting: MeetingDetail }) {
  const [form, setForm] = useState<{ name: string; role: string; email: string } | null>(null);
  const [busy, setBusy] = useState(false);
  if (!form)
    return (
      <div>
        <Button
          variant="subtle"
          leftSection={<PersonAddIcon size={16} />}
          onClick={() => setForm({ name: '', role: '', email: '' })}
        >
          Inviter quelqu’un de l’extérieur
        </Button>
      </div>
    );
  const field = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => setForm({ ...form, [name]: event.currentTarget.value }),
  });
  return (
    <form
      className="card pad stack"
      onSubmit={async (event) => {
        event.preventDefault();
        setBusy(true);
        const after = await act(
          call(coordinationContract.inviteGuest, {
            params: { id: meeting.id },
            body: { name: form.name, role: form.role, ...(form.email && { email: form.email }) },
          }),
          `${form.name} est invité.`,
        );
        setBusy(false);
        if (after) setForm(null);
      }}
    >
      <TextInput label="Nom" placeholder="Dr Rozenn Cozic" required data-autofocus {...field('name')} />
      <TextInput label="Fonction" placeholder="Cardiologue, service d’aide à domicile…" {...field('role')} />
      {meeting.mailed && (
        <TextInput
          label="Adresse électronique"
          type="email"
          description="Reçoit la date et le lieu, aucun nom de patient. L’adresse n’est pas conservée."
          {...field('email')}
        />
      )}
      {!meeting.mailed && (
        <p className="dim small">
          Aucun serveur de courrier n’est réglé : envoyez vous-même la date, ou le fichier agenda de la réunion.
        </p>
      )}
      <p className="dim small">
        Un extérieur ne voit rien des dossiers. Sa présence à la discussion d’un patient demande l’accord de ce patient.
      </p>
      <div className="row">
        <Button type="submit" loading={busy} disabled={form.name.trim().length < 2}>
          Inviter
        </Button>
        <Button variant="subtle" color="gray" onClick={() => setForm(null)}>
          Annuler
        </Button>
      </div>
    </form>
  );
}
