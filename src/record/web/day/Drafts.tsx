import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { z } from 'zod';
import { call, reading } from '../../../web/api.ts';
import { forgetDraft, placeOf } from '../../../web/drafts.ts';
import { sayAgo, sayOthers } from '../../../web/say.ts';
import { EditIcon } from '../../../web/ui/icons.ts';
import { done, failed } from '../../../web/ui/undo.tsx';
import { recordContract } from '../../contract.ts';
import css from './day.module.css';

type Draft = z.infer<typeof recordContract.drafts.reply>['drafts'][number];
const few = 6;

/** What I typed and did not send: one press brings it back (SEC-12). */
export function Drafts() {
  const query = useQuery(reading(recordContract.drafts));
  const drop = useMutation({
    mutationFn: (draft: Draft) => forgetDraft(draft.key, draft),
    onSuccess: (_nothing, draft) => {
      void query.refetch();
      done('Brouillon effacé.', () =>
        call(recordContract.keepDraft, {
          params: { key: draft.key },
          body: { patient: draft.patient, form: draft.form, label: draft.label, data: draft.data },
        }).then(() => query.refetch()),
      );
    },
    onError: failed,
  });
  const [all, setAll] = useState(false);
  const drafts = query.data?.drafts ?? [];
  if (!drafts.length) return null;
  return (
    <section className={`card ${css.drafts}`} aria-label="Brouillons">
      <h2>
        <EditIcon size={16} /> {drafts.length === 1 ? 'Une saisie à terminer' : `${drafts.length} saisies à terminer`}
      </h2>
      <ul className="plain">
        {(all ? drafts : drafts.slice(0, few)).map((draft) => (
          <li key={draft.key}>
            <Link
              className="touch"
              to={(placeOf(draft.data) ?? (draft.patient ? `/patients/${draft.patient}` : '/')) as string}
            >
              {[draft.label || 'Brouillon', draft.patientName].filter(Boolean).join(', ')}
            </Link>
            <span className="dim tiny nowrap">{sayAgo(draft.updated)}</span>
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              onClick={() => drop.mutate(draft)}
              aria-label={`Effacer le brouillon ${draft.label}`}
            >
              Effacer
            </Button>
          </li>
        ))}
      </ul>
      {!all && drafts.length > few && (
        <Button size="compact-sm" variant="subtle" onClick={() => setAll(true)}>
          {sayOthers(drafts.length - few)}
        </Button>
      )}
    </section>
  );
}
