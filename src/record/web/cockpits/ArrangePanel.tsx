import { Button } from '@mantine/core';
import { RefreshIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import type { CockpitPart } from '../../contract.ts';
import { ArrangeLists, type Arranged, type Group } from './ArrangeLists.tsx';
import { reset, useCockpit } from './use-cockpit.ts';

/** Orders and hides what stands on a screen, for oneself; gives it back as it comes. */
export function ArrangePanel({
  title,
  part,
  groups,
  hidden,
  onChange,
  onClose,
}: {
  title: string;
  part: CockpitPart;
  groups: readonly Group[];
  hidden: readonly Arranged[];
  onChange: (groups: string[][], hidden: string[]) => void;
  onClose: () => void;
}) {
  const cockpit = useCockpit().data;
  const ofPractice = part === 'day' && cockpit?.practiceDay;
  const own = cockpit?.own.includes(part);
  return (
    <SidePanel title={title} onClose={onClose}>
      <div className="stack loose">
        <p className="small dim">
          Pour vous seul : vos collègues gardent leur présentation. Ce qui est masqué reste dans la recherche (Ctrl K).
        </p>
        {ofPractice && (
          <p className="small dim">
            {own
              ? 'Votre ordre passe avant celui que votre structure a choisi pour votre profession.'
              : 'Cet ordre est celui que votre structure a choisi pour votre profession.'}
          </p>
        )}
        <ArrangeLists title={title} groups={groups} hidden={hidden} onChange={onChange} />
        {cockpit && own && (
          <Button variant="default" leftSection={<RefreshIcon size={16} />} onClick={() => void reset(cockpit, part)}>
            {ofPractice ? 'Revenir à l’ordre de la structure' : 'Revenir à la présentation de ma profession'}
          </Button>
        )}
      </div>
    </SidePanel>
  );
}
