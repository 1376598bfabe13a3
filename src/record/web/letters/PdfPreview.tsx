import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Refusal } from '../../../web/api.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { Bone, Note } from '../../../web/ui/states.tsx';
import css from './letters.module.css';

const wait = 700;
async function pageOf(url: string, body: string | null, signal: AbortSignal): Promise<Blob> {
  const response = await fetch(url, { credentials: 'same-origin', signal, ...(body !== null && { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/pdf' }, body }) });
  if (response.ok) return response.blob();
  const problem = (await response.json().catch(() => ({}))) as { title?: string; detail?: string };
  throw new Refusal(response.status, problem.title ?? 'Aperçu impossible', problem.detail ?? 'L’aperçu n’a pas pu être fait. Votre texte est conservé.');
}

/** The pages as they will be printed: drawn by the server, a moment after one stops typing. `body` null: a document that is there. */
export function PdfPreview({ url, body, title }: { url: string; body: object | null; title: string }) {
  const sent = body && JSON.stringify(body);
  const [page, setPage] = useState<{ address: string; of: string | null }>();
  const [error, setError] = useState<Error | null>(null);
  const [tries, setTries] = useState(0);
  const first = useRef(true);
  useEffect(() => {
    const control = new AbortController();
    const timer = setTimeout(
      () =>
        void pageOf(url, sent, control.signal).then(
          (blob) => {
            setError(null);
            setPage({ address: URL.createObjectURL(blob), of: sent });
          },
          (failure) => !control.signal.aborted && setError(failure),
        ),
      first.current ? 0 : wait,
    );
    first.current = false;
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [url, sent, tries]);
  useEffect(() => () => void (page && URL.revokeObjectURL(page.address)), [page]);
  return (
    <Card title={title} action={<span className="dim tiny" role="status">{page && page.of === sent ? 'à jour' : error ? '' : 'mise à jour…'}</span>}>
      <div className={css.body}>
        {error && (
          <Note tone="danger" action={<Button size="compact-sm" variant="default" onClick={() => setTries(tries + 1)}>Réessayer</Button>}>
            {error.message}
          </Note>
        )}
        {page ? <iframe className={css.frame} src={page.address} title={title} /> : !error && <Bone h={480} />}
      </div>
    </Card>
  );
}
