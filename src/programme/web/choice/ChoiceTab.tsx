import { useLive } from '../../../web/live.ts';
import type { Project } from '../projects/tabs.ts';
import ClausesView from './ClausesView.tsx';
import DecisionView from './DecisionView.tsx';
import DemonstrationsView from './DemonstrationsView.tsx';
import GridView from './GridView.tsx';
import { Views } from './parts.tsx';
import { changedChoice } from './words.ts';

const views = {
  grille: 'Comparaison',
  demonstrations: 'Démonstrations et visites',
  decision: 'Choix final',
  contrat: 'Contrat',
} as const;
type View = keyof typeof views;

/** Choice: solutions side by side, demonstrations, visits, the final choice, the clauses of the contract (REC-4, REC-5). */
export default function ChoiceTab({ project }: { project: Project }) {
  useLive(['projects'], changedChoice);
  const shown: View[] = project.may.read ? ['grille', 'demonstrations', 'decision', 'contrat'] : ['grille'];
  return (
    <Views label="Choix" views={shown.map((id) => ({ id, label: views[id] }))}>
      {(view) => {
        switch (view) {
          case 'demonstrations':
            return <DemonstrationsView project={project} />;
          case 'decision':
            return <DecisionView project={project} />;
          case 'contrat':
            return <ClausesView project={project} />;
          default:
            return <GridView project={project} />;
        }
      }}
    </Views>
  );
}
