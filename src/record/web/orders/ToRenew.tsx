import { Button, Menu } from '@mantine/core';
import { RefreshIcon } from '../../../web/ui/icons.ts';
import type { OrderLine } from '../../contract.ts';
import css from './orders.module.css';

/** Lines that end soon, taken into what is being written: one, or all. */
export function ToRenew({
  lines,
  onTake,
}: {
  lines: readonly OrderLine[];
  onTake: (lines: readonly OrderLine[]) => void;
}) {
  if (lines.length === 0) return null;
  return (
    <Menu position="bottom-start" width={340}>
      <Menu.Target>
        <Button size="compact-md" variant="default" leftSection={<RefreshIcon size={15} />}>
          À renouveler ({lines.length})
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={css.renewals}>
        {lines.length > 1 && <Menu.Item onClick={() => onTake(lines)}>Tout renouveler</Menu.Item>}
        {lines.map((one) => (
          <Menu.Item key={`${one.type}${one.id}`} onClick={() => onTake([one])}>
            {one.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
