import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type MouseEvent, useMemo, useRef, useState } from 'react';
import { failureOf } from '../../../web/api.ts';
import { Bone, Failure } from '../../../web/ui/states.tsx';
import { type Box, loadShapes, middleOf } from './geometry.ts';
import type { Mode, Practice } from './modes.ts';
import css from './region.module.css';

/** A mark: colour and shape say the same, so that neither is alone. */
export function Mark({ at, x, y, r }: { at: number; x: number; y: number; r: number }) {
  const tone = { 'data-tone': at, className: css.mark };
  switch (at % 4) {
    case 0:
      return <circle cx={x} cy={y} r={r} {...tone} />;
    case 1:
      return <rect x={x - r * 0.88} y={y - r * 0.88} width={r * 1.76} height={r * 1.76} rx={r * 0.2} {...tone} />;
    case 2:
      return (
        <path d={`M${x} ${y - r * 1.15}L${x + r * 1.1} ${y + r * 0.85}L${x - r * 1.1} ${y + r * 0.85}z`} {...tone} />
      );
    default:
      return <path d={`M${x} ${y - r * 1.2}L${x + r * 1.2} ${y}L${x} ${y + r * 1.2}L${x - r * 1.2} ${y}z`} {...tone} />;
  }
}
interface Spot {
  one: Practice;
  x: number;
  y: number;
}
/** Teams of one commune stand around it, not one over another. */
function spread(practices: readonly Practice[], r: number): Spot[] {
  const there = practices.filter(({ place }) => place !== null);
  return [...Map.groupBy(there, ({ place }) => `${place!.x} ${place!.y}`).values()].flatMap((same) =>
    same.map((one, i) => {
      const turn = (2 * Math.PI * i) / same.length;
      const away = same.length === 1 ? 0 : r * 1.5;
      return { one, x: one.place!.x + Math.cos(turn) * away, y: one.place!.y + Math.sin(turn) * away };
    }),
  );
}
const steps: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** The nearest in a direction: what is aside counts double. */
function next(from: Spot, spots: readonly Spot[], [dx, dy]: [number, number]): Spot | undefined {
  const far = (one: Spot) => {
    const [along, aside] =
      dx !== 0 ? [(one.x - from.x) * dx, Math.abs(one.y - from.y)] : [(one.y - from.y) * dy, Math.abs(one.x - from.x)];
    return along <= 0 ? Infinity : along + 2 * aside;
  };
  return spots.filter((one) => far(one) < Infinity).toSorted((a, b) => far(a) - far(b))[0];
}

/**
 * The region without tiles nor network: its départements, its teams. Arrows go from one team to the next, Enter chooses it; the table under it says the same.
 * @param pointing a click says where a team is
 */
export function RegionMap({
  shape,
  practices,
  mode,
  chosen,
  onChoose,
  pointing,
}: {
  shape: string | null;
  practices: readonly Practice[];
  mode: Mode;
  chosen: string | undefined;
  onChoose: (practice: string) => void;
  pointing?: ((at: { x: number; y: number; department: string }) => void) | undefined;
}) {
  const query = useQuery({
    queryKey: ['programme-shapes', shape],
    queryFn: () => loadShapes(shape),
    staleTime: Infinity,
  });
  const svg = useRef<SVGSVGElement>(null);
  const [focused, setFocused] = useState<string>();
  const [over, setOver] = useState<string>();
  const box: Box | undefined = query.data?.box;
  const telephone = useMediaQuery('(max-width: 720px)', false, { getInitialValueInEffect: false });
  const r = (box?.width ?? 1000) / (telephone ? 50 : 90);
  const spots = useMemo(() => spread(practices, r), [practices, r]);
  if (failureOf(query)) return <Failure compact of={query} />;
  if (!query.data || !box) return <Bone h={420} />;
  const reachable = spots.some(({ one }) => one.practice === focused) ? focused : spots[0]?.one.practice;
  const key = (event: KeyboardEvent, spot: Spot) => {
    const way = steps[event.key];
    if (way) {
      const to = next(spot, spots, way);
      if (to) svg.current?.querySelector<SVGGElement>(`[data-practice="${to.one.practice}"]`)?.focus();
      event.preventDefault();
    } else if (event.key === 'Enter' || event.key === ' ') {
      onChoose(spot.one.practice);
      event.preventDefault();
    }
  };
  const point = (event: MouseEvent, department: string) => {
    const matrix = svg.current?.getScreenCTM();
    if (!pointing || !matrix) return;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    pointing({ x: Math.round(at.x), y: Math.round(at.y), department });
  };
  const named = spots.find(
    ({ one }) =>
      one.practice ===
      (over ??
        (focused && document.activeElement?.getAttribute('data-practice') === focused ? focused : undefined) ??
        chosen),
  );
  const small = query.data.shapes.length > 20;
  return (
    <svg
      ref={svg}
      className={css.map}
      viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
      role="group"
      aria-label={`Carte : ${spots.length} équipes. Les flèches vont d’une équipe à l’autre.`}
      data-pointing={pointing ? true : undefined}
    >
      {query.data.shapes.map((one) => {
        const middle = middleOf(one);
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: the same
          <g key={one.code} onClick={(event) => point(event, one.code)}>
            <path d={one.path} className={css.land} vectorEffect="non-scaling-stroke" />
            {!small && (
              <text x={middle.x} y={middle.y} className={css.landName} fontSize={box.width / (telephone ? 30 : 46)}>
                {one.name}
              </text>
            )}
          </g>
        );
      })}
      {spots.map((spot) => {
        const { one, x, y } = spot;
        const at = mode.classes.findIndex(({ id }) => id === mode.classOf(one));
        return (
          <g
            key={one.practice}
            data-practice={one.practice}
            role="button"
            tabIndex={one.practice === reachable ? 0 : -1}
            aria-pressed={one.practice === chosen}
            aria-label={`${one.team}, ${one.place!.label} : ${mode.classes[at]?.label ?? ''}`}
            className={css.spot}
            onFocus={() => setFocused(one.practice)}
            onPointerEnter={() => setOver(one.practice)}
            onPointerLeave={() => setOver(undefined)}
            onClick={() => (pointing ? undefined : onChoose(one.practice))}
            onKeyDown={(event) => key(event, spot)}
          >
            <circle cx={x} cy={y} r={r * 2} className={css.target} />
            <Mark at={at} x={x} y={y} r={r} />
          </g>
        );
      })}
      {named && (
        <text
          x={Math.min(Math.max(named.x, box.x + box.width * 0.16), box.x + box.width * 0.84)}
          y={named.y - r * 2}
          className={css.name}
          fontSize={box.width / (telephone ? 26 : 46)}
          aria-hidden
        >
          {named.one.team}
        </text>
      )}
    </svg>
  );
}
