import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { reading } from '../../../web/api.ts';
import { fold } from '../../../web/palette.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { SearchIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { EmptyState, Failure, ListBones } from '../../../web/ui/states.tsx';
import { recordContract } from '../../contract.ts';
import css from './letters.module.css';

/** From which template one writes: those of the profession first; Enter takes the first. */
export function TemplateChoice({ patient, onClose }: { patient: string; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const navigate = useNavigate();
  const query = useQuery(reading(recordContract.letterTemplates));
  const words = fold(typed);
  const shown = (query.data?.templates ?? []).filter(
    (one) => one.status === 'active' && fold(`${one.title} ${one.useLabel} ${one.description}`).includes(words),
  );
  const write = (template: string) =>
    void navigate({ to: `/patients/${patient}/courriers/nouveau` as string, search: { modele: template } as never });
  const parts = [
    ['De ma profession', shown.filter(({ mine }) => mine)],
    ['Des autres professions', shown.filter(({ mine }) => !mine)],
  ] as const;
  const first = parts.flatMap(([, list]) => list)[0];
  return (
    <SidePanel
      title="Écrire un courrier"
      onClose={onClose}
      footer={
        <Button variant="default" onClick={() => write('libre')}>
          Écrire sans modèle
        </Button>
      }
    >
      <div className="stack loose">
        <TextInput
          data-autofocus
          aria-label="Chercher un modèle de courrier"
          placeholder="Adressage, bilan, attestation…"
          leftSection={<SearchIcon size={16} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && first && write(first.id)}
        />
        <Failure of={query} />
        {query.isPending && <ListBones rows={6} />}
        {query.data && shown.length === 0 && <EmptyState title="Aucun modèle ne correspond" />}
        {parts.map(
          ([title, list]) =>
            list.length > 0 && (
              <section key={title} aria-label={title}>
                <h3 className="small dim">{title}</h3>
                {list.map((one) => (
                  <button key={one.id} type="button" className={css.choice} onClick={() => write(one.id)}>
                    <span className="row wrap">
                      <span className="strong">{one.title}</span>
                      <Tag>{one.useLabel}</Tag>
                    </span>
                    {one.description && <span className="small dim">{one.description}</span>}
                  </button>
                ))}
              </section>
            ),
        )}
        {query.data?.writes && (
          <Link to={'/modeles' as string} className="small">
            Écrire et changer les modèles de courriers
          </Link>
        )}
      </div>
    </SidePanel>
  );
}
export default TemplateChoice;
