import { sayAge } from '../../../web/say.ts';
import { rangeSourceOf, type Series } from '../../contract.ts';
import css from './panels.module.css';

/** Under a curve: what its values are held against, by whom, and where the newest stands. `birth`: of a child who is followed by curves of growth. */
export function CurveNotes({
  data,
  newest,
  birth,
}: {
  data: Series;
  newest: Series['points'][number] | undefined;
  birth: string | null;
}) {
  const standing = birth && newest && data.growth?.standing.find(({ id }) => id === newest.id);
  return (
    <ul className={`plain small ${css.ranges}`}>
      {data.components.map(
        ({ code, label, reference }) =>
          reference?.text && (
            <li key={code}>
              {data.components.length > 1 && `${label} : `}référence {reference.text} {data.unit}{' '}
              <span className="dim">
                ({reference.from === 'report' ? 'celle du laboratoire' : `usuelle : ${rangeSourceOf(code)}`})
              </span>
            </li>
          ),
      )}
      {data.targets.map((target) => (
        <li key={target.goal + target.code}>
          Objectif : {target.label}
          {target.who && <span className="dim"> ({target.who.name})</span>}
        </li>
      ))}
      {standing && (
        <li className={css.whole}>
          Dernière valeur : <b>{newest.display}</b> à {sayAge(birth, newest.at)},{' '}
          <b data-outside={standing.outside || undefined}>{standing.words}</b>
        </li>
      )}
      {data.growth && (
        <li className={css.whole}>
          {data.growth.curves.length > 0 && `Courbes de croissance : ${data.growth.source}. Âge non corrigé du terme.`}{' '}
          {data.growth.note}
        </li>
      )}
    </ul>
  );
}
