import { TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading } from '../../../web/api.ts';
import { fold } from '../../../web/palette.ts';
import { Face } from '../../../web/ui/bits.tsx';
import { RightIcon, SearchIcon } from '../../../web/ui/icons.ts';
import { Failure, ListBones, Note, Nothing } from '../../../web/ui/states.tsx';
import { professionLabel, roleLabels } from '../../../web/words.ts';
import { accessContract } from '../../contract.ts';
import css from './SignIn.module.css';

/** Demo mode only: everyone of the invented practices, one click to be them. */
export function DemoAccounts({ onOpen }: { onOpen: () => void }) {
  const [typed, setTyped] = useState('');
  const accounts = useQuery(reading(accessContract.demoAccounts));
  const open = useMutation({
    mutationFn: (account: string) => call(accessContract.signInDemo, { body: { account } }, { quiet: true }),
    onSuccess: onOpen,
  });
  const found = (accounts.data ?? []).filter((one) =>
    fold(`${one.name} ${professionLabel(one.profession)} ${one.practice} ${one.login}`).includes(fold(typed)),
  );
  const practices = Map.groupBy(found, (one) => one.practice);
  return (
    <section className={css.demo} aria-labelledby="demo-title">
      <header>
        <h2 id="demo-title">Comptes de démonstration</h2>
        <p className="dim small">Personnes et dossiers inventés. Un clic ouvre la journée de cette personne.</p>
        <TextInput
          aria-label="Chercher un compte de démonstration"
          placeholder="Nom ou profession"
          leftSection={<SearchIcon size={16} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </header>
      {open.error && (
        <Note tone="danger" live>
          {open.error.message}
        </Note>
      )}
      {accounts.isPending && <ListBones rows={8} height={48} />}
      <Failure compact of={accounts} />
      {accounts.data && !found.length && <Nothing>Aucun compte de ce nom.</Nothing>}
      {[...practices].map(([practice, people]) => (
        <div key={practice}>
          <h3>{practice}</h3>
          <ul className={`plain ${css.people}`}>
            {people.map((one) => (
              <li key={one.account}>
                <button
                  type="button"
                  className={css.account}
                  disabled={open.isPending}
                  onClick={() => open.mutate(one.account)}
                >
                  <Face name={one.name} profession={one.profession} size={34} quiet />
                  <span className="grow">
                    <b className="clip">{one.name}</b>
                    <small>
                      {professionLabel(one.profession)}
                      {one.roles.length > 0 && ` · ${one.roles.map((role) => roleLabels[role]).join(', ')}`}
                    </small>
                  </span>
                  <RightIcon size={16} />
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
