import type { z } from 'zod';
import { type Ctx, isProfession, professionCodes, staffOf } from '../../access/index.ts';
import { conflict, invalid, type Sql } from '../../platform/index.ts';
import { dayInFrance, type Desk, type Viewer, viewerOf } from '../desk.ts';
import type { Gate } from '../projects/gates.ts';
import { demand, projectFor } from '../projects/reach.ts';
import { choicesOf, chosenIn, insertChoice, solutionsOf } from './choosing.store.ts';
import { solutionIn } from './compare.ts';
import type { ChoiceBody, choosingContract } from './contract.ts';
import { changeIn, writes } from './inside.ts';
import { peopleOf } from './needs.store.ts';

/** Holds the step «choice»: the choice is recorded, be it of a software chosen before the project. */
export const choiceGate: Gate = async (sql, tenant, projects) => {
  const there = await chosenIn(
    sql,
    tenant,
    projects.map(({ id }) => id),
  );
  return new Map(
    projects
      .filter(({ id }) => !there.has(id))
      .map(({ id }) => [id, ['Le choix du logiciel n’est pas enregistré (onglet « Choix »).']]),
  );
};

const askedProfessions = async (sql: Sql, tenant: number, project: string) =>
  [...new Set((await peopleOf(sql, tenant, project)).map(({ profession }) => profession))].sort();
export async function readChoice(
  desk: Desk,
  id: string,
  ctx: Ctx,
): Promise<z.infer<typeof choosingContract.choice.reply>> {
  const viewer = await viewerOf(desk, ctx);
  const { tenant } = viewer.region;
  const found = await desk.db.tenant(tenant, async (sql) => {
    const project = await projectFor(sql, viewer, id);
    demand(viewer, project, 'read');
    return {
      project,
      choices: await choicesOf(sql, tenant, id),
      solutions: await solutionsOf(sql, tenant, id),
      asked: await askedProfessions(sql, tenant, id),
      people: await peopleOf(sql, tenant, id),
    };
  });
  const { practiceTenant } = found.project;
  const write = writes(viewer, found.project, 'team');
  // Names are offered to whoever records the choice; of a team without this product, those who were asked by name.
  const staff = !write
    ? []
    : practiceTenant !== null
      ? (await desk.db.tenant(practiceTenant, (sql) => staffOf(sql, practiceTenant))).filter(
          ({ kind }) => kind === 'care',
        )
      : found.people.filter(({ name }) => name !== '');
  const took = new Set(found.choices[0]?.tookPart.map(({ profession }) => profession));
  return {
    choices: found.choices.map((one) => ({ ...one, at: one.at.toISOString() })),
    solutions: found.solutions.map(({ id: solution, body }) => ({
      id: solution,
      name: body.name,
      company: body.company,
    })),
    people: staff.map(({ name, profession }) => ({ name, profession })),
    missing: found.choices.length ? found.asked.filter((profession) => !took.has(profession)) : [],
    may: { write },
    today: dayInFrance(desk.now()),
  };
}
/** Records the final choice. Nothing is written over: a later one has its number and takes the place of the one before. Errors: 409 when someone recorded one meanwhile. */
export const choose = async (desk: Desk, id: string, body: ChoiceBody, ctx: Ctx): Promise<{ number: number }> =>
  chooseAs(desk, await viewerOf(desk, ctx), id, body);
export const chooseAs = (
  desk: Desk,
  viewer: Viewer,
  id: string,
  { solution, product, reasons, tookPart, decidedOn, seen }: ChoiceBody,
): Promise<{ number: number }> =>
  changeIn(desk, viewer, id, 'team', 'choose', async (sql) => {
    const { tenant } = viewer.region;
    const last = (await choicesOf(sql, tenant, id))[0]?.number ?? 0;
    if (last !== seen)
      throw conflict(
        'Un choix a été enregistré pendant que vous écriviez. Votre saisie est toujours à l’écran : relisez le choix enregistré, puis enregistrez de nouveau s’il y a lieu.',
        { reason: 'edited-meanwhile' },
      );
    const named = solution === null ? product.trim() : (await solutionIn(sql, viewer, id, solution)).body.name;
    if (!named)
      throw invalid('Dites quel logiciel était déjà choisi. Rien n’a été enregistré.', { product: 'à remplir' });
    if (decidedOn > dayInFrance(desk.now()))
      throw invalid('La date du choix est à venir. Rien n’a été enregistré.', { decidedOn: 'aujourd’hui ou avant' });
    for (const [at, { profession }] of tookPart.entries())
      if (!isProfession(profession) || !professionCodes.includes(profession))
        throw invalid('Une des professions n’est pas dans la liste. Rien n’a été enregistré.', {
          [`tookPart.${at}.profession`]: 'à choisir dans la liste',
        });
    await insertChoice(sql, tenant, id, {
      number: last + 1,
      solution,
      product: named,
      already: solution === null,
      reasons,
      tookPart,
      decidedOn,
      by: viewer.name,
      at: desk.now(),
    });
    return { reply: { number: last + 1 }, details: { number: last + 1, solution, product: named } };
  });
