import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { useDraft } from '../../../web/drafts.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PlusIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { kindCodes, lineTotal, programmeContract, type QuoteKind, quoteKinds, scaled } from '../../contract.ts';
import { euros } from '../words.ts';
import own from './money.module.css';
import { changedMoney, type Quote, typedNumber } from './words.ts';

/** A line as it is being typed: figures stay words until they are sent. */
interface TypedLine {
  /** Of the field on screen. */
  key: string;
  id?: string | undefined;
  label: string;
  kind: QuoteKind;
  quantity: string;
  unit: string;
  vat: string;
  total: string;
  recurring: boolean;
  spentOn: string;
}
let made = 0;
const blank = (): TypedLine => ({
  key: `${Date.now()}-${++made}`,
  label: '',
  kind: 'licence',
  quantity: '1',
  unit: '',
  vat: '20',
  total: '',
  recurring: false,
  spentOn: '',
});
interface Typed {
  vendor: string;
  number: string;
  dated: string;
  note: string;
  lines: TypedLine[];
}
const kinds = kindCodes.map((value) => ({ value, label: quoteKinds[value] }));
/** The figures of a line, once they can be read. */
function figuresOf(line: TypedLine): { quantity: number; unitCents: number; vat: number } | undefined {
  const [quantity, unitCents, vat] = [scaled(line.quantity, 3), scaled(line.unit, 2), scaled(line.vat || '0', 2)];
  return quantity !== undefined && quantity > 0 && unitCents !== undefined && vat !== undefined && vat <= 10_000
    ? { quantity, unitCents, vat }
    : undefined;
}
const ready = (line: TypedLine): boolean =>
  line.label.trim() !== '' &&
  figuresOf(line) !== undefined &&
  (line.total.trim() === '' || scaled(line.total, 2) !== undefined);
const bodyOf = (values: Typed) => ({
  vendor: values.vendor,
  number: values.number,
  dated: values.dated,
  note: values.note,
  lines: values.lines.map((line) => ({
    ...(line.id !== undefined && { id: line.id }),
    label: line.label,
    kind: line.kind,
    ...figuresOf(line)!,
    ...(line.total.trim() !== '' && { totalCents: scaled(line.total, 2)! }),
    recurring: line.recurring,
    spentOn: line.spentOn || null,
  })),
});

/** A quote line by line: entered, or its next version. */
export function QuotePanel({
  project,
  quote,
  onClose,
}: {
  project: string;
  quote?: Quote | undefined;
  onClose: () => void;
}) {
  const [opened] = useState<Typed>(() =>
    quote
      ? {
          vendor: quote.vendor,
          number: quote.number,
          dated: quote.dated,
          note: quote.note,
          lines: quote.lines.map((line) => ({
            key: line.id,
            id: line.id,
            label: line.label,
            kind: line.kind,
            quantity: typedNumber(line.quantity, 3),
            unit: typedNumber(line.unitCents, 2),
            vat: typedNumber(line.vat, 2),
            total: line.totalCents === lineTotal(line).totalCents ? '' : typedNumber(line.totalCents, 2),
            recurring: line.recurring,
            spentOn: line.spentOn ?? '',
          })),
        }
      : { vendor: '', number: '', dated: '', note: '', lines: [blank()] },
  );
  const { values, set, clear, state } = useDraft<Typed>(
    `devis:${project}:${quote ? `${quote.id}:${quote.version}` : 'nouveau'}`,
    { form: 'devis', label: quote ? `Devis ${quote.number}` : 'Devis' },
    opened,
  );
  const turn = (ids: readonly string[], on: boolean, seen: number) =>
    Promise.all(
      ids.map((id) =>
        call(programmeContract.setQuoteState, {
          params: { project, quote: id },
          body: { seen, state: on ? 'proposed' : 'withdrawn' },
        }),
      ),
    ).then(changedMoney);
  const save = useMutation({
    mutationFn: async (): Promise<string[]> => {
      if (!quote)
        return (await call(programmeContract.enterQuotes, { params: { project }, body: { quotes: [bodyOf(values)] } }))
          .ids;
      await call(programmeContract.changeQuote, {
        params: { project, quote: quote.id },
        body: { seen: quote.revision, quote: bodyOf(values) },
      });
      return [];
    },
    onSuccess: (ids) => {
      changedMoney();
      clear();
      if (quote)
        done(
          `Version ${quote.version + 1} du devis ${values.number} enregistrée.`,
          () =>
            call(programmeContract.changeQuote, {
              params: { project, quote: quote.id },
              body: { seen: quote.revision + 1, quote: bodyOf(opened) },
            }).then(changedMoney),
          'La version précédente est reprise.',
        );
      else done(`Devis ${values.number} enregistré.`, () => turn(ids, false, 1), 'Devis retiré.');
      onClose();
    },
    onError: (error) => error instanceof Refusal && error.status === 409 && changedMoney(),
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  const fault = (field: string): string | undefined =>
    refusal?.fields[quote ? `quote.${field}` : `quotes.0.${field}`] ?? refusal?.fields[field];
  const setLine = (at: number, patch: Partial<TypedLine>) =>
    set({ lines: values.lines.map((line, i) => (i === at ? { ...line, ...patch } : line)) });
  const total = values.lines.reduce((sum, line) => {
    const figures = figuresOf(line);
    return sum + (figures ? (scaled(line.total, 2) ?? lineTotal(figures).totalCents) : 0);
  }, 0);
  const complete =
    values.vendor.trim() !== '' &&
    values.number.trim() !== '' &&
    values.dated !== '' &&
    values.lines.length > 0 &&
    values.lines.every(ready);
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
      ready={complete}
      draft={state}
      onDrop={clear}
      refusal={refusal}
      onSubmit={() => save.mutate()}
      onClose={onClose}
      beside={<span className="num strong">{euros(total)}</span>}
    >
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
      {values.lines.map((line, at) => {
        const figures = figuresOf(line);
        return (
          <fieldset key={line.key} className={own.entry}>
            <legend className="vh">Ligne {at + 1}</legend>
            <div className={own.entryTop}>
              <TextInput
                size="xs"
                label={`Libellé, ligne ${at + 1}`}
                value={line.label}
                error={fault(`lines.${at}.label`)}
                onChange={(event) => setLine(at, { label: event.currentTarget.value })}
              />
              <Select
                size="xs"
                label="Genre"
                allowDeselect={false}
                data={kinds}
                value={line.kind}
                onChange={(kind) =>
                  setLine(at, {
                    kind: kind as QuoteKind,
                    ...(kind === 'subscription' || kind === 'physician-subscription' ? { recurring: true } : {}),
                  })
                }
              />
            </div>
            <div className={own.entryFigures}>
              <TextInput
                size="xs"
                label="Quantité"
                inputMode="decimal"
                value={line.quantity}
                error={
                  line.quantity && scaled(line.quantity, 3) === undefined ? 'Un nombre' : fault(`lines.${at}.quantity`)
                }
                onChange={(event) => setLine(at, { quantity: event.currentTarget.value })}
              />
              <TextInput
                size="xs"
                label="Prix unitaire HT"
                rightSection="€"
                inputMode="decimal"
                value={line.unit}
                error={line.unit && scaled(line.unit, 2) === undefined ? 'Un montant' : fault(`lines.${at}.unitCents`)}
                onChange={(event) => setLine(at, { unit: event.currentTarget.value })}
              />
              <TextInput
                size="xs"
                label="TVA"
                rightSection="%"
                inputMode="decimal"
                value={line.vat}
                error={line.vat && scaled(line.vat, 2) === undefined ? 'Un taux' : fault(`lines.${at}.vat`)}
                onChange={(event) => setLine(at, { vat: event.currentTarget.value })}
              />
              <TextInput
                size="xs"
                label="Total TTC"
                rightSection="€"
                inputMode="decimal"
                placeholder={figures ? typedNumber(lineTotal(figures).totalCents, 2) : ''}
                value={line.total}
                error={
                  line.total && scaled(line.total, 2) === undefined ? 'Un montant' : fault(`lines.${at}.totalCents`)
                }
                onChange={(event) => setLine(at, { total: event.currentTarget.value })}
              />
            </div>
            <div className="row wrap">
              <Checkbox
                size="xs"
                label="Par mois"
                checked={line.recurring}
                onChange={(event) => setLine(at, { recurring: event.currentTarget.checked })}
              />
              <DateField
                size="xs"
                w={190}
                aria-label={`Date de la dépense, ligne ${at + 1}`}
                placeholder="Dépense le (si autre)"
                value={line.spentOn}
                onChange={(spentOn) => setLine(at, { spentOn })}
              />
              <span className="grow" />
              {values.lines.length > 1 && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="red"
                  leftSection={<RemoveIcon size={14} />}
                  aria-label={`Retirer la ligne ${at + 1}`}
                  onClick={() => set({ lines: values.lines.filter((_, i) => i !== at) })}
                >
                  Retirer
                </Button>
              )}
            </div>
          </fieldset>
        );
      })}
      <div>
        <Button
          size="compact-md"
          variant="default"
          leftSection={<PlusIcon size={15} />}
          onClick={() => set({ lines: [...values.lines, blank()] })}
        >
          Ajouter une ligne
        </Button>
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
