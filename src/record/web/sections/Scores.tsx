import { useEffect, useMemo, useState } from 'react';
import { sayDate, sayNumber } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { Sparkline } from '../../../web/ui/Sparkline.tsx';
import {
  type Answered,
  bandFor,
  givenOf,
  isRows,
  isScore,
  type Item,
  itemsOf,
  loadScores,
  rowKey,
  answerValue,
} from '../../contract.ts';
import css from './sections.module.css';

type Form = Parameters<typeof givenOf>[0] & Parameters<Awaited<ReturnType<typeof loadScores>>['calculated']>[0];
export type Curve = readonly { at: string; value: number }[];

/** Scores of the answers on screen by `rowKey`, worked out as one types; the server works them out again. */
export function useScores(
  form: Form,
  answered: readonly Answered[],
  about: { age: number | null; gender: string | null } | null,
): ReadonlyMap<string, number> {
  const has = useMemo(() => [...itemsOf(form.item)].some(({ item }) => isScore(item)), [form]);
  const [math, setMath] = useState<Awaited<ReturnType<typeof loadScores>>>();
  useEffect(() => {
    if (has && !math) void loadScores().then(setMath);
  }, [has, math]);
  return useMemo(() => {
    const found = new Map<string, number>();
    if (!math) return found;
    for (const { item, answer, row } of givenOf(
      form,
      math.calculated(form, answered, { age: about?.age ?? undefined, gender: about?.gender ?? undefined }),
    )) {
      const value = isScore(item) ? answerValue(answer[0]) : undefined;
      if (typeof value === 'number') found.set(rowKey(item.linkId, row), value);
    }
    return found;
  }, [math, form, answered, about]);
}
/** Scores of the whole form; those of a part that repeats stand in each repetition. */
export const wholeScores = (form: Form): Item[] =>
  [...itemsOf(form.item)].filter(({ item, above }) => isScore(item) && !above.some(isRows)).map(({ item }) => item);

export function ScoreLine({ item, value, curve }: { item: Item; value: number | undefined; curve: Curve }) {
  const band = value === undefined ? undefined : bandFor(item, value);
  const last = curve.at(-1);
  return (
    <div className={css.score}>
      <span>{item.text}</span>
      <b>{value === undefined ? '—' : sayNumber(value)}</b>
      {band && <Tag tone={band.tone}>{band.words}</Tag>}
      {curve.length > 1 && <Sparkline points={[...curve]} />}
      {last && (
        <span className="dim tiny">
          {sayNumber(last.value)} le {sayDate(last.at)}
        </span>
      )}
    </div>
  );
}
