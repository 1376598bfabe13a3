import { Button } from '@mantine/core';
import { call } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { programmeContract } from '../../contract.ts';
import { PaperLink } from '../parts.tsx';
import css from '../programme.module.css';
import { euros } from '../words.ts';
import own from './money.module.css';
import { Amendments } from './Amendments.tsx';
import { PaymentItem } from './PaymentItem.tsx';
import { useUnsign } from './signing.tsx';
import { agreementStates, type Detail, type Money } from './words.ts';

/** The agreement and its payments: what is there, what waits, and for what. */
export function AgreementCard({
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
  const newest = detail.agreements[0];
  const agreement = newest && newest.state !== 'cancelled' ? newest : undefined;
  const former = detail.agreements.filter((one) => one !== agreement);
  const params = { project, version: agreement?.version ?? 0 };
  const unsign = useUnsign(
    'Signature',
    () => call(programmeContract.unsignAgreement, { params }),
    () =>
      call(programmeContract.signAgreement, {
        params,
        body: { on: agreement!.signedOn!, team: agreement!.signedTeam, region: agreement!.signedRegion },
      }),
  );
  /** What holds the agreement as it is signed. */
  const ordered =
    detail.payments.some(({ state }) => state !== 'due') ||
    detail.amendments.some(({ state }) => state !== 'cancelled');
  const several = (agreement ? detail.payments : detail.planned).length > 1;
  return (
    <Card title="Convention et versements">
      <div className={`${css.body} stack`}>
        {!agreement && detail.held.length > 0 && (
          <ul className={css.reasons}>
            {detail.held.map((words) => (
              <li key={words} className="small">
                {words}
              </li>
            ))}
          </ul>
        )}
        {!agreement && detail.held.length === 0 && (
          <Note tone="success">
            Les montants sont prêts : {euros(money.totalCents)}
            {several && ` (${detail.planned.map((one) => euros(one.cents)).join(' puis ')})`}.
          </Note>
        )}
        {!agreement && money.may.fund && (
          <div>
            <Button disabled={detail.held.length > 0} onClick={() => open('convention')}>
              Établir la convention
            </Button>
          </div>
        )}
        {agreement && (
          <div className="stack tight">
            <div className="row wrap">
              <PaperLink project={project} paper={agreement.paper} reference={agreement.reference} />
              <Tag tone={agreementStates[agreement.state].tone}>{agreementStates[agreement.state].words}</Tag>
              <span className="grow" />
              <b className="num">{euros(agreement.amountCents)}</b>
            </div>
            {agreement.signedOn && (
              <p className="small dim">
                Le {sayDate(agreement.signedOn)}, par {agreement.signedTeam} pour l’équipe et {agreement.signedRegion}{' '}
                pour l’Agence.
              </p>
            )}
            {money.may.fund && (
              <div className="row wrap">
                {agreement.state === 'issued' && (
                  <Button size="compact-md" onClick={() => open('signature')}>
                    Enregistrer la signature
                  </Button>
                )}
                {agreement.state === 'signed' &&
                  !detail.amendments.some(({ state }) => state === 'open' || state === 'issued') && (
                    <Button size="compact-md" variant="default" onClick={() => open('avenant')}>
                      Préparer un avenant
                    </Button>
                  )}
                {agreement.state === 'signed' && !ordered && (
                  <Button size="compact-sm" variant="subtle" loading={unsign.isPending} onClick={() => unsign.mutate()}>
                    Retirer la signature
                  </Button>
                )}
                {!ordered && (
                  <Button size="compact-sm" variant="subtle" onClick={() => open('signature:annuler')}>
                    Annuler la convention
                  </Button>
                )}
              </div>
            )}
          </div>
        )}
      </div>
      {agreement && <Amendments project={project} money={money} detail={detail} open={open} />}
      {detail.payments
        .filter((one) => one.kind === 'share' || one.cents > 0)
        .map((payment) => (
          <PaymentItem key={payment.number} money={money} payment={payment} open={open} />
        ))}
      {agreement?.state === 'signed' && (
        <div className={`${own.quote} stack tight`} style={{ padding: '10px 16px 14px' }}>
          <div className="row wrap">
            <b>Certificat de service fait</b>
            <span className="grow" />
            {detail.certificate && (
              <PaperLink project={project} paper={detail.certificate.paper} reference={detail.certificate.reference} />
            )}
          </div>
          {!detail.certificate && !detail.reported && (
            <p className="small dim">Il s’établit après le procès-verbal d’achèvement.</p>
          )}
          {money.may.fund && detail.reported && (
            <div>
              <Button
                size="compact-md"
                variant={detail.certificate ? 'subtle' : 'filled'}
                onClick={() => open('certificat')}
              >
                {detail.certificate ? 'Établir une nouvelle version' : 'Établir le certificat'}
              </Button>
            </div>
          )}
        </div>
      )}
      {former.length > 0 && (
        <div className={css.body}>
          <details>
            <summary className="small" style={{ cursor: 'pointer' }}>
              Conventions annulées
            </summary>
            <ul className={own.history}>
              {former.map((one) => (
                <li key={one.version} className="small row wrap">
                  <PaperLink project={project} paper={one.paper} reference={one.reference} />{' '}
                  <span className="num">{euros(one.amountCents)}</span> <span>{one.reason}</span>
                </li>
              ))}
            </ul>
          </details>
        </div>
      )}
    </Card>
  );
}
