import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { Tag } from '../../../web/ui/bits.tsx';
import { EditIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import type { LetterRecipient } from '../../contract.ts';
import css from './letters.module.css';

const blank: LetterRecipient = {
  kind: 'outside',
  name: '',
  role: '',
  address: '',
  phone: '',
  mssante: '',
  practitioner: null,
  copy: false,
};
const kinds = { team: 'équipe', outside: 'correspondant', patient: 'patient' } as const;

/** Whom the letter is for: someone of the team, a correspondent, the patient; those in copy are named beneath the signature. */
export function Recipients({
  chosen,
  suggestions,
  set,
  error,
  refused,
}: {
  chosen: readonly LetterRecipient[];
  suggestions: readonly LetterRecipient[];
  set: (all: LetterRecipient[]) => void;
  error: (field: string) => string | undefined;
  /** The refusal that `error` is of. */
  refused: unknown;
}) {
  const [editing, setEditing] = useState<number | null>(null);
  // What was refused of one of them is shown with its words, were its fields closed.
  const showWrong = useEffectEvent(() => {
    const wrong = chosen.findIndex((_, at) => error(`recipients.${at}.name`) ?? error(`recipients.${at}.mssante`));
    if (wrong >= 0) setEditing(wrong);
  });
  useEffect(() => {
    if (refused) showWrong();
  }, [refused]);
  const left = suggestions.filter((one) => !chosen.some((other) => other.name === one.name && other.kind === one.kind));
  const add = (value: string | null) => {
    if (value === null) return;
    set([...chosen, value === 'other' ? blank : { ...left[Number(value)]!, copy: false }]);
    if (value === 'other') setEditing(chosen.length);
  };
  const change = (at: number, patch: Partial<LetterRecipient>) =>
    set(chosen.map((one, i) => (i === at ? { ...one, ...patch } : one)));
  return (
    <section aria-label="Destinataires" className="stack">
      {chosen.length > 0 && (
        <ul className={css.people}>
          {chosen.map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two may bear the same name, and one may still be without
            <li key={at}>
              <div className={css.person}>
                <span className={css.words}>
                  <span className="strong">{one.name || 'Nouveau correspondant'}</span>
                  {one.role && <span className="dim">, {one.role}</span>} <Tag>{kinds[one.kind]}</Tag>{' '}
                  {one.mssante && <Tag tone="info">MSSanté</Tag>}
                </span>
                <Checkbox
                  size="xs"
                  label="en copie"
                  aria-label={`En copie : ${one.name}`}
                  checked={one.copy}
                  onChange={(event) => change(at, { copy: event.currentTarget.checked })}
                />
                <Button
                  size="compact-sm"
                  variant="subtle"
                  leftSection={<EditIcon size={14} />}
                  aria-label={`Adresse de ${one.name || 'ce correspondant'}`}
                  aria-expanded={editing === at}
                  onClick={() => setEditing(editing === at ? null : at)}
                >
                  Adresse
                </Button>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  aria-label={`Retirer ${one.name || 'ce correspondant'}`}
                  onClick={() => {
                    set(chosen.filter((_, i) => i !== at));
                    setEditing(null);
                  }}
                >
                  <RemoveIcon size={15} />
                </Button>
              </div>
              {editing === at && (
                <div className={css.outside}>
                  <TextInput
                    label="Nom"
                    data-autofocus
                    value={one.name}
                    error={error(`recipients.${at}.name`)}
                    onChange={(event) => change(at, { name: event.currentTarget.value })}
                  />
                  <TextInput
                    label="Spécialité, fonction"
                    value={one.role}
                    onChange={(event) => change(at, { role: event.currentTarget.value })}
                  />
                  <Textarea
                    label="Adresse postale"
                    autosize
                    minRows={2}
                    value={one.address}
                    onChange={(event) => change(at, { address: event.currentTarget.value })}
                  />
                  <TextInput
                    label="Adresse MSSanté"
                    placeholder="nom@medecin.mssante.fr"
                    value={one.mssante}
                    error={error(`recipients.${at}.mssante`)}
                    onChange={(event) => change(at, { mssante: event.currentTarget.value })}
                  />
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      <Select
        label="Ajouter un destinataire"
        placeholder="Équipe, correspondant, patient"
        searchable
        value={null}
        onChange={add}
        nothingFoundMessage="Choisissez « Autre correspondant »"
        data={[
          ...left.map((one, at) => ({ value: String(at), label: [one.name, one.role || kinds[one.kind]].join(', ') })),
          { value: 'other', label: 'Autre correspondant…' },
        ]}
      />
    </section>
  );
}
