import type { CareTeam, CareTeamParticipant } from '@medplum/fhirtypes';
import { isProfession, kindOfDataSystem, kindsOfData, professionSystem, professions } from '../../access/index.ts';
import { ofType, type ResourceType, type Stored } from '../../fhir/index.ts';
import { ofName } from '../../platform/index.ts';
import type { Choice, Header, TeamMember } from '../contract.ts';
import { dateLabel } from '../dates.rules.ts';
import { firstCode, idOf, labelOf, normalise } from '../fhir-words.ts';
import { addressLabel, briefOf, homeOf, todoOf } from '../identity/patient.rules.ts';
import { alertOf, allergiesOf } from './cards.ts';
import type { Entered } from './enter.ts';
import { extensionText, noteUrl } from './labels.ts';
import { lineOf } from './reading.ts';

export const headerTypes = ['CareTeam', 'Consent', 'Flag', 'AllergyIntolerance', 'RelatedPerson'] as const;
const treating = (participant: CareTeamParticipant): boolean =>
  participant.role?.some((role) => normalise(labelOf(role)) === 'medecin traitant') ?? false;
export const isRunning = (participant: CareTeamParticipant, today: string): boolean =>
  !participant.period?.end || participant.period.end.slice(0, 10) > today;

/** The care team kept by this practice: the oldest active one, so that everyone adds to the same. */
export const teamOf = (stored: readonly Stored[]): Stored<'CareTeam'> | undefined => teamsOf(stored)[0];
const teamsOf = (stored: readonly Stored[]): Stored<'CareTeam'>[] =>
  ofType(stored, 'CareTeam')
    .filter((one) => ['active', undefined].includes(one.resource.status))
    .sort((a, b) => a.updated.localeCompare(b.updated) || a.id.localeCompare(b.id));

function members(entered: Entered, team: CareTeam | undefined): TeamMember[] {
  const { reading: r, caller, rights } = entered;
  return (team?.participant ?? [])
    .filter((participant) => isRunning(participant, r.today) && !participant.member?.reference?.includes('Patient/'))
    .map((participant) => {
      const id = idOf(participant.member, 'Practitioner') ?? null;
      const who = r.directory.who(caller, participant.member);
      const written = labelOf(participant.role?.[0]);
      // The profession itself is said as the person is; another role stays as it was written.
      const label = treating(participant)
        ? 'Médecin traitant'
        : (who?.profession && written === professions[who.profession as keyof typeof professions]?.fr
            ? who.role
            : written) ||
          who?.role ||
          'Intervenant';
      return {
        id,
        name: who?.name ?? participant.member?.display ?? 'Intervenant',
        role: label,
        profession: who?.profession ?? null,
        organisation: participant.onBehalfOf?.display ?? null,
        phone: participant.extension?.find((one) => one.url === 'urn:estran:phone')?.valueString ?? null,
        since: participant.period?.start ?? null,
        treating: treating(participant),
        me: id === caller.practitioner,
        inside: id !== null,
        canEnd: rights.add.has('coordination'),
      };
    })
    .sort((a, b) => Number(b.treating) - Number(a.treating) || (a.since ?? '').localeCompare(b.since ?? ''));
}

export function choicesOf(entered: Entered, stored: readonly Stored[]): Choice[] {
  return ofType(stored, 'Consent')
    .filter((one) => one.resource.status !== 'entered-in-error')
    .map((one) => choiceOf(entered, one));
}
/** «S’oppose à l’accès de Paul Morvan : résultats, documents, jusqu’au 12/03/2027.» */
export function choiceOf({ reading: r, caller, rights }: Entered, stored: Stored<'Consent'>): Choice {
  const consent = stored.resource;
  const line = lineOf(r, stored);
  const { provision } = consent;
  const deny = provision?.type === 'deny' || firstCode(consent.policyRule) === 'OPTOUT';
  const actor = provision?.actor?.[0];
  const practitioner = idOf(actor?.reference, 'Practitioner') ?? null;
  const code = provision?.class?.find((coding) => coding.system === professionSystem)?.code;
  const kinds = (provision?.class ?? [])
    .filter((one) => one.system === kindOfDataSystem)
    .map((one) => one.code ?? '')
    .filter((kind) => Object.hasOwn(kindsOfData, kind));
  const informed = !provision?.type && !deny;
  const decision = informed ? 'informed' : deny ? 'oppose' : 'agree';
  const whom = practitioner
    ? r.directory.who(caller, actor?.reference)?.name
    : code && isProfession(code)
      ? `tous les professionnels « ${professions[code].fr} »`
      : undefined;
  const what = kinds.length
    ? ` : ${kinds.map((kind) => kindsOfData[kind as keyof typeof kindsOfData].fr.toLowerCase()).join(', ')}`
    : '';
  const until = provision?.period?.end ? `, jusqu’au ${dateLabel(provision.period.end)}` : '';
  const sentence = informed
    ? 'A reçu l’information sur le partage de ses données.'
    : `${deny ? `S’oppose à l’accès ${ofName(whom ?? 'tous')}` : `Accepte l’accès ${ofName(whom ?? 'l’équipe')}`}${what}${until}.`;
  const running =
    consent.status === 'active' &&
    (!provision?.period?.end || provision.period.end.slice(0, 10) >= r.today) &&
    (provision?.period?.start ?? '').slice(0, 10) <= r.today;
  const collector =
    consent.performer?.find((one) => one.reference?.includes('Practitioner/')) ??
    consent.verification?.[0]?.verifiedWith;
  return {
    type: 'Consent',
    id: stored.id,
    version: stored.version,
    decision,
    sentence,
    practitioner,
    profession: code ?? null,
    kinds,
    from: provision?.period?.start ?? consent.dateTime ?? null,
    until: provision?.period?.end ?? null,
    running,
    collectedBy: r.directory.who(caller, collector, consent.dateTime),
    collectedOn: consent.dateTime ?? stored.updated,
    comment: extensionText(consent, noteUrl) ?? null,
    canEnd: rights.add.has('administrative') && running && line.status !== 'entered-in-error',
  };
}

/** The header that never scrolls away, from the same answer as the cards. */
export function headerOf(entered: Entered, stored: readonly Stored[]): Header {
  const { patient, rights, reading: r, caller } = entered;
  const of = <T extends ResourceType>(type: T) => ofType(stored, type);
  const teamStored = teamOf(stored);
  // A record that two have become (IDV-2) has the teams of both: everyone is of it once.
  const everyone = teamsOf(stored).flatMap((one) => members(entered, one.resource));
  const team = everyone.filter(
    (member, i) =>
      i ===
      everyone.findIndex((one) => (member.id ? one.id === member.id : one.id === null && one.name === member.name)),
  );
  const declared = team.find((member) => member.treating);
  const general = r.directory.who(
    caller,
    patient.generalPractitioner?.find((one) => one.reference?.includes('Practitioner/')) ??
      patient.generalPractitioner?.[0],
  );
  const contacts = (patient.contact ?? []).map((contact) => ({
    name: contact.name?.text ?? [contact.name?.given?.join(' '), contact.name?.family].filter(Boolean).join(' '),
    relation: labelOf(contact.relationship?.[0], 'Contact'),
    phone: contact.telecom?.find((one) => one.system === 'phone')?.value ?? null,
  }));
  for (const { resource: relative } of of('RelatedPerson')) {
    const name = relative.name?.[0];
    contacts.push({
      name: name?.text ?? [name?.given?.join(' '), name?.family].filter(Boolean).join(' '),
      relation: labelOf(relative.relationship?.[0], 'Entourage'),
      phone: relative.telecom?.find((one) => one.system === 'phone')?.value ?? null,
    });
  }
  return {
    patient: briefOf(patient, r.today, team.some((member) => member.me) || rights.relation !== null),
    version: entered.stored.version,
    identityTodo: todoOf(patient),
    address: addressLabel(homeOf(patient)),
    email: patient.telecom?.find((one) => one.system === 'email')?.value ?? null,
    phones: (patient.telecom ?? []).filter((one) => one.system === 'phone' && one.value).map((one) => one.value!),
    contacts,
    alerts: rights.see.has('summary')
      ? of('Flag')
          .map((one) => alertOf(r, one))
          .filter(
            (line) =>
              line.status !== 'entered-in-error' &&
              isOpen(stored, line.id) &&
              (!line.until || line.until.slice(0, 10) >= r.today),
          )
      : null,
    allergies: rights.see.has('allergies') ? allergiesOf(r, of('AllergyIntolerance')) : null,
    treatingPhysician: declared
      ? { id: declared.id, name: declared.name, declared: true, since: declared.since }
      : general
        ? { id: general.id, name: general.name, declared: true, since: null }
        : null,
    team: { id: teamStored?.id ?? null, version: teamStored?.version ?? null, members: team },
    choices: rights.see.has('administrative') ? choicesOf(entered, of('Consent')) : [],
  };
}
const isOpen = (stored: readonly Stored[], id: string): boolean =>
  stored.some((one) => one.type === 'Flag' && one.id === id && one.resource.status === 'active');
