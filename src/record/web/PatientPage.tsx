import type { UseQueryResult } from '@tanstack/react-query';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Refusal, failureOf } from '../../web/api.ts';
import { OnEachSheet } from '../../web/ui/bits.tsx';
import { BackIcon } from '../../web/ui/icons.ts';
import { Bone, ErrorState, NoRight } from '../../web/ui/states.tsx';
import { type AccessRefusal, NoAccess } from './NoAccess.tsx';
import { PatientWarnings } from './PatientHeader.tsx';

/** Why a page about a patient is not shown: their record is closed to me, and what to do about it; or what went wrong. */
export function NotOpened({ patient, error, retry }: { patient: string; error: Error; retry: () => void }) {
  if (error instanceof Refusal && error.status === 403 && error.extra.code)
    return <NoAccess patient={patient} refusal={error.extra as AccessRefusal} words={error.message} />;
  const refused = error instanceof Refusal && error.status === 403;
  return (
    <div className="page">
      {refused ? (
        <NoRight
          detail={error.message}
          action={
            <Button component={Link} to={`/patients/${patient}` as string} variant="default">
              Revenir au dossier
            </Button>
          }
        />
      ) : (
        <ErrorState error={error} retry={retry} />
      )}
    </div>
  );
}

/** It is coming; whoever listens hears which page. */
export const Coming = ({ title, height = 320 }: { title: string; height?: number }) => (
  <div className="page" role="status" aria-label="Chargement">
    <h1 className="vh">{title}</h1>
    <Bone h={height} />
  </div>
);

/** A page about a patient, as soon as what it shows is here: coming, not opened, or shown. */
export function Opened<T>({
  patient,
  query,
  title,
  children,
}: {
  patient: string;
  query: UseQueryResult<T>;
  title: string;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  const failure = failureOf(query);
  if (failure) return <NotOpened patient={patient} error={failure} retry={() => void query.refetch()} />;
  return <Coming title={title} />;
}

/** The head of a page about a patient: the way back to the record, what the page is, whom it is about, and what one may do there. */
export function PatientPageHead({
  patient,
  name,
  title,
  tab = title,
  about,
  children,
}: {
  patient: string;
  /** Undefined as long as it is not known. */
  name: string | undefined;
  title: string;
  /** In the tab of the browser, where it is shorter. */
  tab?: string;
  about: ReactNode;
  children?: ReactNode;
}) {
  return (
    <>
      <title>{`${name ? `${tab}, ${name}` : tab} · Estran`}</title>
      {name && <OnEachSheet name={name} about={about} />}
      <Link to={`/patients/${patient}` as string} className="row small no-print">
        <BackIcon size={16} /> {name ?? 'Le dossier'}
      </Link>
      <header className="page-head">
        <div style={{ flex: '1 1 260px' }}>
          <h1>{title}</h1>
          {name && (
            <p className="dim">
              {name}, {about}
            </p>
          )}
          <PatientWarnings patient={patient} />
        </div>
        {children}
      </header>
    </>
  );
}
