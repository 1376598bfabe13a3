import type { z } from 'zod';
import { queries } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { type ModelKind, modelKinds, type ModelLine, programmeContract } from '../../contract.ts';
import { changedChoice } from '../choice/words.ts';
import { changedTrack } from '../policy/words.ts';

export type Models = z.infer<typeof programmeContract.models.reply>;
export type Model = z.infer<typeof programmeContract.model.reply>;
export type Held = z.infer<typeof programmeContract.projectModel.reply>;

export const sayEdition = (version: number): string => (version === 0 ? 'modèle fourni' : `édition ${version}`);
/** «Publiée par Maïwenn Kerdoncuff le 3 novembre.» */
export const sayTook = ({ by, at }: { by: string; at: string | null }): string =>
  at ? `${by ? `par ${by}, ` : ''}le ${sayDate(at.slice(0, 10))}` : '';
export const freshLine = (kind: ModelKind, lines: readonly ModelLine[]): ModelLine => ({
  id: `l-${Math.random().toString(36).slice(2, 10)}`,
  group: modelKinds[kind].group ? (lines.at(-1)?.group ?? '') : '',
  title: '',
  help: '',
  words: '',
  weight: 1,
  must: false,
});

/** Reads models again, and what works with them. */
export const changedModels = (): void => {
  for (const entry of [
    programmeContract.models,
    programmeContract.model,
    programmeContract.projectModel,
    programmeContract.trackOutline,
  ])
    void queries.invalidateQueries({ queryKey: [entry.path] });
  changedChoice();
  changedTrack();
};
