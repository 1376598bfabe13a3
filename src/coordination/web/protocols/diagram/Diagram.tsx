import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { professionLabel } from '../../../../web/words.ts';
import { type ProtocolStep, stepKinds } from '../../../contract.ts';
import { sayRepeat, sayRoles, sayWhen, small } from '../words.ts';
import css from './diagram.module.css';
import { layOut, neighbour, type Placed, type Round, wrap } from './lay-out.rules.ts';
import { linkPath, measure } from './paths.ts';

export interface DiagramProps {
  steps: readonly ProtocolStep[];
  rounds: readonly Round[];
  /** The step that is looked at. */
  chosen?: string | undefined;
  onChoose?: (step: string) => void;
  /** Steps with a mistake. */
  wrong?: ReadonlySet<string>;
}

/**
 * A protocol as lanes of professions over time: a card a step, an arrow where one follows another, dots where it comes back, a dashed edge where it
 * is only for some. Arrows move between steps, Enter opens. Everything is drawn: no colour says anything alone.
 */
export function Diagram({ steps, rounds, chosen, onChoose, wrong }: DiagramProps) {
  const { ref, width } = useElementSize();
  const drawing = useRef<SVGSVGElement>(null);
  const [at, setAt] = useState<string>();
  const layout = useMemo(() => layOut(steps, rounds), [steps, rounds]);
  const sizes = measure(layout, width || 1180);
  const byId = new Map(layout.placed.map((one) => [one.step.id, one]));
  const current = at ?? chosen ?? layout.placed[0]?.step.id;
  const near = new Set([
    current,
    ...layout.links
      .filter((link) => link.from === current || link.to === current)
      .flatMap((link) => [link.from, link.to]),
  ]);

  const move = (event: KeyboardEvent<SVGGElement>, id: string) => {
    if (event.key === 'Enter' || event.key === ' ') {
      onChoose?.(id);
      event.preventDefault();
      return;
    }
    const to = neighbour(layout.placed, id, event.key);
    if (!to) return;
    event.preventDefault();
    setAt(to);
    drawing.current?.querySelector<SVGGElement>(`[data-step="${to}"]`)?.focus();
  };

  return (
    <div className={css.scroll} ref={ref}>
      <svg
        ref={drawing}
        className={css.drawing}
        viewBox={`0 0 ${sizes.width} ${sizes.height}`}
        width={sizes.width}
        height={sizes.height}
        role="group"
        aria-label="Schéma du protocole. Les flèches du clavier vont d’une étape à l’autre, Entrée l’ouvre."
      >
        <defs>
          <marker
            id="protocol-arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path d="M0 0.5 7.5 4 0 7.5z" className={css.head} />
          </marker>
        </defs>
        {layout.lanes.map((lane, index) => (
          <g key={lane.role} aria-hidden>
            <rect
              x={0}
              y={sizes.laneTop[index]}
              width={sizes.width}
              height={sizes.laneHeight(index)}
              className={css.lane}
              data-odd={index % 2 === 1 || undefined}
            />
            {wrap(professionLabel(lane.role).replaceAll('-', '- '), 16, 3).map((line, row) => (
              <text key={line} x={10} y={sizes.laneTop[index]! + 24 + row * 16} className={css.role}>
                {line}
              </text>
            ))}
          </g>
        ))}
        <g aria-hidden>
          {layout.columns.map((column, index) => (
            <g key={column.label}>
              <line
                x1={sizes.columnLeft(index) - sizes.gutter / 2}
                x2={sizes.columnLeft(index) - sizes.gutter / 2}
                y1={26}
                y2={sizes.height}
                className={css.tick}
              />
              <text x={sizes.columnLeft(index)} y={17} className={css.axis}>
                {column.label}
              </text>
              {column.gap && (
                <path
                  d={`M${sizes.columnLeft(index) - sizes.gutter / 2 - 5} 30 l4 -10 l2 10 l4 -10`}
                  className={css.gap}
                />
              )}
            </g>
          ))}
        </g>
        <g aria-hidden>
          {layout.placed.map((one) => (
            <Pulse key={one.step.id} one={one} sizes={sizes} />
          ))}
        </g>
        <g aria-hidden>
          {layout.links.map((link) => (
            <path
              key={`${link.from} ${link.to}`}
              d={linkPath(byId.get(link.from)!, byId.get(link.to)!, sizes)}
              className={css.link}
              data-conditional={link.conditional || undefined}
              data-near={
                (near.has(link.from) && near.has(link.to) && (link.from === current || link.to === current)) ||
                undefined
              }
              markerEnd="url(#protocol-arrow)"
            />
          ))}
        </g>
        {layout.placed.map((one) => (
          <StepCard
            key={one.step.id}
            one={one}
            steps={steps}
            sizes={sizes}
            chosen={one.step.id === chosen}
            wrong={wrong?.has(one.step.id) ?? false}
            tabIndex={one.step.id === current ? 0 : -1}
            onFocus={() => setAt(one.step.id)}
            onKeyDown={(event) => move(event, one.step.id)}
            onChoose={onChoose}
          />
        ))}
      </svg>
    </div>
  );
}

type Sizes = ReturnType<typeof measure>;

/** Where it comes back: a dot a column, with how many times. */
function Pulse({ one, sizes }: { one: Placed; sizes: Sizes }) {
  const endless = one.step.repeat !== null && one.step.repeat.times === null;
  if (one.pulses.length === 0) return null;
  const { x, y } = sizes.corner(one);
  const middle = y + sizes.cardHeight / 2;
  const spot = (column: number) => sizes.columnLeft(column) + sizes.cardWidth / 2;
  const last = spot(one.pulses.at(-1)!.column);
  return (
    <g>
      <line
        x1={x + sizes.cardWidth}
        x2={endless ? last + sizes.cardWidth / 2 : last}
        y1={middle}
        y2={middle}
        className={css.pulse}
      />
      {one.pulses.map(({ column, count }) => (
        <g key={column}>
          <circle cx={spot(column)} cy={middle} r={9} className={css.beat} />
          <text x={spot(column)} y={middle + 4} className={css.times}>
            {count > 99 ? '…' : count}
          </text>
        </g>
      ))}
    </g>
  );
}

function StepCard({
  one,
  steps,
  sizes,
  chosen,
  wrong,
  tabIndex,
  onFocus,
  onKeyDown,
  onChoose,
}: {
  one: Placed;
  steps: readonly ProtocolStep[];
  sizes: Sizes;
  chosen: boolean;
  wrong: boolean;
  tabIndex: number;
  onFocus: () => void;
  onKeyDown: (event: KeyboardEvent<SVGGElement>) => void;
  onChoose?: ((step: string) => void) | undefined;
}) {
  const { step } = one;
  const { x, y } = sizes.corner(one);
  const chars = Math.floor((sizes.cardWidth - 18) / 6.7);
  const said = [
    step.title,
    stepKinds[step.kind],
    sayRoles(step.roles),
    sayWhen(step, steps),
    sayRepeat(step.repeat),
    step.condition ? `seulement si : ${step.condition.words}` : '',
    wrong ? 'à corriger' : '',
  ]
    .filter(Boolean)
    .join('. ');
  const line = step.condition
    ? `Si ${small(step.condition.words)}`
    : [sayWhen(step, steps, { short: true }), sayRepeat(step.repeat)].filter(Boolean).join(' · ');
  return (
    <g
      className={css.step}
      role="button"
      tabIndex={tabIndex}
      aria-pressed={chosen}
      data-step={step.id}
      data-chosen={chosen || undefined}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onClick={() => onChoose?.(step.id)}
    >
      <title>{said}</title>
      <rect
        x={x}
        y={y}
        width={sizes.cardWidth}
        height={sizes.cardHeight}
        rx={7}
        className={css.card}
        data-conditional={step.condition ? true : undefined}
        data-wrong={wrong || undefined}
      />
      {wrap(step.title, chars, 2).map((words, row) => (
        <text key={words} x={x + 9} y={y + 19 + row * 15} className={css.title}>
          {words}
        </text>
      ))}
      <text x={x + 9} y={y + sizes.cardHeight - 9} className={css.when}>
        {wrap(line, Math.floor((sizes.cardWidth - 18) / 5.9), 1)[0]}
      </text>
      {wrong && (
        <text x={x + sizes.cardWidth - 14} y={y + 18} className={css.wrong}>
          !
        </text>
      )}
    </g>
  );
}
