import { Button, FileButton, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call, queries, reading, Refusal, urlOf } from '../../../web/api.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { RemoveIcon, UploadIcon } from '../../../web/ui/icons.ts';
import { Bone, Failure, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { type Letterhead, recordContract } from '../../contract.ts';
import { PdfPreview } from './PdfPreview.tsx';
import css from './letters.module.css';

type Kept = Letterhead & { version: number | null; writes: boolean };
const headQuery = reading(recordContract.letterhead);
const heaviest = 300_000;

/** `/modeles/en-tete`: what stands at the head and at the foot of every letter. */
export default function LetterheadPage() {
  const query = useQuery({ ...headQuery, refetchOnWindowFocus: false });
  return (
    <div className="page">
      <title>En-tête des courriers · Estran</title>
      <header className="page-head">
        <div>
          <p className="small">
            <Link to={'/modeles' as string}>Modèles de courriers</Link>
          </p>
          <h1>En-tête des courriers</h1>
          <p className="dim">
            Le nom de qui signe, sa profession et son RPPS s’y ajoutent d’eux-mêmes. Les courriers déjà signés gardent
            leur en-tête.
          </p>
        </div>
      </header>
      <Failure of={query} />
      {query.isPending && <Bone h={320} />}
      {query.data && <Form key={query.data.version ?? 0} kept={query.data} />}
    </div>
  );
}

function Form({ kept }: { kept: Kept }) {
  const { version, writes, ...start } = kept;
  const [head, setHead] = useState<Letterhead>(start);
  const set = (patch: Partial<Letterhead>) => setHead({ ...head, ...patch });
  const dirty = JSON.stringify(head) !== JSON.stringify(start);
  const save = useMutation({
    mutationFn: () =>
      call(recordContract.changeLetterhead, {
        body: { ...head, lines: head.lines.map((line) => line.trim()).filter(Boolean), version },
      }),
    onSuccess: (now) => {
      queries.setQueryData(headQuery.queryKey, now);
      done('En-tête enregistré.');
    },
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  const logo = async (file: File | null) => {
    if (!file) return;
    if (file.size > heaviest || !['image/png', 'image/jpeg'].includes(file.type))
      return failed(
        new Refusal(422, 'Logo refusé', 'Choisissez une image PNG ou JPEG de 300 ko au plus. Rien n’a été changé.'),
      );
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    set({ logo: { contentType: file.type as 'image/png' | 'image/jpeg', data: btoa(text) } });
  };
  return (
    <div className={css.two}>
      <form
        className="stack loose"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        {refusal && (
          <Note tone="danger" live>
            {refusal.message}
          </Note>
        )}
        {!writes && <Note>Votre fonction permet de voir l’en-tête, pas de le changer.</Note>}
        <fieldset disabled={!writes} className="plain stack loose">
          <Card title="En tête de page">
            <div className={css.body}>
              <TextInput
                label="Nom de la structure"
                value={head.name}
                error={refusal?.fields.name}
                onChange={(event) => set({ name: event.currentTarget.value })}
              />
              <Textarea
                label="Lignes sous le nom"
                description="Adresse, sites, horaires : une par ligne, huit au plus."
                autosize
                minRows={3}
                value={head.lines.join('\n')}
                error={refusal?.fields.lines}
                onChange={(event) => set({ lines: event.currentTarget.value.split('\n').slice(0, 8) })}
              />
              <div className={css.pair}>
                <TextInput
                  label="Téléphone"
                  value={head.phone}
                  error={refusal?.fields.phone}
                  onChange={(event) => set({ phone: event.currentTarget.value })}
                />
                <TextInput
                  label="Commune"
                  description="« Le Conquet, le 26 novembre 2026 »"
                  value={head.place}
                  error={refusal?.fields.place}
                  onChange={(event) => set({ place: event.currentTarget.value })}
                />
              </div>
              <div className="row wrap">
                {head.logo && (
                  <img
                    className={css.logo}
                    alt="Logo de la structure"
                    src={`data:${head.logo.contentType};base64,${head.logo.data}`}
                  />
                )}
                <FileButton
                  accept="image/png,image/jpeg"
                  onChange={(file) => void logo(file)}
                  inputProps={{ 'aria-label': 'Image du logo' }}
                >
                  {(props) => (
                    <Button {...props} variant="default" leftSection={<UploadIcon size={16} />}>
                      {head.logo ? 'Changer le logo' : 'Choisir un logo'}
                    </Button>
                  )}
                </FileButton>
                {head.logo && (
                  <Button
                    variant="subtle"
                    color="gray"
                    leftSection={<RemoveIcon size={15} />}
                    onClick={() => set({ logo: null })}
                  >
                    Retirer le logo
                  </Button>
                )}
              </div>
              {refusal?.fields.logo && <p className="small danger">{refusal.fields.logo}</p>}
            </div>
          </Card>
          <Card title="Au pied de chaque page">
            <div className={css.body}>
              <Textarea
                label="Mentions légales"
                description="Confidentialité, RGPD. La référence, le patient et « Page n sur m » s’y ajoutent."
                autosize
                minRows={3}
                value={head.legal}
                error={refusal?.fields.legal}
                onChange={(event) => set({ legal: event.currentTarget.value })}
              />
            </div>
          </Card>
        </fieldset>
        {writes && (
          <div>
            <Button type="submit" disabled={!dirty} loading={save.isPending}>
              Enregistrer l’en-tête
            </Button>
          </div>
        )}
      </form>
      <div className={css.side}>
        {writes && (
          <PdfPreview
            url={urlOf(recordContract.previewLetterhead)}
            body={{ ...head, name: head.name.trim() || 'Structure' }}
            title="Aperçu"
          />
        )}
      </div>
    </div>
  );
}
