import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { call, reading, failureOf } from '../../../web/api.ts';
import { sayCount } from '../../../web/say.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { copy } from '../../../web/ui/copy.ts';
import { Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import page from '../programme.module.css';
import type { Project } from '../projects/tabs.ts';
import { AddPeople } from './AddPeople.tsx';
import css from './choice.module.css';
import { PeopleList } from './PeopleList.tsx';
import type { NewPerson } from './read-people.ts';
import { changedChoice } from './words.ts';

interface Link {
  /** Whose it is. */
  name: string;
  link: string;
}

/** Who is asked, how far each is; links to hand over, the link of the whole team, reminders. */
export default function PeopleView({ project }: { project: Project }) {
  const params = { project: project.id };
  const query = useQuery(reading(programmeContract.needsPeople, { params }));
  const needs = useQuery(reading(programmeContract.needs, { params }));
  const [link, setLink] = useState<Link | null>(null);
  const add = useMutation({
    mutationFn: (body: { staff?: boolean; people?: NewPerson[] }) =>
      call(programmeContract.addNeedsPeople, { params, body }),
    onSuccess: ({ added, mails }) => {
      changedChoice();
      done(
        added === 0
          ? 'Ces personnes étaient déjà dans la liste.'
          : `${sayCount(added, 'personne ajoutée', 'personnes ajoutées')}${mails ? `, ${sayCount(mails, 'message part', 'messages partent')}` : ''}.`,
      );
    },
    onError: failed,
  });
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data || !needs.data) return <ListBones rows={8} />;
  const { staff } = query.data;
  const writes = needs.data.may.write;
  const open = needs.data.state === 'open';
  return (
    <div className={page.two}>
      <div className={page.beside}>
        <PeopleList
          project={project.id}
          of={query.data}
          may={{ remind: writes && open, change: writes, link: needs.data.state !== 'draft' }}
          onLink={setLink}
        />
      </div>
      <div className={page.side}>
        {link && <MadeLink made={link} onClose={() => setLink(null)} />}
        {writes && staff > 0 && (
          <Side title="Personnel de la structure">
            <p className="small">
              {sayCount(
                staff,
                'personne de la structure n’est pas dans la liste',
                'personnes de la structure ne sont pas dans la liste',
              )}
              .
            </p>
            <div>
              <Button variant="default" loading={add.isPending} onClick={() => add.mutate({ staff: true })}>
                Les ajouter{open ? ' et les inviter' : ''}
              </Button>
            </div>
          </Side>
        )}
        {writes && (
          <AddPeople pending={add.isPending} error={add.error} add={(people) => add.mutateAsync({ people })} />
        )}
        {writes && <TeamLink project={project.id} open={open} shared={needs.data.shared} onLink={setLink} />}
      </div>
    </div>
  );
}

const Side = ({ title, children }: { title: string; children: ReactNode }) => (
  <Card title={title}>
    <div className={`${page.body} stack`}>{children}</div>
  </Card>
);

/** A link that was just made: nobody can show it again. */
function MadeLink({ made: { name, link }, onClose }: { made: Link; onClose: () => void }) {
  const address = `${location.origin}${link}`;
  return (
    <Side title={`Lien pour ${name}`}>
      <code className={css.linkBox}>{address}</code>
      <p className="small dim">Affiché une seule fois : copiez-le maintenant. Seule son empreinte est conservée.</p>
      <div className="row wrap">
        <Button size="compact-md" variant="default" onClick={() => void copy(address, 'Lien copié.')}>
          Copier
        </Button>
        <Button size="compact-md" variant="subtle" onClick={onClose}>
          Fermer
        </Button>
      </div>
    </Side>
  );
}

/** One link for everybody: made, replaced, closed. */
function TeamLink({
  project,
  open,
  shared,
  onLink,
}: {
  project: string;
  open: boolean;
  shared: boolean;
  onLink: (link: Link | null) => void;
}) {
  const params = { project };
  const share = useMutation({
    mutationFn: () => call(programmeContract.shareNeeds, { params }),
    onSuccess: (made) => {
      onLink({ name: 'toute l’équipe', ...made });
      changedChoice();
    },
    onError: failed,
  });
  const unshare = useMutation({
    mutationFn: () => call(programmeContract.unshareNeeds, { params }),
    onSuccess: () => {
      onLink(null);
      changedChoice();
      done('Le lien de l’équipe ne fonctionne plus.');
    },
    onError: failed,
  });
  return (
    <Side title="Un lien pour toute l’équipe">
      <p className="small dim">
        À afficher en salle de pause ou à envoyer : chacun dit d’abord sa profession, puis reçoit une adresse à lui.
      </p>
      {!open && <Note>Ouvrez d’abord le questionnaire.</Note>}
      <div className="row wrap">
        <Button variant="default" disabled={!open} loading={share.isPending} onClick={() => share.mutate()}>
          {shared ? 'Remplacer le lien' : 'Faire un lien'}
        </Button>
        {shared && (
          <Button variant="subtle" loading={unshare.isPending} onClick={() => unshare.mutate()}>
            Le fermer
          </Button>
        )}
      </div>
    </Side>
  );
}
