import { inTheClear } from '../platform/index.ts';
import { aSealedCode, countRealAccounts } from './accounts.store.ts';
import type { House } from './house.ts';
import { countPractices } from './practices.store.ts';

/** Whether the key of the data folder is the one that the codes of this database were sealed with; true while none is sealed. */
export async function keyFits({ db, vault }: House): Promise<boolean> {
  const sealed = await db.owner('does the key fit', aSealedCode);
  if (!sealed) return true;
  try {
    vault.open(sealed.code_secret, `${sealed.tenant_id}.${sealed.id}`);
    return true;
  } catch {
    return false;
  }
}

/** What whoever starts the server must know and would otherwise learn from a person who cannot come in. */
export async function startAdvice(house: House): Promise<string[]> {
  const { db, config } = house;
  const advice: string[] = [];
  if (!config.demo && (await db.owner('is there a practice yet', countPractices)) > 0)
    if ((await db.owner('can anybody come in', countRealAccounts)) === 0)
      advice.push(
        'Personne ne peut se connecter : cette base n’a que des comptes de démonstration, ou aucun. Pour une structure réelle, partez d’une base neuve (ESTRAN_DATA ou DATABASE_URL) ; sinon créez un compte : estran user create --practice ID --profession administrator --role owner …',
      );
  if (!(await keyFits(house)))
    advice.push(
      `La clé de ${config.data}/keys n’est pas celle de cette base : les applications de codes ne s’ouvrent plus. Remettez le dossier « keys » d’origine (il est aussi dans une sauvegarde chiffrée) et redémarrez.`,
    );
  if (inTheClear(config.publicUrl))
    advice.push(
      `PUBLIC_URL est en http (${config.publicUrl}) : les dossiers circulent en clair sur votre réseau, et les clés d’accès ne fonctionnent pas. Prévoyez https (docs/manuel/installer.md).`,
    );
  return advice;
}
