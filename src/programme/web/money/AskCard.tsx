import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { Card, WhoWhen } from '../../../web/ui/bits.tsx';
import { Note, Nothing } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { changedMoney, type Detail, type Money } from './words.ts';

/** What is asked of the vendors: they read these words and the team's name, nothing else of the project. */
export function AskCard({ project, money, detail }: { project: string; money: Money; detail: Detail }) {
  const { ask } = detail;
  const [typed, setTyped] = useState<string>();
  const save = useMutation({
    mutationFn: ({ words, seen }: { words: string; seen: number }) =>
      call(programmeContract.askVendors, { params: { project }, body: { seen, words } }),
    onSuccess: (_, { seen }) => {
      changedMoney();
      setTyped(undefined);
      done(
        'Demande enregistrée.',
        ask ? () => save.mutateAsync({ words: ask.words, seen: seen + 1 }) : undefined,
        'Demande remise.',
      );
    },
    onError: changedMoney,
  });
  const writing = typed !== undefined;
  return (
    <Card
      title="Demande aux éditeurs"
      action={
        money.may.offer &&
        !writing && (
          <Button size="compact-sm" variant="subtle" onClick={() => setTyped(ask?.words ?? '')}>
            {ask ? 'Changer' : 'Écrire'}
          </Button>
        )
      }
    >
      {!writing && !ask && (
        <Nothing>Les éditeurs sollicités (onglet Personnes) ne voient que le nom de l’équipe et ce texte.</Nothing>
      )}
      <div className={css.body}>
        {!writing && ask && (
          <div className="stack tight">
            <p className="as-typed small">{ask.words}</p>
            <WhoWhen who={{ name: ask.by, role: '' }} when={ask.at} />
          </div>
        )}
        {writing && (
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              save.mutate({ words: typed, seen: ask?.version ?? 0 });
            }}
          >
            <Textarea
              aria-label="Ce qui est demandé aux éditeurs"
              autosize
              minRows={3}
              autoFocus
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              placeholder="Périmètre, nombre de personnes par profession, reprise des données, formation, délai de réponse…"
            />
            {save.error instanceof Refusal && (
              <Note tone="danger" live>
                {save.error.message}
              </Note>
            )}
            <div className="row">
              <Button type="submit" size="compact-md" disabled={!typed.trim()} loading={save.isPending}>
                Enregistrer la demande
              </Button>
              <Button size="compact-md" variant="subtle" onClick={() => setTyped(undefined)}>
                Laisser
              </Button>
            </div>
          </form>
        )}
      </div>
    </Card>
  );
}
