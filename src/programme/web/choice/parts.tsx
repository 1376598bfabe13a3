import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { call, Refusal, urlOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate } from '../../../web/say.ts';
import { Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { DocumentIcon, EditIcon } from '../../../web/ui/icons.ts';
import { Note } from '../../../web/ui/states.tsx';
import { programmeContract } from '../../contract.ts';
import css from './choice.module.css';
import { changedChoice } from './words.ts';

/** Parts of a tab, one at a time; the address keeps which. */
export function Views<Id extends string>({
  label,
  views,
  children,
}: {
  label: string;
  views: readonly { id: Id; label: string }[];
  children: (view: Id) => ReactNode;
}) {
  const [url, setUrl] = useUrl();
  const now = views.find(({ id }) => id === url.vue)?.id ?? views[0]!.id;
  return (
    <>
      <nav className={css.views} aria-label={label}>
        {views.map((one) => (
          <button
            key={one.id}
            type="button"
            className="plain-button"
            aria-current={one.id === now ? 'true' : undefined}
            onClick={() => setUrl({ vue: one.id, volet: undefined }, { push: true })}
          >
            {one.label}
          </button>
        ))}
      </nav>
      {children(now)}
    </>
  );
}

/** One choice of a few, side by side; the one that is chosen, chosen again, is taken back. */
export function Pills<Value extends string | number>({
  label,
  hidden,
  options,
  value,
  onChange,
  disabled,
}: {
  label: string;
  /** The label is written beside. */
  hidden?: boolean;
  options: readonly { value: Value; label: string }[];
  value: Value | null;
  onChange: (value: Value | null) => void;
  disabled?: boolean;
}) {
  const name = useId();
  return (
    <div className="stack tight">
      {!hidden && <span className="small">{label}</span>}
      <div role="radiogroup" aria-label={label} className={css.pills}>
        {options.map((one) => (
          <label key={one.value} className={css.pill}>
            <input
              type="radio"
              name={name}
              checked={value === one.value}
              disabled={disabled}
              onChange={() => onChange(one.value)}
              onClick={() => value === one.value && onChange(null)}
            />
            {one.label}
          </label>
        ))}
      </div>
    </div>
  );
}

interface Line {
  label: string;
  /** 0 to 1. */
  share: number;
  text: string;
}
/** Bars with their figures written: the chart is its own table. */
export function Bars({ label, lines }: { label: string; lines: readonly Line[] }) {
  return (
    <dl className={css.bars} aria-label={label}>
      {lines.map((one) => (
        <div key={one.label} style={{ display: 'contents' }}>
          <dt>{one.label}</dt>
          <dd className={css.track} aria-hidden>
            <span style={{ width: `${Math.min(1, one.share) * 100}%` }} />
          </dd>
          <dd className="num">{one.text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Words around what is computed: read, or written by whoever supports the project. */
export function Words({
  project,
  part,
  label,
  add,
  words,
  write,
  placeholder,
}: {
  project: string;
  part: string;
  /** Of the field; `add`: on the button while nothing is written. */
  label: string;
  add: string;
  words: { words: string; version: number; by: string; at: string } | null;
  write: boolean;
  placeholder?: string;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const save = useMutation({
    mutationFn: (seen: number) =>
      call(programmeContract.writeChoiceText, { params: { project, part }, body: { seen, words: typed ?? '' } }),
    onSuccess: () => {
      setTyped(null);
      changedChoice();
    },
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  const theirs = refusal?.extra.theirs as { words: string; version: number; by: string } | null | undefined;
  if (typed === null)
    return (
      <div className="stack tight">
        {words?.words && (
          <p style={{ whiteSpace: 'pre-line', maxWidth: '78ch' }}>
            {words.words} {write && <WhoWhen who={{ name: words.by, role: '' }} when={words.at} short />}
          </p>
        )}
        {write && (
          <div className="no-print">
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<EditIcon size={14} />}
              aria-label={words?.words ? `Modifier ce texte : ${label}` : undefined}
              onClick={() => setTyped(words?.words ?? '')}
            >
              {words?.words ? 'Modifier ce texte' : add}
            </Button>
          </div>
        )}
      </div>
    );
  return (
    <div className="stack tight">
      <Textarea
        label={label}
        autosize
        minRows={3}
        maxRows={16}
        maxLength={8000}
        value={typed}
        placeholder={placeholder}
        onChange={(event) => setTyped(event.currentTarget.value)}
        data-autofocus
      />
      {refusal && (
        <Note tone={theirs ? 'warning' : 'danger'} live>
          {theirs
            ? `${theirs.by} a écrit entre-temps : « ${theirs.words} ». Votre texte est toujours ici.`
            : refusal.message}
        </Note>
      )}
      <div className="row wrap">
        <Button
          size="compact-md"
          loading={save.isPending}
          onClick={() => save.mutate(theirs?.version ?? words?.version ?? 0)}
        >
          {theirs ? 'Enregistrer ma version' : 'Enregistrer'}
        </Button>
        <Button
          size="compact-md"
          variant="subtle"
          onClick={() => {
            setTyped(null);
            save.reset();
            changedChoice();
          }}
        >
          {theirs ? `Garder celle de ${theirs.by}` : 'Annuler'}
        </Button>
      </div>
    </div>
  );
}

/** The issued versions of a paper. */
export function Papers({
  project,
  papers,
  empty,
}: {
  project: string;
  papers: readonly { id: string; reference: string; version: number; at: string; by: string }[];
  empty: string;
}) {
  if (papers.length === 0) return <p className="small dim">{empty}</p>;
  return (
    <ul className="plain stack tight">
      {papers.map((one, at) => (
        <li key={one.id} className="row wrap small">
          <a
            className="row touch"
            href={urlOf(programmeContract.paperPdf, { params: { project, paper: one.id } })}
            target="_blank"
            rel="noreferrer"
          >
            <DocumentIcon size={14} /> {one.reference}
            {one.version > 1 && `, version ${one.version}`} (PDF)
          </a>
          <span className="dim">le {sayDate(one.at.slice(0, 10))}</span>
          {at > 0 && <Tag tone="warning">remplacée</Tag>}
        </li>
      ))}
    </ul>
  );
}
