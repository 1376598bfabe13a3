import { Button, Menu, Tabs } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { call, failureOf } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount, sayDate } from '../../../web/say.ts';
import { styleNonce } from '../../../web/theme.ts';
import { Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { BackIcon, EditIcon, MoreIcon, PrintIcon } from '../../../web/ui/icons.ts';
import { Bone, Failure, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { coordinationContract } from '../../contract.ts';
import { DiagramView } from './diagram/DiagramView.tsx';
import { useBegin } from './editor/use-begin.ts';
import { PatientStory } from './PatientStory.tsx';
import css from './protocols.module.css';
import { Sources } from './Sources.tsx';
import { StateTag } from './StateTag.tsx';
import { Steps } from './Steps.tsx';
import { type Detail, protocolQuery, refreshProtocols, useChecked } from './use-protocol.ts';

const tabs = [
  { value: 'etapes', label: 'Étapes' },
  { value: 'schema', label: 'Schéma' },
  { value: 'patient', label: 'Vu par le patient' },
  { value: 'sources', label: 'Sources et versions' },
];

/** `/coordination/protocoles/:id`: one protocol, to be read, drawn, told to a patient, and traced to its sources. */
export default function ProtocolPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const [url, setUrl] = useUrl();
  const version = url.version ? Number(url.version) : undefined;
  const query = useQuery(protocolQuery(id, version));
  const checked = useChecked(query.data?.model);
  useLive(['protocols', 'plans'], () => void refreshProtocols());
  const tab = tabs.find((one) => one.value === url.onglet)?.value ?? 'etapes';
  const list = useRef<HTMLDivElement>(null);
  const shown = query.data !== undefined;
  // On a telephone the tabs are wider than the screen.
  useEffect(() => {
    if (shown)
      list.current?.querySelector(`[data-tab="${tab}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [tab, shown]);
  const protocol = query.data;
  if (!protocol) return <div className="page">{failureOf(query) ? <Failure of={query} /> : <Bones />}</div>;
  const toStep = (step: string) => setUrl({ onglet: undefined, vue: undefined, etape: step }, { push: true });
  const rounds = checked.data?.timeline ?? [];
  return (
    <div className="page">
      {/* A named page would leave empty sheets around it: the whole print turns with the diagram. */}
      {tab === 'schema' && <style nonce={styleNonce()}>{'@page { size: A4 landscape; margin: 10mm; }'}</style>}
      <title>{`${protocol.title} · Estran`}</title>
      <Header protocol={protocol} old={version !== undefined} />
      <Tabs
        value={tab}
        onChange={(onglet) =>
          setUrl(
            { onglet: onglet === 'etapes' ? undefined : (onglet ?? undefined), etape: undefined, vue: undefined },
            { push: true },
          )
        }
        keepMounted={false}
      >
        <Tabs.List ref={list} mb="md" className={`${css.tabs} no-print`}>
          {tabs.map((one) => (
            <Tabs.Tab key={one.value} value={one.value} data-tab={one.value}>
              {one.label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="etapes">
          <Steps model={protocol.model} chosen={url.etape} />
        </Tabs.Panel>
        <Tabs.Panel value="schema">
          <div className="card pad">
            {checked.isPending ? (
              <Bone h={420} />
            ) : failureOf(checked) ? (
              <Failure of={checked} />
            ) : (
              <DiagramView steps={protocol.model.steps} rounds={rounds} onChoose={toStep} />
            )}
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="patient">
          {checked.isPending ? (
            <Bone h={420} />
          ) : failureOf(checked) ? (
            <Failure of={checked} />
          ) : (
            <PatientStory model={protocol.model} timeline={rounds} />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="sources">
          <Sources
            protocol={protocol}
            shown={version}
            onVersion={(next) =>
              setUrl({ version: next === undefined ? undefined : String(next), onglet: undefined }, { push: true })
            }
          />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function Header({ protocol, old }: { protocol: Detail; old: boolean }) {
  const navigate = useNavigate();
  const edit = (id: string) => void navigate({ to: '/coordination/protocoles/$id/modifier', params: { id } });
  const begin = useBegin();
  const copy = useMutation({
    mutationFn: () => call(coordinationContract.writeProtocol, { body: { from: protocol.id } }),
    onSuccess: (made) => {
      void refreshProtocols();
      edit(made.id);
    },
    onError: failed,
  });
  const retire = useMutation({
    mutationFn: () =>
      call(coordinationContract.retireProtocol, { params: { id: protocol.id }, body: { version: protocol.version } }),
    onSuccess: (now) => {
      void refreshProtocols();
      done(
        'Protocole retiré : il n’est plus proposé. Les patients qui le suivent continuent.',
        () =>
          call(coordinationContract.retireProtocol, {
            params: { id: now.id },
            body: { version: now.version, back: true },
          }).then(refreshProtocols),
        'Protocole remis en vigueur.',
      );
    },
    onError: failed,
  });
  const back = useMutation({
    mutationFn: () =>
      call(coordinationContract.retireProtocol, {
        params: { id: protocol.id },
        body: { version: protocol.version, back: true },
      }),
    onSuccess: () => {
      void refreshProtocols();
      done('Protocole remis en vigueur.');
    },
    onError: failed,
  });
  const take = useMutation({
    mutationFn: () =>
      call(coordinationContract.takeShipped, { params: { id: protocol.id }, body: { version: protocol.version } }),
    onSuccess: (draft) => {
      void refreshProtocols();
      edit(draft.id);
    },
    onError: failed,
  });
  return (
    <header className={css.header}>
      <Link to="/coordination/protocoles" className={`${css.back} touch no-print`}>
        <BackIcon size={15} /> Protocoles
      </Link>
      <div className="page-head" style={{ marginBottom: 4 }}>
        <h1>{protocol.title}</h1>
        <div className="row wrap no-print">
          {protocol.mayEdit && !old && protocol.state !== 'retired' && (
            <Button
              leftSection={<EditIcon size={16} />}
              loading={begin.isPending}
              onClick={() =>
                protocol.state === 'active' && !protocol.draft
                  ? begin.mutate(protocol)
                  : edit(protocol.draft ?? protocol.id)
              }
            >
              {protocol.state === 'draft' || protocol.draft ? 'Continuer le brouillon' : 'Modifier'}
            </Button>
          )}
          <Button variant="default" leftSection={<PrintIcon size={16} />} onClick={() => print()}>
            Imprimer
          </Button>
          {(protocol.mayEdit || protocol.mayPublish) && !old && (
            <Menu>
              <Menu.Target>
                <Button variant="default" aria-label="Autres actes sur ce protocole" px="xs">
                  <MoreIcon size={17} />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => copy.mutate()}>Écrire un protocole à partir de celui-ci</Menu.Item>
                {protocol.state === 'active' && protocol.mayPublish && (
                  <Menu.Item onClick={() => retire.mutate()}>Retirer ce protocole</Menu.Item>
                )}
              </Menu.Dropdown>
            </Menu>
          )}
        </div>
      </div>
      <div className="row wrap small" style={{ gap: '4px 12px' }}>
        <StateTag line={protocol} />
        <span>{protocol.themeLabel}</span>
        <span className="num">Édition {protocol.edition}</span>
        {protocol.reviewDate && (
          <span className={protocol.toReview ? 'warning strong' : 'dim'}>
            à relire le {sayDate(protocol.reviewDate)}
          </span>
        )}
        {protocol.running > 0 && <span className="num">suivi par {sayCount(protocol.running, 'patient')}</span>}
        {protocol.shipped && (
          <Tag title="Écrit par l’équipe du produit d’après les sources citées ; la structure l’adapte par une nouvelle édition.">
            livré avec Estran
          </Tag>
        )}
        {protocol.by && <WhoWhen who={protocol.by} when={protocol.changed} />}
      </div>
      <div className="stack tight no-print" style={{ marginTop: 10 }}>
        {old && (
          <Note
            action={
              <Link to="." search={{}}>
                Voir l’édition en vigueur
              </Link>
            }
          >
            Vous lisez une édition passée.
          </Note>
        )}
        {!old && protocol.state === 'retired' && (
          <Note
            action={
              protocol.mayPublish && (
                <Button size="compact-sm" variant="light" loading={back.isPending} onClick={() => back.mutate()}>
                  Remettre en vigueur
                </Button>
              )
            }
          >
            Ce protocole est retiré : il n’est plus proposé. Les patients qui le suivaient continuent.
          </Note>
        )}
        {!old && protocol.toReview && (
          <Note tone="warning">
            La date de relecture est passée. Relisez les sources, modifiez ce qui doit l’être, puis mettez une nouvelle
            édition en vigueur.
          </Note>
        )}
        {!old && protocol.draft && (
          <Note
            action={
              <Link to="/coordination/protocoles/$id" params={{ id: protocol.draft }}>
                Lire le brouillon
              </Link>
            }
          >
            Une nouvelle édition est en cours d’écriture. Celle-ci reste en vigueur jusqu’à sa publication.
          </Note>
        )}
        {!old && protocol.draftOf && (
          <Note
            action={
              <Link to="/coordination/protocoles/$id" params={{ id: protocol.draftOf }}>
                Lire le protocole en vigueur
              </Link>
            }
          >
            Ce brouillon deviendra la prochaine édition d’un protocole en vigueur.
          </Note>
        )}
        {!old && protocol.offered && (
          <Note
            action={
              protocol.mayEdit && (
                <Button size="compact-sm" variant="light" loading={take.isPending} onClick={() => take.mutate()}>
                  En faire un brouillon
                </Button>
              )
            }
          >
            L’édition {protocol.offered.edition} est arrivée avec le produit ({sayDate(protocol.offered.published)}).
            Rien ne change tant que quelqu’un ne la met pas en vigueur.
          </Note>
        )}
        {!old && protocol.outdated > 0 && (
          <Note>
            {sayCount(protocol.outdated, 'patient suit', 'patients suivent')} encore une édition plus ancienne. La
            nouvelle est proposée dans {protocol.outdated > 1 ? 'leur' : 'son'} dossier, jamais imposée.
          </Note>
        )}
      </div>
    </header>
  );
}

function Bones() {
  return (
    <div role="status" aria-label="Chargement" className="stack">
      <Bone w={380} h={26} />
      <Bone w={260} />
      <div className="card pad stack">
        <Bone w="60%" />
        <Bone />
        <Bone w="80%" />
        <Bone h={320} />
      </div>
    </div>
  );
}
