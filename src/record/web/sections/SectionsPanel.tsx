import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { reading } from '../../../web/api.ts';
import { fold } from '../../../web/palette.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { SearchIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { EmptyState, Failure, ListBones } from '../../../web/ui/states.tsx';
import { recordContract } from '../../contract.ts';
import { usePanel } from '../use-record.ts';
import css from './sections.module.css';

/** Which section to fill: those of the profession first. */
export default function SectionsPanel({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [, setPanel] = usePanel();
  const query = useQuery(reading(recordContract.sections));
  const words = fold(typed);
  const shown = (query.data?.sections ?? []).filter(
    (one) => one.status === 'active' && fold(`${one.title} ${one.themeLabel} ${one.description}`).includes(words),
  );
  const parts = [
    ['De ma profession', shown.filter(({ mine }) => mine)],
    ['Des autres professions', shown.filter(({ mine }) => !mine)],
  ] as const;
  return (
    <SidePanel title="Remplir un volet" onClose={onClose}>
      <div className="stack loose">
        <TextInput
          data-autofocus
          aria-label="Chercher un volet"
          placeholder="Plaie, chute, douleur…"
          leftSection={<SearchIcon size={16} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && shown[0] && setPanel(`volet:${shown[0].id}`)}
        />
        <Failure of={query} />
        {query.isPending && <ListBones rows={6} />}
        {query.data && shown.length === 0 && <EmptyState title="Aucun volet ne correspond" />}
        {parts.map(
          ([title, list]) =>
            list.length > 0 && (
              <section key={title} aria-label={title}>
                <h3 className="small dim">{title}</h3>
                <ul className={css.list}>
                  {list.map((one) => (
                    <li key={one.id}>
                      <button type="button" onClick={() => setPanel(`volet:${one.id}`)}>
                        <span className="row wrap">
                          <span className="strong">{one.title}</span>
                          <Tag>{one.themeLabel}</Tag>
                        </span>
                        {one.description && <span className="small dim">{one.description}</span>}
                      </button>
                    </li>
                  ))}
                </ul>
              </section>
            ),
        )}
        {query.data?.writes && (
          <Link to={'/volets' as string} className="small">
            Écrire et changer les volets de la structure
          </Link>
        )}
      </div>
    </SidePanel>
  );
}
