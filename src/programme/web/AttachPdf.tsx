import { Button, FileButton } from '@mantine/core';
import { useState } from 'react';
import { Refusal } from '../../web/api.ts';
import { ProgressBar } from '../../web/ui/bits.tsx';
import { UploadIcon } from '../../web/ui/icons.ts';
import { Note } from '../../web/ui/states.tsx';

/**
 * One PDF to choose and send, with its progress and its refusal in words.
 * @param document which document or kind, as the server takes it; `send` uploads the form, `after` reads again
 */
export function AttachPdf({
  document,
  label,
  words = 'Joindre un PDF',
  plain,
  send,
  after,
}: {
  document: string;
  label: string;
  words?: string;
  /** Beside other acts, without a frame. */
  plain?: boolean;
  send: (form: FormData, progress: (share: number) => void) => Promise<unknown>;
  after: () => void;
}) {
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<string>();
  const take = async (file: File | null) => {
    if (!file) return;
    setError(undefined);
    setShare(0);
    const form = new FormData();
    form.set('document', document);
    form.set('file', file);
    try {
      await send(form, setShare);
      after();
    } catch (refusal) {
      setError(refusal instanceof Refusal ? refusal.message : 'Le fichier n’a pas pu être envoyé. Réessayez.');
    } finally {
      setShare(null);
    }
  };
  return (
    <>
      {share === null ? (
        <FileButton
          accept="application/pdf"
          onChange={(file) => void take(file)}
          inputProps={{ 'aria-label': `Fichier pour ${label}` }}
        >
          {(props) => (
            <Button
              {...props}
              variant={plain ? 'subtle' : 'default'}
              size={plain ? 'compact-sm' : 'compact-md'}
              leftSection={<UploadIcon size={plain ? 14 : 15} />}
              aria-label={`Joindre un PDF : ${label}`}
            >
              {words}
            </Button>
          )}
        </FileButton>
      ) : (
        <div style={{ width: 160 }}>
          <ProgressBar share={share} label="Envoi" />
        </div>
      )}
      {error && (
        <div style={{ flexBasis: '100%' }}>
          <Note tone="danger" live>
            {error}
          </Note>
        </div>
      )}
    </>
  );
}
