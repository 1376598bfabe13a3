import { useQuery } from '@tanstack/react-query';
import { reading, failureOf } from '../../../web/api.ts';
import { sayAgo, sayCount } from '../../../web/say.ts';
import { Failure, ListBones, Nothing } from '../../../web/ui/states.tsx';
import { recordContract } from '../../contract.ts';
import css from './documents.module.css';

/** For whoever runs the practice: how many documents wait, and for whom. Numbers, without a patient or a title. */
export default function LateView() {
  const query = useQuery(reading(recordContract.lateDocuments));
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data) return <ListBones rows={6} />;
  const { days, unsorted, oldestUnsorted, people } = query.data;
  return (
    <section className="card" aria-label="Documents en attente">
      <p className="pad">
        {unsorted === 0
          ? 'Aucun document n’attend d’être classé.'
          : `${sayCount(unsorted, 'document')} à classer${oldestUnsorted ? `, le plus ancien reçu ${sayAgo(oldestUnsorted)}` : ''}.`}
      </p>
      {people.length === 0 ? (
        <Nothing>Aucun document n’attend d’être lu.</Nothing>
      ) : (
        <table className={css.figures}>
          <caption className="vh">Documents à lire, par professionnel</caption>
          <thead>
            <tr>
              <th scope="col">Professionnel</th>
              <th scope="col" className="num">
                À lire
              </th>
              <th scope="col" className="num">
                Depuis plus de {days} jours
              </th>
            </tr>
          </thead>
          <tbody>
            {people.map((one) => (
              <tr key={one.name}>
                <td>
                  {one.name} <span className="dim small">{one.role}</span>
                </td>
                <td className="num">{one.waiting}</td>
                <td className="num">{one.late > 0 ? <strong>{one.late}</strong> : one.late}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
