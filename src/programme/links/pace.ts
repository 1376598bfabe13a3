import { Problem } from '../../platform/index.ts';
import type { Desk } from '../desk.ts';
import { countTry } from './pace.store.ts';
import { hashOf } from './tokens.ts';

/** Errors: 429 past `most` tries in so many seconds. */
export async function pace(desk: Desk, subject: string, most: number, seconds: number): Promise<void> {
  const fine = await desk.db.tenant(0, (sql) => countTry(sql, hashOf(subject), most, seconds, desk.now()));
  if (!fine)
    throw new Problem(
      429,
      'Trop d’essais',
      'Trop de demandes se sont suivies depuis ce réseau. Rien n’est perdu : patientez quelques minutes puis réessayez.',
      { headers: { 'retry-after': String(seconds) } },
    );
}
/** Runs an act behind a personal link. Wrong links of one address are counted: past thirty in ten minutes it is told to wait, and nobody else is slowed. */
export async function behindLink<T>(desk: Desk, address: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Problem && error.extra?.reason === 'unknown')
      await pace(desk, `wrong-link ${address}`, 30, 600);
    throw error;
  }
}
