/** Checks the key of a 15-character NIR or NIA (97 minus the number modulo 97; 2A and 2B count as 19 and 18). */
export function nirKey(typed: string): 'good' | 'bad' | 'short' {
  const nir = typed.replace(/\s/g, '').toUpperCase();
  if (nir.length < 15) return 'short';
  if (!/^\d{5}(\d{2}|2A|2B)\d{8}$/.test(nir)) return 'bad';
  const number = BigInt(nir.slice(0, 13).replace('2A', '19').replace('2B', '18'));
  return Number(97n - (number % 97n)) === Number(nir.slice(13)) ? 'good' : 'bad';
}
