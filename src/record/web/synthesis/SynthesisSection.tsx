import { Button, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type DraftState, draftWords } from '../../../web/drafts.ts';
import { sayDateTime } from '../../../web/say.ts';
import { Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { CheckIcon, CloseIcon, EditIcon, PlusIcon, UndoIcon } from '../../../web/ui/icons.ts';
import type { SummaryChange, SummaryLine, SummarySection } from '../../contract.ts';
import css from './synthesis.module.css';

/** Whether it was kept. */
export type Send = (change: SummaryChange, message?: string, back?: SummaryChange) => Promise<boolean>;
const refOf = (line: SummaryLine): string => `${line.type}/${line.id}`;
const changes = { new: { tone: 'info', words: 'nouveau' }, changed: { tone: 'warning', words: 'modifié' } } as const;

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
  const [sending, setSending] = useState(false);
  const keep = async () => {
    const words = (typing ?? '').trim();
    if (words === (mine?.text ?? '')) return type(undefined);
    setSending(true);
    const kept = await send(
      { act: 'words', section: section.code, words },
      words ? 'Complément enregistré.' : 'Complément retiré.',
      { act: 'words', section: section.code, words: mine?.text ?? '' },
    );
    setSending(false);
    // What could not be sent stays under the hand.
    if (kept) type(undefined);
  };
  return (
    <section className={`card ${css.section}`} aria-label={section.title}>
      <header className={css.head}>
        <h2>{section.title}</h2>
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
        {editing && signs && (!verified || verified.stale) && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Vérifié : ${section.title}`}
            onClick={() => void send({ act: 'verify', section: section.code, verified: true }, undefined)}
          >
            Vérifié
          </Button>
        )}
        {editing && signs && verified && !verified.stale && (
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={`Reprendre la vérification : ${section.title}`}
            onClick={() => void send({ act: 'verify', section: section.code, verified: false })}
          >
            <UndoIcon size={15} />
          </Button>
        )}
      </header>
      {section.lines.length === 0 && section.hidden.length + section.withheld.length === 0 && (
        <p className={`small dim ${css.empty}`}>{section.empty}</p>
      )}
      {section.lines.length > 0 && (
        <ul className={`plain ${css.lines}`}>
          {section.lines.map((line) => (
            <li key={`${refOf(line)}-${line.label}`} className={css.line} data-left={line.left || undefined}>
              <span className={css.words}>
                {line.fixed ? (
                  <span className="strong">{line.label}</span>
                ) : (
                  <Link
                    className="strong touch"
                    to={`/patients/${patient}?volet=entree:${line.type}:${line.id}` as string}
                    title="Ouvrir dans le dossier"
                  >
                    {line.label}
                  </Link>
                )}
                {line.detail && <span> · {line.detail}</span>}{' '}
                {line.change && !line.left && <Tag tone={changes[line.change].tone}>{changes[line.change].words}</Tag>}
                {line.since && (
                  <Tag tone="warning">
                    {line.since === 'withdrawn' ? 'retiré du dossier depuis' : 'corrigé au dossier depuis'}
                  </Tag>
                )}
                {line.sensitive && <Tag tone="warning">sensible</Tag>}
                {line.left && <Tag>laissé de côté</Tag>}
              </span>
              <WhoWhen who={line.who} when={line.at} short />
              {editing && !line.fixed && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color={line.left ? undefined : 'gray'}
                  aria-label={`${line.left ? 'Remettre' : 'Laisser de côté'} : ${line.label}`}
                  onClick={() =>
                    void send(
                      { act: 'leave', entry: refOf(line), back: line.left },
                      line.left ? 'Ligne remise.' : `« ${line.label} » laissé de côté. Le dossier n’est pas touché.`,
                      { act: 'leave', entry: refOf(line), back: !line.left },
                    )
                  }
                >
                  {line.left ? 'Remettre' : <CloseIcon size={15} />}
                </Button>
              )}
            </li>
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
        <blockquote key={`${one.by.id}-${one.at}`} className={css.said}>
          <p>{one.text}</p>
          <span className="row wrap">
            <WhoWhen who={one.by} when={one.at} />
            {editing && signs && !one.by.me && (
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
        <form
          className={`stack ${css.typing}`}
          onSubmit={(event) => {
            event.preventDefault();
            void keep();
          }}
        >
          <Textarea
            label={`Votre complément : ${section.title}`}
            description="Signé de votre nom. Effacez tout pour le retirer."
            autosize
            minRows={2}
            maxLength={4000}
            autoFocus
            value={typing}
            readOnly={sending}
            onChange={(event) => type(event.currentTarget.value)}
          />
          <div className="row">
            <Button type="submit" size="compact-md" loading={sending}>
              Enregistrer le complément
            </Button>
            <Button size="compact-md" variant="subtle" disabled={sending} onClick={() => type(undefined)}>
              Renoncer
            </Button>
            <span className="dim tiny" role="status">
              {draftWords[state]}
            </span>
          </div>
        </form>
      )}
      {!draft && verified && (
        <p className={`tiny dim ${css.empty}`}>
          Vérifié par {verified.by.name}, le {sayDateTime(verified.at)}.
        </p>
      )}
    </section>
  );
}
