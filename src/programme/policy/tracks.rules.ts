import { professions } from '../../access/index.ts';
import { byWords } from '../choice/professions.rules.ts';
import { compositionOf } from '../contract/composition.ts';
import type { AboutTrack } from './contract.ts';
import type { TrackRow } from './reach.ts';
import type { CheckRow, MeetingRow, SupportRow } from './tracks.store.ts';
import { plainWords } from '../../platform/index.ts';

export const kindWords = {
  esp: 'équipe de soins primaires (ESP)',
  msp: 'maison de santé pluriprofessionnelle (MSP)',
} as const;
export const shortKind = { esp: 'ESP', msp: 'MSP' } as const;
export const sideWords = {
  team: 'Équipe',
  elected: 'Élus',
  ars: 'ARS',
  geco: 'GECO Lib’',
  essort: 'ESSORT',
  consultant: 'Consultant',
  other: 'Autre',
} as const;
export const professionWords = (code: string): string => professions[code as keyof typeof professions]?.fr ?? code;
export const membersOf = (about: Pick<AboutTrack, 'members'>): [string, number][] =>
  Object.entries(about.members)
    .flatMap(([code, count]) => (count ? [[code, count] as [string, number]] : []))
    .sort(([a], [b]) => byWords(a, b));
export const headcount = (about: Pick<AboutTrack, 'members'>): number =>
  membersOf(about).reduce((sum, [, one]) => sum + one, 0);
export const communesOf = (territory: string): string[] =>
  territory
    .split(/[,;\n]/)
    .map((one) => one.trim())
    .filter(Boolean);

export const teamOf = ({ members, generalists }: AboutTrack) => ({
  members: members as Record<string, number>,
  generalists,
});

/** What a request for support lacks (POL-2, POL-3), in words; empty when it can be sent. */
export function requestLacks({ kind, about }: Pick<TrackRow, 'kind' | 'about'>): string[] {
  const { association, contact } = about;
  return [
    ...(about.askedBy === null ? ['Dites qui demande : des professionnels ou des élus.'] : []),
    ...(communesOf(about.territory).length === 0 ? ['Nommez les communes du territoire.'] : []),
    ...compositionOf(kind, teamOf(about))
      .rules.filter(({ ok }) => !ok)
      .map(({ title, missing }) => `${title} : ${missing.charAt(0).toLowerCase()}${missing.slice(1)}`),
    ...(association.name && association.seat && association.president
      ? []
      : ['Donnez le nom, le siège et la présidence de l’association de professionnels.']),
    ...(contact.name && contact.mail ? [] : ['Donnez le nom et le courriel de la personne à qui répondre.']),
  ];
}

export interface CheckFacts {
  words: string;
  ok: boolean;
}
/** What the meetings of phase 1 show of who is involved: each profession that the team counts, met or not (POL-1). */
export function professionFacts(
  about: AboutTrack,
  meetings: readonly Pick<MeetingRow, 'phase' | 'present'>[],
): CheckFacts[] {
  const met = new Set(
    meetings
      .filter(({ phase }) => phase === 1)
      .flatMap(({ present }) =>
        present.filter(({ side }) => side === 'team').flatMap(({ profession }) => profession ?? []),
      ),
  );
  const counted = membersOf(about);
  if (counted.length === 0) return [{ words: 'Aucun professionnel n’est encore compté.', ok: false }];
  return counted.map(([code, count]) => ({
    ok: met.has(code),
    words: met.has(code)
      ? `${professionWords(code)} (${count}) : présent en réunion`
      : `${professionWords(code)} (${count}) : absent des réunions`,
  }));
}
/** What the territory says: named, and not already that of another team (POL-1). */
export function territoryFacts(
  about: AboutTrack,
  beside: readonly { team: string; territory: string }[],
): CheckFacts[] {
  const communes = communesOf(about.territory);
  if (communes.length === 0) return [{ words: 'Aucune commune n’est nommée.', ok: false }];
  const shared = beside.flatMap(({ team, territory }) => {
    const theirs = new Set(communesOf(territory).map(plainWords));
    const both = communes.filter((one) => theirs.has(plainWords(one)));
    return both.length > 0
      ? [{ words: `${both.join(', ')} : aussi dans le territoire de « ${team} »`, ok: false }]
      : [];
  });
  return [
    {
      words:
        communes.length === 1 ? `Une commune : ${communes[0]}` : `${communes.length} communes : ${communes.join(', ')}`,
      ok: true,
    },
    ...(shared.length ? shared : [{ words: 'Aucune commune partagée avec une autre équipe', ok: true }]),
  ];
}
/** Why a request cannot be accepted yet: the two checks of phase 1. */
export function acceptLacks(checks: readonly Pick<CheckRow, 'subject' | 'answer'>[]): string[] {
  const said = (subject: CheckRow['subject']) => checks.find((one) => one.subject === subject)?.answer === true;
  return [
    ...(said('professions') ? [] : ['Tous les professionnels sont-ils associés ? Ce point n’est pas confirmé.']),
    ...(said('territory') ? [] : ['Le territoire est-il cohérent ? Ce point n’est pas confirmé.']),
  ];
}
/** Why a health project cannot go to the commission, in words (POL-6, POL-7). */
export function submitLacks(
  track: Pick<TrackRow, 'kind' | 'about'>,
  sections: readonly { id: string; title: string; required: boolean }[],
  written: ReadonlySet<string>,
  support: SupportRow | undefined,
): string[] {
  return [
    ...compositionOf(track.kind, teamOf(track.about))
      .rules.filter(({ ok }) => !ok)
      .map(({ title, missing }) => `${title} : ${missing.charAt(0).toLowerCase()}${missing.slice(1)}`),
    ...(support ? [] : ['Choisissez le soutien de la phase 2.']),
    ...sections
      .filter(({ id, required }) => required && !written.has(id))
      .map(({ title }) => `La partie « ${title} » est vide.`),
  ];
}
/** One year later, the day before: an agreement of one year. */
export const yearFrom = (day: string): string => {
  const end = new Date(`${Number(day.slice(0, 4)) + 1}${day.slice(4, 10)}T12:00:00Z`);
  end.setUTCDate(end.getUTCDate() - 1);
  return end.toISOString().slice(0, 10);
};
export const sayDay = (iso: string): string =>
  new Date(`${iso.slice(0, 10)}T12:00:00Z`)
    .toLocaleDateString('fr-FR', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
    .replace(/^1 /, '1er ');
