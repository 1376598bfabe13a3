import type { Group, GroupMember } from '@medplum/fhirtypes';
import { professionSystem } from '../../access/index.ts';
import { circleSystem } from '../../fhir/index.ts';

/** How a member came into a circle when not by name: through a profession or the box, or standing in for someone. */
const comesAs = 'urn:estran:comes-as';
const standsInFor = 'urn:estran:stands-in-for';
export type ComesAs = 'profession' | 'box' | 'stand-in';
export interface Member {
  practitioner: string;
  as?: ComesAs;
  /** Of a stand-in: for whom, and until when (ISO). */
  for?: string;
  until?: string;
}

const memberOf = (one: Member): GroupMember => ({
  ...(one.as && {
    extension: [
      { url: comesAs, valueCode: one.as },
      ...(one.for ? [{ url: standsInFor, valueReference: { reference: `Practitioner/${one.for}` } }] : []),
    ],
  }),
  entity: { reference: `Practitioner/${one.practitioner}` },
  ...(one.until && { period: { end: one.until } }),
});
export const membersIn = (group: Group): Member[] =>
  (group.member ?? []).flatMap((one) => {
    const practitioner = /^Practitioner\/([A-Za-z0-9\-.]{1,64})$/.exec(one.entity.reference ?? '')?.[1];
    const as = one.extension?.find((extension) => extension.url === comesAs)?.valueCode as ComesAs | undefined;
    const instead = one.extension
      ?.find((extension) => extension.url === standsInFor)
      ?.valueReference?.reference?.slice('Practitioner/'.length);
    return practitioner && one.inactive !== true
      ? [
          {
            practitioner,
            ...(as && { as }),
            ...(instead && { for: instead }),
            ...(one.period?.end && { until: one.period.end }),
          },
        ]
      : [];
  });
/** Of a box: those who are in it by name. */
export const byPerson = (group: Group): string[] =>
  membersIn(group)
    .filter((one) => !one.as)
    .map((one) => one.practitioner);
export const professionsOf = (group: Group): string[] =>
  (group.characteristic ?? [])
    .flatMap(
      (one) =>
        one.valueCodeableConcept?.coding
          ?.filter((coding) => coding.system === professionSystem)
          .map((coding) => coding.code ?? '') ?? [],
    )
    .filter(Boolean);

/** The same people, each once; who is there by name or for good stays so. */
export function unite(...lists: readonly Member[][]): Member[] {
  const found = new Map<string, Member>();
  for (const one of lists.flat()) {
    const known = found.get(one.practitioner);
    if (!known || (known.as && !one.as) || (known.until && (!one.until || one.until > known.until)))
      found.set(one.practitioner, one);
  }
  return [...found.values()].sort((a, b) => (a.practitioner < b.practitioner ? -1 : 1));
}

/** The circle of one conversation about the practice. */
export const conversationGroup = (id: string, members: readonly Member[]): Group => ({
  resourceType: 'Group',
  id,
  active: true,
  type: 'practitioner',
  actual: true,
  code: { coding: [{ system: circleSystem, code: 'conversation' }] },
  quantity: members.length,
  member: members.map(memberOf),
});
export const boxGroup = (
  id: string,
  name: string,
  professions: readonly string[],
  members: readonly Member[],
): Group => ({
  resourceType: 'Group',
  id,
  active: true,
  type: 'practitioner',
  actual: true,
  code: { coding: [{ system: circleSystem, code: 'box' }] },
  name,
  quantity: members.length,
  ...(professions.length > 0 && {
    characteristic: professions.map((code) => ({
      code: { text: 'Profession' },
      valueCodeableConcept: { coding: [{ system: professionSystem, code }] },
      exclude: false,
    })),
  }),
  ...(members.length > 0 && { member: members.map(memberOf) }),
});
/** The same Group with these members. */
export const withMembers = (group: Group, members: readonly Member[]): Group => {
  const { member: _, ...rest } = group;
  return { ...rest, quantity: members.length, ...(members.length > 0 && { member: members.map(memberOf) }) };
};
