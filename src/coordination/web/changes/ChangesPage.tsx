import { Button, SegmentedControl, Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useRef, type KeyboardEvent } from 'react';
import { professionChoices } from '../../../web/words.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayAgo, sayCount } from '../../../web/say.ts';
import { CheckIcon, NewIcon } from '../../../web/ui/icons.ts';
import { failed } from '../../../web/ui/undo.tsx';
import { EmptyState, Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { Frame } from '../Frame.tsx';
import { ChangeLines } from './ChangeLines.tsx';
import css from './changes.module.css';
import { markSeen, useChanges } from './use-changes.ts';

/** `/coordination/nouveautes`: what others did to my patients since I last looked. Arrows move from patient to patient, V marks as seen. */
export default function ChangesPage() {
  const [url, setUrl] = useUrl();
  const view = url.vue === 'attention' ? 'attention' : 'all';
  const days = [7, 14, 30, 90].includes(Number(url.jours)) ? Number(url.jours) : 14;
  const query = useChanges({ view, days, profession: url.profession });
  const list = useRef<HTMLUListElement>(null);
  const data = query.data;
  const seen = (patient: { id: string; name: string } | null) => data && markSeen(patient, data.until).catch(failed);
  const move = (event: KeyboardEvent<HTMLLIElement>, index: number, patient: { id: string; name: string }) => {
    const items = list.current?.children;
    const to = { ArrowDown: index + 1, j: index + 1, ArrowUp: index - 1, k: index - 1 }[event.key];
    if (to !== undefined) {
      (items?.[to] as HTMLElement | undefined)?.focus();
      event.preventDefault();
    } else if (event.key.toLowerCase() === 'v' && event.target === event.currentTarget) {
      ((items?.[index + 1] ?? items?.[index - 1]) as HTMLElement | undefined)?.focus();
      void seen(patient);
    }
  };
  return (
    <Frame
      title="Nouveautés"
      action={
        data && data.patients.length > 0 ? (
          <Button variant="default" leftSection={<CheckIcon size={16} />} onClick={() => void seen(null)}>
            Tout marquer comme vu
          </Button>
        ) : undefined
      }
    >
      <div className={css.filters}>
        <SegmentedControl
          aria-label="Quelles nouveautés"
          value={view}
          onChange={(vue) => setUrl({ vue: vue === 'all' ? undefined : vue })}
          data={[
            { value: 'all', label: `Toutes${data ? ` · ${data.total}` : ''}` },
            { value: 'attention', label: `À votre attention${data ? ` · ${data.attention}` : ''}` },
          ]}
        />
        <Select
          aria-label="Écrites par"
          placeholder="Toutes professions"
          clearable
          searchable
          data={professionChoices}
          value={url.profession ?? null}
          onChange={(profession) => setUrl({ profession: profession ?? undefined })}
        />
        <Select
          aria-label="Depuis"
          allowDeselect={false}
          data={[7, 14, 30, 90].map((value) => ({ value: String(value), label: `Depuis ${value} jours au plus` }))}
          value={String(days)}
          onChange={(jours) => setUrl({ jours: jours === '14' ? undefined : (jours ?? undefined) })}
        />
      </div>
      <Failure of={query} />
      {query.isPending && <ListBones rows={10} />}
      {data && data.patients.length === 0 && (
        <div className="card">
          <EmptyState
            icon={NewIcon}
            title={view === 'attention' ? 'Rien ne demande votre attention' : 'Rien de nouveau chez vos patients'}
            action={
              view === 'attention' && data.total > 0 ? (
                <Button variant="default" onClick={() => setUrl({ vue: undefined })}>
                  Voir les {sayCount(data.total, 'autre patient', 'autres patients')}
                </Button>
              ) : undefined
            }
          >
            Ce que vos collègues écrivent dans les dossiers de vos patients s’affiche ici, ce qui vous attend en
            premier.
          </EmptyState>
        </div>
      )}
      {data?.more && (
        <Note>
          Seules les nouveautés les plus récentes sont affichées. Réduisez la période, ou marquez comme vu ce que vous
          avez lu.
        </Note>
      )}
      <ul className={`plain ${css.patients}`} ref={list}>
        {data?.patients.map((group, index) => (
          <li
            key={group.patient.id}
            className={`card ${css.card}`}
            tabIndex={index === 0 ? 0 : -1}
            onKeyDown={(event) => move(event, index, group.patient)}
            data-attention={group.attention > 0 || undefined}
            aria-label={`${group.patient.name}, ${sayCount(group.count, 'nouveauté')}`}
          >
            <header className={css.head}>
              <Link to="/patients/$patient" params={{ patient: group.patient.id }} className={css.patient}>
                <span className="strong">{group.patient.name}</span>{' '}
                <span className="dim small nowrap">{group.patient.age}</span>
              </Link>
              <span className="dim small">depuis {sayAgo(group.since)}</span>
              <span className="grow" />
              <Button
                size="compact-sm"
                variant="subtle"
                color="gray"
                leftSection={<CheckIcon size={14} />}
                onClick={() => void seen(group.patient)}
                aria-label={`Vu : marquer comme vues les nouveautés de ${group.patient.name}`}
              >
                Vu
              </Button>
            </header>
            <ChangeLines group={group} most={8} />
          </li>
        ))}
      </ul>
    </Frame>
  );
}
