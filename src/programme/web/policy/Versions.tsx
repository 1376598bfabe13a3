import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, Refusal, urlOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { DownloadIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { ListBones, Nothing, Failure } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { compared } from './diff.ts';
import own from './policy.module.css';
import { changedTrack, type Track } from './words.ts';

/** Named and frozen versions of the health project: read, compared, printed. */
export function Versions({ track }: { track: Track }) {
  const [, setUrl] = useUrl();
  const [name, setName] = useState('');
  const keep = useMutation({
    mutationFn: () => call(programmeContract.keepVersion, { params: { track: track.id }, body: { name } }),
    onSuccess: ({ number }) => {
      setName('');
      changedTrack();
      done(`Version ${number} gardée.`);
    },
  });
  const refusal = keep.error instanceof Refusal ? keep.error : null;
  return (
    <Card title="Versions" count={track.versions.length || undefined}>
      {track.versions.length === 0 && (
        <Nothing>Aucune version gardée. Une version ne change plus : on peut la relire et la comparer.</Nothing>
      )}
      {track.versions.map((one) => (
        <div key={one.number} className={own.version}>
          <span className="grow">
            <span className="num dim">{one.number}.</span> {one.name}{' '}
            {one.submitted && one.number === track.submitted && <Tag tone="info">commission</Tag>}
            <br />
            <WhoWhen who={{ name: one.by, role: '' }} when={one.at} short />
          </span>
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={`Lire la version ${one.number}`}
            onClick={() => setUrl({ volet: `version:${one.number}`, avec: undefined })}
          >
            Lire
          </Button>
          {track.may.read && (
            <Button
              size="compact-sm"
              variant="subtle"
              aria-label={`Comparer la version ${one.number}`}
              onClick={() => setUrl({ volet: `version:${one.number}`, avec: '0' })}
            >
              Comparer
            </Button>
          )}
        </div>
      ))}
      {track.may.write && track.phase > 1 && track.state !== 'stopped' && (
        <form
          className="row pad"
          style={{ alignItems: 'flex-start' }}
          onSubmit={(event) => {
            event.preventDefault();
            keep.mutate();
          }}
        >
          <TextInput
            className="grow"
            size="xs"
            aria-label="Nom de la version"
            placeholder="Nom : « avant la réunion »"
            value={name}
            error={refusal?.fields.name ?? refusal?.message}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" variant="light" loading={keep.isPending} disabled={!name.trim()}>
            Garder
          </Button>
        </form>
      )}
    </Card>
  );
}

/** One version to read; beside another, what was taken out and put in since. */
export function VersionPanel({ track, number, onClose }: { track: Track; number: number; onClose: () => void }) {
  const [url, setUrl] = useUrl();
  const other = url.avec === undefined ? null : Number(url.avec);
  const one = useQuery(reading(programmeContract.projectVersion, { params: { track: track.id, number } }));
  const beside = useQuery({
    ...reading(programmeContract.projectVersion, { params: { track: track.id, number: other ?? 0 } }),
    enabled: other !== null,
  });
  const choices = [
    ...(track.may.read ? [{ value: '0', label: 'En cours d’écriture' }] : []),
    ...track.versions
      .filter((each) => each.number !== number)
      .map((each) => ({ value: String(each.number), label: `${each.number}. ${each.name}` })),
  ];
  const later = (id: string) => beside.data?.parts.find((part) => part.id === id)?.text ?? '';
  const same = other !== null && beside.data && one.data?.parts.every(({ id, text }) => text === later(id));
  return (
    <SidePanel
      title={one.data ? `${one.data.number}. ${one.data.name}` : 'Version'}
      subtitle={track.team}
      wide
      onClose={onClose}
      footer={
        <Button
          component="a"
          variant="default"
          href={urlOf(programmeContract.versionPdf, { params: { track: track.id, number } })}
          target="_blank"
          rel="noreferrer"
          leftSection={<DownloadIcon size={16} />}
        >
          Cette version (PDF)
        </Button>
      }
    >
      <Failure compact of={[one, beside]} />
      <div className="stack loose">
        {choices.length > 0 && (
          <Select
            label="Comparer avec"
            clearable
            placeholder="Lire sans comparer"
            data={choices}
            value={url.avec ?? null}
            onChange={(avec) => setUrl({ avec: avec ?? undefined })}
          />
        )}
        {other !== null && (
          <p className="small dim">
            {same ? 'Aucune différence.' : 'Barré : retiré depuis cette version. Souligné : ajouté.'}
          </p>
        )}
        {one.isPending && <ListBones rows={8} />}
        {one.data?.parts.map((part) => (
          <section key={part.id} aria-label={part.title}>
            <h3>{part.title}</h3>
            <p className={own.paper}>
              {other !== null && beside.data
                ? compared(part.text, later(part.id)).map((piece, at) => {
                    const Mark = piece.kind === 'gone' ? 'del' : piece.kind === 'put' ? 'ins' : 'span';
                    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name
                    return <Mark key={at}>{piece.text}</Mark>;
                  })
                : part.text}
              {!part.text && (other === null || !later(part.id)) && <span className="dim">Vide.</span>}
            </p>
          </section>
        ))}
      </div>
    </SidePanel>
  );
}
