import { Tag } from '../../../web/ui/bits.tsx';
import type { BookDose, VaccineBook } from '../../contract.ts';
import { dueTones } from '../summary/VaccinesCard.tsx';
import css from './vaccines.module.css';
import { dueDay } from './due-day.ts';

/** Ages of the French calendar, in months. */
const bands = [
  { to: 6, label: 'avant 6 mois' },
  { to: 24, label: '6 à 23 mois' },
  { to: 72, label: '2 à 5 ans' },
  { to: 192, label: '6 à 15 ans' },
  { to: 300, label: '16 à 24 ans' },
  { to: 540, label: '25 à 44 ans' },
  { to: 780, label: '45 à 64 ans' },
  { to: Number.POSITIVE_INFINITY, label: '65 ans et plus' },
];
const bandOf = (dose: BookDose): number => bands.findIndex(({ to }) => dose.months < to);
const outcomes = { given: '', refused: 'refusé', contraindicated: 'contre-indiqué', 'not-done': 'non fait' };

/** Given by disease and by age: a row a disease, a column an age; ages without a dose are left out. */
export function BookChart({ book, open }: { book: VaccineBook; open: (id: string) => void }) {
  const used = new Set(book.diseases.flatMap(({ doses }) => doses.map(bandOf)));
  const shown = bands.map((band, at) => ({ ...band, at })).filter(({ at }) => used.has(at));
  return (
    <div className={`card ${css.wrap}`}>
      <table className={css.chart}>
        <caption className="vh">Vaccins reçus par maladie et par âge</caption>
        <thead>
          <tr>
            <th scope="col">Maladie</th>
            {shown.map(({ at, label }) => (
              <th key={at} scope="col">
                {label}
              </th>
            ))}
            <th scope="col">Ensuite</th>
          </tr>
        </thead>
        <tbody>
          {book.diseases.map(({ target, label, doses, next }) => (
            <tr key={target}>
              <th scope="row">{label}</th>
              {shown.map(({ at, label: band }) => {
                const here = doses.filter((dose) => bandOf(dose) === at);
                return (
                  <td key={at} data-band={band} data-empty={here.length === 0 || undefined}>
                    <ul className="plain">
                      {here.map((dose) => (
                        <li key={dose.id}>
                          <button
                            type="button"
                            className={css.dose}
                            data-off={dose.outcome !== 'given' || dose.tooSoon || undefined}
                            onClick={() => open(dose.id)}
                            title={[dose.label, dose.lot && `lot ${dose.lot}`].filter(Boolean).join(', ')}
                          >
                            <span className="vh">
                              {label}, {dose.label},{' '}
                            </span>
                            <span className="num">{dose.atLabel}</span>
                            <span className="tiny dim">
                              {[dose.age, outcomes[dose.outcome], dose.tooSoon && 'trop tôt']
                                .filter(Boolean)
                                .join(', ')}
                            </span>
                          </button>
                        </li>
                      ))}
                    </ul>
                  </td>
                );
              })}
              <td data-band="Ensuite">
                {next ? (
                  <span className={css.next} title={`${next.why}. ${next.source}`}>
                    <Tag tone={dueTones[next.state]}>{next.stateLabel}</Tag>{' '}
                    <span className="small dim num">{dueDay(next)}</span>
                  </span>
                ) : (
                  <span className="small dim">à jour</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
