import { useLive } from '../../../web/live.ts';
import type { Project } from '../projects/tabs.ts';
import AnswersView from './AnswersView.tsx';
import { Views } from './parts.tsx';
import PeopleView from './PeopleView.tsx';
import QuestionnaireView from './QuestionnaireView.tsx';
import SpecificationView from './SpecificationView.tsx';
import SynthesisView from './SynthesisView.tsx';
import { changedChoice } from './words.ts';

const views = {
  questionnaire: 'Questionnaire',
  personnes: 'Personnes interrogées',
  reponses: 'Réponses',
  synthese: 'Synthèse',
  cahier: 'Cahier des charges',
} as const;
type View = keyof typeof views;

/** Needs: the questionnaire, who is asked, what they said, its synthesis, the specification that comes of it (PRJ-4, REC-4). */
export default function NeedsTab({ project }: { project: Project }) {
  useLive(['projects'], changedChoice);
  const shown: View[] = !project.may.read
    ? ['synthese']
    : project.may.support
      ? ['questionnaire', 'personnes', 'reponses', 'synthese', 'cahier']
      : ['questionnaire', 'synthese', 'cahier'];
  return (
    <Views label="Besoins" views={shown.map((id) => ({ id, label: views[id] }))}>
      {(view) => {
        switch (view) {
          case 'personnes':
            return <PeopleView project={project} />;
          case 'reponses':
            return <AnswersView project={project} />;
          case 'synthese':
            return <SynthesisView project={project} />;
          case 'cahier':
            return <SpecificationView project={project} />;
          default:
            return <QuestionnaireView project={project} />;
        }
      }}
    </Views>
  );
}
