import { matrixLevels } from '../src/programme/index.ts';
import type { LivedProject, Region } from './programme-projects.ts';

/** Levels by axis of the matrix: project, team, patients, tools. */
const levels = (project: number, team: number, patients: number, tools: number, but: Record<string, number> = {}): Record<string, number> => ({ ...matrixLevels({ 'health-project': project, 'team-work': team, patients, 'information-system': tools }), ...but });

/** The organisation comes before the choice of a software: what a team that chose had agreed on before. */
export async function matureFirst(region: Region, project: LivedProject, on: string): Promise<void> {
  const { id } = await region.acts(on).openAssessment(region.consultant, project.id);
  await region.acts(on).agreeLevels(region.consultant, id, { levels: levels(3, 3, 2, 2, { 'practice-review': 2 }), words: 'Niveaux retenus en réunion d’équipe, avec le consultant.', seen: 1 });
}
