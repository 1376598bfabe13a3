import { ActionIcon, Button } from '@mantine/core';
import { Suspense, useEffect, useRef, useState } from 'react';
import { fileOf } from '../../../web/api.ts';
import { lazy } from '../../../web/lazy.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { PreviousIcon, RightIcon } from '../../../web/ui/icons.ts';
import { Bone, Note } from '../../../web/ui/states.tsx';
import css from './letters.module.css';

const PdfPage = lazy(() => import('../documents/PdfPage.tsx'));
const wait = 700;
/** The pages as they will be printed: drawn by the server, a moment after one stops typing. */
export function PdfPreview({ url, body, title }: { url: string; body: object; title: string }) {
  const sent = JSON.stringify(body);
  const [shown, setShown] = useState<{ file: Blob; of: string }>();
  const [error, setError] = useState<Error | null>(null);
  /** Asked for anew, at once. */
  const [again, ask] = useState<{ of: string }>();
  const [page, setPage] = useState(1);
  const [pages, setPages] = useState(1);
  const first = useRef(true);
  useEffect(() => {
    const control = new AbortController();
    const draw = () =>
      fileOf(url, control.signal, sent).then(
        (file) => {
          setError(null);
          setShown({ file, of: sent });
        },
        (failure: Error) => !control.signal.aborted && setError(failure),
      );
    const timer = setTimeout(draw, first.current || again?.of === sent ? 0 : wait);
    first.current = false;
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [url, sent, again]);
  const at = Math.min(page, pages);
  return (
    <Card
      title={title}
      action={
        <span className="dim tiny" role="status">
          {shown?.of === sent ? 'à jour' : error ? '' : 'mise à jour…'}
        </span>
      }
    >
      <div className={css.body}>
        {error && (
          <Note
            tone="danger"
            action={
              <Button size="compact-sm" variant="default" onClick={() => ask({ of: sent })}>
                Réessayer
              </Button>
            }
          >
            {error.message}
          </Note>
        )}
        {shown && (
          <div className="row">
            <ActionIcon aria-label="Page précédente" disabled={at <= 1} onClick={() => setPage(at - 1)}>
              <PreviousIcon size={18} />
            </ActionIcon>
            <span className="num small nowrap" aria-live="polite">
              Page {at} sur {pages}
            </span>
            <ActionIcon aria-label="Page suivante" disabled={at >= pages} onClick={() => setPage(at + 1)}>
              <RightIcon size={18} />
            </ActionIcon>
          </div>
        )}
        <Suspense fallback={<Bone h={480} />}>
          {shown ? (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keyboard when a page is wider than its place
            <div className={css.sheet} tabIndex={0} role="region" aria-label="Pages du courrier">
              <PdfPage
                file={shown.file}
                page={at}
                scale={1}
                turn={0}
                title={title}
                onPages={setPages}
                onBroken={(words) => setError(new Error(words))}
              />
            </div>
          ) : (
            !error && <Bone h={480} />
          )}
        </Suspense>
      </div>
    </Card>
  );
}
