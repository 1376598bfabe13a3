import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { reading, failureOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate } from '../../../web/say.ts';
import { Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { MailIcon, PlusIcon } from '../../../web/ui/icons.ts';
import { EmptyState, ListBones } from '../../../web/ui/states.tsx';
import { type LetterLine, recordContract } from '../../contract.ts';
import { NotOpened, PatientPageHead } from '../PatientPage.tsx';
import { usePatientId, useRecordEvents } from '../use-record.ts';
import { TemplateChoice } from './TemplateChoice.tsx';

export const lettersQuery = (patient: string) => reading(recordContract.letters, { params: { patient } });
export const LetterTag = ({ letter }: { letter: Pick<LetterLine, 'status' | 'statusLabel' | 'replacedBy'> }) => (
  <Tag
    tone={
      letter.status === 'entered-in-error'
        ? 'danger'
        : letter.status === 'draft'
          ? 'warning'
          : letter.replacedBy || letter.statusLabel === 'Remplacé'
            ? 'neutral'
            : 'success'
    }
  >
    {letter.statusLabel}
  </Tag>
);

/** `/patients/:patient/courriers`: the letters of a patient, and from which template to write the next. */
export default function LettersPage() {
  const patient = usePatientId();
  const navigate = useNavigate();
  const [url, setUrl] = useUrl();
  const query = useQuery(lettersQuery(patient));
  useRecordEvents(patient, !!query.data);
  const open = (id: string) => void navigate({ to: `/patients/${patient}/courriers/${id}` as string });
  const failure = failureOf(query);
  if (failure) return <NotOpened patient={patient} error={failure} retry={() => void query.refetch()} />;
  const page = query.data;
  const columns: Column<LetterLine>[] = [
    { key: 'title', title: 'Objet', render: (one) => <span className="strong">{one.title}</span> },
    { key: 'type', title: 'Type', wide: true, render: (one) => <span className="dim">{one.typeLabel}</span> },
    {
      key: 'to',
      title: 'Pour',
      wide: true,
      render: (one) => one.recipients.join(', ') || <span className="dim">—</span>,
    },
    { key: 'at', title: 'Date', width: 110, render: (one) => <span className="num">{sayDate(one.at)}</span> },
    { key: 'who', title: 'Par', wide: true, render: (one) => <WhoWhen who={one.who} short /> },
    { key: 'status', title: 'État', width: 150, render: (one) => <LetterTag letter={one} /> },
  ];
  return (
    <div className="page">
      <PatientPageHead patient={patient} name={page?.patient.name} title="Courriers" about={page?.patient.about}>
        {page?.canWrite && (
          <Button leftSection={<PlusIcon size={16} />} onClick={() => setUrl({ volet: 'courrier' })}>
            Écrire un courrier
          </Button>
        )}
      </PatientPageHead>
      <div className="card">
        {!page && <ListBones rows={6} />}
        {page?.letters.length === 0 && (
          <EmptyState icon={MailIcon} title="Aucun courrier à vous montrer">
            {page.canWrite
              ? 'Les courriers de ce patient s’afficheront ici. Choisissez un modèle : il se remplit à partir du dossier, vous relisez, vous signez.'
              : 'Les courriers que vos droits vous laissent lire s’afficheront ici. Les soignants de l’équipe de ce patient en écrivent ; un responsable de la structure peut changer les droits de votre profession.'}
          </EmptyState>
        )}
        {page && page.letters.length > 0 && (
          <DataTable
            caption="Courriers"
            rows={page.letters}
            columns={columns}
            rowKey={(one) => one.id}
            onOpen={(one) => open(one.id)}
          />
        )}
      </div>
      {url.volet === 'courrier' && <TemplateChoice patient={patient} onClose={() => setUrl({ volet: undefined })} />}
    </div>
  );
}
