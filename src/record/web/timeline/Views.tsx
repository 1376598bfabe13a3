import { Button } from '@mantine/core';
import { useUrl } from '../../../web/routes.tsx';
import { useMe } from '../../../web/session.ts';
import css from '../cockpits/cockpits.module.css';
import { useCockpit } from '../cockpits/use-cockpit.ts';

/** What my profession looks for in a history, one press each; pressed again, the whole history is back. Nothing is filtered unasked. */
export function Views() {
  const [url, setUrl] = useUrl();
  const me = useMe();
  const views = useCockpit().data?.views ?? [];
  if (views.length === 0) return null;
  const mine = url.profession === me.profession;
  return (
    <div className={`${css.views} no-print`} role="group" aria-label="Vues de l’historique">
      {views.map(({ label, kinds }) => {
        const on = url.genre === kinds.join(',');
        return (
          <Button
            key={label}
            size="compact-sm"
            variant={on ? 'light' : 'subtle'}
            aria-pressed={on}
            onClick={() => setUrl({ genre: on ? undefined : kinds.join(',') })}
          >
            {label}
          </Button>
        );
      })}
      <Button
        size="compact-sm"
        variant={mine ? 'light' : 'subtle'}
        aria-pressed={mine}
        onClick={() => setUrl({ profession: mine ? undefined : me.profession })}
      >
        Ma profession
      </Button>
    </div>
  );
}
