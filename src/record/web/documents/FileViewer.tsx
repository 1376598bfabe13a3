import { ActionIcon, Button } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, Suspense, useEffect, useRef, useState } from 'react';
import { failureOf, fileOf } from '../../../web/api.ts';
import { lazy } from '../../../web/lazy.ts';
import {
  DownloadIcon,
  MinusIcon,
  PlusIcon,
  PreviousIcon,
  PrintIcon,
  RefreshIcon,
  RightIcon,
} from '../../../web/ui/icons.ts';
import { Bone, Failure, Note, Nothing } from '../../../web/ui/states.tsx';
import css from './documents.module.css';

const PdfPage = lazy(() => import('./PdfPage.tsx'));
const scales = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4];

/** The bytes of a document, with the session. */
export const fileQuery = (url: string) =>
  queryOptions({
    queryKey: ['file', url],
    queryFn: ({ signal }) => fileOf(url, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });

/**
 * A file in the page: PDF page by page, image, text. Fetched with the session and drawn here: nothing of the file is run, and no browser's own viewer is needed. Keys work when the
 * viewer has the focus: ← → pages, + − size, R rotate, 0 as it was.
 */
export const FileViewer = (file: Viewed) => <Viewer key={file.url} {...file} />;

interface Viewed {
  url: string;
  type: string;
  title: string;
  /** Takes the height there is. */
  fill?: boolean;
}
function Viewer({ url, type, title, fill }: Viewed) {
  const file = useQuery(fileQuery(url));
  const [page, setPage] = useState(1);
  const [pages, setPages] = useState(0);
  const [scale, setScale] = useState(1);
  const [turn, setTurn] = useState(0);
  const [broken, setBroken] = useState('');
  const shown = useRef<HTMLDivElement>(null);
  const go = (to: number) => {
    setPage(Math.min(Math.max(1, to), Math.max(1, pages)));
    shown.current?.scrollTo({ top: 0 });
  };
  const size = (step: number) =>
    setScale((now) => scales[Math.min(scales.length - 1, Math.max(0, scales.findIndex((one) => one >= now) + step))]!);
  const rotate = () => setTurn((now) => (now + 90) % 360);
  const back = () => {
    setScale(1);
    setTurn(0);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const acts = new Map<string, () => void>([
      ['ArrowRight', () => go(page + 1)],
      ['PageDown', () => go(page + 1)],
      ['ArrowLeft', () => go(page - 1)],
      ['PageUp', () => go(page - 1)],
      ['Home', () => go(1)],
      ['End', () => go(pages)],
      ['+', () => size(1)],
      ['=', () => size(1)],
      ['-', () => size(-1)],
      ['0', back],
      ['r', rotate],
      ['R', rotate],
    ]);
    const act = acts.get(event.key);
    if (!act) return;
    act();
    event.preventDefault();
    event.stopPropagation();
  };
  // A TIFF comes as the PDF of its pages; what is downloaded is the file itself.
  const pdf = type === 'application/pdf' || type === 'image/tiff';
  const picture = !pdf && type.startsWith('image/');
  const content = () => {
    if (failureOf(file)) return <Failure of={file} />;
    if (!file.data) return <Bone h={480} />;
    if (broken) return <Note tone="warning">{broken}</Note>;
    if (pdf)
      return (
        <Suspense fallback={<Bone h={480} />}>
          <PdfPage
            file={file.data}
            page={page}
            scale={scale}
            turn={turn}
            title={title}
            onPages={setPages}
            onBroken={setBroken}
          />
        </Suspense>
      );
    if (picture) return <Picture blob={file.data} type={type} title={title} scale={scale} turn={turn} />;
    return type.startsWith('text/') ? (
      <Text blob={file.data} />
    ) : (
      <Nothing>Ce fichier n’a pas d’aperçu. Téléchargez-le pour le lire.</Nothing>
    );
  };
  return (
    <section className={css.viewer} data-fill={fill || undefined} aria-label={`Document : ${title}`} onKeyDown={keys}>
      <div className={css.tools}>
        {pdf && (
          <>
            <ActionIcon aria-label="Page précédente" disabled={page <= 1} onClick={() => go(page - 1)}>
              <PreviousIcon size={18} />
            </ActionIcon>
            <span className="num small nowrap" aria-live="polite">
              {pages ? `Page ${page} sur ${pages}` : 'Ouverture…'}
            </span>
            <ActionIcon aria-label="Page suivante" disabled={page >= pages} onClick={() => go(page + 1)}>
              <RightIcon size={18} />
            </ActionIcon>
          </>
        )}
        <span className="grow" />
        {(pdf || picture) && (
          <>
            <ActionIcon aria-label="Réduire" disabled={scale <= scales[0]!} onClick={() => size(-1)}>
              <MinusIcon size={18} />
            </ActionIcon>
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={back}
              aria-label={`Taille : ${Math.round(scale * 100)} %, revenir à 100 %`}
            >
              <span className="num nowrap">{Math.round(scale * 100)} %</span>
            </Button>
            <ActionIcon aria-label="Agrandir" disabled={scale >= scales.at(-1)!} onClick={() => size(1)}>
              <PlusIcon size={18} />
            </ActionIcon>
            <ActionIcon aria-label="Tourner d’un quart de tour" onClick={rotate}>
              <RefreshIcon size={18} />
            </ActionIcon>
          </>
        )}
        {(pdf || picture) && (
          <ActionIcon
            component="a"
            href={url}
            target="_blank"
            rel="noreferrer"
            aria-label="Ouvrir à part, pour imprimer"
          >
            <PrintIcon size={18} />
          </ActionIcon>
        )}
        <ActionIcon component="a" href={`${url}?telecharger`} download={title} aria-label="Télécharger le fichier">
          <DownloadIcon size={18} />
        </ActionIcon>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled and paged by keyboard */}
      <div className={css.sheet} ref={shown} tabIndex={0} role="region" aria-label="Contenu du document">
        {content()}
      </div>
    </section>
  );
}

/** A file that is about to be sent, seen first: a photograph out of focus, the wrong page. */
export function FilePreview({ file }: { file: File }) {
  const [pages, setPages] = useState(0);
  const [broken, setBroken] = useState<File>();
  if (broken === file)
    return (
      <Note tone="warning">
        Ce PDF ne se laisse pas ouvrir ici : vérifiez que c’est le bon fichier avant de l’ajouter.
      </Note>
    );
  if (file.type === 'application/pdf')
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keyboard
      <div className={css.preview} role="region" aria-label="Aperçu" tabIndex={0}>
        <Suspense fallback={<Bone h={200} />}>
          <PdfPage
            file={file}
            page={1}
            scale={1}
            turn={0}
            title={file.name}
            onPages={setPages}
            onBroken={() => setBroken(file)}
          />
        </Suspense>
        {pages > 1 && <p className="dim small">Page 1 sur {pages}</p>}
      </div>
    );
  if (file.type === 'image/tiff')
    return <p className="dim small">L’aperçu d’un TIFF se voit une fois le document ajouté.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keyboard
    <div className={css.preview} role="region" aria-label="Aperçu" tabIndex={0}>
      <Picture blob={file} type={file.type} title={file.name} scale={1} turn={0} />
    </div>
  );
}

function Picture({
  blob,
  type,
  title,
  scale,
  turn,
}: {
  blob: Blob;
  type: string;
  title: string;
  scale: number;
  turn: number;
}) {
  const [address, setAddress] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([blob], { type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob, type]);
  return address ? (
    <img className={css.picture} src={address} alt={title} style={{ width: `${scale * 100}%`, rotate: `${turn}deg` }} />
  ) : (
    <Bone h={480} />
  );
}
/** UTF-8, else as Windows writes: files of laboratories often are. */
export async function lettersIn(blob: Blob): Promise<string> {
  const bytes = await blob.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
function Text({ blob }: { blob: Blob }) {
  const [text, setText] = useState('');
  useEffect(() => void lettersIn(blob).then(setText), [blob]);
  return <pre className={css.plain}>{text}</pre>;
}
