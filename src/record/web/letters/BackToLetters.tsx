import { Link } from '@tanstack/react-router';
import { BackIcon } from '../../../web/ui/icons.ts';

export const BackToLetters = ({ patient, name }: { patient: string; name: string }) => (
  <Link to={`/patients/${patient}/courriers` as string} className="row small">
    <BackIcon size={16} /> Courriers de {name}
  </Link>
);
