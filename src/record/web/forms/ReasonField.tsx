import { TextInput, type TextInputProps } from '@mantine/core';

/** Why an entry is corrected: kept with its new version. */
export const ReasonField = ({
  onChange,
  ...props
}: Omit<TextInputProps, 'onChange'> & { value: string; onChange: (reason: string) => void }) => (
  <TextInput label="Raison de la correction" {...props} onChange={(event) => onChange(event.currentTarget.value)} />
);
