import { Button, Popover, Switch } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { call, queries, reading, failureOf } from '../../../web/api.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { Failure, ListBones } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { kindChoices, kindLabel, professionLabel } from '../../../web/words.ts';
import { accessContract } from '../../contract.ts';
import css from './structure.module.css';

type Right = z.infer<typeof accessContract.rights.reply>[number];
type Reach = Right['reach'];
const reaches: { value: Reach; label: string; words: string }[] = [
  { value: 'none', label: 'Rien', words: 'ne voit pas' },
  { value: 'team', label: 'Ses patients', words: 'voit pour les patients dont il est dans l’équipe de soins' },
  { value: 'practice', label: 'Toute la structure', words: 'voit pour tous les patients' },
];
const same = (right: Right) => right.reach === right.readyMade.reach && right.write === right.readyMade.write;
const signs: Record<Reach, string> = { none: '–', team: 'É', practice: 'S' };

/** Professions × kinds of data (SEC-3): three signs and a pencil; a change is immediate, traced, and taken back for ten seconds. */
export default function RightsTable() {
  const query = useQuery(reading(accessContract.rights));
  const change = useMutation({
    mutationFn: ({ right, reach, write }: { right: Right; reach: Reach; write: boolean }) =>
      call(accessContract.changeRight, {
        params: { profession: right.profession, kind: right.kind },
        body: { reach, write },
      }),
    onSuccess: (_nothing, { right }) => {
      void query.refetch();
      void queries.invalidateQueries({ queryKey: [accessContract.me.path] });
      done(`Droit changé : ${professionLabel(right.profession)}, ${kindLabel(right.kind).toLowerCase()}.`, () =>
        call(accessContract.changeRight, {
          params: { profession: right.profession, kind: right.kind },
          body: { reach: right.reach, write: right.write },
        }).then(() => query.refetch()),
      );
    },
    onError: failed,
  });
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data)
    return (
      <div className="card">
        <ListBones rows={14} />
      </div>
    );
  const rows = Map.groupBy(query.data, (right) => right.profession);
  const kinds = kindChoices.filter((kind) => kind.value !== 'directory');
  const changed = query.data.filter((right) => !same(right)).length;
  return (
    <div className="stack">
      <ul className={`plain ${css.legend}`}>
        <li>
          <span className={css.sign} data-reach="practice">
            S
          </span>
          toute la structure
        </li>
        <li>
          <span className={css.sign} data-reach="team">
            É
          </span>
          patients de son équipe de soins
        </li>
        <li>
          <span className={css.sign} data-reach="none">
            –
          </span>
          ne voit pas
        </li>
        <li>
          <span className={css.sign} data-reach="team" data-write>
            É
          </span>
          souligné : peut aussi écrire
        </li>
        <li>
          <span className={css.sign} data-reach="team" data-changed>
            É
          </span>
          point : différent du tableau de départ {changed > 0 && <Tag tone="warning">{changed}</Tag>}
        </li>
      </ul>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keyboard */}
      <div className={`card ${css.scroll}`} tabIndex={0} role="region" aria-label="Tableau des droits">
        <table className={css.rights}>
          <caption className="vh">Droits de chaque profession sur chaque genre d’informations</caption>
          <thead>
            <tr>
              <th scope="col">Profession</th>
              {kinds.map((kind) => (
                <th scope="col" key={kind.value}>
                  <span>{kind.label}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...rows].map(([profession, rights]) => (
              <tr key={profession}>
                <th scope="row">{professionLabel(profession)}</th>
                {kinds.map((kind) => {
                  const right = rights.find((one) => one.kind === kind.value);
                  return (
                    <td key={kind.value}>
                      {right && (
                        <Cell right={right} onChange={(reach, write) => change.mutate({ right, reach, write })} />
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="dim small">
        Un compte d’administration n’accède jamais au contenu des dossiers. Les notes personnelles ne sont lues que par
        leur auteur. Chaque changement est inscrit au journal.
      </p>
    </div>
  );
}

function Cell({ right, onChange }: { right: Right; onChange: (reach: Reach, write: boolean) => void }) {
  const [open, setOpen] = useState(false);
  const name = `${professionLabel(right.profession)}, ${kindLabel(right.kind).toLowerCase()} : ${reaches.find((one) => one.value === right.reach)!.words}${right.write ? ', peut écrire' : ''}${same(right) ? '' : ', changé'}`;
  const choose = (reach: Reach, write: boolean) => {
    setOpen(false);
    onChange(reach, reach !== 'none' && write);
  };
  return (
    <Popover opened={open} onChange={setOpen} trapFocus returnFocus shadow="md" width={270} position="bottom">
      <Popover.Target>
        <button
          type="button"
          className={css.sign}
          data-reach={right.reach}
          data-write={right.write || undefined}
          data-changed={!same(right) || undefined}
          onClick={() => setOpen(!open)}
        >
          <span aria-hidden>{signs[right.reach]}</span>
          <span className="vh">{name}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={name}>
        {open && (
          <div className="stack" style={{ gap: 8 }}>
            <div>
              <div className="strong">{professionLabel(right.profession)}</div>
              <div className="dim small">{kindLabel(right.kind)}</div>
            </div>
            {reaches.map((reach) => (
              <Button
                key={reach.value}
                size="compact-md"
                justify="flex-start"
                variant={right.reach === reach.value ? 'light' : 'subtle'}
                aria-pressed={right.reach === reach.value}
                onClick={() => choose(reach.value, right.write)}
              >
                {reach.label}
              </Button>
            ))}
            <Switch
              label="Peut aussi écrire"
              checked={right.write}
              disabled={right.reach === 'none'}
              onChange={(event) => choose(right.reach, event.currentTarget.checked)}
            />
            {!same(right) && (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => choose(right.readyMade.reach, right.readyMade.write)}
              >
                Revenir au tableau de départ
              </Button>
            )}
          </div>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
