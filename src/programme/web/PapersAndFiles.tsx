import { ActionIcon } from '@mantine/core';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { Card, Tag, WhoWhen } from '../../web/ui/bits.tsx';
import { DocumentIcon, RemoveIcon } from '../../web/ui/icons.ts';
import { EmptyState, Nothing } from '../../web/ui/states.tsx';
import { done, failed } from '../../web/ui/undo.tsx';
import type { programmeContract } from '../contract.ts';
import css from './programme.module.css';

type Held = z.infer<typeof programmeContract.papers.reply>;

/** One document of a list: its name opens it, its words stand beside, who and when at the end. */
const Line = ({
  href,
  name,
  by,
  at,
  beside,
  children,
}: {
  href: string;
  name: string;
  by: string;
  at: string;
  beside?: ReactNode;
  children: ReactNode;
}) => (
  <div className={css.file} style={{ minHeight: 36, flexWrap: 'wrap' }}>
    <DocumentIcon size={16} />
    <a href={href} target="_blank" rel="noreferrer">
      {name}
    </a>
    {children}
    <span className="grow" />
    <WhoWhen who={{ name: by, role: '' }} when={at} short />
    {beside}
  </div>
);

/** Official papers, numbered and versioned. */
export function PapersCard({
  papers,
  href,
  sayKind,
  children,
}: {
  papers: Held['papers'];
  href: (paper: string) => string;
  sayKind?: (kind: string) => string;
  /** What will stand here, while nothing does. */
  children: ReactNode;
}) {
  const newest = (reference: string) =>
    Math.max(...papers.filter((one) => one.reference === reference).map(({ version }) => version));
  return (
    <Card title="Documents produits" count={papers.length || undefined}>
      {papers.length === 0 && (
        <EmptyState icon={DocumentIcon} title="Aucun document encore">
          {children}
        </EmptyState>
      )}
      <div className={css.body}>
        {papers.map(({ id, title, kind, reference, version, by, at }) => (
          <Line key={id} href={href(id)} name={title} by={by} at={at}>
            {sayKind && <span className="dim small">{sayKind(kind)}</span>}
            <span className="dim small num nowrap">{reference}</span>
            {version > 1 && <Tag>version {version}</Tag>}
            {version < newest(reference) && <Tag tone="warning">remplacée</Tag>}
          </Line>
        ))}
      </div>
    </Card>
  );
}

/** Files that were joined; one that is taken out comes back within ten seconds. */
export function FilesCard({
  files,
  href,
  sayKind,
  mayRemove,
  turn,
  action,
  nothing,
}: {
  files: Held['files'];
  href: (file: string) => string;
  sayKind: (kind: string) => string;
  mayRemove: (file: Held['files'][number]) => boolean;
  /** Puts it back, or takes it out. */
  turn: (file: string, on: boolean) => Promise<void>;
  action: ReactNode;
  nothing: string;
}) {
  const remove = (file: string) =>
    turn(file, false).then(() => done('Fichier retiré.', () => turn(file, true), 'Fichier remis.'), failed);
  return (
    <Card title="Fichiers joints" count={files.length || undefined} action={action}>
      {files.length === 0 && <Nothing>{nothing}</Nothing>}
      <div className={css.body}>
        {files.map((file) => (
          <Line
            key={file.id}
            href={href(file.id)}
            name={file.name}
            by={file.by}
            at={file.at}
            beside={
              mayRemove(file) && (
                <ActionIcon size="md" aria-label={`Retirer ${file.name}`} onClick={() => void remove(file.id)}>
                  <RemoveIcon size={16} />
                </ActionIcon>
              )
            }
          >
            <span className="dim small">{sayKind(file.kind)}</span>
          </Line>
        ))}
      </div>
    </Card>
  );
}
