import { Button, Select } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal, reading } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { useMe } from '../../../web/session.ts';
import { Face, Tag } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, Failure, Note, Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { type Absence, coordinationContract } from '../../contract.ts';
import css from './messages.module.css';
import { refreshAbsences } from './use-messages.ts';

const today = () => new Date().toLocaleDateString('sv-SE');

/** Who is away, until when, and who receives their messages. */
export function AbsencePanel({ onClose }: { onClose: () => void }) {
  const me = useMe();
  const query = useQuery(reading(coordinationContract.absences));
  const [form, setForm] = useState({
    practitioner: me.practitioner,
    from: today(),
    until: '',
    standIn: null as string | null,
  });
  const declare = useMutation({
    mutationFn: () =>
      call(coordinationContract.declareAbsence, {
        body: { practitioner: form.practitioner, from: form.from, until: form.until, standIn: form.standIn },
      }),
    onSuccess: (absence) => {
      void refreshAbsences();
      setForm({ practitioner: me.practitioner, from: today(), until: '', standIn: null });
      done(`Absence déclarée jusqu’au ${sayDate(absence.until)}.`, () =>
        call(coordinationContract.endAbsence, { params: { id: absence.id } }).then(refreshAbsences),
      );
    },
    onError: (error) => error instanceof Refusal || failed(error),
  });
  const end = useMutation({
    mutationFn: (absence: Absence) => call(coordinationContract.endAbsence, { params: { id: absence.id } }),
    onSuccess: (absence) => {
      void refreshAbsences();
      done(
        absence.mine ? 'Votre absence est terminée : vos messages vous reviennent à vous seul·e.' : 'Absence terminée.',
      );
    },
    onError: failed,
  });
  const refusal = declare.error instanceof Refusal ? declare.error : null;
  const people = query.data?.colleagues ?? [];
  const choices = people.map((one) => ({
    value: one.id,
    label: `${one.name}${one.me ? ' (vous)' : ''}, ${one.professionLabel}`,
  }));
  return (
    <SidePanel title="Absences" subtitle="Qui reçoit les messages de qui" onClose={onClose}>
      <Failure compact of={query} />
      {query.isPending && <Bone h={160} />}
      {query.data && (
        <div className="stack loose">
          <ul className="plain">
            {query.data.absences.length === 0 && <Nothing>Personne n’est absent.</Nothing>}
            {query.data.absences.map((one) => (
              <li key={one.id} className={css.absence}>
                <Face name={one.who.name} profession={one.who.profession} size={32} quiet />
                <div className="grow">
                  <div className="strong">
                    {one.mine ? 'Vous' : one.who.name}{' '}
                    {one.running ? <Tag tone="warning">en ce moment</Tag> : <Tag>à venir</Tag>}
                  </div>
                  <div className="small num">
                    du {sayDate(one.from)} au {sayDate(one.until)}
                  </div>
                  <div className="dim small">
                    {one.standIn
                      ? `${one.standIn.me ? 'Vous recevez' : `${one.standIn.name} reçoit`} les messages`
                      : 'Personne ne remplace'}
                  </div>
                </div>
                {one.mayEnd && (
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    loading={end.isPending && end.variables.id === one.id}
                    onClick={() => end.mutate(one)}
                  >
                    {one.running ? 'Terminer' : 'Annuler'}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          <form
            className="stack"
            aria-label="Déclarer une absence"
            onSubmit={(event) => {
              event.preventDefault();
              if (form.from && form.until) declare.mutate();
            }}
          >
            <h3>Déclarer une absence</h3>
            {query.data.mayDeclareForOthers && (
              <Select
                label="Qui"
                searchable
                allowDeselect={false}
                data={
                  choices.some((one) => one.value === me.practitioner)
                    ? choices
                    : [{ value: me.practitioner, label: 'Moi' }, ...choices]
                }
                value={form.practitioner}
                onChange={(practitioner) => setForm({ ...form, practitioner: practitioner ?? me.practitioner })}
                error={refusal?.fields.practitioner}
              />
            )}
            <div className={css.two}>
              <DateField
                label="Du"
                value={form.from}
                onChange={(from) => setForm({ ...form, from })}
                error={refusal?.fields.from}
              />
              <DateField
                label="Au"
                value={form.until}
                onChange={(until) => setForm({ ...form, until })}
                error={refusal?.fields.until}
              />
            </div>
            <Select
              label="Qui reçoit les messages"
              placeholder="Personne"
              searchable
              clearable
              data={choices.filter((one) => one.value !== form.practitioner)}
              value={form.standIn}
              onChange={(standIn) => setForm({ ...form, standIn })}
              error={refusal?.fields.standIn}
            />
            <p className="dim small">
              La personne choisie entre dans les nouvelles conversations de la structure et dans les boîtes. Sur un
              patient, elle ne reçoit que ce que ses droits lui ouvrent : pour un remplacement complet, faites déclarer
              une délégation (Structure, Délégations).
            </p>
            {refusal && (
              <Note tone="danger" live>
                {refusal.message}
              </Note>
            )}
            <div>
              <Button type="submit" loading={declare.isPending} disabled={!form.from || !form.until}>
                Déclarer l’absence
              </Button>
            </div>
          </form>
        </div>
      )}
    </SidePanel>
  );
}
