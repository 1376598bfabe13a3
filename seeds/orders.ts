import type { Composition, Reference, Resource, Task } from '@medplum/fhirtypes';
import type { Profession } from '../src/access/professions.ts';
import {
  type OrderAct,
  orderComposition,
  orderCoveredUntil,
  orderFamilies,
  type OrderKind,
  type OrderLineBody,
  orderResource,
  orderTask,
  orderTaskWithSaid,
} from '../src/record/index.ts';
import type { Chart } from './chart.ts';
import { addDays, parisInstant } from './dates.ts';
import { type DemoPerson, titleOf } from './staff.ts';

/** Prescriptions of the stories (DOS-14), as the product writes them: lines, the Task that follows each, the signed document. */
type Said = [act: OrderAct, by: Profession, days: number];
type Line = [kind: OrderKind, label: string, more?: Partial<OrderLineBody>, ...said: Said[]];
export interface Prescribed {
  by: Profession;
  /** Days from today. */
  days: number;
  note?: string;
  lines: Line[];
}
const loinc = 'http://loinc.org';
const stories: Record<string, Prescribed[]> = {
  'jean-kerleau': [
    {
      by: 'physician',
      days: -3,
      note: 'Prise de sang à jeun.',
      lines: [
        ['biology', 'HbA1c', { code: '4548-4', system: loinc, ald: true }],
        [
          'biology',
          'Créatininémie avec estimation du débit de filtration glomérulaire (CKD-EPI)',
          { code: '2160-0', system: loinc, ald: true },
        ],
        ['nursing', 'Prélèvement de sang veineux', { quantity: 1, home: true, ald: true }],
      ],
    },
    {
      by: 'physician',
      days: -45,
      lines: [
        [
          'podiatry',
          'Soins de prévention et éducation, pied à risque',
          { quantity: 5, ald: true, reason: 'diabète, grade 2' },
          ['session', 'chiropodist', -30],
          ['session', 'chiropodist', -9],
        ],
        [
          'equipment',
          'Bandelettes pour lecteur de glycémie',
          { quantity: 2, duration: { value: 2, unit: 'mo' }, ald: true, follow: true },
          ['deliver', 'pharmacist', -44],
        ],
      ],
    },
  ],
  'jeanne-le-goff': [
    {
      by: 'physician',
      days: -6,
      lines: [
        [
          'physio',
          'Rééducation de l’équilibre et de la marche',
          { instructions: 'deux fois par semaine, prévention des chutes, relever du sol', quantity: 15, home: true },
          ['session', 'physiotherapist', -4],
          ['session', 'physiotherapist', -1],
        ],
        ['equipment', 'Déambulateur', { quantity: 1 }, ['deliver', 'pharmacist', -5]],
      ],
    },
    {
      by: 'physician',
      days: -80,
      lines: [
        [
          'nursing',
          'Préparation hebdomadaire du pilulier et surveillance de la prise',
          {
            instructions: 'une fois par semaine',
            quantity: 12,
            duration: { value: 3, unit: 'mo' },
            home: true,
            follow: true,
          },
          ['session', 'nurse', -79],
          ['session', 'nurse', -72],
          ['session', 'nurse', -65],
          ['session', 'nurse', -58],
          ['session', 'nurse', -51],
          ['session', 'nurse', -44],
          ['session', 'nurse', -37],
          ['session', 'nurse', -30],
          ['session', 'nurse', -23],
          ['session', 'nurse', -16],
        ],
      ],
    },
  ],
  'yvonne-salaun': [
    {
      by: 'physician',
      days: -12,
      lines: [
        [
          'nursing',
          'Pansement d’ulcère de jambe ou d’escarre',
          {
            instructions: 'tous les deux jours, y compris dimanches et jours fériés',
            quantity: 15,
            duration: { value: 30, unit: 'd' },
            home: true,
            follow: true,
          },
          ['session', 'nurse', -11],
          ['session', 'nurse', -9],
          ['session', 'nurse', -7],
          ['session', 'nurse', -5],
          ['session', 'nurse', -3],
        ],
      ],
    },
    {
      by: 'nurse',
      days: -5,
      lines: [['dressing', 'Pansements hydrocellulaires 10 × 10 cm', { quantity: 2 }, ['part', 'pharmacist', -4]]],
    },
  ],
  'patrick-cozic': [
    {
      by: 'physician',
      days: -40,
      lines: [
        ['physio', 'Rééducation respiratoire', { instructions: 'réentraînement à l’effort', quantity: 20, ald: true }],
      ],
    },
    {
      by: 'asalee-nurse',
      days: -9,
      lines: [
        [
          'nicotine',
          'Nicotine 21 mg/24 h, dispositif transdermique',
          { instructions: 'un dispositif par jour', duration: { value: 28, unit: 'd' }, follow: true },
          ['deliver', 'pharmacist', -8],
        ],
      ],
    },
  ],
  'michel-quentel': [
    {
      by: 'physician',
      days: -2,
      lines: [['biology', 'INR', { code: '6301-6', system: loinc, urgent: true }, ['sample', 'nurse', -1]]],
    },
  ],
  'camille-morvan': [
    {
      by: 'midwife',
      days: -8,
      lines: [
        ['biology', 'Sérologie toxoplasmose, rubéole', {}, ['sample', 'nurse', -6], ['result', 'midwife', -3]],
        ['imaging', 'Échographie obstétricale'],
      ],
    },
  ],
  'rene-abiven': [
    {
      by: 'physician',
      days: -4,
      lines: [
        [
          'equipment',
          'Lit médicalisé',
          { quantity: 1, urgent: true, duration: { value: 1, unit: 'mo' }, repeats: 2 },
          ['deliver', 'pharmacist', -3],
        ],
        [
          'nursing',
          'Injection sous-cutanée',
          {
            instructions: 'matin et soir, surveillance de la douleur',
            quantity: 30,
            duration: { value: 15, unit: 'd' },
            home: true,
          },
          ['session', 'nurse', -3],
          ['session', 'nurse', -2],
          ['session', 'nurse', -1],
        ],
      ],
    },
  ],
  'paulette-mace': [
    {
      by: 'physician',
      days: -7,
      lines: [
        [
          'physio',
          'Rééducation de l’équilibre et de la marche',
          { quantity: 12, home: true },
          ['session', 'physiotherapist', -2],
        ],
        ['imaging', 'Radiographie du bassin, face', {}, ['done', 'physician', -5]],
      ],
    },
  ],
  'alain-thebault': [
    {
      by: 'physician',
      days: -50,
      lines: [
        ['biology', 'Exploration d’une anomalie lipidique (EAL)'],
        ['sport', 'Programme d’activité physique adaptée', { quantity: 24 }],
      ],
    },
  ],
};
export const ref = (person: DemoPerson) => ({
  extension: [{ url: 'urn:estran:role', valueCode: person.profession }],
  reference: `Practitioner/${person.practitionerId}`,
  display: titleOf(person),
});

/** Written at the end of a story, when its people are known. */
export function storyOrders(chart: Chart): void {
  for (const one of stories[chart.person.key] ?? []) if (chart.has(one.by)) prescribe(chart, one);
}
/** Signs it in the record, with what was said of each line; the lines and the Task that follows each. */
export function prescribe(
  chart: Chart,
  one: Prescribed,
): { resource: Resource & { id: string }; task: Task & { id: string } }[] {
  const from = addDays(chart.today, one.days);
  const at = parisInstant(from, 10 * 60 + 40);
  const author = ref(chart.pro(one.by));
  const id = chart.id('ordonnance');
  const made = one.lines.map(([kind, label, more, ...said]) => {
    const line: OrderLineBody = {
      kind,
      label,
      instructions: '',
      repeats: 0,
      ald: false,
      urgent: false,
      home: false,
      follow: false,
      ...more,
    };
    const resource = orderResource(line, {
      id: chart.id('ligne'),
      subject: chart.subject,
      requester: author,
      authoredOn: at,
      group: id,
      from,
    });
    const task = {
      ...orderTask(line, {
        focus: `${resource.resourceType}/${resource.id}`,
        subject: { reference: chart.subject.reference },
        requester: author,
        at,
        group: id,
        from,
        until: orderCoveredUntil(line, from),
        due: addDays(from, line.urgent ? 1 : orderFamilies[kind].dueDays),
      }),
      id: chart.id('suivi'),
    };
    const told = said
      .filter(([, by]) => chart.has(by))
      .map(([act, by, days]) => ({
        act,
        at: parisInstant(addDays(chart.today, days), 9 * 60 + 15),
        by: ref(chart.pro(by)) as Reference,
      }));
    return {
      resource: resource as unknown as Resource & { id: string },
      task: (told.length > 0 ? orderTaskWithSaid(task, told, told.at(-1)!.at) : task) as Task & { id: string },
    };
  });
  for (const { resource, task } of made) {
    chart.add(
      task.status === 'completed' && resource.resourceType !== 'MedicationRequest'
        ? ({ ...resource, status: 'completed' } as typeof resource)
        : resource,
    );
    chart.add(task);
  }
  chart.add(
    orderComposition({
      id,
      subject: chart.subject,
      author,
      at,
      entries: made.map(({ resource }) => `${resource.resourceType}/${resource.id}/_history/1`),
      note: one.note ?? '',
      replaces: undefined,
    }) as Composition,
  );
  return made;
}
