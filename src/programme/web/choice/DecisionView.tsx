import { ActionIcon, Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { call, reading, Refusal, failureOf } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PlusIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import { Failure, ListBones, Note, Nothing } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { professionChoices } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import page from '../programme.module.css';
import type { Project } from '../projects/tabs.ts';
import { changedChoice, sayProfession } from './words.ts';

type Reply = z.infer<typeof programmeContract.choice.reply>;
type Choice = Reply['choices'][number];

/** The final choice with the professionals, with its reasons and who took part; it opens the way to the agreement. */
export default function DecisionView({ project }: { project: Project }) {
  const query = useQuery(reading(programmeContract.choice, { params: { project: project.id } }));
  const [again, setAgain] = useState(false);
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data) return <ListBones rows={6} />;
  const found = query.data;
  const [current, ...before] = found.choices;
  return (
    <div className={page.two}>
      <div className={`${page.beside} stack loose`}>
        {current ? (
          <Chosen one={current} missing={found.missing} />
        ) : (
          !found.may.write && <Nothing>Le choix n’est pas encore enregistré.</Nothing>
        )}
        {found.may.write && (!current || again) && (
          <ChoiceForm key={current?.number ?? 0} project={project.id} found={found} onDone={() => setAgain(false)} />
        )}
        {current && found.may.write && !again && (
          <div>
            <Button variant="default" onClick={() => setAgain(true)}>
              Enregistrer un autre choix
            </Button>
          </div>
        )}
      </div>
      <div className={page.side}>
        <Card title="Choix précédents" count={before.length}>
          {before.length === 0 && <Nothing>Aucun.</Nothing>}
          <ul className="plain divided">
            {before.map((one) => (
              <li key={one.number} style={{ padding: '8px 16px' }} className="stack tight">
                <span className="strong">{one.product}</span>
                <span className="small">{one.reasons}</span>
                <WhoWhen who={{ name: one.by, role: '' }} when={one.at} short />
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </div>
  );
}
function Chosen({ one, missing }: { one: Choice; missing: string[] }) {
  return (
    <Card
      title={one.already ? 'Logiciel déjà choisi avant le projet' : 'Logiciel retenu'}
      count={`le ${sayDate(one.decidedOn)}`}
    >
      <div className={`${page.body} stack`}>
        <p style={{ fontSize: '1.25rem', fontWeight: 640 }}>{one.product}</p>
        <p style={{ whiteSpace: 'pre-line', maxWidth: '78ch' }}>{one.reasons}</p>
        <div className="row wrap">
          <span className="small dim">Ont pris part :</span>
          {one.tookPart.map(({ name, profession }) => (
            <Tag key={`${name} ${profession}`}>
              {name}, {sayProfession(profession).toLowerCase()}
            </Tag>
          ))}
        </div>
        {missing.length > 0 && (
          <Note tone="warning">
            Professions interrogées qui n’ont pas pris part au choix : {missing.map(sayProfession).join(', ')}.
          </Note>
        )}
        <WhoWhen who={{ name: one.by, role: '' }} when={one.at} />
      </div>
    </Card>
  );
}

const other = 'autre';
function ChoiceForm({ project, found, onDone }: { project: string; found: Reply; onDone: () => void }) {
  const [form, setForm] = useState({
    solution: found.solutions.length ? '' : other,
    product: '',
    reasons: '',
    decidedOn: found.today,
  });
  const [present, setPresent] = useState<string[]>([]);
  const [others, setOthers] = useState<{ name: string; profession: string }[]>([]);
  const [typed, setTyped] = useState({ name: '', profession: '' });
  const key = (one: { name: string; profession: string }) => `${one.name} ${one.profession}`;
  const people = [...found.people, ...others];
  const tookPart = people.filter((one) => present.includes(key(one)));
  const save = useMutation({
    mutationFn: () =>
      call(programmeContract.choose, {
        params: { project },
        body: {
          solution: form.solution === other ? null : form.solution,
          product: form.solution === other ? form.product : '',
          reasons: form.reasons,
          decidedOn: form.decidedOn,
          tookPart,
          seen: found.choices[0]?.number ?? 0,
        },
      }),
    onSuccess: () => {
      changedChoice();
      done('Choix enregistré.');
      onDone();
    },
    onError: changedChoice,
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  return (
    <Card title="Enregistrer le choix final">
      <form
        className={page.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Select
          label="Logiciel retenu"
          placeholder="À choisir"
          maw={420}
          allowDeselect={false}
          data={[
            ...found.solutions.map(({ id, name, company }) => ({ value: id, label: `${name}, ${company}` })),
            { value: other, label: 'Déjà choisi avant le projet' },
          ]}
          value={form.solution || null}
          onChange={(solution) => solution && setForm({ ...form, solution })}
        />
        {form.solution === other && (
          <TextInput
            label="Nom du logiciel"
            maw={420}
            value={form.product}
            error={refusal?.fields.product}
            maxLength={160}
            onChange={(event) => setForm({ ...form, product: event.currentTarget.value })}
          />
        )}
        <DateField
          label="Choisi le"
          maw={220}
          value={form.decidedOn}
          error={refusal?.fields.decidedOn}
          onChange={(decidedOn) => setForm({ ...form, decidedOn })}
        />
        <Textarea
          label="Pourquoi ce logiciel"
          description="Ce qui l’a emporté, ce à quoi l’équipe renonce"
          autosize
          minRows={3}
          maxLength={4000}
          value={form.reasons}
          error={refusal?.fields.reasons}
          onChange={(event) => setForm({ ...form, reasons: event.currentTarget.value })}
        />
        <fieldset className="plain stack tight">
          <legend style={{ padding: 0, marginBottom: 6 }}>Qui a pris part au choix</legend>
          {people.map((one) => (
            <div key={key(one)} className="row">
              <Checkbox
                size="sm"
                label={`${one.name}, ${sayProfession(one.profession).toLowerCase()}`}
                checked={present.includes(key(one))}
                onChange={(event) =>
                  setPresent(
                    event.currentTarget.checked ? [...present, key(one)] : present.filter((held) => held !== key(one)),
                  )
                }
              />
              {others.includes(one) && (
                <ActionIcon
                  size="md"
                  aria-label={`Retirer ${one.name}`}
                  onClick={() => setOthers(others.filter((held) => held !== one))}
                >
                  <RemoveIcon size={14} />
                </ActionIcon>
              )}
            </div>
          ))}
          <div className="row wrap" style={{ alignItems: 'end' }}>
            <TextInput
              label="Une autre personne"
              value={typed.name}
              maxLength={120}
              onChange={(event) => setTyped({ ...typed, name: event.currentTarget.value })}
            />
            <Select
              label="Sa profession"
              searchable
              data={professionChoices}
              value={typed.profession || null}
              onChange={(profession) => setTyped({ ...typed, profession: profession ?? '' })}
            />
            <Button
              variant="default"
              leftSection={<PlusIcon size={16} />}
              disabled={!typed.name.trim() || !typed.profession}
              onClick={() => {
                setOthers([...others, typed]);
                setPresent([...present, key(typed)]);
                setTyped({ name: '', profession: '' });
              }}
            >
              Ajouter
            </Button>
          </div>
        </fieldset>
        {refusal && (
          <Note tone="danger" live>
            {refusal.message}
          </Note>
        )}
        <div>
          <Button
            type="submit"
            loading={save.isPending}
            disabled={
              form.solution === '' ||
              form.reasons.trim().length < 10 ||
              tookPart.length === 0 ||
              (form.solution === other && !form.product.trim()) ||
              form.decidedOn === ''
            }
          >
            Enregistrer le choix
          </Button>
        </div>
      </form>
    </Card>
  );
}
