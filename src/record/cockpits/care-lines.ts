import { ageYears, dateLabel, dayOf, daysBetween } from '../dates.rules.ts';
import { labelOf } from '../fhir-words.ts';
import { problemOf } from '../read/cards.ts';
import { clinicalDate, type Reading } from '../read/reading.ts';
import { dispensesOf } from '../treatments/dispense.ts';
import { treatmentsOf } from '../treatments/lines.ts';
import { vaccinesDue } from '../vaccines/due.rules.ts';
import { doseOf, personOf } from '../vaccines/lines.ts';
import { pregnancyOf } from './pregnancy.rules.ts';
import { ago, begins, codesIn, type Makers, named, plain, running } from './known.ts';

/** Lists of what a person’s care comes to: long-term illnesses, pregnancies, vaccines, medicines. */
export const careLines = {
  ald(known, _, today, r) {
    const lines = named(known, 'problems', 'Condition')
      .map((stored) => problemOf(r, stored, 0))
      .filter(({ ald }) => ald?.running);
    const ends = lines.flatMap(({ ald }) => ald?.until ?? []).sort()[0];
    if (lines.length === 0) return null;
    const soon = ends !== undefined && daysBetween(today, dayOf(ends)) < 92;
    return {
      ...plain,
      head: ends ? `jusqu’au ${dateLabel(ends)}` : 'en cours',
      tone: soon ? 'warning' : 'neutral',
      details: lines.map(({ label, ald }) => [label, ald!.number && `ALD ${ald!.number}`].filter(Boolean).join(', ')),
      at: lines[0]!.ald!.from,
      rank: ends ?? '9999',
    };
  },
  pregnancies(known, _, today) {
    const visits = named(known, 'answers grossesse', 'QuestionnaireResponse').flatMap((stored) =>
      ((at) => (at ? [{ at, items: stored.resource.item ?? [] }] : []))(clinicalDate(stored.resource)),
    );
    const now = pregnancyOf(visits, today);
    if (now) {
      const late = now.due.some((one) => one.late);
      const born = now.term < today;
      return {
        ...plain,
        head: born ? `terme passé, ${ago(now.term, today)}` : `${now.weeks} SA${now.days ? ` + ${now.days}` : ''}`,
        tone: late ? 'warning' : 'info',
        details: [
          ...now.due.slice(0, 6).map((one) => (one.late ? `${one.words} (non noté)` : one.words)),
          born ? '' : `terme le ${dateLabel(now.term)}`,
        ].filter(Boolean),
        at: visits[0]?.at ?? null,
        rank: now.term,
      };
    }
    const pregnant = named(known, 'pregnant', 'Condition')
      .filter(
        (stored) =>
          !stored.resource.abatementDateTime && stored.resource.clinicalStatus?.coding?.[0]?.code === 'active',
      )
      .sort(
        (a, b) => Number(begins(codesIn(b.resource.code), ['Z3'])) - Number(begins(codesIn(a.resource.code), ['Z3'])),
      );
    const since = pregnant.map((stored) => clinicalDate(stored.resource) ?? '').sort()[0];
    return since !== undefined && (since === '' || daysBetween(dayOf(since), today) < 300)
      ? {
          ...plain,
          head: 'terme à préciser',
          tone: 'warning',
          details: [labelOf(pregnant[0]!.resource.code), 'aucun suivi de grossesse rempli'],
          at: since || null,
          rank: '0',
        }
      : null;
  },
  vaccines(known, _, today, r) {
    if (known.brief.deceased) return null;
    const vaccines = named(known, 'vaccines', 'Immunization');
    const of = [
      ...vaccines,
      ...named(known, 'situations', 'ImmunizationRecommendation'),
      ...named(known, 'problems', 'Condition'),
    ];
    const doses = vaccines.flatMap((stored) => doseOf(stored) ?? []);
    const due = vaccinesDue(
      personOf(
        { ...r, patient: known.brief.id, birth: known.brief.birthDate ?? undefined, sex: known.brief.sex },
        of,
        false,
      ),
      today,
      doses,
    ).filter(({ state }) => state === 'late' || state === 'due');
    const late = due.filter(({ state }) => state === 'late').length;
    return due.length === 0
      ? null
      : {
          ...plain,
          head: late > 0 ? `${late} en retard` : `${due.length} à faire`,
          tone: late > 0 ? 'warning' : 'info',
          details: due.slice(0, 4).map(({ label, state }) => (state === 'late' ? `${label} (en retard)` : label)),
          rank: String(1000 - late * 20 - due.length).padStart(4, '0'),
        };
  },
  renewals(known, _, today, r) {
    if (known.brief.deceased) return null;
    const of = [
      ...named(known, 'treatments', 'MedicationRequest', 'MedicationStatement'),
      ...named(known, 'dispenses', 'MedicationDispense'),
    ];
    const reading: Reading = { ...r, patient: known.brief.id, today };
    const taken = treatmentsOf(reading, of);
    const late = dispensesOf(reading, of, taken, new Map())
      .filter((one) => one.late !== null)
      .sort((a, b) => b.late! - a.late!);
    const [first] = late;
    return first
      ? {
          ...plain,
          head: `depuis ${first.late} jours`,
          tone: 'warning',
          details: late.map(({ entry }) => taken.find((line) => `${line.type}/${line.id}` === entry)?.label ?? ''),
          at: first.until,
          rank: first.until!,
        }
      : null;
  },
  medicines(known, _, today) {
    const age = ageYears(known.brief.birthDate ?? undefined, today);
    const labels = new Set(running(known).map((one) => labelOf(one.medicationCodeableConcept)));
    const last = named(known, 'answers bilan-medication', 'QuestionnaireResponse')[0];
    const at = last ? clinicalDate(last.resource) : null;
    if (
      age === null ||
      age < 65 ||
      known.brief.deceased ||
      labels.size < 5 ||
      (at && daysBetween(dayOf(at), today) <= 365)
    )
      return null;
    return {
      ...plain,
      head: `${labels.size} traitements`,
      tone: labels.size >= 10 ? 'warning' : 'neutral',
      details: [at ? `dernier bilan ${ago(at, today)}` : 'aucun bilan rempli'],
      at,
      rank: String(1000 - labels.size).padStart(4, '0'),
    };
  },
} satisfies Makers;
