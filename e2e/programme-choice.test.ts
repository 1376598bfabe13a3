/** Needs and choice of a project: the team answers by link, the consultant draws a specification of it, compares, records the choice, reads the contract. */
import assert from 'node:assert/strict';
import { type Hand, type Page, scenario, telephone } from './harness.ts';
import { panel, said } from './people.ts';

const consultant = 'berengere.salou';
const day = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
const french = (iso: string) => `${iso.slice(8)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`;
interface Line {
  id: string;
  team: string;
  state: string;
  step: { id: string } | null;
}
/** A project of the spring call whose team does not work with this product, where nothing of needs nor choice is written yet. */
async function fresh(hand: Hand): Promise<Line> {
  const { projects } = (await hand.send('GET', '/api/programme/projects')) as { projects: Line[] };
  for (const project of projects.filter(({ state, team }) => state === 'open' && !/Abers|Vilaine|Mené/.test(team))) {
    const needs = await hand.send('GET', `/api/programme/projects/${project.id}/needs`);
    const { choices } = await hand.send('GET', `/api/programme/projects/${project.id}/choice`);
    if (needs.version === 0 && needs.rates.length === 0 && choices.length === 0) return project;
  }
  throw new Error('every project has its questionnaire');
}
const pick = (page: Page, group: string, answer: string) =>
  page.getByRole('radiogroup', { name: group, exact: true }).getByText(answer, { exact: true }).click();

scenario(
  'PRJ-4 REC-4 REC-5 a team answers by link from a telephone without an account, the consultant sees the charts, builds the specification, compares two solutions, records the choice and is shown the clauses that the contract lacks',
  async (stage) => {
    const hand = await stage.hand(consultant);
    const project = await fresh(hand);
    const page = await stage.as(consultant, `/programme/projets/${project.id}?onglet=besoins`);
    // The questionnaire of the product, with one question of the team.
    await page.getByRole('button', { name: 'Modifier les questions' }).click();
    const own = page.getByRole('region', { name: 'Votre temps' });
    await own.getByLabel('Ajouter une question à la partie Votre temps').click();
    await page.getByRole('option', { name: 'Texte court' }).click();
    await own.getByLabel('Question', { exact: true }).last().fill('Quel jour vous convient pour une démonstration ?');
    await page.getByRole('status').filter({ hasText: 'Enregistré' }).waitFor();
    await page.getByRole('button', { name: 'Voir comme l’équipe' }).click();
    await page.getByText('Quel jour vous convient pour une démonstration ?').waitFor();
    await page.getByRole('button', { name: 'Personnes interrogées' }).click();
    await page.getByText('Coller une liste').click();
    await page
      .getByLabel('Nom ; profession ; courriel')
      .fill(
        'Anne Le Goff ; infirmière ; anne@equipe.example\nYann Riou ; médecin ; yann@equipe.example\nLena Cozic ; pharmacien',
      );
    await page.getByRole('button', { name: 'Ajouter 3 personnes' }).click();
    await said(page, '3 personnes ajoutées');
    await page.getByRole('button', { name: 'Questionnaire', exact: true }).click();
    const opening = page.getByRole('region', { name: 'Ouverture' });
    await opening.getByLabel('Se clôt le').fill(french(day(12)));
    await opening.getByLabel('Se clôt le').blur();
    await opening.getByRole('button', { name: 'Ouvrir et inviter 3 personnes' }).click();
    await said(page, '2 messages partent');
    await page.getByRole('button', { name: 'Personnes interrogées' }).click();
    await page.getByRole('button', { name: 'Lien personnel de Anne Le Goff' }).click();
    const link = (await page.getByRole('region', { name: 'Lien pour Anne Le Goff' }).locator('code').textContent())!;
    // On a telephone, without an account.
    const phone = await stage.nobody({ viewport: telephone, hasTouch: true, isMobile: true });
    await phone.goto(link);
    await phone.getByRole('heading', { level: 1, name: 'Vos outils, vos besoins, vos attentes' }).waitFor();
    await phone.getByRole('button', { name: 'Envoyer mes réponses' }).click();
    await phone.getByRole('alert').filter({ hasText: 'Il reste à répondre' }).waitFor();
    await phone.getByLabel('Quel logiciel métier utilisez-vous, et quelle version ?').fill('Logiciel de tournée 3');
    await pick(phone, 'Votre logiciel vous convient-il ?', '2');
    await phone.getByRole('checkbox', { name: 'Téléphone', exact: true }).first().check();
    await pick(phone, 'Synthèse du patient (antécédents, allergies, traitements)', 'Indispensable');
    await pick(phone, 'Tournées et visites à domicile', 'Indispensable');
    await phone
      .getByLabel('Qu’attendez-vous d’abord du futur système d’information partagé ?')
      .fill('Prévenir le médecin sans courir après lui.');
    await phone.getByLabel('Qu’attendez-vous d’abord du futur système d’information partagé ?').blur();
    await phone.getByRole('status').filter({ hasText: 'Enregistré' }).waitFor();
    // Closed and taken up again: what was answered is there.
    await phone.reload();
    await phone.waitForFunction(() =>
      [...document.querySelectorAll('input')].some((input) => input.value === 'Logiciel de tournée 3'),
    );
    await phone.getByRole('button', { name: 'Envoyer mes réponses' }).click();
    await phone.getByText('Vos réponses sont envoyées, merci.').waitFor();
    assert.ok(
      await phone.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
      'the page fits the telephone',
    );
    // The consultant sees it arrive without reloading.
    await page.getByRole('button', { name: 'Questionnaire', exact: true }).click();
    await page.getByRole('region', { name: 'Qui a répondu' }).getByText('1 sur 3').waitFor();
    // A wrong link says so.
    const wrong = await stage.nobody();
    await wrong.goto(`${link.slice(0, -6)}aaaaaa`);
    await wrong.getByRole('heading', { name: 'Ce lien n’ouvre aucun questionnaire' }).waitFor();

    await page.getByRole('button', { name: 'Synthèse', exact: true }).click();
    await page
      .getByRole('table', { name: /Le dossier partagé : importance moyenne par profession/ })
      .getByRole('row', { name: /Synthèse du patient/ })
      .getByText('3')
      .first()
      .waitFor();
    await page.getByText('Sans réponse : Pharmacien, Médecin.').waitFor();
    await page.getByRole('button', { name: 'Écrire la conclusion' }).click();
    await page.getByRole('textbox', { name: 'Conclusion' }).fill('La mobilité décide pour les infirmiers.');
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await page.getByText('La mobilité décide pour les infirmiers.').waitFor();
    await page.getByRole('button', { name: 'Produire la synthèse (PDF)' }).click();
    await page.getByRole('link', { name: /-SYN1 \(PDF\)/ }).waitFor();

    await page.getByRole('button', { name: 'Cahier des charges', exact: true }).click();
    await page.getByRole('button', { name: 'Le construire des réponses' }).click();
    const rounds = page.getByText(
      'Les tournées et visites se planifient et se consultent en mobilité, même sans réseau.',
    );
    await rounds.waitFor();
    await page.getByRole('button', { name: /^Modifier : Les tournées/ }).click();
    await panel(page).getByRole('radiogroup', { name: 'Importance' }).getByText('Important', { exact: true }).click();
    await panel(page)
      .getByLabel(/Pourquoi pas « indispensable »/)
      .fill('Deux tournées par semaine seulement.');
    await panel(page)
      .getByRole('button', { name: /Enregistrer/ })
      .click();
    await page.getByText(/Importance changée .* : Deux tournées par semaine seulement\./).waitFor();
    await page.getByRole('button', { name: 'Produire le cahier des charges (PDF)' }).click();
    await page.getByRole('link', { name: /-CDC1 \(PDF\)/ }).waitFor();

    await page.getByRole('tab', { name: 'Choix' }).click();
    for (const name of ['Phare', 'Ponant']) {
      await page.getByRole('button', { name: 'Ajouter une solution' }).click();
      await panel(page).getByLabel('Logiciel').fill(name);
      await panel(page).getByLabel('Éditeur', { exact: true }).fill(`Éditions ${name}`);
      await panel(page).getByRole('button', { name: 'Ajouter une ligne de coût' }).click();
      await panel(page)
        .getByLabel('Prix')
        .fill(name === 'Phare' ? '1500' : '900');
      await panel(page)
        .getByRole('button', { name: /^Ajouter(?! une)/ })
        .click();
      await page
        .getByRole('columnheader', { name: new RegExp(name) })
        .first()
        .waitFor();
    }
    await pick(
      page,
      'Phare : Les tournées et visites se planifient et se consultent en mobilité, même sans réseau.',
      'Oui',
    );
    await page
      .getByRole('table', { name: 'Ce qu’est et ce que coûte chaque solution' })
      .getByText('1re')
      .first()
      .waitFor();
    await page
      .getByRole('row', { name: /Coût sur trois ans/ })
      .getByText('1 500,00 €')
      .first()
      .waitFor();

    await page.getByRole('button', { name: 'Choix final' }).click();
    await page
      .getByRole('combobox', { name: 'Logiciel retenu' })
      .or(page.getByLabel('Logiciel retenu'))
      .first()
      .click();
    await page.getByRole('option', { name: /^Phare/ }).click();
    await page.getByLabel('Pourquoi ce logiciel').fill('Le seul qui tienne la tournée sans réseau.');
    await page.getByLabel(/Anne Le Goff/).check();
    await page.getByRole('button', { name: 'Enregistrer le choix' }).click();
    const chosen = page.getByRole('region', { name: 'Logiciel retenu' });
    await chosen.getByText('Phare').waitFor();
    await chosen.getByText(/n’ont pas pris part au choix : Pharmacien, Médecin/).waitFor();

    await page.getByRole('button', { name: 'Contrat', exact: true }).click();
    await page
      .getByRole('region', { name: 'Réversibilité' })
      .getByRole('radiogroup')
      .getByText('Absente', { exact: true })
      .click();
    await page.getByText('Absentes du contrat : Réversibilité. Demandez-les à l’éditeur avant de signer.').waitFor();
    assert.match(
      (await page
        .getByRole('region', { name: 'Absentes du contrat' })
        .getByRole('heading', { level: 3 })
        .first()
        .textContent())!,
      /Réversibilité/,
    );
  },
  { timeout: 180_000 },
);

scenario(
  'PRJ-4 REC-4 ACT-4 someone of the team answers from the project, reads the synthesis without a name, scores a demonstration; a vendor reads the specification of who asks them and the date of their own',
  async (stage) => {
    const hand = await stage.hand(consultant);
    const abers = ((await hand.send('GET', '/api/programme/projects')).projects as Line[]).find(
      ({ team, state }) => /Abers/.test(team) && state === 'open',
    )!;
    const page = await stage.as('soizic.abgrall', `/programme/projets/${abers.id}?onglet=besoins`);
    await page
      .getByRole('button', { name: /Relire mes réponses|Continuer mes réponses|Répondre au questionnaire/ })
      .click();
    await page.getByRole('heading', { level: 1, name: 'Vos outils, vos besoins, vos attentes' }).waitFor();
    await page
      .getByText(/Soizic Abgrall/)
      .first()
      .waitFor();
    await page.goto(`/programme/projets/${abers.id}?onglet=besoins&vue=synthese`);
    await page.getByRole('heading', { level: 3, name: 'Le dossier partagé' }).waitFor();
    assert.equal(await page.getByText('Anne Kermarrec').count(), 0, 'the synthesis names nobody');
    assert.equal(await page.getByRole('button', { name: 'Réponses', exact: true }).count(), 0);
    await page.goto(`/programme/projets/${abers.id}?onglet=choix&vue=demonstrations`);
    await page
      .getByRole('button', { name: /Noter cette démonstration|Revoir ma grille/ })
      .first()
      .click();
    await panel(page)
      .getByRole('radiogroup', { name: 'Usage hors du cabinet' })
      .getByText('5', { exact: true })
      .click();
    await panel(page)
      .getByRole('button', { name: /Enregistrer la grille/ })
      .click();
    await said(page, 'Votre grille est enregistrée.');
    const vendor = await stage.as('florian.weber', '/programme/cahier');
    await vendor.getByRole('link', { name: /Abers/ }).click();
    await vendor.getByRole('region', { name: 'Le dossier partagé' }).waitFor();
    await vendor.getByRole('region', { name: 'Vos démonstrations' }).getByText('Phare Santé').waitFor();
    await vendor.goto(`/programme/projets/${abers.id}`);
    await vendor.getByText(/n’existe pas ou n’est pas accessible/).waitFor();
  },
);
