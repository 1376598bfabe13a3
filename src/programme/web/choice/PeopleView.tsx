import { ActionIcon, Button, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, Refusal } from '../../../web/api.ts';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { KeyIcon, RemoveIcon, SendIcon } from '../../../web/ui/icons.ts';
import { ErrorState, ListBones, Note, Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { professionChoices } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import page from '../programme.module.css';
import type { Project } from '../projects/tabs.ts';
import css from './choice.module.css';
import { changedChoice, sayProfession } from './words.ts';

const states = {
  listed: { tone: 'neutral', words: 'à inviter' },
  invited: { tone: 'info', words: 'invité' },
  started: { tone: 'warning', words: 'commencé' },
  submitted: { tone: 'success', words: 'envoyé' },
} as const;
const asked = professionChoices.filter(({ value }) => value !== 'administrator');
const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
const named: readonly (readonly [RegExp, string])[] = [
  [/asal/, 'asalee-nurse'],
  [/ipa\b|avanc/, 'advanced-practice-nurse'],
  [/assistant/, 'medical-assistant'],
  [/^(mg|generaliste|docteur)/, 'physician'],
  [/^ide\b/, 'nurse'],
];
/** The profession that someone means by «infirmière», «kiné», «secrétaire». */
function professionIn(typed: string): string | undefined {
  const text = plain(typed);
  if (text.length < 2) return undefined;
  return (
    named.find(([pattern]) => pattern.test(text))?.[1] ??
    (text.length > 3
      ? asked.find(({ label, value }) => text === plain(value) || plain(label).includes(text.slice(0, 6)))?.value
      : undefined)
  );
}
/** «Anne Le Goff ; infirmière ; anne@exemple.fr», one a line; separators as pasted from a sheet. */
export function readPeople(pasted: string): {
  people: { name: string; profession: string; mail: string }[];
  unread: string[];
} {
  const people = [];
  const unread: string[] = [];
  for (const line of pasted
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean)) {
    const parts = line.split(/\s*[;\t,]\s*/).filter(Boolean);
    const mail = parts.find((part) => part.includes('@')) ?? '';
    const rest = parts.filter((part) => part !== mail);
    const profession = rest.map((part) => ({ part, code: professionIn(part) })).findLast(({ code }) => code);
    const name = rest.find((part) => part !== profession?.part);
    if (name && profession?.code) people.push({ name, profession: profession.code, mail });
    else unread.push(line);
  }
  return { people, unread };
}

/** Who is asked, how far each is; links to hand over, the link of the whole team, reminders. */
export default function PeopleView({ project }: { project: Project }) {
  const params = { project: project.id };
  const query = useQuery(reading(programmeContract.needsPeople, { params }));
  const needs = useQuery(reading(programmeContract.needs, { params }));
  const [link, setLink] = useState<{ name: string; link: string } | null>(null);
  const add = useMutation({
    mutationFn: (body: { staff?: boolean; people?: { name: string; profession: string; mail: string }[] }) =>
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
  const share = useMutation({
    mutationFn: () => call(programmeContract.shareNeeds, { params }),
    onSuccess: (made) => {
      setLink({ name: 'toute l’équipe', ...made });
      changedChoice();
    },
    onError: failed,
  });
  const unshare = useMutation({
    mutationFn: () => call(programmeContract.unshareNeeds, { params }),
    onSuccess: () => {
      setLink(null);
      changedChoice();
      done('Le lien de l’équipe ne fonctionne plus.');
    },
    onError: failed,
  });
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
  const personLink = (id: string, name: string) =>
    call(programmeContract.needsLink, { params: { ...params, person: id } }).then(
      (made) => setLink({ name, ...made }),
      failed,
    );
  const turn = (id: string, on: boolean) =>
    call(on ? programmeContract.restoreNeedsPerson : programmeContract.removeNeedsPerson, {
      params: { ...params, person: id },
    }).then(changedChoice);
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (!query.data || !needs.data) return <ListBones rows={8} />;
  const { people, staff } = query.data;
  const writes = needs.data.may.write;
  const open = needs.data.state === 'open';
  return (
    <div className={page.two}>
      <div className={page.beside}>
        <Card
          title="Personnes interrogées"
          count={people.length}
          action={
            writes && open && people.some(({ state }) => state !== 'submitted') ? (
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
              Personne encore. Ajoutez {staff > 0 ? 'le personnel de la structure' : 'des personnes'}, ou donnez un lien
              à toute l’équipe.
            </Nothing>
          )}
          <ul className="plain divided">
            {people.map((one) => (
              <li key={one.id} className="row wrap" style={{ padding: '6px 16px', minHeight: 40 }}>
                <span className="strong">{one.name || 'Sans nom'}</span>
                <span className="dim small">
                  {sayProfession(one.profession)}
                  {one.mail
                    ? ` · ${one.mail}`
                    : one.shared
                      ? ' · venu par le lien de l’équipe'
                      : one.account
                        ? ' · répond depuis le projet'
                        : ' · sans adresse'}
                </span>
                <span className="grow" />
                {one.reminders > 0 && <span className="dim tiny">relancé le {sayDate(one.remindedOn)}</span>}
                <Tag tone={states[one.state].tone}>{states[one.state].words}</Tag>
                {writes && (one.state === 'listed' || one.state === 'invited') && !one.shared && (
                  <>
                    {needs.data.state !== 'draft' && (
                      <ActionIcon
                        aria-label={`Lien personnel de ${one.name}`}
                        title="Lien à remettre"
                        onClick={() => void personLink(one.id, one.name)}
                      >
                        <KeyIcon size={16} />
                      </ActionIcon>
                    )}
                    <ActionIcon
                      aria-label={`Retirer ${one.name}`}
                      onClick={() =>
                        void turn(one.id, false).then(
                          () =>
                            done(
                              `${one.name} n’est plus dans la liste.`,
                              () => turn(one.id, true),
                              'De nouveau dans la liste.',
                            ),
                          failed,
                        )
                      }
                    >
                      <RemoveIcon size={16} />
                    </ActionIcon>
                  </>
                )}
              </li>
            ))}
          </ul>
        </Card>
      </div>
      <div className={page.side}>
        {link && (
          <Card title={`Lien pour ${link.name}`}>
            <div className={`${page.body} stack`}>
              <code className={css.linkBox}>{`${location.origin}${link.link}`}</code>
              <p className="small dim">
                Affiché une seule fois : copiez-le maintenant. Seule son empreinte est conservée.
              </p>
              <div className="row wrap">
                <Button
                  size="compact-md"
                  variant="default"
                  onClick={() =>
                    void navigator.clipboard?.writeText(`${location.origin}${link.link}`).then(
                      () => done('Lien copié.'),
                      () => undefined,
                    )
                  }
                >
                  Copier
                </Button>
                <Button size="compact-md" variant="subtle" onClick={() => setLink(null)}>
                  Fermer
                </Button>
              </div>
            </div>
          </Card>
        )}
        {writes && staff > 0 && (
          <Card title="Personnel de la structure">
            <div className={`${page.body} stack`}>
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
            </div>
          </Card>
        )}
        {writes && (
          <AddPeople pending={add.isPending} error={add.error} add={(people) => add.mutateAsync({ people })} />
        )}
        {writes && (
          <Card title="Un lien pour toute l’équipe">
            <div className={`${page.body} stack`}>
              <p className="small dim">
                À afficher en salle de pause ou à envoyer : chacun dit d’abord sa profession, puis reçoit une adresse à
                lui.
              </p>
              {!open && <Note>Ouvrez d’abord le questionnaire.</Note>}
              <div className="row wrap">
                <Button variant="default" disabled={!open} loading={share.isPending} onClick={() => share.mutate()}>
                  {needs.data.shared ? 'Remplacer le lien' : 'Faire un lien'}
                </Button>
                {needs.data.shared && (
                  <Button variant="subtle" loading={unshare.isPending} onClick={() => unshare.mutate()}>
                    Le fermer
                  </Button>
                )}
              </div>
            </div>
          </Card>
        )}
      </div>
    </div>
  );
}

function AddPeople({
  add,
  pending,
  error,
}: {
  add: (people: { name: string; profession: string; mail: string }[]) => Promise<unknown>;
  pending: boolean;
  error: unknown;
}) {
  const [one, setOne] = useState({ name: '', profession: '', mail: '' });
  const [pasted, setPasted] = useState('');
  const { people, unread } = readPeople(pasted);
  const fields = error instanceof Refusal ? error.fields : {};
  return (
    <Card title="Ajouter des personnes">
      <form
        className={`${page.body} stack`}
        onSubmit={(event) => {
          event.preventDefault();
          void add([one]).then(
            () => setOne({ name: '', profession: '', mail: '' }),
            () => undefined,
          );
        }}
      >
        <TextInput
          label="Nom"
          value={one.name}
          maxLength={120}
          onChange={(event) => setOne({ ...one, name: event.currentTarget.value })}
        />
        <Select
          label="Profession"
          searchable
          data={asked}
          value={one.profession || null}
          onChange={(profession) => setOne({ ...one, profession: profession ?? '' })}
        />
        <TextInput
          label="Courriel (facultatif)"
          type="email"
          value={one.mail}
          error={fields['people.0.mail']}
          onChange={(event) => setOne({ ...one, mail: event.currentTarget.value })}
        />
        <div>
          <Button type="submit" variant="default" loading={pending} disabled={!one.name.trim() || !one.profession}>
            Ajouter
          </Button>
        </div>
        <details>
          <summary className="small" style={{ cursor: 'pointer', minHeight: 32 }}>
            Coller une liste
          </summary>
          <div className="stack" style={{ paddingTop: 8 }}>
            <Textarea
              label="Nom ; profession ; courriel"
              description="Une personne par ligne"
              autosize
              minRows={4}
              maxRows={12}
              value={pasted}
              onChange={(event) => setPasted(event.currentTarget.value)}
              placeholder={'Anne Le Goff ; infirmière ; anne@exemple.fr\nYann Riou ; pharmacien'}
            />
            {unread.length > 0 && (
              <Note tone="warning">
                Lignes non comprises : {unread.slice(0, 5).join(' / ')}. Il y faut un nom et une profession de la liste.
              </Note>
            )}
            <div>
              <Button
                variant="default"
                loading={pending}
                disabled={people.length === 0 || unread.length > 0}
                onClick={() =>
                  void add(people).then(
                    () => setPasted(''),
                    () => undefined,
                  )
                }
              >
                Ajouter {sayCount(people.length, 'personne')}
              </Button>
            </div>
          </div>
        </details>
      </form>
    </Card>
  );
}
