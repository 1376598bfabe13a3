import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { reading } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { Kbd } from '../../../web/ui/bits.tsx';
import { CloseIcon, DownIcon, UpIcon } from '../../../web/ui/icons.ts';
import { useKeys } from '../../../web/ui/keys.ts';
import { recordContract } from '../../contract.ts';
import css from './cockpits.module.css';

/** Working through a list: which one, where in it, the next and the one before. The list is in the address, so a reload or a link keeps it. */
export function ListBar({ patient }: { patient: string }) {
  const [url, setUrl] = useUrl();
  const navigate = useNavigate();
  const name = url.liste;
  const query = useQuery({
    ...reading(recordContract.patientList, { params: { name: name ?? '' } }),
    enabled: name !== undefined,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
  const lines = query.data?.lines ?? [];
  const at = lines.findIndex((line) => line.patient.id === patient);
  // Whoever has left the list (it is done) was at this place: the next one stands there now.
  const place = useRef(0);
  useEffect(() => {
    if (at >= 0) place.current = at;
  }, [at]);
  const next = lines[at < 0 ? Math.min(place.current, lines.length - 1) : at + 1]?.patient;
  const before = lines[(at < 0 ? place.current : at) - 1]?.patient;
  const go = (to: { id: string } | undefined) =>
    to && void navigate({ to: '/patients/$patient', params: { patient: to.id }, search: { liste: name } });
  useKeys({ 'alt+ArrowDown': () => go(next), 'alt+ArrowUp': () => go(before) }, query.data !== undefined);
  if (name === undefined || !query.data) return null;
  return (
    <nav className={`${css.bar} no-print`} aria-label={`Liste : ${query.data.title}`}>
      <Link className={css.where} to="/patients" search={{ liste: name }}>
        {query.data.title}
      </Link>
      <span className="dim num nowrap">{at < 0 ? `${lines.length} à voir` : `${at + 1} sur ${lines.length}`}</span>
      <span className="grow" />
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<UpIcon size={15} />}
        disabled={!before}
        onClick={() => go(before)}
        aria-keyshortcuts="Alt+ArrowUp"
      >
        Précédent
      </Button>
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<DownIcon size={15} />}
        rightSection={<Kbd>Alt ↓</Kbd>}
        disabled={!next}
        onClick={() => go(next)}
        aria-keyshortcuts="Alt+ArrowDown"
      >
        {next ? `Suivant : ${next.name}` : 'Fin de la liste'}
      </Button>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        aria-label="Quitter la liste"
        onClick={() => setUrl({ liste: undefined })}
      >
        <CloseIcon size={15} />
      </Button>
    </nav>
  );
}
