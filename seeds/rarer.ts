import type { MedicationDispense, MedicationRequest, ServiceRequest, Task } from '@medplum/fhirtypes';
import type { Profession } from '../src/access/professions.ts';
import type { FhirStore, Resource } from '../src/fhir/index.ts';
import { courseReport, orderTaskAsked, orderTaskReported, readerExtension, toReadUrl } from '../src/record/index.ts';
import type { Chart } from './chart.ts';
import { addDays, parisInstant } from './dates.ts';
import { writeLetter } from './letters.ts';
import { prescribe, ref } from './orders.ts';
import { askedOf } from './tasks.ts';

/** What is met more rarely, and wants its own screens: a narcotic, a transport, the report that closes a course, a renewal that waits for its answer, a dispense that was put right. One of each in each practice. */
const stories: Record<string, (chart: Chart) => void> = {
  'rene-abiven': narcotic,
  'bernard-noel': narcotic,
  'patrick-cozic': (chart) => {
    transport(chart);
    renewalAsked(
      chart,
      'Surveillance clinique à domicile',
      'une fois par semaine : saturation, poids, technique d’inhalation',
      'Il reste deux passages. Saturation à 91 % mardi, il me demande de continuer jusqu’au printemps.',
    );
  },
  'paulette-mace': (chart) =>
    renewalAsked(
      chart,
      'Préparation hebdomadaire du pilulier et surveillance de la prise',
      'une fois par semaine',
      'Deux oublis ce mois-ci sans le pilulier : à poursuivre.',
    ),
  'alain-thebault': (chart) => {
    transport(chart);
    courseReported(chart, 'Réentraînement à l’effort', 'bronchopneumopathie obstructive', {
      findings:
        'Travail sur vélo et tapis à 70 % de la fréquence maximale, renforcement des membres inférieurs, apprentissage du contrôle de la respiration. Assidu, il a repris seul la marche entre les séances.',
      outcome:
        'Test de six minutes : 420 mètres, contre 345 au début. Essoufflement à 3 sur 10 à l’arrêt. Saturation minimale 92 %.',
      next: 'Poursuivre seul trois fois par semaine ; bilan dans six mois.',
    });
  },
  'jean-kerleau': (chart) => {
    courseReported(chart, 'Rééducation de l’épaule droite', 'tendinopathie de la coiffe', {
      findings:
        'Massage, mobilisation douce, renforcement progressif des abaisseurs. Exercices repris à la maison avec un élastique, un jour sur deux.',
      outcome:
        'Douleur à 1 sur 10 (6 au début). Élévation active 165°, rotation complète. Il dort de nouveau sur ce côté.',
      next: 'Garder les exercices deux mois. Pas de nouvelle série.',
    });
    dispensedWrong(chart);
  },
  'christian-hervieu': dispensedWrong,
};
/** Written at the end of a story, when its people are known. */
export const rarerStories = (chart: Chart): void => stories[chart.person.key]?.(chart);

/** The first of this profession, who is the one that the demo opens with. */
const first = (chart: Chart, profession: Profession) =>
  chart.join(chart.shape.people.find((one) => one.profession === profession)!, chart.ago(0, 120));

function narcotic(chart: Chart): void {
  const before = chart.out.findLast(
    (one): one is MedicationRequest & { id: string } =>
      one.resourceType === 'MedicationRequest' && /morphine LP/i.test(one.medicationCodeableConcept?.text ?? ''),
  );
  // What it takes the place of.
  for (const one of chart.out)
    if (
      one !== before &&
      one.resourceType === 'MedicationRequest' &&
      one.status === 'active' &&
      /morphine LP/i.test(one.medicationCodeableConcept?.text ?? '')
    )
      Object.assign(one, { status: 'stopped', statusReason: { text: 'Dose portée à 30 mg matin et soir.' } });
  prescribe(chart, {
    by: 'physician',
    days: -1,
    note: 'Garder les gélules hors de portée, rapporter à la pharmacie ce qui n’est pas pris.',
    lines: [
      [
        'medicine',
        'Sulfate de morphine LP 30 mg, gélule',
        {
          instructions: '1 gélule matin et soir pendant 28 jours',
          duration: { value: 28, unit: 'd' },
          ald: true,
          renews: before ? (`MedicationRequest/${before.id}` as never) : null,
          controlled: {
            rule: 'morphine-oral',
            strength: '30 mg',
            fraction: null,
            once: false,
            overlap: true,
            pharmacy: '',
          },
        },
      ],
    ],
  });
}

function transport(chart: Chart): void {
  prescribe(chart, {
    by: 'physician',
    days: -2,
    lines: [
      [
        'transport',
        'Transport assis professionnalisé, domicile vers le centre hospitalier',
        {
          ald: true,
          reason: 'consultation de pneumologie, essoufflement au moindre effort',
          transport: {
            reason: 'ald',
            mode: 'seated',
            states: ['aid'],
            accompanied: false,
            alone: false,
            from: 'domicile',
            to: `${chart.shape.hospital}, consultation de pneumologie`,
            way: 'both',
            times: 1,
            km: 38,
            accident: '',
          },
        },
      ],
    ],
  });
}

function courseReported(
  chart: Chart,
  label: string,
  reason: string,
  said: { findings: string; outcome: string; next: string },
): void {
  const physio = first(chart, 'physiotherapist');
  const days = [-62, -59, -55, -51, -48, -41, -37, -31, -24, -17];
  const [line] = prescribe(chart, {
    by: 'physician',
    days: -66,
    lines: [
      [
        'physio',
        label,
        { quantity: days.length, reason, instructions: 'deux fois par semaine' },
        ...days.map((day) => ['session', 'physiotherapist', day] as ['session', Profession, number]),
      ],
    ],
  });
  const at = parisInstant(addDays(chart.today, -3), 18 * 60 + 5);
  const letter = writeLetter(chart, {
    by: 'physiotherapist',
    signed: true,
    days: -3,
    type: '34133-9',
    title: `Compte rendu de fin de séances : ${label}`,
    toPerson: chart.physician,
    text: courseReport({
      label,
      unit: 'séance',
      prescribed: (line!.resource as ServiceRequest).authoredOn!,
      sessions: days.map((day) => parisInstant(addDays(chart.today, day), 9 * 60 + 15)),
      of: days.length,
      reason,
      ...said,
    }),
  })!;
  Object.assign(letter, {
    extension: [
      ...(letter.extension ?? []),
      { url: toReadUrl, valueString: 'true' },
      readerExtension(ref(chart.physician), false, at, ref(physio)),
    ],
    context: { related: [{ reference: `ServiceRequest/${line!.resource.id}` }] },
  });
  Object.assign(line!.task, orderTaskReported(line!.task, ref(physio), letter.id!, at));
}

/** The task of coordination and the follower of the line each name the other, as when it is asked in one press. */
function renewalAsked(chart: Chart, label: string, instructions: string, words: string): void {
  const nurse = first(chart, 'nurse');
  const weekly = [-77, -70, -63, -56, -49, -42, -35, -28, -21, -14].map(
    (day) => ['session', 'nurse', day] as ['session', Profession, number],
  );
  const [line] = prescribe(chart, {
    by: 'physician',
    days: -80,
    lines: [
      [
        'nursing',
        label,
        { instructions, quantity: 12, duration: { value: 3, unit: 'mo' }, home: true, follow: true },
        ...weekly,
      ],
    ],
  });
  const reference = `ServiceRequest/${line!.resource.id}`;
  const [request, task, ...more] = askedOf(
    {
      id: chart.id('task'),
      kind: 'renewal',
      title: 'Renouvellement demandé',
      detail: words,
      subject: chart.subject,
      from: nurse,
      to: chart.physician,
      asked: -1,
    },
    chart.today,
  ) as [ServiceRequest & { id: string }, Task & { id: string }];
  for (const one of [{ ...request, supportingInfo: [{ reference }] }, { ...task, basedOn: [{ reference }] }, ...more])
    chart.add(one);
  Object.assign(
    line!.task,
    orderTaskAsked(line!.task, { by: ref(nurse), at: task.authoredOn!, task: task.id }, task.authoredOn!),
  );
}

const wrong = { boxes: 3, days: 90 };
function dispensedWrong(chart: Chart): void {
  const dispense = chart.out.findLast(
    (one): one is MedicationDispense & { id: string } => one.resourceType === 'MedicationDispense',
  );
  if (dispense)
    Object.assign(dispense, {
      quantity: { ...dispense.quantity, value: wrong.boxes },
      daysSupply: { ...dispense.daysSupply, value: wrong.days },
    });
}
/** Once it is in the record, the pharmacist puts it right: the second version of the dispense. */
export async function correctDispenses(store: FhirStore): Promise<void> {
  for (const patient of ['pat-jean-kerleau', 'pat-christian-hervieu']) {
    const { resources } = await store.search('MedicationDispense', [
      ['patient', patient],
      ['_count', '50'],
    ]);
    for (const { resource, version } of resources) {
      const dispense = resource as unknown as MedicationDispense;
      if (dispense.quantity?.value !== wrong.boxes) continue;
      const pharmacist = {
        extension: [{ url: 'urn:estran:role', valueCode: 'pharmacist' }],
        ...dispense.performer![0]!.actor,
      };
      const reason = 'Une boîte et non trois : la boîte a été bipée trois fois.';
      const next = {
        ...dispense,
        meta: { ...dispense.meta, tag: [...(dispense.meta?.tag ?? []), { system: 'urn:estran:tag', code: 'amended' }] },
        quantity: { ...dispense.quantity, value: 1 },
        daysSupply: { ...dispense.daysSupply, value: 30 },
        extension: [
          { url: 'urn:estran:corrected-by', valueReference: pharmacist },
          { url: 'urn:estran:correction', valueString: reason },
        ],
      };
      await store.update(next as unknown as Resource, { ifMatch: `W/"${version}"`, reason });
    }
  }
}
