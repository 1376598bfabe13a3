import { useQuery } from '@tanstack/react-query';
import { reading, failureOf } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { useUrl } from '../../../web/routes.tsx';
import { Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { programmeContract } from '../../contract.ts';
import type { Project } from '../projects/tabs.ts';
import { euros } from '../words.ts';
import { AgreementCard } from './AgreementCard.tsx';
import { AgreementPanel, CertificatePanel, SignPanel } from './AgreementPanels.tsx';
import {
  CancelAmendmentPanel,
  IssueAmendmentPanel,
  OpenAmendmentPanel,
  SignAmendmentPanel,
} from './AmendmentPanels.tsx';
import { AskCard } from './AskCard.tsx';
import { CeilingCard } from './CeilingCard.tsx';
import { HardwareCard } from './HardwareCard.tsx';
import { ImportPanel } from './ImportPanel.tsx';
import own from './money.module.css';
import { PaymentPanel } from './PaymentPanel.tsx';
import { QuotePanel } from './QuotePanel.tsx';
import { QuotesCard } from './QuotesCard.tsx';
import { RefusePanel } from './RefusePanel.tsx';
import { TeamPanel } from './TeamPanel.tsx';
import { changedMoney, type Money } from './words.ts';

/** The money of a project: ceiling, quotes, agreement, payments. The practice's other people see the totals. */
export default function MoneyTab({ project }: { project: Project }) {
  const [url, setUrl] = useUrl();
  const query = useQuery(reading(programmeContract.money, { params: { project: project.id } }));
  useLive(['projects'], changedMoney);
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data) return <ListBones rows={8} />;
  const money = query.data;
  const { detail } = money;
  const [act, first = '', second = ''] = (url.volet ?? '').split(':');
  const open = (volet: string) => setUrl({ volet });
  const close = () => setUrl({ volet: undefined });
  const quotes = detail && (money.basis === 'cost' || detail.quotes.length > 0 || money.may.offer);
  const requests = detail && (detail.requests.length > 0 || money.may.offer);
  const quote = detail?.quotes.find(({ id }) => id === first);
  const amendment = detail?.amendments.find(({ seq }) => String(seq) === first);
  const payment = detail?.payments.find(({ number }) => String(number) === first);
  return (
    <div className="stack loose">
      <Figures money={money} />
      {!detail && (
        <Note>
          Le détail des devis et de la convention est lu par la coordination de l’équipe et par ceux qui l’accompagnent.
        </Note>
      )}
      {detail && (
        <div className={quotes || requests ? own.two : undefined}>
          {(quotes || requests) && (
            <div className="stack loose" style={{ minWidth: 0 }}>
              {quotes && <QuotesCard project={project.id} money={money} detail={detail} open={open} />}
              {requests && <HardwareCard project={project.id} money={money} detail={detail} />}
            </div>
          )}
          <div className={quotes || requests ? own.side : own.pair}>
            <AgreementCard project={project.id} money={money} detail={detail} open={open} />
            <CeilingCard money={money} detail={detail} open={open} />
            {money.basis === 'cost' && <AskCard project={project.id} money={money} detail={detail} />}
          </div>
        </div>
      )}
      {detail && act === 'devis' && money.may.offer && (first === 'nouveau' || quote) && (
        <QuotePanel key={first} project={project.id} quote={quote} onClose={close} />
      )}
      {detail && act === 'importer' && money.may.offer && <ImportPanel project={project.id} onClose={close} />}
      {quote && act === 'refuser' && <RefusePanel project={project.id} quote={quote} line={second} onClose={close} />}
      {detail && act === 'composition' && money.may.validate && (
        <TeamPanel project={project.id} detail={detail} onClose={close} />
      )}
      {detail && act === 'convention' && money.may.fund && (
        <AgreementPanel project={project.id} money={money} detail={detail} onClose={close} />
      )}
      {detail && act === 'signature' && money.may.fund && (
        <SignPanel project={project} detail={detail} onClose={close} />
      )}
      {detail && act === 'avenant' && money.may.fund && first === '' && (
        <OpenAmendmentPanel project={project.id} onClose={close} />
      )}
      {detail && amendment && act === 'avenant' && money.may.fund && second === 'etablir' && (
        <IssueAmendmentPanel project={project.id} detail={detail} amendment={amendment} onClose={close} />
      )}
      {detail && amendment && act === 'avenant' && money.may.fund && second === 'signer' && (
        <SignAmendmentPanel project={project} detail={detail} amendment={amendment} onClose={close} />
      )}
      {amendment && act === 'avenant' && money.may.fund && second === 'abandonner' && (
        <CancelAmendmentPanel project={project.id} amendment={amendment} onClose={close} />
      )}
      {detail && act === 'certificat' && money.may.fund && (
        <CertificatePanel project={project.id} cost={money.basis === 'cost'} onClose={close} />
      )}
      {payment && act === 'versement' && money.may.order && (
        <PaymentPanel project={project.id} today={project.today} payment={payment} act={second} onClose={close} />
      )}
    </div>
  );
}

function Figures({ money }: { money: Money }) {
  const over = money.basis === 'cost' && money.payableCents > money.ceilingCents;
  const shown: [string, number, string?][] = [
    [money.basis === 'flat' ? 'Montant forfaitaire' : 'Plafond', money.ceilingCents],
    ...(money.basis === 'cost'
      ? ([
          [
            'Devis finançables',
            money.payableCents,
            over ? `${euros(money.payableCents - money.ceilingCents)} au-dessus du plafond` : undefined,
          ],
        ] as [string, number, string?][])
      : []),
    [
      money.agreed ? 'Conventionné' : 'Serait financé',
      money.totalCents,
      over && !money.agreed ? 'limité au plafond' : undefined,
    ],
    ['Ordonné', money.orderedCents],
    ['Payé', money.paidCents],
    ...(money.recoverCents > 0
      ? ([['Trop-perçu à reverser', money.recoverCents, 'par l’équipe']] as [string, number, string][])
      : []),
  ];
  return (
    <section className={`card ${own.figures}`} aria-label="Montants">
      {shown.map(([label, cents, words]) => (
        <div key={label}>
          <div className="dim small">{label}</div>
          <div className={own.figure}>{euros(cents)}</div>
          {words && <div className="small warning">{words}</div>}
        </div>
      ))}
    </section>
  );
}
