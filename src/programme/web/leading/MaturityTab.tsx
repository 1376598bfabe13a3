import type { Project } from '../projects/tabs.ts';
import { MaturityView } from './MaturityView.tsx';

export default function MaturityTab({ project }: { project: Project }) {
  return <MaturityView project={project.id} />;
}
