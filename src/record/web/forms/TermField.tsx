import { Combobox, Loader, TextInput, type TextInputProps, useCombobox, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useId, useMemo, useRef } from 'react';
import { reading } from '../../../web/api.ts';
import { fold } from '../../../web/palette.ts';
import { sayCount } from '../../../web/say.ts';
import { recordContract, type Term, type TermKind } from '../../contract.ts';
import css from './forms.module.css';

export interface TermFieldProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  list: TermKind;
  /** The words as they stand; free text is always an answer. */
  value: string;
  /** `term` is null while the words are free. */
  onChange: (label: string, term: Term | null) => void;
  /** Whether the words have a code already: then a list that knows them changes nothing. */
  coded?: boolean;
  most?: number;
}

/** Words typed, looked for as one types: arrows and Enter take a term with its code, anything else stays free text. */
export function TermField({ list, value, onChange, coded, most = 10, rightSection, ...rest }: TermFieldProps) {
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const told = useId();
  const [words] = useDebouncedValue(value.trim(), 90);
  const query = useQuery({
    ...reading(recordContract.terms, { query: { list, words, most } }),
    enabled: words.length > 0,
    staleTime: 5 * 60_000,
    placeholderData: keepPreviousData,
  });
  const terms = useMemo(() => (words ? (query.data?.terms ?? []) : []), [words, query.data]);
  const fresh = !query.isPlaceholderData && words === value.trim();
  const same = fresh && !coded ? terms.find((one) => fold(one.label) === fold(value.trim())) : undefined;
  // Words that are typed and that a list has to the letter are that term, picked or not; those of an entry that is only opened stay as they were.
  const typed = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each term that is found
  useEffect(() => {
    if (same && typed.current) onChange(value, same);
  }, [same]);
  const take = (key: string) => {
    const term = terms.find((one) => keyOf(one) === key);
    if (term) onChange(term.label, term);
    combobox.closeDropdown();
  };
  const open = combobox.dropdownOpened && terms.length > 0;
  return (
    <Combobox store={combobox} onOptionSubmit={take} withinPortal={false} shadow="md" transitionProps={{ duration: 0 }}>
      <Combobox.Target>
        <TextInput
          autoComplete="off"
          maxLength={300}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...rest}
          value={value}
          aria-describedby={[rest['aria-describedby'], told].filter(Boolean).join(' ')}
          rightSection={query.isFetching && combobox.dropdownOpened ? <Loader size={14} aria-hidden /> : rightSection}
          onChange={(event) => {
            typed.current = true;
            onChange(event.currentTarget.value, null);
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
          onKeyDown={(event) => {
            // Escape closes the list first, the panel next.
            if (event.key === 'Escape' && open) event.stopPropagation();
            rest.onKeyDown?.(event);
          }}
          onBlur={(event) => {
            combobox.closeDropdown();
            rest.onBlur?.(event);
          }}
        />
      </Combobox.Target>
      <VisuallyHidden id={told} role="status" aria-live="polite">
        {combobox.dropdownOpened && words && fresh
          ? terms.length > 0
            ? `${sayCount(terms.length, 'proposition')}, flèches pour choisir`
            : query.isFetched
              ? 'Aucune proposition, le texte reste libre'
              : ''
          : ''}
      </VisuallyHidden>
      <Combobox.Dropdown hidden={!open}>
        <Combobox.Options
          mah={300}
          style={{ overflowY: 'auto' }}
          aria-label={typeof rest.label === 'string' ? `Propositions pour ${rest.label}` : 'Propositions'}
        >
          {/* Closed, nothing of it is left that says the same words twice. */}
          {open &&
            terms.map((one) => (
              <Combobox.Option key={keyOf(one)} value={keyOf(one)}>
                <span className={css.term}>
                  <span>{one.label}</span>
                  {one.hint && <span className="dim tiny">{one.hint}</span>}
                </span>
              </Combobox.Option>
            ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
const keyOf = (term: Term): string => `${term.kind} ${term.code ?? ''} ${term.label}`;
