/** Prescriptions: signed by who may, followed by whoever does them, printed; who may not. */
import assert from 'node:assert/strict';
import AxeBuilder from '@axe-core/playwright';
import { type Page, scenario } from './harness.ts';
import { card, newPatient, panel, recordShown, said } from './people.ts';

/** What a panel shows once something is written in it, which no address opens. */
async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .include('aside')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  assert.deepEqual(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    [],
  );
}

scenario(
  'DOS-14 a physician prescribes a medicine, a test and care with the keyboard, prints; the nurse says what she has done, the pharmacist gives out',
  async (stage) => {
    const [one, other, third] = [
      await stage.hand('anne.kermarrec'),
      await stage.hand('soizic.abgrall'),
      await stage.hand('lucie.henaff'),
    ];
    const patient = await newPatient(one, { team: [other, third] });
    const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
    await recordShown(doctor, patient.name);
    await doctor.keyboard.press('s');
    const compose = panel(doctor);
    const name = compose.getByRole('textbox', { name: 'Médicament' });
    await name.waitFor();
    await doctor.keyboard.type('Amoxicilline de démonstration 1 g, comprimé');
    await doctor.keyboard.press('Enter');
    const lines = compose.getByRole('list', { name: 'Lignes de l’ordonnance' });
    await lines.getByText('Amoxicilline de démonstration').waitFor();
    const posology = compose.getByLabel('Posologie');
    await posology.fill('1 cp x3/j pendant 6 jours');
    await compose.getByText('Compris : 1 comprimé 3 fois par jour pendant 6 jours.').waitFor();
    await posology.press('Enter');
    for (const [kind, label] of [
      ['Biologie', 'NFS de démonstration'],
      ['Soins infirmiers', 'Injection de démonstration'],
    ] as const) {
      await compose.getByRole('combobox', { name: 'Prescrire' }).click();
      await doctor.getByRole('option', { name: kind, exact: true }).click();
      const field = compose.getByRole('combobox', { name: kind, exact: true });
      await field.fill(label);
      await field.press('Enter');
      await lines.getByText(label).waitFor();
    }
    await compose.getByLabel('Nombre de passages').fill('2');
    await doctor.keyboard.press('Control+Enter');
    await said(doctor, 'Ordonnance signée.');
    const address = await compose.getByRole('link', { name: 'Imprimer (PDF)' }).getAttribute('href');
    const printed = await doctor.request.get(new URL(address!, doctor.url()).href);
    assert.deepEqual([printed.status(), (await printed.body()).subarray(0, 5).toString()], [200, '%PDF-']);

    const nurse = await stage.as('soizic.abgrall', `/patients/${patient.id}`);
    await recordShown(nurse, patient.name);
    const waiting = card(nurse, 'Prescriptions en cours');
    await waiting.getByRole('button', { name: 'Passage fait : Injection de démonstration' }).click();
    await waiting.getByText('1 passage sur 2').waitFor();
    await waiting.getByRole('button', { name: 'Passage fait : Injection de démonstration' }).click();
    await waiting.getByText('Injection de démonstration').waitFor({ state: 'detached' });
    await waiting.getByRole('button', { name: 'Prélevé : NFS de démonstration' }).click();
    await waiting.getByText('Prélevé').waitFor();

    const pharmacist = await stage.as('lucie.henaff', `/patients/${patient.id}/ordonnances`);
    await pharmacist.getByRole('button', { name: 'Délivré : Amoxicilline de démonstration 1 g, comprimé' }).click();
    await said(pharmacist, 'délivré');
    await doctor.goto(`/patients/${patient.id}/ordonnances`);
    const all = doctor.getByRole('region', { name: /^Ordonnance du/ });
    for (const words of ['Délivré', 'Prélevé', 'Fait']) await all.getByText(words, { exact: true }).waitFor();
  },
);

scenario(
  'DOS-14 with the arrows, what is taken from the list is what is prescribed, never the letters typed to find it; the field is free for the next line',
  async (stage) => {
    const one = await stage.hand('anne.kermarrec');
    const patient = await newPatient(one);
    const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
    await recordShown(doctor, patient.name);
    await doctor.keyboard.press('s');
    const compose = panel(doctor);
    const name = compose.getByRole('textbox', { name: 'Médicament' });
    await name.waitFor();
    await doctor.keyboard.type('amox');
    const first = compose.getByRole('option', { name: /^Amoxicilline/ }).first();
    await first.waitFor();
    const label = (await first.locator('span > span').first().textContent())!.trim();
    await doctor.keyboard.press('ArrowDown');
    await doctor.keyboard.press('Enter');
    await doctor.waitForFunction((words) => (document.activeElement as HTMLInputElement).value === words, label);
    const lines = compose.getByRole('list', { name: 'Lignes de l’ordonnance' });
    assert.equal(await lines.getByRole('listitem').count(), 0);
    await doctor.keyboard.press('Enter');
    await lines.getByText(`1. ${label}`).waitFor();
    assert.equal(await name.inputValue(), '');
    await compose.getByLabel('Posologie').fill('1 matin et soir pendant 6 jours');

    await compose.getByRole('combobox', { name: 'Prescrire' }).click();
    await doctor.getByRole('option', { name: 'Biologie', exact: true }).click();
    const field = compose.getByRole('combobox', { name: 'Biologie', exact: true });
    await field.fill('iono');
    await doctor.getByRole('option', { name: 'Ionogramme sanguin' }).waitFor();
    await doctor.keyboard.press('ArrowDown');
    await doctor.keyboard.press('Enter');
    await lines.getByText('2. Ionogramme sanguin').waitFor();
    assert.deepEqual([await field.inputValue(), await lines.getByRole('listitem').count()], ['', 2]);
    await doctor.keyboard.press('Control+Enter');
    await said(doctor, 'Ordonnance signée.');
    const { prescriptions } = (await one.send('GET', `/api/patients/${patient.id}/orders`)) as unknown as {
      prescriptions: { lines: { label: string }[] }[];
    };
    assert.deepEqual(
      prescriptions.flatMap((each) => each.lines.map((line) => line.label)),
      [label, 'Ionogramme sanguin'],
    );
  },
);

scenario(
  'DOS-14 a prescription is cancelled with a reason and renewed in one gesture; who does not prescribe is told why',
  async (stage) => {
    const [one, other] = [await stage.hand('anne.kermarrec'), await stage.hand('soizic.abgrall')];
    const patient = await newPatient(one, { team: [other] });
    await one.send('POST', `/api/patients/${patient.id}/orders`, {
      lines: [{ kind: 'physio', label: 'Rééducation de démonstration', quantity: 10 }],
    });
    await one.send('POST', `/api/patients/${patient.id}/orders`, {
      lines: [
        {
          kind: 'medicine',
          label: 'Ramipril de démonstration',
          instructions: '1 le matin',
          duration: { value: 15, unit: 'd' },
          follow: true,
        },
      ],
    });

    const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}/ordonnances`);
    const due = card(doctor, 'À renouveler');
    await due.getByRole('button', { name: 'Renouveler : Ramipril de démonstration', exact: true }).click();
    await panel(doctor).getByText('renouvellement', { exact: true }).waitFor();
    await panel(doctor).getByRole('button', { name: 'Signer l’ordonnance' }).click();
    await said(doctor, 'Ordonnance signée.');
    await panel(doctor).getByRole('button', { name: 'Fermer', exact: true }).click();
    const first = doctor
      .getByRole('region', { name: /^Ordonnance du/ })
      .filter({ hasText: 'Rééducation de démonstration' });
    await first.getByRole('button', { name: /^Autres gestes/ }).click();
    await doctor.getByRole('menuitem', { name: 'Annuler', exact: true }).click();
    await panel(doctor).getByLabel('Raison').fill('Patient hospitalisé');
    await panel(doctor).getByRole('button', { name: 'Annuler l’ordonnance' }).click();
    await first.getByText('Raison : Patient hospitalisé').waitFor();

    // A nurse prescribes what the law lets her: neither medicines nor care.
    const nurse = await stage.as('soizic.abgrall', `/patients/${patient.id}?volet=prescrire`);
    await recordShown(nurse, patient.name);
    await panel(nurse).getByRole('combobox', { name: 'Prescrire' }).click();
    await nurse.getByRole('option', { name: 'Pansements', exact: true }).waitFor();
    assert.deepEqual(await nurse.getByRole('option', { name: /^(Médicament|Kinésithérapie|Biologie)$/ }).count(), 0);
  },
);

scenario(
  'DOS-14 SEC-11 SEC-12 a usual prescription is written from a signed one, put in order with the keyboard, shared, retired and brought back; two versions are told apart',
  async (stage) => {
    const [one, other] = [await stage.hand('anne.kermarrec'), await stage.hand('soizic.abgrall')];
    const patient = await newPatient(one, { team: [other] });
    await one.send('POST', `/api/patients/${patient.id}/orders`, {
      lines: [
        { kind: 'biology', label: 'Calcémie de démonstration' },
        { kind: 'nursing', label: 'Pansement de démonstration', quantity: 4 },
      ],
    });
    const title = `Bilan ${patient.family}`;

    const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}/ordonnances`);
    await doctor.getByRole('button', { name: /^Autres gestes/ }).click();
    await doctor.getByRole('menuitem', { name: 'Garder comme ordonnance type', exact: true }).click();
    const editor = panel(doctor);
    await editor.getByRole('textbox', { name: 'Nom', exact: true }).fill(title);
    await editor.getByText('De la structure', { exact: true }).click();
    const lines = editor.getByRole('list', { name: 'Lignes de l’ordonnance type' });
    await lines.getByRole('button', { name: /2\. Pansement de démonstration/ }).focus();
    await doctor.keyboard.press('Alt+ArrowUp');
    await lines.getByRole('button', { name: /1\. Pansement de démonstration/ }).waitFor();
    await doctor.keyboard.press('Control+Enter');
    await said(doctor, `Ordonnance type gardée : ${title}.`);

    // A draft is found again.
    await doctor.goto(`/ordonnances/types?q=${patient.family}`);
    await doctor.getByRole('row', { name: title }).click();
    await editor.getByRole('textbox', { name: 'Nom', exact: true }).fill(`${title} annuel`);
    await editor.getByText('Brouillon conservé', { exact: true }).waitFor();
    await doctor.reload();
    await editor.getByText('Brouillon retrouvé', { exact: true }).waitFor();
    assert.equal(await editor.getByRole('textbox', { name: 'Nom', exact: true }).inputValue(), `${title} annuel`);

    // Someone was faster: both versions, then one’s own.
    const { templates } = (await one.send('GET', '/api/orders/templates/all')) as unknown as {
      templates: { id: string; title: string; version: number; lines: object[] }[];
    };
    const kept = templates.find((each) => each.title === title)!;
    await one.send('PUT', `/api/orders/templates/${kept.id}`, {
      title: `${title} d’ailleurs`,
      lines: kept.lines,
      version: kept.version,
    });
    await doctor.keyboard.press('Control+Enter');
    const both = editor.getByRole('region', { name: 'Deux versions' });
    await both.getByText(`Sa version : ${title} d’ailleurs`).waitFor();
    await both.getByRole('button', { name: 'Enregistrer la mienne' }).click();
    await said(doctor, `« ${title} annuel » enregistrée.`);

    await doctor.getByRole('row', { name: `${title} annuel` }).click();
    await editor.getByRole('button', { name: 'Retirer', exact: true }).click();
    await said(doctor, `« ${title} annuel » est retirée.`);
    await doctor.getByRole('button', { name: /^Retirées/ }).click();
    await doctor.getByRole('row', { name: `${title} annuel` }).click();
    await editor.getByRole('button', { name: 'Remettre en service' }).click();
    await said(doctor, `« ${title} annuel » est remise en service.`);

    // A nurse reads it, and is told why she does not change it.
    const nurse = await stage.as('soizic.abgrall', `/ordonnances/types?q=${patient.family}`);
    await nurse.getByRole('row', { name: `${title} annuel` }).click();
    await panel(nurse).getByText('Votre profession ne peut pas la signer en entier').waitFor();
    assert.equal(
      await panel(nurse)
        .getByRole('button', { name: /^(Retirer|Copier|Enregistrer)$/ })
        .count(),
      0,
    );
  },
);

scenario(
  'DOS-14 the physiotherapist records a session with one key, changes the day of another and takes a third out; the physician sees how far it is',
  async (stage) => {
    const [one, other] = [await stage.hand('anne.kermarrec'), await stage.hand('erwan.quemeneur')];
    const patient = await newPatient(one, { team: [other] });
    const signed = (await one.send('POST', `/api/patients/${patient.id}/orders`, {
      lines: [{ kind: 'physio', label: 'Rééducation de démonstration', quantity: 12 }],
    })) as { lines: { status: { task: string; version: number } }[] };
    const physio = await stage.as('erwan.quemeneur', `/patients/${patient.id}`);
    await recordShown(physio, patient.name);
    await physio.keyboard.press('w');
    const course = panel(physio).getByRole('region', { name: 'Rééducation de démonstration' });
    await course.getByText('12 séances à faire', { exact: true }).waitFor();
    await course.locator('button:focus').waitFor();
    await physio.keyboard.press('Enter');
    await course.getByText('Séance 1 sur 12, reste 11', { exact: true }).waitFor();
    await course.locator('button:focus').waitFor();
    await physio.keyboard.press('Enter');
    await course.getByText(/^Séance 2 sur 12, reste 10/).waitFor();
    await course.getByRole('button', { name: 'Retirer la séance 2', exact: true }).click();
    await course.getByText('Séance 1 sur 12, reste 11', { exact: true }).waitFor();
    await said(physio, 'Séance retirée du compte');
    await physio.goto(`/patients/${patient.id}/ordonnances?volet=seance:${signed.lines[0]!.status.task}`);
    await course.getByRole('button', { name: 'Changer le jour de la séance 1', exact: true }).click();
    await course.getByLabel('Autre jour').fill('01/01/2020');
    await course.getByRole('button', { name: 'Changer le jour', exact: true }).click();
    await course.getByText('Ce jour est avant la prescription.').waitFor();
    await course.getByLabel('Autre jour').fill('auj');
    await course.getByRole('button', { name: 'Changer le jour', exact: true }).click();
    await said(physio, 'Jour de la séance changé.');

    const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}/ordonnances`);
    await doctor.getByText('séance 1 sur 12, reste 11').waitFor();
    const list = await stage.as('erwan.quemeneur', '/patients?liste=seances');
    await list.getByRole('link', { name: `Séance pour ${patient.name}`, exact: true }).click();
    await panel(list).getByText('Séance 1 sur 12, reste 11', { exact: true }).waitFor();
  },
);

scenario(
  'DOS-14 a narcotic is recognised, confirmed by its prescriber, read in full letters before it is signed; a transport says why and how, and the agreement that comes first',
  async (stage) => {
    const one = await stage.hand('anne.kermarrec');
    const patient = await newPatient(one);
    const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}`);
    await recordShown(doctor, patient.name);
    await doctor.keyboard.press('s');
    const compose = panel(doctor);
    await compose.getByRole('textbox', { name: 'Médicament' }).waitFor();
    await doctor.keyboard.type('Skenan LP 10 mg, gélule');
    await doctor.keyboard.press('Enter');
    const lines = compose.getByRole('list', { name: 'Lignes de l’ordonnance' });
    await lines.getByText('stupéfiant ou assimilé ? à confirmer').waitFor();
    const posology = compose.getByLabel('Posologie');
    await posology.fill('1 gélule matin et soir pendant 30 jours');
    await compose.getByText(/^Compris : 1 gélule le matin et le soir/).waitFor();
    // Nothing is decided by itself.
    await doctor.keyboard.press('Control+Enter');
    await compose
      .getByText(/Dites lequel, ou que ce n’en est pas un/)
      .first()
      .waitFor();
    await compose.getByRole('button', { name: 'Morphine par voie orale', exact: true }).click();
    await compose
      .getByText('Sera imprimé : dosage : dix milligrammes, une gélule le matin et le soir pendant trente jours')
      .waitFor();
    await posology.press('Control+Enter');
    await compose
      .getByText(/^Morphine par voie orale : 28 jours au plus/)
      .first()
      .waitFor();
    await posology.fill('1 gélule matin et soir pendant 28 jours');
    await compose.getByText(/Sera imprimé : .*pendant vingt-huit jours/).waitFor();

    await compose.getByRole('combobox', { name: 'Prescrire' }).click();
    await doctor.getByRole('option', { name: 'Transport', exact: true }).click();
    const kind = compose.getByRole('combobox', { name: 'Transport', exact: true });
    await kind.fill('Véhicule de démonstration');
    await kind.press('Enter');
    await compose.getByRole('textbox', { name: 'À', exact: true }).fill('Centre hospitalier de démonstration');
    await compose.getByRole('checkbox', { name: 'Respect rigoureux des règles d’hygiène' }).check();
    await compose.getByRole('textbox', { name: 'Distance aller (km)' }).fill('180');
    await compose.getByText(/Accord préalable de l’assurance maladie \(formulaire S 3139\) : plus de 150 km/).waitFor();
    await doctor.keyboard.press('Control+Enter');
    await said(doctor, 'Ordonnance signée.');
    await compose
      .getByText('Une feuille est une ordonnance sécurisée : imprimez-la sur votre papier sécurisé.')
      .waitFor();
  },
);

scenario(
  'DOS-14 COO-7 the physiotherapist asks for a renewal in one press; the physician finds it, renews it, and it comes back; the report at the end is written from the course',
  async (stage) => {
    const [one, other] = [await stage.hand('anne.kermarrec'), await stage.hand('erwan.quemeneur')];
    const patient = await newPatient(one, { team: [other] });
    const signed = (await one.send('POST', `/api/patients/${patient.id}/orders`, {
      lines: [{ kind: 'physio', label: 'Rééducation de démonstration', quantity: 4 }],
    })) as { lines: { status: { task: string; version: number } }[] };
    const { task } = signed.lines[0]!.status;
    let { version } = signed.lines[0]!.status;
    for (let held = 0; held < 3; held++)
      ({ version } = (await other.send('POST', `/api/patients/${patient.id}/orders/follow/${task}`, {
        version,
        act: 'session',
      })) as { version: number });

    const physio = await stage.as('erwan.quemeneur', `/patients/${patient.id}/ordonnances?volet=seance:${task}`);
    const course = panel(physio).getByRole('region', { name: 'Rééducation de démonstration' });
    await course.getByRole('button', { name: 'Demander le renouvellement', exact: true }).click();
    await said(physio, 'renouvellement demandé au prescripteur');
    await course.getByText('renouvellement demandé', { exact: true }).waitFor();

    const doctor = await stage.as('anne.kermarrec', `/patients/${patient.id}/ordonnances`);
    const due = card(doctor, 'À renouveler');
    await due.getByText('renouvellement demandé', { exact: true }).waitFor();
    await due.getByRole('button', { name: 'Renouveler : Rééducation de démonstration', exact: true }).click();
    await panel(doctor).getByText('renouvellement', { exact: true }).waitFor();
    await panel(doctor).getByRole('button', { name: 'Signer l’ordonnance' }).click();
    await said(doctor, 'Ordonnance signée.');

    await physio.reload();
    await course.getByText(/^Séance 3 sur 4/).waitFor();
    assert.equal(await course.getByText('renouvellement demandé', { exact: true }).count(), 0);
    await course.getByRole('button', { name: 'Compte rendu de fin de séances', exact: true }).click();
    const report = course.getByRole('form', { name: /^Compte rendu de fin de séances/ });
    await report
      .getByRole('textbox', { name: 'Soins réalisés et évolution' })
      .fill('Gain d’amplitude de démonstration.');
    await report.getByRole('textbox', { name: 'État en fin de séances' }).fill('Épaule indolore.');
    await accessible(physio);
    await report.getByRole('button', { name: 'Signer le compte rendu' }).click();
    await said(physio, 'Compte rendu signé.');
    await course.getByRole('link', { name: 'Compte rendu de fin de séances' }).waitFor();

    await doctor.goto('/documents?vue=lire');
    await doctor.getByText('Compte rendu de fin de séances : Rééducation de démonstration').first().waitFor();
    await doctor.goto(`/patients/${patient.id}/ordonnances`);
    await doctor.getByRole('link', { name: 'compte rendu de fin de séances', exact: true }).click();
    await doctor.getByRole('heading', { level: 1, name: /Compte rendu de fin de séances/ }).waitFor();
  },
);

scenario(
  'DOS-14 DOS-1 a nurse reads orders and treatments while the physician renews and stops: her pages say it without reloading, and what the physician types stays; a secretary learns that there is one more, never what',
  async (stage) => {
    const [one, other] = [await stage.hand('anne.kermarrec'), await stage.hand('soizic.abgrall')];
    const patient = await newPatient(one, { team: [other] });
    const signed = (await one.send('POST', `/api/patients/${patient.id}/orders`, {
      lines: [{ kind: 'nursing', label: 'Pansement de démonstration', quantity: 4 }],
    })) as { id: string; lines: { status: { task: string; version: number } }[] };
    const [treatment] = (
      await one.send('POST', `/api/patients/${patient.id}/treatments`, {
        label: 'Ramipril 5 mg, comprimé',
        dosage: '1 le matin',
      })
    ).lines;
    const [nurse, medicines, desk] = [
      await stage.as('soizic.abgrall', `/patients/${patient.id}/ordonnances`),
      await stage.as('soizic.abgrall', `/patients/${patient.id}/traitements`),
      await stage.as('maryvonne.pellen', `/patients/${patient.id}/ordonnances`),
    ];
    await nurse.getByRole('button', { name: 'Toutes (1)', exact: true }).waitFor();
    await card(medicines, 'Au long cours').getByText('Ramipril 5 mg, comprimé').waitFor();
    const followed = card(desk, 'Prescriptions suivies').getByRole('listitem');
    await followed.first().waitFor();
    assert.equal(await followed.count(), 1);

    // The physician is writing: the nurse's act shows beside, and takes nothing away.
    const doctor = await stage.as(
      'anne.kermarrec',
      `/patients/${patient.id}/ordonnances?volet=prescrire:renouveler:${signed.id}`,
    );
    const words = panel(doctor).getByLabel('Précisions pour le patient, imprimées');
    await words.fill('À domicile, le matin de préférence.');
    const { task, version } = signed.lines[0]!.status;
    await other.send('POST', `/api/patients/${patient.id}/orders/follow/${task}`, { version, act: 'session' });
    const before = doctor.getByRole('region', { name: /^Ordonnance du/ });
    await before
      .getByText(/passage 1 sur 4|1 passage sur 4/)
      .first()
      .waitFor();
    assert.equal(await words.inputValue(), 'À domicile, le matin de préférence.');
    await words.press('Control+Enter');
    await said(doctor, 'Ordonnance signée.');

    await nurse.getByRole('button', { name: 'Toutes (2)', exact: true }).waitFor();
    await nurse.getByText('À domicile, le matin de préférence.').waitFor();
    await followed.nth(1).waitFor();
    assert.doesNotMatch(await desk.locator('body').innerText(), /Pansement de démonstration|À domicile/);

    await one.send('POST', `/api/patients/${patient.id}/treatments/entries/${treatment.type}/${treatment.id}`, {
      act: 'stop',
      version: treatment.version,
      reason: 'Toux',
    });
    await medicines.getByRole('heading', { name: 'Traitement en cours : non renseigné' }).waitFor();
  },
);

scenario(
  'DOS-14 DOS-5 a prescription renewed with one medicine replaced and another left out says which run on, stops them from there, and is no longer shown as signed once taken back',
  async (stage) => {
    const [one, nurse, pharmacist] = await Promise.all(
      ['anne.kermarrec', 'soizic.abgrall', 'lucie.henaff'].map((login) => stage.hand(login)),
    );
    const patient = await newPatient(one!, { team: [nurse!, pharmacist!] });
    const medicine = (label: string, instructions: string) => ({
      kind: 'medicine',
      label,
      instructions,
      duration: { value: 3, unit: 'mo' },
    });
    const before = await one!.send('POST', `/api/patients/${patient.id}/orders`, {
      lines: [
        medicine('Ramipril 5 mg, comprimé', '1 le matin'),
        medicine('Metformine 1000 mg, comprimé', '1 matin et soir'),
        medicine('Oméprazole 20 mg, gélule', '1 le soir'),
      ],
    });
    const page = await stage.as('anne.kermarrec', `/patients/${patient.id}?volet=prescrire:renouveler:${before.id}`);
    const runsOn = panel(page).getByRole('region', { name: 'Non renouvelé, toujours en cours' });
    await panel(page).getByRole('button', { name: 'Retirer : Oméprazole 20 mg, gélule' }).click();
    await runsOn.getByText('Oméprazole 20 mg, gélule').waitFor();
    await panel(page).getByRole('button', { name: 'Retirer : Ramipril 5 mg, comprimé' }).click();
    await panel(page).locator('[data-autofocus]').first().fill('Candésartan 8 mg, comprimé');
    await page.keyboard.press('Enter');
    await panel(page).getByLabel('Posologie', { exact: true }).fill('1 le matin');
    await panel(page).getByLabel('Pendant', { exact: true }).fill('3');
    assert.equal(await runsOn.getByRole('listitem').count(), 2);
    assert.equal(await runsOn.getByRole('button').count(), 0, 'nothing is stopped before the signature');
    await page.keyboard.press('Control+Enter');
    await said(page, 'Ordonnance signée.');
    const signed = panel(page).getByRole('heading', { name: 'Ordonnance signée' });
    await signed.waitFor();
    // Taken back at once: the panel is the one in which it was written.
    await page.keyboard.press('Control+z');
    await said(page, 'Ordonnance annulée.');
    await signed.waitFor({ state: 'detached' });
    await panel(page).getByText('Candésartan 8 mg, comprimé').waitFor();
    await panel(page).getByRole('button', { name: 'Signer l’ordonnance' }).click();
    await signed.waitFor();
    await runsOn.getByRole('button', { name: 'Arrêter : Ramipril 5 mg, comprimé' }).click();
    await panel(page).getByLabel('Pourquoi').fill('Toux, remplacé par candésartan');
    await page.keyboard.press('Control+Enter');
    await said(page, 'Traitement arrêté.');
    await signed.waitFor();
    await runsOn.getByText('Ramipril 5 mg, comprimé').waitFor({ state: 'detached' });
    await runsOn.getByText('Oméprazole 20 mg, gélule').waitFor();

    const read = await stage.as('soizic.abgrall', `/patients/${patient.id}/traitements`);
    const now = card(read, 'De courte durée');
    await now.getByText('Candésartan 8 mg, comprimé').waitFor();
    assert.equal(await now.getByText('Ramipril 5 mg, comprimé').count(), 0);
    // What the pharmacist may still give out of the prescription before.
    const orders = await pharmacist!.send('GET', `/api/patients/${patient.id}/orders`);
    const first = orders.prescriptions.find(({ id }: { id: string }) => id === before.id);
    assert.deepEqual(
      first.lines.map((line: { label: string; status: { state: string } | null }) => [line.label, line.status?.state]),
      [
        ['Ramipril 5 mg, comprimé', 'cancelled'],
        ['Metformine 1000 mg, comprimé', 'renewed'],
        ['Oméprazole 20 mg, gélule', 'to-do'],
      ],
    );
    await assert.rejects(
      nurse!.send('POST', `/api/patients/${patient.id}/orders`, { lines: [medicine('Ramipril 5 mg', '1 le matin')] }),
      { status: 403 },
    );
  },
);
