import { ActionIcon, Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call } from '../../../web/api.ts';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { KeyIcon, RemoveIcon, SendIcon } from '../../../web/ui/icons.ts';
import { Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from './choice.module.css';
import { changedChoice, type NeedsPeople, sayProfession } from './words.ts';

type Person = NeedsPeople['people'][number];
const states = {
  listed: { tone: 'neutral', words: 'à inviter' },
  invited: { tone: 'info', words: 'invité' },
  started: { tone: 'warning', words: 'commencé' },
  submitted: { tone: 'success', words: 'envoyé' },
} as const;
/** How this person is reached. */
const sayWay = ({ mail, shared, account }: Person): string =>
  mail || (shared ? 'venu par le lien de l’équipe' : account ? 'répond depuis le projet' : 'sans adresse');

/** Who is asked and how far each is: a personal link to hand over, those who have not answered reminded, taken off the list. */
export function PeopleList({
  project,
  of: { people, staff },
  may,
  onLink,
}: {
  project: string;
  of: NeedsPeople;
  may: { remind: boolean; change: boolean; link: boolean };
  onLink: (link: { name: string; link: string }) => void;
}) {
  const params = { project };
  const remind = useMutation({
    mutationFn: () => call(programmeContract.remindNeeds, { params }),
    onSuccess: ({ mails, notices, already, unreachable }) => {
      changedChoice();
      const said = [
        ...(mails ? [sayCount(mails, 'relance part', 'relances partent')] : []),
        ...(notices ? [`${sayCount(notices, 'avis donné', 'avis donnés')} dans Estran`] : []),
        ...(mails || notices ? [] : ['Aucune relance']),
        ...(already ? [`${sayCount(already, 'personne déjà écrite', 'personnes déjà écrites')} aujourd’hui`] : []),
        ...(unreachable ? [`${sayCount(unreachable, 'personne', 'personnes')} sans adresse`] : []),
      ];
      done(`${said.join(' ; ')}.`);
    },
    onError: failed,
  });
  const ownLink = ({ id, name }: Person) =>
    call(programmeContract.needsLink, { params: { ...params, person: id } }).then(
      (made) => onLink({ name, ...made }),
      failed,
    );
  const turn = (id: string, on: boolean) =>
    call(on ? programmeContract.restoreNeedsPerson : programmeContract.removeNeedsPerson, {
      params: { ...params, person: id },
    }).then(changedChoice);
  const remove = ({ id, name }: Person) =>
    turn(id, false).then(
      () => done(`${name} n’est plus dans la liste.`, () => turn(id, true), 'De nouveau dans la liste.'),
      failed,
    );
  return (
    <Card
      title="Personnes interrogées"
      count={people.length}
      action={
        may.remind && people.some(({ state }) => state !== 'submitted') ? (
          <Button
            size="compact-md"
            variant="default"
            leftSection={<SendIcon size={14} />}
            loading={remind.isPending}
            onClick={() => remind.mutate()}
          >
            Relancer
          </Button>
        ) : undefined
      }
    >
      {people.length === 0 && (
        <Nothing>
          Personne encore. Ajoutez {staff > 0 ? 'le personnel de la structure' : 'des personnes'}, ou donnez un lien à
          toute l’équipe.
        </Nothing>
      )}
      <ul className="plain divided">
        {people.map((one) => (
          <li key={one.id} className={`row wrap ${css.person}`}>
            <span className="strong">{one.name || 'Sans nom'}</span>
            <span className="dim small">
              {sayProfession(one.profession)} · {sayWay(one)}
            </span>
            <span className="grow" />
            {one.reminders > 0 && <span className="dim tiny">relancé le {sayDate(one.remindedOn)}</span>}
            <Tag tone={states[one.state].tone}>{states[one.state].words}</Tag>
            {may.change && (one.state === 'listed' || one.state === 'invited') && !one.shared && (
              <>
                {may.link && (
                  <ActionIcon
                    aria-label={`Lien personnel de ${one.name}`}
                    title="Lien à remettre"
                    onClick={() => void ownLink(one)}
                  >
                    <KeyIcon size={16} />
                  </ActionIcon>
                )}
                <ActionIcon aria-label={`Retirer ${one.name}`} onClick={() => void remove(one)}>
                  <RemoveIcon size={16} />
                </ActionIcon>
              </>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
