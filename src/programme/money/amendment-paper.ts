import type { PlainPaper } from '../papers/templates.ts';
import { inEuros } from './cents.rules.ts';
import type { Figures } from './figures.ts';
import { ceilingTable, french, lower, notesOf, type Party, payableTable, persons, refusedTable } from './papers.ts';
import { type Part, signedCents } from './settle.rules.ts';

/** An amendment to the agreement (FIN-7): why, the amount before and after, the figures it comes from, what was already paid and what is left, or is to be paid back. */
export function amendmentPaper(
  figures: Figures,
  given: { number: number; reason: string; beforeCents: number; parts: readonly Part[] },
  parties: { team: Party; region: Party; regionName: string },
  on: string,
): PlainPaper {
  const { project, call, money, agreement, amendments } = figures;
  const { number, reason, beforeCents, parts } = given;
  const cost = call.funding.basis === 'cost';
  const before = amendments
    .filter(({ state }) => state === 'signed')
    .map((one) => `par l’avenant n° ${one.number} du ${french(one.signedOn!)}`);
  const shown = parts.filter((one) => one.state !== 'due' || one.cents > 0);
  const recovery = parts.find((one) => one.kind === 'recovery' && one.state === 'due' && one.cents > 0);
  const refused = refusedTable(figures);
  const difference = money.totalCents - beforeCents;
  const changed = before.length > 0 ? `, modifiée ${before.toReversed().join(', ')}` : '';
  const amount =
    difference === 0
      ? `maintenu à ${inEuros(money.totalCents)}`
      : `${difference > 0 ? 'porté' : 'ramené'} à ${inEuros(money.totalCents)} (${difference > 0 ? '+' : '−'} ${inEuros(Math.abs(difference))})`;
  const within = cost
    ? `, au coût réel des dépenses validées et dans la limite d’un plafond de ${inEuros(money.ceilingCents)}`
    : '';
  return {
    title: `Avenant n° ${number} à la convention ${agreement!.reference}`,
    lead: [
      `Entre ${call.publisher}, ci-après « l’Agence », représentée par ${parties.region.name}, ${lower(parties.region.role)},`,
      `et ${project.practiceName}, ci-après « l’équipe », représentée par ${parties.team.name}, ${lower(parties.team.role)}.`,
      `Vu la convention ${agreement!.reference} du ${french(agreement!.signedOn!)}${changed}, il est convenu ce qui suit.`,
    ].join(' '),
    parts: [
      {
        title: 'Article 1 – Objet',
        paragraphs: [`Le présent avenant modifie le montant de la convention. Motif : ${reason}`],
      },
      {
        title: 'Article 2 – Montant',
        paragraphs: [
          `Le financement, de ${inEuros(beforeCents)}, est ${amount}${within}.`,
          `Il reste calculé selon l’appel à candidatures « ${call.title} », dans la version sous laquelle l’équipe a été retenue. ${cost ? 'Le plafond' : 'Le montant'} résulte des personnes intégrées au projet (${persons(figures.members)}) :`,
        ],
        table: ceilingTable(figures),
        ...notesOf(figures),
      },
      ...(cost
        ? [
            {
              title: 'Dépenses retenues',
              ...(money.payableCents > money.ceilingCents && {
                paragraphs: [
                  `Elles dépassent le plafond : l’équipe prend à sa charge ${inEuros(money.payableCents - money.ceilingCents)}.`,
                ],
              }),
              table: payableTable(figures),
            },
          ]
        : []),
      ...(refused ? [{ title: 'Dépenses non financées', table: refused }] : []),
      {
        title: 'Article 3 – Versements',
        paragraphs: [
          recovery
            ? `Les versements déjà ordonnés sont conservés. Ils dépassent le nouveau montant de ${inEuros(recovery.cents)} : ce trop-perçu est à reverser par l’équipe à l’Agence, et plus rien n’est à verser.`
            : 'Les versements déjà ordonnés sont conservés ; le solde est calculé au centime :',
        ],
        table: {
          head: ['Versement', 'État', 'Montant'],
          numbers: [2],
          rows: [
            ...shown.map((one) => [
              one.occasion,
              one.kind === 'recovery'
                ? one.state === 'due'
                  ? 'à reverser'
                  : one.state === 'paid'
                    ? 'reversé'
                    : 'demandé'
                : one.state === 'due'
                  ? 'à verser'
                  : one.state === 'paid'
                    ? 'versé'
                    : 'ordonné',
              inEuros(signedCents(one)),
            ]),
            ['Total', '', inEuros(shown.reduce((sum, one) => sum + signedCents(one), 0))],
          ],
        },
      },
      {
        title: 'Article 4 – Autres stipulations',
        paragraphs: [
          'Les autres stipulations de la convention demeurent inchangées. Le présent avenant prend effet à la date de sa dernière signature.',
          `Établi en deux exemplaires le ${french(on)}.`,
        ],
      },
    ],
    signatures: [
      ['Pour l’équipe', parties.team.name, parties.team.role, 'Date et signature :'],
      ['Pour l’Agence', parties.region.name, parties.region.role, 'Date et signature :'],
    ],
  };
}
