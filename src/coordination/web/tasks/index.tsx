import { createRoute } from '@tanstack/react-router';
import { lazy, lazyRouteComponent } from '../../../web/lazy.ts';
import { shellRoute } from '../../../web/routes.tsx';
import { HandOverIcon, TaskIcon } from '../../../web/ui/icons.ts';
import type { CoordinationPart } from '../part.ts';
import { useOpenCount } from './use-tasks.ts';

const DayBlock = lazyRouteComponent(() => import('./DayBlock.tsx'));
const TeamDayBlock = lazyRouteComponent(() => import('./TeamDayBlock.tsx'));
const TasksCard = lazyRouteComponent(() => import('./TasksCard.tsx'), 'TasksCard');
const TaskPanel = lazy(() => import('./TaskPanel.tsx').then((file) => ({ default: file.TaskPanel })));
const AssignForm = lazy(() => import('./AssignForm.tsx').then((file) => ({ default: file.AssignForm })));
const HandoverForm = lazy(() => import('./HandoverForm.tsx').then((file) => ({ default: file.HandoverForm })));

export const tasks: CoordinationPart = {
  pages: [
    createRoute({
      getParentRoute: () => shellRoute,
      path: '/coordination/taches',
      component: lazyRouteComponent(() => import('./TasksPage.tsx')),
    }),
  ],
  tab: {
    to: '/coordination/taches',
    label: 'Tâches',
    may: (me) => me.rights.tasks?.reach !== 'none',
    useCount: useOpenCount,
  },
  dayBlocks: [
    { name: 'tasks', Component: DayBlock },
    { name: 'teamDay', Component: TeamDayBlock },
  ],
  recordCards: [{ id: 'tasks', column: 'third', Component: TasksCard }],
  recordPanels: {
    tache: ({ args, onClose }) => <TaskPanel key={args[0]} id={args[0] ?? ''} inRecord onClose={onClose} />,
    confier: ({ patient, patientName, args, onClose }) => (
      <AssignForm key={args[0]} patient={patient} patientName={patientName} title={args[0]} onClose={onClose} />
    ),
    transmettre: ({ patient, patientName, onClose }) => (
      <HandoverForm patient={patient} patientName={patientName} onClose={onClose} />
    ),
  },
  recordActs: ({ add, setPanel }) => [
    ...(add.includes('tasks') && add.includes('exchanges')
      ? [
          {
            id: 'hand-over',
            title: 'Transmettre',
            short: 'Transmission',
            words: 'relève infirmière note suivant',
            icon: HandOverIcon,
            keys: 'X',
            add: true,
            run: () => setPanel('transmettre'),
          },
        ]
      : []),
    ...(add.includes('tasks')
      ? [
          {
            id: 'assign-task',
            title: 'Confier une tâche',
            short: 'Tâche',
            words: 'demander déléguer à faire',
            icon: TaskIcon,
            keys: 'K',
            add: true,
            run: () => setPanel('confier'),
          },
        ]
      : []),
  ],
};
