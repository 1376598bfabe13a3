import { Button } from '@mantine/core';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import css from './file-frame.module.css';
import { UploadIcon } from './icons.ts';

/** What a frame that files may be dropped on carries; `off`: nothing is taken now. Only files light it up: a word dragged from the page does not. */
export function useFileDrop(take: (dropped: DataTransfer) => void, off = false) {
  const [over, setOver] = useState(false);
  const holdsFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  return {
    'data-over': (over && !off) || undefined,
    onDragOver: (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    },
    // Going over what is inside of the frame is not leaving it.
    onDragLeave: (event: DragEvent<HTMLElement>) =>
      setOver(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)),
    onDrop: (event: DragEvent) => {
      setOver(false);
      if (!holdsFiles(event)) return;
      event.preventDefault();
      if (!off) take(event.dataTransfer);
    },
  };
}

interface Chooser {
  /** Name of the field: «Fichiers à déposer». */
  label: string;
  /** The browser's list of types and extensions. */
  accept?: string;
  multiple?: boolean;
  /** A whole folder, with the paths of its files. */
  folder?: true;
  take: (files: File[]) => void;
  autoFocus?: boolean;
}
/** The same files without a mouse: a button, and the browser's own window. A file chosen twice is taken twice. */
function ChooseFiles({ label, accept, multiple, folder, take, autoFocus }: Chooser) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant="default" onClick={() => input.current?.click()} {...(autoFocus && { 'data-autofocus': true })}>
        {folder ? 'Choisir un dossier' : multiple ? 'Choisir des fichiers' : 'Choisir un fichier'}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        multiple={multiple}
        {...(folder && { webkitdirectory: '' })}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (files.length > 0) take(files);
        }}
      />
    </>
  );
}

interface Props extends Omit<Chooser, 'folder'> {
  /** «Déposez ici…» */
  words: ReactNode;
  /** Formats and the largest size. */
  hint?: string;
  /** One line rather than a block. */
  row?: boolean;
  /** In place of all the rest while files are on their way: none is taken then. */
  busy?: ReactNode;
  /** Where a drop is more than its files: folders. */
  takeDrop?: (dropped: DataTransfer) => void;
  /** Choosing a folder as well, under this name. */
  folder?: string;
  children?: ReactNode;
}
/** The frame in which files are dropped, or chosen by its button. What is pasted is heard by the page that shows it. */
export function FileFrame({ words, hint, row, busy, takeDrop, folder, children, ...chooser }: Props) {
  const drop = useFileDrop(
    (dropped) =>
      takeDrop
        ? takeDrop(dropped)
        : chooser.take(chooser.multiple ? [...dropped.files] : [...dropped.files].slice(0, 1)),
    Boolean(busy),
  );
  return (
    <section aria-label="Dépôt de fichiers" className={css.frame} data-row={row || undefined} {...drop}>
      {busy ? (
        <div className={css.busy}>{busy}</div>
      ) : (
        <>
          <UploadIcon size={24} stroke={1.5} />
          <span>{words}</span>
          <span className={css.verbs}>
            <ChooseFiles {...chooser} />
            {folder && <ChooseFiles label={folder} folder take={chooser.take} />}
          </span>
          {hint && <span className="tiny dim">{hint}</span>}
        </>
      )}
      {children}
    </section>
  );
}
