import {
  GlobalWorkerOptions,
  getDocument,
  type PDFDocumentProxy,
  VerbosityLevel,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import worker from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Bone } from '../../../web/ui/states.tsx';
import css from './documents.module.css';

GlobalWorkerOptions.workerSrc = worker;

/** One page of a PDF, drawn on a canvas with its words over it, so that they can be selected and read aloud. The file is read in a worker: a heavy one does not stop the page. */
export default function PdfPage({
  file,
  page,
  scale,
  turn,
  title,
  onPages,
  onBroken,
}: {
  file: Blob;
  page: number;
  scale: number;
  turn: number;
  title: string;
  onPages: (pages: number) => void;
  onBroken: (words: string) => void;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [document, setDocument] = useState<PDFDocumentProxy | null>(null);
  const [words, setWords] = useState('');
  const [drawn, setDrawn] = useState('');
  // The file is the document: what hears of it may change at each drawing.
  const counted = useEffectEvent(onPages);
  const broke = useEffectEvent(onBroken);
  useEffect(() => {
    let task: ReturnType<typeof getDocument> | undefined;
    let gone = false;
    void file.arrayBuffer().then(async (data) => {
      if (gone) return;
      task = getDocument({
        data,
        verbosity: VerbosityLevel.ERRORS,
        wasmUrl: `/assets/${__PDF_FILES__}/`,
        useWasm: false,
        enableXfa: false,
      });
      try {
        const opened = await task.promise;
        if (gone) return;
        setDocument(opened);
        counted(opened.numPages);
      } catch (error) {
        if (!gone)
          broke(
            (error as Error).name === 'PasswordException'
              ? 'Ce PDF est protégé par un mot de passe : téléchargez-le pour l’ouvrir.'
              : 'Ce PDF est abîmé et ne peut pas être montré. Il est conservé tel qu’il est arrivé : téléchargez-le, ou demandez-le de nouveau à l’expéditeur.',
          );
      }
    });
    return () => {
      gone = true;
      void task?.destroy();
    };
  }, [file]);
  useEffect(() => {
    if (!document || !canvas.current || !frame.current) return;
    let gone = false;
    let drawing: { cancel(): void; promise: Promise<void> } | undefined;
    const draw = async () => {
      const one = await document.getPage(page);
      if (gone || !canvas.current || !frame.current) return;
      const flat = one.getViewport({ scale: 1, rotation: (one.rotate + turn) % 360 });
      const fit = Math.min(1.6, (frame.current.clientWidth - 2) / flat.width) * scale;
      // Sharp on a fine screen; an enormous page is drawn coarser rather than not at all.
      const ratio = Math.min(
        window.devicePixelRatio || 1,
        2,
        Math.sqrt(16_000_000 / Math.max(1, flat.width * fit * flat.height * fit)),
      );
      const viewport = one.getViewport({ scale: fit * ratio, rotation: (one.rotate + turn) % 360 });
      canvas.current.width = Math.floor(viewport.width);
      canvas.current.height = Math.floor(viewport.height);
      canvas.current.style.width = `${Math.floor(viewport.width / ratio)}px`;
      const task = one.render({ canvas: canvas.current, viewport });
      drawing = task;
      await task.promise;
      const { items } = await one.getTextContent();
      if (gone) return;
      setWords(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''));
      setDrawn(`${page}-${scale}-${turn}`);
    };
    draw().catch((error: unknown) => {
      if (!gone && (error as Error).name !== 'RenderingCancelledException') setDrawn(`${page}-${scale}-${turn}`);
    });
    return () => {
      gone = true;
      drawing?.cancel();
    };
  }, [document, page, scale, turn]);
  return (
    <div className={css.page} ref={frame} data-drawn={drawn || undefined}>
      {!document && <Bone h={480} />}
      <canvas ref={canvas} role="img" aria-label={`${title}, page ${page}`} hidden={!document} />
      <p className="vh">{words.slice(0, 20_000)}</p>
    </div>
  );
}
