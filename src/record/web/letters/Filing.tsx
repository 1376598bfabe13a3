import { Checkbox, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { reading } from '../../../web/api.ts';
import { useMe } from '../../../web/session.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { letterTypes, recordContract } from '../../contract.ts';
import css from './letters.module.css';
import type { Given, Values } from './letter-values.ts';
import { SensitivityField } from '../forms/SensitivityField.tsx';

/** Who signs the letter, what kind of document it is, and who may read it. */
export function Filing({
  given,
  values,
  set,
}: {
  given: Given;
  values: Values;
  set: (patch: Partial<Values>) => void;
}) {
  const { letter } = given;
  const me = useMe();
  const professionals = useQuery(reading(recordContract.professionals));
  const signatories = useMemo(
    () =>
      (professionals.data?.professionals ?? [])
        .filter(
          (one) => one.me || (one.care && (given.signers.length === 0 || given.signers.includes(one.profession ?? ''))),
        )
        .map((one) => ({ value: one.id, label: one.me ? `Moi (${one.name})` : `${one.name}, ${one.role}` })),
    [professionals.data, given.signers],
  );
  return (
    <Card title="Signature et classement">
      <div className={css.body}>
        <div className={css.pair}>
          {!letter?.amends && (
            <Select
              label="À signer par"
              searchable
              allowDeselect={false}
              data={signatories}
              value={values.signatory ?? me.practitioner}
              onChange={(id) => set({ signatory: id === me.practitioner ? null : id })}
            />
          )}
          <Select
            label="Type de document"
            allowDeselect={false}
            data={letterTypes.map(({ code, label }) => ({ value: code, label }))}
            value={values.documentType}
            onChange={(documentType) => documentType && set({ documentType })}
          />
          <SensitivityField value={values.sensitive} onChange={(sensitive) => set({ sensitive })} />
        </div>
        {letter?.administrative && (
          <Checkbox
            label="Réserver aux soignants : le secrétariat ne le lira plus"
            checked={values.reserved}
            onChange={(event) => set({ reserved: event.currentTarget.checked })}
          />
        )}
      </div>
    </Card>
  );
}
