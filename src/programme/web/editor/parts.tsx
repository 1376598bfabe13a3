import {
  ActionIcon,
  Button,
  Checkbox,
  NumberInput,
  SegmentedControl,
  Select,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { ReactNode } from 'react';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PlusIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import type { Edition } from '../../contract.ts';
import type { Field } from '../words.ts';
import { ConditionEditor } from './ConditionEditor.tsx';
import css from './editor.module.css';

export interface PartProps {
  edition: Edition;
  change: (patch: Partial<Edition>) => void;
}
export const fieldsOf = (edition: Edition): Field[] => edition.sections.flatMap((section) => section.fields);
export const named = (prefix: string, taken: readonly { id: string }[]): string => {
  for (let n = taken.length + 1; ; n++) if (!taken.some(({ id }) => id === `${prefix}${n}`)) return `${prefix}${n}`;
};
export const yes = (edition: Edition) => ({
  fact: fieldsOf(edition).find(({ type }) => type === 'yes-no')?.id ?? fieldsOf(edition)[0]!.id,
  is: true as const,
});
/** One of a list, with what takes it out. */
export function Item({
  children,
  remove,
  label,
}: {
  children: ReactNode;
  remove?: (() => void) | undefined;
  label: string;
}) {
  return (
    <div className={css.item}>
      {children}
      {remove && (
        <div>
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            leftSection={<RemoveIcon size={14} />}
            onClick={remove}
          >
            {label}
          </Button>
        </div>
      )}
    </div>
  );
}
export const Add = ({ onClick, children }: { onClick: () => void; children: ReactNode }) => (
  <div>
    <Button variant="default" size="compact-md" leftSection={<PlusIcon size={15} />} onClick={onClick}>
      {children}
    </Button>
  </div>
);
export const replaced = <T,>(list: readonly T[], at: number, patch: Partial<T>): T[] =>
  list.map((one, i) => (i === at ? { ...one, ...patch } : one));
export const without = <T,>(list: readonly T[], at: number): T[] => list.filter((_, i) => i !== at);

export function General({ edition, change }: PartProps) {
  return (
    <div className="stack">
      <TextInput
        label="Titre"
        value={edition.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <div className={css.pair}>
        <TextInput
          label="Publié par"
          value={edition.publisher}
          onChange={(event) => change({ publisher: event.currentTarget.value })}
        />
        <NumberInput
          label="Année"
          min={2000}
          max={2100}
          allowDecimal={false}
          value={edition.year}
          onChange={(year) => change({ year: Number(year) || edition.year })}
        />
      </div>
      <div className={css.pair}>
        <DateField
          label="Date limite"
          value={edition.deadline.slice(0, 10)}
          onChange={(day) => day && change({ deadline: `${day}T${edition.deadline.slice(11)}` })}
        />
        <TextInput
          label="Heure limite, heure de Paris"
          type="time"
          step={1}
          value={edition.deadline.slice(11)}
          onChange={(event) =>
            change({
              deadline: `${edition.deadline.slice(0, 10)}T${event.currentTarget.value.length === 5 ? `${event.currentTarget.value}:00` : event.currentTarget.value || '23:59:59'}`,
            })
          }
        />
      </div>
      <div>
        <span id="moment" className="small strong">
          Les conditions se vérifient
        </span>
        <br />
        <SegmentedControl
          aria-labelledby="moment"
          size="sm"
          value={edition.holdsWhen}
          onChange={(holdsWhen) => change({ holdsWhen: holdsWhen as Edition['holdsWhen'] })}
          data={[
            { value: 'submission', label: 'au dépôt' },
            { value: 'review', label: 'à l’examen' },
          ]}
        />
      </div>
      <div className={css.pair}>
        <NumberInput
          label="Places"
          min={1}
          max={500}
          allowDecimal={false}
          value={edition.places}
          onChange={(places) => change({ places: Number(places) || 1 })}
        />
        <TextInput
          label="Ce que le texte en dit"
          value={edition.placesWords}
          onChange={(event) => change({ placesWords: event.currentTarget.value })}
        />
      </div>
    </div>
  );
}

export function Conditions({ edition, change }: PartProps) {
  const fields = fieldsOf(edition);
  const put = (eligibility: Edition['eligibility']) => change({ eligibility });
  return (
    <div className="stack">
      {edition.eligibility.map((rule, i) => (
        <Item
          key={rule.id}
          label="Retirer cette condition"
          remove={edition.eligibility.length > 1 ? () => put(without(edition.eligibility, i)) : undefined}
        >
          <TextInput
            label="Condition"
            value={rule.title}
            onChange={(event) => put(replaced(edition.eligibility, i, { title: event.currentTarget.value }))}
          />
          <ConditionEditor
            label="Remplie quand"
            value={rule.test}
            fields={fields}
            onChange={(test) => put(replaced(edition.eligibility, i, { test }))}
          />
          <Textarea
            label="Sinon, l’équipe lit"
            autosize
            minRows={1}
            value={rule.fails}
            onChange={(event) => put(replaced(edition.eligibility, i, { fails: event.currentTarget.value }))}
          />
          <Textarea
            label="Comment y remédier"
            autosize
            minRows={1}
            value={rule.mend}
            onChange={(event) => put(replaced(edition.eligibility, i, { mend: event.currentTarget.value }))}
          />
        </Item>
      ))}
      <Add
        onClick={() =>
          put([
            ...edition.eligibility,
            {
              id: named('rule-', edition.eligibility),
              title: 'Nouvelle condition',
              source: 'AAP-9',
              test: yes(edition),
              fails: '',
              mend: '',
              documents: [],
            },
          ])
        }
      >
        Ajouter une condition
      </Add>
    </div>
  );
}

export function Criteria({ edition, change }: PartProps) {
  const fields = fieldsOf(edition);
  const put = (ranking: Edition['ranking']) => change({ ranking });
  return (
    <div className="stack">
      <p className="dim small">Le premier critère décide avant que le suivant soit regardé.</p>
      {edition.ranking.map((criterion, i) => (
        <Item
          key={criterion.id}
          label="Retirer ce critère"
          remove={edition.ranking.length > 1 ? () => put(without(edition.ranking, i)) : undefined}
        >
          <div className={css.pair}>
            <TextInput
              label={`Critère ${i + 1}`}
              value={criterion.title}
              onChange={(event) => put(replaced(edition.ranking, i, { title: event.currentTarget.value }))}
            />
            <Select
              label="Quand plusieurs niveaux sont atteints"
              allowDeselect={false}
              data={[
                { value: 'best', label: 'le plus haut compte' },
                { value: 'sum', label: 'les points s’additionnent' },
              ]}
              value={criterion.combine}
              onChange={(combine) => put(replaced(edition.ranking, i, { combine: combine as 'best' | 'sum' }))}
            />
          </div>
          {criterion.levels.map((level, at) => {
            const set = (patch: Partial<typeof level>) =>
              put(replaced(edition.ranking, i, { levels: replaced(criterion.levels, at, patch) }));
            return (
              <div key={`${at}-${criterion.levels.length}`} className={css.group}>
                <div className={css.pair}>
                  <TextInput
                    size="xs"
                    label="Niveau"
                    value={level.words}
                    onChange={(event) => set({ words: event.currentTarget.value })}
                  />
                  <NumberInput
                    size="xs"
                    label="Points"
                    allowDecimal={false}
                    value={level.points}
                    onChange={(points) => set({ points: Number(points) || 0 })}
                  />
                </div>
                <ConditionEditor
                  label="Atteint quand"
                  value={level.test}
                  fields={fields}
                  onChange={(test) => set({ test })}
                />
                {criterion.levels.length > 1 && (
                  <div>
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      onClick={() => put(replaced(edition.ranking, i, { levels: without(criterion.levels, at) }))}
                    >
                      Retirer ce niveau
                    </Button>
                  </div>
                )}
              </div>
            );
          })}
          <Add
            onClick={() =>
              put(
                replaced(edition.ranking, i, {
                  levels: [...criterion.levels, { points: 1, words: 'nouveau niveau', test: yes(edition) }],
                }),
              )
            }
          >
            Ajouter un niveau
          </Add>
        </Item>
      ))}
      <Add
        onClick={() =>
          put([
            ...edition.ranking,
            {
              id: named('criterion-', edition.ranking),
              title: 'Nouveau critère',
              source: 'AAP-8',
              combine: 'best',
              levels: [{ points: 1, words: 'atteint', test: yes(edition) }],
            },
          ])
        }
      >
        Ajouter un critère
      </Add>
      <div className={css.item}>
        <b>Note de l’examen</b>
        <p className="dim small">
          De 0 à 5 par point et par instructeur. La moyenne décide entre équipes à égalité sur tous les critères.
        </p>
        {edition.review.map((item, i) => (
          <div key={item.id} className="row wrap" style={{ alignItems: 'end' }}>
            <TextInput
              size="xs"
              label="À noter"
              style={{ flex: '1 1 220px' }}
              value={item.title}
              onChange={(event) =>
                change({ review: replaced(edition.review, i, { title: event.currentTarget.value }) })
              }
            />
            <NumberInput
              size="xs"
              label="Coefficient"
              w={110}
              min={1}
              max={100}
              allowDecimal={false}
              value={item.weight}
              onChange={(weight) => change({ review: replaced(edition.review, i, { weight: Number(weight) || 1 }) })}
            />
            <ActionIcon
              aria-label={`Retirer ${item.title}`}
              onClick={() => change({ review: without(edition.review, i) })}
            >
              <RemoveIcon size={16} />
            </ActionIcon>
          </div>
        ))}
        <Add
          onClick={() =>
            change({
              review: [
                ...edition.review,
                { id: named('item-', edition.review), title: 'À noter', help: '', weight: 1 },
              ],
            })
          }
        >
          Ajouter un point à noter
        </Add>
        <Select
          label="Et si l’égalité demeure"
          maw={360}
          allowDeselect={false}
          data={[
            { value: 'none', label: 'l’instructeur départage, avec un motif' },
            { value: 'earliest', label: 'la première déposée passe devant' },
          ]}
          value={edition.tie}
          onChange={(tie) => change({ tie: tie as Edition['tie'] })}
        />
      </div>
    </div>
  );
}

export function Papers({ edition, change }: PartProps) {
  const put = (documents: Edition['documents']) => change({ documents });
  return (
    <div className="stack">
      {edition.documents.map((one, i) => (
        <Item key={one.id} label="Retirer cette pièce" remove={() => put(without(edition.documents, i))}>
          <TextInput
            label="Pièce"
            value={one.label}
            onChange={(event) => put(replaced(edition.documents, i, { label: event.currentTarget.value }))}
          />
          <Checkbox
            label="Obligatoire"
            checked={one.required}
            onChange={(event) => put(replaced(edition.documents, i, { required: event.currentTarget.checked }))}
          />
          {one.when && (
            <ConditionEditor
              label="Demandée quand"
              value={one.when}
              fields={fieldsOf(edition)}
              onChange={(when) => put(replaced(edition.documents, i, { when }))}
            />
          )}
        </Item>
      ))}
      <Add
        onClick={() =>
          put([
            ...edition.documents,
            { id: named('document-', edition.documents), label: 'Nouvelle pièce', required: true, when: null },
          ])
        }
      >
        Ajouter une pièce
      </Add>
    </div>
  );
}
