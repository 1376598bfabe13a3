import { invalid } from '../platform/index.ts';
import { looksLikeIdentity, noPatientWords } from './contract/patient-words.ts';

const ourId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Codes that others gave (quotes, payments), and a text written together, which comes as bytes and is looked at when it is kept. */
const codes: ReadonlySet<string> = new Set(['number', 'reference', 'update']);
/** Where in what is sent an identity number stands. */
function whereIn(value: unknown, path: readonly string[]): string | undefined {
  if (typeof value === 'string')
    return !codes.has(path.at(-1) ?? '') && !ourId.test(value) && looksLikeIdentity(value) ? path.join('.') : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = whereIn(inner, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}
/** Errors: 422 for a text in which a patient's identity number stands. */
export function refusePatients(sent: unknown): void {
  const where = whereIn(sent, []);
  if (where !== undefined)
    throw invalid(`${noPatientWords.charAt(0).toUpperCase()}${noPatientWords.slice(1)}. Rien n’a été enregistré.`, {
      [where]: noPatientWords,
    });
}

/** SEC-7: people of the region read what is written here. Whatever the entry, nothing that looks like a patient's identity number comes in. */
export function withoutPatients<H extends object>(handlers: H): H {
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handle]) => [
      name,
      async (input: { body?: unknown }, ctx: unknown) => {
        refusePatients(input.body);
        return handle(input, ctx);
      },
    ]),
  ) as H;
}
