import { NumberInput, SegmentedControl, TextInput } from '@mantine/core';
import { DateField } from '../../../web/ui/DateField.tsx';
import type { Edition } from '../../contract.ts';
import css from './editor.module.css';
import type { PartProps } from './parts.tsx';

/** Title, year, deadline, places. */
export function General({ edition, change }: PartProps) {
  return (
    <div className="stack">
      <TextInput
        label="Titre"
        value={edition.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <div className={css.pair}>
        <TextInput
          label="Publié par"
          value={edition.publisher}
          onChange={(event) => change({ publisher: event.currentTarget.value })}
        />
        <NumberInput
          label="Année"
          min={2000}
          max={2100}
          allowDecimal={false}
          value={edition.year}
          onChange={(year) => change({ year: Number(year) || edition.year })}
        />
      </div>
      <div className={css.pair}>
        <DateField
          label="Date limite"
          value={edition.deadline.slice(0, 10)}
          onChange={(day) => day && change({ deadline: `${day}T${edition.deadline.slice(11)}` })}
        />
        <TextInput
          label="Heure limite, heure de Paris"
          type="time"
          step={1}
          value={edition.deadline.slice(11)}
          onChange={(event) =>
            change({
              deadline: `${edition.deadline.slice(0, 10)}T${event.currentTarget.value.length === 5 ? `${event.currentTarget.value}:00` : event.currentTarget.value || '23:59:59'}`,
            })
          }
        />
      </div>
      <div>
        <span id="moment" className="small strong">
          Les conditions se vérifient
        </span>
        <br />
        <SegmentedControl
          aria-labelledby="moment"
          size="sm"
          value={edition.holdsWhen}
          onChange={(holdsWhen) => change({ holdsWhen: holdsWhen as Edition['holdsWhen'] })}
          data={[
            { value: 'submission', label: 'au dépôt' },
            { value: 'review', label: 'à l’examen' },
          ]}
        />
      </div>
      <div className={css.pair}>
        <NumberInput
          label="Places"
          min={1}
          max={500}
          allowDecimal={false}
          value={edition.places}
          onChange={(places) => change({ places: Number(places) || 1 })}
        />
        <TextInput
          label="Ce que le texte en dit"
          value={edition.placesWords}
          onChange={(event) => change({ placesWords: event.currentTarget.value })}
        />
      </div>
    </div>
  );
}
