import type { ClientCaller } from './caller.ts';

export type ScopeLetter = 'c' | 'r' | 'u' | 'd' | 's';
interface Scope {
  context: 'system' | 'user' | 'patient';
  type: string;
  letters: string;
}

const shape = /^(system|user|patient)\/(\*|[A-Z][A-Za-z]{1,63})\.(\*|read|write|c?r?u?d?s?)$/;
const version1: Record<string, string> = { read: 'rs', write: 'cud', '*': 'cruds' };
const parsed = new Map<string, Scope | null>();

/** Reads one SMART scope, version 2 (`system/Observation.rs`) or 1 (`.read`, `.write`, `.*`); null when it is not one we can honour. */
function parseScope(text: string): Scope | null {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  // Narrowings such as `Observation.rs?category=laboratory` are not honoured: they are refused when asked, never widened.
  const match = shape.exec(text);
  const scope: Scope | null = match?.[3]
    ? { context: match[1] as Scope['context'], type: match[2]!, letters: version1[match[3]] ?? match[3] }
    : null;
  if (parsed.size < 10_000) parsed.set(text, scope);
  return scope;
}

/** Scopes of a text, cut at blanks; `unknown` lists those that cannot be honoured. */
export function readScopes(text: string): { scopes: string[]; unknown: string[] } {
  const all = [...new Set(text.split(/\s+/).filter(Boolean))];
  return { scopes: all.filter((scope) => parseScope(scope)), unknown: all.filter((scope) => !parseScope(scope)) };
}

/** Scopes that count for this client: those of a patient's context open nothing to a client without a patient. */
const standing = (client: ClientCaller): Scope[] =>
  client.scopes
    .map(parseScope)
    .filter((scope): scope is Scope => scope !== null && (scope.context !== 'patient' || client.patient !== undefined));

/** Types that any of these letters opens: create (c), read (r), update (u), delete (d), search (s); null: all of them. */
export function typesOf(client: ClientCaller, letters: readonly ScopeLetter[]): ReadonlySet<string> | null {
  const scopes = standing(client).filter((scope) => letters.some((letter) => scope.letters.includes(letter)));
  return scopes.some((scope) => scope.type === '*') ? null : new Set(scopes.map((scope) => scope.type));
}

/** Is every letter of `asked` already in `granted`? */
export function withinScopes(asked: string, granted: readonly string[]): boolean {
  const wanted = parseScope(asked);
  if (!wanted) return false;
  return [...wanted.letters].every((letter) =>
    granted
      .map(parseScope)
      .some(
        (scope) =>
          scope &&
          (scope.context === wanted.context || (scope.context !== 'patient' && wanted.context === 'patient')) &&
          (scope.type === '*' || scope.type === wanted.type) &&
          scope.letters.includes(letter),
      ),
  );
}
