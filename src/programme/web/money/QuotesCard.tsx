import { Button, FileButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call, upload, urlOf } from '../../../web/api.ts';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { CheckIcon, DocumentIcon, EditIcon, ImportIcon, PlusIcon, UploadIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { euros } from '../words.ts';
import own from './money.module.css';
import { QuoteLines } from './QuoteLines.tsx';
import { changedMoney, type Detail, type Money, type Quote, type QuoteLine, quoteStates, settled } from './words.ts';

/** Quotes of a project: what is offered, what is kept, and each line validated or refused. */
export function QuotesCard({
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
  const over = money.basis === 'cost' && money.payableCents > money.ceilingCents;
  const paper = useMutation({
    mutationFn: () => call(programmeContract.issueQuotesPaper, { params: { project }, body: { stamp: detail.stamp } }),
    onSuccess: ({ reference }) => {
      changedMoney();
      done(`Récapitulatif ${reference} établi : il est dans les documents du projet.`);
    },
    onError: (error) => {
      changedMoney();
      failed(error);
    },
  });
  const add = money.may.offer && !settled(detail) && (
    <div className="row wrap">
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<ImportIcon size={14} />}
        onClick={() => open('importer')}
      >
        Importer
      </Button>
      <Button
        size="compact-sm"
        variant="light"
        leftSection={<PlusIcon size={14} />}
        onClick={() => open('devis:nouveau')}
      >
        Saisir un devis
      </Button>
    </div>
  );
  return (
    <Card title="Devis" count={detail.quotes.length} action={add}>
      {detail.quotes.length === 0 && (
        <EmptyState
          icon={DocumentIcon}
          title={money.basis === 'flat' ? 'Aucun devis n’est nécessaire' : 'Aucun devis encore'}
        >
          {money.basis === 'flat'
            ? 'L’appel finance un forfait. Un devis sert ici à garder le prix de l’abonnement.'
            : 'Un devis se saisit ligne à ligne, s’importe d’un tableur, ou vient de l’éditeur sollicité. Retenez-le, puis validez ses lignes.'}
        </EmptyState>
      )}
      {over && (
        <div className={css.body} style={{ paddingTop: 12 }}>
          <Note tone="warning">
            Les lignes finançables ({euros(money.payableCents)}) dépassent le plafond ({euros(money.ceilingCents)}) : le
            financement est limité au plafond. L’équipe prend {euros(money.payableCents - money.ceilingCents)} à sa
            charge.
          </Note>
        </div>
      )}
      {detail.quotes.map((quote) => (
        <QuoteItem key={quote.id} project={project} quote={quote} flat={money.basis === 'flat'} open={open} />
      ))}
      {money.may.validate && (detail.quotes.length > 0 || money.basis === 'flat') && (
        <div className={own.acts} style={{ borderTop: '1px solid var(--line)', paddingTop: 14 }}>
          <Button
            size="compact-md"
            variant="default"
            leftSection={<DocumentIcon size={15} />}
            disabled={detail.pending > 0}
            loading={paper.isPending}
            onClick={() => paper.mutate()}
          >
            {money.basis === 'flat'
              ? 'Établir le récapitulatif du montant'
              : 'Établir le récapitulatif des devis validés'}
          </Button>
          {detail.pending > 0 && (
            <span className="small dim" style={{ alignSelf: 'center' }}>
              {sayCount(detail.pending, 'ligne à valider ou à refuser', 'lignes à valider ou à refuser')}
            </span>
          )}
        </div>
      )}
    </Card>
  );
}

function QuoteItem({
  project,
  quote,
  flat,
  open,
}: {
  project: string;
  quote: Quote;
  flat: boolean;
  open: (volet: string) => void;
}) {
  const params = { project, quote: quote.id };
  const state = quoteStates[quote.state];
  const set = (next: Quote['state'], seen: number) =>
    call(programmeContract.setQuoteState, { params, body: { seen, state: next } }).then(changedMoney);
  const turn = useMutation({
    mutationFn: (next: Quote['state']) => set(next, quote.revision),
    onSuccess: (_, next) =>
      done(
        next === 'accepted'
          ? `Le devis ${quote.number} est retenu.`
          : next === 'withdrawn'
            ? `Le devis ${quote.number} est retiré.`
            : `Le devis ${quote.number} est de nouveau proposé.`,
        () => set(quote.state, quote.revision + 1),
        'Annulé.',
      ),
    onError: (error) => {
      changedMoney();
      failed(error);
    },
  });
  type Given = { line: string; decision: QuoteLine['decision']; reason: string };
  const send = (lines: Given[], seen: number) =>
    call(programmeContract.decideLines, { params, body: { seen, lines } }).then(changedMoney);
  const decide = useMutation({
    mutationFn: (lines: Given[]) => send(lines, quote.revision),
    onSuccess: (_, lines) => {
      const before = lines
        .map(({ line }) => quote.lines.find(({ id }) => id === line)!)
        .map(({ id, decision, reason }) => ({ line: id, decision, reason }));
      done(
        lines.length > 1
          ? `${lines.length} lignes validées.`
          : lines[0]!.decision === 'validated'
            ? 'Ligne validée.'
            : 'Ligne de nouveau à valider.',
        () => send(before, quote.revision + 1),
        'Annulé.',
      );
    },
    onError: (error) => {
      changedMoney();
      failed(error);
    },
  });
  const waiting = quote.lines.filter(({ fate }) => fate === 'pending');
  const acts = quote.may.decide
    ? (line: QuoteLine) =>
        line.fate === 'pending' ? (
          <span className="row wrap">
            <Button
              size="compact-sm"
              variant="light"
              leftSection={<CheckIcon size={14} />}
              disabled={decide.isPending}
              aria-label={`Valider : ${line.label}`}
              onClick={() => decide.mutate([{ line: line.id, decision: 'validated', reason: '' }])}
            >
              Valider
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              aria-label={`Refuser : ${line.label}`}
              onClick={() => open(`refuser:${quote.id}:${line.id}`)}
            >
              Refuser
            </Button>
          </span>
        ) : line.decision !== 'pending' ? (
          <Button
            size="compact-sm"
            variant="subtle"
            disabled={decide.isPending}
            aria-label={`Revenir sur : ${line.label}`}
            onClick={() => decide.mutate([{ line: line.id, decision: 'pending', reason: '' }])}
          >
            Revenir
          </Button>
        ) : null
    : undefined;
  return (
    <article className={own.quote} aria-label={`Devis ${quote.number}, ${quote.vendor}`}>
      <div className={own.quoteHead}>
        <h3>{quote.vendor}</h3>
        <span className="num">{quote.number}</span>
        <span className="dim small">du {sayDate(quote.dated)}</span>
        <Tag tone={state.tone}>{state.words}</Tag>
        {quote.version > 1 && (
          <Tag
            title={quote.versions
              .map((one) => `version ${one.version} : ${euros(one.totalCents)}, ${one.by}`)
              .join('\n')}
          >
            version {quote.version}
          </Tag>
        )}
        {quote.theirs && <Tag>saisi par l’éditeur</Tag>}
        <span className="grow" />
        <WhoWhen who={{ name: quote.by, role: '' }} when={quote.at} short />
      </div>
      {quote.note && (
        <p className={`small dim ${css.body}`} style={{ whiteSpace: 'pre-line' }}>
          {quote.note}
        </p>
      )}
      {quote.state !== 'withdrawn' && <QuoteLines quote={quote} acts={acts} flat={flat} />}
      <div className={own.acts}>
        {quote.may.keep && quote.state === 'proposed' && (
          <Button size="compact-md" loading={turn.isPending} onClick={() => turn.mutate('accepted')}>
            Retenir ce devis
          </Button>
        )}
        {quote.may.decide && waiting.length > 1 && (
          <Button
            size="compact-md"
            loading={decide.isPending}
            onClick={() => decide.mutate(waiting.map(({ id }) => ({ line: id, decision: 'validated', reason: '' })))}
          >
            Valider les {waiting.length} lignes
          </Button>
        )}
        {quote.may.keep && quote.state !== 'proposed' && (
          <Button size="compact-md" variant="default" loading={turn.isPending} onClick={() => turn.mutate('proposed')}>
            {quote.state === 'accepted' ? 'Ne plus le retenir' : 'Remettre'}
          </Button>
        )}
        {quote.may.change && quote.state !== 'withdrawn' && (
          <Button
            size="compact-md"
            variant="subtle"
            leftSection={<EditIcon size={14} />}
            onClick={() => open(`devis:${quote.id}`)}
          >
            Changer
          </Button>
        )}
        {quote.may.keep && quote.state !== 'withdrawn' && (
          <Button size="compact-md" variant="subtle" onClick={() => turn.mutate('withdrawn')}>
            Retirer
          </Button>
        )}
        <QuoteFile project={project} quote={quote} />
      </div>
    </article>
  );
}

/** The PDF of a quote: read, or joined by whoever may change it. */
export function QuoteFile({ project, quote }: { project: string; quote: Quote }) {
  const params = { project, quote: quote.id };
  const send = (file: File | null) => {
    if (!file) return;
    const form = new FormData();
    form.set('file', file);
    void upload(programmeContract.attachQuoteFile, params, form).then(() => {
      changedMoney();
      done('PDF joint au devis.');
    }, failed);
  };
  return (
    <>
      {quote.file && (
        <Button
          size="compact-md"
          variant="subtle"
          component="a"
          href={urlOf(programmeContract.quoteFile, { params })}
          target="_blank"
          rel="noreferrer"
          leftSection={<DocumentIcon size={14} />}
          aria-label={`Ouvrir le PDF du devis ${quote.number}`}
        >
          PDF
        </Button>
      )}
      {quote.may.change && quote.state !== 'withdrawn' && (
        <FileButton
          accept="application/pdf"
          onChange={send}
          inputProps={{ 'aria-label': `PDF du devis ${quote.number}` }}
        >
          {(props) => (
            <Button
              {...props}
              size="compact-md"
              variant="subtle"
              leftSection={<UploadIcon size={14} />}
              aria-label={`${quote.file ? 'Remplacer' : 'Joindre'} le PDF du devis ${quote.number}`}
            >
              {quote.file ? 'Remplacer le PDF' : 'Joindre le PDF'}
            </Button>
          )}
        </FileButton>
      )}
    </>
  );
}
