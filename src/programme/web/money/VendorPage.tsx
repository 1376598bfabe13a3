import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { call, reading } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { EditIcon, ImportIcon, PlusIcon, SendIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Failure, ListBones, Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { ImportPanel } from './ImportPanel.tsx';
import own from './money.module.css';
import { QuoteLines } from './QuoteLines.tsx';
import { QuotePanel } from './QuotePanel.tsx';
import { QuoteFile } from './QuotesCard.tsx';
import { changedMoney, type Quote, quoteStates } from './words.ts';

/** `/programme/devis`: for a vendor, the teams that ask, what they ask, the vendor's own quotes and what became of them (ACT-5). */
export default function VendorPage() {
  const [url, setUrl] = useUrl();
  const query = useQuery(reading(programmeContract.asked));
  useLive(['projects'], changedMoney);
  const [act, project = '', id = ''] = (url.volet ?? '').split(':');
  const one = query.data?.asked.find((asked) => asked.project === project);
  const quote = one?.quotes.find((found) => found.id === id);
  const close = () => setUrl({ volet: undefined });
  return (
    <div className="page">
      <title>Devis · Estran</title>
      <header className="page-head">
        <div className={css.title}>
          <h1>Devis</h1>
          <p className="dim">
            Les équipes qui vous sollicitent, vos devis et ce qu’ils deviennent. Vous ne voyez ni le projet ni les devis
            des autres éditeurs.
          </p>
        </div>
      </header>
      <Failure of={query} />
      {query.isPending && <ListBones rows={6} />}
      {query.data?.asked.length === 0 && (
        <EmptyState icon={SendIcon} title="Aucune équipe ne vous sollicite aujourd’hui">
          Le consultant d’une équipe vous ajoute à son projet ; sa demande s’affiche alors ici.
        </EmptyState>
      )}
      <div className="stack loose">
        {query.data?.asked.map((asked) => (
          <Card
            key={asked.project}
            title={asked.team}
            count={asked.quotes.length ? `${asked.quotes.length} devis` : undefined}
            action={
              asked.open ? (
                <div className="row wrap">
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    leftSection={<ImportIcon size={14} />}
                    onClick={() => setUrl({ volet: `importer:${asked.project}` })}
                    aria-label={`Importer un devis pour ${asked.team}`}
                  >
                    Importer
                  </Button>
                  <Button
                    size="compact-sm"
                    variant="light"
                    leftSection={<PlusIcon size={14} />}
                    onClick={() => setUrl({ volet: `devis:${asked.project}` })}
                    aria-label={`Saisir un devis pour ${asked.team}`}
                  >
                    Saisir un devis
                  </Button>
                </div>
              ) : (
                <Tag>choix terminé</Tag>
              )
            }
          >
            <div className={css.body}>
              <p className="small dim">Demande du {sayDate(asked.at)}</p>
              {asked.words && (
                <p className={css.text} style={{ whiteSpace: 'pre-line' }}>
                  {asked.words}
                </p>
              )}
            </div>
            {asked.quotes.length === 0 && <Nothing>Vous n’avez pas encore proposé de devis.</Nothing>}
            {asked.quotes.map((found) => (
              <OwnQuote
                key={found.id}
                project={asked.project}
                quote={found}
                change={() => setUrl({ volet: `devis:${asked.project}:${found.id}` })}
              />
            ))}
          </Card>
        ))}
      </div>
      {one?.open && act === 'devis' && (id === '' || quote?.may.change) && (
        <QuotePanel key={`${project}:${id}`} project={project} quote={quote} onClose={close} />
      )}
      {one?.open && act === 'importer' && <ImportPanel project={project} onClose={close} />}
    </div>
  );
}

function OwnQuote({ project, quote, change }: { project: string; quote: Quote; change: () => void }) {
  const state = quoteStates[quote.state];
  const set = (next: Quote['state'], seen: number) =>
    call(programmeContract.setQuoteState, { params: { project, quote: quote.id }, body: { seen, state: next } }).then(
      changedMoney,
    );
  const withdraws = quote.state === 'proposed';
  const turn = () =>
    void set(withdraws ? 'withdrawn' : 'proposed', quote.revision).then(
      () =>
        done(
          withdraws ? 'Devis retiré.' : 'Devis de nouveau proposé.',
          () => set(quote.state, quote.revision + 1),
          'Annulé.',
        ),
      failed,
    );
  return (
    <article className={own.quote} aria-label={`Devis ${quote.number}`}>
      <div className={own.quoteHead}>
        <h3 className="num">{quote.number}</h3>
        <span className="dim small">
          {quote.vendor}, du {sayDate(quote.dated)}
        </span>
        <Tag tone={state.tone}>{state.words}</Tag>
        {quote.version > 1 && <Tag>version {quote.version}</Tag>}
      </div>
      {quote.state !== 'withdrawn' && <QuoteLines quote={quote} />}
      <div className={own.acts}>
        {quote.may.change && quote.state === 'proposed' && (
          <Button size="compact-md" variant="subtle" leftSection={<EditIcon size={14} />} onClick={change}>
            Changer
          </Button>
        )}
        {(quote.may.change || quote.state === 'withdrawn') && (
          <Button size="compact-md" variant="subtle" onClick={turn}>
            {withdraws ? 'Retirer' : 'Remettre'}
          </Button>
        )}
        <QuoteFile project={project} quote={quote} />
      </div>
    </article>
  );
}
