import { TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { urlOf } from '../../../web/api.ts';
import { useDraft } from '../../../web/drafts.ts';
import { useMe } from '../../../web/session.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { ConflictPanel } from '../../../web/ui/ConflictPanel.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { fieldOf, type LetterBody, placeOf, recordContract, withoutField, withWords } from '../../contract.ts';
import { ReasonField } from '../forms/ReasonField.tsx';
import { FieldPicker } from './FieldPicker.tsx';
import { FrozenFields, OpenFields } from './FieldLists.tsx';
import { Filing } from './Filing.tsx';
import { LetterActs } from './LetterActs.tsx';
import { LetterText, useArea, useWriteOrSee } from './LetterText.tsx';
import type { Given, Values } from './letter-values.ts';
import css from './letters.module.css';
import { PdfPreview } from './PdfPreview.tsx';
import { Recipients } from './Recipients.tsx';
import { useOpenFields } from './use-open-fields.ts';
import { useSendLetter } from './use-send-letter.ts';

/** A letter as one writes it: whom for, the words, what still waits, the pages beside. Kept as one types. */
export function LetterEditor({
  given,
  title,
  hold,
  children,
}: {
  given: Given;
  title: ReactNode;
  /** Whether something is typed, which nobody else's change may replace. */
  hold?: (on: boolean) => void;
  children?: ReactNode;
}) {
  const { patient, letter } = given;
  const me = useMe();
  const area = useArea();
  const subject = useRef<HTMLInputElement>(null);
  const view = useWriteOrSee();
  const { template, ...initial } = given.body;
  const draft = useDraft<Values>(
    letter ? `courrier:${patient}:${letter.id}` : `courrier:${patient}:${given.draft ?? template ?? 'libre'}`,
    { patient, form: 'courrier', label: given.body.title || 'Courrier' },
    { ...initial, reason: '' },
    letter?.version,
  );
  const { values, set } = draft;
  useEffect(() => {
    hold?.(draft.state !== 'none');
    return () => hold?.(false);
  }, [hold, draft.state]);
  const body: LetterBody = {
    template,
    title: values.title,
    documentType: values.documentType,
    text: values.text,
    recipients: values.recipients,
    signatory: values.signatory,
    sensitive: values.sensitive,
    reserved: values.reserved,
    fields: values.fields,
  };
  const { open, filling, fill, insert } = useOpenFields({ patient, start: given.open, values, set, area });
  const { send, refusal, conflict } = useSendLetter(given, body, draft);
  const error = (field: string) => refusal?.fields[field];
  const mine =
    (given.signers.length === 0 || given.signers.includes(me.profession)) &&
    !(given.care && me.rights.documents?.reach === 'none');
  const forOther = values.signatory !== null && values.signatory !== me.practitioner;
  // An address half typed is no matter for the pages.
  const shown = {
    ...body,
    fields: [],
    recipients: values.recipients.filter(({ name }) => name.trim()).map((one) => ({ ...one, mssante: '' })),
  };
  const missing = [
    ...(letter?.amends && values.reason.trim().length < 3 ? ['la raison'] : []),
    ...(values.title.trim() === '' ? ['l’objet'] : []),
    ...(values.text.trim() === '' ? ['le texte'] : []),
  ];
  const next = forOther ? 'hand' : mine ? 'sign' : 'keep';
  const sign = () => missing.length === 0 && !send.isPending && send.mutate({ act: 'sign' });
  return (
    <>
      <header className="page-head">
        <div style={{ flex: '1 1 300px', minWidth: 0 }}>{title}</div>
        <LetterActs
          state={draft.state}
          missing={missing}
          open={open.map(({ label }) => label)}
          amends={!!letter?.amends}
          next={next}
          sending={send.isPending ? send.variables.act : null}
          clear={() => draft.clear()}
          keep={() => send.mutate({ act: 'keep' })}
          sign={sign}
        />
      </header>
      {children}
      {view.choice}
      <div className={css.two} data-shows={view.shows}>
        <form
          className="stack loose"
          noValidate
          onSubmit={(event) => event.preventDefault()}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            if (next === 'sign' && open.length === 0) sign();
          }}
        >
          {refusal && !conflict && (
            <Note tone="danger" live>
              {refusal.message}
            </Note>
          )}
          {conflict && (
            <ConflictPanel
              who={conflict.current.who?.name ?? 'Une autre personne'}
              when={conflict.current.recorded}
              rows={conflict.comparison}
              onKeepMine={() => send.mutate({ act: send.variables?.act ?? 'keep', version: conflict.current.version })}
              onTakeTheirs={() => {
                draft.clear();
                window.location.reload();
              }}
              pending={send.isPending}
            />
          )}
          <Card title="Le courrier">
            <div className={css.body}>
              {letter?.amends && (
                <ReasonField
                  required
                  value={values.reason}
                  error={error('reason')}
                  onChange={(reason) => set({ reason })}
                />
              )}
              <Recipients
                chosen={values.recipients}
                suggestions={given.suggestions}
                set={(recipients) => set({ recipients })}
                error={error}
                refused={refusal}
              />
              <TextInput
                ref={subject}
                label="Objet"
                value={values.title}
                error={error('title')}
                onChange={(event) => set({ title: event.currentTarget.value })}
              />
              <LetterText
                label="Texte"
                value={values.text}
                set={(text) => set({ text })}
                area={area}
                error={error('text')}
              >
                <FieldPicker what="field" label="Insérer un champ du dossier" onPick={insert} />
              </LetterText>
            </div>
          </Card>
          <OpenFields
            lines={open}
            filling={filling}
            fill={fill}
            write={(one) =>
              set({
                title: withWords(values.title, one.key, one.words),
                text: withWords(values.text, one.key, one.words),
              })
            }
            remove={(one) =>
              set({ title: withoutField(values.title, one.key), text: withoutField(values.text, one.key) })
            }
            goTo={(one) => {
              const place = placeOf(values.text, one.key);
              if (!place && placeOf(values.title, one.key)) return subject.current?.focus();
              area.current?.focus();
              if (place) area.current?.setSelectionRange(...place);
            }}
          />
          {given.leftOut > 0 && (
            <Note>
              Informations sensibles du dossier : {given.leftOut}. Aucune n’est dans ce courrier. Pour les reprendre,
              insérez le champ « Santé mentale » ou « Santé sexuelle » : le courrier ne sera alors lu que par ceux qui y
              ont accès.
            </Note>
          )}
          <Filing given={given} values={values} set={set} />
          <FrozenFields
            fields={values.fields.map(
              (one) =>
                given.fields.find((other) => other.key === one.key) ?? {
                  ...one,
                  label: fieldOf(one.key)?.label ?? one.key,
                  now: null,
                },
            )}
            at="figé dans le courrier"
          />
        </form>
        {view.shows !== 'text' && (
          <div className={css.side}>
            <PdfPreview
              url={urlOf(recordContract.previewLetter, { params: { patient } })}
              body={{ ...shown, title: values.title.trim() || 'Sans objet' }}
              title="Aperçu"
            />
          </div>
        )}
      </div>
    </>
  );
}
