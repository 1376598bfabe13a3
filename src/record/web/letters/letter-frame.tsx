import { Link } from '@tanstack/react-router';
import { Refusal } from '../../../web/api.ts';
import { BackIcon } from '../../../web/ui/icons.ts';
import { Bone, ErrorState } from '../../../web/ui/states.tsx';
import { type AccessRefusal, NoAccess } from '../NoAccess.tsx';

/** What the pages of one letter share: the way back, why it does not open, that it is coming. */
export const Back = ({ patient, name }: { patient: string; name: string }) => (
  <Link to={`/patients/${patient}/courriers` as string} className="row small">
    <BackIcon size={16} /> Courriers de {name}
  </Link>
);
export function Failed({ patient, error, retry }: { patient: string; error: Error; retry: () => void }) {
  const refusal = error instanceof Refusal && error.status === 403 && error.extra.code ? error : null;
  return (
    <div className="page">
      {refusal ? (
        <NoAccess patient={patient} refusal={refusal.extra as AccessRefusal} words={refusal.message} />
      ) : (
        <ErrorState error={error} retry={retry} />
      )}
    </div>
  );
}
export const Bones = () => (
  <div className="page" role="status" aria-label="Chargement">
    <h1 className="vh">Courrier</h1>
    <Bone h={420} />
  </div>
);
