import { Button } from '@mantine/core';
import type { DraftState } from '../../../web/drafts.ts';
import { sayDateTime } from '../../../web/say.ts';
import { Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { CheckIcon, EditIcon, PlusIcon, UndoIcon } from '../../../web/ui/icons.ts';
import type { SummaryChange, SummarySection } from '../../contract.ts';
import { MyWords } from './MyWords.tsx';
import { refOf, SynthesisLine } from './SynthesisLine.tsx';
import css from './synthesis.module.css';

/** Whether it was kept. */
export type Send = (change: SummaryChange, message?: string, back?: SummaryChange) => Promise<boolean>;

/** One section: its lines with their sources, what each profession added, and whether it was checked. */
export function SynthesisSection({
  patient,
  section,
  editing,
  signs,
  draft,
  send,
  typing,
  type,
  state,
}: {
  patient: string;
  section: SummarySection;
  editing: boolean;
  signs: boolean;
  draft: boolean;
  send: Send;
  /** My words as I type them; undefined: I am not typing here. */
  typing: string | undefined;
  type: (words: string | undefined) => void;
  /** Where they are. */
  state: DraftState;
}) {
  const { verified } = section;
  const mine = section.words.find((one) => one.by.me);
  return (
    <section className={`card ${css.section}`} aria-label={section.title}>
      <SectionHead section={section} checks={editing && signs} send={send} />
      {section.lines.length === 0 && section.hidden.length + section.withheld.length === 0 && (
        <p className={`small dim ${css.empty}`}>{section.empty}</p>
      )}
      {section.lines.length > 0 && (
        <ul className={`plain ${css.lines}`}>
          {section.lines.map((line) => (
            <SynthesisLine
              key={`${refOf(line)}-${line.label}`}
              patient={patient}
              line={line}
              editing={editing}
              send={send}
            />
          ))}
        </ul>
      )}
      {section.hidden.length > 0 && (
        <p className={`small dim ${css.empty}`}>
          Ne vous est pas accessible : {section.hidden.join(', ').toLowerCase()}.
        </p>
      )}
      {section.withheld.length > 0 && (
        <p className={`small dim ${css.empty}`}>
          N’était pas accessible à qui a signé : {section.withheld.join(', ').toLowerCase()}.
        </p>
      )}
      {section.gone.length > 0 && (
        <p className={`small ${css.empty}`}>N’y est plus depuis la précédente : {section.gone.join(', ')}.</p>
      )}
      {section.words.map((one) => (
        <Said key={`${one.by.id}-${one.at}`} one={one} section={section} removes={editing && signs} send={send} />
      ))}
      {editing && typing === undefined && (
        <Button
          className={css.add}
          size="compact-md"
          variant="subtle"
          leftSection={mine ? <EditIcon size={15} /> : <PlusIcon size={15} />}
          aria-label={`${mine ? 'Modifier mon complément' : 'Compléter'} : ${section.title}`}
          onClick={() => type(mine?.text ?? '')}
        >
          {mine ? 'Modifier mon complément' : 'Compléter'}
        </Button>
      )}
      {editing && typing !== undefined && (
        <MyWords section={section} send={send} typing={typing} type={type} state={state} />
      )}
      {!draft && verified && (
        <p className={`tiny dim ${css.empty}`}>
          Vérifié par {verified.by.name}, le {sayDateTime(verified.at)}.
        </p>
      )}
    </section>
  );
}

function SectionHead({
  section: { code, title, verified },
  checks,
  send,
}: {
  section: SummarySection;
  /** Whether it is checked here. */
  checks: boolean;
  send: Send;
}) {
  return (
    <header className={css.head}>
      <h2>{title}</h2>
      <span className="grow" />
      {verified && !verified.stale && (
        <Tag
          tone="success"
          icon={<CheckIcon size={14} />}
          title={`Par ${verified.by.name}, le ${sayDateTime(verified.at)}`}
        >
          vérifié par {verified.by.me ? 'vous' : verified.by.name}
        </Tag>
      )}
      {verified?.stale && <Tag tone="warning">a changé depuis la vérification</Tag>}
      {checks && (!verified || verified.stale) && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Vérifié : ${title}`}
          onClick={() => void send({ act: 'verify', section: code, verified: true }, undefined)}
        >
          Vérifié
        </Button>
      )}
      {checks && verified && !verified.stale && (
        <Button
          size="compact-sm"
          variant="subtle"
          aria-label={`Reprendre la vérification : ${title}`}
          onClick={() => void send({ act: 'verify', section: code, verified: false })}
        >
          <UndoIcon size={15} />
        </Button>
      )}
    </header>
  );
}

/** What one profession added. */
function Said({
  one,
  section,
  removes,
  send,
}: {
  one: SummarySection['words'][number];
  section: SummarySection;
  /** Whoever signs may take out the words of others. */
  removes: boolean;
  send: Send;
}) {
  return (
    <blockquote className={css.said}>
      <p>{one.text}</p>
      <span className="row wrap">
        <WhoWhen who={one.by} when={one.at} />
        {removes && !one.by.me && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-label={`Retirer le complément de ${one.by.name}`}
            onClick={() =>
              void send(
                { act: 'words', section: section.code, words: '', by: one.by.id ?? '' },
                `Complément de ${one.by.name} retiré.`,
              )
            }
          >
            Retirer
          </Button>
        )}
      </span>
    </blockquote>
  );
}
