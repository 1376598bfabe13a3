import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call, queries, Refusal, reading } from '../../web/api.ts';
import { Failure, ListBones, Note } from '../../web/ui/states.tsx';
import { SidePanel } from '../../web/ui/SidePanel.tsx';
import { Tag } from '../../web/ui/bits.tsx';
import { done, failed } from '../../web/ui/undo.tsx';
import { exchangeContract, type Flaw } from '../contract.ts';
import css from './exchange.module.css';
import { causes, place } from './say.ts';
import { refresh } from './TakeOverPage.tsx';

const replacing = new Set(['changed', 'exists', 'identity']);

/** One rejected resource: its errors, its text to correct, and two ways out. */
export function QuarantinePanel({ id, onClose }: { id: number; onClose: () => void }) {
  const query = useQuery({
    ...reading(exchangeContract.quarantined, { params: { id } }),
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const item = query.data;
  const [content, setContent] = useState('');
  const [issues, setIssues] = useState<Flaw[]>([]);
  const [version, setVersion] = useState(0);
  useEffect(() => {
    if (!item) return;
    setContent(item.content ?? '');
    setIssues(item.issues);
    setVersion(item.version);
  }, [item]);
  const gone = (words: string) => {
    done(words);
    if (item) refresh(item.run);
    onClose();
  };
  const submit = useMutation({
    mutationFn: () => call(exchangeContract.correctQuarantined, { params: { id }, body: { version, content } }),
    onSuccess: (answer) => {
      if (answer.done) return gone(`${answer.reference} est entrée dans le dossier.`);
      setIssues(answer.issues ?? []);
      setVersion(answer.version ?? version);
      if (answer.content !== undefined) setContent(answer.content);
      void queries.invalidateQueries({ queryKey: [exchangeContract.quarantine.path] });
    },
  });
  const discard = useMutation({
    mutationFn: () => call(exchangeContract.discardQuarantined, { params: { id }, body: { version } }),
    onSuccess: () => gone('Ligne écartée. Une nouvelle reprise des mêmes fichiers ne la proposera plus.'),
    onError: failed,
  });
  const open = item?.status === 'open';
  return (
    <SidePanel
      wide
      title={item ? `${item.type || 'Ressource illisible'}` : 'Quarantaine'}
      subtitle={item && `${item.file}, ${place(item)}`}
      onClose={onClose}
      footer={
        open && (
          <>
            <Button loading={submit.isPending} onClick={() => submit.mutate()}>
              Soumettre de nouveau
            </Button>
            <Button variant="default" loading={discard.isPending} onClick={() => discard.mutate()}>
              Écarter
            </Button>
          </>
        )
      }
    >
      <Failure compact of={query} />
      {query.isPending && <ListBones rows={8} />}
      {item && (
        <div className="stack">
          <div className="row wrap">
            <Tag tone="warning">{causes[item.cause] ?? item.cause}</Tag>
            {!open && (
              <Tag
                tone={item.status === 'corrected' ? 'success' : 'neutral'}
              >{`${item.status === 'corrected' ? 'corrigée' : 'écartée'} par ${item.decidedBy}`}</Tag>
            )}
          </div>
          <ul className={`plain ${css.flaws}`} aria-label="Ce qui est à corriger" aria-live="polite">
            {issues.map((flaw) => (
              <li key={`${flaw.path} ${flaw.words}`}>
                {flaw.path && <code>{flaw.path}</code>} {flaw.words}
                {flaw.diagnostics && (
                  <div className="dim tiny" lang="en">
                    {flaw.diagnostics}
                  </div>
                )}
              </li>
            ))}
          </ul>
          {open && replacing.has(item.cause) && (
            <Note tone="warning">
              Si vous la soumettez, cette version remplacera celle qui est dans le dossier (l’ancienne reste dans
              l’historique).
            </Note>
          )}
          {item.masked && (
            <Note tone="info">
              {item.content === null
                ? 'Ce texte n’est pas lisible et peut être médical : il n’est pas montré. Corrigez-le dans le logiciel d’origine, donnez ici la ressource entière, ou écartez la ligne.'
                : 'Les valeurs médicales sont masquées (⟦masqué⟧). Laissez-les à leur place, elles seront remises telles quelles ; une valeur fautive se remplace sans être vue. L’identité, les références, les états et les dates restent lisibles.'}
            </Note>
          )}
          {submit.error && (
            <Note tone="danger" live>
              {submit.error instanceof Refusal
                ? submit.error.message
                : 'La correction n’est pas partie. Votre texte est gardé ici : réessayez.'}
            </Note>
          )}
          <Textarea
            label="Ressource FHIR (JSON)"
            value={content}
            readOnly={!open}
            onChange={(event) => setContent(event.currentTarget.value)}
            autosize
            minRows={12}
            maxRows={36}
            spellCheck={false}
            classNames={{ input: css.code }}
          />
        </div>
      )}
    </SidePanel>
  );
}
