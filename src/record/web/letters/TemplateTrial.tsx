import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, urlOf } from '../../../web/api.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { SearchIcon } from '../../../web/ui/icons.ts';
import { Bone, Failure, Nothing } from '../../../web/ui/states.tsx';
import { recordContract } from '../../contract.ts';
import { PdfPreview } from './PdfPreview.tsx';
import css from './letters.module.css';

/** A template tried on a patient, under one's own rights: nothing is kept. */
export function TemplateTrial({
  subject,
  title,
  text,
  documentType,
}: {
  subject: string;
  title: string;
  text: string;
  documentType: string;
}) {
  const [typed, setTyped] = useState('');
  const [patient, setPatient] = useState<string | null>(null);
  const [slow] = useDebouncedValue(typed, 200);
  const found = useQuery(reading(recordContract.searchPatients, { query: { q: slow } }));
  const [sent] = useDebouncedValue({ subject: subject || title, text }, 700);
  const trial = useQuery({
    queryKey: [recordContract.tryTemplate.path, { patient }, sent],
    queryFn: ({ signal }) =>
      call(recordContract.tryTemplate, { params: { patient: patient! }, body: sent }, { signal }),
    enabled: patient !== null,
    placeholderData: (before) => before,
  });
  return (
    <>
      <Card title="Essai sur un patient">
        <div className={css.body}>
          <Select
            aria-label="Patient pour l’essai"
            placeholder="Nom d’un patient"
            searchable
            clearable
            leftSection={<SearchIcon size={15} />}
            filter={({ options }) => options}
            nothingFoundMessage="Aucun patient trouvé"
            searchValue={typed}
            onSearchChange={setTyped}
            value={patient}
            onChange={setPatient}
            data={(found.data?.patients ?? [])
              .slice(0, 12)
              .map((one) => ({ value: one.id, label: `${one.name}, ${one.birthDateLabel}` }))}
          />
          {patient === null && (
            <Nothing>
              Le modèle se remplit comme il le ferait dans ce dossier, selon vos droits. Rien n’y est gardé.
            </Nothing>
          )}
          <Failure compact of={trial} />
          {trial.data && trial.data.open.length > 0 && (
            <ul className={css.lines} aria-label="Champs sans valeur">
              {trial.data.open
                .filter(({ state }) => state !== 'late')
                .map((one) => (
                  <li key={one.key} className="small">
                    <Tag tone={one.state === 'unknown' ? 'danger' : 'warning'}>{one.label}</Tag> {one.words}
                  </li>
                ))}
            </ul>
          )}
        </div>
      </Card>
      {patient !== null &&
        (trial.data ? (
          <PdfPreview
            url={urlOf(recordContract.previewLetter, { params: { patient } })}
            body={{
              template: null,
              title: trial.data.subject.trim() || 'Sans objet',
              documentType,
              text: trial.data.text,
              recipients: [],
            }}
            title="Aperçu"
          />
        ) : (
          trial.isPending && <Bone h={480} />
        ))}
    </>
  );
}
