/** A project well led: the organisation first, what is to be done, time, deployment, daily help, demands. */
import assert from 'node:assert/strict';
import { type Page, scenario } from './harness.ts';
import { card, panel, said } from './people.ts';

const gcs = 'corentin.le-dantec';
const consultant = 'berengere.salou';
const vendor = 'florian.weber';
/** Opens a tab of the project of this team. */
async function project(page: Page, team: RegExp, tab: string): Promise<void> {
  await page.getByRole('row', { name: team }).first().click();
  await page.getByRole('tab', { name: tab }).click();
}

scenario(
  'REC-1 a team assesses its organisation: a nurse answers, the coordinator retains the levels in a meeting, what is missing becomes an action',
  async (stage) => {
    const coordinator = await stage.as('pauline.gauthier', '/programme');
    await coordinator.getByRole('link', { name: 'Ouvrir l’autoévaluation' }).click();
    await coordinator.getByRole('heading', { level: 1, name: 'Notre organisation' }).waitFor();
    await coordinator.getByRole('button', { name: /l’autoévaluation$/ }).click();
    await coordinator.getByText('Autoévaluation en cours').waitFor();
    // Another member answers on their own page, by keyboard, and finds the answers again.
    const member = await stage.as('delphine.mace', '/programme/aide');
    await member.getByRole('link', { name: 'Notre organisation' }).click();
    const roles = member.getByRole('radiogroup', { name: 'Rôles et décision' });
    await roles.getByRole('radio').first().focus();
    await member.keyboard.press('ArrowRight');
    await member.keyboard.press('Space');
    await roles.getByRole('radio', { checked: true, name: /Une personne coordonne/ }).waitFor();
    await member.getByText(/^6 %$/).waitFor();
    // In the meeting: one level for each dimension.
    await coordinator.getByText('Décision de l’équipe', { exact: true }).click();
    for (const group of await coordinator.getByRole('radiogroup').all())
      if (
        (await group.getByRole('radio').count()) === 4 &&
        (await group.getByRole('radio', { checked: true }).count()) === 0
      )
        await group.getByRole('radio').nth(1).click();
    await coordinator
      .getByRole('radiogroup', { name: 'Protocoles pluriprofessionnels' })
      .getByRole('radio')
      .first()
      .click();
    await coordinator
      .getByLabel('Comment l’équipe s’est accordée')
      .fill('En réunion, à la majorité. Mme 2 84 05 75 123 456 78');
    await coordinator.getByRole('button', { name: 'Retenir ces niveaux' }).click();
    await coordinator
      .getByText(/aucune donnée de patient ici/)
      .first()
      .waitFor();
    await coordinator.getByLabel('Comment l’équipe s’est accordée').fill('En réunion, à la majorité.');
    await coordinator.getByRole('button', { name: 'Retenir ces niveaux' }).click();
    await said(coordinator, 'Niveaux retenus.');
    const ready = card(coordinator, 'Prête à choisir un logiciel ?');
    await ready.getByText('organisation non définie').waitFor();
    await ready.getByRole('link', { name: 'Protocoles' }).waitFor();
    await ready.getByRole('button', { name: 'En faire une action : Protocoles pluriprofessionnels' }).click();
    await panel(coordinator).getByLabel('Responsable').fill('Pauline Gauthier');
    await panel(coordinator).getByLabel('Pour le').fill('+2m');
    await panel(coordinator).getByRole('button', { name: 'Ajouter l’action' }).click();
    await card(coordinator, 'Actions décidées')
      .getByText('Écrire un premier protocole à plusieurs professions')
      .waitFor();
    await card(coordinator, 'Où en est l’équipe').getByText('Tableau', { exact: true }).click();
    await coordinator
      .getByRole('row', { name: /Protocoles pluriprofessionnels/ })
      .getByText('Chacun suit ses habitudes.')
      .waitFor();
  },
);

scenario(
  'REC-1 PRJ-5 a team whose organisation is not defined is held before the choice of a software, until whoever supports it says why',
  async (stage) => {
    const page = await stage.as(consultant, '/programme/projets');
    await project(page, /Pôle de santé de Combourg/, 'Maturité');
    await page.getByText('organisation non définie').waitFor();
    await page.getByRole('tab', { name: 'Étapes' }).click();
    await page
      .getByText(/L’organisation de l’équipe n’est pas définie \(onglet Maturité\)/)
      .first()
      .waitFor();
    await page.getByRole('tab', { name: 'Maturité' }).click();
    await page.getByText('Passer outre, avec un motif').click();
    await page.getByLabel('Motif').fill('Le coordinateur est recruté ; les protocoles suivent.');
    await page.getByRole('button', { name: 'Laisser le choix se poursuivre' }).click();
    await page.getByText(/Bérengère Salou laisse le choix se poursuivre/).waitFor();
    await page.getByRole('tab', { name: 'Étapes' }).click();
    await page.getByRole('region', { name: 'Étapes' }).waitFor();
    await page
      .getByText(/L’organisation de l’équipe n’est pas définie/)
      .first()
      .waitFor({ state: 'hidden' });
  },
);

scenario(
  'REC-2 REC-3 the coordinator of the Abers ticks a point, notes a measured rate, names someone, notes time and sees what it is worth',
  async (stage) => {
    const page = await stage.as('tristan.le-corre', '/programme');
    await page.getByRole('link', { name: 'Ouvrir le projet' }).first().click();
    await page.getByRole('tab', { name: 'Déploiement' }).click();
    await page.getByRole('checkbox', { name: 'Qui doit lire et écrire quoi est discuté' }).click();
    await said(page, /Fait : Qui doit lire/);
    await page.getByText('Matériel et logiciels', { exact: true }).click();
    await page.getByRole('combobox', { name: 'Site' }).fill('Cabinet de Landéda');
    await page.getByLabel('Désignation').fill('Poste du cabinet');
    await page.getByLabel('Nombre').fill('2');
    await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
    await page.getByRole('row', { name: /Cabinet de Landéda.*Poste du cabinet/ }).waitFor();
    await page.getByRole('tab', { name: 'Équipe et temps' }).click();
    await page.getByRole('button', { name: 'Ajouter une personne' }).click();
    await panel(page).getByLabel('Nom').fill('Morgane Essai');
    await panel(page).getByLabel('Profession').first().click();
    await page.getByRole('option', { name: 'Masseur-kinésithérapeute' }).click();
    await panel(page)
      .getByRole('button', { name: /^Ajouter/ })
      .click();
    await page.getByRole('row', { name: /Morgane Essai/ }).waitFor();
    const form = card(page, 'Temps donné');
    await form.getByLabel('Durée').fill('1 h 30');
    await form.getByLabel('Pour quoi').fill('Réunion sur le cahier des charges');
    await form.getByRole('button', { name: 'Noter' }).click();
    await page.getByRole('row', { name: /1 h 30.*Réunion sur le cahier des charges/ }).waitFor();
    await card(page, 'Valeur du temps').getByText('Total valorisé').waitFor();
  },
);

scenario(
  'REC-6 PRJ-7 the consultant follows a deployment: a late line is done, a session is held, a profession begins a phase with its reason, the plan is issued',
  async (stage) => {
    const page = await stage.as(consultant, '/programme/projets');
    await project(page, /Pôle de santé du Trégor/, 'Déploiement');
    await page.getByText('Plan', { exact: true }).click();
    await page.getByRole('list', { name: 'Plan de déploiement' }).waitFor();
    const late = page.getByRole('button', { name: /en retard$/ }).first();
    const title = (await late.locator('span').first().innerText()).split(' · ')[0]!;
    await late.click();
    await panel(page).getByLabel('Terminé').check();
    await panel(page).getByRole('button', { name: 'Enregistrer' }).click();
    await page
      .getByRole('button', { name: new RegExp(`${title.slice(0, 20).replace(/[().]/g, '.')}.*fait$`) })
      .first()
      .waitFor();
    await page.getByRole('button', { name: /Médecin, Exercice pluriprofessionnel/ }).click();
    await panel(page)
      .getByText(/n’est pas terminée/)
      .waitFor();
    await panel(page).getByLabel('Commencée le').fill('auj');
    await panel(page).getByLabel('Motif').fill('Les médecins partagent déjà leurs dossiers.');
    await panel(page).getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Les médecins partagent déjà leurs dossiers.').waitFor();
    await page.getByRole('button', { name: 'Émettre en PDF' }).click();
    await said(page, /Plan émis : .*PLAN1, version 2/);
    await page.getByText('Formation', { exact: true }).click();
    await page.getByRole('table', { name: /Personnes formées/ }).waitFor();
    await page.getByRole('button', { name: 'Prévoir une séance' }).click();
    await panel(page).getByLabel('Date').fill('-1j');
    await panel(page).getByLabel('Autre nom').fill('Nadine Essai');
    await panel(page).getByLabel('Profession').first().click();
    await page.getByRole('option', { name: 'Infirmier', exact: true }).click();
    await panel(page).getByRole('button', { name: 'Ajouter', exact: true }).click();
    await panel(page).getByRole('button', { name: 'Prévoir la séance' }).click();
    const row = page.getByRole('row', { name: /À confirmer/ }).first();
    await row.getByRole('button').click();
    await panel(page).getByText('Tenue', { exact: true }).click();
    await panel(page).getByText('Présent', { exact: true }).click();
    await panel(page).getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByRole('row', { name: /1 présente/ }).waitFor();
  },
);

scenario(
  'REC-7 a nurse asks for help, the GCS hands it to the vendor, who answers; the nurse says how it went',
  async (stage) => {
    const nurse = await stage.as('soizic.abgrall', '/programme/aide');
    await nurse.getByRole('button', { name: 'Demander de l’aide' }).click();
    await panel(nurse).getByLabel('En quelques mots').fill('Le lecteur de carte ne répond plus');
    await panel(nurse)
      .getByLabel(/Bloquant/)
      .check();
    await panel(nurse)
      .getByLabel(/Ce qui se passe/)
      .fill('Débranché puis rebranché, sans effet.');
    await panel(nurse).getByRole('button', { name: 'Envoyer la demande' }).click();
    await said(nurse, /Demande AIDE-\d{4}-\d{3} envoyée/);
    const desk = await stage.as(gcs, '/programme/demandes');
    await desk.getByRole('row', { name: /lecteur de carte/ }).click();
    await panel(desk)
      .getByText(/Transmettre à un éditeur/)
      .click();
    await panel(desk).getByLabel('À qui').first().click();
    await desk.getByRole('option', { name: /Florian Weber/ }).click();
    await panel(desk).getByRole('button', { name: 'Transmettre', exact: true }).click();
    await panel(desk).getByText('Transmise à Florian Weber').waitFor();
    const editor = await stage.as(vendor, '/programme/demandes');
    await editor.getByRole('row', { name: /lecteur de carte/ }).click();
    await panel(editor).getByLabel('Répondre').fill('Le pilote est remis à jour : relancez le poste.');
    await panel(editor).getByRole('button', { name: 'Envoyer, et c’est résolu' }).click();
    await panel(editor).getByText('Résolue', { exact: true }).first().waitFor();
    await panel(nurse).getByText('Le pilote est remis à jour : relancez le poste.').waitFor();
    await panel(nurse).getByRole('radiogroup', { name: 'Note sur 5' }).getByText('4', { exact: true }).click();
    await panel(nurse).getByRole('button', { name: 'Donner l’avis' }).click();
    await said(nurse, 'Merci de votre avis.');
  },
);

scenario(
  'REC-7 two teams ask for the same in their words; the GCS gathers and sends one text; the vendor answers with a date that every team reads',
  async (stage) => {
    const [abers, vilaine] = [
      await stage.as('tristan.le-corre', '/programme/aide?onglet=evolutions'),
      await stage.as('pauline.gauthier', '/programme/aide?onglet=evolutions'),
    ];
    for (const [page, words] of [
      [abers, 'Nous voudrions dicter un compte rendu de réunion.'],
      [vilaine, 'La dictée manque pendant les réunions.'],
    ] as const) {
      await page.getByRole('button', { name: 'Écrire une demande' }).click();
      await panel(page).getByLabel('En quelques mots').fill('Dictée en réunion');
      await panel(page)
        .getByLabel(/Ce qui manque/)
        .fill(words);
      await panel(page).getByRole('button', { name: 'Envoyer la demande' }).click();
      await card(page, 'Nos demandes').getByText(words).waitFor();
    }
    const desk = await stage.as(gcs, '/programme/demandes?onglet=evolutions');
    for (const team of [/Abers$/, /Vilaine$/])
      await desk
        .getByRole('checkbox', { name: new RegExp(`^Choisir : Dictée en réunion, .*${team.source}`) })
        .first()
        .check();
    await desk.getByRole('button', { name: 'Réunir (2)' }).click();
    await panel(desk).getByLabel('Intitulé').fill('Dictée pendant les réunions');
    await panel(desk)
      .getByLabel('Le texte commun')
      .fill('Pouvoir dicter le compte rendu d’une réunion pluriprofessionnelle.');
    await panel(desk)
      .getByRole('button', { name: /^Réunir/ })
      .click();
    await desk.getByRole('checkbox', { name: 'Envoyer : Dictée pendant les réunions' }).check();
    await desk.getByRole('button', { name: 'Envoyer (1)' }).click();
    await panel(desk)
      .getByRole('button', { name: /^Envoyer/ })
      .click();
    await said(desk, /Envoyé : EVOLUTIONS-\d+/);
    const editor = await stage.as(vendor, '/programme/demandes?onglet=evolutions');
    await editor.getByText('2 équipes la demandent').first().waitFor();
    assert.equal(await editor.getByText('La dictée manque pendant les réunions.').count(), 0);
    await editor.getByRole('button', { name: 'Répondre : Dictée pendant les réunions' }).click();
    await panel(editor).getByLabel('Date annoncée').fill('+6m');
    await panel(editor).getByLabel('Réponse').fill('À l’étude pour la version d’été.');
    await panel(editor).getByRole('button', { name: 'Enregistrer la réponse' }).click();
    for (const page of [abers, vilaine])
      await card(page, 'Envoyées aux éditeurs').getByText('À l’étude pour la version d’été.').waitFor();
  },
);
