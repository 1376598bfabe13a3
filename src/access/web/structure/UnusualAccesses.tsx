import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { call, queries, reading } from '../../../web/api.ts';
import { sayAgo, sayDateTime } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { RightsIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Failure, ListBones } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { accessContract } from '../../contract.ts';
import css from './structure.module.css';

type Unusual = z.infer<typeof accessContract.unusualAccesses.reply>[number];
const rules: Record<Unusual['rule'], string> = {
  family: 'Même nom de famille',
  colleague: 'Dossier d’un collègue',
  'own-record': 'Son propre dossier',
  'mass-reading': 'Lecture massive',
  'own-consent': 'Accord enregistré pour soi',
  emergency: 'Urgence sans témoin',
};

/** Accesses that deserve a second look (SEC-8): what was seen, what was found about it. */
export default function UnusualAccesses() {
  const query = useQuery(reading(accessContract.unusualAccesses));
  const [open, setOpen] = useState('');
  const lines = [...(query.data ?? [])].sort(
    (a, b) => Number(!!a.reviewedAt) - Number(!!b.reviewedAt) || b.lastAt.localeCompare(a.lastAt),
  );
  return (
    <div className="card" style={{ maxWidth: 900 }}>
      <Failure of={query} />
      {query.isPending && <ListBones rows={4} height={56} />}
      {query.data && !lines.length && (
        <EmptyState icon={RightsIcon} title="Aucun accès inhabituel">
          Un dossier d’un proche ou d’un collègue ouvert, trop de dossiers en une heure, un accord du patient enregistré
          par la personne qu’il laisse entrer : cela s’affiche ici.
        </EmptyState>
      )}
      <ul className="plain">
        {lines.map((line) => {
          const key = `${line.rule} ${line.actor} ${line.subject}`;
          return (
            <li key={key} className={css.item} style={{ alignItems: 'flex-start' }}>
              <div className="grow stack tight">
                <div className="row wrap">
                  <Tag tone={line.reviewedAt ? 'neutral' : 'warning'}>{rules[line.rule]}</Tag>
                  <b>{line.actorName}</b>
                  <span className="dim small" title={sayDateTime(line.lastAt)}>
                    {sayAgo(line.lastAt)}
                    {line.count > 1 && `, ${line.count} fois`}
                  </span>
                </div>
                <div>{line.words}</div>
                {line.review && (
                  <div className="dim small">
                    Examiné par {line.reviewedBy}, {sayAgo(line.reviewedAt)} : {line.review}
                  </div>
                )}
                {open === key && <Review line={line} onDone={() => setOpen('')} />}
              </div>
              {!line.reviewedAt && open !== key && (
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => setOpen(key)}
                  aria-label={`Examiner : ${line.words}`}
                >
                  Examiner
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Review({ line, onDone }: { line: Unusual; onDone: () => void }) {
  const [review, setReview] = useState('');
  const save = useMutation({
    mutationFn: () =>
      call(accessContract.reviewUnusualAccess, {
        body: { rule: line.rule, actor: line.actor, subject: line.subject, review },
      }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: [accessContract.unusualAccesses.path] });
      done('Examen noté.');
      onDone();
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Textarea
        label="Ce que vous avez constaté"
        autosize
        minRows={2}
        autoFocus
        value={review}
        onChange={(event) => setReview(event.currentTarget.value)}
        error={save.error?.message}
      />
      <div className="row">
        <Button type="submit" loading={save.isPending} disabled={!review.trim()}>
          Noter l’examen
        </Button>
        <Button variant="subtle" onClick={onDone}>
          Renoncer
        </Button>
      </div>
    </form>
  );
}
