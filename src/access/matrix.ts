import type { Contract, Entry } from '../platform/index.ts';
import type { PracticeRole } from './caller.ts';
import { type Standing, verdict } from './decide.ts';
import { type Profession, professionCodes, professions, regionalCodes } from './professions.ts';
import { readyMadeRights } from './rights-table.ts';

/** Who stands in a column: every profession on a care account, and the roles. */
const columns: { name: string; who: Standing }[] = [
  ...professionCodes
    .filter((profession) => profession !== 'administrator')
    .map((profession) => ({
      name: professions[profession].fr,
      who: { profession: profession as Profession, roles: [] },
    })),
  ...(['owner', 'administrator', 'coordinator'] as PracticeRole[]).map((role) => ({
    name: { owner: 'Responsable', administrator: 'Administrateur', coordinator: 'Rôle de coordination' }[role],
    who: { profession: (role === 'coordinator' ? 'coordinator' : 'administrator') as Profession, roles: [role] },
  })),
  ...regionalCodes.map((profession): { name: string; who: Standing } => ({
    name: professions[profession].fr,
    who: { profession, roles: [] },
  })),
  {
    name: 'Administrateur de région',
    who: { profession: 'administrator', roles: ['owner', 'administrator'], region: true },
  },
];

const inWords = { yes: 'oui', team: 'équipe', no: '·' } as const;

function cells(entry: Entry): string[] {
  if (entry.may === 'public') return columns.map(() => 'tous');
  if (entry.may === 'pending') return columns.map(() => 'oui*');
  return columns.map(({ who }) => inWords[verdict(readyMadeRights[who.profession], who, entry.may)]);
}

/**
 * Contract × role as Markdown, from the function the guard calls and the ready-made rights. `tous`: without a session. `oui*`: also while
 * the second factor is missing. `équipe`: for the patients of whose care team the person is. `·`: refused.
 * @param contracts every room's contract, by room name.
 */
export function accessMatrix(contracts: Readonly<Record<string, Contract>>): string {
  const lines = [
    '# Contrat × rôle',
    '',
    'Produit par `src/access/matrix.ts` avec les droits prêts à l’emploi ; ne pas modifier à la main.',
    '`tous` sans session · `oui*` aussi quand le second facteur manque · `équipe` pour les patients suivis · `·` refusé.',
  ];
  for (const [room, contract] of Object.entries(contracts).sort(([a], [b]) => (a < b ? -1 : 1))) {
    lines.push(
      '',
      `## ${room}`,
      '',
      `| entrée | requête | droit | ${columns.map((column) => column.name).join(' | ')} |`,
      `| --- | --- | --- |${columns.map(() => ' --- |').join('')}`,
    );
    for (const [name, entry] of Object.entries(contract)) {
      const may =
        typeof entry.may === 'string'
          ? entry.may
          : Object.entries(entry.may)
              .map(([act, what]) => `${act} ${what}`)
              .join();
      lines.push(`| ${name} | ${entry.method} ${entry.path} | ${may} | ${cells(entry).join(' | ')} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Entries whose right nobody could ever hold: an unknown kind of data or act. */
export const deadEntries = (contracts: Readonly<Record<string, Contract>>): string[] =>
  Object.entries(contracts).flatMap(([room, contract]) =>
    Object.entries(contract)
      .filter(([, entry]) => cells(entry).every((cell) => cell === inWords.no))
      .map(([name]) => `${room}.${name}`),
  );
