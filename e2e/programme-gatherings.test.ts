/** Meetings of a project and its end: dates answered by a link from a telephone, a date chosen with a reason, minutes; the completion report from the practice's own figures. */
import assert from 'node:assert/strict';
import { hand, type Page, scenario, type Stage, telephone } from './harness.ts';

const [officer, gcs, consultant] = ['maiwenn.kerdoncuff', 'corentin.le-dantec', 'berengere.salou'] as const;
const day = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString('fr-FR', { timeZone: 'Europe/Paris' });
/** The project of a team of the demo region, by its name. */
async function projectOf(stage: Stage, team: RegExp): Promise<string> {
  const { projects } = await (await hand(stage.url, officer)).send('GET', '/api/programme/projects');
  const found = projects.find((one: { team: string; state: string }) => team.test(one.team) && one.state === 'open');
  assert.ok(found, `no open project of ${team}`);
  return found.id;
}
const pick = async (page: Page, label: string | RegExp, option: string | RegExp) => {
  await page
    .getByRole('combobox', { name: label })
    .or(page.getByRole('textbox', { name: label }))
    .first()
    .click();
  await page
    .getByRole('option', { name: option, exact: typeof option === 'string' })
    .first()
    .click();
};

scenario(
  'PRJ-2 PRJ-10 the GCS proposes dates and hands out links; a nurse answers on a telephone without an account; the date that a profession cannot keep is refused, then chosen with a reason, and everyone is invited',
  async (stage) => {
    const project = await projectOf(stage, /Groix/);
    const page = await stage.as(gcs, `/programme/projets/${project}?onglet=reunions`);
    await page.getByRole('button', { name: 'Proposer des dates' }).first().click();
    const panel = page.getByRole('complementary', { name: 'Proposer des dates' });
    await pick(page, 'Pour', 'Autre réunion');
    await panel.getByLabel('Titre').fill('Choix du logiciel avec tous');
    await panel.getByLabel('Répondre au plus tard le').fill(day(6));
    await panel.getByLabel('Jour').first().fill(day(12));
    await panel.getByLabel('Lieu').first().fill('Mairie de Groix');
    await panel.getByLabel('Jour').nth(1).fill(day(13));
    await panel.getByLabel('Lieu').nth(1).fill('Mairie de Groix');
    await panel.getByRole('button', { name: /Proposer ces dates/ }).click();
    const card = page.getByRole('region', { name: 'Choix du logiciel avec tous' });
    await card.getByText(/Réponses jusqu’au/).waitFor();
    await card.getByText(/^7 et 2 jours avant le .*, à qui n’a pas répondu\.$/).waitFor();
    await card.getByRole('switch', { name: 'Relances automatiques' }).press('Space');
    await card.getByText('Personne n’est relancé sans un geste de votre part.').waitFor();
    await card.getByRole('button', { name: 'Inviter' }).click();
    const invite = page.getByRole('complementary', { name: 'Inviter' });
    await invite.getByText(/Personne encore pour/).waitFor();
    await invite.getByLabel('Nom de l’invité 1').fill('Régine Tonnerre');
    await invite.getByRole('button', { name: /^Inviter/ }).click();
    await card.getByRole('button', { name: /Toutes les réponses/ }).click();
    await card.getByRole('button', { name: 'Lien à remettre à Régine Tonnerre' }).click();
    const link = (await card.getByTestId('lien').textContent())!.trim();

    const phone = await stage.nobody({ viewport: telephone, hasTouch: true, isMobile: true });
    await phone.goto(new URL(link).pathname);
    await phone.getByRole('heading', { level: 1, name: 'Choix du logiciel avec tous' }).waitFor();
    assert.equal(await phone.getByText('Corentin').count(), 0);
    await pick(phone, 'Votre profession', 'Infirmier');
    const first = phone.getByRole('radiogroup').first();
    await first.getByRole('radio', { name: 'Oui' }).check();
    await phone.getByRole('radiogroup').nth(1).getByRole('radio', { name: 'Non' }).check();
    await phone.getByRole('button', { name: 'Envoyer mes réponses' }).click();
    await phone.getByText('Merci, vos réponses sont enregistrées.').waitFor();
    // Changed, with the same link.
    await phone.getByRole('radiogroup').nth(1).getByRole('radio', { name: 'Si besoin' }).check();
    await phone.getByRole('button', { name: 'Changer mes réponses' }).click();
    await phone.getByText('Merci, vos réponses sont enregistrées.').waitFor();
    assert.ok(((await phone.evaluate('document.documentElement.scrollWidth')) as number) <= telephone.width);

    await card.getByRole('row', { name: /Régine Tonnerre.*oui.*si besoin/ }).waitFor();
    await card
      .getByRole('group', { name: new RegExp(`12 h 30`) })
      .or(card.getByRole('radiogroup'))
      .first()
      .getByText('Oui', { exact: true })
      .click();
    await card.getByRole('row', { name: /Corentin Le Dantec.*oui/ }).waitFor();
    await card.getByText('la meilleure').waitFor();
    await card
      .getByRole('button', { name: /^Choisir le/ })
      .first()
      .click();
    const choose = page.getByRole('complementary', { name: 'Choisir cette date' });
    await choose.getByText(/Personne ne pourrait venir pour/).waitFor();
    await choose.getByRole('button', { name: /Choisir et inviter/ }).click();
    await choose
      .getByRole('alert')
      .getByText(/avec un motif écrit/)
      .waitFor();
    await choose.getByLabel('Motif').fill('Les autres professions donnent leur avis par écrit.');
    await choose.getByRole('button', { name: /Choisir et inviter/ }).click();
    await card.getByText(/Motif du choix : Les autres professions donnent leur avis par écrit/).waitFor();
    await card.getByRole('link', { name: 'Invitation (PDF)' }).waitFor();
    await phone.reload();
    await phone.getByText(/La date est choisie/).waitFor();
    const [download] = await Promise.all([
      phone.waitForEvent('download'),
      phone.getByRole('link', { name: /Pour mon agenda/ }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'reunion.ics');
    // The paper stands among the documents of the project.
    await page.getByRole('tab', { name: 'Documents' }).click();
    await page.getByRole('link', { name: 'Invitation : Choix du logiciel avec tous' }).waitFor();
  },
);

scenario(
  'PRJ-7 PRJ-3 the consultant writes minutes that begin with what is known, two people write in one field and nothing is lost, an action is done by the team, the minutes are issued',
  async (stage) => {
    const project = await projectOf(stage, /Abers/);
    const page = await stage.as(consultant, `/programme/projets/${project}?onglet=reunions`);
    await page.getByRole('button', { name: 'Commencer' }).click();
    await page.getByRole('menuitem', { name: 'Réunion de suivi' }).click();
    await page.getByRole('heading', { level: 2, name: 'Compte rendu de suivi' }).waitFor();
    // What is still to be done is there.
    assert.match(await page.getByLabel('Suites de la réunion précédente').inputValue(), /Faire la liste des postes/);
    const other = await stage.as(gcs, new URL(page.url()).pathname + new URL(page.url()).search);
    await other.getByLabel('Usages et difficultés').fill('Deux cabinets attendent la fibre.');
    await other.getByLabel('Usages et difficultés').blur();
    await other
      .getByText(/Corentin Le Dantec, /)
      .first()
      .waitFor();
    await page.route('**/fields/**', (route) => route.abort());
    await page.getByLabel('Usages et difficultés').fill('La messagerie sert peu.');
    await page.getByLabel('Usages et difficultés').blur();
    await page.getByText(/Votre saisie est conservée ici/).waitFor();
    await other.getByLabel('Usages et difficultés').fill('Deux cabinets attendent la fibre, en mars.');
    await other.getByLabel('Usages et difficultés').blur();
    await other.waitForResponse((one) => one.url().includes('/fields/item.use') && one.ok());
    await page.unroute('**/fields/**');
    // Left again, it leaves anew, over what the other wrote meanwhile.
    await page.getByLabel('Usages et difficultés').focus();
    await page.getByLabel('Usages et difficultés').blur();
    await page.getByText(/Corentin Le Dantec.*a écrit ici/).waitFor();
    await page.getByRole('button', { name: 'Garder la mienne' }).click();
    await page.getByRole('button', { name: 'Garder la mienne' }).waitFor({ state: 'detached' });
    await page.getByLabel('Réunion tenue le').fill(day(0));
    await page.getByLabel('Réunion tenue le').blur();
    await page.getByRole('region', { name: 'Présents' }).getByRole('checkbox').first().check();
    await page
      .getByRole('region', { name: /Actions décidées dans/ })
      .getByLabel('Action')
      .fill('Poser la fibre au cabinet du bourg');
    await page
      .getByRole('region', { name: /Actions décidées dans/ })
      .getByLabel('Qui')
      .fill('La mairie');
    await page.getByRole('button', { name: 'Ajouter' }).first().click();
    await page.getByRole('checkbox', { name: 'Poser la fibre au cabinet du bourg' }).waitFor();
    await page.getByRole('button', { name: 'Émettre le compte rendu' }).click();
    await page.getByRole('link', { name: /-CR\d+, version 1/ }).waitFor();
    const team = await stage.as('tristan.le-corre', `/programme/projets/${project}?onglet=reunions`);
    await team.getByRole('link', { name: /-CR\d+/ }).waitFor();
    await team.getByRole('checkbox', { name: 'Poser la fibre au cabinet du bourg' }).click();
    await team
      .getByText(/fait le/)
      .first()
      .waitFor();
  },
);

scenario(
  'PRJ-8 PRJ-11 nothing is read of a practice until its coordinator opens its figures; the consultant is told what the report lacks, writes it, issues it; the team signs, ARS reads it',
  async (stage) => {
    const project = await projectOf(stage, /Abers/);
    const page = await stage.as(consultant, 'about:blank');
    // A slow machine: what was saved is on screen a moment later than it is known.
    await page.addInitScript(() => {
      const post = MessagePort.prototype.postMessage;
      MessagePort.prototype.postMessage = function (...given: unknown[]) {
        setTimeout(() => post.apply(this, given as [unknown]), 200);
      };
    });
    await page.goto(`/programme/projets/${project}?onglet=usage`);
    await page.getByText(/Rien n’est lu chez elle tant que sa coordination/).waitFor();
    await page.getByText('Aucun mois de chiffres').first().waitFor();
    const team = await stage.as('tristan.le-corre', `/programme/projets/${project}?onglet=usage`);
    await team.getByRole('button', { name: 'Ouvrir nos chiffres' }).click();
    await team.getByText('chiffres ouverts par la structure').waitFor();
    // The consultant's screen hears of it.
    await page.getByText('chiffres ouverts par la structure').waitFor();
    await page.getByRole('img', { name: /Usage mois par mois/ }).waitFor();
    await page.getByText('Tableau', { exact: true }).click();
    assert.ok((await page.getByRole('table', { name: 'Usage mois par mois' }).getByRole('row').count()) > 3);
    await page.getByRole('button', { name: 'Signer et émettre' }).click();
    await page
      .getByRole('alert')
      .getByText(/n’est pas prêt à être émis/)
      .waitFor();
    await page.getByLabel('Logiciel', { exact: true }).fill('Estran');
    await page.getByLabel('Installé le').fill(day(-60));
    // One after the other as soon as each is saved: nobody is at odds with themselves.
    for (const box of await page.getByRole('checkbox', { name: 'Vérifié sur place' }).all()) {
      const saved = page.waitForResponse((answer) => answer.url().endsWith('/completion/fields/sites'));
      await box.check();
      assert.equal((await saved).status(), 200);
    }
    if ((await page.getByRole('checkbox', { name: 'Vérifié sur place' }).count()) === 0) {
      await page.getByRole('button', { name: 'Un site de plus' }).click();
      await page.getByRole('checkbox', { name: 'Vérifié sur place' }).check();
    }
    await pick(page, 'État', 'En usage');
    await pick(page, 'Données d’avant', 'Reprises');
    await page.getByRole('button', { name: 'Une formation' }).click();
    await page
      .getByLabel('Observations')
      .fill('L’équipe écrit à plusieurs depuis le premier mois ; les réunions reprennent en janvier.');
    await page.getByText('Bon usage', { exact: true }).click();
    await page.getByLabel('Signe pour l’équipe').fill('Tristan Le Corre');
    await page.getByLabel('Signe pour l’équipe').blur();
    await page.getByText('Rendez votre conclusion.', { exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Signer et émettre' }).click();
    await page.getByRole('link', { name: /-PV1$/ }).waitFor();
    await team.getByLabel('Remarques de l’équipe').fill('Nous demandons une séance de plus.');
    await team.getByRole('button', { name: 'Signer pour l’équipe' }).click();
    await team.getByRole('link', { name: /-PV1, version 2/ }).waitFor();
    assert.equal(await team.getByRole('button', { name: 'Retirer nos chiffres' }).count(), 0);
    const ars = await stage.as(officer, `/programme/projets/${project}?onglet=documents`);
    await ars.getByRole('link', { name: 'Procès-verbal d’achèvement' }).first().waitFor();
    const paper = await ars.request.get(
      (await ars.getByRole('link', { name: 'Procès-verbal d’achèvement' }).first().getAttribute('href'))!,
    );
    assert.equal((await paper.body()).subarray(0, 5).toString(), '%PDF-');
  },
);
