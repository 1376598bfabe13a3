import { useRef, type KeyboardEvent } from 'react';
import own from './leading.module.css';
import type { Axis } from './words.ts';

type Dimension = Axis['dimensions'][number];
/** The four levels of a dimension, in words; arrows move, space chooses. `votes`: who of the team is at each. */
export function LevelPicker({
  dimension,
  value,
  onPick,
  votes,
  disabled,
}: {
  dimension: Dimension;
  value: number | undefined;
  onPick: (level: number) => void;
  votes?: readonly { count: number; names: readonly string[] }[];
  disabled?: boolean;
}) {
  const group = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent, at: number) => {
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const buttons = group.current!.querySelectorAll<HTMLElement>('[role=radio]');
    buttons[(to + buttons.length) % buttons.length]?.focus();
  };
  return (
    <div ref={group} className={own.levels} role="radiogroup" aria-label={dimension.label}>
      {dimension.levels.map((words, at) => {
        const there = votes?.[at];
        return (
          <button
            key={words}
            type="button"
            role="radio"
            className={own.level}
            aria-checked={value === at + 1}
            aria-disabled={disabled}
            tabIndex={(value ?? 1) === at + 1 ? 0 : -1}
            onKeyDown={(event) => move(event, at)}
            onClick={() => !disabled && onPick(at + 1)}
          >
            <span className={own.levelNumber}>{at + 1}</span>
            <span>{words}</span>
            {votes && (
              <span className={own.votes} title={there?.names.join(', ')}>
                {there && there.count > 0 && (
                  <>
                    {Array.from({ length: Math.min(there.count, 8) }, (_, dot) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: dots are all alike
                      <span key={dot} className={own.dot} aria-hidden />
                    ))}
                    <span>
                      {there.names.length > 0 && there.count <= 3
                        ? there.names.join(', ')
                        : `${there.count} réponse${there.count > 1 ? 's' : ''}`}
                    </span>
                  </>
                )}
              </span>
            )}
          </button>
        );
      })}
    </div>
  );
}
