import { Button } from '@mantine/core';
import { sayDate } from '../../../web/say.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { EditIcon } from '../../../web/ui/icons.ts';
import { Nothing } from '../../../web/ui/states.tsx';
import { professionLabel } from '../../../web/words.ts';
import { MoneyTable } from '../parts.tsx';
import css from '../programme.module.css';
import { euros } from '../words.ts';
import own from './money.module.css';
import { type Detail, type Money, settled } from './words.ts';

const sayTeam = (members: Record<string, number>): string =>
  Object.entries(members)
    .filter(([, count]) => count > 0)
    .map(([code, count]) => `${professionLabel(code)} : ${count}`)
    .sort((a, b) => a.localeCompare(b, 'fr'))
    .join(', ');

/** The ceiling, line by line: rule, count, unit amount, cap, result; and the persons it comes from. */
export function CeilingCard({ money, detail, open }: { money: Money; detail: Detail; open: (volet: string) => void }) {
  const { team } = detail;
  const changed = team.version > 0;
  return (
    <Card
      title={money.basis === 'flat' ? 'Calcul du montant' : 'Calcul du plafond'}
      action={
        money.may.validate &&
        !settled(detail) && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<EditIcon size={14} />}
            onClick={() => open('composition')}
          >
            Composition
          </Button>
        )
      }
    >
      {detail.lines.length === 0 ? (
        <Nothing>Aucune personne n’est comptée : renseignez la composition de l’équipe.</Nothing>
      ) : (
        <div className={own.scroll}>
          <MoneyTable
            className={`${own.lines} ${own.tight}`}
            lines={detail.lines}
            total={money.basis === 'flat' ? 'Total' : 'Plafond'}
            totalCents={money.ceilingCents}
          />
        </div>
      )}
      <div className={`${css.body} stack tight`} style={{ paddingTop: 8 }}>
        <p className="small dim">{sayTeam(team.members) || 'Aucune personne'}</p>
        {team.subscriptionFrom !== 'none' && (
          <p className="small dim">
            Abonnement retenu : {euros(team.subscriptionCents)} par mois et par personne,{' '}
            {team.subscriptionFrom === 'typed' ? 'saisi' : 'd’après les devis validés'}.
          </p>
        )}
        {changed && (
          <details>
            <summary className="small" style={{ cursor: 'pointer' }}>
              Composition changée depuis la candidature
            </summary>
            <ul className={own.history}>
              {team.history.map((one) => (
                <li key={one.version} className="small">
                  {sayDate(one.at)}, {one.by} : {one.reason} <span className="dim">({sayTeam(one.members)})</span>
                </li>
              ))}
              <li className="small dim">À la candidature : {sayTeam(team.applied)}</li>
            </ul>
          </details>
        )}
        {[...detail.notes, ...detail.neverPaid].length > 0 && (
          <details>
            <summary className="small" style={{ cursor: 'pointer' }}>
              Ce que l’appel ne finance pas
            </summary>
            <ul className={own.history}>
              <li className="small dim">Aucune dépense avant le {sayDate(detail.notBefore)}.</li>
              {[...detail.notes, ...detail.neverPaid].map((words) => (
                <li key={words} className="small dim">
                  {words}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </Card>
  );
}
