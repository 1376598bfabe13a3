import clauses from '../choice/models/clauses.json' with { type: 'json' };
import sheet from '../choice/models/sheet.json' with { type: 'json' };
import { type ModelKind, type ModelLine, modelLines } from '../contract/models.ts';
import { outlineOf } from '../policy/outlines/index.ts';

const line = (one: Pick<ModelLine, 'id' | 'title' | 'help'> & Partial<ModelLine>): ModelLine => ({
  group: '',
  words: '',
  weight: 1,
  must: false,
  ...one,
});
const outline = (kind: 'esp' | 'msp') =>
  outlineOf(kind).sections.map(({ id, part, title, hint, required }) =>
    line({ id, group: part, title, help: hint, must: required }),
  );
/** What comes with the product: edition 0 of each model. Throws when a file is not whole. */
export const shippedModels: Readonly<Record<ModelKind, ModelLine[]>> = {
  sheet: modelLines.parse(sheet.map(line)),
  clauses: modelLines.parse(
    clauses.map(({ id, group, title, why, model, core }) =>
      line({ id, group, title, help: why, words: model, must: core }),
    ),
  ),
  'outline-esp': modelLines.parse(outline('esp')),
  'outline-msp': modelLines.parse(outline('msp')),
};
