import type { Sql } from '../../platform/index.ts';
import type { Desk, Viewer } from '../desk.ts';
import type { ProjectRow } from '../projects/reach.ts';
import type { PracticeLine } from './region.rules.ts';

/** What was promised, paid and how it is used, by project: asked of the rooms that know. */
export async function figuresOf(_desk: Desk, _sql: Sql, _viewer: Viewer, _projects: readonly ProjectRow[]): Promise<Map<string, Partial<Pick<PracticeLine, 'spending' | 'use'>>>> {
  return new Map();
}
