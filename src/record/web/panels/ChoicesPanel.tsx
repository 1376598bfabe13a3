import { Button, MultiSelect, SegmentedControl, Select, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, Refusal } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PlusIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, Failure, Note, Nothing } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { kindChoices, professionChoices } from '../../../web/words.ts';
import { type Choice, recordContract } from '../../contract.ts';
import { type Collected, collectedChoices } from '../forms/choices.ts';
import { refresh, useRecord } from '../use-record.ts';
import css from './panels.module.css';

const decisions = { informed: 'Information remise', agree: 'Accord', oppose: 'Opposition' } as const;
const tones = { informed: 'info', agree: 'success', oppose: 'warning' } as const;

/** What the patient was told, agreed and opposed to (SEC-4), with date and who collected it. */
export default function ChoicesPanel({ patient, onClose }: { patient: string; onClose: () => void }) {
  const { header, rights } = useRecord();
  const query = useQuery(reading(recordContract.choices, { params: { patient } }));
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Choice | null>(null);
  const choices = query.data?.choices ?? [];
  return (
    <SidePanel title="Choix du patient" subtitle={header.patient.name} onClose={onClose}>
      <div className="stack">
        <p className="dim small">
          Le patient peut s’opposer à tout moment, à une personne, à une profession ou à un genre d’informations.
        </p>
        <Failure compact of={query} />
        {query.isPending && <Bone h={80} />}
        {query.data && !choices.length && (
          <Nothing>Aucun choix recueilli. Notez la remise de l’information au patient.</Nothing>
        )}
        <ul className={`plain ${css.log}`}>
          {choices.map((choice) => (
            <li key={choice.id} className="stack tight">
              <div className="row wrap">
                <Tag tone={choice.running ? tones[choice.decision] : 'neutral'}>{decisions[choice.decision]}</Tag>
                {!choice.running && <Tag>terminé</Tag>}
                <span className="dim small">
                  {choice.from && `du ${sayDate(choice.from)}`} {choice.until && `au ${sayDate(choice.until)}`}
                </span>
              </div>
              <div>{choice.sentence}</div>
              {choice.comment && <div className="dim small">« {choice.comment} »</div>}
              <div className="row between">
                <WhoWhen who={choice.collectedBy} when={choice.collectedOn} />
                {choice.canEnd && choice.running && ending?.id !== choice.id && (
                  <Button size="compact-sm" variant="subtle" onClick={() => setEnding(choice)}>
                    Mettre fin
                  </Button>
                )}
              </div>
              {ending?.id === choice.id && (
                <EndChoice patient={patient} choice={choice} onDone={() => setEnding(null)} />
              )}
            </li>
          ))}
        </ul>
        {rights.add.includes('administrative') || query.data ? (
          adding ? (
            <AddChoice patient={patient} onDone={() => setAdding(false)} />
          ) : (
            <div>
              <Button variant="default" leftSection={<PlusIcon size={16} />} onClick={() => setAdding(true)}>
                Recueillir un choix
              </Button>
            </div>
          )
        ) : null}
      </div>
    </SidePanel>
  );
}

function EndChoice({ patient, choice, onDone }: { patient: string; choice: Choice; onDone: () => void }) {
  const [reason, setReason] = useState('');
  const end = useMutation({
    mutationFn: () =>
      call(recordContract.endChoice, { params: { patient, id: choice.id }, body: { version: choice.version, reason } }),
    onSuccess: () => {
      void refresh(patient);
      done('C’est noté : ce choix est terminé.');
      onDone();
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        end.mutate();
      }}
    >
      <Textarea
        label="Raison"
        autosize
        autoFocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={end.error?.message}
      />
      <div className="row">
        <Button type="submit" size="compact-md" loading={end.isPending} disabled={!reason.trim()}>
          Mettre fin à ce choix
        </Button>
        <Button size="compact-md" variant="subtle" onClick={onDone}>
          Renoncer
        </Button>
      </div>
    </form>
  );
}

function AddChoice({ patient, onDone }: { patient: string; onDone: () => void }) {
  const professionals = useQuery(reading(recordContract.professionals));
  const [form, setForm] = useState({
    decision: 'informed' as Choice['decision'],
    to: 'person' as 'person' | 'profession' | 'kinds',
    practitioner: null as string | null,
    profession: null as string | null,
    kinds: [] as string[],
    until: '',
    collected: 'oral' as Collected,
    comment: '',
  });
  const add = useMutation({
    mutationFn: () =>
      call(recordContract.recordChoice, {
        params: { patient },
        body: {
          decision: form.decision,
          practitioner:
            form.decision !== 'informed' && (form.decision === 'agree' || form.to === 'person')
              ? form.practitioner
              : null,
          profession: form.decision === 'oppose' && form.to === 'profession' ? form.profession : null,
          kinds: form.decision === 'informed' ? [] : form.kinds,
          until: form.until || null,
          collected: form.collected,
          comment: form.comment || null,
        },
      }),
    onSuccess: () => {
      void refresh(patient);
      done('Choix du patient enregistré.');
      onDone();
    },
  });
  const person = form.decision === 'agree' || (form.decision === 'oppose' && form.to === 'person');
  const ready =
    form.decision === 'informed' ||
    (person ? !!form.practitioner : form.to === 'profession' ? !!form.profession : form.kinds.length > 0);
  return (
    <form
      className="stack card pad"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <SegmentedControl
        aria-label="Nature du choix"
        value={form.decision}
        onChange={(decision) => setForm({ ...form, decision: decision as Choice['decision'] })}
        data={Object.entries(decisions).map(([value, label]) => ({ value, label }))}
      />
      {form.decision === 'oppose' && (
        <SegmentedControl
          aria-label="Le patient s’oppose à"
          value={form.to}
          onChange={(to) => setForm({ ...form, to: to as typeof form.to })}
          data={[
            { value: 'person', label: 'Une personne' },
            { value: 'profession', label: 'Une profession' },
            { value: 'kinds', label: 'Des informations' },
          ]}
        />
      )}
      {person && (
        <Select
          label={form.decision === 'agree' ? 'Personne autorisée' : 'Personne'}
          searchable
          data={(professionals.data?.professionals ?? []).map((one) => ({
            value: one.id,
            label: `${one.name}, ${one.role}`,
          }))}
          value={form.practitioner}
          onChange={(practitioner) => setForm({ ...form, practitioner })}
        />
      )}
      {form.decision === 'oppose' && form.to === 'profession' && (
        <Select
          label="Profession"
          searchable
          data={professionChoices}
          value={form.profession}
          onChange={(profession) => setForm({ ...form, profession })}
        />
      )}
      {form.decision !== 'informed' && (
        <MultiSelect
          label="Informations concernées"
          placeholder={form.kinds.length ? undefined : 'Toutes'}
          data={kindChoices.filter((one) => !['directory', 'identity', 'agenda', 'billing'].includes(one.value))}
          value={form.kinds}
          onChange={(kinds) => setForm({ ...form, kinds })}
          searchable
          clearable
        />
      )}
      {form.decision === 'agree' && (
        <DateField
          label="Jusqu’au"
          placeholder="+3m, 31/12/2026…"
          value={form.until}
          onChange={(until) => setForm({ ...form, until })}
        />
      )}
      <Select
        label="Recueilli"
        allowDeselect={false}
        data={collectedChoices}
        value={form.collected}
        onChange={(collected) => collected && setForm({ ...form, collected: collected as Collected })}
      />
      <Textarea
        label="Remarque"
        autosize
        value={form.comment}
        onChange={(event) => setForm({ ...form, comment: event.currentTarget.value })}
      />
      {add.error && (
        <Note tone="danger" live>
          {add.error instanceof Refusal ? add.error.message : 'L’enregistrement n’a pas abouti.'}
        </Note>
      )}
      <div className="row">
        <Button type="submit" loading={add.isPending} disabled={!ready}>
          Enregistrer ce choix
        </Button>
        <Button variant="subtle" onClick={onDone}>
          Renoncer
        </Button>
      </div>
    </form>
  );
}
