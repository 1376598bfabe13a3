import { provingDocuments } from '../../fhir/index.ts';
import type { IdentityForm, InsStatus } from '../contract.ts';
import { withoutAccents } from '../../platform/index.ts';

export const isProving = (kind: string | undefined): boolean => provingDocuments.includes(kind ?? '');
export const isProvenStatus = (status: InsStatus): boolean => status === 'validated' || status === 'qualified';
const hasIns = (status: InsStatus): boolean => status === 'retrieved' || status === 'qualified';

/** As two registers would compare them: case, accents and signs aside. */
const plain = (text: string | null | undefined): string =>
  withoutAccents(text ?? '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toUpperCase();
const strict = ['birthFamily', 'birthGivens', 'birthDate', 'sex', 'birthPlace'] as const;
type StrictTrait = (typeof strict)[number];
/** The strict traits that differ. */
export const changedTraits = (before: IdentityForm, after: IdentityForm): StrictTrait[] =>
  strict.filter((trait) => plain(before[trait]) !== plain(after[trait]));

/**
 * RNIV: what a correction may do to the trust of an identity. Up only by what proves it; a strict trait of a proven identity changes with a document seen again; down with a
 * reason; a doubtful or fictive identity stays provisional and without INS. Words under each field; empty: allowed.
 */
export function refusedMove(
  before: IdentityForm | null,
  after: IdentityForm,
  reason: string | null | undefined,
): Record<string, string> {
  const fields: Record<string, string> = {};
  const marks = after.marks ?? [];
  if (marks.includes('doubtful') || marks.includes('fictive')) {
    if (after.insStatus !== 'provisional') fields.insStatus = 'Une identité douteuse ou fictive reste provisoire.';
    if (after.ins) fields.ins = 'Une identité douteuse ou fictive ne porte pas d’INS.';
    if (marks.includes('doubtful') && marks.includes('fictive')) fields.marks = 'Douteuse ou fictive : choisissez.';
  }
  if (!before) return fields;
  const traits = changedTraits(before, after);
  const again =
    after.proof !== null &&
    after.proof !== undefined &&
    (after.proof.kind !== before.proof?.kind || after.proof.seenOn !== before.proof.seenOn);
  if (isProvenStatus(before.insStatus) && isProvenStatus(after.insStatus) && traits.length > 0 && !again)
    fields['proof.seenOn'] =
      'Un trait strict change : la pièce d’identité est à revoir (sa date), ou l’identité redevient provisoire.';
  const down =
    (isProvenStatus(before.insStatus) && !isProvenStatus(after.insStatus)) ||
    (hasIns(before.insStatus) && !hasIns(after.insStatus));
  if (down && !reason?.trim()) fields.reason = 'Indiquez pourquoi l’identité perd ce statut.';
  if (
    before.insStatus === 'qualified' &&
    after.insStatus === 'qualified' &&
    before.ins !== after.ins &&
    !reason?.trim()
  )
    fields.reason = 'Indiquez pourquoi l’INS qualifié change.';
  return fields;
}
