/** «1 234,56 €» for papers and messages of the server. */
export const inEuros = (cents: number): string => {
  const whole = String(Math.trunc(Math.abs(cents) / 100)).replace(/\B(?=(\d{3})+(?!\d))/g, '\u00a0');
  return `${cents < 0 ? '−\u00a0' : ''}${whole},${String(Math.abs(cents) % 100).padStart(2, '0')}\u00a0€`;
};
