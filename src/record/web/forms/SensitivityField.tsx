import { Select } from '@mantine/core';
import { type Sensitivity, sensitivityLabels } from '../../contract.ts';
import { mayAdd, useRecordHere } from '../use-record.ts';

/** What each is read by, and what its author must be able to write: the rights of the house that it falls under. */
const circles: Record<Sensitivity, { kind: string; words: string }> = {
  'mental-health': { kind: 'mental-health', words: 'Lisible par qui a droit à « Santé mentale et addictions ».' },
  addictions: { kind: 'mental-health', words: 'Lisible par qui a droit à « Santé mentale et addictions ».' },
  'sexual-health': { kind: 'sexual-health', words: 'Lisible par qui a droit à « Santé sexuelle et reproductive ».' },
  restricted: {
    kind: 'sexual-health',
    words: 'Lisible par le cercle le plus étroit : qui a droit à « Santé sexuelle et reproductive ».',
  },
};
const all = Object.entries(sensitivityLabels).map(([value, label]) => ({ value: value as Sensitivity, label }));

/** Whether what is written is sensitive, and of which kind: read only by those who reach that kind. In a record, only what its author may write: the rest would be refused. */
export function SensitivityField({
  value,
  onChange,
}: {
  value: Sensitivity | null;
  onChange: (sensitive: Sensitivity | null) => void;
}) {
  const record = useRecordHere();
  const choices = all.filter((one) => !record || one.value === value || mayAdd(record, circles[one.value].kind));
  if (choices.length === 0) return null;
  return (
    <Select
      label="Information sensible"
      placeholder="Non"
      description={value && circles[value].words}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      clearable
      data={choices}
      value={value}
      onChange={(sensitive) => onChange(sensitive as Sensitivity | null)}
    />
  );
}
