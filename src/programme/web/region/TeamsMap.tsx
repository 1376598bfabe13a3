import { Button, SegmentedControl } from '@mantine/core';
import { useUrl } from '../../../web/routes.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { failed } from '../../../web/ui/undo.tsx';
import { modesOf, type Practice, type Region } from './modes.ts';
import { placeTeam } from './PlacePanel.tsx';
import own from './region.module.css';
import { Mark, RegionMap } from './RegionMap.tsx';

/** The map with its colours and their legend; also where a team is shown its place. */
export function TeamsMap({
  region,
  chosen,
  pointed,
  onPointed,
}: {
  region: Region;
  chosen: string | undefined;
  /** The team whose place is to be shown. */
  pointed: Practice | undefined;
  onPointed: () => void;
}) {
  const [url, setUrl] = useUrl();
  const all = region.practices;
  const modes = modesOf(region);
  const mode = modes.find(({ id }) => id === url.couleur) ?? modes[0]!;
  return (
    <section className="card" aria-label="Carte des équipes">
      <div className={own.tools}>
        <SegmentedControl
          aria-label="Colorer par"
          size="xs"
          value={mode.id}
          onChange={(couleur) => setUrl({ couleur: couleur === modes[0]!.id ? undefined : couleur })}
          data={modes.map(({ id, label }) => ({ value: id, label }))}
        />
        {pointed && (
          <Note
            tone="info"
            live
            action={
              <Button size="compact-sm" variant="default" onClick={onPointed}>
                Laisser
              </Button>
            }
          >
            Montrez où est {pointed.team}.
          </Note>
        )}
      </div>
      <RegionMap
        shape={region.shape}
        practices={all}
        mode={mode}
        chosen={chosen}
        onChoose={(equipe) => setUrl({ equipe })}
        pointing={
          pointed
            ? (at) => {
                onPointed();
                placeTeam(pointed, at).catch(failed);
              }
            : undefined
        }
      />
      <ul className={own.legend} aria-label="Légende">
        {mode.classes.map(({ id, label }, at) => {
          const count = all.filter((one) => one.place && mode.classOf(one) === id).length;
          return count > 0 ? (
            <li key={id}>
              <svg width={16} height={16} viewBox="0 0 16 16" aria-hidden>
                <Mark at={at} x={8} y={8} r={6} />
              </svg>
              {label} <span className="dim num">{count}</span>
            </li>
          ) : null;
        })}
      </ul>
    </section>
  );
}
