import { TextInput } from '@mantine/core';

export function CodeInput({
  value,
  onChange,
  error,
  label = 'Code à 6 chiffres de votre application',
}: {
  value: string;
  onChange: (typed: string) => void;
  error?: string;
  label?: string;
}) {
  return (
    <TextInput
      label={label}
      size="md"
      autoFocus
      data-autofocus
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={20}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value.replace(/\s/g, ''))}
      styles={{ input: { fontSize: '1.35rem', letterSpacing: '0.22em', fontVariantNumeric: 'tabular-nums' } }}
    />
  );
}
