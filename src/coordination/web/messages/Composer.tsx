import { ActionIcon, Button, Checkbox, Textarea, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { reading } from '../../../web/api.ts';
import { fold } from '../../../web/palette.ts';
import { sayNumber } from '../../../web/say.ts';
import { Face, Kbd } from '../../../web/ui/bits.tsx';
import { useFileDrop } from '../../../web/ui/FileFrame.tsx';
import { ClipIcon, CloseIcon, DocumentIcon, SendIcon } from '../../../web/ui/icons.ts';
import { coordinationContract, largestFile, mostFiles } from '../../contract.ts';
import css from './conversation.module.css';
import type { Mention } from './sending.ts';

export interface Written {
  text: string;
  urgent: boolean;
  mentions: Mention[];
}
export const accepted = ['application/pdf', 'image/png', 'image/jpeg', 'image/tiff'];
export const sizeOf = (bytes: number): string =>
  bytes > 900_000 ? `${sayNumber(bytes / 1_048_576, 1)} Mo` : `${sayNumber(Math.max(1, bytes / 1024), 0)} ko`;
/** Those whose «@Nom» is still in the text. */
export const kept = (mentions: readonly Mention[], text: string): Mention[] =>
  mentions.filter((one) => text.includes(`@${one.name}`));

/**
 * Where one writes: `@` names someone (arrows, Enter), files are dropped, pasted or chosen, Ctrl+Enter sends. What is typed is the caller's
 * to keep.
 */
export function Composer({
  values,
  set,
  files,
  setFiles,
  onSend,
  pending,
  verb = 'Envoyer',
  patient,
  label = 'Votre message',
  status,
  children,
  minRows = 2,
  autoFocus,
  missing = [],
}: {
  values: Written;
  set: (patch: Partial<Written>) => void;
  files: File[];
  setFiles: (files: File[]) => void;
  onSend: () => void;
  pending?: boolean;
  verb?: string;
  patient?: string | undefined;
  label?: string;
  status?: ReactNode;
  children?: ReactNode;
  minRows?: number;
  autoFocus?: boolean;
  /** What is wanted elsewhere before it can go, as one says it. */
  missing?: readonly string[];
}) {
  const area = useRef<HTMLTextAreaElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const [asked, setAsked] = useState<{ start: number; typed: string } | null>(null);
  const [at, setAt] = useState(0);
  const [refused, setRefused] = useState('');
  const people = useQuery({ ...reading(coordinationContract.addressees, { query: { patient } }), staleTime: 60_000 });
  const found = asked ? choicesFor(people.data, asked.typed) : [];
  useEffect(() => {
    if (autoFocus) area.current?.focus({ preventScroll: true });
  }, [autoFocus]);

  const look = () => {
    const element = area.current;
    if (!element) return;
    const before = element.value.slice(0, element.selectionStart);
    const match = /(?:^|[\s(])@([\p{L}’'-]*(?: [\p{L}’'-]*)?)$/u.exec(before);
    if (match?.[1] !== asked?.typed) setAt(0);
    setAsked(match ? { start: before.length - match[1]!.length - 1, typed: match[1]! } : null);
  };
  const choose = (mention: Mention) => {
    const element = area.current;
    if (!element || !asked) return;
    const end = asked.start + 1 + asked.typed.length;
    const text = `${values.text.slice(0, asked.start)}@${mention.name} ${values.text.slice(end).replace(/^ /, '')}`;
    const caret = asked.start + mention.name.length + 2;
    set({ text, mentions: [...values.mentions.filter((one) => one.id !== mention.id), mention] });
    setAsked(null);
    requestAnimationFrame(() => {
      element.focus();
      element.setSelectionRange(caret, caret);
    });
  };
  const take = (chosen: Iterable<File>) => {
    const next = [...files];
    for (const file of chosen) {
      if (!accepted.includes(file.type))
        setRefused(`« ${file.name} » : un PDF, un PNG, un JPEG ou un TIFF, rien d’autre.`);
      else if (file.size > largestFile)
        setRefused(`« ${file.name} » fait ${sizeOf(file.size)} ; la limite est de 20 Mo.`);
      else if (next.length >= mostFiles) setRefused(`${mostFiles} fichiers au plus par message.`);
      else {
        setRefused('');
        next.push(file);
      }
    }
    setFiles(next);
  };
  const drop = useFileDrop((dropped) => take(dropped.files));
  const written = values.text.trim() !== '' || files.length > 0;
  const ready = missing.length === 0 && !pending && written;
  return (
    <div className={css.composer} {...drop}>
      {found.length > 0 && (
        <div className={css.mentions} id={`${id}-list`} role="listbox" aria-label="Nommer quelqu’un">
          {found.map((one, index) => (
            // The focus stays in the text: arrows and Enter are heard there.
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the text area's
            <div
              key={one.id}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(one)}
              onMouseMove={() => setAt(index)}
            >
              <Face name={one.name} profession={one.profession ? one.id : one.family} size={24} quiet />
              <span className="grow clip">{one.name}</span>
              <span className="dim small nowrap">{one.hint}</span>
            </div>
          ))}
        </div>
      )}
      <Textarea
        ref={area}
        aria-label={label}
        placeholder="Écrire un message, @ pour nommer quelqu’un"
        autosize
        minRows={minRows}
        maxRows={10}
        variant="unstyled"
        className={css.area}
        value={values.text}
        aria-autocomplete="list"
        aria-controls={found.length > 0 ? `${id}-list` : undefined}
        aria-activedescendant={found.length > 0 ? `${id}-${at}` : undefined}
        onChange={(event) => {
          set({ text: event.currentTarget.value });
          look();
        }}
        onClick={look}
        onBlur={() => setAsked(null)}
        onPaste={(event) => {
          if (event.clipboardData.files.length > 0) {
            event.preventDefault();
            take(event.clipboardData.files);
          }
        }}
        onKeyDown={(event) => {
          if (
            found.length > 0 &&
            ['ArrowDown', 'ArrowUp', 'Enter', 'Tab', 'Escape'].includes(event.key) &&
            !event.ctrlKey &&
            !event.metaKey
          ) {
            event.preventDefault();
            event.stopPropagation();
            if (event.key === 'Escape') setAsked(null);
            else if (event.key === 'ArrowDown') setAt((at + 1) % found.length);
            else if (event.key === 'ArrowUp') setAt((at + found.length - 1) % found.length);
            else choose(found[at]!);
          } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && ready) {
            event.preventDefault();
            event.stopPropagation();
            onSend();
          }
        }}
      />
      {files.length > 0 && (
        <ul className={`plain ${css.files}`}>
          {files.map((file) => (
            <li key={`${file.name}${file.size}${file.lastModified}`}>
              <DocumentIcon size={16} stroke={1.6} />
              <span className="clip">{file.name}</span> <span className="dim tiny num nowrap">{sizeOf(file.size)}</span>
              <ActionIcon
                size="sm"
                aria-label={`Retirer ${file.name}`}
                onClick={() => setFiles(files.filter((one) => one !== file))}
              >
                <CloseIcon size={14} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      {refused && (
        <p className="small danger" role="alert">
          {refused}
        </p>
      )}
      {children}
      <div role="status" id={`${id}-missing`} className={`small dim ${css.inset}`}>
        {written && missing.length > 0 && `À compléter : ${missing.join(', ')}.`}
      </div>
      <div className={css.tools}>
        <input
          ref={input}
          type="file"
          hidden
          multiple
          accept={accepted.join(',')}
          onChange={(event) => {
            take(event.currentTarget.files ?? []);
            event.currentTarget.value = '';
          }}
        />
        <Tooltip label="Joindre un PDF ou une image, 20 Mo au plus">
          <ActionIcon aria-label="Joindre un fichier" onClick={() => input.current?.click()}>
            <ClipIcon size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        <Checkbox
          size="sm"
          label="Urgent"
          checked={values.urgent}
          onChange={(event) => set({ urgent: event.currentTarget.checked })}
        />
        <span className="grow dim tiny" role="status">
          {status}
        </span>
        <Button
          aria-describedby={`${id}-missing`}
          onClick={onSend}
          disabled={!ready}
          loading={pending}
          leftSection={<SendIcon size={16} />}
          rightSection={<Kbd>Ctrl ↵</Kbd>}
        >
          {verb}
        </Button>
      </div>
    </div>
  );
}

type Addressees = {
  colleagues: readonly {
    id: string;
    name: string;
    profession: string;
    professionLabel: string;
    me: boolean;
    inTeam: boolean;
    absentUntil: string | null;
  }[];
  professions: readonly { code: string; label: string; count: number }[];
};
/** Who is meant by what was typed after «@»: people first, then professions. */
function choicesFor(all: Addressees | undefined, typed: string): (Mention & { family?: string; hint: string })[] {
  if (!all) return [];
  const wanted = fold(typed);
  const fits = (text: string) =>
    fold(text)
      .split(/[\s-]+/)
      .some((word) => word.startsWith(wanted.split(' ')[0]!)) && fold(text).includes(wanted);
  return [
    ...all.colleagues
      .filter((one) => !one.me && fits(one.name))
      .map((one) => ({
        id: one.id,
        name: one.name,
        family: one.profession,
        hint: one.absentUntil ? 'absent·e' : one.professionLabel,
      })),
    ...all.professions
      .filter((one) => fits(one.label))
      .map((one) => ({
        id: one.code,
        name: one.label,
        profession: true,
        hint: one.count > 1 ? `${one.count} personnes` : 'profession',
      })),
  ].slice(0, 7);
}
