import { Button, Select, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useUrl } from '../../web/routes.tsx';
import { SearchIcon } from '../../web/ui/icons.ts';
import { EmptyState } from '../../web/ui/states.tsx';
import css from './programme.module.css';

/** Above a list: what is looked for, what narrows it, how many are left. The address holds it all. */
export function Filters({
  label,
  placeholder,
  count,
  alone,
  children,
}: {
  /** «Chercher un projet». */
  label: string;
  placeholder: string;
  count: ReactNode;
  /** No list follows in the same card. */
  alone?: boolean;
  children: ReactNode;
}) {
  const [url, setUrl] = useUrl();
  return (
    <div className={css.filters} style={alone ? { borderBottom: 0 } : undefined}>
      <TextInput
        size="xs"
        w={220}
        aria-label={label}
        placeholder={placeholder}
        leftSection={<SearchIcon size={15} />}
        value={url.q ?? ''}
        onChange={(event) => setUrl({ q: event.currentTarget.value })}
      />
      {children}
      <span className="grow" />
      <span className="dim small num" aria-live="polite">
        {count}
      </span>
    </div>
  );
}

/** One of a few, or none. */
export function Pick({
  name,
  label,
  data,
  width = 150,
}: {
  /** In the address. */
  name: string;
  label: string;
  data: readonly (readonly [value: string, words: string])[];
  width?: number;
}) {
  const [url, setUrl] = useUrl();
  return (
    <Select
      aria-label={label}
      placeholder={label}
      clearable
      size="xs"
      w={width}
      data={data.map(([value, words]) => ({ value, label: words }))}
      value={url[name] ?? null}
      onChange={(value) => setUrl({ [name]: value ?? undefined })}
    />
  );
}

export function ClearFilters({ names, quiet }: { names: readonly string[]; quiet?: boolean }) {
  const [, setUrl] = useUrl();
  return (
    <Button
      variant={quiet ? 'subtle' : 'default'}
      size={quiet ? 'compact-sm' : undefined}
      onClick={() => setUrl(Object.fromEntries(names.map((name) => [name, undefined])))}
    >
      Retirer les filtres
    </Button>
  );
}
/** The filters leave nothing. */
export const NoneLeft = ({ title, names }: { title: string; names: readonly string[] }) => (
  <EmptyState title={title} action={<ClearFilters names={names} />} />
);

/** Accents and capitals aside, as the server orders names. */
const french = new Intl.Collator('fr');
/** In the order asked for: `key` or `-key`; the first of the keys when none is. */
export function sortedBy<Line>(
  lines: readonly Line[],
  asked: string | undefined,
  keys: Readonly<Record<string, (one: Line) => string | number>>,
  first: (one: Line) => number = () => 0,
): Line[] {
  const down = asked?.startsWith('-') ? -1 : 1;
  const keyOf = keys[asked?.replace(/^-/, '') ?? ''] ?? Object.values(keys)[0]!;
  return lines.toSorted((a, b) => {
    const [x, y] = [keyOf(a), keyOf(b)];
    const by = typeof x === 'string' && typeof y === 'string' ? french.compare(x, y) : x < y ? -1 : x > y ? 1 : 0;
    return first(a) - first(b) || by * down;
  });
}
