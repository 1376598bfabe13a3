import { Checkbox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../../web/api.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { CheckIcon } from '../../../web/ui/icons.ts';
import { Note, Nothing, Failure } from '../../../web/ui/states.tsx';
import { type Candidate, type IdentityInput, recordContract } from '../../contract.ts';
import css from './patients.module.css';

/** Looks, while one types, for patients who may be the same person (IDV-2). */
export function useDuplicates(values: IdentityInput, self?: string) {
  const asked = {
    birthFamily: values.birthFamily,
    birthGivens: values.birthGivens,
    usedFamily: values.usedFamily || null,
    birthDate: values.birthDate || null,
    sex: values.sex,
    ins: values.ins || null,
    phones: values.phones?.filter(Boolean) ?? [],
    self,
  };
  const [settled] = useDebouncedValue(asked, 350);
  const enough = settled.birthFamily.trim().length > 1 && (settled.birthGivens.trim() !== '' || !!settled.birthDate);
  return useQuery({
    queryKey: ['duplicates', settled],
    queryFn: ({ signal }) => call(recordContract.duplicates, { body: settled }, { signal }),
    enabled: enough || (settled.ins?.length ?? 0) >= 15,
    placeholderData: (before) => before,
  });
}

/** Beside the form: the patients already known who look like this one, and why. */
export function Duplicates({
  query,
  extra,
  despite,
  onDespite,
}: {
  query: ReturnType<typeof useDuplicates>;
  extra?: Candidate[];
  despite: string[];
  onDespite?: (ids: string[]) => void;
}) {
  const found = [
    ...new Map([...(extra ?? []), ...(query.data?.candidates ?? [])].map((one) => [one.id, one])).values(),
  ];
  const strong = found.filter((one) => one.strong);
  return (
    <Card
      title="Déjà dans la structure ?"
      count={found.length || undefined}
      tone={strong.length ? 'danger' : undefined}
    >
      <Failure compact of={query} />
      <div aria-live="polite">
        {!found.length && (
          <Nothing>
            {query.data ? (
              <>
                <CheckIcon size={15} style={{ verticalAlign: -3 }} /> Aucun patient ressemblant.
              </>
            ) : (
              'Les patients qui ressemblent à celui-ci s’afficheront ici pendant la saisie.'
            )}
          </Nothing>
        )}
        {strong.length > 0 && (
          <div style={{ padding: '0 12px 12px' }}>
            <Note tone="warning">
              {strong.length === 1
                ? 'Ce patient est probablement le même.'
                : 'Ces patients sont probablement les mêmes.'}{' '}
              Ouvrez son dossier, ou confirmez que c’est quelqu’un d’autre.
            </Note>
          </div>
        )}
      </div>
      <ul className="plain">
        {found.map((one) => (
          <li key={one.id}>
            <Link to="/patients/$patient" params={{ patient: one.id }} className={css.candidate}>
              <span className={`strong ${css.opens}`}>{one.name}</span>{' '}
              {one.birthName && <span className="dim small">{one.birthName}</span>}
              <span className="dim small" style={{ display: 'block' }}>
                {one.sexLabel}, {one.birthDateLabel} ({one.age}){one.place && `, ${one.place}`}
              </span>
              <span className="row wrap" style={{ gap: 4, marginTop: 3 }}>
                {one.reasons.map((reason) => (
                  <Tag key={reason} tone={one.strong ? 'danger' : 'neutral'}>
                    {reason}
                  </Tag>
                ))}
              </span>
            </Link>
            {one.strong && onDespite && (
              <div style={{ padding: '0 16px 12px' }}>
                <Checkbox
                  label="C’est quelqu’un d’autre"
                  checked={despite.includes(one.id)}
                  onChange={(event) =>
                    onDespite(
                      event.currentTarget.checked ? [...despite, one.id] : despite.filter((id) => id !== one.id),
                    )
                  }
                />
              </div>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
