import { SegmentedControl } from '@mantine/core';
import { useRef, type KeyboardEvent } from 'react';
import { mayRead, useMe } from '../../../web/session.ts';
import { useUrl } from '../../../web/routes.tsx';
import { OpinionIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { EmptyState, Failure, ListBones, NoRight } from '../../../web/ui/states.tsx';
import { Frame } from '../Frame.tsx';
import { Opinion } from './Opinion.tsx';
import { OpinionRow } from './OpinionRow.tsx';
import css from './opinions.module.css';
import { useOpinions } from './use-opinions.ts';

const empty = {
  'to-me': [
    'Personne n’attend votre avis',
    'Les questions de vos collègues arrivent ici, avec ce qu’il faut du dossier.',
  ],
  'by-me': [
    'Vous n’attendez aucun avis',
    'Dans un dossier, la touche Q pose une question à un collègue ; vous suivez ici ce qu’elle devient.',
  ],
  done: ['Aucun avis rendu', 'Les questions closes restent aussi dans le dossier de chaque patient.'],
} as const;

/** `/coordination/avis`: what is asked of me, what I asked, what is settled. */
export default function OpinionsPage() {
  const me = useMe();
  const [url, setUrl] = useUrl();
  const view = url.vue === 'demandes' ? 'by-me' : url.vue === 'rendus' ? 'done' : 'to-me';
  const query = useOpinions(view);
  const list = useRef<HTMLUListElement>(null);
  if (!mayRead(me, 'exchanges') || !mayRead(me, 'summary')) return <NoRight />;
  const data = query.data;
  const move = (event: KeyboardEvent) => {
    const buttons = [...(list.current?.querySelectorAll<HTMLButtonElement>('button') ?? [])];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + step]?.focus();
    event.preventDefault();
  };
  return (
    <Frame title="Avis et adressages">
      <SegmentedControl
        mb={16}
        aria-label="Quels avis"
        value={url.vue ?? 'recus'}
        onChange={(vue) => setUrl({ vue: vue === 'recus' ? undefined : vue, avis: undefined })}
        data={[
          { value: 'recus', label: `À rendre${data ? ` · ${data.toMe}` : ''}` },
          { value: 'demandes', label: `Demandés${data ? ` · ${data.byMe}` : ''}` },
          { value: 'rendus', label: 'Rendus' },
        ]}
      />
      <Failure of={query} />
      {query.isPending && <ListBones rows={6} height={52} />}
      {data && data.opinions.length === 0 && (
        <div className="card">
          <EmptyState icon={OpinionIcon} title={empty[view][0]}>
            {empty[view][1]}
          </EmptyState>
        </div>
      )}
      {data && data.opinions.length > 0 && (
        // biome-ignore lint/a11y/noStaticElementInteractions: arrows move between the buttons inside
        <div className="card" onKeyDown={move}>
          <ul className={`plain ${css.list}`} ref={list}>
            {data.opinions.map((line) => (
              <OpinionRow key={line.id} line={line} withPatient onOpen={() => setUrl({ avis: line.id })} />
            ))}
          </ul>
        </div>
      )}
      {url.avis && (
        <SidePanel
          key={url.avis}
          title="Avis"
          subtitle={data?.opinions.find((line) => line.id === url.avis)?.patient?.name}
          onClose={() => setUrl({ avis: undefined })}
        >
          <Opinion id={url.avis} />
        </SidePanel>
      )}
    </Frame>
  );
}
