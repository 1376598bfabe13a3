import { Button, Checkbox, CopyButton, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, queries, reading, Refusal } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { CheckIcon, ClientIcon, CopyIcon, PlusIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { EmptyState, Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { accessContract } from '../../contract.ts';
import css from './structure.module.css';

const changed = () => queries.invalidateQueries({ queryKey: [accessContract.clients.path] });

/** Other software that calls the FHIR API of this practice. */
export default function Clients() {
  const query = useQuery(reading(accessContract.clients));
  const [adding, setAdding] = useState(false);
  const [closing, setClosing] = useState<string | null>(null);
  const revoke = useMutation({
    mutationFn: (id: string) => call(accessContract.revokeClient, { params: { id } }),
    onSuccess: () => {
      setClosing(null);
      void changed();
      done('Accès fermé : ses jetons ne valent plus rien.');
    },
    onError: failed,
  });
  return (
    <div className="stack narrow">
      <div>
        <Button leftSection={<PlusIcon size={17} />} onClick={() => setAdding(true)}>
          Relier un logiciel
        </Button>
      </div>
      <div className="card">
        <Failure of={query} />
        {query.isPending && <ListBones rows={3} height={48} />}
        {query.data?.length === 0 && (
          <EmptyState icon={ClientIcon} title="Aucun logiciel relié">
            Un laboratoire, un appareil ou un autre logiciel peut lire et écrire par l’interface FHIR, dans les limites
            que vous fixez.
          </EmptyState>
        )}
        <ul className="plain">
          {query.data?.map((client) => (
            <li key={client.client_id} className={css.item}>
              <ClientIcon size={20} stroke={1.6} />
              <div className="grow">
                <div className="strong">
                  {client.name} {client.revokedAt && <Tag>fermé le {sayDate(client.revokedAt)}</Tag>}{' '}
                  {client.patient && <Tag tone="info">un seul patient</Tag>}
                </div>
                <code className="dim tiny">{client.client_id}</code>
                <div className="dim small">{client.scope}</div>
                {client.by && (
                  <div className="dim small">
                    Relié par {client.by.name}
                    {client.by.closed && ', dont le compte est fermé : vérifiez que cet accès sert encore'}
                  </div>
                )}
              </div>
              {!client.revokedAt &&
                (closing === client.client_id ? (
                  <span className="row">
                    <Button
                      size="compact-sm"
                      color="red"
                      loading={revoke.isPending}
                      onClick={() => revoke.mutate(client.client_id)}
                    >
                      Fermer pour de bon
                    </Button>
                    <Button size="compact-sm" variant="subtle" onClick={() => setClosing(null)}>
                      Renoncer
                    </Button>
                  </span>
                ) : (
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    color="red"
                    onClick={() => setClosing(client.client_id)}
                    aria-label={`Fermer l’accès de ${client.name}`}
                  >
                    Fermer l’accès
                  </Button>
                ))}
            </li>
          ))}
        </ul>
      </div>
      {adding && <ClientPanel onClose={() => setAdding(false)} />}
    </div>
  );
}

const usual = [
  { value: 'system/*.rs', label: 'Tout lire' },
  { value: 'system/Patient.rs', label: 'Lire les identités' },
  { value: 'system/Observation.cruds', label: 'Lire et écrire les mesures et résultats' },
  { value: 'system/DiagnosticReport.cruds', label: 'Lire et écrire les comptes rendus de résultats' },
  { value: 'system/DocumentReference.cruds', label: 'Lire et écrire les documents' },
  { value: 'system/Appointment.rs', label: 'Lire les rendez-vous' },
];

function ClientPanel({ onClose }: { onClose: () => void }) {
  const [form, setForm] = useState({ name: '', scopes: [] as string[], other: '', patient: '' });
  const scope = [...form.scopes, ...form.other.split(/\s+/)].filter(Boolean).join(' ');
  const create = useMutation({
    mutationFn: () =>
      call(accessContract.createClient, { body: { name: form.name, scope, patient: form.patient || null } }),
    onSuccess: () => void changed(),
  });
  const fields = create.error instanceof Refusal ? create.error.fields : {};
  if (create.data)
    return (
      <SidePanel title="Logiciel relié" onClose={onClose}>
        <div className="stack">
          <Note tone="warning">Le secret ne sera plus affiché. Remettez-le au fournisseur par un moyen sûr.</Note>
          {Object.entries({
            'Identifiant (client_id)': create.data.client_id,
            'Secret (client_secret)': create.data.client_secret ?? '',
          }).map(([label, value]) => (
            <div key={label} className="stack tight">
              <span className="small dim">{label}</span>
              <span className="row">
                <code className={`grow ${css.link}`}>{value}</code>
                <CopyButton value={value}>
                  {({ copied, copy }) => (
                    <Button size="compact-sm" variant="default" onClick={copy} aria-label={`Copier : ${label}`}>
                      {copied ? <CheckIcon size={14} /> : <CopyIcon size={14} />}
                    </Button>
                  )}
                </CopyButton>
              </span>
            </div>
          ))}
          <p className="dim small">Jeton : POST /oauth2/token (client_credentials). Interface : /fhir/R4.</p>
        </div>
      </SidePanel>
    );
  return (
    <SidePanel
      title="Relier un logiciel"
      onClose={onClose}
      footer={
        <Button type="submit" form="client-form" loading={create.isPending} disabled={!form.name.trim() || !scope}>
          Créer l’accès
        </Button>
      }
    >
      <form
        id="client-form"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <TextInput
          label="Nom du logiciel"
          data-autofocus
          value={form.name}
          error={fields.name}
          onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
        />
        <Checkbox.Group
          label="Ce qu’il peut faire"
          value={form.scopes}
          onChange={(scopes) => setForm({ ...form, scopes })}
        >
          <div className="stack" style={{ gap: 8, marginTop: 6 }}>
            {usual.map((one) => (
              <Checkbox key={one.value} value={one.value} label={one.label} description={one.value} />
            ))}
          </div>
        </Checkbox.Group>
        <TextInput
          label="Autres portées SMART"
          placeholder="system/Condition.rs"
          value={form.other}
          error={fields.scope}
          onChange={(event) => setForm({ ...form, other: event.currentTarget.value })}
        />
        <TextInput
          label="Un seul patient"
          description="Identifiant FHIR ; vide : tous les patients."
          value={form.patient}
          error={fields.patient}
          onChange={(event) => setForm({ ...form, patient: event.currentTarget.value.trim() })}
        />
        {create.error && (
          <Note tone="danger" live>
            {create.error.message}
          </Note>
        )}
      </form>
    </SidePanel>
  );
}
