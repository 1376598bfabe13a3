import type { CompletionFields } from './contract.ts';
import type { Sign } from './use.rules.ts';

/** What a shared information system is made of: the modules that a completion report goes through (PRJ-8). */
const usualModules = [
  'Dossier patient partagé',
  'Agenda partagé',
  'Messagerie de l’équipe',
  'Protocoles pluriprofessionnels',
  'Réunions de concertation',
  'Messagerie sécurisée de santé',
  'Pilotage et indicateurs',
] as const;
const emptyCompletion: CompletionFields = {
  installedOn: '',
  product: '',
  vendor: '',
  modules: [],
  sites: [],
  takeOver: null,
  trainings: [],
  observations: '',
  reserves: '',
  verdict: '',
  signatory: { name: '', role: '' },
};

/** What a report holds before anyone wrote in it: what the application said, and the software that was chosen. */
export const firstValues = (said: {
  product: string;
  vendor: string;
  sites: string;
  signatory: string;
  role: string;
}): CompletionFields => ({
  ...emptyCompletion,
  product: said.product.slice(0, 200),
  vendor: said.vendor.slice(0, 200),
  modules: usualModules.map((name) => ({ name, state: 'absent' as const, note: '' })),
  sites: said.sites
    .split(/\n|;/)
    .map((name) => name.trim())
    .filter(Boolean)
    .slice(0, 40)
    .map((name) => ({ name: name.slice(0, 160), workstations: 0, verified: false, note: '' })),
  signatory: { name: said.signatory.slice(0, 120), role: said.role.slice(0, 120) },
});

/** What the report lacks to be issued, in words: the installation verified, the figures, the verdict, and why when the figures say otherwise. */
export function completionBlockers(
  report: CompletionFields,
  facts: { months: number; evidence: number; typed: boolean; signs: readonly Sign[]; today: string },
): string[] {
  const positive = report.verdict === 'good' || report.verdict === 'reserves';
  const unmet = facts.signs.filter(({ met }) => met === 'no');
  return [
    ...(report.installedOn === ''
      ? ['Dites quand le logiciel a été installé.']
      : report.installedOn > facts.today
        ? ['L’installation est datée d’un jour à venir.']
        : []),
    ...(report.product === '' ? ['Nommez le logiciel installé.'] : []),
    ...(report.modules.some(({ state }) => state !== 'absent')
      ? []
      : ['Dites quels modules sont installés ou en usage.']),
    ...(report.sites.length === 0
      ? ['Nommez au moins un site.']
      : positive && report.sites.some(({ verified }) => !verified)
        ? ['Un site n’a pas été vérifié : vérifiez-le, ou retirez-le du procès-verbal.']
        : []),
    ...(report.takeOver === null ? ['Dites si les données d’avant ont été reprises.'] : []),
    ...(report.trainings.length === 0 ? ['Nommez au moins une formation tenue.'] : []),
    ...(facts.months === 0
      ? ['Il n’y a aucun mois de chiffres d’usage : la structure ouvre les siens, ou ils se saisissent.']
      : []),
    ...(facts.typed && facts.evidence === 0
      ? ['Les chiffres sont saisis : joignez au moins un document qui les prouve.']
      : []),
    ...(report.verdict === '' ? ['Rendez votre conclusion.'] : []),
    ...(report.verdict !== '' && report.verdict !== 'good' && report.reserves.trim().length < 10
      ? ['Écrivez les réserves.']
      : []),
    ...(report.verdict === 'good' && unmet.length > 0 && report.observations.trim().length < 10
      ? ['Des repères de bon usage ne sont pas atteints : dites dans les observations pourquoi l’usage est bon.']
      : []),
    ...(report.signatory.name === '' ? ['Dites qui signe pour l’équipe.'] : []),
  ];
}
