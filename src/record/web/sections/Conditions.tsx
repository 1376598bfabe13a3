import { ActionIcon, Button, Select } from '@mantine/core';
import { useState } from 'react';
import { PlusIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import { conditionable, type Item, reachChoices, withConditions, type withItem } from '../../contract.ts';
import css from './sections.module.css';

type When = NonNullable<Item['enableWhen']>[number];

const choicesOf = (question: Item): { value: string; label: string }[] =>
  question.type === 'boolean'
    ? [
        { value: 'true', label: 'Oui' },
        { value: 'false', label: 'Non' },
      ]
    : (question.answerOption ?? []).map(({ valueCoding }) => ({
        value: valueCoding?.code ?? '',
        label: valueCoding?.display ?? '',
      }));
const answerIn = (when: When): string | null =>
  when.answerBoolean === undefined ? (when.answerCoding?.code ?? null) : String(when.answerBoolean);
const condition = (question: Item, answer: string): When => ({
  question: question.linkId,
  operator: '=',
  ...(question.type === 'boolean' ? { answerBoolean: answer === 'true' } : { answerCoding: { code: answer } }),
});

/** When an item is asked: its conditions one under the other. What is not written here (an age above, an answer that exists) is kept as it came, and can be taken away. */
export function Conditions({
  form,
  item,
  change,
}: {
  form: Parameters<typeof withItem>[0];
  item: Item;
  change: (next: (item: Item) => Item) => void;
}) {
  const asked = conditionable(form, item.linkId);
  const questions = asked.map((one) => one.item);
  const all = item.enableWhen ?? [];
  const any = item.enableBehavior === 'any';
  const [adding, setAdding] = useState(false);
  const rows: (When | null)[] = adding || all.length === 0 ? [...all, null] : all;
  const write = (next: readonly When[], one = any) => change((now) => withConditions(now, next, one));
  const put = (at: number, when: When | null) => {
    setAdding(false);
    write(rows.flatMap((row, index) => (index === at ? (when ?? []) : (row ?? []))));
  };
  if (asked.length === 0 && all.length === 0) return null;
  return (
    <div className="stack" style={{ gap: 8 }}>
      {rows.map((when, at) => {
        const question = when?.operator === '=' ? questions.find(({ linkId }) => linkId === when.question) : undefined;
        const label = at === 0 ? 'Posée seulement si' : any ? 'ou si' : 'et si';
        // Rows have no name of their own; two may say the same.
        const key = `${at}-${when?.question ?? ''}`;
        return when && (!question || answerIn(when) === null) ? (
          <div key={key} className="row small">
            <span className="grow">
              {label} : une condition sur «{' '}
              {questions.find(({ linkId }) => linkId === when.question)?.text ?? when.question} », apportée avec le
              volet. Elle reste telle quelle.
            </span>
            <ActionIcon
              variant="subtle"
              className="touch"
              aria-label={`Retirer la condition ${at + 1}`}
              onClick={() => put(at, null)}
            >
              <RemoveIcon size={15} />
            </ActionIcon>
          </div>
        ) : (
          <div key={key} className={css.pair}>
            <Select
              label={label}
              placeholder={at === 0 ? 'toujours' : 'choisir une question'}
              clearable
              searchable
              autoFocus={adding && !when}
              data={reachChoices(asked)}
              value={question?.linkId ?? null}
              onChange={(id) => {
                const chosen = questions.find(({ linkId }) => linkId === id);
                put(at, chosen ? condition(chosen, choicesOf(chosen)[0]?.value ?? 'true') : null);
              }}
            />
            {when && question && (
              <Select
                label="vaut"
                allowDeselect={false}
                data={choicesOf(question)}
                value={answerIn(when)}
                onChange={(answer) => answer && put(at, condition(question, answer))}
              />
            )}
          </div>
        );
      })}
      {all.length > 0 && (
        <div className="row wrap">
          {all.length > 1 && (
            <Select
              aria-label="Combien de ces conditions"
              size="xs"
              w={210}
              allowDeselect={false}
              data={[
                { value: 'any', label: 'Une seule suffit' },
                { value: 'all', label: 'Il les faut toutes' },
              ]}
              value={any ? 'any' : 'all'}
              onChange={(value) => write(all, value === 'any')}
            />
          )}
          {!adding && asked.length > 0 && (
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<PlusIcon size={14} />}
              onClick={() => setAdding(true)}
            >
              Ajouter une condition
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
