import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, queries, reading, Refusal } from '../../../web/api.ts';
import { ConflictPanel } from '../../../web/ui/ConflictPanel.tsx';
import { PlaceIcon, PlusIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { EmptyState, Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { accessContract, type PlacedSite as Site } from '../../contract.ts';
import css from './structure.module.css';

const changed = () => queries.invalidateQueries({ queryKey: [accessContract.practice.path] });

/** The places where the practice works. */
export default function Sites() {
  const query = useQuery(reading(accessContract.practice));
  const [editing, setEditing] = useState<Site | 'new' | null>(null);
  const remove = useMutation({
    mutationFn: (site: Site) => call(accessContract.removeSite, { params: { id: site.id } }),
    onSuccess: (_nothing, site) => {
      void changed();
      done(`Site retiré : ${site.name}.`, () =>
        call(accessContract.restoreSite, { params: { id: site.id } }).then(changed),
      );
    },
    onError: failed,
  });
  const sites = query.data?.sites ?? [];
  return (
    <div className="stack narrow">
      <div>
        <Button leftSection={<PlusIcon size={17} />} onClick={() => setEditing('new')}>
          Ajouter un site
        </Button>
      </div>
      <div className="card">
        <Failure of={query} />
        {query.isPending && <ListBones rows={3} height={48} />}
        {query.data && !sites.length && (
          <EmptyState icon={PlaceIcon} title="Aucun site">
            Ajoutez le cabinet, la pharmacie, l’antenne : les rendez-vous et les personnes s’y rattachent.
          </EmptyState>
        )}
        <ul className="plain">
          {sites.map((site) => (
            <li key={site.id} className={css.item}>
              <PlaceIcon size={20} stroke={1.6} />
              <div className="grow">
                <div className="strong">{site.name}</div>
                <div className="dim small">{site.address || 'Adresse non renseignée'}</div>
              </div>
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => setEditing(site)}
                aria-label={`Modifier ${site.name}`}
              >
                Modifier
              </Button>
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                onClick={() => remove.mutate(site)}
                aria-label={`Retirer ${site.name}`}
              >
                Retirer
              </Button>
            </li>
          ))}
        </ul>
      </div>
      {editing && <SitePanel site={editing === 'new' ? undefined : editing} onClose={() => setEditing(null)} />}
    </div>
  );
}

const formOf = (site?: Site) => ({ name: site?.name ?? '', address: site?.address ?? '' });
const compared = (theirs: Site, mine: ReturnType<typeof formOf>) =>
  (
    [
      ['Nom', 'name'],
      ['Adresse', 'address'],
    ] as const
  ).map(([label, field]) => ({
    label,
    before: theirs[field],
    after: mine[field].trim(),
    changed: theirs[field] !== mine[field].trim(),
  }));

function SitePanel({ site, onClose }: { site?: Site; onClose: () => void }) {
  const [form, setForm] = useState(formOf(site));
  /** What was on the screen when one began to type: what another keeps meanwhile moves nothing, and saving tells of it. */
  const [version, setVersion] = useState(site?.version);
  const [theirs, setTheirs] = useState<Site | null>(null);
  const save = useMutation({
    mutationFn: (over?: number) =>
      site
        ? call(accessContract.changeSite, { params: { id: site.id }, body: { ...form, version: over ?? version } })
        : call(accessContract.addSite, { body: form }),
    onSuccess: () => {
      void changed();
      done(site ? 'Site modifié.' : 'Site ajouté.');
      onClose();
    },
    onError: (error) => setTheirs(error instanceof Refusal ? ((error.extra.theirs as Site | undefined) ?? null) : null),
  });
  if (theirs)
    return (
      <SidePanel key="both" title="Modifier le site" onClose={onClose}>
        <ConflictPanel
          who={theirs.changed?.who || 'Un autre responsable'}
          when={theirs.changed?.at ?? new Date().toISOString()}
          rows={compared(theirs, form)}
          pending={save.isPending}
          onTakeTheirs={() => {
            void changed();
            save.reset();
            setForm(formOf(theirs));
            setVersion(theirs.version);
            setTheirs(null);
          }}
          onKeepMine={() => save.mutate(theirs.version)}
        />
      </SidePanel>
    );
  const fields = save.error instanceof Refusal ? save.error.fields : {};
  return (
    <SidePanel
      title={site ? 'Modifier le site' : 'Ajouter un site'}
      onClose={onClose}
      footer={
        <Button type="submit" form="site-form" loading={save.isPending} disabled={!form.name.trim()}>
          {site ? 'Enregistrer le site' : 'Ajouter le site'}
        </Button>
      }
    >
      <form
        id="site-form"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(undefined);
        }}
      >
        <TextInput
          label="Nom"
          data-autofocus
          value={form.name}
          error={fields.name}
          onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
        />
        <TextInput
          label="Adresse"
          value={form.address}
          error={fields.address}
          onChange={(event) => setForm({ ...form, address: event.currentTarget.value })}
        />
        {save.error && (
          <Note tone="danger" live>
            {save.error.message}
          </Note>
        )}
      </form>
    </SidePanel>
  );
}
