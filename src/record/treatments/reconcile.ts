import type { List, ListEntry, MedicationStatement } from '@medplum/fhirtypes';
import type { Resource, ResourceType, Stored } from '../../fhir/index.ts';
import { conflict, invalid, Problem } from '../../platform/index.ts';
import { type ReconcileBody, reconciliationDecisions } from '../contract/wire-treatments.ts';
import type { Written } from '../contract.ts';
import { dosagesFromText } from '../contract/treatments/dosage.rules.ts';
import { unitOfLabel } from '../contract/treatments/read.rules.ts';
import { sensitivityOf } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { medicationLabel, sourceUrl } from '../read/labels.ts';
import { author, recorderExtension, stamped, subjectOf } from '../write/author.ts';
import { entryOf, typeNamed, written } from '../write/save.ts';
import { actOn } from './act-on-treatment.ts';
import { isMedicine, isTreatment, type Source, type StoredMedicine } from './course.rules.ts';
import {
  decisionSystem,
  documentUrl,
  entryReasonUrl,
  listKind,
  lookedAtUrl,
  ofTreatments,
  type ReportedFrom,
  reconciledCode,
  reportedFrom,
  type Said,
  saidIn,
} from './list.rules.ts';
import { sourceOf } from './lines.ts';
import { proposalFor } from './propose.ts';
import { provenanceOf } from './reconciliations.ts';
import { decides, endNone } from './write-treatment.ts';

type Line = ReconcileBody['lines'][number];
type Decision = keyof typeof reconciliationDecisions;
const sourceFrom: Record<ReportedFrom, Source> = {
  patient: 'patient',
  hospital: 'document',
  document: 'document',
  pharmacy: 'dispense',
};
/** What is offered to be taken back stays within what `undo` takes. */
const mostChanges = 45;

/** Everything decided at once, or nothing: changes, additions, proposals, the list that says who decided what, when and why, and its Provenance. */
export async function reconcileTreatments(entered: Entered, body: ReconcileBody): Promise<Written> {
  if (body.lines.filter(({ decision }) => decision !== 'keep' && decision !== 'ignore').length > mostChanges)
    throw invalid(
      `Plus de ${mostChanges} changements à la fois : faites la conciliation en deux temps. Rien n’a été modifié.`,
    );
  const seen = new Set<string>();
  for (const { about } of body.lines) {
    const key = about && `${about.type}/${about.id}`;
    if (key && seen.has(key)) throw invalid('Le même traitement est décidé deux fois. Rien n’a été modifié.');
    if (key) seen.add(key);
  }
  const done = await entered.store.transaction(async (store) => {
    const within: Entered = { ...entered, store };
    const sources: Stored<'List'>[] = [];
    const lists = new Map<string, List>();
    for (const id of new Set([...body.lists, ...body.lines.flatMap(({ said }) => (said ? [said.list] : []))])) {
      const source = await entryOf(within, 'List', id);
      const list = source.resource;
      if (listKind(list) !== 'reported')
        throw conflict('Cette liste n’est pas un relevé de traitements. Rechargez la page. Rien n’a été modifié.');
      lists.set(id, list);
      sources.push(source);
    }
    const changed: Stored[] = [];
    const contained: MedicationStatement[] = [];
    const entry: ListEntry[] = [];
    for (const line of body.lines) {
      const one = await decided(within, line, lists, changed);
      if (one.contained) contained.push({ ...one.contained, id: `l${contained.length + 1}` });
      entry.push(entryFor(one, one.contained ? `#l${contained.length}` : one.reference, line.reason));
    }
    if (changed.some(({ resource }) => resource.resourceType === 'MedicationStatement' && resource.status === 'active'))
      await endNone(within);
    const list: List = {
      resourceType: 'List',
      status: 'current',
      mode: 'snapshot',
      code: reconciledCode,
      title: 'Conciliation des traitements',
      subject: subjectOf(within),
      date: within.now.toISOString(),
      source: author(within),
      extension: [...lists.keys()].map((id) => ({ url: lookedAtUrl, valueReference: { reference: `List/${id}` } })),
      contained: contained.length > 0 ? contained : undefined,
      entry,
      note: body.note
        ? [{ authorReference: author(within), time: within.now.toISOString(), text: body.note }]
        : undefined,
    };
    const made = await store.create(ofTreatments(stamped(within, list, {})));
    const documents = [...lists.values()].flatMap(
      ({ extension }) =>
        extension?.find(({ url }) => url === documentUrl)?.valueReference?.reference?.split('/')[1] ?? [],
    );
    await store.create(
      provenanceOf({ list: made, changed, sources, documents, who: author(within), at: within.now.toISOString() }),
    );
    return [made, ...changed];
  });
  return written(entered, done);
}
interface Decided {
  decision: Decision;
  label: string;
  reference: string;
  sensitive: boolean;
  contained?: MedicationStatement;
}
const entryFor = (
  { decision, label, sensitive }: Decided,
  reference: string,
  reason: string | null | undefined,
): ListEntry => ({
  ...(reason && !sensitive && { extension: [{ url: entryReasonUrl, valueString: reason }] }),
  flag: { coding: [{ system: decisionSystem, code: decision }], text: reconciliationDecisions[decision] },
  // A sensitive treatment is named by its entry alone, which those may read who may.
  item: { reference, ...(!sensitive && { display: label }) },
});

async function decided(
  entered: Entered,
  line: Line,
  lists: ReadonlyMap<string, List>,
  changed: Stored[],
): Promise<Decided> {
  const said = line.said ? saidIn(lists.get(line.said.list)!).find(({ key }) => key === line.said!.key) : undefined;
  if (line.said && !said)
    throw conflict('Cette ligne n’est plus dans le relevé. Rechargez la page. Rien n’a été modifié.');
  if (!line.about)
    return added(entered, line, said, said ? reportedFrom(lists.get(line.said!.list)!) : 'patient', changed);
  if (line.decision === 'add' || line.decision === 'ignore')
    throw invalid(
      '« Ajouter » et « ne pas retenir » portent sur ce qui est rapporté, pas sur un traitement du dossier. Rien n’a été modifié.',
    );
  const stored = await entryOf<ResourceType>(entered, typeNamed(line.about.type), line.about.id);
  if (!isMedicine(stored) || !isTreatment(stored.resource))
    throw conflict('Une des lignes n’est pas un traitement. Rechargez la page. Rien n’a été modifié.');
  if (stored.version !== line.about.version)
    throw new Problem(
      409,
      'Modifié entre-temps',
      `${medicationLabel(stored.resource)} a changé depuis que vous avez ouvert la conciliation. Vos choix sont gardés à l’écran : relisez cette ligne, puis enregistrez. Rien n’a été modifié.`,
      { extra: { code: 'changed-since', entry: `${stored.type}/${stored.id}`, version: stored.version } },
    );
  const label = medicationLabel(stored.resource);
  const base = {
    label,
    reference: `${stored.type}/${stored.id}/_history/${stored.version}`,
    sensitive: sensitivityOf(stored.resource) !== null,
  };
  if (line.decision === 'keep') return { ...base, decision: 'keep' };
  const reason = line.reason?.trim() ?? '';
  const dosage = line.dosage?.trim() || said?.dosage || '';
  if (line.decision === 'dose' && !dosage)
    throw invalid(`Indiquez la nouvelle posologie de ${label}. Rien n’a été modifié.`, {
      dosage: 'Indiquez la nouvelle posologie.',
    });
  if (line.decision === 'stop' && reason.length < 2)
    throw invalid(`Indiquez pourquoi ${label} est arrêté. Rien n’a été modifié.`, { reason: 'Indiquez pourquoi.' });
  if (!decides(entered) && mustBeProposed(stored)) {
    if (reason.length < 3)
      throw invalid(`Dites au prescripteur pourquoi, pour ${label}. Rien n’a été modifié.`, {
        reason: 'Dites pourquoi, pour la personne qui décidera.',
      });
    changed.push(
      await entered.store.create(proposalFor(entered, { act: line.decision, label, dosage, reason }, stored)),
    );
    return { ...base, decision: 'propose' };
  }
  const version = line.about.version;
  const next = await actOn(
    entered,
    stored.type,
    stored.id,
    line.decision === 'stop'
      ? { act: 'stop', version, reason }
      : { act: 'dose', version, dosage, reason: reason || null },
  );
  changed.push(next);
  return { ...base, reference: `${next.type}/${next.id}/_history/${next.version}`, decision: line.decision };
}
/** What was prescribed is a prescriber's to change; what the patient or the pharmacy says, whoever reconciles puts right. */
const mustBeProposed = (stored: StoredMedicine): boolean =>
  stored.type === 'MedicationRequest' || ['elsewhere', 'document'].includes(sourceOf(stored.resource));

async function added(
  entered: Entered,
  line: Line,
  said: Said | undefined,
  from: ReportedFrom,
  changed: Stored[],
): Promise<Decided> {
  if (!said) throw invalid('Dites quelle ligne rapportée est ajoutée. Rien n’a été modifié.');
  const concept = said.concept ?? { text: said.label };
  if (line.decision === 'ignore')
    return {
      decision: 'ignore',
      label: said.label,
      reference: '',
      sensitive: false,
      contained: {
        resourceType: 'MedicationStatement',
        status: 'unknown',
        medicationCodeableConcept: concept,
        subject: subjectOf(entered),
        ...(said.dosage && { dosage: [{ text: said.dosage }] }),
      },
    };
  if (line.decision !== 'add')
    throw invalid('Une ligne rapportée s’ajoute ou n’est pas retenue. Rien n’a été modifié.');
  const dosage = line.dosage?.trim() || said.dosage;
  const source = sourceFrom[from];
  const statement: MedicationStatement = {
    resourceType: 'MedicationStatement',
    extension: [recorderExtension(entered), { url: sourceUrl, valueString: source }],
    status: 'active',
    medicationCodeableConcept: concept,
    subject: subjectOf(entered),
    dateAsserted: entered.now.toISOString(),
    informationSource: source === 'patient' ? subjectOf(entered) : author(entered),
    dosage: dosage ? dosagesFromText(dosage, unitOfLabel(said.label)) : undefined,
    derivedFrom: [{ reference: `List/${line.said!.list}` }],
    note: said.note || line.reason ? [{ text: [said.note, line.reason].filter(Boolean).join('\n') }] : undefined,
  };
  const made: Resource = stamped(entered, statement, {});
  const stored = await entered.store.create(made);
  changed.push(stored);
  return {
    decision: 'add',
    label: said.label,
    reference: `MedicationStatement/${stored.id}/_history/${stored.version}`,
    sensitive: false,
  };
}
