import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal, urlOf } from '../../../web/api.ts';
import { sayDateTime, tied } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { DocumentIcon } from '../../../web/ui/icons.ts';
import { Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import type { Project } from '../projects/tabs.ts';
import type { SheetForm } from './use-sheet.ts';
import { changedGatherings, type Completion } from './words.ts';

/** Where the report stands: what it lacks, its paper, who signed. */
export function CompletionSide({
  project,
  completion,
  form,
}: {
  project: Project;
  completion: Completion;
  form: SheetForm;
}) {
  const [remarks, setRemarks] = useState('');
  const params = { project: project.id };
  const issue = useMutation({
    mutationFn: async () => {
      await form.flush();
      if (form.held())
        throw new Refusal(
          409,
          'Une saisie à choisir',
          'Un champ n’est pas enregistré, ou a deux versions : choisissez laquelle garder, puis émettez.',
        );
      return call(programmeContract.issueCompletion, { params });
    },
    onSuccess: ({ reference, version }) => {
      void changedGatherings();
      done(`Procès-verbal émis et signé : ${reference}${version > 1 ? `, version ${version}` : ''}.`);
    },
    onError: changedGatherings,
  });
  const sign = useMutation({
    mutationFn: () =>
      call(programmeContract.signCompletion, { params, body: { version: completion.issued!.version, remarks } }),
    onSuccess: ({ reference, version }) => {
      void changedGatherings();
      done(`Procès-verbal signé pour l’équipe : ${reference}, version ${version}.`);
    },
    onError: changedGatherings,
  });
  const { issued, signatures, may } = completion;
  const refusal = [issue.error, sign.error].find((one) => one instanceof Refusal) as Refusal | undefined;
  return (
    <Card title="Procès-verbal d’achèvement">
      <div className={`${css.body} stack`}>
        {issued ? (
          <>
            <a
              className="row"
              href={urlOf(programmeContract.paperPdf, { params: { project: project.id, paper: issued.paper } })}
              target="_blank"
              rel="noreferrer"
            >
              <DocumentIcon size={16} /> {issued.reference}
              {issued.version > 1 && `, version ${issued.version}`}
            </a>
            <dl className={css.lines}>
              <dt>Consultant</dt>
              <dd>
                {signatures.consultant
                  ? `${signatures.consultant.name}, ${sayDateTime(signatures.consultant.at)}`
                  : 'non signé'}
              </dd>
              <dt>Équipe</dt>
              <dd>{signatures.team ? `${signatures.team.name}, ${sayDateTime(signatures.team.at)}` : 'à signer'}</dd>
            </dl>
            {completion.changed && <Tag tone="warning">corrigé, à émettre de nouveau</Tag>}
          </>
        ) : (
          <p className="small dim">
            Il constate l’installation et le bon usage pluriprofessionnel. L’ARS le lit, puis certifie le service fait
            et verse le solde.
          </p>
        )}
        {completion.blockers.length > 0 && project.state === 'open' && (
          <>
            <p className="small">Pour l’émettre :</p>
            <ul className={css.reasons}>
              {completion.blockers.map((words) => (
                <li key={words} className="small">
                  {tied(words)}
                </li>
              ))}
            </ul>
          </>
        )}
        {refusal && (
          <Note tone="danger" live>
            {refusal.message}
          </Note>
        )}
        {may.issue && (!issued || completion.changed) && (
          <div>
            <Button
              variant={completion.blockers.length ? 'default' : 'filled'}
              loading={issue.isPending}
              onClick={() => issue.mutate()}
            >
              {issued ? 'Signer et émettre la version suivante' : 'Signer et émettre'}
            </Button>
          </div>
        )}
        {may.sign && (
          <>
            <Textarea
              label="Remarques de l’équipe (facultatif)"
              autosize
              minRows={2}
              value={remarks}
              onChange={(event) => setRemarks(event.currentTarget.value)}
            />
            <div>
              <Button loading={sign.isPending} onClick={() => sign.mutate()}>
                Signer pour l’équipe
              </Button>
            </div>
          </>
        )}
      </div>
    </Card>
  );
}
