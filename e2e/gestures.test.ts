/**
 * The five most frequent acts of every profession, counted: a click is one, a key or chord is one, a field typed is one. What a profession does daily never takes more
 * than the same act takes a physician. With ESTRAN_PICTURES=1 the counts go to docs/gestes.md.
 */
import { randomBytes, randomInt } from 'node:crypto';
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
    await hands.click(
      card(hands.page, 'Dernières mesures')
        .getByRole('button', { name: /Voir la courbe/ })
        .first(),
    );
    await panel(hands.page)
      .getByRole('button', { name: /Voir le tableau/ })
      .waitFor();
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
    // Another person each time, born on another day: nobody who is there already looks like them.
    await hands.type(`Kerg${Array.from(randomBytes(9), (byte) => String.fromCharCode(97 + (byte % 26))).join('')}`);
    await hands.press('Tab');
    await hands.type('Anna');
    await hands.press('Tab');
    await hands.type(`${10 + randomInt(18)}/${10 + randomInt(3)}/${1930 + randomInt(70)}`);
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
    await hands.page
      .getByRole('row')
      .filter({ hasText: new RegExp(patient.family, 'i') })
      .waitFor();
  },
};

/** The section that stands first in the cockpit: one digit. */
const section: Act = {
  name: 'Ouvrir le volet de sa profession',
  from: inRecord,
  async do(hands) {
    await hands.page.getByRole('toolbar', { name: 'Ajouter au dossier' }).waitFor();
    await hands.press('1');
    await panel(hands.page)
      .getByRole('button', { name: /^(Signer|Enregistrer)/ })
      .waitFor();
  },
};
const allergy: Act = {
  name: 'Ajouter une allergie',
  from: inRecord,
  async do(hands) {
    await hands.press('a');
    await hands.page.getByRole('heading', { name: 'Ajouter une allergie' }).waitFor();
    await hands.type('Pénicillines');
    await hands.press('Control+Enter');
    await said(hands.page, /Allergie ajoutée/);
  },
};
const begins = (name: string, key: string, heading: string): Act => ({
  name,
  from: inRecord,
  async do(hands) {
    await hands.press(key);
    await panel(hands.page).getByRole('heading', { name: heading }).waitFor();
  },
});
const task = begins('Commencer une tâche pour un collègue', 'k', 'Confier une tâche');
const message = begins('Commencer un message à l’équipe', 'j', 'Écrire à l’équipe');
const propose = begins('Commencer une proposition en réunion', 'r', 'Proposer en réunion');

/** «Prélevé», «Réalisé»: what a technician says of what was prescribed, from the day's page; whoever asked for it, by the other gestures. */
const follow = (label: string): Act => ({
  name: 'Dire qu’un examen prescrit est fait',
  async do(hands, patient) {
    await hands.click(hands.page.getByRole('link', { name: 'Toutes les prescriptions' }));
    const line = hands.page
      .getByRole('listitem')
      .filter({ hasText: new RegExp(patient.family, 'i') })
      .filter({ hasText: label });
    const button = line.getByRole('button', { name: new RegExp(` : ${label}$`) }).first();
    await hands.click(button);
    if ((await button.getAttribute('aria-haspopup')) === 'menu')
      await hands.click(hands.page.getByRole('menuitem', { name: 'Prélevé' }));
    await said(hands.page, new RegExp(label));
  },
});
const blood = 'Numération de démonstration';
const xray = 'Radiographie de démonstration';

const daily = (typed: string, shown = typed) => measure('la mesure de tous les jours', typed, shown);
const pressure = daily('132/78');
/** Who counts, in which practice: the physician makes the patient. */
const professions = [
  {
    who: 'Médecin',
    login: 'anne.kermarrec',
    acts: [
      open,
      pressure,
      note,
      file,
      curve,
      vaccine,
      problem,
      allergy,
      section,
      task,
      message,
      propose,
      find,
      create,
      identity,
      told,
      follow(blood),
    ],
  },
  { who: 'Dentiste', login: 'paul.guivarch', acts: [open, note, section, allergy, file] },
  { who: 'Sage-femme', login: 'marine.le-gall', acts: [open, pressure, section, note, vaccine] },
  { who: 'Pharmacien', login: 'lucie.henaff', acts: [open, vaccine, pressure, section, note] },
  { who: 'Infirmier', login: 'soizic.abgrall', acts: [open, pressure, section, note, vaccine] },
  { who: 'IPA', login: 'gwenaelle.prigent', acts: [open, pressure, section, note, file] },
  { who: 'Asalée', login: 'nolwenn.cadiou', acts: [open, pressure, section, note, file] },
  { who: 'Kiné', login: 'erwan.quemeneur', acts: [open, note, daily('4'), section, file] },
  { who: 'Podologue', login: 'claire.morvan', acts: [open, note, section, daily('4'), file] },
  { who: 'Orthophoniste', login: 'helene.riou', acts: [open, note, section, file, daily('64', '64 kg')] },
  { who: 'Orthoptiste', login: 'sarah.nedelec', acts: [open, section, note, file, daily('1,1', '1,1')] },
  { who: 'Ergo', login: 'camille.jaffres', acts: [open, section, note, file, daily('4')] },
  { who: 'Psychomot.', login: 'laure.marchand', by: 'olivier.chevrel', acts: [open, note, section, file, daily('4')] },
  { who: 'Radio', login: 'kevin.robert', by: 'olivier.chevrel', acts: [open, section, follow(xray), task, find] },
  { who: 'Labo', login: 'nadia.haddad', by: 'olivier.chevrel', acts: [open, section, follow(blood), task, find] },
  { who: 'Diététicien', login: 'thibault.madec', acts: [open, daily('64', '64 kg'), section, note, curve] },
  { who: 'Psychologue', login: 'julie.castel', acts: [open, note, section, file, message] },
  { who: 'Assistant', login: 'ewen.salaun', acts: [open, pressure, section, file, vaccine] },
  { who: 'Secrétaire', login: 'maryvonne.pellen', outside: true, acts: [open, find, create, identity, told] },
  { who: 'Coordinateur', login: 'tristan.le-corre', outside: true, acts: [open, find, propose, task, message] },
] as const satisfies readonly {
  who: string;
  login: string;
  by?: string /** Takes care of nobody. */;
  outside?: true;
  acts: readonly Act[];
}[];

const counts = new Map<string, Map<string, number>>();
async function count(
  stage: Stage,
  { who, login, acts, ...rest }: { who: string; login: string; by?: string; outside?: true; acts: readonly Act[] },
) {
  const doctor = await stage.hand(rest.by ?? 'anne.kermarrec');
  const patient = await newPatient(doctor, {
    team: rest.outside || login === 'anne.kermarrec' ? [] : [await stage.hand(login)],
  });
  await doctor.send('POST', `/api/patients/${patient.id}/measures`, { values: [{ code: '29463-7', value: 70 }] });
  if (acts.some(({ name }) => name === 'Dire qu’un examen prescrit est fait'))
    await doctor.send('POST', `/api/patients/${patient.id}/orders`, {
      lines: [
        { kind: 'biology', label: blood },
        { kind: 'imaging', label: xray },
      ],
    });
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

for (const one of professions)
  scenario(
    `DOS-1 the daily acts of the ${one.login} cockpit (${one.who}) are done and their gestures counted`,
    (stage) => count(stage, one),
    { timeout: 240_000 },
  );

test('DOS-1 nothing that a profession does daily takes more gestures than it takes a physician', () => {
  const physician = counts.get('Médecin')!;
  for (const { who, acts } of professions) {
    assert.equal(counts.get(who)?.size, acts.length, `${who}: every act was counted`);
    for (const [act, gestures] of counts.get(who)!) {
      assert.ok(physician.has(act), `${act} is not counted for the physician`);
      assert.ok(
        gestures <= physician.get(act)!,
        `${act}: ${gestures} for ${who}, ${physician.get(act)} for the physician`,
      );
    }
  }
  if (!process.env.ESTRAN_PICTURES) return;
  const acts = [...new Set([...counts.values()].flatMap((mine) => [...mine.keys()]))];
  const table = (some: readonly { who: string }[]) =>
    `| Acte | ${some.map(({ who }) => who).join(' | ')} |\n| --- | ${some.map(() => '--:').join(' | ')} |\n${acts
      .filter((act) => some.some(({ who }) => counts.get(who)!.has(act)))
      .map((act) => `| ${act} | ${some.map(({ who }) => counts.get(who)!.get(act) ?? '').join(' | ')} |`)
      .join('\n')}\n`;
  const [medical, others] = [professions.slice(0, 8), professions.slice(8)];
  writeFileSync(
    join(root, 'docs/gestes.md'),
    `# Les gestes de tous les jours\n\nComptés par \`e2e/gestures.test.ts\` dans le produit même (ESTRAN_PICTURES=1 réécrit ces tableaux) : un clic, une touche ou un champ\nsaisi comptent chacun pour un. Les actes de chaque métier sont les plus fréquents de sa [page](manuel/metiers/README.md) ; aucun n’en demande plus qu’au médecin.\n\n${table(medical)}\n${table([professions[0], ...others])}`,
  );
});
