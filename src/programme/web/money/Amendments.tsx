import { Button } from '@mantine/core';
import { call } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { programmeContract } from '../../contract.ts';
import { PaperLink } from '../parts.tsx';
import { euros } from '../words.ts';
import own from './money.module.css';
import { useUnsign } from './signing.tsx';
import { type Amendment, amendmentStates, type Detail, type Money } from './words.ts';

/** The amendments to the agreement: the one being prepared, with what it would change, the one to sign, and those that were. */
export function Amendments({
  project,
  money,
  detail,
  open,
}: {
  project: string;
  money: Money;
  detail: Detail;
  open: (volet: string) => void;
}) {
  const shown = detail.amendments.filter(({ state }) => state !== 'cancelled');
  const given = detail.amendments.filter(({ state }) => state === 'cancelled');
  return (
    <>
      {shown.map((one, at) => (
        <AmendmentItem
          key={one.seq}
          project={project}
          money={money}
          detail={detail}
          amendment={one}
          newest={at === 0}
          open={open}
        />
      ))}
      {given.length > 0 && (
        <details className={own.quote} style={{ padding: '8px 16px' }}>
          <summary className="small" style={{ cursor: 'pointer' }}>
            Avenants abandonnés
          </summary>
          <ul className={own.history}>
            {given.map((one) => (
              <li key={one.seq} className="small dim">
                {one.reference || `Préparé le ${sayDate(one.at)}`} : {one.cancelledReason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function AmendmentItem({
  project,
  money,
  detail,
  amendment,
  newest,
  open,
}: {
  project: string;
  money: Money;
  detail: Detail;
  amendment: Amendment;
  newest: boolean;
  open: (volet: string) => void;
}) {
  const { amending } = detail;
  const params = { project, seq: amendment.seq };
  const state = amendmentStates[amendment.state];
  const unsign = useUnsign(
    'Signature de l’avenant',
    () => call(programmeContract.unsignAmendment, { params }),
    () =>
      call(programmeContract.signAmendment, {
        params,
        body: { on: amendment.signedOn!, team: amendment.signedTeam, region: amendment.signedRegion },
      }),
  );
  const name = amendment.number ? `Avenant n° ${amendment.number}` : 'Avenant';
  return (
    <section className={`${own.quote} stack tight`} style={{ padding: '10px 16px' }} aria-label={name}>
      <div className="row wrap">
        <b>{name}</b>
        <Tag tone={state.tone}>{state.words}</Tag>
        <span className="grow" />
        {amendment.amountCents !== null && <b className="num">{euros(amendment.amountCents)}</b>}
      </div>
      {amendment.paper && <PaperLink project={project} paper={amendment.paper} reference={amendment.reference} />}
      <p className="as-typed small dim">
        {amendment.signedOn
          ? `Signé le ${sayDate(amendment.signedOn)}, par ${amendment.signedTeam} et ${amendment.signedRegion}. `
          : ''}
        {amendment.reason}
      </p>
      {amendment.state === 'open' && amending && <Foreseen amending={amending} />}
      {money.may.fund && (
        <div className="row wrap">
          {amendment.state === 'open' && (
            <Button
              size="compact-md"
              disabled={!amending || amending.held.length > 0}
              onClick={() => open(`avenant:${amendment.seq}:etablir`)}
            >
              Établir l’avenant
            </Button>
          )}
          {amendment.state === 'issued' && (
            <Button size="compact-md" onClick={() => open(`avenant:${amendment.seq}:signer`)}>
              Enregistrer la signature de l’avenant
            </Button>
          )}
          {amendment.state === 'signed' && newest && (
            <Button size="compact-sm" variant="subtle" loading={unsign.isPending} onClick={() => unsign.mutate()}>
              Retirer la signature de l’avenant
            </Button>
          )}
          {amendment.state !== 'signed' && (
            <Button size="compact-sm" variant="subtle" onClick={() => open(`avenant:${amendment.seq}:abandonner`)}>
              {amendment.state === 'open' ? 'Abandonner l’avenant' : 'Annuler l’avenant'}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

/** What the figures on screen would make of the agreement: before, after, and each payment. */
export function Foreseen({ amending }: { amending: NonNullable<Detail['amending']> }) {
  const { beforeCents, afterCents, held, parts } = amending;
  const owed = parts.find((one) => one.kind === 'recovery' && one.state === 'due' && one.cents > 0);
  return (
    <div className="stack tight">
      <p className="small">
        {afterCents === beforeCents ? (
          <>
            Le montant ne change pas pour l’instant : <b className="num">{euros(afterCents)}</b>
          </>
        ) : (
          <>
            De <span className="num">{euros(beforeCents)}</span> à <b className="num">{euros(afterCents)}</b>{' '}
            <span className="dim num">
              ({afterCents > beforeCents ? '+' : '−'} {euros(Math.abs(afterCents - beforeCents))})
            </span>
          </>
        )}
        . Les devis et la composition peuvent changer jusqu’à ce que l’avenant soit établi.
      </p>
      {held.length > 0 ? (
        <ul className={own.history}>
          {held.map((words) => (
            <li key={words} className="small">
              {words}
            </li>
          ))}
        </ul>
      ) : owed ? (
        <Note tone="warning">Déjà ordonné : plus que ce montant. Trop-perçu à reverser : {euros(owed.cents)}.</Note>
      ) : (
        <ul className={own.history}>
          {parts
            .filter((one) => one.state === 'due' && one.cents > 0)
            .map((one) => (
              <li key={one.number} className="small">
                Resterait à verser : <b className="num">{euros(one.cents)}</b>{' '}
                <span className="dim">({one.occasion.charAt(0).toLowerCase() + one.occasion.slice(1)})</span>
              </li>
            ))}
        </ul>
      )}
    </div>
  );
}
