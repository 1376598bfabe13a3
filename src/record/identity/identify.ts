import type { z } from 'zod';
import { clinicalKinds, type KindOfData } from '../../access/index.ts';
import { type FhirStore, newId } from '../../fhir/index.ts';
import { Problem } from '../../platform/index.ts';
import type { createPatientBody, IdentityForm, identityPage, identityUpdate, patientCreated } from '../contract.ts';
import { dateSpan, parseDate, today } from '../dates.rules.ts';
import { authorReference } from '../directory.ts';
import type { Entered } from '../read/enter.ts';
import { writerOf } from '../read/reading.ts';
import type { PersonCaller, Room } from '../room.ts';
import { stamped } from '../write/author.ts';
import { replace } from '../write/save.ts';
import { joinNewPatient } from '../write/team.ts';
import { findDuplicates } from './duplicates.ts';
import { compactIns, insProblem } from './ins.rules.ts';
import { isProving, refusedMove } from './moves.rules.ts';
import { briefOf, formOf, patientOf, todoOf } from './patient.rules.ts';

/** The form's dates understood and its rules held (RNIV); 422 with words under each field otherwise. */
function checked(
  form: IdentityForm,
  now: Date,
  before: IdentityForm | null = null,
  reason?: string | null,
): IdentityForm & { birthDate: string; seenOn?: string; deceased?: string } {
  const fields: Record<string, string> = {};
  const date = (field: string, typed: string | null | undefined): string | undefined => {
    if (!typed) return undefined;
    const parsed = parseDate(typed, now);
    if (!parsed) fields[field] = 'Écrivez la date ainsi : JJ/MM/AAAA ; jour ou mois inconnu : 00.';
    else if (parsed > today(now)) fields[field] = 'Cette date est dans le futur.';
    return parsed ?? undefined;
  };
  const birthDate = date('birthDate', form.birthDate);
  const seenOn = date('proof.seenOn', form.proof?.seenOn);
  const deceased = date('deceasedOn', form.deceasedOn);
  if (!/\p{L}/u.test(form.birthFamily)) fields.birthFamily = 'Le nom doit contenir des lettres.';
  if (!/\p{L}/u.test(form.birthGivens)) fields.birthGivens = 'Le prénom doit contenir des lettres.';
  for (const name of ['birthFamily', 'birthGivens', 'birthFirst', 'usedFamily', 'usedGiven'] as const) {
    const sign = form[name] === before?.[name] ? null : oddSign(form[name] ?? '');
    if (sign)
      fields[name] ??=
        `Le signe « ${sign} » ne s’écrit pas dans un nom : lettres latines, apostrophe, trait d’union et espace seulement (RNIV).`;
  }
  if (deceased && birthDate && dateSpan(deceased)[1] < dateSpan(birthDate)[0])
    fields.deceasedOn = 'Ce décès serait avant la naissance.';
  if (form.phones.some((phone) => phone && phone.replace(/\D/g, '').length < 4))
    fields.phones = 'Un numéro de téléphone s’écrit en chiffres.';
  if (form.email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(form.email))
    fields.email = 'Une adresse s’écrit ainsi : nom@exemple.fr.';
  if (form.birthPlace && /^0{5}$/.test(form.birthPlace))
    fields.birthPlace = 'Ce code INSEE n’existe pas : laissez vide un lieu de naissance inconnu.';
  else if (form.birthPlace && !/^(\d{5}|2[AB]\d{3})$/i.test(form.birthPlace))
    fields.birthPlace = 'Le code INSEE compte 5 caractères (2A ou 2B pour la Corse, 99… pour l’étranger).';
  if (form.ins) {
    const problem = insProblem(form.ins);
    if (problem) fields.ins = problem;
  }
  const proven = form.insStatus === 'validated' || form.insStatus === 'qualified';
  if ((form.insStatus === 'qualified' || form.insStatus === 'retrieved') && !form.ins)
    fields.ins = 'Ce statut demande un matricule INS.';
  if (form.insStatus === 'provisional' && form.ins)
    fields.insStatus = 'Un matricule INS récupéré donne au moins le statut « identité récupérée ».';
  if (form.insStatus === 'validated' && form.ins)
    fields.insStatus = 'Avec un matricule INS, l’identité validée devient « qualifiée ».';
  // CV does not prove an identity (RNIV): such a document leaves the status as it was.
  if (proven && !isProving(form.proof?.kind))
    fields['proof.kind'] = 'Une identité validée demande une pièce d’identité à haut niveau de confiance.';
  if (proven && form.sex === 'unknown') fields.sex = 'Une identité validée demande le sexe.';
  if (form.insStatus === 'qualified' && !form.birthPlace)
    fields.birthPlace = 'Une identité qualifiée demande le lieu de naissance.';
  const first = words(form.birthFirst);
  if (first && words(form.birthGivens) !== first && !words(form.birthGivens).startsWith(`${first} `))
    fields.birthFirst = 'Le premier prénom est le début de la liste des prénoms.';
  Object.assign(fields, refusedMove(before, form, reason), fields);
  if (Object.keys(fields).length)
    throw new Problem(422, 'Saisie à corriger', 'Certains champs sont à corriger. Rien n’a été enregistré.', {
      fields,
    });
  const proof = form.proof && isProving(form.proof.kind) ? form.proof : null;
  return { ...form, proof, birthDate: birthDate!, seenOn, deceased, ins: form.ins ? compactIns(form.ins) : null };
}

/** The first sign that RNIV does not let stand in a name, as one can read it; given names may be set apart by commas. */
function oddSign(name: string): string | null {
  const [sign] = /[^\p{Script=Latin} '’ʼ,\-‐‑]\p{M}*/u.exec(name.replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')) ?? [];
  return sign === undefined
    ? null
    : /[\p{L}\p{N}\p{P}\p{S}]/u.test(sign)
      ? sign
      : `U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Given names as a list of words. */
const words = (text: string | null | undefined): string =>
  (text ?? '')
    .toUpperCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .join(' ');

const givesCare = (kinds: Iterable<KindOfData>): boolean =>
  [...kinds].some(
    (kind) =>
      (clinicalKinds as readonly KindOfData[]).includes(kind) && kind !== 'private-notes' && kind !== 'coordination',
  );

/** IDV-1: creates a patient; IDV-2: refuses while a strong candidate is not set aside by name. */
export async function createPatient(
  room: Room,
  caller: PersonCaller,
  body: z.infer<typeof createPatientBody>,
  reach: ReadonlySet<KindOfData>,
): Promise<z.infer<typeof patientCreated>> {
  const store = room.fhirFor(caller);
  const now = room.now();
  const form = checked(body, now);
  const candidates = (await findDuplicates(room, store, { ...form, self: null })).filter(
    (one) => one.strong && !body.despite.includes(one.id),
  );
  if (candidates.length > 0)
    throw new Problem(
      409,
      'Patient peut-être déjà connu',
      'Un dossier très proche existe déjà. Ouvrez-le, ou confirmez qu’il s’agit d’une autre personne. Rien n’a été créé ; votre saisie est conservée.',
      { extra: { code: 'duplicates', candidates } },
    );
  const joins = body.joinCareTeam && givesCare(reach);
  const patient = {
    ...patientOf(form, { resourceType: 'Patient' }, now.toISOString(), authorReference(caller)),
    id: newId(),
  };
  await store.transaction(async (tx: FhirStore) => {
    await tx.create(patient);
    if (joins) await joinNewPatient(tx, caller, patient, today(now));
  });
  return { id: patient.id, patient: briefOf(patient, today(now), joins), joinedCareTeam: joins };
}

export async function readIdentity(entered: Entered): Promise<z.infer<typeof identityPage>> {
  const { stored, patient, reading: r, rights, room, store } = entered;
  await room.directory.learn(store, [stored]);
  return {
    patient: briefOf(patient, r.today, rights.relation !== null),
    version: stored.version,
    form: formOf(patient),
    todo: todoOf(patient),
    canEdit: rights.add.has('identity'),
    updated: stored.updated,
    who: r.directory.who(entered.caller, writerOf(stored.resource), stored.updated),
  };
}

/** A corrected identity is a new version; the old one stays in its history. */
export async function correctIdentity(
  entered: Entered,
  body: z.infer<typeof identityUpdate>,
): Promise<z.infer<typeof identityPage>> {
  // Against a version that is gone nothing can be said but that: `replace` does.
  const form = checked(
    body,
    entered.now,
    entered.stored.version === body.version ? formOf(entered.patient) : null,
    body.reason,
  );
  const next = patientOf(form, entered.patient, entered.now.toISOString(), authorReference(entered.caller));
  const stored = await replace(
    entered,
    entered.stored,
    body.version,
    {
      ...stamped(entered, next, { base: entered.stored.resource, reason: body.reason }),
      meta: { ...next.meta },
      id: entered.patientId,
    },
    body.reason,
  );
  return readIdentity({ ...entered, stored, patient: stored.resource });
}
