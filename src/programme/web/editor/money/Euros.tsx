import { NumberInput } from '@mantine/core';
import type { Edition } from '../../../contract.ts';

export type Funding = Edition['funding'];
export type Put = (patch: Partial<Funding>) => void;
/** An amount of the call, in euros on screen and in cents in the call. */
export const Euros = ({
  label,
  cents,
  onChange,
}: {
  label: string;
  cents: number;
  onChange: (cents: number) => void;
}) => (
  <NumberInput
    label={label}
    suffix=" €"
    decimalScale={2}
    decimalSeparator=","
    thousandSeparator=" "
    min={0}
    max={10_000_000}
    allowNegative={false}
    value={cents / 100}
    onChange={(value) => onChange(Math.round(Number(value) * 100) || 0)}
  />
);
