import { Button } from '@mantine/core';
import { useUrl } from '../../../web/routes.tsx';
import { Card } from '../../../web/ui/bits.tsx';
import { PlusIcon } from '../../../web/ui/icons.ts';
import { OpinionRow } from './OpinionRow.tsx';
import css from './opinions.module.css';
import { usePatientOpinions } from './use-opinions.ts';

export default function OpinionsCard({ patient }: { patient: string; patientName: string }) {
  const { data } = usePatientOpinions(patient);
  const [, setUrl] = useUrl();
  if (!data?.opinions.length) return null;
  return (
    <Card
      title="Avis et adressages"
      count={data.opinions.length}
      action={
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<PlusIcon size={15} />}
          onClick={() => setUrl({ volet: 'demander-avis' })}
        >
          Demander
        </Button>
      }
    >
      <ul className={`plain ${css.list}`}>
        {data.opinions.slice(0, 5).map((line) => (
          <OpinionRow key={line.id} line={line} onOpen={() => setUrl({ volet: `avis:${line.id}` })} />
        ))}
      </ul>
    </Card>
  );
}
