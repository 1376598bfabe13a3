import { ActionIcon, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { reading } from '../../../web/api.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { CloseIcon } from '../../../web/ui/icons.ts';
import { professionChoices } from '../../../web/words.ts';
import { coordinationContract, type planAction, planActionStates, type planGoal } from '../../contract.ts';
import css from './plans.module.css';

export type Goal = z.infer<typeof planGoal>;
export type Action = z.infer<typeof planAction>;
type Errors = (name: string) => string | undefined;

export function GoalRow({
  goal,
  at,
  error,
  onChange,
  onRemove,
}: {
  goal: Goal;
  at: number;
  error: Errors;
  onChange: (patch: Partial<Goal>) => void;
  onRemove: () => void;
}) {
  return (
    <fieldset className={css.row}>
      <legend className="vh">Objectif {at + 1}</legend>
      <div className={css.rowHead}>
        <Textarea
          className="grow"
          label={`Objectif ${at + 1}, avec ses mots`}
          placeholder="« Je voudrais… »"
          autosize
          minRows={1}
          value={goal.words}
          onChange={(event) => onChange({ words: event.currentTarget.value })}
          error={error(`goals.${at}.words`) ?? (at === 0 ? error('goals') : undefined)}
        />
        <ActionIcon aria-label={`Retirer l’objectif ${at + 1}`} onClick={onRemove}>
          <CloseIcon size={16} />
        </ActionIcon>
      </div>
      <div className={css.three}>
        <TextInput
          label="Ce que l’équipe vise"
          placeholder="mesurable si possible"
          value={goal.aim}
          onChange={(event) => onChange({ aim: event.currentTarget.value })}
        />
        <DateField
          label="Pour le"
          value={goal.due ?? ''}
          onChange={(due) => onChange({ due: due || null })}
          error={error(`goals.${at}.due`)}
        />
        <Select
          label="Où en est-il"
          allowDeselect={false}
          data={[
            { value: 'active', label: 'En cours' },
            { value: 'completed', label: 'Atteint' },
            { value: 'cancelled', label: 'Abandonné' },
          ]}
          value={goal.state}
          onChange={(state) => onChange({ state: (state ?? 'active') as Goal['state'] })}
        />
      </div>
    </fieldset>
  );
}

/** «p:id» a person, «r:code» a profession, «me» the patient, «o» somebody named. */
const codeOf = ({ who }: Action): string =>
  who.kind === 'person'
    ? `p:${who.practitioner}`
    : who.kind === 'profession'
      ? `r:${who.profession}`
      : who.kind === 'patient'
        ? 'me'
        : 'o';

export function ActionRow({
  patient,
  action,
  at,
  goals,
  error,
  onChange,
  onRemove,
}: {
  patient: string;
  action: Action;
  at: number;
  goals: readonly Goal[];
  error: Errors;
  onChange: (patch: Partial<Action>) => void;
  onRemove: () => void;
}) {
  const people = useQuery(reading(coordinationContract.addressees, { query: { patient } }));
  const colleagues = people.data?.colleagues ?? [];
  const inTeam = colleagues.filter((one) => one.inTeam);
  const others = colleagues.filter((one) => !one.inTeam);
  const person = (one: (typeof colleagues)[number]) => ({
    value: `p:${one.id}`,
    label: `${one.name}, ${one.professionLabel}`,
  });
  const unknown =
    action.who.kind === 'person' && !colleagues.some((one) => one.id === action.who.practitioner)
      ? [{ value: `p:${action.who.practitioner}`, label: action.who.name || 'Professionnel' }]
      : [];
  const choose = (code: string | null) => {
    if (!code || code === 'me')
      return onChange({ who: { kind: 'patient', practitioner: null, profession: null, name: '' } });
    if (code === 'o')
      return onChange({
        who: {
          kind: 'other',
          practitioner: null,
          profession: null,
          name: action.who.kind === 'other' ? action.who.name : '',
        },
      });
    const [kind, value = ''] = [code.slice(0, 1), code.slice(2)];
    onChange({
      who:
        kind === 'p'
          ? {
              kind: 'person',
              practitioner: value,
              profession: null,
              name: colleagues.find((one) => one.id === value)?.name ?? action.who.name,
            }
          : { kind: 'profession', practitioner: null, profession: value, name: '' },
    });
  };
  return (
    <fieldset className={css.row}>
      <legend className="vh">Action {at + 1}</legend>
      <div className={css.rowHead}>
        <TextInput
          className="grow"
          label="Ce qui sera fait"
          value={action.title}
          onChange={(event) => onChange({ title: event.currentTarget.value })}
          error={error(`actions.${at}.title`)}
        />
        <ActionIcon aria-label={`Retirer l’action ${at + 1}`} onClick={onRemove}>
          <CloseIcon size={16} />
        </ActionIcon>
      </div>
      <div className={css.three}>
        <Select
          label="Par qui"
          searchable
          allowDeselect={false}
          value={codeOf(action)}
          onChange={choose}
          data={[
            {
              group: 'Le patient et les siens',
              items: [
                { value: 'me', label: 'Le patient' },
                { value: 'o', label: 'Quelqu’un d’autre…' },
              ],
            },
            { group: 'Son équipe de soins', items: [...inTeam.map(person), ...unknown] },
            { group: 'La structure', items: others.map(person) },
            {
              group: 'Une profession',
              items: professionChoices.map(({ value, label }) => ({ value: `r:${value}`, label })),
            },
          ].filter((group) => group.items.length > 0)}
        />
        <TextInput
          label="Quand"
          placeholder="tous les lundis, avant Noël…"
          value={action.when}
          onChange={(event) => onChange({ when: event.currentTarget.value })}
        />
        <Select
          label="Où en est-on"
          allowDeselect={false}
          data={Object.entries(planActionStates).map(([value, label]) => ({ value, label }))}
          value={action.state}
          onChange={(state) => onChange({ state: (state ?? 'not-started') as Action['state'] })}
        />
      </div>
      {action.who.kind === 'other' && (
        <TextInput
          label="Nom"
          placeholder="sa fille, l’aide à domicile…"
          value={action.who.name}
          onChange={(event) => onChange({ who: { ...action.who, name: event.currentTarget.value } })}
        />
      )}
      {goals.filter((goal) => goal.words.trim()).length > 1 && (
        <Select
          label="Pour quel objectif"
          clearable
          data={goals.flatMap((goal, i) => (goal.words.trim() ? [{ value: String(i), label: goal.words }] : []))}
          value={action.goal === null ? null : String(action.goal)}
          onChange={(goal) => onChange({ goal: goal === null ? null : Number(goal) })}
        />
      )}
    </fieldset>
  );
}
