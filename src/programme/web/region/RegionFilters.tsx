import { Button, Select, TextInput } from '@mantine/core';
import { useUrl } from '../../../web/routes.tsx';
import { SearchIcon } from '../../../web/ui/icons.ts';
import css from '../programme.module.css';
import { type Region, spendingWords, statusWords, useWords } from './modes.ts';

const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));
export const filterNames = ['q', 'status', 'step', 'delay', 'spending', 'use', 'call', 'department'] as const;

/** What narrows the map and the list; the address holds it. */
export function RegionFilters({ region, clear }: { region: Region; clear: () => void }) {
  const [url, setUrl] = useUrl();
  const filtered = filterNames.some((name) => url[name]);
  const filter = (
    name: (typeof filterNames)[number],
    label: string,
    data: { value: string; label: string }[],
    width = 160,
  ) =>
    data.length > 0 && (
      <Select
        aria-label={label}
        placeholder={label}
        clearable
        size="xs"
        w={width}
        data={data}
        value={url[name] ?? null}
        onChange={(value) => setUrl({ [name]: value ?? undefined })}
      />
    );
  return (
    <div className="card" style={{ marginBottom: 16 }}>
      <div className={css.filters} style={{ borderBottom: 0 }}>
        <TextInput
          size="xs"
          w={220}
          aria-label="Chercher une équipe"
          placeholder="Équipe, territoire, consultant"
          leftSection={<SearchIcon size={15} />}
          value={url.q ?? ''}
          onChange={(event) => setUrl({ q: event.currentTarget.value })}
        />
        {filter('status', 'État', options(statusWords))}
        {filter(
          'step',
          'Étape',
          region.steps.map(({ id, title }) => ({ value: id, label: title })),
          190,
        )}
        {filter(
          'delay',
          'Retard',
          [
            { value: 'late', label: 'En retard' },
            { value: 'on-time', label: 'À temps' },
          ],
          120,
        )}
        {region.columns.spending && filter('spending', 'Dépense', options(spendingWords))}
        {region.columns.use && filter('use', 'Usage', options(useWords))}
        {filter(
          'call',
          'Appel',
          region.calls.map(({ id, title }) => ({ value: id, label: title })),
          220,
        )}
        {filter(
          'department',
          'Département',
          region.departments.map((code) => ({ value: code, label: code })),
          130,
        )}
        {filtered && (
          <Button variant="subtle" size="compact-sm" onClick={clear}>
            Retirer les filtres
          </Button>
        )}
        <span className="grow" />
        <span className="dim small num" aria-live="polite">
          {region.practices.length} sur {region.of}
        </span>
      </div>
    </div>
  );
}
