import { ActionIcon, Button, NumberInput, Select, TextInput } from '@mantine/core';
import { RemoveIcon } from '../../../web/ui/icons.ts';
import type { Edition } from '../../contract.ts';
import { ConditionEditor } from './ConditionEditor.tsx';
import css from './editor.module.css';
import { Add, fieldsOf, Item, named, type PartProps, replaced, without, yes } from './parts.tsx';

/** What ranks the teams: criteria, the mark of the examination, ties. */
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
              // biome-ignore lint/suspicious/noArrayIndexKey: levels have no name of their own; they are made anew when one comes or goes
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
