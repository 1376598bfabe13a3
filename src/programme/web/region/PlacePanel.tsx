import { Button, Select } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, queries, reading } from '../../../web/api.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { ErrorState } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { loadShapes, middleOf } from './geometry.ts';
import type { Practice } from './modes.ts';

export const changedRegion = (): void =>
  void queries.invalidateQueries({ queryKey: [programmeContract.regionPractices.path] });
/** Places a team, and takes it back for ten seconds. */
export async function placeTeam(
  { practice, team, place }: Practice,
  body: { commune: string } | { x: number; y: number; department: string },
): Promise<void> {
  await call(programmeContract.placePractice, { params: { practice }, body });
  changedRegion();
  const before = place?.byHand ? { x: place.x, y: place.y, department: place.department } : null;
  done(`${team} est placée.`, () =>
    (before
      ? call(programmeContract.placePractice, { params: { practice }, body: before })
      : call(programmeContract.unplacePractice, { params: { practice } })
    ).then(changedRegion),
  );
}

/** Where a team is, when its own words do not say. */
export function PlacePanel({
  one,
  shape,
  onPoint,
  onClose,
}: {
  one: Practice;
  shape: string | null;
  onPoint: () => void;
  onClose: () => void;
}) {
  const [typed, setTyped] = useState('');
  const [department, setDepartment] = useState<string | null>(null);
  const communes = useQuery({
    ...reading(programmeContract.communes, { query: { q: typed } }),
    enabled: typed.trim().length > 1,
    placeholderData: (before) => before,
  });
  const shapes = useQuery({
    queryKey: ['programme-shapes', shape],
    queryFn: () => loadShapes(shape),
    staleTime: Infinity,
  });
  const place = useMutation({
    mutationFn: (body: Parameters<typeof placeTeam>[1]) => placeTeam(one, body),
    onSuccess: onClose,
  });
  return (
    <SidePanel title={one.team} subtitle="Où est cette équipe ?" onClose={onClose}>
      <div className="stack loose">
        {one.territory && <p className="small">Territoire, dans ses mots : {one.territory}</p>}
        <Select
          label="Commune"
          description="Toutes les communes de France, celles de la région d’abord : par leur nom, d’aujourd’hui ou d’avant une fusion, ou par leur code INSEE."
          placeholder="Tapez les premières lettres"
          searchable
          data-autofocus
          searchValue={typed}
          onSearchChange={setTyped}
          filter={({ options }) => options}
          nothingFoundMessage={typed.trim().length > 1 ? 'Aucune commune' : 'Deux lettres au moins'}
          data={(communes.data ?? []).map(({ code, name, department: of }) => ({
            value: code,
            label: `${name} (${of})`,
          }))}
          onChange={(commune) => commune && place.mutate({ commune })}
        />
        <div className="stack">
          <Button variant="default" onClick={onPoint}>
            Montrer sur la carte
          </Button>
          <Select
            label="Ou le milieu d’un département"
            searchable
            value={department}
            data={(shapes.data?.shapes ?? []).map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))}
            onChange={setDepartment}
          />
          {department && (
            <Button
              loading={place.isPending}
              onClick={() =>
                place.mutate({ ...middleOf(shapes.data!.shapes.find(({ code }) => code === department)!), department })
              }
            >
              Placer dans ce département
            </Button>
          )}
        </div>
        {place.error && <ErrorState compact error={place.error} />}
      </div>
    </SidePanel>
  );
}
