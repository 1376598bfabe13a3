/** An emergency access, from the closed record to the log that the patient may read. */
import assert from 'node:assert/strict';
import { scenario, telephone } from './harness.ts';
import { misfits } from './layout.ts';
import { newPatient, panel, recordShown } from './people.ts';

scenario(
  'SEC-5 SEC-8 a record opened in an emergency says until what hour, and the log in words who did so, why, and what was read then, on a telephone too',
  async (stage) => {
    const anne = await stage.hand('anne.kermarrec');
    const patient = await newPatient(anne);
    const page = await stage.as('ewen.salaun', `/patients/${patient.id}`, { viewport: telephone });
    await page.getByRole('button', { name: 'Ouvrir en urgence…' }).click();
    await page.getByLabel('Motif de l’urgence').fill('Malaise au cabinet, allergies à vérifier avant injection');
    await page.getByRole('button', { name: 'Ouvrir le dossier en urgence' }).click();
    await recordShown(page, patient.name);
    await page.getByText(/^Accès en urgence jusqu’au \d\d\/\d\d\/\d{4} à \d\d h \d\d$/).waitFor();

    const log = await stage.as('anne.kermarrec', `/patients/${patient.id}?volet=acces`, { viewport: telephone });
    const ewen = panel(log).getByRole('listitem').filter({ hasText: 'Ewen Salaün' });
    await ewen.getByText('Motif : Malaise au cabinet, allergies à vérifier avant injection').waitFor();
    await ewen.getByText(/^a ouvert le dossier en urgence ;/).waitFor();
    await ewen.getByRole('button', { expanded: false }).click();
    const each = ewen.getByRole('list', { name: 'Chaque accès de Ewen Salaün' }).getByRole('listitem');
    await each.filter({ hasText: /a ouvert le dossier en urgence\s*urgence$/ }).waitFor();
    const said = await each.allInnerTexts();
    assert.ok(
      said.some((line) => /a consulté le dossier\s*urgence$/.test(line)),
      said.join('\n'),
    );
    assert.deepEqual(await misfits(log), []);
  },
);
