import { Button, FileButton, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { call, queries, reading, Refusal } from '../../../web/api.ts';
import { fold } from '../../../web/palette.ts';
import { useUrl } from '../../../web/routes.tsx';
import { useMe } from '../../../web/session.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { DocumentIcon, PlusIcon, SearchIcon, SettingsIcon, UploadIcon } from '../../../web/ui/icons.ts';
import { EmptyState, ErrorState, ListBones } from '../../../web/ui/states.tsx';
import { failed } from '../../../web/ui/undo.tsx';
import { professionChoices, professionLabel } from '../../../web/words.ts';
import { letterUses, recordContract, type TemplateLine } from '../../contract.ts';
import { EditionTag, editionChoices } from '../editions/Edition.tsx';

export const changedTemplates = () => {
  for (const entry of [recordContract.letterTemplates, recordContract.letterTemplate]) void queries.invalidateQueries({ queryKey: [entry.path] });
};

/** `/modeles`: the letter templates of the practice, written and changed by the team. */
export default function TemplatesPage() {
  const [url, setUrl] = useUrl();
  const me = useMe();
  const navigate = useNavigate();
  const query = useQuery(reading(recordContract.letterTemplates));
  const open = (id: string) => void navigate({ to: `/modeles/${id}` as string });
  const begin = useMutation({
    mutationFn: (body: Parameters<typeof call<typeof recordContract.beginTemplate>>[1]['body']) => call(recordContract.beginTemplate, { body }),
    onSuccess: ({ id }) => {
      changedTemplates();
      open(id);
    },
    onError: failed,
  });
  const bring = async (file: File | null) => {
    if (!file) return;
    try {
      begin.mutate({ file: JSON.parse(await file.text()) });
    } catch {
      failed(new Refusal(422, 'Modèle illisible', 'Ce fichier n’est pas un modèle de courrier exporté. Rien n’a été enregistré.'));
    }
  };
  const typed = fold(url.q ?? '');
  const all = query.data?.templates ?? [];
  const rows = all.filter((one) => fold(`${one.title} ${one.useLabel} ${one.professions.map(professionLabel).join(' ')}`).includes(typed) && (!url.usage || one.use === url.usage) && (!url.profession || one.professions.length === 0 || one.professions.includes(url.profession as never)) && (!url.etat || one.status === url.etat));
  const columns: Column<TemplateLine>[] = [
    { key: 'title', title: 'Modèle', render: (one) => <span className="strong">{one.title}</span> },
    { key: 'use', title: 'Usage', wide: true, width: 150, render: (one) => one.useLabel },
    { key: 'professions', title: 'Professions', wide: true, render: (one) => <span className="dim">{one.professions.map(professionLabel).join(', ') || 'toutes'}</span> },
    { key: 'edition', title: 'Édition', wide: true, width: 90, render: (one) => <span className="num">{one.edition || '—'}</span> },
    { key: 'status', title: 'État', width: 210, render: (one) => <span className="row wrap"><EditionTag status={one.status} />{one.draft && <Tag tone="info">brouillon ouvert</Tag>}{one.newer && <Tag>édition plus récente</Tag>}</span> },
  ];
  return (
    <div className="page">
      <title>Modèles de courriers · Estran</title>
      <header className="page-head">
        <div style={{ flex: '1 1 320px' }}>
          <h1>Modèles de courriers</h1>
          <p className="dim">Des textes avec des champs du dossier et des parties conditionnelles, que l’équipe écrit et change. Un courrier garde l’édition dont il vient.</p>
        </div>
        <div className="row wrap">
          {me.acts.includes('write-letterhead') && (
            <Button component={Link} to={'/modeles/en-tete' as string} variant="default" leftSection={<SettingsIcon size={16} />}>
              En-tête
            </Button>
          )}
          {query.data?.writes && (
            <>
              <FileButton accept="application/json,.json" onChange={(file) => void bring(file)} inputProps={{ 'aria-label': 'Modèle exporté à apporter' }}>
                {(props) => (
                  <Button {...props} variant="default" leftSection={<UploadIcon size={16} />}>
                    Apporter un modèle
                  </Button>
                )}
              </FileButton>
              <Button leftSection={<PlusIcon size={16} />} loading={begin.isPending} onClick={() => begin.mutate({ title: 'Nouveau modèle' })}>
                Écrire un modèle
              </Button>
            </>
          )}
        </div>
      </header>
      <div className="card">
        <div className="row wrap" style={{ padding: '12px 16px', borderBottom: '1px solid var(--line)' }}>
          <TextInput size="xs" w={220} aria-label="Chercher un modèle" placeholder="Titre, usage, profession" leftSection={<SearchIcon size={15} />} value={url.q ?? ''} onChange={(event) => setUrl({ q: event.currentTarget.value })} />
          <Select size="xs" w={170} aria-label="Usage" placeholder="Usage" clearable data={Object.entries(letterUses).map(([value, label]) => ({ value, label }))} value={url.usage ?? null} onChange={(usage) => setUrl({ usage: usage ?? undefined })} />
          <Select size="xs" w={190} aria-label="Profession" placeholder="Profession" clearable searchable data={professionChoices} value={url.profession ?? null} onChange={(profession) => setUrl({ profession: profession ?? undefined })} />
          {query.data?.writes && <Select size="xs" w={140} aria-label="État" placeholder="État" clearable data={editionChoices} value={url.etat ?? null} onChange={(etat) => setUrl({ etat: etat ?? undefined })} />}
          <span className="grow" />
          <span className="dim small num">
            {rows.length} sur {all.length}
          </span>
        </div>
        {query.error && <ErrorState error={query.error} retry={() => void query.refetch()} />}
        {query.isPending && <ListBones rows={8} />}
        {query.data && rows.length === 0 && <EmptyState icon={DocumentIcon} title="Aucun modèle ne correspond" action={<Button variant="default" onClick={() => setUrl({ q: undefined, usage: undefined, profession: undefined, etat: undefined })}>Retirer les filtres</Button>} />}
        {rows.length > 0 && <DataTable caption="Modèles de courriers" rows={rows} columns={columns} rowKey={(one) => one.id} onOpen={(one) => open(one.id)} />}
      </div>
    </div>
  );
}
