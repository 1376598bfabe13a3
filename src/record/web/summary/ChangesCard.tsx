import { sayAgo, sayCount } from '../../../web/say.ts';
import { WhoWhen } from '../../../web/ui/bits.tsx';
import { usePanel, useRecord } from '../use-record.ts';
import css from './summary.module.css';

const actWords = { added: 'Ajout', changed: 'Modification', removed: 'Retrait' };

/** What others did since my last visit. */
export function ChangesCard() {
  const { changes, lastVisit } = useRecord();
  const [, setPanel] = usePanel();
  if (!lastVisit || !changes.length)
    return lastVisit ? (
      <p className="dim small no-print">Rien de nouveau depuis votre visite, {sayAgo(lastVisit)}.</p>
    ) : null;
  const shown = changes.slice(0, 6);
  return (
    <section className={`card ${css.changes} no-print`} aria-label="Nouveau depuis votre dernière visite">
      <h2>
        <span className={css.fresh} />
        {sayCount(changes.length, 'nouveauté')} <span className="dim">depuis votre visite, {sayAgo(lastVisit)}</span>
      </h2>
      <ul className="plain">
        {shown.map((change) => (
          <li key={`${change.type}${change.id}${change.version}`}>
            <button type="button" className={css.change} onClick={() => setPanel(`entree:${change.type}:${change.id}`)}>
              <b className="clip">{change.label}</b>
              <span className="row dim tiny" style={{ gap: 5 }}>
                <span className="nowrap">
                  {change.act === 'added' ? change.what : `${actWords[change.act]}, ${change.what.toLowerCase()}`}
                </span>
                <span aria-hidden>·</span>
                <WhoWhen who={change.who} when={change.recorded} short />
              </span>
            </button>
          </li>
        ))}
        {changes.length > shown.length && (
          <li className={css.moreChanges}>
            <a href="#historique">et {sayCount(changes.length - shown.length, 'autre')} dans l’historique</a>
          </li>
        )}
      </ul>
    </section>
  );
}
