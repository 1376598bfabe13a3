import { Button, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call, urlOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { DocumentIcon, PlusIcon } from '../../../web/ui/icons.ts';
import { Nothing } from '../../../web/ui/states.tsx';
import { failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { AddFile } from '../projects/DocumentsTab.tsx';
import type { Project } from '../projects/tabs.ts';
import own from './gatherings.module.css';
import { changedGatherings, type Minutes, minutesKinds, type Poll } from './words.ts';

/** The minutes: written, issued, corrected; and how to begin some. */
export function MinutesCard({ project, minutes, polls }: { project: Project; minutes: Minutes; polls: Poll[] }) {
  const [, setUrl] = useUrl();
  const begin = useMutation({
    mutationFn: (body: { kind: 'launch-minutes' | 'follow-up-minutes'; poll: string | null }) =>
      call(programmeContract.addMinutes, { params: { project: project.id }, body }),
    onSuccess: ({ id }) => {
      void changedGatherings();
      setUrl({ 'compte-rendu': id }, { push: true });
    },
    onError: failed,
  });
  const pollOf = (purpose: 'launch' | 'follow-up') =>
    polls.find((one) => one.purpose === purpose && one.state === 'chosen')?.id ?? null;
  return (
    <Card
      title="Comptes rendus"
      count={minutes.minutes.length}
      action={
        minutes.writes && (
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <Button
                size="compact-md"
                variant="default"
                leftSection={<PlusIcon size={14} />}
                loading={begin.isPending}
              >
                Commencer
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => begin.mutate({ kind: 'launch-minutes', poll: pollOf('launch') })}>
                Réunion de lancement
              </Menu.Item>
              <Menu.Item onClick={() => begin.mutate({ kind: 'follow-up-minutes', poll: pollOf('follow-up') })}>
                Réunion de suivi
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )
      }
    >
      {minutes.minutes.length === 0 && (
        <Nothing>
          {minutes.writes
            ? 'Aucun compte rendu. Il commence avec l’ordre du jour, les personnes invitées et ce qui reste à faire.'
            : 'Aucun compte rendu émis encore.'}
        </Nothing>
      )}
      <div className={css.body}>
        {minutes.minutes.map((one) => (
          <div key={one.id} className={own.line}>
            <span>
              {minutesKinds[one.kind]}
              <br />
              <span className="dim small">{one.heldOn ? `réunion du ${sayDate(one.heldOn)}` : 'date à dire'}</span>
            </span>
            <span className="grow" />
            {one.issued ? (
              <a
                className="row small"
                href={urlOf(programmeContract.paperPdf, { params: { project: project.id, paper: one.issued.paper } })}
                target="_blank"
                rel="noreferrer"
              >
                <DocumentIcon size={14} /> {one.issued.reference}
                {one.issued.version > 1 && `, version ${one.issued.version}`}
              </a>
            ) : (
              <Tag>brouillon</Tag>
            )}
            {one.changed && minutes.writes && <Tag tone="warning">corrigé, à émettre</Tag>}
            {minutes.writes && (
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() => setUrl({ 'compte-rendu': one.id }, { push: true })}
                aria-label={`${one.issued ? 'Corriger' : 'Écrire'} : ${minutesKinds[one.kind]}${one.heldOn ? ` du ${sayDate(one.heldOn)}` : ''}`}
              >
                {one.issued ? 'Corriger' : 'Écrire'}
              </Button>
            )}
          </div>
        ))}
        {minutes.writes && (
          <div className={own.line}>
            <span className="small dim">Support présenté au lancement</span>
            <span className="grow" />
            <AddFile project={project.id} kind="slides" label="Support présenté" />
          </div>
        )}
      </div>
    </Card>
  );
}
