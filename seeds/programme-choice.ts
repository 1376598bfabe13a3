import type { LivedProject, Region } from './programme-projects.ts';

/** The choice that a project past its step «choice» recorded. */
export async function recordChoice(region: Region, project: LivedProject, on: string): Promise<void> {
  await region.acts(on).choose(region.consultant, project.id, {
    solution: null, product: 'Logiciel labellisé, retenu par l’équipe', decidedOn: on, reasons: 'Retenu en réunion d’équipe : label, prix, avis des équipes déjà équipées. La comparaison est dans les fichiers du projet.',
    tookPart: [{ name: project.team.contact, profession: 'coordinator' }, { name: 'Un médecin de l’équipe', profession: 'physician' }, { name: 'Une infirmière de l’équipe', profession: 'nurse' }],
  });
}
