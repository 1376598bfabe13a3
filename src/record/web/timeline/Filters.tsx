import { Button, MultiSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Search, useUrl } from '../../../web/routes.tsx';
import { useSearchWords } from '../../../web/search-words.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { FilterIcon, SearchIcon } from '../../../web/ui/icons.ts';
import { professionChoices } from '../../../web/words.ts';
import { timelineKindLabels, timelineKinds } from '../../contract.ts';
import css from './timeline.module.css';

export const filterKeys = ['q', 'genre', 'profession', 'du', 'au', 'erreurs'] as const;
/** The filters of the address, as the server wants them. */
export const filtersOf = (url: Search) =>
  Object.fromEntries(
    Object.entries({
      q: url.q,
      kind: url.genre,
      profession: url.profession,
      from: url.du,
      to: url.au,
      errors: url.erreurs === 'oui' ? 'true' : undefined,
    }).filter(([, value]) => value),
  ) as {
    q?: string;
    kind?: string;
    profession?: string;
    from?: string;
    to?: string;
    errors?: 'true';
  };

const kinds = timelineKinds.map((value) => ({ value, label: timelineKindLabels[value] }));
const list = (value: string | undefined): string[] => value?.split(',').filter(Boolean) ?? [];

/** Text, kinds, professions, period; all in the address. */
export function Filters({ professions }: { professions: readonly { code: string; label: string }[] }) {
  const [url, setUrl] = useUrl();
  const [open, setOpen] = useState(!!(url.genre || url.profession || url.du || url.au));
  const [text, type] = useSearchWords(url.q ?? '', (q) => setUrl({ q }), 250);
  const met = new Map(professions.map((one) => [one.code, one.label]));
  const choices = met.size ? [...met].map(([value, label]) => ({ value, label })) : professionChoices;
  for (const code of list(url.profession))
    if (!choices.some((one) => one.value === code))
      choices.push(...professionChoices.filter((one) => one.value === code));
  const count = [url.genre, url.profession, url.du, url.au, url.erreurs].filter(Boolean).length;
  return (
    <div
      className={`${css.filters} no-print`}
      data-open={open || undefined}
      role="search"
      aria-label="Filtrer l’historique"
    >
      <TextInput
        className={css.text}
        aria-label="Chercher dans ce dossier"
        placeholder="Chercher dans ce dossier"
        leftSection={<SearchIcon size={16} />}
        value={text}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <Button
        variant="default"
        leftSection={<FilterIcon size={16} />}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        Filtres{count ? ` (${count})` : ''}
      </Button>
      {open && (
        <div className={css.more}>
          <MultiSelect
            label="Genres"
            placeholder={url.genre ? undefined : 'Tous'}
            data={kinds}
            value={list(url.genre)}
            onChange={(value) => setUrl({ genre: value.join(',') || undefined })}
            searchable
            clearable
          />
          <MultiSelect
            label="Professions"
            placeholder={url.profession ? undefined : 'Toutes'}
            data={choices}
            value={list(url.profession)}
            onChange={(value) => setUrl({ profession: value.join(',') || undefined })}
            searchable
            clearable
          />
          <DateField label="Depuis le" value={url.du ?? ''} onChange={(du) => setUrl({ du: du || undefined })} />
          <DateField label="Jusqu’au" value={url.au ?? ''} onChange={(au) => setUrl({ au: au || undefined })} />
          <Button
            variant={url.erreurs ? 'light' : 'subtle'}
            aria-pressed={url.erreurs === 'oui'}
            onClick={() => setUrl({ erreurs: url.erreurs ? undefined : 'oui' })}
          >
            Avec les saisies par erreur
          </Button>
          {count > 0 && (
            <Button
              variant="subtle"
              onClick={() => setUrl(Object.fromEntries(filterKeys.map((key) => [key, undefined])))}
            >
              Effacer
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
