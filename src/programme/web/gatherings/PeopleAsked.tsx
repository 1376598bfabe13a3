import { ActionIcon, Button, CopyButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { CopyIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import { Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import type { Project } from '../projects/tabs.ts';
import own from './gatherings.module.css';
import { changedGatherings, type Person, type Poll, type Polls, standing } from './words.ts';

/** Guests: their link to hand over, and who is taken out. */
export function PeopleAsked({ project, poll, may }: { project: Project; poll: Poll; may: Polls['may'] }) {
  const [link, setLink] = useState<{ person: string; url: string; expires: string }>();
  const params = (person: string) => ({ project: project.id, poll: poll.id, person });
  const make = useMutation({
    mutationFn: (person: Person) => call(programmeContract.personLink, { params: params(person.id) }),
    onSuccess: ({ path, expiresOn }, person) =>
      setLink({ person: person.id, url: `${location.origin}${path}`, expires: expiresOn }),
    onError: failed,
  });
  const remove = useMutation({
    mutationFn: (person: Person) => call(programmeContract.uninviteFromPoll, { params: params(person.id) }),
    onSuccess: (_, person) => {
      void changedGatherings();
      done(
        `${person.name || 'L’invité'} n’est plus dans le sondage.`,
        () => call(programmeContract.restoreToPoll, { params: params(person.id) }).then(changedGatherings),
        'Remis dans le sondage.',
      );
    },
    onError: failed,
  });
  if (!may.invite || poll.state === 'cancelled') return null;
  const theirs = poll.people.filter((one) => (project.may.support || one.side === 'team') && !one.me);
  return (
    <ul className={own.people} aria-label="Personnes invitées">
      {theirs.map((one) => (
        <li key={one.id}>
          <span>{one.name || one.email || 'Invité sans nom'}</span>
          <span className="dim small">
            {standing(one)}
            {!one.account && ' · par lien'}
            {one.answeredBy && ` · réponses notées par ${one.answeredBy}`}
          </span>
          <span className="grow" />
          {!one.account && (
            <Button
              size="compact-sm"
              variant="subtle"
              loading={make.isPending && make.variables?.id === one.id}
              onClick={() => make.mutate(one)}
              aria-label={`Lien à remettre à ${one.name || one.email}`}
            >
              Lien à remettre
            </Button>
          )}
          <ActionIcon size="md" aria-label={`Retirer ${one.name || one.email}`} onClick={() => remove.mutate(one)}>
            <RemoveIcon size={16} />
          </ActionIcon>
          {link?.person === one.id && (
            <div style={{ flexBasis: '100%' }}>
              <Note
                action={
                  <CopyButton value={link.url}>
                    {({ copied, copy }) => (
                      <Button size="compact-sm" variant="default" leftSection={<CopyIcon size={14} />} onClick={copy}>
                        {copied ? 'Copié' : 'Copier'}
                      </Button>
                    )}
                  </CopyButton>
                }
              >
                <span style={{ overflowWrap: 'anywhere' }} data-testid="lien">
                  {link.url}
                </span>
                <br />
                <span className="small dim">
                  Ce lien n’est montré qu’ici, à remettre à cette seule personne. Valable jusqu’au{' '}
                  {sayDate(link.expires)}.
                </span>
              </Note>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
