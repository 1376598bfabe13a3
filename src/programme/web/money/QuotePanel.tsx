import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { useDraft } from '../../../web/drafts.ts';
import { ConflictPanel } from '../../../web/ui/ConflictPanel.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PlusIcon } from '../../../web/ui/icons.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { euros } from '../words.ts';
import own from './money.module.css';
import { QuoteEntry } from './QuoteEntry.tsx';
import {
  blankLine,
  compared,
  complete,
  offeredOf,
  totalOf,
  type TypedLine,
  type TypedQuote,
  typedOf,
} from './typed-quote.ts';
import { changedMoney, type Quote } from './words.ts';

/** A quote line by line: entered, or its next version. A version that comes while one types is shown beside, and nothing typed is lost (SEC-11, SEC-12). */
export function QuotePanel({
  project,
  quote,
  onClose,
}: {
  project: string;
  quote?: Quote | undefined;
  onClose: () => void;
}) {
  const [empty] = useState<TypedQuote>(() => ({ vendor: '', number: '', dated: '', note: '', lines: [blankLine()] }));
  const stored = quote ? typedOf(quote) : empty;
  const draft = useDraft<TypedQuote>(
    `devis:${project}:${quote?.id ?? 'nouveau'}`,
    { form: 'devis', label: quote ? `Devis ${quote.number}` : 'Devis' },
    stored,
    quote?.version,
  );
  // Until something is typed, what is stored is shown, as it comes.
  const values = draft.state === 'none' ? stored : draft.values;
  const set = (patch: Partial<TypedQuote>) => draft.set({ ...values, ...patch });
  const turn = (ids: readonly string[], on: boolean, seen: number) =>
    Promise.all(
      ids.map((id) =>
        call(programmeContract.setQuoteState, {
          params: { project, quote: id },
          body: { seen, state: on ? 'proposed' : 'withdrawn' },
        }),
      ),
    ).then(changedMoney);
  const change = (seen: number, offered: ReturnType<typeof offeredOf>) =>
    call(programmeContract.changeQuote, {
      params: { project, quote: quote!.id },
      body: { seen, quote: offered },
    });
  const save = useMutation({
    mutationFn: async (): Promise<{ ids: string[]; before?: Quote }> => {
      const offered = offeredOf(values);
      if (!quote) return call(programmeContract.enterQuotes, { params: { project }, body: { quotes: [offered] } });
      await change(quote.revision, offered);
      return { ids: [], before: quote };
    },
    onSuccess: ({ ids, before }) => {
      changedMoney();
      draft.clear();
      if (before)
        done(
          `Version ${before.version + 1} du devis ${values.number} enregistrée.`,
          () => change(before.revision + 1, offeredOf(typedOf(before))).then(changedMoney),
          'La version précédente est reprise.',
        );
      else done(`Devis ${values.number} enregistré.`, () => turn(ids, false, 1), 'Devis retiré.');
      onClose();
    },
    onError: (error) => error instanceof Refusal && error.status === 409 && changedMoney(),
  });
  // What is being sent becomes the version in force: nobody else's.
  const theirs = draft.state !== 'none' && !save.isPending && draft.seen !== quote?.version ? quote : undefined;
  const refusal = save.error instanceof Refusal ? save.error : null;
  const fault = (field: string): string | undefined =>
    refusal?.fields[quote ? `quote.${field}` : `quotes.0.${field}`] ?? refusal?.fields[field];
  const setLine = (at: number, patch: Partial<TypedLine>) =>
    set({ lines: values.lines.map((line, i) => (i === at ? { ...line, ...patch } : line)) });
  return (
    <PanelForm
      wide
      title={quote ? `Devis ${quote.number}` : 'Saisir un devis'}
      subtitle={
        quote
          ? `${quote.vendor} · la version ${quote.version + 1} remplacera celle-ci`
          : 'Ligne à ligne, tel qu’il est écrit'
      }
      verb={quote ? 'Enregistrer la version' : 'Enregistrer le devis'}
      pending={save.isPending}
      ready={complete(values) && !theirs}
      draft={draft.state}
      onDrop={draft.clear}
      refusal={theirs ? null : refusal}
      onSubmit={() => save.mutate()}
      onClose={onClose}
      beside={<span className="num strong">{euros(totalOf(values))}</span>}
    >
      {theirs && (
        <ConflictPanel
          who={theirs.by}
          when={theirs.at}
          rows={compared(typedOf(theirs), values)}
          onTakeTheirs={() => {
            draft.clear();
            onClose();
          }}
          onKeepMine={() => save.mutate()}
        />
      )}
      <div className={own.entryHead}>
        <TextInput
          label="Fournisseur"
          value={values.vendor}
          error={fault('vendor')}
          onChange={(event) => set({ vendor: event.currentTarget.value })}
        />
        <TextInput
          label="Numéro du devis"
          value={values.number}
          error={fault('number')}
          onChange={(event) => set({ number: event.currentTarget.value })}
        />
        <DateField
          label="Date du devis"
          value={values.dated}
          error={fault('dated')}
          onChange={(dated) => set({ dated })}
        />
      </div>
      {values.lines.map((line, at) => (
        <QuoteEntry
          key={line.key}
          line={line}
          at={at}
          change={(patch) => setLine(at, patch)}
          remove={values.lines.length > 1 ? () => set({ lines: values.lines.filter((_, i) => i !== at) }) : undefined}
          fault={(field) => fault(`lines.${at}.${field}`)}
        />
      ))}
      <div>
        <Button
          size="compact-md"
          variant="default"
          leftSection={<PlusIcon size={15} />}
          onClick={() => set({ lines: [...values.lines, blankLine()] })}
        >
          Ajouter une ligne
        </Button>
        <p className="dim small" style={{ marginTop: 8 }}>
          Une remise est une ligne au prix négatif, du genre de la dépense qu’elle diminue.
        </p>
      </div>
      <Textarea
        label="Remarque"
        autosize
        minRows={1}
        value={values.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
    </PanelForm>
  );
}
