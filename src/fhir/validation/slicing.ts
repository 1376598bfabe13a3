/** Slices: which slice an item belongs to, how many there may be. https://hl7.org/fhir/R4/profiling.html#slicing */
import type { Structure } from '../definitions/index.ts';
import type { Context } from './context.ts';
import { compileMatcher, type Matcher } from './discriminators.ts';
import { at, compileElement, type ElementCheck, type ProfileFinder } from './profile.ts';
import type { Item, Raw } from './profile-tree.ts';

export type SlicingCheck = (items: Item[], ctx: Context) => void;

interface Slice {
  name: string;
  check: ElementCheck;
  matches: Matcher | undefined;
}

export function compileSlicing(raw: Raw, of: Structure, find: ProfileFinder): SlicingCheck {
  const slicing = raw.element?.slicing;
  const rules = slicing?.rules ?? 'open';
  let made: { slices: Slice[]; rest: Slice | undefined } | undefined;
  const make = () => {
    const slices = raw.slices.map((slice) => ({
      name: slice.slice ?? '',
      check: compileElement(slice, of, find),
      matches: compileMatcher(slice, slicing, find),
    }));
    return {
      slices: slices.filter((s) => s.name !== '@default' && s.matches),
      rest: slices.find((s) => s.name === '@default'),
    };
  };
  return (items, ctx) => {
    made ??= make();
    const { slices, rest } = made;
    const found = slices.map((): Item[] => []);
    let furthest = 0;
    let leftOver = false;
    for (const item of items) {
      if (ctx.full) return;
      const i = slices.findIndex((slice) => slice.matches?.(item, ctx) === true);
      if (i >= 0) {
        found[i]!.push(item);
        if (slicing?.ordered && i < furthest) {
          at(item, ctx, () =>
            ctx.error('structure', `The slice “${slices[i]!.name}” must come before “${slices[furthest]!.name}”.`),
          );
        }
        if (rules === 'openAtEnd' && leftOver) {
          at(item, ctx, () =>
            ctx.error('structure', `The slice “${slices[i]!.name}” must come before items of no slice.`),
          );
        }
        furthest = Math.max(furthest, i);
        continue;
      }
      leftOver = true;
      if (rest) at(item, ctx, () => rest.check.item(item, ctx));
      else if (rules === 'closed') {
        const names = slices.map((s) => `“${s.name}”`).join(', ');
        at(item, ctx, () =>
          ctx.error('structure', `The item is in none of the slices that the profile allows: ${names}.`),
        );
      }
    }
    slices.forEach(({ name, check }, i) => {
      const mine = found[i]!;
      if (mine.length < check.min) {
        ctx.error(
          'required',
          `${check.name} needs at least ${check.min} of the slice “${name}”, found ${mine.length}.`,
          check.name,
        );
      }
      if (check.max !== undefined && mine.length > check.max) {
        ctx.error(
          'structure',
          `${check.name} allows at most ${check.max} of the slice “${name}”, found ${mine.length}.`,
          check.name,
        );
      }
      for (const item of mine) if (!check.trivial) at(item, ctx, () => check.item(item, ctx));
      check.slicing?.(mine, ctx);
    });
  };
}
