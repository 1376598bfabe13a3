import { Button, FileButton, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call, queries, reading } from '../../../web/api.ts';
import { fold } from '../../../web/palette.ts';
import { useUrl } from '../../../web/routes.tsx';
import { Tag } from '../../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { FormIcon, PlusIcon, SearchIcon, UploadIcon } from '../../../web/ui/icons.ts';
import { EmptyState, ErrorState, ListBones } from '../../../web/ui/states.tsx';
import { failed } from '../../../web/ui/undo.tsx';
import { professionLabel } from '../../../web/words.ts';
import { recordContract, type SectionLine, themes } from '../../contract.ts';
import { EditionTag, editionChoices } from '../editions/Edition.tsx';

export const changedSections = () => {
  for (const entry of [recordContract.sections, recordContract.section]) void queries.invalidateQueries({ queryKey: [entry.path] });
};

/** `/volets`: the sections of the practice, written and changed by the team. */
export default function SectionsPage() {
  const [url, setUrl] = useUrl();
  const navigate = useNavigate();
  const query = useQuery(reading(recordContract.sections));
  const open = (id: string) => void navigate({ to: `/volets/${id}` as string });
  const begin = useMutation({
    mutationFn: (body: Parameters<typeof call<typeof recordContract.beginSection>>[1]['body']) => call(recordContract.beginSection, { body }),
    onSuccess: ({ id }) => {
      changedSections();
      open(id);
    },
    onError: failed,
  });
  const bring = async (file: File | null) => {
    if (!file) return;
    try {
      begin.mutate({ form: JSON.parse(await file.text()) });
    } catch {
      failed(new Error('not JSON'));
    }
  };
  const typed = fold(url.q ?? '');
  const all = query.data?.sections ?? [];
  const rows = all.filter((one) => fold(`${one.title} ${one.themeLabel} ${one.professions.map(professionLabel).join(' ')}`).includes(typed) && (!url.theme || one.theme === url.theme) && (!url.etat || one.status === url.etat));
  const columns: Column<SectionLine>[] = [
    { key: 'title', title: 'Volet', render: (one) => <span className="strong">{one.title}</span> },
    { key: 'theme', title: 'Thème', wide: true, render: (one) => one.themeLabel },
    { key: 'professions', title: 'Professions', wide: true, render: (one) => <span className="dim">{one.professions.map(professionLabel).join(', ') || 'toutes'}</span> },
    { key: 'edition', title: 'Édition', width: 90, render: (one) => <span className="num">{one.edition || '—'}</span> },
    { key: 'status', title: 'État', width: 210, render: (one) => <span className="row"><EditionTag status={one.status} />{one.draft && <Tag tone="info">brouillon ouvert</Tag>}{one.newer && <Tag>édition plus récente</Tag>}</span> },
  ];
  return (
    <div className="page">
      <title>Volets · Estran</title>
      <header className="page-head">
        <div style={{ flex: '1 1 320px' }}>
          <h1>Volets</h1>
          <p className="dim">Les formulaires de chaque profession, que l’équipe écrit et change. Une réponse garde l’édition à laquelle elle a été donnée.</p>
        </div>
        {query.data?.writes && (
          <div className="row wrap">
            <FileButton accept="application/json,.json" onChange={(file) => void bring(file)} inputProps={{ 'aria-label': 'Questionnaire FHIR à apporter' }}>
              {(props) => (
                <Button {...props} variant="default" leftSection={<UploadIcon size={16} />}>
                  Apporter un questionnaire
                </Button>
              )}
            </FileButton>
            <Button leftSection={<PlusIcon size={16} />} loading={begin.isPending} onClick={() => begin.mutate({ title: 'Nouveau volet' })}>
              Écrire un volet
            </Button>
          </div>
        )}
      </header>
      <div className="card">
        <div className="row wrap" style={{ padding: '12px 16px', borderBottom: '1px solid var(--line)' }}>
          <TextInput size="xs" w={240} aria-label="Chercher un volet" placeholder="Titre, thème, profession" leftSection={<SearchIcon size={15} />} value={url.q ?? ''} onChange={(event) => setUrl({ q: event.currentTarget.value })} />
          <Select size="xs" w={200} aria-label="Thème" placeholder="Thème" clearable data={Object.entries(themes).map(([value, label]) => ({ value, label }))} value={url.theme ?? null} onChange={(theme) => setUrl({ theme: theme ?? undefined })} />
          {query.data?.writes && <Select size="xs" w={160} aria-label="État" placeholder="État" clearable data={editionChoices} value={url.etat ?? null} onChange={(etat) => setUrl({ etat: etat ?? undefined })} />}
          <span className="grow" />
          <span className="dim small num">
            {rows.length} sur {all.length}
          </span>
        </div>
        {query.error && <ErrorState error={query.error} retry={() => void query.refetch()} />}
        {query.isPending && <ListBones rows={8} />}
        {query.data && rows.length === 0 && <EmptyState icon={FormIcon} title="Aucun volet ne correspond" action={<Button variant="default" onClick={() => setUrl({ q: undefined, theme: undefined, etat: undefined })}>Retirer les filtres</Button>} />}
        {rows.length > 0 && <DataTable caption="Volets" rows={rows} columns={columns} rowKey={(one) => one.id} onOpen={(one) => open(one.id)} />}
      </div>
    </div>
  );
}
