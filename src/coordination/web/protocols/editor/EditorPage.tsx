import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, Navigate, useNavigate, useParams } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { call, failureOf } from '../../../../web/api.ts';
import { useUrl } from '../../../../web/routes.tsx';
import { sayCount } from '../../../../web/say.ts';
import { Card, Tag } from '../../../../web/ui/bits.tsx';
import { BackIcon, EditIcon, RemoveIcon } from '../../../../web/ui/icons.ts';
import { Bone, EmptyState, Failure, NoRight, Note } from '../../../../web/ui/states.tsx';
import { done, failed } from '../../../../web/ui/undo.tsx';
import { coordinationContract } from '../../../contract.ts';
import { DiagramView } from '../diagram/DiagramView.tsx';
import { type Detail, protocolQuery, refreshProtocols, useChecked } from '../use-protocol.ts';
import { About } from './About.tsx';
import { Alerts } from './Alerts.tsx';
import { Conflict } from './Conflict.tsx';
import css from './editor.module.css';
import { sendable, unfinished } from './edit.rules.ts';
import { Outline } from './Outline.tsx';
import { Publish } from './Publish.tsx';
import { References } from './References.tsx';
import { StepForm } from './StepForm.tsx';
import { useBegin } from './use-begin.ts';
import { saveWords, useEditor } from './use-editor.ts';
import { useLater } from './use-later.ts';

/** `/coordination/protocoles/:id/modifier`: the draft of a protocol; one in force is changed through a draft beside it. */
export default function EditorPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  // Read once: what arrives meanwhile must not change the form under the hand; the editor hears of it.
  const query = useQuery({
    ...protocolQuery(id),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnMount: 'always',
  });
  const protocol = query.isFetchedAfterMount ? query.data : undefined;
  const begin = useBegin();
  if (!protocol) return <div className="page">{failureOf(query) ? <Failure of={query} /> : <Bone h={520} />}</div>;
  if (!protocol.mayEdit)
    return (
      <div className="page">
        <NoRight
          detail="Les protocoles sont écrits par la coordination, les responsables et les soignants de la structure."
          action={
            <Link to="/coordination/protocoles/$id" params={{ id }}>
              Lire ce protocole
            </Link>
          }
        />
      </div>
    );
  if (protocol.state !== 'draft' && protocol.draft)
    return <Navigate to="/coordination/protocoles/$id/modifier" params={{ id: protocol.draft }} replace />;
  if (protocol.state !== 'draft')
    return (
      <div className="page">
        <EmptyState
          icon={EditIcon}
          title={protocol.state === 'retired' ? 'Ce protocole est retiré' : 'Préparer la prochaine édition'}
          action={
            protocol.state === 'active' ? (
              <Button loading={begin.isPending} onClick={() => begin.mutate(protocol)}>
                Commencer un brouillon
              </Button>
            ) : (
              <Link to="/coordination/protocoles/$id" params={{ id }}>
                Le lire, ou en écrire un autre à partir de lui
              </Link>
            )
          }
        >
          {protocol.state === 'active'
            ? 'L’édition en vigueur ne bouge pas. Un brouillon s’ouvre à côté ; il la remplace quand vous le mettez en vigueur.'
            : 'Un protocole retiré reste lisible, il ne se modifie plus.'}
        </EmptyState>
      </div>
    );
  return <Desk key={id} opened={protocol} />;
}

function Desk({ opened }: { opened: Detail }) {
  const editor = useEditor(opened);
  const { model, change } = editor;
  const [url, setUrl] = useUrl();
  const navigate = useNavigate();
  const [publishing, setPublishing] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const missing = unfinished(model);
  const settled = useLater(missing.size === 0 ? sendable(model) : undefined, 400);
  const checked = useChecked(settled);
  const problems = checked.data?.problems ?? [];
  const step = model.steps.find((one) => `etape:${one.id}` === url.partie);
  const part = step ? 'step' : (['alertes', 'references'].find((one) => one === url.partie) ?? 'presentation');
  const wrong = new Set([
    ...problems.filter((one) => one.severity === 'error' && one.step).map((one) => one.step!),
    ...[...missing.keys()].filter((one): one is string => one !== null),
  ]);
  const go = (partie: string, focus = true) => {
    setUrl({ partie });
    requestAnimationFrame(() => {
      if (focus) form.current?.querySelector<HTMLElement>('input, textarea')?.focus();
      // Under one another: the form is where one has to look.
      if (matchMedia('(max-width: 1080px)').matches) form.current?.scrollIntoView({ block: 'start' });
    });
  };
  const drop = useMutation({
    mutationFn: async () =>
      call(coordinationContract.dropDraft, {
        params: { id: editor.id },
        body: { version: await editor.flush().catch(() => editor.version) },
      }),
    onSuccess: () => {
      editor.forget();
      void refreshProtocols();
      void navigate({ to: '/coordination/protocoles' });
      // What was thrown away can be taken up again, as a draft of its own or beside the same protocol.
      done(
        'Brouillon jeté.',
        async () => {
          const beside = opened.draftOf
            ? await call(coordinationContract.protocol, { params: { id: opened.draftOf } })
            : null;
          const back = beside
            ? await call(coordinationContract.changeProtocol, {
                params: { id: beside.id },
                body: { version: beside.version, model: sendable(model) },
              })
            : await call(coordinationContract.writeProtocol, { body: { model: sendable(model) } });
          await refreshProtocols();
          void navigate({ to: '/coordination/protocoles/$id/modifier', params: { id: back.id } });
        },
        'Brouillon repris.',
      );
    },
    onError: failed,
  });
  const errors = problems.filter((one) => one.severity === 'error').length;
  return (
    <div className={`page ${css.page}`}>
      <title>{`${model.title || 'Protocole'}, brouillon · Estran`}</title>
      <header className={css.head}>
        <div className={css.name}>
          <Link to="/coordination/protocoles/$id" params={{ id: opened.id }} className={css.back}>
            <BackIcon size={15} /> Lire le protocole
          </Link>
          <h1>{model.title || 'Protocole sans titre'}</h1>
          <div className="row wrap small">
            <Tag tone="warning">Brouillon</Tag>
            <span className="dim" role="status">
              {saveWords[editor.state]}
            </span>
            {errors > 0 && <span className="danger">{sayCount(errors, 'point à corriger', 'points à corriger')}</span>}
          </div>
        </div>
        <Button
          variant="default"
          leftSection={<RemoveIcon size={16} />}
          loading={drop.isPending}
          onClick={() => drop.mutate()}
        >
          Jeter le brouillon
        </Button>
        {opened.mayPublish && (
          <Button disabled={!!editor.conflict} onClick={() => setPublishing(true)}>
            Mettre en vigueur…
          </Button>
        )}
      </header>
      {editor.conflict && <Conflict editor={editor} />}
      {editor.refusal && (
        <Note tone="danger" live>
          {editor.refusal.message}
        </Note>
      )}
      <div className={css.desk}>
        <Outline
          model={model}
          part={url.partie ?? 'presentation'}
          problems={problems}
          missing={missing}
          change={change}
          go={go}
        />
        <div ref={form} className={css.form}>
          {part === 'presentation' && (
            <About model={model} change={change} problems={problems} missing={missing.get(null) ?? []} />
          )}
          {part === 'alertes' && <Alerts model={model} change={change} />}
          {part === 'references' && <References model={model} change={change} problems={problems} />}
          {step && (
            <StepForm
              key={step.id}
              step={step}
              model={model}
              change={change}
              problems={problems.filter((one) => one.step === step.id)}
              missing={missing.get(step.id) ?? []}
              go={go}
            />
          )}
        </div>
      </div>
      <Card title="Schéma">
        <div style={{ padding: '4px 16px 16px' }}>
          {failureOf(checked) ? (
            <Failure compact of={checked} />
          ) : (
            <DiagramView
              steps={model.steps}
              rounds={checked.data?.timeline ?? []}
              chosen={step?.id}
              wrong={wrong}
              onChoose={(id) => go(`etape:${id}`)}
            />
          )}
        </div>
      </Card>
      {publishing && (
        <Publish
          opened={opened}
          editor={editor}
          problems={problems}
          missing={missing}
          onClose={() => setPublishing(false)}
          go={go}
        />
      )}
    </div>
  );
}
