import type { MedicationStatement } from '@medplum/fhirtypes';
import type { z } from 'zod';
import { ifThere, type Resource, type Stored } from '../../fhir/index.ts';
import { conflict, forbidden, invalid, Problem } from '../../platform/index.ts';
import type { treatmentBody, Written } from '../contract.ts';
import { dosagesFromText } from '../contract/treatments/dosage.rules.ts';
import { sayDosages } from '../contract/treatments/say-dosages.rules.ts';
import { unitOfLabel } from '../contract/treatments/read.rules.ts';
import { dateLabel, dateSpan } from '../dates.rules.ts';
import { idOf, labelOf, sensitivityOf } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import * as say from '../read/labels.ts';
import { author, dateIn, noteList, recorderExtension, stamped, subjectOf } from '../write/author.ts';
import { correct, entryOf, replace, written } from '../write/save.ts';
import { absentSystem, courseUrl, isNoTreatment, noneCode, toldCourse, treatmentState } from './course.rules.ts';
import { sourceOf, treatmentsOf } from './lines.ts';
import { medicineConcept } from './list.rules.ts';
import { substanceOf, substanceSystem } from './substance.rules.ts';

type Body = z.infer<typeof treatmentBody>;
const statementStatus = { current: 'active', past: 'completed', planned: 'intended', suspended: 'on-hold' } as const;
/** Who decides of treatments: prescribers. The contract says the same of the acts (`decide-treatments`). */
const deciders: readonly string[] = ['physician', 'dental-surgeon', 'midwife', 'advanced-practice-nurse'];
export const decides = (entered: Entered): boolean => deciders.includes(entered.caller.profession);
/** What a source says is corrected by whoever writes treatments; what was prescribed, by who decides or by who wrote it down. */
export const mayChange = (entered: Entered, medicine: MedicationStatement): boolean =>
  decides(entered) ||
  sourceOf(medicine) !== 'elsewhere' ||
  medicine.extension?.some(
    ({ valueReference }) => valueReference?.reference === `Practitioner/${entered.caller.practitioner}`,
  ) === true;

interface Reason {
  reference: string;
  display: string;
}
async function problemOf(entered: Entered, id: string | null | undefined): Promise<Reason | null> {
  if (!id) return null;
  const stored = await ifThere(entryOf(entered, 'Condition', id));
  if (!stored)
    throw invalid('Ce problème n’est pas dans ce dossier. Rien n’a été enregistré.', {
      problem: 'Choisissez un problème du dossier.',
    });
  return { reference: `Condition/${id}`, display: labelOf(stored.resource.code, 'Problème') };
}

function buildTreatment(entered: Entered, body: Body, reason: Reason | null, base?: Resource): Resource {
  const old = base as MedicationStatement | undefined;
  const until = dateIn(entered, 'until', body.until);
  const from = dateIn(entered, 'from', body.from);
  if (from && until && until < from.slice(0, until.length))
    throw invalid('La fin est avant le début. Rien n’a été enregistré.', {
      until: 'Cette date est avant le début du traitement.',
    });
  if (body.state === 'past' && until && dateSpan(until)[0] > entered.reading.today)
    throw invalid('Un traitement passé ne finit pas plus tard qu’aujourd’hui. Rien n’a été enregistré.', {
      until: 'Cette date est à venir : corrigez-la, ou dites le traitement en cours.',
    });
  const kept = old?.medicationCodeableConcept;
  const concept =
    kept && labelOf(kept) === body.label && (!body.code || kept.coding?.some(({ code }) => code === body.code))
      ? kept
      : medicineConcept(body);
  const recorder = old ? [] : [recorderExtension(entered)];
  const marks = [
    [say.prescriberUrl, body.prescriber ? { valueString: body.prescriber } : undefined],
    [say.sourceUrl, { valueString: body.source }],
    [courseUrl, body.course ? { valueCode: body.course } : undefined],
  ] as const;
  const extension = marks.reduce(
    (all, [url, value]) => say.withExtension({ extension: all }, url, value),
    [...(old?.extension ?? []), ...recorder],
  );
  const status = statementStatus[body.state];
  return stamped(
    entered,
    {
      ...old,
      resourceType: 'MedicationStatement',
      extension,
      status: old && treatmentState(old, entered.reading.today).code === body.state ? old.status : status,
      category:
        body.source === 'self'
          ? {
              coding: [
                {
                  system: 'http://terminology.hl7.org/CodeSystem/medication-statement-category',
                  code: 'patientspecified',
                },
              ],
            }
          : {
              coding: [
                { system: 'http://terminology.hl7.org/CodeSystem/medication-statement-category', code: 'community' },
              ],
            },
      statusReason: old && old.status !== status ? undefined : old?.statusReason,
      medicationCodeableConcept: concept,
      medicationReference: undefined,
      subject: subjectOf(entered),
      effectivePeriod: from || until ? { ...(from && { start: from }), ...(until && { end: until }) } : undefined,
      effectiveDateTime: undefined,
      dateAsserted: entered.now.toISOString(),
      informationSource:
        old?.informationSource ??
        (body.source === 'patient' || body.source === 'self' ? subjectOf(entered) : author(entered)),
      reasonCode: body.why && body.why !== reason?.display ? [{ text: body.why }] : undefined,
      reasonReference: reason ? [reason] : undefined,
      // What FHIR says beyond our form stays when its sentence was left as it was.
      dosage:
        old && sayDosages(old.dosage) === body.dosage
          ? old.dosage
          : dosagesFromText(body.dosage, unitOfLabel(body.label)),
      note: noteList(entered, body.note),
    },
    { base, sensitive: body.sensitive, reason: body.reason, encounter: body.encounter },
  );
}
export function treatmentValues(statement: MedicationStatement) {
  const concept = statement.medicationCodeableConcept;
  const coding = concept?.coding?.find(({ code, system }) => code && system);
  // The end worked out from the posology is not one that was typed.
  const { start, end } = statement.effectivePeriod ?? { start: statement.effectiveDateTime, end: undefined };
  return {
    label: say.medicationLabel(statement),
    code: coding?.code ?? null,
    system: coding?.system ?? null,
    atc: substanceOf(concept).atc,
    substances: (concept?.coding ?? [])
      .filter(({ system }) => system === substanceSystem)
      .map(({ display }) => display ?? ''),
    dosage: sayDosages(statement.dosage),
    state: treatmentState(statement).code,
    from: dateLabel(start),
    until: dateLabel(end),
    course: toldCourse(statement),
    source: sourceOf(statement),
    prescriber: say.extensionText(statement, say.prescriberUrl) ?? '',
    why: (statement.reasonCode ?? []).map((one) => labelOf(one)).join(', '),
    problem: idOf(statement.reasonReference?.[0], 'Condition') ?? null,
    note: (statement.note ?? [])
      .map(({ text }) => text)
      .filter(Boolean)
      .join('\n'),
    sensitive: sensitivityOf(statement),
  };
}

/** «Aucun traitement» is no longer true once something is taken. */
export async function endNone(entered: Entered): Promise<void> {
  const stored = await entered.store.compartment(entered.patientId, { types: ['MedicationStatement'], each: 200 });
  for (const one of stored.filter(({ resource }) => resource.status === 'active' && isNoTreatment(resource))) {
    const base = one.resource;
    await replace(
      entered,
      one,
      one.version,
      {
        ...stamped(entered, { ...base, status: 'completed' }, { base, reason: 'Un traitement a été noté.' }),
        id: one.id,
      },
      'un traitement a été noté',
    );
  }
}
export async function addTreatment(entered: Entered, body: Body): Promise<Written> {
  const reason = await problemOf(entered, body.problem);
  const built = buildTreatment(entered, body, reason);
  const added = await entered.store.transaction(async (store) => {
    const within = { ...entered, store };
    if (body.state !== 'past') await endNone(within);
    return store.createMany([built]);
  });
  return written(entered, added);
}
export async function correctTreatment(entered: Entered, id: string, body: Body): Promise<Written> {
  const stored = await entryOf(entered, 'MedicationStatement', id);
  const old = stored.resource;
  if (isNoTreatment(old))
    throw conflict(
      '« Aucun traitement » ne se corrige pas : notez un traitement, ou marquez cette ligne comme saisie par erreur.',
    );
  if (!mayChange(entered, old))
    throw forbidden(
      'Ce traitement a été prescrit : un prescripteur le change. Notez ce que dit le patient, ou proposez le changement. Rien n’a été modifié.',
    );
  const reason = await problemOf(entered, body.problem);
  return correct(entered, 'MedicationStatement', id, body.version, body.reason, (base) =>
    buildTreatment(entered, body, reason, base),
  );
}
/** The patient was asked and takes nothing: a state of its own, as the International Patient Summary says it. */
export async function noTreatment(entered: Entered): Promise<Written> {
  const stored = await entered.store.compartment(entered.patientId, {
    types: ['MedicationRequest', 'MedicationStatement'],
    each: 200,
  });
  const current = treatmentsOf(entered.reading, stored).filter(({ state }) => state !== 'past');
  if (current.length > 0)
    throw new Problem(
      409,
      'Des traitements sont en cours',
      `Le dossier tient ${current.length === 1 ? 'un traitement' : `${current.length} traitements`} pour en cours. Arrêtez-les d’abord, avec la raison. Rien n’a été modifié.`,
      { extra: { code: 'treatments-listed' } },
    );
  const statement: MedicationStatement = {
    resourceType: 'MedicationStatement',
    extension: [recorderExtension(entered)],
    status: 'active',
    medicationCodeableConcept: {
      coding: [{ system: absentSystem, code: noneCode, display: 'No known medications' }],
      text: 'Aucun traitement en cours',
    },
    subject: subjectOf(entered),
    effectivePeriod: { start: entered.reading.today },
    dateAsserted: entered.now.toISOString(),
    informationSource: subjectOf(entered),
  };
  const known: Stored | undefined = stored.find(
    ({ resource }) => resource.status === 'active' && isNoTreatment(resource),
  );
  // Asked again: the same statement, of today.
  if (known)
    return correct(entered, 'MedicationStatement', known.id, known.version, null, (base) =>
      stamped(
        entered,
        { ...base, effectivePeriod: statement.effectivePeriod, dateAsserted: statement.dateAsserted },
        { base },
      ),
    );
  return written(entered, [await entered.store.create(stamped(entered, statement, {}))]);
}
