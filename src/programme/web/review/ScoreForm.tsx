import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { sayAgo } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { sayMark } from './FilesPage.tsx';
import { type Review, reviewChanged } from './ReviewPage.tsx';

const shadow = (id: string) => `estran-draft:score:${id}`;
type Typed = Record<string, { points?: number; reason?: string }>;
const kept = (id: string): Typed => {
  try {
    return JSON.parse(sessionStorage.getItem(shadow(id)) ?? '{}');
  } catch {
    return {};
  }
};

/** My scores, item by item, each with its reason; what is typed stays in the tab until it is saved. */
export function ScoreForm({ review }: { review: Review }) {
  const [typed, setTyped] = useState<Typed>(() => kept(review.id));
  useEffect(() => setTyped(kept(review.id)), [review.id]);
  useEffect(() => {
    if (Object.keys(typed).length) sessionStorage.setItem(shadow(review.id), JSON.stringify(typed));
    else sessionStorage.removeItem(shadow(review.id));
  }, [typed, review.id]);
  const items = review.edition.review;
  const saved = new Map(review.scores.map((score) => [score.criterion, score]));
  const changed = items.filter(({ id }) => {
    const [mine, before] = [typed[id], saved.get(id)];
    return (
      mine &&
      ((mine.points !== undefined && mine.points !== before?.points) ||
        (mine.reason !== undefined && mine.reason !== (before?.reason ?? '')))
    );
  });
  const save = useMutation({
    mutationFn: async () => {
      for (const { id } of changed) {
        const before = saved.get(id);
        const [points, reason] = [typed[id]?.points ?? before?.points, typed[id]?.reason ?? before?.reason ?? ''];
        if (points === undefined)
          throw new Refusal(
            422,
            'Note à choisir',
            `« ${items.find((item) => item.id === id)!.title} » : choisissez une note de 0 à 5. Vos motifs sont conservés.`,
          );
        await call(programmeContract.score, {
          params: { application: review.id, criterion: id },
          body: { points, reason, seen: before?.version ?? 0 },
        });
        setTyped(({ [id]: _gone, ...rest }) => rest);
      }
    },
    onSuccess: () => done('Vos notes sont enregistrées.'),
    onSettled: reviewChanged,
  });
  if (items.length === 0) return null;
  if (!review.may.score) {
    if (review.scores.length === 0) return null;
    return (
      <Card title="Mes notes">
        <ul className={`plain ${css.rules}`}>
          {items.map((item) => {
            const mine = saved.get(item.id);
            return mine ? (
              <li key={item.id}>
                <div className="row between">
                  <b>{item.title}</b>
                  <span className="num">{mine.points} sur 5</span>
                </div>
                <p className="small dim">{mine.reason}</p>
              </li>
            ) : null;
          })}
        </ul>
      </Card>
    );
  }
  const weights = items.reduce((sum, { weight }) => sum + weight, 0);
  const points = items.map(({ id }) => typed[id]?.points ?? saved.get(id)?.points);
  const mark = points.every((one) => one !== undefined)
    ? Math.round((items.reduce((sum, { weight }, i) => sum + weight * points[i]!, 0) * 100) / weights)
    : null;
  return (
    <Card
      title="Mes notes"
      action={
        mark === null ? (
          <Tag>
            {points.filter((one) => one !== undefined).length} sur {items.length}
          </Tag>
        ) : (
          <Tag tone="accent">{sayMark(mark)} sur 5</Tag>
        )
      }
    >
      <form
        className={`${css.body} stack loose`}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        {items.map((item) => {
          const before = saved.get(item.id);
          const value = typed[item.id]?.points ?? before?.points;
          return (
            <div key={item.id} className="stack" style={{ gap: 6 }}>
              <div className="row between wrap">
                <span id={`note-${item.id}`}>
                  <b>{item.title}</b> <span className="dim small">coefficient {item.weight}</span>
                </span>
                <SegmentedControl
                  aria-labelledby={`note-${item.id}`}
                  size="xs"
                  value={value === undefined ? '' : String(value)}
                  onChange={(next) => setTyped({ ...typed, [item.id]: { ...typed[item.id], points: Number(next) } })}
                  data={['0', '1', '2', '3', '4', '5']}
                />
              </div>
              <Textarea
                aria-label={`Motif : ${item.title}`}
                placeholder={item.help || 'Motif'}
                autosize
                minRows={1}
                maxRows={6}
                value={typed[item.id]?.reason ?? before?.reason ?? ''}
                onChange={(event) =>
                  setTyped({ ...typed, [item.id]: { ...typed[item.id], reason: event.currentTarget.value } })
                }
              />
              {before && <span className="dim tiny">Enregistrée {sayAgo(before.at)}</span>}
            </div>
          );
        })}
        {save.error && (
          <Note tone="danger" live>
            {save.error instanceof Refusal
              ? save.error.fields.reason
                ? `Motif ${save.error.fields.reason}.`
                : save.error.message
              : 'Non enregistré. Votre saisie est conservée ici.'}
          </Note>
        )}
        <div>
          <Button type="submit" loading={save.isPending} disabled={changed.length === 0}>
            Enregistrer mes notes
          </Button>
        </div>
      </form>
    </Card>
  );
}
