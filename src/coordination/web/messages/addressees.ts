import type { z } from 'zod';
import type { coordinationContract } from '../../contract.ts';
import type { Mention } from './sending.ts';

export const team = 'team';
export const everyone = 'everyone';
type Known = z.infer<typeof coordinationContract.addressees.reply>;
type Colleague = Known['colleagues'][number];
type Box = z.infer<typeof coordinationContract.boxes.reply>['boxes'][number];

/** Whom one may write to, in groups; `administrative`: of a patient, what the secretariat reads too. */
export function groupsOf(
  { colleagues, professions }: Pick<Known, 'colleagues' | 'professions'>,
  boxes: readonly Box[],
  { aboutPatient, administrative }: { aboutPatient: boolean; administrative: boolean },
) {
  const person = (one: Colleague) => ({
    value: `p:${one.id}`,
    label: `${one.name}, ${one.professionLabel}`,
  });
  return [
    {
      group: 'Ensemble',
      items: aboutPatient
        ? administrative
          ? []
          : [{ value: team, label: 'Toute l’équipe de soins' }]
        : [{ value: everyone, label: 'Toute la structure' }],
    },
    { group: 'Boîtes', items: boxes.map((one) => ({ value: `b:${one.id}`, label: one.name })) },
    {
      group: 'Équipe de soins',
      items: aboutPatient ? colleagues.filter((one) => one.inTeam).map(person) : [],
    },
    {
      group: aboutPatient ? 'Autres collègues' : 'Collègues',
      items: colleagues.filter((one) => !aboutPatient || !one.inTeam).map(person),
    },
    {
      group: 'Professions',
      items: professions.map((one) => ({
        value: `f:${one.code}`,
        label: `${one.label}${one.count > 1 ? ` (${one.count})` : ''}`,
      })),
    },
  ].filter((group) => group.items.length > 0);
}

const ids = (to: readonly string[], kind: 'p' | 'f' | 'b'): string[] =>
  to.filter((one) => one.startsWith(`${kind}:`)).map((one) => one.slice(2));
/** What was chosen and who is named in the text, as the server wants it. */
export function addressed(to: readonly string[], mentions: readonly Mention[]) {
  const named = (profession: boolean) => mentions.filter((one) => !!one.profession === profession).map(({ id }) => id);
  const [box] = ids(to, 'b');
  return {
    people: [...new Set([...ids(to, 'p'), ...named(false)])],
    professions: [...new Set([...ids(to, 'f'), ...named(true)])],
    team: to.includes(team),
    everyone: to.includes(everyone),
    ...(box !== undefined && { box }),
  };
}

/** A box, the whole team or the whole practice each stand for a rule of their own: one of them at a time. */
export function onlyOne(values: string[]): string[] {
  const last = values.at(-1);
  const whole = (one: string) => one === everyone || one.startsWith('b:');
  if (last === everyone) return [everyone];
  return last && whole(last)
    ? [...values.filter((one) => !whole(one) && one !== team), last]
    : last === team
      ? values.filter((one) => !whole(one))
      : values.filter((one) => one !== everyone);
}
