import { Button, Menu, TextInput, ActionIcon } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { call, queries, reading } from '../../../web/api.ts';
import { fold } from '../../../web/palette.ts';
import { useUrl } from '../../../web/routes.tsx';
import { Face, Tag } from '../../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { MailIcon, MoreIcon, PersonAddIcon, SearchIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Failure, ListBones } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { professionLabel, roleLabels } from '../../../web/words.ts';
import { accessContract, type Person } from '../../contract.ts';
import { InvitationLink } from './InvitationLink.tsx';
import { PersonPanel } from './PersonPanel.tsx';
import css from './structure.module.css';

const statuses = {
  invited: { label: 'invité', tone: 'warning' },
  active: { label: 'actif', tone: 'success' },
  disabled: { label: 'fermé', tone: 'neutral' },
} as const;
export const peopleChanged = () => queries.invalidateQueries({ queryKey: [accessContract.people.path] });

/** People and accounts: invite, change, close. */
export default function People() {
  const [url, setUrl] = useUrl();
  const query = useQuery(reading(accessContract.people));
  const practice = useQuery(reading(accessContract.practice));
  const renew = useMutation({
    mutationFn: ({ id, reset }: { id: string; reset: boolean }) =>
      call(accessContract.renewInvitation, { params: { id }, body: { reset } }),
    onSuccess: () => void peopleChanged(),
    onError: failed,
  });
  const turn = useMutation({
    mutationFn: ({ person, on }: { person: Person; on: boolean }) =>
      call(on ? accessContract.enablePerson : accessContract.disablePerson, { params: { id: person.id } }),
    onSuccess: (_person, { person, on }) => {
      void peopleChanged();
      const name = `${person.given} ${person.family}`;
      done(
        on ? `Le compte de ${name} est rouvert.` : `Le compte de ${name} est fermé, ses sessions sont terminées.`,
        () =>
          call(on ? accessContract.disablePerson : accessContract.enablePerson, { params: { id: person.id } }).then(
            peopleChanged,
          ),
      );
    },
    onError: failed,
  });
  const sites = new Map(practice.data?.sites.map((site) => [site.id, site.name]));
  const typed = fold(url.q ?? '');
  const [sort, down] = url.tri?.startsWith('-') ? [url.tri.slice(1), -1] : [url.tri ?? 'name', 1];
  const keyOf = (person: Person): string =>
    sort === 'profession'
      ? professionLabel(person.profession)
      : sort === 'status'
        ? person.status
        : `${person.family} ${person.given}`;
  const people = (query.data ?? [])
    .filter((person) =>
      fold(`${person.family} ${person.given} ${person.login} ${professionLabel(person.profession)}`).includes(typed),
    )
    .sort((a, b) => keyOf(a).localeCompare(keyOf(b), 'fr') * down);
  const chosen = query.data?.find((person) => person.id === url.volet);

  const columns: Column<Person>[] = [
    {
      key: 'name',
      title: 'Personne',
      sortable: true,
      render: (person) => (
        <span className="row">
          <Face name={`${person.given} ${person.family}`} profession={person.profession} size={28} quiet />
          <span className="strong">
            {person.family} {person.given}{' '}
            {person.status !== 'active' && (
              <Tag tone={statuses[person.status].tone}>{statuses[person.status].label}</Tag>
            )}
          </span>
        </span>
      ),
    },
    { key: 'profession', title: 'Profession', sortable: true, render: (person) => professionLabel(person.profession) },
    {
      key: 'roles',
      title: 'Rôles',
      wide: true,
      render: (person) => (
        <span className="row wrap">
          {person.roles.map((role) => (
            <Tag key={role} tone="accent">
              {roleLabels[role]}
            </Tag>
          ))}
          {person.kind === 'privileged' && <Tag tone="info">compte d’administration</Tag>}
        </span>
      ),
    },
    { key: 'login', title: 'Connexion', wide: true, render: (person) => <span className="dim">{person.login}</span> },
    {
      key: 'sites',
      title: 'Sites',
      wide: true,
      render: (person) => (
        <span className="dim">{person.sites.flatMap((site) => sites.get(site) ?? []).join(', ')}</span>
      ),
    },
    {
      key: 'status',
      title: 'Compte',
      sortable: true,
      wide: true,
      render: (person) => <Tag tone={statuses[person.status].tone}>{statuses[person.status].label}</Tag>,
    },
    {
      key: 'acts',
      title: <span className="vh">Actions</span>,
      width: 52,
      render: (person) => (
        <Menu>
          <Menu.Target>
            <ActionIcon size="md" aria-label={`Actions pour ${person.given} ${person.family}`}>
              <MoreIcon size={17} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setUrl({ volet: person.id })}>Modifier</Menu.Item>
            {person.status === 'invited' && (
              <Menu.Item onClick={() => renew.mutate({ id: person.id, reset: false })}>Renvoyer l’invitation</Menu.Item>
            )}
            {person.status === 'active' && (
              <Menu.Item onClick={() => renew.mutate({ id: person.id, reset: true })}>
                Réinitialiser la connexion
              </Menu.Item>
            )}
            {person.status === 'disabled' ? (
              <Menu.Item onClick={() => turn.mutate({ person, on: true })}>Rouvrir le compte</Menu.Item>
            ) : (
              <Menu.Item color="red" onClick={() => turn.mutate({ person, on: false })}>
                Fermer le compte
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      ),
    },
  ];
  return (
    <div className="stack">
      <div className={css.bar}>
        <TextInput
          aria-label="Chercher une personne"
          placeholder="Nom, profession"
          leftSection={<SearchIcon size={16} />}
          value={url.q ?? ''}
          onChange={(event) => setUrl({ q: event.currentTarget.value || undefined })}
        />
        <span className="grow" />
        <Button leftSection={<PersonAddIcon size={17} />} onClick={() => setUrl({ volet: 'inviter' })}>
          Inviter une personne
        </Button>
      </div>
      {renew.data && <InvitationLink invited={renew.data} onClose={() => renew.reset()} />}
      <div className="card">
        <Failure of={query} />
        {query.isPending && <ListBones rows={10} />}
        {query.data && !people.length && (
          <EmptyState
            icon={MailIcon}
            title={typed ? 'Personne de ce nom' : 'Vous êtes seul pour l’instant'}
            action={<Button onClick={() => setUrl({ volet: 'inviter' })}>Inviter une personne</Button>}
          >
            Chaque personne reçoit un lien, choisit son mot de passe et protège son compte elle-même.
          </EmptyState>
        )}
        {people.length > 0 && (
          <DataTable
            caption="Personnes de la structure"
            rows={people}
            columns={columns}
            rowKey={(person) => person.id}
            sort={url.tri ?? 'name'}
            onSort={(tri) => setUrl({ tri })}
            onOpen={(person) => setUrl({ volet: person.id })}
            mark={(person) => (person.status === 'disabled' ? 'off' : person.id === url.volet ? 'chosen' : undefined)}
          />
        )}
      </div>
      {(url.volet === 'inviter' || chosen) && (
        <PersonPanel
          key={url.volet}
          person={chosen}
          sites={practice.data?.sites ?? []}
          onClose={() => setUrl({ volet: undefined })}
        />
      )}
    </div>
  );
}
