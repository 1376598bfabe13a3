import { maskOf } from '../../access/index.ts';
import { patientsOf, type Stored } from '../../fhir/index.ts';
import { patientsInMyCare } from '../cockpits/my-patients.store.ts';
import type { VaccinesToDo } from '../contract.ts';
import { calendarOn } from '../data/vaccine-calendar.ts';
import { today } from '../dates.rules.ts';
import { briefsOf } from '../identity/search-patients.ts';
import { emptyReading } from '../read/reading.ts';
import type { PersonCaller, Room } from '../room.ts';
import { vaccinesDue } from './due.rules.ts';
import { doseOf, personOf } from './lines.ts';

/** Patients looked at, those seen last first; in one search so many. */
const [most, atOnce] = [200, 25];

/** Which of my patients have vaccines to be given, by what I may see of each. */
export async function vaccinesToDo(room: Room, caller: PersonCaller, only: 'late' | 'all'): Promise<VaccinesToDo> {
  const store = room.fhirFor(caller);
  const now = room.now();
  const day = today(now);
  const sight = await store.sight('read');
  const mine = await store.sql((sql) => patientsInMyCare(sql, caller.tenant, sight, most + 1));
  const ids = mine
    .slice(0, most)
    // Of whose vaccines one reads nothing, all would seem to be due.
    .filter(({ closed }) => (closed & maskOf(['vaccines'])) === 0)
    .map(({ patient }) => patient.replace(/^Patient\//, ''));
  const briefs = await briefsOf(store, ids, now);
  const stored: Stored[] = [];
  for (let at = 0; at < ids.length; at += atOnce) {
    const patient = ids
      .slice(at, at + atOnce)
      .map((id) => `Patient/${id}`)
      .join(',');
    for (const type of ['Immunization', 'ImmunizationRecommendation', 'Condition'] as const)
      stored.push(
        ...(
          await store.search(type, [
            ['patient', patient],
            ['_count', '1000'],
          ])
        ).resources,
      );
  }
  const byPatient = Map.groupBy(stored, (one) => patientsOf(one.resource)[0] ?? '');
  const patients = ids.flatMap((id): VaccinesToDo['patients'] => {
    const patient = briefs.get(id);
    if (!patient || patient.deceased) return [];
    const of = byPatient.get(id) ?? [];
    const reading = {
      ...emptyReading(room.directory, caller, day),
      patient: id,
      birth: patient.birthDate ?? undefined,
    };
    const doses = of
      .filter((one) => one.type === 'Immunization')
      .map(doseOf)
      .filter((dose) => dose !== null);
    const due = vaccinesDue(personOf(reading, of, false), day, doses).filter(
      (one) => one.state === 'late' || (only === 'all' && one.state === 'due'),
    );
    return due.length > 0 ? [{ patient, due }] : [];
  });
  const late = (one: VaccinesToDo['patients'][number]) =>
    one.due.filter(({ state, mandatory }) => state === 'late' && mandatory).length * 100 +
    one.due.filter(({ state }) => state === 'late').length;
  return {
    calendar: calendarOn(day).title,
    patients: patients.sort((a, b) => late(b) - late(a) || a.patient.name.localeCompare(b.patient.name, 'fr')),
    looked: ids.length,
    complete: mine.length <= most,
  };
}
