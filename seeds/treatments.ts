import type { List, MedicationDispense, MedicationRequest, MedicationStatement } from '@medplum/fhirtypes';
import { ofTreatments, reportedTreatments, treatmentProposal } from '../src/record/index.ts';
import type { Chart } from './chart.ts';
import { addDays, french, parisInstant } from './dates.ts';

/** A letter of the hospital that waits to be reconciled, and what the pharmacist proposes about an over-the-counter drug. */
export function waitingConciliation(chart: Chart, selfMedication: MedicationStatement) {
  const pharmacist = chart.pro('pharmacist');
  const nurse = chart.pro('nurse');
  const out = addDays(chart.today, -6);
  chart.add<List>({
    ...ofTreatments(
      reportedTreatments({
        from: 'hospital',
        title: `Sortie de cardiologie, ${french(out)}`,
        subject: chart.subject,
        at: parisInstant(out, 16 * 60),
        source: chart.ref(nurse),
        lines: [
          { label: 'Metformine 1 000 mg, comprimé', dosage: '1 comprimé matin et soir' },
          { label: 'Ramipril 5 mg, comprimé', dosage: '2 comprimés le matin' },
          { label: 'Atorvastatine 20 mg, comprimé', dosage: '1 comprimé le soir' },
          { label: 'Acide acétylsalicylique 75 mg, poudre', dosage: '1 sachet le midi' },
        ],
      }),
    ),
    id: chart.id('releve'),
  });
  chart.add<MedicationRequest>({
    ...treatmentProposal({
      act: 'stop',
      about: selfMedication,
      subject: chart.subject,
      at: parisInstant(addDays(chart.today, -3), 11 * 60),
      requester: chart.ref(pharmacist),
      reason: 'Ibuprofène sans ordonnance avec le ramipril et le diabète : paracétamol proposé pour l’épaule.',
    }),
    id: chart.id('proposition'),
  });
}

/** What the pharmacy of the practice handed over lately of the long treatments, a month at a time; the last one waits to be renewed. */
export function monthlyDispenses(chart: Chart) {
  const pharmacist = chart.pro('pharmacist');
  const long = chart.out.filter(
    (one): one is MedicationRequest & { id: string } =>
      one.resourceType === 'MedicationRequest' && one.status === 'active' && one.intent === 'order',
  );
  long.forEach((request, at) => {
    for (const ago of at === long.length - 1 ? [75, 45] : [75, 45, 14]) {
      const day = addDays(chart.today, -ago);
      if (request.authoredOn!.slice(0, 10) > day) continue;
      chart.add<MedicationDispense>({
        resourceType: 'MedicationDispense',
        id: chart.id('delivrance'),
        status: 'completed',
        medicationCodeableConcept: request.medicationCodeableConcept!,
        subject: chart.subject,
        performer: [{ actor: chart.ref(pharmacist) }],
        authorizingPrescription: [{ reference: `MedicationRequest/${request.id}` }],
        quantity: { value: 1, unit: 'boîte' },
        daysSupply: { value: 30, unit: 'jours', system: 'http://unitsofmeasure.org', code: 'd' },
        whenHandedOver: parisInstant(day, 17 * 60 + 10 * at),
        dosageInstruction: request.dosageInstruction!,
        substitution: { wasSubstituted: false },
      });
    }
  });
}
