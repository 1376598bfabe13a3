/** The medical summary: completed by a nurse, checked, signed and printed by the physician. */
import assert from 'node:assert/strict';
import { scenario } from './harness.ts';
import { newPatient, panel, recordShown, said } from './people.ts';

scenario(
  'DOS-12 a nurse completes the summary, the physician leaves a line out, checks, signs and prints; the next one says what changed',
  async (stage) => {
    const [one, other] = [await stage.hand('anne.kermarrec'), await stage.hand('soizic.abgrall')];
    const patient = await newPatient(one, { team: [other] });
    await one.send('POST', `/api/patients/${patient.id}/problems`, { label: 'Diabète de type 2', onset: '2015' });
    await one.send('POST', `/api/patients/${patient.id}/history`, {
      topic: 'personal',
      label: 'Appendicectomie',
      at: '1975',
    });
    await one.send('POST', `/api/patients/${patient.id}/treatments`, {
      label: 'Metformine 1000 mg',
      dosage: '1 matin et soir',
    });

    const nurse = await stage.as('soizic.abgrall', `/patients/${patient.id}`);
    await recordShown(nurse, patient.name);
    await nurse.keyboard.press('y');
    await nurse.getByRole('button', { name: 'Préparer la synthèse' }).click();
    await nurse.getByRole('region', { name: 'Pathologies en cours' }).getByText('Diabète de type 2').waitFor();
    await nurse.getByRole('button', { name: 'Compléter : Autonomie et bilans' }).click();
    await nurse.getByLabel('Votre complément : Autonomie et bilans').fill('Vit seule, marche avec une canne.');
    await nurse.getByRole('button', { name: 'Enregistrer le complément' }).click();
    await said(nurse, 'Complément enregistré.');
    assert.equal(await nurse.getByRole('button', { name: 'Signer' }).count(), 0, 'a nurse does not sign');

    const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}/synthese`);
    await doctor.getByText('Vit seule, marche avec une canne.').waitFor();
    await doctor.getByRole('button', { name: 'Laisser de côté : Appendicectomie' }).click();
    await said(doctor, 'laissé de côté');
    await doctor.getByRole('button', { name: 'Remettre : Appendicectomie' }).waitFor();
    await doctor.getByRole('button', { name: 'Vérifié : Pathologies en cours' }).click();
    await doctor.getByRole('region', { name: 'Pathologies en cours' }).getByText('vérifié par vous').waitFor();
    await doctor.getByRole('button', { name: 'Tout est vérifié' }).click();
    await doctor.getByRole('button', { name: 'Signer', exact: true }).click();
    await panel(doctor).getByText('Laissé de côté : Appendicectomie').waitFor();
    await panel(doctor).getByRole('button', { name: 'Signer la synthèse' }).click();
    await said(doctor, 'Synthèse signée.');
    const address = await doctor.getByRole('link', { name: 'Imprimer (PDF)' }).getAttribute('href');
    const printed = await doctor.request.get(new URL(address!, doctor.url()).href);
    assert.deepEqual([printed.status(), (await printed.body()).subarray(0, 5).toString()], [200, '%PDF-']);

    const went = doctor.getByRole('region', { name: 'Remise' });
    await went.getByText('Rien n’a encore été noté.').waitFor();
    await went.getByLabel('À qui').fill('Dr Le Bihan, cardiologue');
    await went.getByLabel('À qui').press('Enter');
    await said(doctor, 'Noté : remis en main propre.');
    await went.getByText('Remis en main propre, Dr Le Bihan, cardiologue').waitFor();
    assert.equal(await went.getByLabel('À qui').inputValue(), '');
    await nurse.getByRole('button', { name: /^En vigueur/ }).waitFor();
    await nurse.getByText('Remis en main propre, Dr Le Bihan, cardiologue').waitFor();

    await one.send('POST', `/api/patients/${patient.id}/problems`, { label: 'Hypertension artérielle' });
    await doctor.getByRole('button', { name: 'Préparer la suivante' }).click();
    const problems = doctor.getByRole('region', { name: 'Pathologies en cours' });
    await problems.getByText('Hypertension artérielle').waitFor();
    await problems.getByText('nouveau').waitFor();
    await doctor.getByRole('button', { name: /^En vigueur/ }).click();
    await problems.getByText('Hypertension artérielle').waitFor({ state: 'detached' });
    await problems.getByRole('link', { name: 'Diabète de type 2' }).click();
    await panel(doctor).getByText('Diabète de type 2').first().waitFor();
  },
);

scenario(
  'DOS-12 SEC-12 words typed in the summary outlive a cut network and a closed tab, and hold the signature back until they are kept; so does a correction half typed',
  async (stage) => {
    stage.expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK/);
    const [anne, nurse] = [await stage.hand('anne.kermarrec'), await stage.hand('soizic.abgrall')];
    const patient = await newPatient(anne, { team: [nurse] });
    const at = `/patients/${patient.id}/synthese`;
    const page = await stage.as('anne.kermarrec', at);
    await page.getByRole('button', { name: 'Préparer la synthèse' }).click();
    await page.getByRole('button', { name: 'Tout est vérifié' }).click();
    const sign = page.getByRole('button', { name: 'Signer', exact: true });
    await page.waitForFunction(() => !document.querySelector('button[title^="À vérifier"]'));
    await page.getByRole('button', { name: 'Compléter : Autonomie et bilans' }).click();
    const words = (of: typeof page) => of.getByLabel('Votre complément : Autonomie et bilans');
    await words(page).fill('Marche avec une canne.');
    await page.getByText('Saisie non enregistrée : Autonomie et bilans.').waitFor();
    assert.ok(await sign.isDisabled(), 'what is signed would not have them');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Enregistrer le complément' }).click();
    await said(page, /serveur|réseau/i);
    assert.equal(await words(page).inputValue(), 'Marche avec une canne.');
    await page.context().setOffline(false);
    await page.getByText('Brouillon conservé').waitFor();
    await page.close();

    const again = await stage.as('anne.kermarrec', '/');
    await again
      .getByRole('region', { name: 'Brouillons' })
      .getByRole('link', { name: new RegExp(patient.family, 'i') })
      .click();
    await again.getByText('Brouillon retrouvé').waitFor();
    assert.equal(await words(again).inputValue(), 'Marche avec une canne.');
    // Nobody else's page shows them.
    const beside = await stage.as('soizic.abgrall', at);
    await beside.getByRole('button', { name: 'Compléter : Autonomie et bilans' }).waitFor();
    assert.equal(await beside.getByText('Marche avec une canne.').count(), 0);
    await again.getByRole('button', { name: 'Enregistrer le complément' }).click();
    await said(again, 'Complément enregistré.');
    await beside.getByText('Marche avec une canne.').waitFor();
    await again.getByRole('button', { name: 'Vérifié : Autonomie et bilans' }).click();
    await again.getByRole('button', { name: 'Signer', exact: true }).click();
    await panel(again).getByRole('button', { name: 'Signer la synthèse' }).click();
    await said(again, 'Synthèse signée.');

    await again.getByRole('button', { name: 'Corriger' }).click();
    await panel(again).getByLabel('Raison de la correction').fill('Oubli de l’aide à domicile');
    await words(again).fill('Marche avec une canne, aide à domicile.');
    await panel(again).getByText('Brouillon conservé').waitFor();
    await again.reload();
    await panel(again).getByText('Brouillon retrouvé').waitFor();
    assert.equal(await words(again).inputValue(), 'Marche avec une canne, aide à domicile.');
    await panel(again).getByRole('button', { name: 'Corriger' }).click();
    await said(again, 'Synthèse corrigée.');
    await beside.getByText('Marche avec une canne, aide à domicile.').waitFor();
    assert.equal(await beside.getByRole('button', { name: 'Corriger' }).count(), 0, 'a nurse does not correct it');
  },
);
