import { ActionIcon, Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { RemoveIcon } from '../../../web/ui/icons.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { EmptyState, Nothing } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { professionChoices, professionLabel } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import { Scrolled } from '../parts.tsx';
import css from '../programme.module.css';
import own from './leading.module.css';
import chart from './plan.module.css';
import { changedPlan, type Deployment, noPatient, readMinutes, sayMinutes, type Session } from './words.ts';

const cellWords = {
  none: 'à former',
  planned: 'séance prévue',
  begun: 'en cours',
  done: 'fait',
  'not-concerned': '',
} as const;
const sessionStates = {
  planned: { tone: 'accent', words: 'Prévue' },
  held: { tone: 'success', words: 'Tenue' },
  cancelled: { tone: 'neutral', words: 'Annulée' },
} as const;

/** Who was trained to what, and the sessions (REC-6). */
export function TrainingView({ project, plan }: { project: string; plan: Deployment }) {
  const [url, setUrl] = useUrl();
  const [act, id] = (url.volet ?? '').split(':');
  const modules = plan.items.filter(({ kind }) => kind === 'module');
  const chosen = plan.sessions.find((one) => one.id === id);
  if (modules.length === 0)
    return (
      <div className="card">
        <EmptyState
          title="Aucun module de formation"
          action={
            <Button variant="default" onClick={() => setUrl({ vue: 'plan' })}>
              Ouvrir le plan
            </Button>
          }
        >
          Les modules viennent du plan de déploiement : posez-le, ou ajoutez-y un module.
        </EmptyState>
      </div>
    );
  return (
    <div className="stack loose">
      <Card title="Personnes formées" count="par module et profession">
        <Scrolled label="Personnes formées, tableau" style={{ padding: '0 8px 8px' }}>
          <table className={chart.heat}>
            <caption className="vh">Personnes formées par module et profession</caption>
            <thead>
              <tr>
                <th scope="col">Module</th>
                {plan.professions.map(({ profession }) => (
                  <th key={profession} scope="col">
                    {professionLabel(profession)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {modules.map((module) => (
                <tr key={module.id}>
                  <th scope="row">{module.title}</th>
                  {plan.professions.map(({ profession }) => {
                    const cell = plan.heat.find((one) => one.module === module.id && one.profession === profession);
                    if (!cell || cell.state === 'not-concerned')
                      return (
                        <td key={profession}>
                          <span className="vh">sans objet</span>
                        </td>
                      );
                    return (
                      <td
                        key={profession}
                        data-state={cell.state}
                        title={`${module.title}, ${professionLabel(profession)} : ${cellWords[cell.state]}`}
                      >
                        {cell.trained}
                        {cell.expected !== null && ` / ${cell.expected}`}
                        <div className="tiny">{cellWords[cell.state]}</div>
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolled>
      </Card>
      <Card
        title="Séances"
        count={plan.sessions.filter(({ state }) => state !== 'cancelled').length}
        action={
          plan.writes && (
            <Button size="compact-sm" variant="subtle" onClick={() => setUrl({ volet: 'seance' })}>
              Prévoir une séance
            </Button>
          )
        }
      >
        {plan.sessions.length === 0 && <Nothing>Aucune séance prévue.</Nothing>}
        {plan.sessions.length > 0 && (
          <div className={css.scroll}>
            <table className={own.table}>
              <thead>
                <tr>
                  <th scope="col">Date</th>
                  <th scope="col">Module</th>
                  <th scope="col">Lieu, formateur</th>
                  <th scope="col" className={own.end}>
                    Personnes
                  </th>
                  <th scope="col">État</th>
                </tr>
              </thead>
              <tbody>
                {plan.sessions.map((one) => (
                  <tr key={one.id}>
                    <td className="nowrap num">
                      {sayDate(one.day)} <span className="dim">({sayMinutes(one.minutes)})</span>
                    </td>
                    <td>
                      <button
                        type="button"
                        className="plain-button"
                        style={{ textDecoration: 'underline', textUnderlineOffset: 2 }}
                        onClick={() => setUrl({ volet: `seance:${one.id}` })}
                      >
                        {one.title}
                      </button>
                    </td>
                    <td>{[one.place, one.trainer].filter(Boolean).join(', ')}</td>
                    <td className={own.end}>
                      {one.state === 'held'
                        ? sayCount(one.people.filter(({ present }) => present).length, 'présente', 'présentes')
                        : sayCount(one.people.length, 'prévue', 'prévues')}
                    </td>
                    <td>
                      <Tag tone={one.late ? 'danger' : sessionStates[one.state].tone}>
                        {one.late ? 'À confirmer' : sessionStates[one.state].words}
                      </Tag>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Card>
      {act === 'seance' && (!id || chosen) && (
        <SessionPanel
          key={id ?? 'new'}
          project={project}
          plan={plan}
          session={chosen}
          onClose={() => setUrl({ volet: undefined })}
        />
      )}
    </div>
  );
}

type Person = Session['people'][number];
function SessionPanel({
  project,
  plan,
  session,
  onClose,
}: {
  project: string;
  plan: Deployment;
  session: Session | undefined;
  onClose: () => void;
}) {
  const modules = plan.items.filter(({ kind }) => kind === 'module');
  const [form, setForm] = useState({
    module: session?.module ?? modules.find(({ state }) => state !== 'done')?.id ?? modules[0]!.id,
    day: session?.day ?? '',
    time: sayMinutes(session?.minutes ?? 60),
    place: session?.place ?? '',
    trainer: session?.trainer ?? '',
    state: session?.state ?? ('planned' as const),
    people: session?.people ?? ([] as Person[]),
  });
  const [person, setPerson] = useState({ name: '', profession: '' });
  const minutes = readMinutes(form.time);
  const body = (from: typeof form) => ({
    day: from.day,
    minutes: readMinutes(from.time) ?? 60,
    place: from.place,
    trainer: from.trainer,
    people: from.people.map(({ name, profession, present }) => ({ name, profession, present: present ?? null })),
  });
  const first = form;
  const save = useMutation({
    mutationFn: async (): Promise<void> => {
      if (session)
        await call(programmeContract.changeSession, {
          params: { project, session: session.id },
          body: { ...body(form), state: form.state, seen: session.version },
        });
      else
        await call(programmeContract.addSession, { params: { project }, body: { ...body(form), module: form.module } });
    },
    onSuccess: () => {
      changedPlan();
      done(session ? 'Séance enregistrée.' : `Séance prévue le ${sayDate(first.day)}.`);
      onClose();
    },
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  const free = plan.people.filter(({ name }) => !form.people.some((one) => one.name === name));
  const add = (one: { name: string; profession: string }) => {
    setForm({ ...form, people: [...form.people, { ...one, present: null }] });
    setPerson({ name: '', profession: '' });
  };
  const past = form.day !== '' && form.day <= plan.today;
  return (
    <PanelForm
      title={session ? session.title : 'Prévoir une séance'}
      subtitle="Formation"
      verb={session ? 'Enregistrer' : 'Prévoir la séance'}
      act={plan.writes}
      pending={save.isPending}
      ready={form.day !== '' && minutes !== null}
      refusal={refusal}
      onSubmit={() => save.mutate()}
      onClose={onClose}
      wide
    >
      {!session && (
        <Select
          label="Module"
          value={form.module}
          allowDeselect={false}
          searchable
          data={modules.map(({ id, title }) => ({ value: id, label: title }))}
          onChange={(module) => module && setForm({ ...form, module })}
        />
      )}
      <DateField
        label="Date"
        value={form.day}
        disabled={!plan.writes}
        error={refusal?.fields.day}
        onChange={(day) => setForm({ ...form, day })}
      />
      <TextInput
        label="Durée"
        value={form.time}
        disabled={!plan.writes}
        error={minutes === null ? 'Par exemple 1 h 30' : refusal?.fields.minutes}
        onChange={(event) => setForm({ ...form, time: event.currentTarget.value })}
      />
      <TextInput
        label="Lieu"
        value={form.place}
        disabled={!plan.writes}
        error={refusal?.fields.place}
        onChange={(event) => setForm({ ...form, place: event.currentTarget.value })}
      />
      <TextInput
        label="Formateur"
        description={noPatient}
        value={form.trainer}
        disabled={!plan.writes}
        error={refusal?.fields.trainer}
        onChange={(event) => setForm({ ...form, trainer: event.currentTarget.value })}
      />
      {session && (
        <SegmentedControl
          aria-label="État de la séance"
          disabled={!plan.writes}
          value={form.state}
          onChange={(state) => setForm({ ...form, state: state as Session['state'] })}
          data={[
            { value: 'planned', label: 'Prévue' },
            { value: 'held', label: 'Tenue', disabled: !past },
            { value: 'cancelled', label: 'Annulée' },
          ]}
        />
      )}
      <div className="stack tight" role="group" aria-label="Personnes">
        <h3>Personnes</h3>
        {form.people.length === 0 && <p className="small dim">Personne pour l’instant.</p>}
        {form.people.map((one, at) => (
          <div key={one.name} className="row wrap between">
            <span>
              {one.name} <span className="small dim">{professionLabel(one.profession)}</span>
            </span>
            <span className="row">
              {form.state === 'held' && (
                <SegmentedControl
                  size="xs"
                  aria-label={`${one.name} : présence`}
                  disabled={!plan.writes}
                  value={one.present === null || one.present === undefined ? '' : one.present ? 'yes' : 'no'}
                  onChange={(value) =>
                    setForm({
                      ...form,
                      people: form.people.map((other, i) =>
                        i === at ? { ...other, present: value === 'yes' } : other,
                      ),
                    })
                  }
                  data={[
                    { value: 'yes', label: 'Présent' },
                    { value: 'no', label: 'Absent' },
                  ]}
                />
              )}
              {plan.writes && (
                <ActionIcon
                  aria-label={`Retirer ${one.name}`}
                  onClick={() => setForm({ ...form, people: form.people.filter((_, i) => i !== at) })}
                >
                  <RemoveIcon size={16} />
                </ActionIcon>
              )}
            </span>
          </div>
        ))}
        {plan.writes && free.length > 0 && (
          <Select
            aria-label="Ajouter une personne de l’équipe"
            placeholder="Ajouter une personne connue"
            searchable
            value={null}
            data={free.map(({ name, profession }) => ({
              value: name,
              label: `${name}, ${professionLabel(profession)}`,
            }))}
            onChange={(name) => name && add(free.find((one) => one.name === name)!)}
          />
        )}
        {plan.writes && (
          <div className={own.quick} style={{ padding: 0 }}>
            <TextInput
              label="Autre nom"
              value={person.name}
              onChange={(event) => setPerson({ ...person, name: event.currentTarget.value })}
            />
            <Select
              label="Profession"
              searchable
              value={person.profession || null}
              data={professionChoices}
              onChange={(profession) => setPerson({ ...person, profession: profession ?? '' })}
            />
            <Button
              variant="default"
              disabled={
                person.name.trim() === '' ||
                person.profession === '' ||
                form.people.some(({ name }) => name === person.name.trim())
              }
              onClick={() => add({ name: person.name.trim(), profession: person.profession })}
            >
              Ajouter
            </Button>
          </div>
        )}
      </div>
    </PanelForm>
  );
}
