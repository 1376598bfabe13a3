import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { reading } from '../../../web/api.ts';
import { Card, WhoWhen } from '../../../web/ui/bits.tsx';
import { recordContract } from '../../contract.ts';
import day from '../day/day.module.css';

/** On the day: what was prepared for me to sign. Nothing when there is none. */
export default function LettersToSign() {
  const query = useQuery({ ...reading(recordContract.lettersToSign), refetchInterval: 5 * 60_000 });
  const letters = query.data?.letters ?? [];
  if (letters.length === 0) return null;
  return (
    <Card title="Courriers à signer" count={letters.length}>
      <ul className="plain">
        {letters.map((one) => (
          <li key={one.id} className={day.line}>
            <Link className={day.patient} to={`/patients/${one.patient.id}/courriers/${one.id}` as string}>
              <span className="strong">{one.title}</span>
              <span className={`dim small ${day.sub}`}>
                {[
                  !one.title.includes(one.patient.name) && one.patient.name,
                  one.recipients.length > 0 && `pour ${one.recipients.join(', ')}`,
                ]
                  .filter(Boolean)
                  .join(', ')}
              </span>
              <WhoWhen who={one.who} when={one.recorded} short />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
