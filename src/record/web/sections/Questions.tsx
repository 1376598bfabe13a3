import { ActionIcon, Button } from '@mantine/core';
import { PlusIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import {
  type Answer,
  type Answered,
  calculatedOf,
  controlOf,
  isEnabled,
  isHidden,
  isRows,
  isScore,
  type Item,
  itemsOf,
  namingOf,
  numbersOf,
  rowKey,
  rowName,
  withinRow,
} from '../../contract.ts';
import { ScoreLine } from './Scores.tsx';
import css from './sections.module.css';
import type { Asking } from './asking.ts';
import { AnswerField } from './AnswerField.tsx';

export function Questions({
  items,
  answered,
  onChange,
  asking,
  path = '',
}: {
  items: readonly Item[] | undefined;
  answered: readonly Answered[];
  onChange: (next: Answered[]) => void;
  asking: Asking;
  path?: string;
}) {
  return (items ?? []).map((item) => {
    if (!isEnabled(item, asking.place) || isHidden(item) || calculatedOf(item) || controlOf(item) === 'help')
      return null;
    if (item.type === 'display')
      return (
        <p key={item.linkId} className="small dim">
          {item.text}
        </p>
      );
    const own = answered.filter(({ linkId }) => linkId === item.linkId);
    const replace = (next: Answered[]) =>
      onChange([...answered.filter(({ linkId }) => linkId !== item.linkId), ...next]);
    if (item.type === 'group')
      return <Group key={item.linkId} item={item} own={own} replace={replace} asking={asking} path={path} />;
    return (
      <Question
        key={item.linkId}
        item={item}
        answers={own[0]?.answer ?? []}
        onChange={(answer) =>
          replace(answer.length > 0 ? [{ linkId: item.linkId, ...(item.text && { text: item.text }), answer }] : [])
        }
        asking={asking}
        path={path}
      />
    );
  });
}

function Group({
  item,
  own,
  replace,
  asking,
  path,
}: {
  item: Item;
  own: Answered[];
  replace: (next: Answered[]) => void;
  asking: Asking;
  path: string;
}) {
  const help = item.item?.find((one) => controlOf(one) === 'help')?.text;
  const head = (
    <>
      {item.text && <legend>{item.text}</legend>}
      {help && <p className="small dim">{help}</p>}
      {asking.errors[rowKey(item.linkId, asking.place.row)] && (
        <p className="small" style={{ color: 'var(--danger)' }} role="alert">
          {asking.errors[rowKey(item.linkId, asking.place.row)]}
        </p>
      )}
    </>
  );
  const withItems = (at: number, items: Answered[]): Answered[] => {
    const next = [...own];
    next[at] = { linkId: item.linkId, ...(item.text && { text: item.text }), item: items };
    return next;
  };
  if (!isRows(item))
    return (
      <fieldset className={css.group}>
        {head}
        <Questions
          items={item.item}
          answered={own[0]?.item ?? []}
          onChange={(items) => replace(withItems(0, items))}
          asking={asking}
          path={`${path}/${item.linkId}`}
        />
      </fieldset>
    );
  const rows: Answered[] = own.length > 0 ? own : [{ linkId: item.linkId }];
  const numbers = numbersOf(item, rows, asking.place);
  return (
    <fieldset className={css.group}>
      {head}
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own, and keep their order
        <div key={at} className={css.row} role="group" aria-label={`${item.text ?? 'Ligne'} ${at + 1}`}>
          <div className={css.rowHead}>
            <span className="small dim num">{at + 1}</span>
            {rows.length > 1 && (
              <ActionIcon
                aria-label={`Retirer : ${item.text ?? 'ligne'} ${at + 1}`}
                onClick={() => replace(rows.filter((_, other) => other !== at))}
              >
                <RemoveIcon size={16} />
              </ActionIcon>
            )}
          </div>
          <Questions
            items={item.item}
            answered={row.item ?? []}
            onChange={(items) => replace(own.length > 0 ? withItems(at, items) : withItems(0, items))}
            asking={{ ...asking, place: withinRow(asking.place, item, row, numbers[at] ?? 0) }}
            path={`${path}/${item.linkId}.${at}`}
          />
          <RowScores part={item} row={row} number={numbers[at] ?? null} asking={asking} />
        </div>
      ))}
      <div>
        <Button
          size="compact-md"
          variant="default"
          leftSection={<PlusIcon size={15} />}
          onClick={() => replace([...rows, { linkId: item.linkId, ...(item.text && { text: item.text }) }])}
        >
          Ajouter{item.text ? ` : ${item.text.toLowerCase()}` : ''}
        </Button>
      </div>
    </fieldset>
  );
}

/** What one repetition comes to, under its own questions. */
function RowScores({
  part,
  row,
  number,
  asking,
}: {
  part: Item;
  row: Answered;
  number: number | null;
  asking: Asking;
}) {
  const name = rowName(row, namingOf(part));
  const place = number === null ? null : withinRow(asking.place, part, row, number).row;
  const scores = [...itemsOf(part.item)]
    .filter(({ item, above }) => isScore(item) && !above.some(isRows))
    .map(({ item }) => ({
      item,
      value: place === null ? undefined : asking.scores.get(rowKey(item.linkId, place)),
      curve: asking.curve(item.linkId, name),
    }));
  const shown = scores.filter(({ value, curve }) => value !== undefined || curve.length > 0);
  if (shown.length === 0) return null;
  return (
    <div
      className={css.scores}
      role="status"
      aria-label={`Scores : ${name || `${part.text ?? 'ligne'} ${number ?? ''}`.trim()}`}
    >
      {shown.map((one) => (
        <ScoreLine key={one.item.linkId} {...one} />
      ))}
    </div>
  );
}

function Question({
  item,
  answers,
  onChange,
  asking,
  path,
}: {
  item: Item;
  answers: Answer[];
  onChange: (answers: Answer[]) => void;
  asking: Asking;
  path: string;
}) {
  const help = item.item?.find((one) => controlOf(one) === 'help')?.text;
  const below = item.item?.filter((one) => one.type === 'display' && controlOf(one) !== 'help') ?? [];
  const from = asking.from[item.linkId];
  return (
    <div className={css.question} data-question={item.linkId}>
      <AnswerField item={item} answers={answers} onChange={onChange} asking={asking} path={path} help={help} />
      {from && answers.length > 0 && <span className="tiny dim">Repris du dossier : {from}</span>}
      {below.map((one) => (
        <p key={one.linkId} className="small dim">
          {one.text}
        </p>
      ))}
    </div>
  );
}
