import { useQuery } from '@tanstack/react-query';
import { call, reading, upload, urlOf, failureOf } from '../../../web/api.ts';
import { Failure, ListBones } from '../../../web/ui/states.tsx';
import { programmeContract } from '../../contract.ts';
import { AttachPdf } from '../AttachPdf.tsx';
import { MailsCard } from '../MailsCard.tsx';
import { FilesCard, PapersCard } from '../PapersAndFiles.tsx';
import type { Project } from './tabs.ts';
import { changedProject } from './words.ts';

/** Of files beside the deliverables. */
const otherLabels: Record<string, string> = { evidence: 'Preuve d’usage', 'quote-file': 'Devis' };

/** Official papers, numbered and versioned; files that were joined; mails that left. */
export default function DocumentsTab({ project }: { project: Project }) {
  const query = useQuery(reading(programmeContract.papers, { params: { project: project.id } }));
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data) return <ListBones rows={6} />;
  const { papers, files } = query.data;
  const labels = new Map(
    project.steps.flatMap(({ deliverables }) => deliverables.map((one) => [one.kind, one.label] as const)),
  );
  const turn = (file: string, on: boolean) =>
    call(on ? programmeContract.restoreProjectFile : programmeContract.removeProjectFile, {
      params: { project: project.id, file },
    }).then(changedProject);
  return (
    <div className="stack loose">
      <PapersCard
        papers={papers}
        href={(paper) => urlOf(programmeContract.paperPdf, { params: { project: project.id, paper } })}
      >
        Invitations, comptes rendus, convention, procès-verbal : chacun est produit des données du projet, numéroté et
        gardé avec ses versions.
      </PapersCard>
      <FilesCard
        files={files}
        href={(file) => urlOf(programmeContract.projectFile, { params: { project: project.id, file } })}
        sayKind={(kind) => labels.get(kind) ?? otherLabels[kind] ?? 'Autre'}
        mayRemove={({ mine }) => project.state === 'open' && (mine || project.may.support)}
        turn={turn}
        nothing="Aucun fichier joint."
        action={
          project.may.team &&
          project.state === 'open' && <AddFile project={project.id} kind="other" label="autre document" />
        }
      />
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
