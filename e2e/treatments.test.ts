/** Treatments: added in few keys, read by the nurse, reconciled by the pharmacist, decided by the physician, printed for the patient. */
import assert from 'node:assert/strict';
import { type Page, scenario } from './harness.ts';
import { card, newPatient, panel, recordShown, said } from './people.ts';

scenario(
  'DOS-5 a physician adds a treatment in few keys, a nurse reads it and notes a letter, the pharmacist reconciles, the physician answers, the patient’s sheet opens',
  async (stage) => {
    const [one, other, third] = [
      await stage.hand('anne.kermarrec'),
      await stage.hand('soizic.abgrall'),
      await stage.hand('lucie.henaff'),
    ];
    const patient = await newPatient(one, { team: [other, third] });

    // T, the medicine, Tab, the posology as it is said, Ctrl+Enter.
    const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
    await recordShown(doctor, patient.name);
    await card(doctor, 'Traitements').getByText('Traitements : non renseigné').waitFor();
    await doctor.keyboard.press('t');
    const form = panel(doctor);
    await form.getByRole('textbox', { name: 'Médicament ou traitement' }).fill('Furosémide 40 mg, comprimé');
    await form.getByLabel('Posologie', { exact: true }).fill('1 le matin');
    await form.getByText('Compris : 1 comprimé le matin.').waitFor();
    await doctor.keyboard.press('Control+Enter');
    await said(doctor, 'Traitement ajouté');
    await card(doctor, 'Traitements').getByText('1 comprimé le matin').waitFor();

    const nurse = await stage.as('soizic.abgrall', `/patients/${patient.id}/traitements`);
    await card(nurse, 'Au long cours').getByText('Furosémide 40 mg, comprimé').waitFor();
    assert.equal(await nurse.getByRole('button', { name: 'Concilier' }).count(), 0, 'a nurse reads and reports');
    await nurse.getByRole('button', { name: 'Noter un relevé' }).click();
    await panel(nurse).getByLabel('Titre').fill('Sortie de cardiologie');
    await panel(nurse)
      .getByLabel('Un médicament par ligne')
      .fill('Furosémide 40 mg 2 cp le matin\nApixaban 5 mg : 1 cp matin et soir');
    await panel(nurse).getByText('1 comprimé le matin et le soir').waitFor();
    await panel(nurse).getByRole('button', { name: 'Noter 2 lignes' }).click();
    await said(nurse, 'Relevé noté');

    const pharmacist = await stage.as('lucie.henaff', `/patients/${patient.id}/traitements`);
    await card(pharmacist, 'Relevés des autres sources').getByText('Sortie de cardiologie').waitFor();
    await pharmacist.getByRole('button', { name: 'Concilier' }).click();
    const table = pharmacist.getByRole('region', { name: 'Conciliation', exact: true });
    await table.getByText('Posologie différente').waitFor();
    await table.getByRole('combobox', { name: 'Décision pour Furosémide 40 mg, comprimé' }).click();
    await pharmacist.getByRole('option', { name: 'Changer la posologie' }).click();
    await table.getByLabel('Raison pour Furosémide 40 mg, comprimé').fill('Courrier du cardiologue');
    await table.getByRole('combobox', { name: 'Décision pour Apixaban 5 mg' }).click();
    await pharmacist.getByRole('option', { name: 'Ajouter au dossier' }).click();
    await table.getByRole('button', { name: 'Enregistrer la conciliation' }).click();
    await said(pharmacist, 'Conciliation enregistrée.');
    await card(pharmacist, 'Au long cours').getByText('Apixaban 5 mg').waitFor();
    await card(pharmacist, 'Propositions en attente').getByText('Courrier du cardiologue').waitFor();

    const decides = await stage.as('anne.kermarrec', `/patients/${patient.id}/traitements`);
    await card(decides, 'Propositions en attente').getByRole('button', { name: 'Répondre' }).click();
    await panel(decides).getByRole('button', { name: 'Accepter' }).click();
    await said(decides, 'Proposition acceptée');
    await card(decides, 'Au long cours').getByText('2 comprimés le matin', { exact: true }).waitFor();
    await decides.getByRole('button', { name: 'Actions sur Furosémide 40 mg, comprimé' }).click();
    await decides.getByRole('menuitem', { name: 'Voir les doses dans le temps' }).click();
    await panel(decides).getByText('1 comprimé le matin', { exact: true }).waitFor();
    await decides.keyboard.press('Escape');
    const address = await decides.getByRole('link', { name: 'Feuille du patient (PDF)' }).getAttribute('href');
    const sheet = await decides.request.get(new URL(address!, decides.url()).href);
    assert.deepEqual([sheet.status(), (await sheet.body()).subarray(0, 5).toString()], [200, '%PDF-']);
  },
);

scenario(
  'DOS-5 a treatment is stopped with its reason and taken back; «aucun traitement» is said, and is not «non renseigné»',
  async (stage) => {
    const one = await stage.hand('anne.kermarrec');
    const patient = await newPatient(one);
    await one.send('POST', `/api/patients/${patient.id}/treatments`, {
      label: 'Ramipril 5 mg, comprimé',
      dosage: '1 le matin',
    });
    const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}/traitements`);
    const acts = doctor.getByRole('button', { name: 'Actions sur Ramipril 5 mg, comprimé' });
    const stop = async () => {
      await acts.click();
      await doctor.getByRole('menuitem', { name: 'Arrêter' }).click();
      await panel(doctor).getByLabel('Pourquoi').fill('Toux');
      await panel(doctor)
        .getByRole('button', { name: /^Arrêter/ })
        .click();
      await said(doctor, 'Traitement arrêté.');
      await doctor.getByRole('heading', { name: 'Traitement en cours : non renseigné' }).waitFor();
    };
    await stop();
    await doctor.getByRole('button', { name: 'Annuler' }).first().click();
    await card(doctor, 'Au long cours').getByText('1 comprimé le matin').waitFor();
    await stop();
    await doctor.getByRole('button', { name: 'Le patient ne prend aucun traitement' }).click();
    await doctor.getByRole('heading', { name: /^Aucun traitement en cours, dit le / }).waitFor();
    await doctor.getByRole('link', { name: patient.name }).first().click();
    await card(doctor, 'Traitements')
      .getByText(/^Aucun traitement en cours, dit le/)
      .waitFor();
  },
);

scenario(
  'SEC-12 DOS-5 DOS-16 the reason that is typed to stop a treatment or to mark an entry as an error is kept through a lost session and a closed page',
  async (stage) => {
    const one = await stage.hand('anne.kermarrec');
    const patient = await newPatient(one);
    await one.send('POST', `/api/patients/${patient.id}/treatments`, {
      label: 'Ramipril 5 mg, comprimé',
      dosage: '1 le matin',
    });
    await one.send('POST', `/api/patients/${patient.id}/problems`, { label: 'Lombalgie chronique', onset: '2021' });
    const kept = (page: Page) => panel(page).getByText('Brouillon conservé', { exact: true });
    const found = (page: Page) => panel(page).getByText('Brouillon retrouvé', { exact: true });
    const stop = async (page: Page) => {
      await page.getByRole('button', { name: 'Actions sur Ramipril 5 mg, comprimé' }).click();
      await page.getByRole('menuitem', { name: 'Arrêter' }).click();
    };
    const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}/traitements`);
    const why = panel(doctor).getByLabel('Pourquoi');
    await stop(doctor);
    await why.fill('Toux sèche');
    await kept(doctor).waitFor();
    await doctor.context().clearCookies();
    await why.fill('Toux sèche depuis trois semaines');
    const cover = doctor.getByRole('dialog', { name: 'Session verrouillée' });
    await cover.getByRole('button', { name: /Anne Kermarrec/ }).click();
    await cover.waitFor({ state: 'detached' });
    assert.equal(await why.inputValue(), 'Toux sèche depuis trois semaines');
    await kept(doctor).waitFor();
    await doctor.reload();
    await doctor.goto(`/patients/${patient.id}/traitements`);
    await stop(doctor);
    await found(doctor).waitFor();
    assert.equal(await why.inputValue(), 'Toux sèche depuis trois semaines');
    await panel(doctor)
      .getByRole('button', { name: /^Arrêter/ })
      .click();
    await said(doctor, 'Traitement arrêté.');
    // Once it has gone, nothing of it is left to take up.
    const drafts = async (): Promise<unknown[]> =>
      ((await one.send('GET', '/api/drafts')) as { drafts: { patient: string }[] }).drafts.filter(
        (each) => each.patient === patient.id,
      );
    assert.deepEqual(await drafts(), []);
    const error = async (page: Page) => {
      await page.goto(`/patients/${patient.id}`);
      await card(page, 'Problèmes').getByText('Lombalgie chronique').click();
      await panel(page).getByRole('button', { name: 'Saisi par erreur' }).click();
    };
    const reason = panel(doctor).getByLabel('Pourquoi est-ce une erreur ?');
    await error(doctor);
    await reason.fill('Dossier d’un homonyme');
    await kept(doctor).waitFor();
    await error(doctor);
    await found(doctor).waitFor();
    assert.equal(await reason.inputValue(), 'Dossier d’un homonyme');
    await panel(doctor).getByRole('button', { name: 'Renoncer' }).click();
    await error(doctor);
    assert.equal(await reason.inputValue(), '', 'given up, it does not come back');
  },
);

const propositions = 'Propositions sur les traitements';
scenario(
  'DOS-5 a pharmacist’s proposal waits on the day of who prescribed, live; answered from there, its author is told',
  async (stage) => {
    const [one, third] = [await stage.hand('anne.kermarrec'), await stage.hand('lucie.henaff')];
    const patient = await newPatient(one, { team: [third] });
    const [treatment] = (
      await one.send('POST', `/api/patients/${patient.id}/treatments`, {
        label: 'Bisoprolol 5 mg, comprimé',
        dosage: '1 le matin',
        source: 'elsewhere',
      })
    ).lines;
    const line = (page: Page) => card(page, propositions).getByRole('listitem').filter({ hasText: patient.name });
    const doctor = await stage.as('anne.kermarrec', '/');
    await card(doctor, propositions).waitFor();
    assert.equal(await line(doctor).count(), 0);
    await third.send('POST', `/api/patients/${patient.id}/treatments/proposals`, {
      act: 'dose',
      about: { type: treatment.type, id: treatment.id, version: treatment.version },
      dosage: '½ cp le matin',
      reason: 'Pouls à 48',
    });
    // Without reloading: the hint says that something waits, the list says what.
    await line(doctor).getByText('Changer la posologie : Bisoprolol 5 mg, comprimé, ½ comprimé le matin').waitFor();
    await doctor.getByRole('button', { name: /^Avertissements : \d+ non lus$/ }).waitFor();

    const pharmacist = await stage.as('lucie.henaff', '/');
    await line(pharmacist).getByText('En attente de réponse').waitFor();
    const link = line(doctor).getByRole('link');
    await link.focus();
    await doctor.keyboard.press('Enter');
    await panel(doctor).getByText('Pouls à 48').waitFor();
    await panel(doctor).getByLabel('Un mot pour la personne qui a proposé').fill('Oui, merci');
    await doctor.keyboard.press('Control+Enter');
    await said(doctor, 'Proposition acceptée');
    await card(doctor, 'Au long cours').getByText('½ comprimé le matin', { exact: true }).waitFor();

    await line(pharmacist).getByText('Acceptée', { exact: true }).waitFor();
    await line(pharmacist)
      .getByText(/Oui, merci/)
      .waitFor();
    await pharmacist.getByRole('button', { name: /^Avertissements : \d+ non lus$/ }).click();
    await pharmacist
      .getByRole('listitem')
      .filter({ hasText: 'Votre proposition sur un traitement a reçu une réponse' })
      .first()
      .waitFor();
  },
);

scenario(
  'DOS-5 a brand of a letter is proposed as the line of the record, set apart or kept by who reconciles; the history says from which source',
  async (stage) => {
    const [one, other, third] = [
      await stage.hand('anne.kermarrec'),
      await stage.hand('soizic.abgrall'),
      await stage.hand('lucie.henaff'),
    ];
    const patient = await newPatient(one, { team: [other, third] });
    const at = `/api/patients/${patient.id}/treatments`;
    await one.send('POST', at, {
      label: 'Paracétamol 1 g, comprimé',
      dosage: '1 cp 3 fois par jour',
      source: 'patient',
    });
    await other.send('POST', `${at}/reported`, {
      from: 'hospital',
      title: 'Sortie de chirurgie',
      lines: [{ label: 'Doliprane 1000', dosage: '1 cp matin midi et soir' }],
    });
    const pharmacist = await stage.as('lucie.henaff', `/patients/${patient.id}/traitements?mode=concilier`);
    const table = pharmacist.getByRole('region', { name: 'Conciliation', exact: true });
    await table.getByText(/^Rapprochement proposé, à confirmer\. Doliprane : paracétamol/).waitFor();
    await table.getByText('À compléter : 1 ligne.').waitFor();
    await table.getByRole('button', { name: 'Ce n’est pas le même médicament : Doliprane 1000' }).click();
    await table.getByRole('combobox', { name: 'Décision pour Doliprane 1000' }).waitFor();
    await table.getByRole('button', { name: 'Rapprocher de nouveau : Doliprane 1000' }).click();
    await table.getByRole('combobox', { name: 'Décision pour Paracétamol 1 g, comprimé' }).click();
    await pharmacist.getByRole('option', { name: 'Maintenir' }).click();
    await table.getByRole('button', { name: 'Enregistrer la conciliation' }).click();
    await said(pharmacist, 'Conciliation enregistrée.');
    await card(pharmacist, 'Conciliations')
      .getByText('D’après Sortie de chirurgie (courrier ou sortie d’hôpital)')
      .waitFor();
    await pharmacist.getByRole('button', { name: 'Actions sur Paracétamol 1 g, comprimé' }).click();
    await pharmacist.getByRole('menuitem', { name: 'Voir les doses dans le temps' }).click();
    await panel(pharmacist).getByText('Maintenu', { exact: true }).waitFor();
    await panel(pharmacist).getByText('D’après Sortie de chirurgie (courrier ou sortie d’hôpital)').waitFor();
  },
);

scenario(
  'DOS-5 a pharmacist dispenses in few keys, with a substitution; nurse and physician read until when it lasts; a renewal that is expected is said',
  async (stage) => {
    const [one, other, third] = [
      await stage.hand('anne.kermarrec'),
      await stage.hand('soizic.abgrall'),
      await stage.hand('lucie.henaff'),
    ];
    const patient = await newPatient(one, { team: [other, third] });
    const at = `/api/patients/${patient.id}/treatments`;
    const [ramipril] = (
      await one.send('POST', at, { label: 'Ramipril 5 mg, comprimé', dosage: '1 le matin', source: 'elsewhere' })
    ).lines;
    const [metformin] = (
      await one.send('POST', at, {
        label: 'Metformine 1 000 mg, comprimé',
        dosage: '1 matin et soir',
        source: 'elsewhere',
      })
    ).lines;
    await third.send('POST', `${at}/entries/${metformin.type}/${metformin.id}/dispenses`, {
      version: metformin.version,
      quantity: 60,
      at: '-50j',
    });
    assert.ok(ramipril);
    const pharmacist = await stage.as('lucie.henaff', `/patients/${patient.id}/traitements`);
    const list = card(pharmacist, 'Au long cours');
    await list.getByText('Renouvellement attendu', { exact: true }).waitFor();
    const start = list.getByRole('button', { name: 'Noter une délivrance de Ramipril 5 mg, comprimé' });
    await start.focus();
    await pharmacist.keyboard.press('Enter');
    await panel(pharmacist).getByLabel('Quantité').fill('30');
    await pharmacist.keyboard.press('Control+Enter');
    await said(pharmacist, 'Délivrance notée.');
    await list.getByText(/^couvre jusqu’au /).waitFor();
    await list.getByRole('button', { name: 'Noter une délivrance de Metformine 1 000 mg, comprimé' }).click();
    await panel(pharmacist).getByLabel('Quantité').fill('60');
    await panel(pharmacist).getByLabel('Un autre produit que celui de l’ordonnance').check();
    await panel(pharmacist).getByRole('textbox', { name: 'Produit délivré' }).fill('Metformine Biogaran 1000 mg');
    await panel(pharmacist).getByLabel('Précision').fill('à la demande du patient');
    await panel(pharmacist)
      .getByRole('button', { name: /^Noter la délivrance/ })
      .click();
    await list.getByText(/Metformine Biogaran 1000 mg, 60 comprimés, pour 30 jours/).waitFor();
    assert.equal(await list.getByText('Renouvellement attendu', { exact: true }).count(), 0);

    const nurse = await stage.as('soizic.abgrall', `/patients/${patient.id}/traitements`);
    await card(nurse, 'Au long cours')
      .getByText(/Metformine Biogaran 1000 mg, 60 comprimés, pour 30 jours/)
      .waitFor();
    assert.equal(await nurse.getByRole('button', { name: /^Noter une délivrance/ }).count(), 0, 'a nurse reads');
    const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}/traitements`);
    await doctor.getByRole('button', { name: 'Actions sur Metformine 1 000 mg, comprimé' }).click();
    await doctor.getByRole('menuitem', { name: 'Voir les délivrances' }).click();
    await panel(doctor).getByText('Substitution : Générique, à la demande du patient').waitFor();
  },
);

scenario(
  'DOS-16 DOS-5 a pharmacist puts a dispense right by keyboard: a new version with its reason, both compared, taken back at once; nurse and physician read the versions',
  async (stage) => {
    const [one, other, third] = [
      await stage.hand('anne.kermarrec'),
      await stage.hand('soizic.abgrall'),
      await stage.hand('lucie.henaff'),
    ];
    const patient = await newPatient(one, { team: [other, third] });
    const at = `/api/patients/${patient.id}/treatments`;
    const [ramipril] = (
      await one.send('POST', at, { label: 'Ramipril 5 mg, comprimé', dosage: '1 le matin', source: 'elsewhere' })
    ).lines;
    await third.send('POST', `${at}/entries/${ramipril.type}/${ramipril.id}/dispenses`, {
      version: ramipril.version,
      quantity: 300,
    });
    const seen = async (page: Page) => {
      await page.getByRole('button', { name: 'Actions sur Ramipril 5 mg, comprimé' }).click();
      await page.getByRole('menuitem', { name: 'Voir les délivrances' }).click();
      await panel(page).getByRole('heading', { name: 'Délivrances' }).waitFor();
    };
    const pharmacist = await stage.as('lucie.henaff', `/patients/${patient.id}/traitements`);
    await seen(pharmacist);
    const correct = async () => {
      await panel(pharmacist)
        .getByRole('button', { name: /^Corriger la délivrance du / })
        .focus();
      await pharmacist.keyboard.press('Enter');
      await panel(pharmacist).getByLabel('Quantité').fill('30');
      await panel(pharmacist).getByLabel('Ce qui est corrigé, et pourquoi').fill('Trente, pas trois cents');
      await pharmacist.keyboard.press('Control+Enter');
      await panel(pharmacist)
        .getByText(/ : 30 comprimés, pour 30 jours$/)
        .waitFor();
    };
    await correct();
    await pharmacist
      .getByRole('alert')
      .filter({ hasText: 'Délivrance corrigée.' })
      .getByRole('button', { name: 'Annuler' })
      .click();
    await panel(pharmacist)
      .getByText(/ : 300 comprimés, pour 300 jours$/)
      .waitFor();
    await correct();
    await panel(pharmacist)
      .getByRole('button', { name: /^4 versions de la délivrance du / })
      .click();
    await panel(pharmacist).getByText('Raison : Trente, pas trois cents').first().waitFor();
    await panel(pharmacist).getByRole('cell', { name: '300 comprimés, pour 300 jours' }).first().waitFor();

    const nurse = await stage.as('soizic.abgrall', `/patients/${patient.id}/traitements`);
    await seen(nurse);
    await panel(nurse).getByText('Corrigée', { exact: true }).waitFor();
    await panel(nurse)
      .getByRole('button', { name: /^4 versions de la délivrance du / })
      .click();
    await panel(nurse).getByText('Raison : Trente, pas trois cents').first().waitFor();
    assert.equal(
      await panel(nurse)
        .getByRole('button', { name: /^Corriger/ })
        .count(),
      0,
      'a nurse reads',
    );
  },
);

scenario(
  'DOS-5 a misspelt line of a letter is a pair to confirm, said as such; a look-alike is not; an association compares part by part',
  async (stage) => {
    const one = await stage.hand('anne.kermarrec');
    const patient = await newPatient(one);
    const at = `/api/patients/${patient.id}/treatments`;
    for (const [label, dosage] of [
      ['Lamictal 100 mg, comprimé', '1 le soir'],
      ['Metformine 1 000 mg, comprimé', '1 matin et soir'],
      ['Amoxicilline et acide clavulanique 1 g/125 mg, poudre', '1 sachet matin et soir'],
    ])
      await one.send('POST', at, { label, dosage, source: 'elsewhere' });
    await one.send('POST', `${at}/reported`, {
      from: 'hospital',
      title: 'Sortie de chirurgie',
      lines: [
        { label: 'Lamisil 250', dosage: '1 le soir' },
        { label: 'metphormine 1000', dosage: '1 cp matin et soir' },
        { label: 'Augmentin 500 mg/62,5 mg', dosage: '2 cp matin et soir' },
      ],
    });
    const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}/traitements?mode=concilier`);
    const table = doctor.getByRole('region', { name: 'Conciliation', exact: true });
    const row = (label: string) => table.getByRole('row').filter({ hasText: label });
    await row('metphormine 1000').getByText('Nom mal orthographié ?').waitFor();
    await row('metphormine 1000')
      .getByText(/« metphormine » ressemble à « Metformine »/)
      .waitFor();
    await row('metphormine 1000').getByText('Metformine 1 000 mg, comprimé').waitFor();
    await row('Augmentin 500 mg/62,5 mg').getByText('Même dose par jour, prise autrement').waitFor();
    await row('Lamisil 250').getByText('Pas au dossier', { exact: true }).first().waitFor();
    await row('Lamictal 100 mg, comprimé').getByText('Non cité').waitFor();
    await table.getByText('À compléter : 3 lignes.').waitFor();
    await table.getByRole('button', { name: 'Ce n’est pas le même médicament : metphormine 1000' }).click();
    await table.getByRole('combobox', { name: 'Décision pour metphormine 1000' }).waitFor();
  },
);
