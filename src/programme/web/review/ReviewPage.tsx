import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { z } from 'zod';
import { call, queries, reading, Refusal, urlOf, failureOf } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { sayAgo } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { DocumentIcon, ScaleIcon } from '../../../web/ui/icons.ts';
import { useKeys } from '../../../web/ui/keys.ts';
import { Bone, Failure, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { type AnswerValue, programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { Rules } from '../rules.tsx';
import { type RuleLine, sayInstant, sayValue, sayWeight } from '../words.ts';
import { sayMark, VerdictTag } from './FilesPage.tsx';
import { ScoreForm } from './ScoreForm.tsx';

export type Review = z.infer<typeof programmeContract.file.reply>;
export const reviewChanged = () => {
  void queries.invalidateQueries({ queryKey: [programmeContract.file.path] });
  void queries.invalidateQueries({ queryKey: [programmeContract.files.path] });
  void queries.invalidateQueries({ queryKey: [programmeContract.ranking.path] });
};

/** `/programme/dossiers/$application`: one application beside the rules (AAP-10): facts and documents on the left; verdict, ranking, scores on the right. */
export default function ReviewPage() {
  const { application: id } = useParams({ strict: false }) as { application: string };
  const query = useQuery(reading(programmeContract.file, { params: { application: id } }));
  const navigate = useNavigate();
  useLive(['files'], () => void query.refetch());
  const review = query.data;
  const go = (to: string | null | undefined) => to && void navigate({ to: `/programme/dossiers/${to}` as string });
  useKeys({ j: () => go(review?.after), k: () => go(review?.before) });
  if (failureOf(query)) return <Failure of={query} />;
  if (!review)
    return (
      <div className="page" role="status" aria-label="Chargement">
        <Bone h={420} />
      </div>
    );
  const { edition, answers } = review;
  const labels = new Map(edition.documents.map((one) => [one.id, one.label]));
  return (
    <div className="page">
      <title>{`${review.team} · Estran`}</title>
      <header className="page-head">
        <div className={css.title}>
          <p className="small">
            <Link to={'/programme/dossiers' as string} search={{ appel: edition.id } as never}>
              {edition.title}
            </Link>
          </p>
          <h1>
            {review.team} <VerdictTag verdict={review.verdict} />
          </h1>
          <p className="dim small">
            {review.submission.receipt} · déposée le {sayInstant(review.submission.at)} par {review.submission.by} ·
            version {review.version} de l’appel
          </p>
        </div>
        <div className="row">
          <Button variant="default" disabled={!review.before} onClick={() => go(review.before)}>
            Précédent
          </Button>
          <Button variant="default" disabled={!review.after} onClick={() => go(review.after)}>
            Suivant
          </Button>
        </div>
      </header>
      <div className={css.two}>
        <div className="stack loose">
          <Card title="Pièces" count={review.documents.length}>
            <ul className={`plain ${css.body} stack tight`}>
              {review.documents.map((one) => (
                <li key={one.id} className={css.file}>
                  <DocumentIcon size={16} />
                  <a
                    href={urlOf(programmeContract.document, { params: { application: id, document: one.id } })}
                    target="_blank"
                    rel="noreferrer"
                  >
                    {labels.get(one.document) ?? one.document}
                    <span className="dim"> : {one.name}</span>
                  </a>
                  <span className="dim tiny nowrap">{sayWeight(one.size)}</span>
                </li>
              ))}
            </ul>
          </Card>
          {edition.sections.map((section) => {
            const told = section.fields.filter((field) => sayValue(field, answers[field.id] as AnswerValue));
            if (!told.length) return null;
            return (
              <Card key={section.id} title={section.title}>
                <dl className={`${css.lines} ${css.body}`}>
                  {told.map((field) => (
                    <div key={field.id} style={{ display: 'contents' }}>
                      <dt>{field.label}</dt>
                      <dd>{sayValue(field, answers[field.id] as AnswerValue)}</dd>
                    </div>
                  ))}
                </dl>
              </Card>
            );
          })}
        </div>
        <div className="stack loose">
          <Card title="Éligibilité" action={<VerdictTag verdict={review.verdict} />}>
            <Rules
              results={review.results}
              edition={edition}
              after={(rule) => <Overruled review={review} rule={rule} />}
            />
          </Card>
          <Card title="Points du classement">
            <ul className={`plain ${css.rules}`}>
              {review.criteria.map((one) => (
                <li key={one.id}>
                  <div className="row between">
                    <b>{one.title}</b>
                    <span className="num">
                      {one.points} {one.points > 1 ? 'points' : 'point'}
                    </span>
                  </div>
                  <p className="small dim">{one.words.join(', ') || 'aucun niveau atteint'}</p>
                </li>
              ))}
            </ul>
          </Card>
          <ScoreForm review={review} />
          {(review.others.length > 0 || review.mark !== null) && (
            <Card
              title="Notes des autres"
              action={review.mark !== null && <Tag tone="info">moyenne {sayMark(review.mark)}</Tag>}
            >
              <ul className={`plain ${css.rules}`}>
                {review.others.map((other) => (
                  <li key={other.reviewer}>
                    <div className="row between">
                      <b>{other.reviewer}</b>
                      <span className="num">{other.mark === null ? 'incomplète' : sayMark(other.mark)}</span>
                    </div>
                    {other.scores.map((score) => (
                      <p key={score.criterion} className="small">
                        {edition.review.find((item) => item.id === score.criterion)?.title} :{' '}
                        <b className="num">{score.points}</b>. <span className="dim">{score.reason}</span>
                      </p>
                    ))}
                  </li>
                ))}
              </ul>
            </Card>
          )}
          <Interest review={review} />
        </div>
      </div>
    </div>
  );
}

/** What was answered in a rule's place, with the reason; and the officer's act. */
function Overruled({ review, rule }: { review: Review; rule: RuleLine }) {
  const full = review.results.find((one) => one.id === rule.id)!;
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const standing = full.overrules.at(-1)?.answer ?? null;
  const next = standing !== null ? null : full.own === 'yes' ? 'no' : 'yes';
  const save = useMutation({
    mutationFn: () =>
      call(programmeContract.overrule, {
        params: { application: review.id },
        body: { rule: rule.id, answer: next, reason },
      }),
    onSuccess: () => {
      setOpen(false);
      setReason('');
      reviewChanged();
      done(next === null ? 'La règle décide de nouveau.' : 'Règle tranchée, avec votre motif.');
    },
  });
  return (
    <>
      {full.overrules.map((past) => (
        <p key={past.at} className="small">
          <Tag tone="info">
            {past.answer === null
              ? 'rendue à la règle'
              : past.answer === 'yes'
                ? 'tranchée : remplie'
                : 'tranchée : non remplie'}
          </Tag>{' '}
          {past.reason}{' '}
          <span className="dim">
            {past.by}, {sayAgo(past.at)}
          </span>
        </p>
      ))}
      {review.may.overrule && !open && (
        <div>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<ScaleIcon size={14} />}
            onClick={() => setOpen(true)}
          >
            {next === null ? 'Revenir à la règle' : next === 'no' ? 'Trancher : non remplie' : 'Trancher : remplie'}
          </Button>
        </div>
      )}
      {open && (
        <form
          className="stack"
          style={{ gap: 8 }}
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate();
          }}
        >
          <Textarea
            label="Motif"
            description="Conservé et montré avec la règle."
            data-autofocus
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={save.error instanceof Refusal ? (save.error.fields.reason ?? save.error.message) : undefined}
          />
          <div className="row">
            <Button type="submit" size="compact-md" loading={save.isPending} disabled={reason.trim().length < 10}>
              {next === null ? 'Revenir à la règle' : next === 'no' ? 'Dire non remplie' : 'Dire remplie'}
            </Button>
            <Button size="compact-md" variant="subtle" onClick={() => setOpen(false)}>
              Fermer
            </Button>
          </div>
        </form>
      )}
    </>
  );
}

/** A link with this team: declared, one no longer scores it and sees none of its figures. */
function Interest({ review }: { review: Review }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const back = () =>
    call(programmeContract.withdrawInterest, { params: { application: review.id } }).then(reviewChanged);
  const declare = useMutation({
    mutationFn: () => call(programmeContract.declareInterest, { params: { application: review.id }, body: { reason } }),
    onSuccess: () => {
      setOpen(false);
      reviewChanged();
      done('Lien déclaré. Vous ne notez pas cette équipe.', back, 'Déclaration retirée.');
    },
    onError: failed,
  });
  return (
    <Card title="Conflit d’intérêts">
      <div className={`${css.body} stack`}>
        {review.interests.map((one) => (
          <p key={one.reviewer} className="small">
            <b>{one.reviewer}</b> a déclaré un lien {sayAgo(one.at)} : {one.reason}
          </p>
        ))}
        {review.interest ? (
          <Note
            tone="info"
            action={
              <Button size="compact-sm" variant="default" onClick={() => void back().catch(failed)}>
                Retirer ma déclaration
              </Button>
            }
          >
            Vous avez déclaré un lien {sayAgo(review.interest.at)} : {review.interest.reason} Vous ne notez pas cette
            équipe, et ses chiffres ne vous sont pas montrés.
          </Note>
        ) : open ? (
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              declare.mutate();
            }}
          >
            <Textarea
              label="Quel lien avez-vous avec cette équipe ?"
              autosize
              minRows={2}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <div className="row">
              <Button type="submit" size="compact-md" loading={declare.isPending} disabled={reason.trim().length < 3}>
                Déclarer ce lien
              </Button>
              <Button size="compact-md" variant="subtle" onClick={() => setOpen(false)}>
                Fermer
              </Button>
            </div>
          </form>
        ) : (
          <div className="row between wrap">
            <span className="dim small">
              Un lien avec cette équipe ? Vos notes ne compteront pas et ses chiffres ne vous seront pas montrés.
            </span>
            <Button size="compact-md" variant="default" onClick={() => setOpen(true)}>
              Déclarer un lien
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}
