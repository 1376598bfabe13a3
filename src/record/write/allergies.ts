import type { z } from 'zod';
import type { Stored } from '../../fhir/index.ts';
import { Problem } from '../../platform/index.ts';
import type { allergyBody, Written } from '../contract.ts';
import { concept, firstCode, labelOf } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { allergyState, isNoneKnown } from '../read/labels.ts';
import { statusOf } from '../read/reading.ts';
import { stamped } from './author.ts';
import { buildAllergy } from './build-allergy.ts';
import { correct, replace, written } from './save.ts';

type Body = z.infer<typeof allergyBody>;
/** What holds today: neither withdrawn nor refuted, active. */
const standing = async (entered: Entered): Promise<Stored<'AllergyIntolerance'>[]> =>
  (await entered.store.compartment(entered.patientId, { types: ['AllergyIntolerance'], each: 200 })).filter(
    (one) =>
      statusOf(one.resource) !== 'entered-in-error' &&
      firstCode(one.resource.verificationStatus) !== 'refuted' &&
      allergyState(one.resource).code === 'active',
  );

/** «Aucune connue» is no longer true once an allergy is listed: the statement ends, and stays readable (DOS-3). */
async function endNone(entered: Entered): Promise<Stored<'AllergyIntolerance'>[]> {
  const ended: Stored<'AllergyIntolerance'>[] = [];
  for (const one of (await standing(entered)).filter((each) => isNoneKnown(each.resource))) {
    const base = one.resource;
    ended.push(
      await replace(
        entered,
        one,
        one.version,
        {
          ...stamped(
            entered,
            { ...base, clinicalStatus: concept('allergyintolerance-clinical', 'inactive') },
            { base, reason: 'Une allergie a été notée.' },
          ),
          id: one.id,
        },
        'une allergie a été notée',
      ),
    );
  }
  return ended;
}
/** «Aucune connue» is not said beside an allergy that is listed. */
function mustBeNone(found: readonly Stored<'AllergyIntolerance'>[], self?: string): void {
  const listed = found.filter((one) => one.id !== self && !isNoneKnown(one.resource));
  if (listed.length > 0)
    throw new Problem(
      409,
      'Déjà noté',
      `Le dossier tient déjà : ${listed
        .slice(0, 3)
        .map((one) => labelOf(one.resource.code, 'Allergie'))
        .join(
          ', ',
        )}. Si c’est une erreur, marquez d’abord ces lignes comme saisies par erreur. Rien n’a été enregistré.`,
      { extra: { code: 'allergies-listed' } },
    );
}

export async function addAllergy(entered: Entered, body: Body): Promise<Written> {
  const built = buildAllergy(entered, body);
  if (body.noneKnown) {
    const found = await standing(entered);
    mustBeNone(found);
    const known = found.find((one) => isNoneKnown(one.resource));
    // Asked again: the same statement, of today and of whoever asked.
    if (known)
      return correct(entered, 'AllergyIntolerance', known.id, known.version, null, (base) =>
        stamped(
          entered,
          { ...base, recordedDate: built.recordedDate, recorder: built.recorder, asserter: built.asserter },
          { base },
        ),
      );
  }
  return withoutNone(entered, body, (within) => within.store.createMany([built]));
}
export async function correctAllergy(entered: Entered, id: string, body: Body): Promise<Written> {
  if (body.noneKnown) mustBeNone(await standing(entered), id);
  return withoutNone(entered, body, async (within) => {
    await correct(within, 'AllergyIntolerance', id, body.version, body.reason, (base) =>
      buildAllergy(within, body, base),
    );
    return [await within.store.read('AllergyIntolerance', id)];
  });
}
/** The allergy and the end of «aucune connue», both or none; taken back together too. */
async function withoutNone(
  entered: Entered,
  body: Body,
  write: (within: Entered) => Promise<Stored[]>,
): Promise<Written> {
  const done = await entered.store.transaction(async (store) => {
    const within = { ...entered, store };
    const made = await write(within);
    return body.noneKnown || body.state !== 'active' ? made : [...made, ...(await endNone(within))];
  });
  return written(entered, done);
}
