import type { List, MedicationDispense, MedicationRequest, MedicationStatement } from '@medplum/fhirtypes';
import { sayDosages } from '../contract/treatments/say-dosages.rules.ts';
import { dateLabel } from '../dates.rules.ts';
import { labelOf } from '../fhir-words.ts';
import { date, type Description, made, notes, period } from '../read/description.ts';
import { extensionText, medicationLabel, prescriberUrl } from '../read/labels.ts';
import { daysOf, sayQuantity, saySubstitution } from './dispense.rules.ts';
import {
  type Medicine,
  isNoTreatment,
  isProposal,
  sources,
  toldCourse,
  treatmentPeriod,
  treatmentState,
} from './course.rules.ts';
import { sourceOf } from './lines.ts';
import { describeList } from './list.rules.ts';
import { describeProposal } from './proposal.rules.ts';

const reasons = (m: Medicine): string =>
  [...(m.reasonCode ?? []).map((one) => labelOf(one)), ...(m.reasonReference ?? []).map((one) => one.display ?? '')]
    .filter(Boolean)
    .join(', ');
const courseWords = { continuous: 'Au long cours', acute: 'De courte durée' } as const;
const courseOf = (m: Medicine): string => {
  const told = toldCourse(m);
  return told ? courseWords[told] : '';
};

/** Treatments in French: what the timeline, versions, searches and prints say. */
export const treatmentDescribers: Record<string, (resource: never) => Description> = {
  MedicationRequest: (m: MedicationRequest) =>
    isProposal(m)
      ? describeProposal(m)
      : made(
          'treatment',
          medicationLabel(m),
          [
            ['Posologie', sayDosages(m.dosageInstruction), true],
            ['État', treatmentState(m).label, m.status !== 'active'],
            ['Raison', labelOf(m.statusReason), true],
            ['Période', period(treatmentPeriod(m)), true],
            ['Durée', courseOf(m)],
            ['Motif', reasons(m), true],
            ['Note', notes(m), true],
          ],
          m.intent === 'plan' ? 'Traitement à prescrire' : 'Prescription',
        ),
  MedicationStatement: (m: MedicationStatement) =>
    isNoTreatment(m)
      ? made(
          'treatment',
          'Aucun traitement en cours',
          [
            ['Dit le', dateLabel(m.dateAsserted)],
            ['État', m.status === 'active' ? '' : 'N’est plus vrai', true],
          ],
          'Traitements',
        )
      : made(
          'treatment',
          medicationLabel(m),
          [
            ['Posologie', sayDosages(m.dosage), true],
            ['État', treatmentState(m).label, m.status !== 'active'],
            ['Raison', (m.statusReason ?? []).map((one) => labelOf(one)).join(', '), true],
            ['Période', period(treatmentPeriod(m)), true],
            ['Durée', courseOf(m)],
            ['Source', sources[sourceOf(m)]],
            ['Prescripteur', extensionText(m, prescriberUrl)],
            ['Motif', reasons(m), true],
            ['Note', notes(m), true],
          ],
          sourceOf(m) === 'elsewhere'
            ? 'Traitement prescrit ailleurs'
            : sourceOf(m) === 'self'
              ? 'Automédication'
              : 'Traitement déclaré',
        ),
  MedicationDispense: (m: MedicationDispense) =>
    made(
      'treatment',
      medicationLabel(m),
      [
        [
          'Quantité',
          [sayQuantity(m), daysOf(m, null) && `pour ${daysOf(m, null)!.days} jours`].filter(Boolean).join(', '),
          true,
        ],
        ['Substitution', saySubstitution(m) ?? '', true],
        ['Posologie', sayDosages(m.dosageInstruction), true],
        ['Délivré le', date(m.whenHandedOver)],
        ['Note', notes(m), true],
      ],
      'Délivrance',
    ),
  List: (list: List) => describeList(list),
};
