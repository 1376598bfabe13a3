import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { DateField } from '../../../web/ui/DateField.tsx';
import { RemoveIcon } from '../../../web/ui/icons.ts';
import { kindCodes, lineTotal, type QuoteKind, quoteKinds, scaled, signedScaled } from '../../contract.ts';
import own from './money.module.css';
import { figuresOf, type TypedLine } from './typed-quote.ts';
import { typedNumber } from './words.ts';

const kinds = kindCodes.map((value) => ({ value, label: quoteKinds[value] }));

/** One line of a quote as it is typed. */
export function QuoteEntry({
  line,
  at,
  change,
  remove,
  fault,
}: {
  line: TypedLine;
  at: number;
  change: (patch: Partial<TypedLine>) => void;
  remove: (() => void) | undefined;
  /** What is wrong with one of its fields. */
  fault: (field: string) => string | undefined;
}) {
  const figures = figuresOf(line);
  return (
    <fieldset className={own.entry}>
      <legend className="vh">Ligne {at + 1}</legend>
      <div className={own.entryTop}>
        <TextInput
          size="xs"
          label={`Libellé, ligne ${at + 1}`}
          value={line.label}
          error={fault('label')}
          onChange={(event) => change({ label: event.currentTarget.value })}
        />
        <Select
          size="xs"
          label="Genre"
          allowDeselect={false}
          data={kinds}
          value={line.kind}
          onChange={(kind) =>
            change({
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
          error={line.quantity && scaled(line.quantity, 3) === undefined ? 'Un nombre' : fault('quantity')}
          onChange={(event) => change({ quantity: event.currentTarget.value })}
        />
        <TextInput
          size="xs"
          label="Prix unitaire HT"
          rightSection="€"
          value={line.unit}
          error={line.unit && signedScaled(line.unit, 2) === undefined ? 'Un montant' : fault('unitCents')}
          onChange={(event) => change({ unit: event.currentTarget.value })}
        />
        <TextInput
          size="xs"
          label="TVA"
          rightSection="%"
          inputMode="decimal"
          value={line.vat}
          error={line.vat && scaled(line.vat, 2) === undefined ? 'Un taux' : fault('vat')}
          onChange={(event) => change({ vat: event.currentTarget.value })}
        />
        <TextInput
          size="xs"
          label="Total TTC"
          rightSection="€"
          placeholder={figures ? typedNumber(lineTotal(figures).totalCents, 2) : ''}
          value={line.total}
          error={line.total && signedScaled(line.total, 2) === undefined ? 'Un montant' : fault('totalCents')}
          onChange={(event) => change({ total: event.currentTarget.value })}
        />
      </div>
      <div className="row wrap">
        <Checkbox
          size="xs"
          label="Par mois"
          checked={line.recurring}
          onChange={(event) => change({ recurring: event.currentTarget.checked })}
        />
        <DateField
          size="xs"
          w={190}
          aria-label={`Date de la dépense, ligne ${at + 1}`}
          placeholder="Dépense le (si autre)"
          value={line.spentOn}
          onChange={(spentOn) => change({ spentOn })}
        />
        <span className="grow" />
        {remove && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            leftSection={<RemoveIcon size={14} />}
            aria-label={`Retirer la ligne ${at + 1}`}
            onClick={remove}
          >
            Retirer
          </Button>
        )}
      </div>
    </fieldset>
  );
}
