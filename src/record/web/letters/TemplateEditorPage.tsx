import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { call, reading, Refusal, urlOf, failureOf } from '../../../web/api.ts';
import { CopyIcon, DownloadIcon } from '../../../web/ui/icons.ts';
import { Bone, Failure } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { recordContract, type TemplateBody, type TemplateDetail } from '../../contract.ts';
import { EditionHead, useEdition, useKept } from '../editions/Edition.tsx';
import { useWriteOrSee } from './LetterText.tsx';
import { TemplateFacts, TemplateText } from './TemplateParts.tsx';
import { changedTemplates } from './TemplatesPage.tsx';
import { TemplateTrial } from './TemplateTrial.tsx';
import css from './letters.module.css';

const bodyOf = (one: TemplateDetail): TemplateBody => ({
  title: one.title,
  description: one.description,
  use: one.use,
  documentType: one.documentType,
  professions: one.professions,
  signers: one.signers,
  administrative: one.administrative,
  sensitive: one.sensitive,
  subject: one.subject,
  text: one.text,
});

/** `/modeles/$template`: a template, changed on the left, tried on a patient on the right. */
export default function TemplateEditorPage() {
  const { template } = useParams({ strict: false }) as { template: string };
  const query = useQuery({
    ...reading(recordContract.letterTemplate, { params: { template } }),
    refetchOnWindowFocus: false,
  });
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data)
    return (
      <div className="page" role="status" aria-label="Chargement">
        <h1 className="vh">Modèle de courrier</h1>
        <Bone h={420} />
      </div>
    );
  return <Editor key={`${template}.${query.data.version}`} detail={query.data} />;
}

function Editor({ detail }: { detail: TemplateDetail }) {
  const navigate = useNavigate();
  const view = useWriteOrSee();
  const [start] = useState(() => bodyOf(detail));
  const kept = useKept<TemplateBody>(`modele:${detail.id}`, detail.version, start);
  const { value: body, dirty } = kept;
  const set = (patch: Partial<TemplateBody>) => kept.set((now) => ({ ...now, ...patch }));
  const params = { template: detail.id };
  const edition = useEdition<TemplateDetail>(detail, kept, {
    path: '/modeles',
    list: 'Modèles de courriers',
    noun: 'Modèle',
    keptBehind: 'les courriers écrits restent lisibles.',
    changed: changedTemplates,
    change: (version) => call(recordContract.changeTemplate, { params, body: { ...body, version } }),
    publish: (template, version) => call(recordContract.publishTemplate, { params: { template }, body: { version } }),
    retire: (version, back) => call(recordContract.retireTemplate, { params, body: { version, back } }),
    drop: (version) => call(recordContract.dropTemplate, { params, body: { version } }),
  });
  const { writes, refusal } = edition;
  const copy = useMutation({
    mutationFn: () => call(recordContract.beginTemplate, { body: { from: detail.id } }),
    onSuccess: (next) => {
      changedTemplates();
      void navigate({ to: `/modeles/${next.id}` as string });
      done('Copie faite : changez-la, puis mettez-la en service.');
    },
    onError: failed,
  });
  const error = (field: string) => (refusal instanceof Refusal ? refusal.fields[field] : undefined);
  return (
    <div className="page">
      <EditionHead
        edition={edition}
        title={body.title}
        acts={
          <>
            <Button
              component="a"
              variant="subtle"
              leftSection={<DownloadIcon size={16} />}
              href={urlOf(recordContract.exportTemplate, { params })}
              download
            >
              Exporter
            </Button>
            {detail.writes && (
              <Button
                variant="subtle"
                leftSection={<CopyIcon size={16} />}
                loading={copy.isPending}
                onClick={() => copy.mutate()}
              >
                Copier
              </Button>
            )}
          </>
        }
      />
      {view.choice}
      <div className={css.two} data-shows={view.shows}>
        <div className="stack loose">
          <TemplateText detail={detail} body={body} set={set} writes={writes} error={error} dirty={dirty} />
          <TemplateFacts body={body} set={set} writes={writes} error={error} />
        </div>
        {view.shows !== 'text' && (
          <div className={css.side}>
            <TemplateTrial
              subject={body.subject}
              title={body.title}
              text={body.text}
              documentType={body.documentType}
            />
          </div>
        )}
      </div>
    </div>
  );
}
