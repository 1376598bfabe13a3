import { Button, SegmentedControl, Tabs } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { memo, useDeferredValue } from 'react';
import { call, reading, Refusal, failureOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { Tag } from '../../../web/ui/bits.tsx';
import { Bone, EmptyState, ErrorState, Failure, NoRight, Note } from '../../../web/ui/states.tsx';
import { type Edition, programmeContract } from '../../contract.ts';
import { EditionView } from '../calls/EditionView.tsx';
import css from '../programme.module.css';
import { Conditions } from './ConditionsPart.tsx';
import { Criteria } from './CriteriaPart.tsx';
import own from './editor.module.css';
import { Form } from './FormPart.tsx';
import { General } from './GeneralPart.tsx';
import { Money } from './MoneyPart.tsx';
import { Papers } from './PapersPart.tsx';
import { PublishCard } from './PublishCard.tsx';
import { Steps } from './StepsPart.tsx';
import { TryPanel } from './TryPanel.tsx';
import { forgetDraft, pause, useCallDraft } from './use-call-draft.ts';

const parts = [
  ['general', 'Dates et places', General],
  ['conditions', 'Conditions', Conditions],
  ['classement', 'Classement', Criteria],
  ['montants', 'Montants', Money],
  ['formulaire', 'Formulaire', Form],
  ['pieces', 'Pièces', Papers],
  ['etapes', 'Étapes', Steps],
] as const;
/** What stands beside follows a moment later: it is drawn when the hand rests, never between two keys. */
const Preview = memo(EditionView);
const Trial = memo(TryPanel);

/** `/programme/appels/$edition/modifier`: a call is data: changed on screen, seen and tried before it is published as a version. */
export default function EditPage() {
  const { edition: id } = useParams({ strict: false }) as { edition: string };
  const query = useQuery({
    ...reading(programmeContract.regionCall, { params: { edition: id } }),
    refetchOnWindowFocus: false,
  });
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data)
    return (
      <div className="page">
        <Bone h={420} />
      </div>
    );
  if (!query.data.writes)
    return (
      <div className="page">
        <NoRight detail="Un instructeur de l’ARS écrit les appels." />
      </div>
    );
  const from = query.data.draft?.edition ?? query.data.edition;
  if (!from)
    return (
      <div className="page">
        <EmptyState
          title="Ce brouillon a été abandonné"
          action={
            <Button component={Link} to={'/programme/appels' as string} variant="default">
              Voir les appels
            </Button>
          }
        >
          Il n’a jamais été publié : il n’y a plus rien à modifier.
        </EmptyState>
      </div>
    );
  return (
    <Editor
      key={id}
      id={id}
      from={from}
      seen={query.data.draftVersion}
      published={query.data.published}
      drafted={query.data.draft !== null}
    />
  );
}

function Editor({
  id,
  from,
  seen: opened,
  published,
  drafted: begun,
}: {
  id: string;
  from: Edition;
  seen: number;
  published: number;
  drafted: boolean;
}) {
  const [url, setUrl] = useUrl();
  const { edition, change, seen, drafted, dirty, save } = useCallDraft(id, from, { seen: opened, drafted: begun });
  const beheld = useDeferredValue(edition);
  const [settled] = useDebouncedValue(edition, pause);
  const checked = useQuery({
    queryKey: [programmeContract.checkCall.path, id, settled],
    queryFn: ({ signal }) =>
      call(programmeContract.checkCall, { params: { edition: id }, body: { edition: settled } }, { signal }),
    retry: false,
    gcTime: 0,
    placeholderData: (before) => before,
  });
  /** What is wrong in what stands here now, not a moment ago. */
  const known = settled === edition && !checked.isPlaceholderData;
  const part = parts.find(([value]) => value === url.partie)?.[0] ?? 'general';
  const beside = url.cote === 'essai' ? 'essai' : 'apercu';
  const conflict = save.error instanceof Refusal && save.error.extra.reason === 'edited-meanwhile' ? save.error : null;
  return (
    <div className="page">
      <title>{`${edition.title}, modification · Estran`}</title>
      <header className="page-head">
        <div className={css.title}>
          <p className="small">
            <Link to={'/programme/appels' as string}>Appels</Link>
          </p>
          <h1>
            {edition.title}{' '}
            <Tag tone="warning">{published === 0 ? 'brouillon' : `prépare la version ${published + 1}`}</Tag>
          </h1>
        </div>
        <SegmentedControl
          aria-label="À droite"
          value={beside}
          onChange={(cote) => setUrl({ cote: cote === 'essai' ? 'essai' : undefined })}
          data={[
            { value: 'apercu', label: 'Aperçu' },
            { value: 'essai', label: 'Essayer sur des dossiers' },
          ]}
        />
      </header>
      <div className={css.halves}>
        <div>
          <div className="card pad">
            <Tabs
              value={part}
              onChange={(partie) => setUrl({ partie: partie === 'general' ? undefined : (partie ?? undefined) })}
              keepMounted={false}
            >
              <Tabs.List mb="md" style={{ flexWrap: 'wrap' }}>
                {parts.map(([value, label]) => (
                  <Tabs.Tab key={value} value={value} style={{ flex: 'none' }}>
                    {label}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
              {parts.map(([value, , Part]) => (
                <Tabs.Panel key={value} value={value}>
                  <Part edition={edition} change={change} />
                </Tabs.Panel>
              ))}
            </Tabs>
          </div>
          <div className={own.bar}>
            <Button variant="default" loading={save.isPending} disabled={!dirty} onClick={() => save.mutate(undefined)}>
              Enregistrer le brouillon
            </Button>
            <span className="dim small" aria-live="polite">
              {dirty ? 'Modifications gardées sur ce poste' : drafted ? 'Brouillon enregistré' : ''}
            </span>
            <span className="grow" />
            {checked.data && checked.data.flaws.length > 0 && (
              <Tag tone="warning">{checked.data.flaws.length} à corriger</Tag>
            )}
          </div>
          {conflict && (
            <div style={{ marginTop: 12 }}>
              <Note
                tone="warning"
                live
                action={
                  <span className="row wrap">
                    <Button
                      size="compact-sm"
                      variant="default"
                      onClick={() => {
                        forgetDraft(id);
                        location.reload();
                      }}
                    >
                      Voir l’autre version
                    </Button>
                    <Button
                      size="compact-sm"
                      variant="light"
                      onClick={() => save.mutate(Number(conflict.extra.version))}
                    >
                      Enregistrer la mienne
                    </Button>
                  </span>
                }
              >
                {conflict.message}
              </Note>
            </div>
          )}
          {save.error && !conflict && (
            <div style={{ marginTop: 12 }}>
              <ErrorState compact error={save.error} />
            </div>
          )}
          <div style={{ marginTop: 16 }}>
            <PublishCard
              id={id}
              published={published}
              flaws={checked.data?.flaws}
              error={failureOf(checked)}
              ready={known}
              changed={dirty || drafted}
              hushed={conflict !== null}
              draft={async () => (dirty || !drafted ? (await save.mutateAsync(undefined)).version : seen)}
            />
          </div>
        </div>
        <div className={css.beside}>
          {beside === 'essai' ? <Trial edition={beheld} /> : <Preview edition={beheld} stacked />}
        </div>
      </div>
    </div>
  );
}
