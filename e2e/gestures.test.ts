/**
 * The most frequent acts of four professions, counted: a click is one, a key or chord is one, a field typed is one. What a nurse or a
 * physiotherapist does daily never takes more than the same act takes a physician. With ESTRAN_PICTURES=1 the counts go to docs/gestes.md.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Locator } from 'playwright-core';
import { pdf } from './files.ts';
import { type Page, root, scenario, type Stage } from './harness.ts';
import { card, newPatient, type NewPatient, panel, recordShown, said } from './people.ts';

/** Hands that count. */
class Hands {
  readonly page: Page;
  count = 0;
  constructor(page: Page) {
    this.page = page;
  }
  async press(key: string) {
    this.count++;
    await this.page.keyboard.press(key);
  }
  async type(words: string) {
    this.count++;
    await this.page.keyboard.type(words);
  }
  async click(target: Locator) {
    this.count++;
    await target.click();
  }
}
interface Act {
  name: string;
  /** Where it begins; the day's page when absent. */
  from?: (patient: NewPatient) => string;
  do: (hands: Hands, patient: NewPatient) => Promise<unknown>;
}
const inRecord = (patient: NewPatient) => `/patients/${patient.id}`;

const open: Act = {
  name: 'Ouvrir le dossier d’un patient',
  async do(hands, patient) {
    await hands.press('Control+k');
    await hands.type(patient.family);
    await hands.page.getByRole('option', { name: new RegExp(patient.family, 'i'), selected: true }).waitFor();
    await hands.press('Enter');
    await recordShown(hands.page, patient.name);
  },
};
const measure = (what: string, typed: string, shown: string): Act => ({
  name: `Saisir ${what}`,
  from: inRecord,
  async do(hands) {
    await hands.press('m');
    await hands.page.getByRole('heading', { name: 'Ajouter des mesures' }).waitFor();
    await hands.type(typed);
    await hands.press('Control+Enter');
    await card(hands.page, 'Dernières mesures').getByText(shown).first().waitFor();
  },
});
const note: Act = {
  name: 'Écrire une note',
  from: inRecord,
  async do(hands) {
    await hands.press('n');
    await hands.page.getByRole('heading', { name: 'Écrire une note' }).waitFor();
    await hands.type('Vu ce jour, va mieux.');
    await hands.press('Control+Enter');
    await said(hands.page, 'Note ajoutée.');
  },
};
const curve: Act = {
  name: 'Voir la courbe d’une mesure',
  from: inRecord,
  async do(hands) {
    await hands.click(card(hands.page, 'Dernières mesures').getByRole('button', { name: /Voir la courbe/ }).first());
    await panel(hands.page).getByRole('button', { name: /Voir le tableau/ }).waitFor();
  },
};
const file: Act = {
  name: 'Ajouter un document',
  from: inRecord,
  async do(hands) {
    await hands.press('d');
    await hands.page.getByRole('heading', { name: 'Ajouter un document' }).waitFor();
    const chooser = hands.page.waitForEvent('filechooser');
    await hands.click(hands.page.getByRole('button', { name: 'Choisir un fichier' }));
    hands.count++; // the file itself
    await (await chooser).setFiles({ name: 'bilan.pdf', mimeType: 'application/pdf', buffer: pdf('Bilan') });
    await hands.click(panel(hands.page).getByRole('button', { name: 'Ajouter le document' }));
    await said(hands.page, 'Document ajouté.');
  },
};
const vaccine: Act = {
  name: 'Noter un vaccin et son lot',
  from: inRecord,
  async do(hands) {
    await hands.press('v');
    await hands.page.getByRole('heading', { name: 'Ajouter un vaccin' }).waitFor();
    await hands.type('grippe');
    await hands.page.getByRole('option').first().waitFor();
    await hands.press('ArrowDown');
    await hands.press('Enter');
    await hands.click(panel(hands.page).getByLabel('Lot'));
    await hands.type('AB12');
    await hands.press('Control+Enter');
    await said(hands.page, /Vaccin ajouté/);
  },
};
const problem: Act = {
  name: 'Ajouter un problème',
  from: inRecord,
  async do(hands) {
    await hands.press('p');
    await hands.page.getByRole('heading', { name: 'Ajouter un problème' }).waitFor();
    await hands.type('Entorse de cheville');
    await hands.press('Control+Enter');
    await said(hands.page, /Problème ajouté/);
  },
};
const create: Act = {
  name: 'Créer un patient',
  async do(hands) {
    const { page } = hands;
    await hands.click(page.getByRole('link', { name: 'Patients', exact: true }));
    await hands.click(page.getByRole('link', { name: 'Créer un patient' }));
    await page.getByLabel('Nom de naissance').waitFor();
    await hands.type(`Kerg${Date.now().toString(36).replace(/\d/g, 'o')}`);
    await hands.press('Tab');
    await hands.type('Anna');
    await hands.press('Tab');
    await hands.type('05/06/1991');
    await hands.click(page.getByRole('button', { name: 'Créer le dossier' }));
    await page.waitForURL((url) => /\/patients\/(?!nouveau)./.test(url.pathname));
  },
};
const identity: Act = {
  name: 'Corriger un téléphone',
  from: inRecord,
  async do(hands) {
    await hands.press('i');
    const phone = hands.page.getByLabel('Téléphone', { exact: true });
    await hands.click(phone);
    await hands.type('06 39 98 11 22');
    await hands.click(hands.page.getByRole('button', { name: 'Corriger l’identité' }));
    await said(hands.page, /Identité corrigée/);
  },
};
const told: Act = {
  name: 'Noter l’information remise au patient',
  from: inRecord,
  async do(hands) {
    await hands.click(hands.page.getByRole('button', { name: 'Autres actions sur ce dossier' }));
    await hands.click(hands.page.getByRole('menuitem', { name: 'Choix du patient' }));
    await hands.click(panel(hands.page).getByRole('button', { name: 'Recueillir un choix' }));
    await hands.click(panel(hands.page).getByRole('button', { name: 'Enregistrer ce choix' }));
    await said(hands.page, 'Choix du patient enregistré.');
  },
};
const find: Act = {
  name: 'Retrouver le téléphone d’un patient',
  async do(hands, patient) {
    await hands.click(hands.page.getByRole('link', { name: 'Patients', exact: true }));
    await hands.page.getByRole('textbox', { name: 'Chercher un patient' }).waitFor();
    await hands.type(patient.family);
    await hands.page.getByRole('row').filter({ hasText: new RegExp(patient.family, 'i') }).waitFor();
  },
};

const pressure = measure('la mesure de tous les jours', '132/78', '132/78');
const professions = [
  { who: 'Médecin', login: 'anne.kermarrec', acts: [open, pressure, note, file, curve, vaccine, problem] },
  { who: 'Infirmière', login: 'soizic.abgrall', acts: [open, pressure, note, file, vaccine] },
  { who: 'Kinésithérapeute', login: 'erwan.quemeneur', acts: [open, measure('la mesure de tous les jours', '4', '4'), note, file, curve] },
  { who: 'Secrétaire', login: 'maryvonne.pellen', acts: [open, find, create, identity, told] },
] as const;

const counts = new Map<string, Map<string, number>>();
async function count(stage: Stage, who: string, login: string, acts: readonly Act[]) {
  const anne = await stage.hand('anne.kermarrec');
  const patient = await newPatient(anne, { team: [await stage.hand('soizic.abgrall'), await stage.hand('erwan.quemeneur')] });
  await anne.send('POST', `/api/patients/${patient.id}/measures`, { values: [{ code: '29463-7', value: 70 }] });
  const page = await stage.as(login);
  const mine = new Map<string, number>();
  counts.set(who, mine);
  for (const act of acts) {
    await page.goto(act.from?.(patient) ?? '/');
    if (act.from) await recordShown(page, patient.name);
    else await page.getByRole('heading', { level: 1 }).waitFor();
    const hands = new Hands(page);
    await act.do(hands, patient);
    mine.set(act.name, hands.count);
  }
}

for (const { who, login, acts } of professions) scenario(`DOS-1 the daily acts of the ${login} cockpit (${who}) are done and their gestures counted`, (stage) => count(stage, who, login, acts));

test('DOS-1 nothing that a nurse or a physiotherapist does daily takes more gestures than it takes a physician', () => {
  const physician = counts.get('Médecin')!;
  for (const who of ['Infirmière', 'Kinésithérapeute'])
    for (const [act, gestures] of counts.get(who)!) {
      assert.ok(physician.has(act), `${act} is not counted for the physician`);
      assert.ok(gestures <= physician.get(act)!, `${act}: ${gestures} for ${who}, ${physician.get(act)} for the physician`);
    }
  if (!process.env.ESTRAN_PICTURES) return;
  const acts = [...new Set([...counts.values()].flatMap((mine) => [...mine.keys()]))];
  const lines = acts.map((act) => `| ${act} | ${professions.map(({ who }) => counts.get(who)!.get(act) ?? '').join(' | ')} |`);
  writeFileSync(
    join(root, 'docs/gestes.md'),
    `# Les gestes de tous les jours\n\nComptés par \`e2e/gestures.test.ts\` dans le produit même (ESTRAN_PICTURES=1 réécrit ce tableau) : un clic, une touche ou un champ\nsaisi comptent chacun pour un.\n\n| Acte | ${professions.map(({ who }) => who).join(' | ')} |\n| --- | ${professions.map(() => '--:').join(' | ')} |\n${lines.join('\n')}\n`,
  );
});
