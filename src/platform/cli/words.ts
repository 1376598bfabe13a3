import { gone, sqlState } from '../db/db.ts';
import { Problem } from '../http/problem.ts';
import { FolderInUse } from '../lock.ts';
import { CommandError } from './command.ts';

/** What the machine refused, in words that say what to do; `at` is the file or folder. */
const refusals: Readonly<Record<string, (at: string) => string>> = {
  ENOENT: (at) => `${at} : aucun fichier ni dossier de ce nom. Vérifiez le chemin.`,
  ENOTDIR: (at) => `${at} : ce chemin traverse un fichier comme si c’était un dossier. Vérifiez le chemin.`,
  EEXIST: (at) => `${at} : ce nom est déjà pris. Donnez-en un autre.`,
  EISDIR: (at) => `${at} : c’est un dossier ; donnez le nom d’un fichier.`,
  EACCES: (at) =>
    `${at} : la personne qui lance cette commande n’en a pas le droit. Donnez un autre emplacement, ou le droit sur celui-ci.`,
  EPERM: (at) =>
    `${at} : la personne qui lance cette commande n’en a pas le droit. Donnez un autre emplacement, ou le droit sur celui-ci.`,
  EROFS: (at) => `${at} : ce disque est en lecture seule. Donnez un autre emplacement.`,
  ENAMETOOLONG: (at) => `${at} : ce nom est trop long. Donnez-en un plus court.`,
  ENOSPC: (at) =>
    `${at} : le disque est plein. Faites de la place ou donnez un autre emplacement, puis relancez la commande.`,
  EDQUOT: (at) =>
    `${at} : le disque est plein. Faites de la place ou donnez un autre emplacement, puis relancez la commande.`,
};

/** What PostgreSQL refuses, by its code or the beginning of its code. */
const connections: Readonly<Record<string, string>> = {
  [gone.unreached]: 'La base de données ne répond pas. Est-elle démarrée ? DATABASE_URL est-elle juste ?',
  [gone.lost]:
    'La base de données s’est interrompue. Ce qui était acquitté est gardé : relancez la commande quand elle est revenue.',
  '28': 'La base de données refuse l’utilisateur ou le mot de passe de DATABASE_URL.',
  '3D000': 'La base que nomme DATABASE_URL n’existe pas : créez-la d’abord (docs/manuel/installer.md).',
  '42501':
    'Le rôle de DATABASE_URL n’a pas ce droit : il doit posséder la base, et pouvoir prendre le rôle estran_app (docs/manuel/installer.md).',
  '53300':
    'La base de données n’a plus de connexion libre : Estran en ouvre neuf. Relevez sa limite, ou arrêtez ce qui les occupe.',
  '53100':
    'Le disque de la base de données est plein. Faites-y de la place, puis recommencez : rien de ce qui était acquitté n’est perdu.',
  '57P03': 'La base de données démarre : recommencez dans un instant.',
  '58P01':
    'Il manque à PostgreSQL un fichier, sans doute ses extensions pg_trgm et unaccent : installez son paquet « contrib ».',
  '0A000':
    'PostgreSQL ne connaît pas ce qui lui est demandé. Estran demande PostgreSQL 15 ou plus récent, avec pg_trgm et unaccent.',
};

/** Words for the person at the keyboard; undefined for what is a fault of ours, whose stack says more. */
export function wordsOf(error: unknown): string | undefined {
  if (error instanceof CommandError || error instanceof FolderInUse || error instanceof Problem) return error.message;
  if (!(error instanceof Error)) return undefined;
  const { code, path, dest, syscall, port, address, hostname } = error as NodeJS.ErrnoException & {
    dest?: string;
    port?: number;
    address?: string;
    hostname?: string;
  };
  if (code === 'EADDRINUSE')
    return port === undefined
      ? `${address ?? 'Cette adresse'} : un autre programme y écoute déjà. Arrêtez-le d’abord.`
      : `Le port ${port} est pris par un autre programme : arrêtez-le, ou donnez à PORT un autre nombre.`;
  if (code === 'EACCES' && syscall === 'listen')
    return `Le port ${port ?? ''} n’est pas permis à la personne qui lance ceci : donnez à PORT un nombre au-dessus de 1023.`;
  if (code === 'EADDRNOTAVAIL' || (syscall === 'getaddrinfo' && (code === 'ENOTFOUND' || code === 'EAI_AGAIN')))
    return `HOST : « ${address ?? hostname ?? ''} » n’est pas une adresse de cette machine. Écrivez 127.0.0.1 (cette machine seule) ou 0.0.0.0 (toutes ses adresses).`;
  if (code === 'ENOENT' && syscall === 'mkdir')
    return `${path ?? 'Ce dossier'} : ce dossier ne peut pas être créé à cet endroit. Donnez un autre emplacement.`;
  if ((code === 'EINVAL' || code === 'ENAMETOOLONG') && syscall === 'listen')
    return `${address ?? 'ESTRAN_DATA'} : ce chemin est trop long pour une prise locale (une centaine de signes). Donnez à ESTRAN_DATA un chemin plus court.`;
  const refusal = code === undefined || syscall === undefined ? undefined : refusals[code];
  if (refusal) return refusal(dest ?? path ?? 'Le fichier');
  const state = sqlState(error) ?? '';
  const connection = connections[state] ?? connections[state.slice(0, 2)];
  return connection && `${connection} (${error.message})`;
}
