import { ActionIcon } from '@mantine/core';
import { PlusIcon } from '../../../web/ui/icons.ts';
import { mayAdd, usePanel, useRecord } from '../use-record.ts';

/** The «+» of a card, for those who may. */
export function AddButton({ panel, kind, label }: { panel: string; kind: string; label: string }) {
  const [, setPanel] = usePanel();
  if (!mayAdd(useRecord(), kind)) return null;
  return (
    <ActionIcon size="md" aria-label={label} onClick={() => setPanel(panel)} className="no-print">
      <PlusIcon size={17} />
    </ActionIcon>
  );
}
