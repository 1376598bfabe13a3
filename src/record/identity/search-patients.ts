import type { FhirStore } from '../../fhir/index.ts';
import type { PatientBrief } from '../contract.ts';
import { ageLabel, dayOf, today } from '../dates.rules.ts';
import type { Room } from '../room.ts';
import { recentVisits } from '../visits.store.ts';
import { insLabel } from './ins.rules.ts';
import { findPatients, type IndexedPatient, patientsByKey } from './patient-index.store.ts';
import { highlight, highlightPhone, understand } from './search.rules.ts';

const most = 20;
/** The brief as of today: age is never stored. */
export function briefNow(found: IndexedPatient, now: Date): PatientBrief {
  const { missing: _, died, ...brief } = found.brief;
  const word = `décédé${brief.sex === 'female' ? 'e' : ''}`;
  const age = !brief.deceased
    ? ageLabel(brief.birthDate ?? undefined, today(now))
    : died
      ? `${word} à ${ageLabel(brief.birthDate ?? undefined, dayOf(died))}`
      : word;
  return { ...brief, age };
}

/** Briefs of these patients, of those only whom the caller may know. */
export async function briefsOf(
  store: FhirStore,
  ids: readonly string[],
  now: Date,
): Promise<Map<string, PatientBrief>> {
  if (ids.length === 0) return new Map();
  const sight = await store.sight('read');
  const found = await store.sql((sql) => patientsByKey(sql, store.caller.tenant, sight, [...new Set(ids)]));
  return new Map([...found].map(([id, one]) => [id, briefNow(one, now)]));
}

/** DOS-17: finds patients as one types; with nothing typed, those seen lately. */
export async function searchPatients(room: Room, store: FhirStore, typed: string) {
  const now = room.now();
  const sight = await store.sight('read');
  const tenant = store.caller.tenant;
  const query = understand(typed, now, most + 1);
  const hit = (found: IndexedPatient, match: 'ins' | 'name' | 'birth-date' | 'phone' | 'close') => {
    const brief = briefNow(found, now);
    const words = query.words;
    return {
      ...brief,
      ins: brief.ins ? insLabel(brief.ins) : null,
      match,
      highlights: {
        name: highlight(brief.name, words),
        birthName: brief.birthName ? highlight(brief.birthName, words).filter(([start]) => start > 3) : [],
        birthDateLabel:
          query.birthLow && brief.birthDateLabel ? ([[0, brief.birthDateLabel.length]] as [number, number][]) : [],
        ins: query.ins && brief.ins ? ([[0, insLabel(brief.ins).length]] as [number, number][]) : [],
        phone: query.phone && brief.phone ? highlightPhone(brief.phone, query.phone) : [],
      },
    };
  };
  return store.sql(async (sql) => {
    if (typed.trim() === '') {
      const visits = await recentVisits(sql, tenant, String(sight.practitionerKey), most);
      const found = await patientsByKey(
        sql,
        tenant,
        sight,
        visits.map((visit) => visit.patient),
      );
      return {
        patients: visits
          .map((visit) => found.get(visit.patient))
          .filter((one) => one !== undefined)
          .map((one) => hit(one, 'name')),
        more: false,
      };
    }
    const exact = typed.trim().length < 2 ? [] : await findPatients(sql, tenant, sight, query);
    const match = query.ins ? 'ins' : query.phone ? 'phone' : query.words.length === 0 ? 'birth-date' : 'name';
    const patients = exact.map((found) => hit(found, match));
    if (patients.length === 0 && query.words.join('').length >= 3) {
      const close = await findPatients(sql, tenant, sight, {
        ...query,
        words: [...query.words].sort((a, b) => b.length - a.length),
        fuzzy: true,
        most: 10,
      });
      patients.push(...close.map((found) => hit(found, 'close')));
    }
    return { patients: patients.slice(0, most), more: patients.length > most };
  });
}
