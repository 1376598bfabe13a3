import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { reading, failureOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { Card } from '../../../web/ui/bits.tsx';
import { PlusIcon } from '../../../web/ui/icons.ts';
import { ListBones, Nothing } from '../../../web/ui/states.tsx';
import { coordinationContract } from '../../contract.ts';
import css from './messages.module.css';
import { Row } from './ThreadList.tsx';

/** On a record: what professionals say among themselves about this patient. */
export default function ThreadsCard({ patient }: { patient: string; patientName: string }) {
  const [, setUrl] = useUrl();
  const query = useQuery(reading(coordinationContract.patientThreads, { params: { patient } }));
  if (failureOf(query)) return null;
  if (!query.data)
    return (
      <Card title="Échanges">
        <ListBones rows={2} height={56} />
      </Card>
    );
  const { threads, mayWrite, mayWriteAdministrative } = query.data;
  if (threads.length === 0 && !mayWrite && !mayWriteAdministrative) return null;
  return (
    <Card
      title="Échanges"
      count={threads.length || undefined}
      action={
        (mayWrite || mayWriteAdministrative) && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<PlusIcon size={15} />}
            onClick={() => setUrl({ volet: 'ecrire' })}
          >
            Écrire
          </Button>
        )
      }
    >
      {threads.length === 0 && <Nothing>Aucun échange sur ce patient.</Nothing>}
      <ul className={`plain ${css.threads}`}>
        {threads.slice(0, 5).map((thread) => (
          <li key={thread.id}>
            <Row thread={thread} inRecord onOpen={() => setUrl({ volet: `echange:${thread.id}` })} />
          </li>
        ))}
      </ul>
      {threads.length > 5 && <p className="dim small pad">Les autres se trouvent dans Coordination, Messages.</p>}
    </Card>
  );
}
