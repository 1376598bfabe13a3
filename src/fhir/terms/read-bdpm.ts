import { BadList, type ReadTerm, type Substance } from './lists.ts';

/**
 * The public drug list: CIS_bdpm.txt (one line a speciality) and CIS_COMPO_bdpm.txt (one line a substance), tabs, no heading.
 * https://base-donnees-publique.medicaments.gouv.fr/telechargement
 */
export function readBdpm(name: string, text: string, partsName: string, partsText: string): ReadTerm[] {
  const composition = new Map<string, { substance: Substance; nature: string; link: string }[]>();
  linesOf(partsText).forEach((line, at) => {
    const [cis = '', , code = '', label = '', strength = '', per = '', nature = '', link = ''] = line
      .split('\t')
      .map((part) => part.trim());
    if (!/^\d{8}$/.test(cis) || !label)
      throw new BadList(`« ${partsName} », ligne ${at + 1} : un code CIS et une substance sont attendus.`);
    const held = composition.get(cis) ?? [];
    held.push({ substance: { code: code || null, label, strength: strength || null, per: per || null }, nature, link });
    composition.set(cis, held);
  });
  return linesOf(text).map((line, at) => {
    const columns = line.split('\t').map((part) => part.trim());
    const [cis = '', label = '', form = '', routes = '', authorisation = '', procedure = '', market = ''] = columns;
    if (!/^\d{8}$/.test(cis) || !label || columns.length < 10)
      throw new BadList(
        `« ${name} », ligne ${at + 1} : douze colonnes séparées par des tabulations sont attendues, la première un code CIS.`,
      );
    const marketed = market === 'Commercialisée';
    const inForce = /active$/.test(authorisation);
    const substances = substancesOf(label, composition.get(cis) ?? []);
    // What is no longer sold, homoeopathy and parallel imports come after what is prescribed every day.
    const rank =
      label.length +
      (marketed ? 0 : 2_000) +
      (inForce ? 0 : 4_000) +
      (/homéo/i.test(procedure) ? 1_000 : 0) +
      (/parallèle/i.test(procedure) ? 500 : 0) +
      (/injectable|perfusion/.test(form) ? 60 : 0);
    return {
      code: cis,
      label,
      more: substances.map((one) => one.label).join(' '),
      rank,
      detail: {
        form: form.replace(/\s+/g, ' '),
        routes: routes
          .split(';')
          .map((one) => one.trim())
          .filter(Boolean),
        substances,
        marketed,
        ...(inForce ? {} : { authorisation }),
      },
    };
  });
}

/** A salt (SA) and its therapeutic part (FT) are one substance: named by the part, with the strength that the speciality itself is called by. */
function substancesOf(
  label: string,
  lines: readonly { substance: Substance; nature: string; link: string }[],
): Substance[] {
  const called = (strength: string | null) =>
    strength !== null && new RegExp(`(?<![\\d,])${/^[\d ,]*/.exec(strength)![0].trim() || '-'}(?![\\d,])`).test(label);
  const groups = new Map<string, { salt?: Substance; part?: Substance }>();
  lines.forEach(({ substance, nature, link }, at) => {
    const clean = { ...substance, strength: substance.strength?.replace(/,0+(?=\s|$)/, '') ?? null };
    const key = link || `alone ${at}`;
    const group = groups.get(key) ?? {};
    if (nature === 'FT') group.part ??= clean;
    else group.salt ??= clean;
    groups.set(key, group);
  });
  return [...groups.values()].map(({ salt, part }) => {
    if (!salt || !part) return (part ?? salt)!;
    const strength = called(salt.strength) && !called(part.strength) ? salt.strength : (part.strength ?? salt.strength);
    return { ...part, strength, per: part.per ?? salt.per };
  });
}
export const linesOf = (text: string): string[] => text.split(/\r?\n/).filter((line) => line.trim() !== '');
