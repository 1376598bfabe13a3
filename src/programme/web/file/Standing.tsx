import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call, queries, Refusal, urlOf } from '../../../web/api.ts';
import { Card, ProgressBar } from '../../../web/ui/bits.tsx';
import { DownloadIcon, SendIcon, UndoIcon } from '../../../web/ui/icons.ts';
import { ErrorState, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { Rules } from '../rules.tsx';
import { type Application, sayInstant } from '../words.ts';
import { Renounce } from '../places/Renounce.tsx';
import { OutcomeTag } from './MyCalls.tsx';
import type { OwnFile } from './use-file.ts';

interface Reason {
  kind: 'late' | 'field' | 'document' | 'rule';
  id: string;
  words: string;
  mend: string;
}
const verdicts = {
  eligible: 'Votre équipe peut candidater',
  'not-eligible': 'En l’état, votre équipe ne peut pas candidater',
  unknown: 'Complétez le dossier pour le savoir',
} as const;

/** Where the file stands: how complete, eligible or not and why, submitted or not, decided or not. */
export function Standing({ application, file }: { application: Application; file: OwnFile }) {
  const { id, state, missing, eligibility, may, open, submissions, told, edition } = application;
  const current = submissions.at(-1);
  const refresh = () => {
    void file.query.refetch();
    void queries.invalidateQueries({ queryKey: [programmeContract.mine.path] });
  };
  const submit = useMutation({
    mutationFn: async () => {
      await file.flush();
      if (file.divided())
        throw new Refusal(
          409,
          'Une saisie à choisir',
          'Un champ a deux versions : choisissez laquelle garder, puis déposez.',
        );
      return call(programmeContract.submit, { params: { application: id } });
    },
    onSuccess: refresh,
  });
  const withdraw = useMutation({
    mutationFn: () => call(programmeContract.withdraw, { params: { application: id } }),
    onSuccess: () => {
      refresh();
      done(
        'Candidature retirée. Le dossier est de nouveau à vous.',
        open ? () => call(programmeContract.submit, { params: { application: id } }).then(refresh) : undefined,
        'Candidature déposée de nouveau.',
      );
    },
    onError: failed,
  });
  const reasons = submit.error instanceof Refusal ? (submit.error.extra.reasons as Reason[] | undefined) : undefined;
  const link = ({ kind, id: to }: Reason) =>
    kind === 'field'
      ? `#champ-${to}`
      : kind === 'document'
        ? `#piece-${to}`
        : kind === 'rule'
          ? '#eligibilite'
          : undefined;
  return (
    <>
      {told && (
        <Card title="Décision" action={<OutcomeTag outcome={told.outcome} />}>
          <div className={`${css.body} stack`}>
            <p className="small dim">
              Notifiée le {sayInstant(told.at)}
              {told.rank !== null && ` · rang ${told.rank}`}
              {told.waiting !== null && ` · place ${told.waiting} sur la liste d’attente`}
            </p>
            <ul className={css.steps}>
              {told.words.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
            {told.letter && (
              <a href={`/api/programme/letters/${told.letter}/pdf`} target="_blank" rel="noreferrer" className="row">
                <DownloadIcon size={16} /> Courrier de décision (PDF)
              </a>
            )}
            {told.renouncedAt ? (
              <Note tone="warning">Votre équipe s’est désistée le {sayInstant(told.renouncedAt)}.</Note>
            ) : (
              may.manage &&
              told.outcome !== 'refused' && <Renounce application={id} outcome={told.outcome} again={refresh} />
            )}
          </div>
        </Card>
      )}
      {state === 'submitted' && current ? (
        <Card title="Candidature déposée">
          <div className={`${css.body} stack`}>
            <div>
              <div className="dim small">Récépissé</div>
              <div className={css.receipt}>{current.receipt}</div>
              <div className="small">
                le {sayInstant(current.at)}, par {current.by}
              </div>
            </div>
            <div className="row wrap">
              <Button
                component="a"
                href={urlOf(programmeContract.receipt, { params: { application: id, number: current.number } })}
                target="_blank"
                rel="noreferrer"
                variant="default"
                leftSection={<DownloadIcon size={16} />}
              >
                Récépissé (PDF)
              </Button>
              {may.manage && !told && (
                <Button
                  variant="subtle"
                  color="red"
                  leftSection={<UndoIcon size={16} />}
                  loading={withdraw.isPending}
                  onClick={() => withdraw.mutate()}
                >
                  Retirer la candidature
                </Button>
              )}
            </div>
            {may.manage && !told && (
              <p className="dim small">
                {open
                  ? 'Retirée, elle peut être modifiée et déposée de nouveau avant la date limite.'
                  : 'L’appel est clos : une candidature retirée ne pourra plus être déposée.'}
              </p>
            )}
          </div>
        </Card>
      ) : (
        <Card title="Où en est le dossier">
          <div className={`${css.body} stack`}>
            <ProgressBar share={missing.share} label="Dossier rempli" />
            {missing.fields.length + missing.documents.length > 0 && (
              <details>
                <summary className="small">
                  Il manque {missing.fields.length} {missing.fields.length > 1 ? 'réponses' : 'réponse'} et{' '}
                  {missing.documents.length} {missing.documents.length > 1 ? 'pièces' : 'pièce'}
                </summary>
                <ul className={css.steps} style={{ marginTop: 8 }}>
                  {missing.fields.map((one) => (
                    <li key={one.id} className="small">
                      <a href={`#champ-${one.id}`}>{one.label}</a>
                    </li>
                  ))}
                  {missing.documents.map((one) => (
                    <li key={one.id} className="small">
                      <a href={`#piece-${one.id}`}>{one.label}</a>
                    </li>
                  ))}
                </ul>
              </details>
            )}
            {state === 'withdrawn' && current && (
              <Note tone="info">
                Candidature {current.receipt} retirée le {sayInstant(current.withdrawnAt ?? current.at)}.{' '}
                {open ? 'Vous pouvez la modifier et la déposer de nouveau.' : ''}
              </Note>
            )}
            {reasons ? (
              <Note tone="danger" live>
                <b>La candidature n’est pas déposée. Rien n’est perdu.</b>
                <ol className={css.reasons} style={{ marginTop: 8 }}>
                  {reasons.map((reason) => (
                    <li key={reason.kind + reason.id}>
                      {link(reason) ? <a href={link(reason)}>{reason.words}</a> : reason.words}{' '}
                      <span className="dim">{reason.mend}</span>
                    </li>
                  ))}
                </ol>
              </Note>
            ) : (
              submit.error && <ErrorState compact error={submit.error} />
            )}
            {may.manage ? (
              <Button
                leftSection={<SendIcon size={16} />}
                loading={submit.isPending}
                onClick={() => submit.mutate()}
                disabled={!open}
              >
                Déposer la candidature
              </Button>
            ) : (
              <p className="dim small">
                La candidature est déposée par le coordinateur ou un responsable de la structure.
              </p>
            )}
            {!open && (
              <p className="dim small">L’appel est clos. Le dossier reste ici et peut servir pour un prochain appel.</p>
            )}
          </div>
        </Card>
      )}
      <Card title="Éligibilité" id="eligibilite">
        <p className={css.body} style={{ paddingBottom: 4 }} data-verdict={eligibility.verdict}>
          <b>{verdicts[eligibility.verdict]}</b>
        </p>
        <Rules results={eligibility.results} edition={edition} />
      </Card>
      {submissions.length > 1 && (
        <Card title="Dépôts" count={submissions.length}>
          <ul className={`plain ${css.rules}`}>
            {submissions.toReversed().map((one) => (
              <li key={one.number} className="small">
                <a
                  href={urlOf(programmeContract.receipt, { params: { application: id, number: one.number } })}
                  target="_blank"
                  rel="noreferrer"
                >
                  {one.receipt}
                </a>{' '}
                <span className="dim">
                  le {sayInstant(one.at)}
                  {one.withdrawnAt && `, retirée le ${sayInstant(one.withdrawnAt)}`}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
