import dayjs from 'dayjs';
import 'dayjs/locale/fr';

export { ofName } from '../platform/text/of.rules.ts';
export { tied } from '../platform/text/tied.rules.ts';

dayjs.locale('fr');

const nbsp = '\u202f';
/** JJ/MM/AAAA, from an ISO date or instant; partial dates keep what is known. */
export function sayDate(iso: string | null | undefined): string {
  if (!iso) return '';
  if (/^\d{4}$/.test(iso)) return iso;
  if (/^\d{4}-\d{2}$/.test(iso)) return dayjs(`${iso}-01`).format('MM/YYYY');
  return dayjs(iso).format('DD/MM/YYYY');
}
export const sayTime = (iso: string): string => dayjs(iso).format('HH:mm').replace(':', `${nbsp}h${nbsp}`);
export const sayDateTime = (iso: string | null | undefined): string =>
  iso ? (iso.length > 10 ? `${sayDate(iso)} à ${sayTime(iso)}` : sayDate(iso)) : '';
export const sayLongDate = (iso: string): string =>
  iso.length < 8 ? (iso.length === 4 ? `en ${iso}` : sayMonth(`${iso}-01`)) : dayjs(iso).format('dddd D MMMM YYYY');
export const sayMonth = (iso: string): string => dayjs(iso).format('MMMM YYYY');

/** «à l’instant», «il y a 12 min», «hier à 14 h 05», «12 mars», «12/03/2021». */
export function sayAgo(iso: string | null | undefined): string {
  if (!iso) return '';
  if (iso.length < 10) return sayDate(iso);
  const then = dayjs(iso);
  const now = dayjs();
  const timed = iso.length > 10;
  const days = now.startOf('day').diff(then.startOf('day'), 'day');
  if (timed && days === 0) {
    const minutes = now.diff(then, 'minute');
    if (minutes < 1 && minutes >= -1) return 'à l’instant';
    if (minutes > 0 && minutes < 60) return `il y a ${minutes}${nbsp}min`;
    return `à ${sayTime(iso)}`;
  }
  if (days === 0) return 'aujourd’hui';
  if (days === 1) return timed ? `hier à ${sayTime(iso)}` : 'hier';
  if (days > 1 && days < 7) return `il y a ${days} jours`;
  if (then.year() === now.year()) return then.format('D MMM');
  return sayDate(iso);
}

/** A day to come, with its hour when it has one: «aujourd’hui 17 h 30», «demain», «lun. 30», «03/12/2026». */
export function sayDue(due: string): string {
  const day = dayjs(due);
  const days = day.startOf('day').diff(dayjs().startOf('day'), 'day');
  const near: Record<number, string> = { [-1]: 'hier', 0: 'aujourd’hui', 1: 'demain' };
  const words = near[days] ?? (days > 1 && days < 7 ? day.format('ddd D') : day.format('DD/MM/YYYY'));
  return due.length > 10 ? `${words} ${sayTime(due)}` : words;
}

/** Age in the unit a clinician uses: days, then months to 3 years, then years. */
export function sayAge(birthDate: string | null | undefined, at: string | Date = new Date()): string {
  if (!birthDate) return 'âge inconnu';
  const born = dayjs(birthDate);
  const when = dayjs(at);
  const years = when.diff(born, 'year');
  if (years >= 3) return `${years}${nbsp}ans`;
  const months = when.diff(born, 'month');
  if (months >= 3) return `${months}${nbsp}mois`;
  return `${Math.max(0, when.diff(born, 'day'))}${nbsp}j`;
}

export const sayNumber = (value: number, digits = 2): string =>
  value.toLocaleString('fr-FR', { maximumFractionDigits: digits });
export const sayCount = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('fr-FR')} ${count < 2 ? one : many}`;

/** On what opens the rest of a list: «Voir les 3 autres», «Voir la suite (1)». */
export const sayOthers = (count: number): string => (count === 1 ? 'Voir la suite (1)' : `Voir les ${count} autres`);

/** 1 84 05 75 123 456 78: the INS or NIR as it is read aloud. */
export const sayNir = (nir: string): string =>
  nir
    .replace(/\s/g, '')
    .replace(/^(.)(..)(..)(..)(...)(...)(..)?$/, (_all, ...parts) => parts.slice(0, 7).filter(Boolean).join(nbsp));

const today = () => dayjs().startOf('day');
/**
 * A typed date: JJ/MM/AAAA (`partial`: also MM/AAAA, AAAA) and its shorter ways (010426, 1/4, 1-4-26), «auj», «hier», «demain», «+3s», «-2m», «+10j», «-1a».
 * @returns ISO date, null when it cannot be read
 */
export function readDate(
  typed: string,
  { past = false, partial = false }: { past?: boolean; partial?: boolean } = {},
): string | null {
  const text = typed.trim().toLowerCase();
  if (partial && /^(18|19|20)\d{2}$/.test(text)) return text;
  const monthly = partial ? /^(0?[1-9]|1[0-2])[/.-]((?:18|19|20)\d{2})$/.exec(text) : null;
  if (monthly) return `${monthly[2]}-${monthly[1]!.padStart(2, '0')}`;
  if (partial && /^\d{4}-\d{2}$/.test(text)) return text;
  if (/^(auj|aujourd.?hui|a|j)$/.test(text)) return today().format('YYYY-MM-DD');
  if (/^(hier|h)$/.test(text)) return today().subtract(1, 'day').format('YYYY-MM-DD');
  if (/^(demain|d)$/.test(text)) return today().add(1, 'day').format('YYYY-MM-DD');
  const shift = /^([+-])\s*(\d{1,3})\s*([jsma])$/.exec(text);
  if (shift) {
    const unit = { j: 'day', s: 'week', m: 'month', a: 'year' }[shift[3]!] as 'day';
    return today()
      .add(Number(shift[2]) * (shift[1] === '-' ? -1 : 1), unit)
      .format('YYYY-MM-DD');
  }
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const full = iso
    ? [iso[3], iso[2], iso[1]]
    : text.includes('/') || /[-. ]/.test(text)
      ? text.split(/[/.\- ]+/)
      : (/^(\d{2})(\d{2})(\d{4}|\d{2})?$/.exec(text)?.slice(1) ?? []);
  const [day, month, year] = [Number(full[0]), Number(full[1]), full[2] ? Number(full[2]) : today().year()];
  if (!day || !month) return null;
  let whole = year;
  if (full[2]?.length === 2 || year < 100) {
    whole = 2000 + year;
    if (past && whole > today().year()) whole -= 100;
  }
  const made = new Date(Date.UTC(whole, month - 1, day));
  if (made.getUTCMonth() !== month - 1 || made.getUTCDate() !== day || whole < 1880) return null;
  return made.toISOString().slice(0, 10);
}
