import {
  ActionIcon,
  Button,
  Checkbox,
  MultiSelect,
  NumberInput,
  Radio,
  Select,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { ReactNode } from 'react';
import { sayDate } from '../../../web/say.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PlusIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import { professionChoices } from '../../../web/words.ts';
import css from '../programme.module.css';
import own from './gatherings.module.css';
import { SheetFieldFrame } from './SheetFoot.tsx';
import type { SheetForm } from './use-sheet.ts';

export interface Module {
  name: string;
  state: 'in-use' | 'installed' | 'absent';
  note: string;
}
export interface Site {
  name: string;
  workstations: number;
  verified: boolean;
  note: string;
}
export interface Training {
  title: string;
  on: string;
  people: number;
  professions: string[];
}
export type TakeOver = { state: 'done' | 'partial' | 'none' | 'not-wanted'; note: string } | null;
export const moduleStates = [
  { value: 'in-use', label: 'En usage' },
  { value: 'installed', label: 'Installé' },
  { value: 'absent', label: 'Absent' },
];
export const takeOvers = [
  { value: 'done', label: 'Reprises' },
  { value: 'partial', label: 'Reprises en partie' },
  { value: 'none', label: 'Non reprises' },
  { value: 'not-wanted', label: 'Aucune reprise demandée' },
];
export const verdicts = [
  { value: 'good', label: 'Bon usage' },
  { value: 'reserves', label: 'Bon usage, avec réserves' },
  { value: 'not-yet', label: 'Pas encore bon' },
];
const everyone = professionChoices.filter(({ value }) => value !== 'administrator');

/** What the consultant verified and concludes, saved field by field. */
export function CompletionForm({ form }: { form: SheetForm }) {
  const text = (field: string, label: string, more: { area?: boolean; description?: string } = {}) => {
    const shared = {
      label,
      description: more.description,
      value: form.value<string>(field) ?? '',
      onBlur: () => void form.send(field),
    };
    return (
      <SheetFieldFrame form={form} field={field}>
        {more.area ? (
          <Textarea
            {...shared}
            autosize
            minRows={3}
            maxRows={16}
            onChange={(event) => form.change(field, event.currentTarget.value)}
          />
        ) : (
          <TextInput {...shared} onChange={(event) => form.change(field, event.currentTarget.value)} />
        )}
      </SheetFieldFrame>
    );
  };
  const takeOver = form.value<TakeOver>('takeOver') ?? null;
  const signatory = form.value<{ name: string; role: string }>('signatory') ?? { name: '', role: '' };
  return (
    <>
      <Card title="Installation vérifiée">
        <div className={css.form}>
          <div className={css.halves}>
            {text('product', 'Logiciel')}
            {text('vendor', 'Éditeur')}
          </div>
          <SheetFieldFrame form={form} field="installedOn" words={(value: string) => sayDate(value)}>
            <DateField
              label="Installé le"
              styles={{ wrapper: { maxWidth: 220 } }}
              value={form.value<string>('installedOn') ?? ''}
              onChange={(day) => form.change('installedOn', day, 'once')}
            />
          </SheetFieldFrame>
          <Rows<Site>
            form={form}
            field="sites"
            title="Sites"
            empty={{ name: 'Nouveau site', workstations: 0, verified: false, note: '' }}
            add="Un site de plus"
            nameOf={(one) => one.name}
            words={(value) => value.map((one) => one.name).join(', ')}
            line={(one, set, at) => (
              <>
                <TextInput
                  label={`Site ${at + 1}`}
                  value={one.name}
                  onChange={(event) => set({ name: event.currentTarget.value })}
                />
                <NumberInput
                  label="Postes"
                  min={0}
                  max={500}
                  value={one.workstations}
                  onChange={(value) => set({ workstations: Number(value) || 0 })}
                />
                <Checkbox
                  label="Vérifié sur place"
                  checked={one.verified}
                  onChange={(event) => set({ verified: event.currentTarget.checked }, 'once')}
                  styles={{ body: { minHeight: 36, alignItems: 'center' } }}
                />
              </>
            )}
          />
          <Rows<Module>
            form={form}
            field="modules"
            title="Modules"
            empty={{ name: 'Autre module', state: 'installed', note: '' }}
            add="Un module de plus"
            nameOf={(one) => one.name}
            words={(value) => value.map((one) => one.name).join(', ')}
            line={(one, set, at) => (
              <>
                <TextInput
                  label={`Module ${at + 1}`}
                  value={one.name}
                  onChange={(event) => set({ name: event.currentTarget.value })}
                />
                <Select
                  label="État"
                  allowDeselect={false}
                  data={moduleStates}
                  value={one.state}
                  onChange={(state) => state && set({ state: state as Module['state'] }, 'once')}
                />
                <TextInput
                  label="Remarque"
                  value={one.note}
                  onChange={(event) => set({ note: event.currentTarget.value })}
                />
              </>
            )}
          />
          <SheetFieldFrame
            form={form}
            field="takeOver"
            words={(value: TakeOver) => takeOvers.find((one) => one.value === value?.state)?.label ?? ''}
          >
            <div className={css.halves}>
              <Select
                label="Données d’avant"
                placeholder="à dire"
                data={takeOvers}
                value={takeOver?.state ?? null}
                onChange={(state) =>
                  form.change('takeOver', state ? { state, note: takeOver?.note ?? '' } : null, 'once')
                }
              />
              <TextInput
                label="Ce qui a été repris ou non"
                disabled={!takeOver}
                value={takeOver?.note ?? ''}
                onChange={(event) =>
                  takeOver && form.change('takeOver', { ...takeOver, note: event.currentTarget.value })
                }
                onBlur={() => void form.send('takeOver')}
              />
            </div>
          </SheetFieldFrame>
        </div>
      </Card>
      <Card title="Formations tenues">
        <div className={css.form}>
          <Rows<Training>
            form={form}
            field="trainings"
            title=""
            empty={{ title: 'Nouvelle formation', on: '', people: 0, professions: [] }}
            add="Une formation"
            nameOf={(one) => one.title}
            words={(value) => value.map((one) => one.title).join(', ')}
            line={(one, set, at) => (
              <>
                <TextInput
                  label={`Formation ${at + 1}`}
                  value={one.title}
                  onChange={(event) => set({ title: event.currentTarget.value })}
                />
                <DateField label="Le" value={one.on} onChange={(on) => set({ on }, 'once')} />
                <NumberInput
                  label="Personnes"
                  min={0}
                  max={500}
                  value={one.people}
                  onChange={(value) => set({ people: Number(value) || 0 })}
                />
                <MultiSelect
                  style={{ gridColumn: '1 / -2' }}
                  label="Professions"
                  searchable
                  data={everyone}
                  value={one.professions}
                  onChange={(professions) => set({ professions }, 'once')}
                />
              </>
            )}
          />
        </div>
      </Card>
      <Card title="Conclusion">
        <div className={css.form}>
          {text('observations', 'Observations', { area: true })}
          <SheetFieldFrame
            form={form}
            field="verdict"
            words={(value: string) => verdicts.find((one) => one.value === value)?.label ?? ''}
          >
            <Radio.Group
              label="L’usage pluriprofessionnel"
              value={form.value<string>('verdict') ?? ''}
              onChange={(value) => form.change('verdict', value, 'once')}
            >
              <div className="row wrap" style={{ gap: '4px 20px' }}>
                {verdicts.map(({ value, label }) => (
                  <Radio
                    key={value}
                    value={value}
                    label={label}
                    styles={{ body: { minHeight: 36, alignItems: 'center' } }}
                  />
                ))}
              </div>
            </Radio.Group>
          </SheetFieldFrame>
          {text('reserves', 'Réserves', { area: true, description: 'Ce qui reste à faire, et pour quand.' })}
          <SheetFieldFrame
            form={form}
            field="signatory"
            words={(value: { name: string; role: string }) => `${value.name}, ${value.role}`}
          >
            <div className={css.halves}>
              <TextInput
                label="Signe pour l’équipe"
                value={signatory.name}
                onChange={(event) => form.change('signatory', { ...signatory, name: event.currentTarget.value })}
                onBlur={() => void form.send('signatory')}
              />
              <TextInput
                label="En qualité de"
                value={signatory.role}
                onChange={(event) => form.change('signatory', { ...signatory, role: event.currentTarget.value })}
                onBlur={() => void form.send('signatory')}
              />
            </div>
          </SheetFieldFrame>
        </div>
      </Card>
    </>
  );
}

/** A list that is one field: lines that are added, changed, taken out. */
function Rows<T extends object>({
  form,
  field,
  title,
  empty,
  add,
  nameOf,
  words,
  line,
}: {
  form: SheetForm;
  field: string;
  title: string;
  empty: T;
  add: string;
  nameOf: (one: T) => string;
  words: (value: T[]) => string;
  line: (one: T, set: (change: Partial<T>, at?: 'once' | 'later') => void, at: number) => ReactNode;
}) {
  const all = form.value<T[]>(field) ?? [];
  return (
    <SheetFieldFrame form={form} field={field} words={words}>
      <fieldset className="plain stack" onBlur={() => void form.send(field)}>
        {title && (
          <legend className="strong" style={{ padding: 0 }}>
            {title}
          </legend>
        )}
        {all.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own, and are only added at the end
          <div key={at} className={own.row}>
            {line(
              one,
              (change, when = 'later') =>
                form.change(
                  field,
                  all.map((each, n) => (n === at ? { ...each, ...change } : each)),
                  when,
                ),
              at,
            )}
            <ActionIcon
              size="lg"
              aria-label={`Retirer ${nameOf(one)}`}
              onClick={() =>
                form.change(
                  field,
                  all.filter((_, n) => n !== at),
                  'once',
                )
              }
            >
              <RemoveIcon size={16} />
            </ActionIcon>
          </div>
        ))}
        {all.length === 0 && <p className="small dim">Rien encore.</p>}
        <div>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<PlusIcon size={14} />}
            onClick={() => form.change(field, [...all, empty], 'once')}
          >
            {add}
          </Button>
        </div>
      </fieldset>
    </SheetFieldFrame>
  );
}
