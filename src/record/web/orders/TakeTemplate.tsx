import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { reading } from '../../../web/api.ts';
import { CopyIcon, SettingsIcon } from '../../../web/ui/icons.ts';
import { type OrderTemplate, recordContract } from '../../contract.ts';
import { whose } from './order-draft.ts';

/** «Ordonnances types»: lines of one are taken into the prescription at hand. */
export function TakeTemplate({ onTake }: { onTake: (template: OrderTemplate) => void }) {
  const query = useQuery({ ...reading(recordContract.orderTemplates), staleTime: 60_000 });
  const templates = query.data?.templates ?? [];
  if (templates.length === 0) return null;
  return (
    <Menu position="bottom-start" width={340}>
      <Menu.Target>
        <Button size="compact-md" variant="default" leftSection={<CopyIcon size={15} />}>
          Ordonnances types
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={340} style={{ overflowY: 'auto' }}>
        <Menu.Item component={Link} to={'/ordonnances/types' as string} leftSection={<SettingsIcon size={15} />}>
          Écrire et ranger les ordonnances types
        </Menu.Item>
        <Menu.Divider />
        {templates.map((one) => (
          <Menu.Item
            key={one.id}
            onClick={() => onTake(one)}
            rightSection={<span className="tiny dim">{whose(one)}</span>}
          >
            {one.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
