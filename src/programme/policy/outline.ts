import type { z } from 'zod';
import type { Sql } from '../../platform/index.ts';
import type { ModelKind } from '../contract/models.ts';
import { beginModel, type Holder, linesHeld } from '../models/of-project.ts';
import type { outline } from './contract.ts';
import { outlineOf } from './outlines/index.ts';
import type { TrackRow } from './reach.ts';

type Held = Pick<TrackRow, 'id' | 'kind'>;
export const outlineKind = ({ kind }: Pick<TrackRow, 'kind'>): ModelKind => `outline-${kind}`;
export const outlineHolder = ({ id }: Pick<TrackRow, 'id'>): Holder => ({ subject: `Track/${id}`, call: '' });
export const outlineHeld = (sql: Sql, tenant: number, track: Held) =>
  linesHeld(sql, tenant, outlineHolder(track), outlineKind(track));
/** As phase 2 opens, the outline of that day is the team's own. */
export const beginOutline = (sql: Sql, tenant: number, track: Held, by: string, at: Date) =>
  beginModel(sql, tenant, outlineHolder(track), outlineKind(track), by, at);

/** The outline that the health project of this track follows: its own since phase 2 opened, else the one in force. */
export async function outlineFor(sql: Sql, tenant: number, track: Held): Promise<z.infer<typeof outline>> {
  const { lines, row, force } = await outlineHeld(sql, tenant, track);
  const { kind, title, source, year } = outlineOf(track.kind);
  const version = row?.modelVersion ?? force.version;
  const own = {
    source: `Plan de la région, édition ${version}`,
    year: (row?.at ?? force.at ?? new Date()).getUTCFullYear(),
  };
  const sections = lines.map((one) => ({
    id: one.id,
    part: one.group,
    title: one.title,
    hint: one.help,
    required: one.must,
  }));
  return { kind, title, source, year, ...(version > 0 && own), sections };
}
