import type { Resource } from '@medplum/fhirtypes';
import { Agenda } from './agenda.ts';
import { Chart } from './chart.ts';
import { Peopler } from './households.ts';
import { type Person, patientResource, relatedResources } from './identity.ts';
import { ordinaryRecord } from './life.ts';
import { type Discussable, discussable, meetingsOf } from './meetings.ts';
import { professionSections } from './professions.ts';
import { Chance } from './random.ts';
import { newResults } from './results.ts';
import { letterheadOf, storyLetters } from './letters.ts';
import { storyOrders } from './orders.ts';
import { rarerStories } from './rarer.ts';
import { sharedCare } from './shared-care.ts';
import { type DemoPerson, type DemoSite, practiceShapes, staffResources, titleOf } from './staff.ts';
import { storiesOf } from './stories.ts';
import { storyTasks } from './tasks.ts';

export type { DemoPerson, DemoSite } from './staff.ts';

export interface DemoPractice {
  /** Stable, fit for a URL: `msp-des-abers`. */
  id: string;
  name: string;
  sites: DemoSite[];
  people: DemoPerson[];
  /** Number of patients. */
  patients: number;
  /**
   * FHIR R4 resources with ids: organisations, places, professionals, roles, then patient after patient. Each call writes them anew, the
   * same. Every reference resolves inside the practice, some only further down the stream (a parent's link to the child's record).
   */
  resources(): Iterable<Resource>;
}

/**
 * The demo region: two practices and their people, the same bytes for the same `today` (an ISO date). Nothing here is real: names, streets
 * and quarters are invented, telephone numbers and INS are of the kinds kept for fiction and tests.
 * @param options.patientsPerPractice 260 and 140 unless told; stories come first, so small numbers keep them (at least 30 each)
 */
export function demoRegion(options: { today: string; patientsPerPractice?: number[] }): DemoPractice[] {
  const { today } = options;
  if (!/^\d{4}-\d\d-\d\d$/.test(today)) throw new Error(`today must be an ISO date, got «${today}»`);
  return practiceShapes.map((shape, at) => {
    const peopler = new Peopler(shape, new Chance(`people ${shape.id}`), today);
    const stories = storiesOf(peopler);
    peopler.fill(options.patientsPerPractice?.[at] ?? (at === 0 ? 260 : 140));
    const people = peopler.people;
    const order = new Map(people.map((person, i) => [person, i + 1]));
    const physicians = shape.people.filter((person) => person.profession === 'physician');

    function* resources(): Generator<Resource> {
      yield* staffResources(shape);
      yield letterheadOf(shape);
      const agenda = new Agenda();
      const discussed: Discussable[] = [];
      const results = new Map<string, number>();
      for (const person of people) {
        const chance = new Chance(`${shape.id} ${person.key}`);
        const story = stories.get(person);
        const physician = story?.physician ?? physicians[familyOf(person, order) % physicians.length]!;
        const chart = new Chart({ person, shape, chance, today, physician, agenda });
        chart.join(physician, since(person, today, chance));
        if (story) story.write(chart);
        else ordinaryRecord(chart);
        sharedCare(chart);
        professionSections(chart);
        storyTasks(chart);
        storyOrders(chart);
        storyLetters(chart);
        rarerStories(chart);
        if (!story) newResults(chart, results);
        yield patientResource(person, order.get(person)!, shape.id, today, {
          reference: `Practitioner/${physician.practitionerId}`,
          display: titleOf(physician),
        });
        yield* relatedResources(person, shape.id, (one) => order.get(one)!, today);
        yield chart.careTeam();
        yield* chart.out;
        const talked = discussable(chart, story !== undefined);
        if (talked) discussed.push(talked);
      }
      yield* meetingsOf(shape, discussed, today);
    }
    return {
      id: shape.id,
      name: shape.name,
      sites: shape.sites,
      people: shape.people,
      patients: people.length,
      resources,
    };
  });
}

/** One family, one physician. */
const familyOf = (person: Person, order: ReadonlyMap<Person, number>): number => {
  const head = person.mother ?? person;
  return Math.min(order.get(head)!, order.get(head.partner ?? head)!) >> 1;
};

const since = (person: Person, today: string, chance: Chance): string => {
  const start = `${Number(today.slice(0, 4)) - chance.int(3, 11)}-0${chance.int(1, 9)}-15`;
  return start < person.birth ? person.birth : start;
};
