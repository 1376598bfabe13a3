import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { RefObject } from 'react';
import { Refusal, reading, failureOf } from '../../../web/api.ts';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { NoRightIcon, PatientsIcon } from '../../../web/ui/icons.ts';
import { Sparkline } from '../../../web/ui/Sparkline.tsx';
import { EmptyState, ListBones, Failure } from '../../../web/ui/states.tsx';
import { type ListLine, recordContract } from '../../contract.ts';
import patients from '../patients/patients.module.css';
import { Details, EnterButton, Head } from './ListLines.tsx';

/** One list of my profession, whole. A record opened from it goes on to the next one. */
export function ListTable({ name, tableRef }: { name: string; tableRef: RefObject<HTMLDivElement | null> }) {
  const navigate = useNavigate();
  const query = useQuery(reading(recordContract.patientList, { params: { name } }));
  const { lines = [], title = '', empty = '' } = query.data ?? {};
  const columns: Column<ListLine>[] = [
    {
      key: 'name',
      title: 'Nom',
      render: ({ patient }) => (
        <Link
          to="/patients/$patient"
          params={{ patient: patient.id }}
          search={{ liste: name }}
          tabIndex={-1}
          className={patients.name}
        >
          {patient.name}
        </Link>
      ),
    },
    { key: 'age', title: 'Âge', render: ({ patient }) => <span className="nowrap">{patient.age}</span> },
    { key: 'head', title: 'Où en est-on', render: (line) => <Head line={line} /> },
    { key: 'details', title: 'À savoir', render: (line) => <Details line={line} />, wide: true },
    ...(lines.some(({ trend }) => trend.length > 1)
      ? [
          {
            key: 'trend',
            title: 'Tendance',
            render: (line: ListLine) => <Sparkline points={line.trend} flagged={line.tone === 'danger'} />,
            wide: true,
          },
        ]
      : []),
    { key: 'place', title: 'Commune', render: ({ patient }) => patient.place, wide: true },
    ...(lines.some(({ enter }) => enter)
      ? [
          {
            key: 'enter',
            title: <span className="vh">Saisir</span>,
            render: (line: ListLine) => <EnterButton line={line} list={name} />,
            align: 'right' as const,
          },
        ]
      : []),
  ];
  const failure = failureOf(query);
  return (
    <div className="card" ref={tableRef} aria-busy={query.isFetching}>
      {failure instanceof Refusal && failure.status === 404 ? (
        <EmptyState
          icon={NoRightIcon}
          title="Cette liste n’est pas dans votre poste de travail"
          action={
            <Button variant="default" onClick={() => void navigate({ to: '/patients' })}>
              Revenir aux patients
            </Button>
          }
        >
          Elle est d’une autre profession, ou il vous manque les informations qu’elle demande. Vos listes sont au-dessus
          ; un responsable de la structure peut changer les droits de votre profession.
        </EmptyState>
      ) : (
        <Failure of={query} />
      )}
      {query.isPending && <ListBones rows={8} />}
      {query.data && lines.length === 0 && (
        <EmptyState icon={PatientsIcon} title={`${title} : personne`}>
          {empty}
        </EmptyState>
      )}
      {lines.length > 0 && (
        <DataTable
          caption={title}
          rows={lines}
          columns={columns}
          rowKey={({ patient }) => patient.id}
          onOpen={({ patient }) =>
            void navigate({ to: '/patients/$patient', params: { patient: patient.id }, search: { liste: name } })
          }
        />
      )}
    </div>
  );
}
