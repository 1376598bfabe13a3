import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { reading, failureOf } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { useUrl } from '../../../web/routes.tsx';
import { Failure, ListBones } from '../../../web/ui/states.tsx';
import { programmeContract } from '../../contract.ts';
import type { Project } from '../projects/tabs.ts';
import { ConductView } from './ConductView.tsx';
import { InventoryView } from './InventoryView.tsx';
import { PlanView } from './PlanView.tsx';
import { TrainingView } from './TrainingView.tsx';
import { changedConduct, changedPlan } from './words.ts';

const views = [
  { value: 'listes', label: 'Avant, pendant, après' },
  { value: 'parc', label: 'Matériel et logiciels' },
  { value: 'plan', label: 'Plan' },
  { value: 'formation', label: 'Formation' },
] as const;

/** From the framing to the routine (REC-2, REC-6, PRJ-7): lists, what there is today, the plan, training. */
export default function DeployTab({ project }: { project: Project }) {
  const [url, setUrl] = useUrl();
  const later = ['deployment', 'closing', 'balance'].includes(project.step?.id ?? '');
  const view = views.find(({ value }) => value === url.vue)?.value ?? (later ? 'plan' : 'listes');
  useLive(['projects'], () => {
    changedConduct();
    changedPlan();
  });
  return (
    <div className="stack loose">
      <div style={{ overflowX: 'auto' }}>
        <SegmentedControl
          aria-label="Partie du déploiement"
          value={view}
          onChange={(vue) => setUrl({ vue, volet: undefined }, { push: true })}
          data={[...views]}
        />
      </div>
      {view === 'listes' || view === 'parc' ? (
        <Conduct project={project} inventory={view === 'parc'} />
      ) : (
        <Plan project={project} training={view === 'formation'} />
      )}
    </div>
  );
}
function Conduct({ project, inventory }: { project: Project; inventory: boolean }) {
  const query = useQuery(reading(programmeContract.conduct, { params: { project: project.id } }));
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data) return <ListBones rows={8} />;
  return inventory ? (
    <InventoryView project={project.id} conduct={query.data} />
  ) : (
    <ConductView project={project.id} conduct={query.data} />
  );
}
function Plan({ project, training }: { project: Project; training: boolean }) {
  const query = useQuery(reading(programmeContract.deployment, { params: { project: project.id } }));
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data) return <ListBones rows={8} />;
  return training ? (
    <TrainingView project={project.id} plan={query.data} />
  ) : (
    <PlanView project={project.id} plan={query.data} />
  );
}
