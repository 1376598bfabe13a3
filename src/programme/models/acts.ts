import { conflict } from '../../platform/index.ts';
import type { ModelKind, ModelLine } from '../contract/models.ts';
import { type Desk, trace, type Viewer } from '../desk.ts';
import { holdModel, insertModelVersion, modelInForce } from './models.store.ts';

/** Acts on models for a viewer that is already known, on the day of the desk (acts.ts). */
export const modelsActs = (desk: Desk) => ({
  /** Publishes the region's next edition of a model, made of the one in force. */
  publishModel: (
    viewer: Viewer,
    kind: ModelKind,
    change: (lines: readonly ModelLine[]) => ModelLine[],
    words: string,
  ) =>
    desk.db.transaction(viewer.region.tenant, async (sql) => {
      if (viewer.as !== 'officer') throw conflict('Seul un instructeur publie un modèle.');
      const { tenant } = viewer.region;
      const { published } = await holdModel(sql, tenant, kind, '');
      await insertModelVersion(sql, tenant, kind, {
        call: '',
        version: published + 1,
        lines: change((await modelInForce(sql, tenant, kind)).lines),
        words,
        by: viewer.name,
        at: desk.now(),
      });
      await trace(sql, viewer, 'publish', `Model/${kind}`, { details: { version: published + 1 } });
    }),
});
