import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { reading, failureOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { VaccineIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Failure, ListBones } from '../../../web/ui/states.tsx';
import { recordContract, type VaccinesToDo } from '../../contract.ts';
import { dueTones } from '../summary/VaccinesCard.tsx';

type Row = VaccinesToDo['patients'][number];
const columns: Column<Row>[] = [
  {
    key: 'patient',
    title: 'Patient',
    width: 260,
    render: ({ patient }) => (
      <span>
        <span className="strong">{patient.name}</span> <span className="dim small">{patient.age}</span>
      </span>
    ),
  },
  {
    key: 'due',
    title: 'À faire',
    render: ({ due }) => (
      <span className="row wrap">
        {due.map((one) => (
          <Tag key={one.target} tone={dueTones[one.state]} title={`${one.why} (${sayDate(one.due)}). ${one.source}`}>
            {one.label}
            {one.mandatory ? ', obligatoire' : ''}
          </Tag>
        ))}
      </span>
    ),
  },
];

/** `/vaccins`: which of my patients have vaccines to be given (`?voir=retard`: late ones only). */
export default function ToDoPage() {
  const [url, setUrl] = useUrl();
  const navigate = useNavigate();
  const only = url.voir === 'retard' ? 'late' : 'all';
  const query = useQuery(reading(recordContract.vaccinesToDo, { query: { only } }));
  const rows = query.data?.patients ?? [];
  return (
    <div className="page">
      <title>Vaccins à faire · Estran</title>
      <header className="page-head">
        <div style={{ flex: '1 1 320px' }}>
          <h1>Vaccins à faire</h1>
          <p className="dim">
            {query.data && query.data.looked > 0
              ? `${sayCount(rows.length, 'patient')} sur ${query.data.looked} de ceux que vous suivez${query.data.complete ? '' : ', ceux vus en dernier'}. ${query.data.calendar}.`
              : 'Parmi les patients que vous suivez.'}
          </p>
        </div>
        <SegmentedControl
          aria-label="Lesquels"
          value={only}
          onChange={(value) => setUrl({ voir: value === 'late' ? 'retard' : undefined })}
          data={[
            { value: 'all', label: 'À faire et en retard' },
            { value: 'late', label: 'En retard' },
          ]}
        />
      </header>
      {failureOf(query) ? (
        <Failure of={query} />
      ) : !query.data ? (
        <ListBones rows={8} />
      ) : rows.length === 0 ? (
        <div className="card">
          <EmptyState
            icon={VaccineIcon}
            title={
              query.data.looked === 0
                ? 'Vous ne suivez encore personne'
                : only === 'late'
                  ? 'Personne n’est en retard'
                  : 'Personne n’attend de vaccin'
            }
          >
            {query.data.looked === 0
              ? 'Les vaccins à faire de vos patients s’afficheront ici. On entre dans l’équipe de soins de quelqu’un en créant son dossier, ou quand un collègue vous y ajoute.'
              : 'Le calendrier ne demande rien pour les patients dont vous faites partie de l’équipe de soins.'}
          </EmptyState>
        </div>
      ) : (
        <DataTable
          caption="Patients dont un vaccin est à faire"
          rows={rows}
          columns={columns}
          rowKey={({ patient }) => patient.id}
          onOpen={({ patient }) => void navigate({ to: `/patients/${patient.id}/vaccins` as string })}
        />
      )}
    </div>
  );
}
