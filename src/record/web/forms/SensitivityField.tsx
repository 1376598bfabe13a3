import { Select } from '@mantine/core';
import { type Sensitivity, sensitivityLabels } from '../../contract.ts';

const choices = Object.entries(sensitivityLabels).map(([value, label]) => ({ value, label }));

/** Whether what is written is sensitive, and of which kind: read only by those who reach that kind. */
export const SensitivityField = ({
  value,
  onChange,
}: {
  value: Sensitivity | null;
  onChange: (sensitive: Sensitivity | null) => void;
}) => (
  <Select
    label="Information sensible"
    placeholder="Non"
    clearable
    data={choices}
    value={value}
    onChange={(sensitive) => onChange(sensitive as Sensitivity | null)}
  />
);
