import type { Appointment, Condition, Observation, Practitioner, QuestionnaireResponse } from '@medplum/fhirtypes';
import { type KindOfData, kindsOfData } from '../../access/index.ts';
import type { Stored } from '../../fhir/index.ts';
import { type FieldValue, keysIn, type ListLine, parseTemplate, type Resolve } from '../../platform/index.ts';
import { sectionKey, fieldOf } from '../data/letters/fields.ts';
import { measureOf } from '../data/measures.ts';
import { addMonths, ageYears, dateLabel, dayOf } from '../dates.rules.ts';
import { as, bornOn, labelOf } from '../fhir-words.ts';
import { addressLabel, briefOf, homeOf } from '../identity/patient.rules.ts';
import { alertOf, allergiesOf, measuresOf, problemOf, resultOf, toldAllergies } from '../read/cards.ts';
import { treatmentsOf as taken } from '../treatments/lines.ts';
import type { Entered } from '../read/enter.ts';
import { headerOf, headerTypes } from '../read/header.ts';
import { answersOf, certaintyOf, sectionTitle } from '../read/labels.ts';
import { curveOf, displayOf, valuesOf } from '../read/measures.rules.ts';
import { isMedicalSummary, isPast, kindOfStored, lineOf, type Reading, statusOf } from '../read/reading.ts';
import { historyOf } from '../history/lines.ts';
import { plansOf } from '../read/record-page.ts';
import { describe } from '../read/describe.ts';
import type { Letterhead } from '../contract/wire-letter-templates.ts';
import { vaccineLineOf } from '../vaccines/lines.ts';
import { answerIn } from './section-answer.rules.ts';

const known = (text: string): FieldValue => ({ state: 'known', text });
const missing = (words: string): FieldValue => ({ state: 'missing', words });
const orMissing = (text: string | null | undefined, words: string): FieldValue =>
  text?.trim() ? known(text.trim()) : missing(words);
const yes = (is: boolean): FieldValue => (is ? known('oui') : missing('non'));
const listOf = (lines: readonly ListLine[], words: string): FieldValue =>
  lines.length > 0 ? { state: 'known', text: lines.map(({ text }) => text).join(', '), lines } : missing(words);
const line = (
  parts: Record<string, string | null | undefined>,
  text: (string | null | undefined | false)[],
): ListLine => ({
  text: text.filter(Boolean).join(', '),
  parts: Object.fromEntries(Object.entries(parts).map(([key, value]) => [key, value ?? ''])),
});
const between = (detail: string | null | undefined): string | false => (detail ? `(${detail})` : false);

/** Which types of resource a field is made of: only these are read, and only these are in the access log. */
const typesOf: Record<string, readonly string[]> = {
  enceinte: ['Condition', 'Observation'],
  problemes: ['Condition'],
  ald: ['Condition'],
  antecedents: ['Condition', 'Procedure'],
  'antecedents-familiaux': ['FamilyMemberHistory'],
  risques: ['Observation'],
  allergies: ['AllergyIntolerance'],
  traitements: ['MedicationRequest', 'MedicationStatement'],
  mesures: ['Observation'],
  resultats: ['DiagnosticReport', 'Observation'],
  vaccins: ['Immunization'],
  vaccin: ['Immunization'],
  alertes: ['Flag'],
  objectifs: ['Goal', 'CarePlan'],
  'sante-mentale': ['Condition', 'MedicationRequest', 'MedicationStatement'],
  'sante-sexuelle': ['Condition', 'MedicationRequest', 'MedicationStatement'],
  note: ['Composition', 'ClinicalImpression'],
  equipe: headerTypes,
  'medecin-traitant': headerTypes,
  patient: ['RelatedPerson'],
  'rendez-vous': ['Appointment'],
  volet: ['QuestionnaireResponse'],
};
const family = (key: string): string => key.split('.')[0]!;
interface Held {
  entered: Entered;
  r: Reading;
  head: Letterhead;
  /** Of these types, of these kinds, that stand. */
  of(kinds: readonly KindOfData[], ...types: string[]): Stored[];
  everything: readonly Stored[];
  measured: ReadonlyMap<string, Stored>;
}
const stands = (one: Stored): boolean =>
  ['final', 'amended'].includes(statusOf(one.resource)) && kindOfStored(one) !== 'private-notes';
const recently = (r: Reading, at: string | null): boolean => at !== null && dayOf(at) >= addMonths(r.today, -12);
const problemsOf = ({ r, of }: Held, kinds: readonly KindOfData[] = ['history']) =>
  of(kinds, 'Condition')
    .filter((one) => !isPast(one.resource) && certaintyOf(as(one)) !== 'refuted')
    .map((one) => problemOf(r, one))
    .filter(({ state }) => state === 'active');
const treatmentsOf = ({ r, of }: Held, kinds: readonly KindOfData[]) =>
  taken(r, of(kinds, 'MedicationRequest', 'MedicationStatement')).filter(({ state }) => state === 'current');
const sensitiveLines = (held: Held, kind: KindOfData): FieldValue =>
  listOf(
    [
      ...problemsOf(held, [kind]).map((one) =>
        line({ nom: one.label, detail: one.onsetLabel }, [one.label, one.onsetLabel]),
      ),
      ...treatmentsOf(held, [kind]).map((one) => line({ nom: one.label, detail: one.dosage }, [one.label, one.dosage])),
    ],
    'rien de tel noté au dossier',
  );
const isPregnancy = (condition: Condition): boolean =>
  (condition.code?.coding ?? []).some(({ code }) => /^(Z3[3-5]|O)/.test(code ?? '') || code === '77386006') ||
  /\b(grossesse|enceinte)\b/i.test(labelOf(condition.code));

const makers: Record<string, (held: Held, key: string) => FieldValue> = {
  patient: patientField,
  femme: ({ r }) => yes(r.sex === 'female'),
  homme: ({ r }) => yes(r.sex === 'male'),
  mineur: ({ r }) => yes((ageYears(r.birth, r.today) ?? 99) < 18),
  majeur: ({ r }) => yes((ageYears(r.birth, r.today) ?? 0) >= 18),
  enfant: ({ r }) => yes((ageYears(r.birth, r.today) ?? 99) < 15),
  '75-ans': ({ r }) => yes((ageYears(r.birth, r.today) ?? 0) >= 75),
  enceinte: ({ r, of }) =>
    yes(
      r.sex !== 'male' &&
        of(['history'], 'Condition').some(
          (one) => !isPast(one.resource) && problemOf(r, one).state === 'active' && isPregnancy(as<Condition>(one)),
        ),
    ),
  problemes: (held) =>
    listOf(
      problemsOf(held).map((one) =>
        line({ nom: one.label, depuis: one.onsetLabel, ald: one.ald?.running ? 'ALD' : '', note: one.note }, [
          one.label,
          one.onsetLabel,
          one.ald?.running && 'ALD',
          one.certainty === 'provisional' && 'à confirmer',
        ]),
      ),
      'aucun problème en cours noté au dossier',
    ),
  ald: (held) =>
    listOf(
      problemsOf(held)
        .filter(({ ald }) => ald?.running)
        .map((one) =>
          line({ nom: one.label, numero: one.ald!.number, jusque: dateLabel(one.ald!.until) }, [
            one.label,
            one.ald!.number && `ALD ${one.ald!.number}`,
            one.ald!.until && `jusqu’au ${dateLabel(one.ald!.until)}`,
          ]),
        ),
      'aucune ALD notée au dossier',
    ),
  antecedents: ({ r, of }) =>
    listOf(
      historyOf(r, of(['history'], 'Condition', 'Procedure'))
        .filter(({ topic }) => topic === 'personal' || topic === 'procedure')
        .map((one) =>
          line(
            { nom: one.label, date: one.detail },
            [one.label, between(one.detail)].filter(Boolean).length > 1
              ? [`${one.label} (${one.detail})`]
              : [one.label],
          ),
        ),
      'aucun antécédent noté au dossier',
    ),
  'antecedents-familiaux': ({ r, of }) =>
    listOf(
      historyOf(r, of(['history'], 'FamilyMemberHistory')).map((one) =>
        line({ nom: one.label, parent: one.relative }, [
          [one.relative, one.label].filter(Boolean).join(' : '),
          one.detail,
        ]),
      ),
      'aucun antécédent familial noté au dossier',
    ),
  risques: ({ r, of }) =>
    listOf(
      historyOf(r, of(['lifestyle'], 'Observation')).map((one) =>
        line({ nom: one.label, detail: one.detail }, [[one.label, one.detail].filter(Boolean).join(' : ')]),
      ),
      'aucun facteur de risque noté au dossier',
    ),
  allergies({ r, of }) {
    // DOS-3: none known, not asked and listed are three different states.
    const told = allergiesOf(r, of(['allergies'], 'AllergyIntolerance'));
    if (told.state === 'none-known') return known('aucune allergie connue');
    return listOf(
      toldAllergies(told)
        .map(({ line: one, former }) => [one, former ? `${one.label} (${former})` : one.label] as const)
        .map(([one, nom]) =>
          line({ nom, reaction: one.reaction, gravite: one.criticality === 'unknown' ? '' : one.criticalityLabel }, [
            nom,
            one.reaction,
            one.criticality === 'high' && 'gravité élevée',
          ]),
        ),
      'allergies non renseignées : la question n’a pas été posée',
    );
  },
  traitements: (held) =>
    listOf(
      treatmentsOf(held, ['treatments']).map((one) =>
        line({ nom: one.label, posologie: one.dosage, depuis: dateLabel(one.from), motif: one.reason }, [
          one.dosage ? `${one.label} : ${one.dosage}` : one.label,
          one.source === 'patient' && 'déclaré par le patient',
        ]),
      ),
      'aucun traitement en cours noté au dossier',
    ),
  mesures: ({ r, of }) =>
    listOf(
      measuresOf(r, of(['measures'], 'Observation'))
        .filter(({ at }) => recently(r, at))
        .slice(0, 20)
        .map((one) =>
          line({ nom: one.label, valeur: one.display, date: dateLabel(one.at) }, [
            `${one.label} : ${one.display} (${dateLabel(one.at)})`,
          ]),
        ),
      'aucune mesure de moins d’un an',
    ),
  resultats({ r, of }) {
    const observations = new Map(of(['results'], 'Observation').map((one) => [`Observation/${one.id}`, one]));
    const reports = of(['results'], 'DiagnosticReport')
      .filter((one) => recently(r, lineOf(r, one).at))
      .map((one) => resultOf(r, one, observations));
    const values = measuresOf(r, [...observations.values()]).filter(
      ({ at, label }) => recently(r, at) && !reports.some((one) => one.values.some((value) => value.label === label)),
    );
    return listOf(
      [
        ...reports.slice(0, 10).map((one) => {
          const detail = [
            one.values.map((value) => `${value.label} ${value.text}${value.unit ? ` ${value.unit}` : ''}`).join(', '),
            one.conclusion,
          ]
            .filter(Boolean)
            .join('. ');
          return line({ nom: one.label, date: dateLabel(one.at), detail }, [
            `${one.label} du ${dateLabel(one.at)}${detail ? ` : ${detail}` : ''}`,
          ]);
        }),
        ...values
          .slice(0, 15)
          .map((one) =>
            line({ nom: one.label, date: dateLabel(one.at), detail: one.display }, [
              `${one.label} : ${one.display} (${dateLabel(one.at)})`,
            ]),
          ),
      ],
      'aucun résultat de moins d’un an',
    );
  },
  vaccins: ({ r, of }) =>
    listOf(
      [
        ...new Map(
          of(['vaccines'], 'Immunization')
            .map((one) => vaccineLineOf(r, one))
            .filter(({ outcome }) => outcome === 'given')
            .toReversed()
            .map((one) => [one.label, one]),
        ).values(),
      ]
        .toReversed()
        .map((one) => line({ nom: one.label, date: dateLabel(one.at) }, [`${one.label} (${dateLabel(one.at)})`])),
      'aucune vaccination notée au dossier',
    ),
  vaccin({ r, of }, key) {
    const target = key.slice('vaccin.'.length);
    const [last] = of(['vaccines'], 'Immunization')
      .map((one) => vaccineLineOf(r, one))
      .filter(({ outcome, targets }) => outcome === 'given' && targets.includes(target))
      .sort((a, b) => (b.at ?? '').localeCompare(a.at ?? ''));
    return last
      ? known(`${last.label} le ${dateLabel(last.at)}${last.lot ? `, lot ${last.lot}` : ''}`)
      : missing('aucun vaccin noté');
  },
  alertes: ({ r, of }) =>
    listOf(
      of(['summary'], 'Flag')
        .filter((one) => one.resource.status === 'active')
        .map((one) => alertOf(r, one))
        .filter(({ until }) => !until || until.slice(0, 10) >= r.today)
        .map((one) => line({ nom: one.label, detail: one.categoryLabel }, [one.label])),
      'aucune alerte au dossier',
    ),
  objectifs: ({ r, of }) =>
    listOf(
      plansOf(r, of(['summary'], 'Goal')).map((one) =>
        line({ nom: one.label, cible: one.target }, [one.label, one.target]),
      ),
      'aucun objectif en cours',
    ),
  'sante-mentale': (held) => sensitiveLines(held, 'mental-health'),
  'sante-sexuelle': (held) => sensitiveLines(held, 'sexual-health'),
  note({ r, of, entered }, key) {
    const [last] = of(['documents', 'history', 'summary', 'sections'], 'Composition', 'ClinicalImpression')
      .filter((one) => !isMedicalSummary(one.resource) && lineOf(r, one).who?.id === entered.caller.practitioner)
      .sort((a, b) => (lineOf(r, b).at ?? '').localeCompare(lineOf(r, a).at ?? ''));
    if (!last) return missing('vous n’avez pas de note dans ce dossier');
    return key === 'note.date'
      ? orMissing(dateLabel(lineOf(r, last).at), 'sans date')
      : orMissing(describe(last.resource, r).fields.find(({ label }) => label === 'Texte')?.value, 'note sans texte');
  },
  equipe: ({ entered, everything }) =>
    listOf(
      headerOf(entered, everything)
        .team.members.filter(({ me }) => !me)
        .map((one) =>
          line({ nom: one.name, role: one.role, telephone: one.phone }, [one.name, one.role.toLowerCase(), one.phone]),
        ),
      'personne d’autre dans l’équipe de soins',
    ),
  'medecin-traitant': ({ entered, everything }) =>
    orMissing(headerOf(entered, everything).treatingPhysician?.name, 'aucun médecin traitant déclaré'),
  'rendez-vous': appointmentField,
  mesure: measureField,
  valeur: measureField,
  volet({ r, of }, key) {
    const [, section = '', question] = sectionKey.exec(key) ?? [];
    const [last] = of(['sections', 'administrative'], 'QuestionnaireResponse')
      .filter((one) => String(one.resource.questionnaire ?? '').startsWith(`urn:estran:volet:${section}|`))
      .sort((a, b) => (lineOf(r, b).at ?? '').localeCompare(lineOf(r, a).at ?? ''));
    if (!last) return missing('ce volet n’a pas été rempli');
    const response = as<QuestionnaireResponse>(last);
    if (question === 'date') return orMissing(dateLabel(lineOf(r, last).at), 'sans date');
    if (question) return orMissing(answerIn(response.item ?? [], question), 'cette question n’a pas de réponse');
    return orMissing(
      `${sectionTitle(response)}, ${dateLabel(lineOf(r, last).at)}${lineOf(r, last).who ? `, ${lineOf(r, last).who!.name}` : ''}\n${answersOf(response)}`,
      'volet sans réponse',
    );
  },
  structure({ head }, key) {
    if (key === 'structure.nom') return known(head.name);
    return key === 'structure.adresse'
      ? orMissing(head.lines.join(', '), 'adresse de la structure à régler dans l’en-tête')
      : orMissing(head.phone, 'téléphone de la structure à régler dans l’en-tête');
  },
  date: ({ r }) => known(longDate(r.today)),
  lieu: ({ head }) => orMissing(head.place, 'commune à régler dans l’en-tête'),
  signataire: () => ({ state: 'late', words: 'écrit à la signature' }),
};
const french = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
/** «26 novembre 2026», «1er mars 2026» of an ISO day. */
export const longDate = (day: string): string =>
  french.format(new Date(`${day.slice(0, 10)}T00:00:00Z`)).replace(/^1 /, '1er ');

function patientField({ entered, r, everything }: Held, key: string): FieldValue {
  const brief = briefOf(entered.patient, r.today, false);
  const female = r.sex === 'female';
  const age = ageYears(r.birth, r.today);
  const born = r.birth?.length === 10 ? longDate(r.birth) : brief.birthDateLabel;
  switch (key) {
    case 'patient.civilite':
      return known(
        age !== null && age < 15 ? 'l’enfant' : female ? 'Madame' : r.sex === 'male' ? 'Monsieur' : 'Madame, Monsieur',
      );
    case 'patient.nom':
      return known(brief.name);
    case 'patient.naissance':
      return orMissing(brief.birthName, 'le nom de naissance est le nom utilisé');
    case 'patient.ne':
      return born ? known(bornOn(r.sex, born)) : missing('date de naissance inconnue');
    case 'patient.date-naissance':
      return orMissing(born, 'date de naissance inconnue');
    case 'patient.age':
      return orMissing(brief.age, 'âge inconnu');
    case 'patient.sexe':
      return known(brief.sexLabel.toLowerCase());
    case 'patient.e':
      return known(female ? 'e' : '');
    case 'patient.il':
      return known(female ? 'elle' : 'il');
    // IDV-1: an INS leaves only when it is qualified.
    case 'patient.ins':
      return orMissing(brief.ins, 'INS non transmise : identité non qualifiée');
    case 'patient.adresse':
      return orMissing(addressLabel(homeOf(entered.patient)), 'adresse non renseignée');
    case 'patient.telephone':
      return orMissing(brief.phone, 'téléphone non renseigné');
    default: {
      const [contact] = headerOf(entered, everything).contacts;
      return contact
        ? known(
            [contact.name, contact.relation && `(${contact.relation.toLowerCase()})`, contact.phone]
              .filter(Boolean)
              .join(' '),
          )
        : missing('aucune personne à prévenir');
    }
  }
}
const hours = (instant: string): string => dateLabel(instant, true).split(' à ')[1] ?? '';
function appointmentField({ r, everything }: Held, key: string): FieldValue {
  const all = everything
    .filter(
      (one) =>
        one.type === 'Appointment' &&
        !['cancelled', 'noshow', 'entered-in-error', 'proposed'].includes(String(one.resource.status)),
    )
    .map((one) => as<Appointment>(one))
    .filter(({ start }) => start)
    .sort((a, b) => a.start!.localeCompare(b.start!));
  const day = (one: Appointment) => dayOf(one.start!);
  const found =
    key === 'rendez-vous.jour'
      ? all.find((one) => day(one) === r.today)
      : key === 'rendez-vous.dernier'
        ? all.findLast((one) => day(one) < r.today)
        : all.find((one) => day(one) > r.today);
  if (!found)
    return missing(
      key === 'rendez-vous.jour' ? 'aucun rendez-vous ce jour à l’agenda' : 'aucun rendez-vous à l’agenda',
    );
  const end = found.end && hours(found.end);
  return known(`${longDate(day(found))}${end ? ` de ${hours(found.start!)} à ${end}` : ` à ${hours(found.start!)}`}`);
}
function measureField({ r, measured }: Held, key: string): FieldValue {
  const code = key.slice(key.indexOf('.') + 1);
  const found = measured.get(code);
  const label = measureOf(code)?.label ?? 'cette mesure';
  if (!found) return missing(`${label} : aucune valeur au dossier`);
  const text = displayOf(valuesOf(as<Observation>(found), r));
  if (!text) return missing(`${label} : valeur illisible`);
  return known(key.startsWith('valeur.') ? text : `${text} le ${dateLabel(lineOf(r, found).at)}`);
}
/** The newest of each measure a text names. */
async function newestOf(entered: Entered, codes: readonly string[]): Promise<Map<string, Stored>> {
  const found = new Map<string, Stored>();
  if (codes.length === 0) return found;
  const { resources } = await entered.store.search('Observation', [
    ['patient', `Patient/${entered.patientId}`],
    ['code', codes.join(',')],
    ['_sort', '-date'],
    ['_count', '200'],
  ]);
  for (const one of resources.filter(stands)) {
    const code = curveOf(as<Observation>(one));
    if (!found.has(code) && displayOf(valuesOf(as<Observation>(one), entered.reading))) found.set(code, one);
  }
  return found;
}

/** Values of the fields that these texts name, as this person may read them: nothing else of the record is opened. */
export async function valuesFor(
  entered: Entered,
  head: Letterhead,
  texts: readonly string[],
): Promise<{ resolve: Resolve; leftOut: number }> {
  const { reading: r, rights } = entered;
  const keys = [...new Set(texts.flatMap((text) => keysIn(parseTemplate(text).nodes).map(({ key }) => key)))].filter(
    (key) => fieldOf(key),
  );
  const open = keys.filter(
    (key) => !fieldOf(key)!.kinds.length || fieldOf(key)!.kinds.some((kind) => rights.see.has(kind)),
  );
  const types = [...new Set(open.flatMap((key) => typesOf[family(key)] ?? []))];
  const everything =
    types.length > 0
      ? await entered.store.compartment(entered.patientId, {
          types,
          each: types.map((type) => (type === 'Observation' || type === 'Condition' ? 400 : 100)),
        })
      : [];
  const measured = await newestOf(entered, [
    ...new Set(open.filter((key) => /^(mesure|valeur)\./.test(key)).map((key) => key.slice(key.indexOf('.') + 1))),
  ]);
  await entered.room.directory.learn(entered.store, [entered.stored, ...everything, ...measured.values()]);
  const standing = everything.filter(stands);
  const held: Held = {
    entered,
    r,
    head,
    everything,
    measured,
    of: (kinds, ...wanted) => standing.filter((one) => wanted.includes(one.type) && kinds.includes(kindOfStored(one))),
  };
  const made = new Map<string, FieldValue>();
  const resolve: Resolve = (key) => {
    const field = fieldOf(key);
    if (!field) return undefined;
    if (!made.has(key))
      made.set(
        key,
        open.includes(key)
          ? makers[family(key)]!(held, key)
          : {
              state: 'hidden',
              words: `non accessible avec vos droits (${field.kinds.map((kind) => kindsOfData[kind].fr.toLowerCase()).join(', ')})`,
            },
      );
    return made.get(key);
  };
  const taken = new Set(keys.flatMap((key) => fieldOf(key)!.kinds));
  const sensitive = standing.filter(
    (one) =>
      ['mental-health', 'sexual-health'].includes(kindOfStored(one)) &&
      !taken.has(kindOfStored(one)) &&
      ['Condition', 'MedicationRequest', 'MedicationStatement'].includes(one.type),
  );
  return { resolve, leftOut: sensitive.length };
}

/** Who signs, as printed. */
export interface Signer {
  id: string;
  name: string;
  role: string;
  profession: string | null;
  rpps: string | null;
  phone: string | null;
}
export async function signerOf(entered: Entered, practitioner: string): Promise<Signer | null> {
  await entered.room.directory.learnPeople(entered.store, [practitioner]);
  const who = entered.reading.directory.who(entered.caller, { reference: `Practitioner/${practitioner}` });
  const stored = await entered.store.read('Practitioner', practitioner).catch(() => null);
  if (!stored || !who) return null;
  const person = as<Practitioner>(stored);
  return {
    id: practitioner,
    name: who.name,
    role: who.role,
    profession: who.profession,
    rpps: person.identifier?.find(({ system }) => system?.includes('rpps'))?.value ?? null,
    phone: person.telecom?.find(({ system, use }) => system === 'phone' && use === 'work')?.value ?? null,
  };
}
export const lateValues =
  (signer: Signer): Resolve =>
  (key) =>
    key === 'signataire.nom'
      ? known(signer.name)
      : key === 'signataire.profession'
        ? orMissing(signer.role, 'profession non renseignée')
        : key === 'signataire.rpps'
          ? orMissing(signer.rpps, 'RPPS non renseigné')
          : fieldOf(key)
            ? missing('non renseigné')
            : undefined;
