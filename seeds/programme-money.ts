import type { LivedProject, Region } from './programme-projects.ts';

type Quotes = Parameters<ReturnType<Region['acts']>['enterQuotes']>[2];
type Line = Quotes[number]['lines'][number];
/** Euros before tax, and what is not the usual. */
const line = (label: string, kind: Line['kind'], euros: number, more: Partial<Line> = {}): Line => ({
  label,
  kind,
  quantity: 1000,
  unitCents: Math.round(euros * 100),
  vat: 2000,
  recurring: false,
  spentOn: null,
  ...more,
});
/** «Maison de santé du Pays de Baud» is BAUD in its papers. */
const mark = (project: LivedProject): string =>
  project.team.name
    .split(/[ ’]/)
    .at(-1)!
    .normalize('NFD')
    .replace(/\P{ASCII}/gu, '')
    .toUpperCase();
const persons = (project: LivedProject): number =>
  Math.max(
    4,
    Object.values(project.team.members).reduce((sum, count) => sum + count, 0),
  );

/** What the vendor that every team asks would supply: licence for the team, take-over, training, what may not be paid for. */
function usual(project: LivedProject, on: string, number: string): Quotes[number] {
  return {
    vendor: 'Logiciels du Ponant',
    number,
    dated: on,
    note: 'Valable trois mois.',
    lines: [
      line('Licence et ouverture du dossier partagé', 'licence', 1450),
      line('Reprise des dossiers de l’ancien logiciel', 'take-over', 480),
      line('Formation de l’équipe, journées sur site', 'training', 620, { quantity: 2000 }),
      line('Abonnement des professionnels', 'subscription', 24.5, {
        quantity: persons(project) * 6 * 1000,
        recurring: true,
      }),
      line('Deux postes de travail', 'hardware', 890, { quantity: 2000 }),
    ],
  };
}
const sides = (project: LivedProject) => ({
  team: { name: project.team.contact, role: 'pour la structure qui porte le projet' },
  region: { name: 'Maïwenn Kerdoncuff', role: 'par délégation' },
});

const reference = (project: LivedProject, number: number): string => `MD-${mark(project)}-${number}`;

/** The choice leaves a validated quote and its summary; the call of 2021, a flat amount. */
export async function fundChoice(region: Region, project: LivedProject, on: string): Promise<void> {
  const { consultant } = region;
  const acts = region.acts(on);
  if (project.at !== 'closed') {
    const { ids } = await acts.enterQuotes(consultant, project.id, [usual(project, on, `LP-${mark(project)}-1`)]);
    await acts.keepQuote(consultant, project.id, ids[0]!);
  }
  await acts.issueQuotesPaper(consultant, project.id);
}
/** The agreement is signed and its first payment ordered. */
export async function fundAgreement(region: Region, project: LivedProject, on: string): Promise<void> {
  const { officer } = region;
  const acts = region.acts(on);
  const { version } = await acts.issueAgreement(officer, project.id, sides(project));
  await acts.signAgreement(officer, project.id, version, {
    on,
    team: project.team.contact,
    region: 'Maïwenn Kerdoncuff',
  });
  await acts.orderPayment(officer, project.id, 1, { seen: 1, on, reference: reference(project, 1) });
}
export const fundDeployment = (region: Region, project: LivedProject, on: string): Promise<void> =>
  region.acts(on).payPayment(region.officer, project.id, 1, { seen: 2, on, reference: '' });
/** The certificate, and the balance where there is one. */
export async function fundBalance(region: Region, project: LivedProject, on: string): Promise<void> {
  const { officer } = region;
  const acts = region.acts(on);
  await acts.issueCertificate(officer, project.id, {
    signatory: 'Maïwenn Kerdoncuff',
    role: 'par délégation',
    note: '',
  });
  if (project.at !== 'closed')
    await acts.orderPayment(officer, project.id, 2, { seen: 1, on, reference: reference(project, 2) });
}

/** Money under way today: quotes to look at, an agreement to sign, a payment to record; the envelopes of the calls. */
export async function fundToday(region: Region, call: string, lived: readonly LivedProject[]): Promise<void> {
  const { officer, consultant, vendor, day } = region;
  await region.acts('2021-01-25').setBudget(officer, 'sip-2021', 11_000_000);
  await region.acts(day(198)).setBudget(officer, call, 4_800_000);
  const choosing = lived.filter(({ at }) => at === 'choice');
  for (const [at, project] of choosing.entries()) {
    await region.acts(day(14)).giveParty(consultant, project.id, vendor.practitioner);
    await region
      .acts(day(14))
      .askVendors(
        consultant,
        project.id,
        `Logiciel labellisé pour ${persons(project)} personnes : dossier partagé, messagerie sécurisée, protocoles.\nReprise des dossiers, formation sur site, restitution des données en fin de contrat.\nRéponse attendue sous trois semaines.`,
      );
    if (at === 2) continue;
    // The vendor's own quote, and one that the consultant was sent on paper.
    await region.acts(day(9)).enterQuotes(vendor, project.id, [usual(project, day(9), `LP-${mark(project)}-1`)]);
    const rival = await region.acts(day(6)).enterQuotes(consultant, project.id, [
      {
        vendor: 'Abeille Santé',
        number: `AS-${mark(project)}`,
        dated: day(8),
        note: '',
        lines: [
          line('Dossier partagé, installation', 'set-up', 3988.8),
          line('Reprise des données', 'take-over', 960),
          line('Formation par profession', 'training', 540, { quantity: 3500 }),
          line('Abonnement des professionnels', 'subscription', 27.9, {
            quantity: persons(project) * 6 * 1000,
            recurring: true,
          }),
          line('Abonnement des médecins', 'physician-subscription', 39, { quantity: 18_000, recurring: true }),
          line('Étude préalable', 'other', 450, { spentOn: `${Number(day(235).slice(0, 4)) - 1}-11-12` }),
          line('Serveur de fichiers', 'hardware', 1290),
        ],
      },
    ]);
    if (at === 0)
      await region
        .acts(day(4))
        .keepQuote(consultant, project.id, rival.ids[0]!, {}, [
          'Dossier partagé, installation',
          'Reprise des données',
          'Formation par profession',
          'Abonnement des professionnels',
          'Abonnement des médecins',
          'Étude préalable',
          'Serveur de fichiers',
        ]);
  }
  if (choosing[0])
    await region.acts(day(5)).askHardware(consultant, choosing[0].id, {
      words: 'Le réseau du second site ne porte pas le logiciel : une liaison et deux bornes seraient nécessaires.',
      cents: 84_000,
    });
  for (const project of lived.filter(({ at }) => at === 'agreement'))
    await region.acts(day(3)).issueAgreement(officer, project.id, sides(project));
  const [first, second] = lived.filter(({ at }) => at === 'deployment');
  if (first) await region.acts(day(1)).payPayment(officer, first.id, 1, { seen: 2, on: day(1), reference: '' });
  if (second) await amend(region, second);
}
/** A chiropodist joined the team after the first payment: an amendment brings their set-up, and the balance follows. */
async function amend({ officer, consultant, acts, day }: Region, project: LivedProject): Promise<void> {
  const { seq } = await acts(day(12)).openAmendment(
    officer,
    project.id,
    'Un pédicure-podologue a rejoint l’équipe : son poste et sa formation s’ajoutent au projet.',
  );
  const { ids } = await acts(day(10)).enterQuotes(consultant, project.id, [
    {
      vendor: 'Logiciels du Ponant',
      number: `LP-${mark(project)}-2`,
      dated: day(11),
      note: 'Complément au devis retenu.',
      lines: [
        line('Ouverture d’un accès et paramétrage', 'set-up', 145),
        line('Formation, demi-journée', 'training', 310, { quantity: 500 }),
      ],
    },
  ]);
  await acts(day(10)).keepQuote(consultant, project.id, ids[0]!);
  await acts(day(8)).issueAmendment(officer, project.id, seq, sides(project));
  await acts(day(4)).signAmendment(officer, project.id, seq, {
    on: day(4),
    team: project.team.contact,
    region: 'Maïwenn Kerdoncuff',
  });
}
