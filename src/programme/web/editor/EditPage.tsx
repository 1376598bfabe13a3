import { Button, SegmentedControl, Tabs, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { call, queries, reading, Refusal } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { Bone, ErrorState, NoRight, Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
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
import { Steps } from './StepsPart.tsx';
import { TryPanel } from './TryPanel.tsx';

const parts = [
  ['general', 'Dates et places', General],
  ['conditions', 'Conditions', Conditions],
  ['classement', 'Classement', Criteria],
  ['montants', 'Montants', Money],
  ['formulaire', 'Formulaire', Form],
  ['pieces', 'Pièces', Papers],
  ['etapes', 'Étapes', Steps],
] as const;
const shadow = (id: string) => `estran-draft:call:${id}`;
const changed = () => {
  for (const entry of [programmeContract.regionCalls, programmeContract.regionCall])
    void queries.invalidateQueries({ queryKey: [entry.path] });
};

/** `/programme/appels/$edition/modifier`: a call is data: changed on screen, seen and tried before it is published as a version. */
export default function EditPage() {
  const { edition: id } = useParams({ strict: false }) as { edition: string };
  const query = useQuery({
    ...reading(programmeContract.regionCall, { params: { edition: id } }),
    refetchOnWindowFocus: false,
  });
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
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
  return from ? (
    <Editor
      key={id}
      id={id}
      from={from}
      seen={query.data.draftVersion}
      published={query.data.published}
      drafted={query.data.draft !== null}
    />
  ) : null;
}

function Editor({
  id,
  from,
  seen: seenFirst,
  published,
  drafted: draftedFirst,
}: {
  id: string;
  from: Edition;
  seen: number;
  published: number;
  drafted: boolean;
}) {
  const [url, setUrl] = useUrl();
  const navigate = useNavigate();
  const [edition, setEdition] = useState<Edition>(() => {
    try {
      const kept = JSON.parse(sessionStorage.getItem(shadow(id)) ?? 'null') as {
        seen: number;
        edition: Edition;
      } | null;
      return kept?.seen === seenFirst ? kept.edition : from;
    } catch {
      return from;
    }
  });
  const [saved, setSaved] = useState(from);
  const [seen, setSeen] = useState(seenFirst);
  const [drafted, setDrafted] = useState(draftedFirst);
  const [reason, setReason] = useState('');
  const dirty = edition !== saved;
  useEffect(() => {
    if (dirty) sessionStorage.setItem(shadow(id), JSON.stringify({ seen, edition }));
    else sessionStorage.removeItem(shadow(id));
  }, [dirty, edition, id, seen]);
  const save = useMutation({
    mutationFn: (over: number | undefined) =>
      call(programmeContract.saveCallDraft, { params: { edition: id }, body: { seen: over ?? seen, edition } }),
    onSuccess: ({ version }) => {
      setSeen(version);
      setSaved(edition);
      setDrafted(true);
      changed();
    },
  });
  const publish = useMutation({
    mutationFn: async () => {
      const at = dirty || !drafted ? (await save.mutateAsync(undefined)).version : seen;
      return call(programmeContract.publishCall, { params: { edition: id }, body: { seen: at, reason } });
    },
    onSuccess: ({ version }) => {
      sessionStorage.removeItem(shadow(id));
      changed();
      done(`Version ${version} publiée.`);
      void navigate({ to: `/programme/appels/${id}` as string });
    },
  });
  const flaws = useQuery({
    queryKey: ['flaws', edition],
    queryFn: () => call(programmeContract.checkCall, { params: { edition: id }, body: { edition } }),
    retry: false,
  });
  const part = parts.find(([value]) => value === url.partie)?.[0] ?? 'general';
  const beside = url.cote === 'essai' ? 'essai' : 'apercu';
  const conflict = save.error instanceof Refusal && save.error.extra.reason === 'edited-meanwhile' ? save.error : null;
  const change = (patch: Partial<Edition>) => setEdition((before) => ({ ...before, ...patch }));
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
            {flaws.data && flaws.data.flaws.length > 0 && (
              <Tag tone="warning">{flaws.data.flaws.length} à corriger</Tag>
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
                        sessionStorage.removeItem(shadow(id));
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
            <Card title="Publier">
              <div className={`${css.body} stack`}>
                {flaws.error && <ErrorState compact error={flaws.error} />}
                {flaws.data && flaws.data.flaws.length > 0 && (
                  <ul className={css.steps}>
                    {flaws.data.flaws.map((one) => (
                      <li key={one.where + one.words} className="small">
                        <b>{one.where}</b> : {one.words}
                      </li>
                    ))}
                  </ul>
                )}
                {published > 0 && (
                  <Textarea
                    label="Pourquoi l’appel change"
                    description="Conservé avec la version."
                    autosize
                    minRows={2}
                    value={reason}
                    onChange={(event) => setReason(event.currentTarget.value)}
                  />
                )}
                {publish.error && !conflict && <ErrorState compact error={publish.error} />}
                <Button
                  loading={publish.isPending}
                  disabled={
                    !flaws.data ||
                    flaws.data.flaws.length > 0 ||
                    (published > 0 && (reason.trim().length < 10 || (!dirty && !drafted)))
                  }
                  onClick={() => publish.mutate()}
                >
                  Publier la version {published + 1}
                </Button>
                <p className="dim small">
                  Une version publiée ne change plus. Les candidatures déposées et les décisions gardent la leur.
                </p>
              </div>
            </Card>
          </div>
        </div>
        <div className={css.beside}>
          {beside === 'essai' ? <TryPanel edition={edition} /> : <EditionView edition={edition} stacked />}
        </div>
      </div>
    </div>
  );
}
