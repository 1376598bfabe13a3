import { sayAgo, sayDateTime } from '../../../web/say.ts';
import type { TaskDetail } from '../../contract.ts';
import css from './tasks.module.css';

/** Everything that was said and done, oldest first. */
export function Story({ task }: { task: TaskDetail }) {
  return (
    <section aria-label="Ce qui s’est passé">
      <h3>Ce qui s’est passé</h3>
      <ol className={`plain ${css.story}`}>
        {task.story.map((one) => (
          <li key={`${one.act}${one.at}`} data-act={one.act}>
            <span className="small">
              <span className="strong">{one.who?.me ? 'Vous' : (one.who?.name ?? 'Quelqu’un')}</span>{' '}
              {one.who?.me ? one.actLabel.replace(/^a /, 'avez ') : one.actLabel}
              <time className="dim tiny" dateTime={one.at} title={sayDateTime(one.at)}>
                {' '}
                {sayAgo(one.at)}
              </time>
            </span>
            {one.text && <p className={css.said}>{one.text}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
