import { ActionIcon } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { call, reading, upload, urlOf } from '../../../web/api.ts';
import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { DocumentIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import { EmptyState, ErrorState, ListBones, Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { AttachPdf } from '../AttachPdf.tsx';
import { MailsCard } from '../MailsCard.tsx';
import css from '../programme.module.css';
import type { Project } from './tabs.ts';
import { changedProject } from './words.ts';

/** Official papers, numbered and versioned; files that were joined; mails that left. */
export default function DocumentsTab({ project }: { project: Project }) {
  const query = useQuery(reading(programmeContract.papers, { params: { project: project.id } }));
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <ListBones rows={6} />;
  const { papers, files } = query.data;
  const labels = new Map(
    project.steps.flatMap(({ deliverables }) => deliverables.map((one) => [one.kind, one.label] as const)),
  );
  const newest = (reference: string) =>
    Math.max(...papers.filter((one) => one.reference === reference).map(({ version }) => version));
  const turn = (file: string, on: boolean) =>
    call(on ? programmeContract.restoreProjectFile : programmeContract.removeProjectFile, {
      params: { project: project.id, file },
    }).then(changedProject);
  return (
    <div className="stack loose">
      <Card title="Documents produits" count={papers.length}>
        {papers.length === 0 && (
          <EmptyState icon={DocumentIcon} title="Aucun document encore">
            Invitations, comptes rendus, convention, procès-verbal : chacun est produit des données du projet, numéroté
            et gardé avec ses versions.
          </EmptyState>
        )}
        <div className={css.body}>
          {papers.map((paper) => (
            <div key={paper.id} className={css.file} style={{ minHeight: 36 }}>
              <DocumentIcon size={16} />
              <a
                href={urlOf(programmeContract.paperPdf, { params: { project: project.id, paper: paper.id } })}
                target="_blank"
                rel="noreferrer"
              >
                {paper.title}
              </a>
              <span className="dim small num nowrap">{paper.reference}</span>
              {paper.version > 1 && <Tag>version {paper.version}</Tag>}
              {paper.version < newest(paper.reference) && <Tag tone="warning">remplacée</Tag>}
              <span className="grow" />
              <WhoWhen who={{ name: paper.by, role: '' }} when={paper.at} />
            </div>
          ))}
        </div>
      </Card>
      <Card
        title="Fichiers joints"
        count={files.length}
        action={
          project.may.team &&
          project.state === 'open' && <AddFile project={project.id} kind="other" label="autre document" />
        }
      >
        {files.length === 0 && <Nothing>Aucun fichier joint.</Nothing>}
        <div className={css.body}>
          {files.map((file) => (
            <div key={file.id} className={css.file} style={{ minHeight: 36 }}>
              <DocumentIcon size={16} />
              <a
                href={urlOf(programmeContract.projectFile, { params: { project: project.id, file: file.id } })}
                target="_blank"
                rel="noreferrer"
              >
                {file.name}
              </a>
              <span className="dim small">
                {labels.get(file.kind) ??
                  (file.kind === 'evidence' ? 'Preuve d’usage' : file.kind === 'quote-file' ? 'Devis' : 'Autre')}
              </span>
              <span className="grow" />
              <WhoWhen who={{ name: file.by, role: '' }} when={file.at} short />
              {project.state === 'open' && (file.mine || project.may.support) && (
                <ActionIcon
                  size="md"
                  aria-label={`Retirer ${file.name}`}
                  onClick={() =>
                    void turn(file.id, false).then(
                      () => done('Fichier retiré.', () => turn(file.id, true), 'Fichier remis.'),
                      failed,
                    )
                  }
                >
                  <RemoveIcon size={16} />
                </ActionIcon>
              )}
            </div>
          ))}
        </div>
      </Card>
      {project.may.support && <Mails project={project} />}
    </div>
  );
}

export const AddFile = ({ project, kind, label }: { project: string; kind: string; label: string }) => (
  <AttachPdf
    plain
    document={kind}
    label={label}
    send={(form, progress) => upload(programmeContract.addProjectFile, { project }, form, progress)}
    after={changedProject}
  />
);
function Mails({ project }: { project: Project }) {
  const query = useQuery(reading(programmeContract.projectMails, { params: { project: project.id } }));
  return (
    <MailsCard
      query={query}
      send={(mail) => call(programmeContract.sendMailAgain, { params: { project: project.id, mail } })}
      changed={changedProject}
    />
  );
}
