import type { ReactNode } from 'react';
import { sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { quoteKinds } from '../../contract.ts';
import { euros } from '../words.ts';
import own from './money.module.css';
import { fates, type Quote, type QuoteLine, sayQuantity, sayVat } from './words.ts';

/** The lines of a quote, with what becomes of each and why once the quote is kept; `acts` beside a line for whoever decides. */
export function QuoteLines({
  quote,
  acts,
  flat,
}: {
  quote: Quote;
  acts?: ((line: QuoteLine) => ReactNode) | undefined;
  /** No amount follows from quotes. */
  flat?: boolean;
}) {
  const judged = !flat && quote.state === 'accepted';
  return (
    <div className={own.scroll}>
      <table className={own.lines}>
        <caption className="vh">
          Lignes du devis {quote.number} de {quote.vendor}
        </caption>
        <thead>
          <tr>
            <th scope="col">Dépense</th>
            <th scope="col" className={own.hideNarrow}>
              Quantité
            </th>
            <th scope="col" className={own.hideNarrow}>
              Prix unitaire HT
            </th>
            <th scope="col" className={own.hideNarrow}>
              TVA
            </th>
            <th scope="col">Total TTC</th>
            {judged && (
              <th scope="col" data-words>
                État
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {quote.lines.map((line) => {
            const fate = fates[line.fate];
            return (
              <tr key={line.id} data-fate={line.fate}>
                <td>
                  {line.label}
                  <div className="dim small">
                    {quoteKinds[line.kind]}
                    {line.totalCents < 0 && ', remise'}
                    {line.recurring && ', par mois'}
                    {line.spentOn && `, dépense du ${sayDate(line.spentOn)}`}
                  </div>
                  {line.words && line.fate === 'refused' && judged && <div className="small danger">{line.words}</div>}
                </td>
                <td className={own.hideNarrow}>{sayQuantity(line.quantity)}</td>
                <td className={own.hideNarrow}>{euros(line.unitCents)}</td>
                <td className={own.hideNarrow}>{sayVat(line.vat)}</td>
                <td>{euros(line.totalCents)}</td>
                {judged && (
                  <td data-words>
                    <div className={own.fate}>
                      {!(acts && line.fate === 'pending') && <Tag tone={fate.tone}>{fate.words}</Tag>}
                      {acts?.(line)}
                    </div>
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <td>Total TTC</td>
            <td className={own.hideNarrow} />
            <td className={own.hideNarrow} />
            <td className={own.hideNarrow} />
            <td>{euros(quote.totalCents)}</td>
            {judged && <td />}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
