import { ofType } from '../../fhir/index.ts';
import type { Appointment } from '@medplum/fhirtypes';
import type { FieldValue } from '../../platform/index.ts';
import { ageYears, dateLabel, dayOf } from '../dates.rules.ts';
import { bornOn } from '../fhir-words.ts';
import { addressLabel, briefOf, homeOf } from '../identity/patient.rules.ts';
import { headerOf } from '../read/header.ts';
import { type FieldOf, type Held, known, line, listOf, longDate, missing, orMissing, yes } from './field-value.ts';

/** Fields about who the patient is, those around, and the appointments. */
export const personFields: Record<string, FieldOf> = {
  patient: patientField,
  femme: ({ r }) => yes(r.sex === 'female'),
  homme: ({ r }) => yes(r.sex === 'male'),
  mineur: ({ r }) => yes((ageYears(r.birth, r.today) ?? 99) < 18),
  majeur: ({ r }) => yes((ageYears(r.birth, r.today) ?? 0) >= 18),
  enfant: ({ r }) => yes((ageYears(r.birth, r.today) ?? 99) < 15),
  '75-ans': ({ r }) => yes((ageYears(r.birth, r.today) ?? 0) >= 75),
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
};

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
  const all = ofType(everything, 'Appointment')
    .map((one) => one.resource)
    .filter(({ status }) => !['cancelled', 'noshow', 'entered-in-error', 'proposed'].includes(status))
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
