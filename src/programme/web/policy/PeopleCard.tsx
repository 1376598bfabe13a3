import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading } from '../../../web/api.ts';
import { Card, Face } from '../../../web/ui/bits.tsx';
import { RemoveIcon } from '../../../web/ui/icons.ts';
import { Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { changedTrack, roleLabels, type Track } from './words.ts';

/** Who has a part: those who write, the consultant, partners. */
export function PeopleCard({ track }: { track: Track }) {
  const [open, setOpen] = useState(false);
  const candidates = useQuery({
    ...reading(programmeContract.trackPeople, { params: { track: track.id } }),
    enabled: open,
  });
  const there = new Set(track.people.map(({ practitioner }) => practitioner));
  const give = (practitioner: string) =>
    call(programmeContract.putTrackPerson, { params: { track: track.id, practitioner } }).then(changedTrack);
  const add = async (practitioner: string) => {
    await give(practitioner);
    setOpen(false);
    done('Part donnée.');
  };
  const take = (practitioner: string) =>
    call(programmeContract.removeTrackPerson, { params: { track: track.id, practitioner } }).then(changedTrack);
  const groups = (['writer', 'consultant', 'partner'] as const).flatMap((role) => {
    const items = (candidates.data ?? [])
      .filter((one) => one.role === role && !there.has(one.practitioner))
      .map((one) => ({ value: one.practitioner, label: one.name }));
    return items.length ? [{ group: roleLabels[role], items }] : [];
  });
  const writes = track.may.manage && track.state !== 'stopped';
  return (
    <Card
      title="Qui y prend part"
      action={
        writes &&
        !open && (
          <Button size="compact-sm" variant="subtle" onClick={() => setOpen(true)}>
            Ajouter
          </Button>
        )
      }
    >
      {track.people.length === 0 && !open && (
        <Nothing>La coordination de l’équipe et l’ARS. Associez qui écrit, un consultant, un partenaire.</Nothing>
      )}
      <ul className={`plain ${css.body} stack tight`}>
        {track.people.map((one) => (
          <li key={one.practitioner} className="row">
            <Face name={one.name} size={24} quiet />
            <span className="grow">
              {one.name} <span className="dim small">{roleLabels[one.role]}</span>
            </span>
            {writes && (
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={`Retirer ${one.name}`}
                onClick={() =>
                  void take(one.practitioner).then(
                    () => done(`${one.name} n’a plus de part.`, () => give(one.practitioner), 'Part rendue.'),
                    failed,
                  )
                }
              >
                <RemoveIcon size={15} />
              </Button>
            )}
          </li>
        ))}
      </ul>
      {open && (
        <div className={css.body}>
          <Select
            label="Personne à associer"
            data={groups}
            searchable
            value={null}
            placeholder={candidates.isPending ? 'Chargement…' : 'Choisir'}
            nothingFoundMessage="Personne à ajouter"
            onChange={(value) => value && void add(value).catch(failed)}
          />
        </div>
      )}
    </Card>
  );
}
