import type { List, MedicationRequest, MedicationStatement } from '@medplum/fhirtypes';
import { ofTreatments, reportedTreatments, treatmentProposal } from '../src/record/index.ts';
import type { Chart } from './chart.ts';
import { addDays, french, parisInstant } from './dates.ts';

/** A letter of the hospital that waits to be reconciled, and what the pharmacist proposes about an over-the-counter drug. */
export function waitingConciliation(chart: Chart, selfMedication: MedicationStatement) {
  const pharmacist = chart.pro('pharmacist');
  const nurse = chart.pro('nurse');
  const out = addDays(chart.today, -6);
  chart.add<List>({
    ...ofTreatments(reportedTreatments({ from: 'hospital', title: `Sortie de cardiologie, ${french(out)}`, subject: chart.subject, at: parisInstant(out, 16 * 60), source: chart.ref(nurse), lines: [
      { label: 'Metformine 1 000 mg, comprimé', dosage: '1 comprimé matin et soir' },
      { label: 'Ramipril 5 mg, comprimé', dosage: '2 comprimés le matin' },
      { label: 'Atorvastatine 20 mg, comprimé', dosage: '1 comprimé le soir' },
      { label: 'Acide acétylsalicylique 75 mg, poudre', dosage: '1 sachet le midi' },
    ] })),
    id: chart.id('releve'),
  });
  chart.add<MedicationRequest>({
    ...treatmentProposal({ act: 'stop', about: selfMedication, subject: chart.subject, at: parisInstant(addDays(chart.today, -3), 11 * 60), requester: chart.ref(pharmacist), reason: 'Ibuprofène sans ordonnance avec le ramipril et le diabète : paracétamol proposé pour l’épaule.' }),
    id: chart.id('proposition'),
  });
}
