import { Switch } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { useMe } from '../../../web/session.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { changedLetters } from './words.ts';

/** The public list of results: published or not. */
export function ResultsCard({
  edition,
  publishedAt,
  may,
}: {
  edition: string;
  publishedAt: string | null;
  may: boolean;
}) {
  const me = useMe();
  const turn = useMutation({
    mutationFn: (on: boolean) => call(programmeContract.publishResults, { params: { edition }, body: { on } }),
    onSuccess: (_nothing, on) => {
      changedLetters();
      done(on ? 'La liste des résultats est publique.' : 'La liste n’est plus publique.', () =>
        call(programmeContract.publishResults, { params: { edition }, body: { on: !on } }).then(changedLetters),
      );
    },
    onError: failed,
  });
  return (
    <Card
      title="Liste des résultats"
      action={publishedAt ? <Tag tone="success">publique</Tag> : <Tag>non publiée</Tag>}
    >
      <div className={`${css.body} stack`}>
        <p className="small dim">
          Équipes retenues et liste d’attente, sans compte pour la lire. Les équipes non retenues n’y sont pas nommées.
        </p>
        {may && (
          <Switch
            label="Publier la liste"
            checked={publishedAt !== null}
            disabled={turn.isPending}
            onChange={(event) => turn.mutate(event.currentTarget.checked)}
          />
        )}
        {publishedAt && (
          <a href={`/programme/resultats/${me.practice.id}/${edition}`} target="_blank" rel="noreferrer">
            Voir la liste publiée le {sayDate(publishedAt)}
          </a>
        )}
      </div>
    </Card>
  );
}
