import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call, reading, failureOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { EditIcon, EyeIcon } from '../../../web/ui/icons.ts';
import { Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import page from '../programme.module.css';
import type { Project } from '../projects/tabs.ts';
import { RemindersSwitch } from '../RemindersSwitch.tsx';
import css from './choice.module.css';
import { FormEditor } from './FormEditor.tsx';
import { Bars } from './parts.tsx';
import { QuestionInput } from './QuestionInput.tsx';
import { changedChoice, type Needs, sayProfession } from './words.ts';

const states = {
  draft: { tone: 'neutral', words: 'en préparation' },
  open: { tone: 'success', words: 'ouvert' },
  closed: { tone: 'warning', words: 'clos' },
} as const;

export default function QuestionnaireView({ project }: { project: Project }) {
  const query = useQuery(reading(programmeContract.needs, { params: { project: project.id } }));
  const [url, setUrl] = useUrl();
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data) return <ListBones rows={8} />;
  const needs = query.data;
  const editing = needs.may.write && needs.state === 'draft' && url.volet === 'modifier';
  return (
    <div className={page.two}>
      <div className={page.beside}>
        {needs.may.write && needs.state === 'draft' && (
          <div className="row wrap" style={{ marginBottom: 12 }}>
            <Button
              variant={editing ? 'filled' : 'default'}
              leftSection={editing ? <EyeIcon size={16} /> : <EditIcon size={16} />}
              onClick={() => setUrl({ volet: editing ? undefined : 'modifier' })}
            >
              {editing ? 'Voir comme l’équipe' : 'Modifier les questions'}
            </Button>
            {needs.version === 0 && (
              <span className="dim small">Questionnaire fourni avec le produit, à adapter à l’équipe.</span>
            )}
          </div>
        )}
        {editing ? <FormEditor project={project.id} needs={needs} /> : <Preview needs={needs} />}
      </div>
      <div className={page.side}>
        <Mine project={project} needs={needs} />
        <Opening project={project} needs={needs} />
        <Rates needs={needs} />
      </div>
    </div>
  );
}

function Preview({ needs }: { needs: Needs }) {
  const [tried, setTried] = useState<Record<string, never>>({});
  return (
    <div className="stack loose">
      <Card title={needs.title}>
        <div className={page.body}>
          <p style={{ whiteSpace: 'pre-line', maxWidth: '78ch' }}>{needs.intro}</p>
          <p className="small dim" style={{ marginTop: 8 }}>
            Aperçu : ce que vous cochez ici n’est pas enregistré.
          </p>
        </div>
      </Card>
      {needs.sections.map((section) => (
        <Card key={section.id} title={section.title} count={sayCount(section.questions.length, 'question')}>
          <div className={css.form}>
            {section.questions.map((question) => (
              <QuestionInput
                key={question.id}
                question={question}
                value={tried[question.id]}
                onChange={(value) => setTried({ ...tried, [question.id]: value as never })}
              />
            ))}
          </div>
        </Card>
      ))}
    </div>
  );
}

/** For the people of the team: their own way in. */
function Mine({ project, needs }: { project: Project; needs: Needs }) {
  const navigate = useNavigate();
  const open = useMutation({
    mutationFn: () => call(programmeContract.myNeeds, { params: { project: project.id } }),
    onSuccess: ({ token }) => void navigate({ to: `/programme/questionnaire/${token}` as string }),
    onError: failed,
  });
  if (project.as !== 'practice') return null;
  return (
    <Card title="Votre avis">
      <div className={`${page.body} stack`}>
        <p className="small">
          {needs.state === 'draft'
            ? 'Le questionnaire sera bientôt ouvert : vous le trouverez ici.'
            : needs.state === 'closed'
              ? `Le questionnaire est clos depuis le ${sayDate(needs.closesOn)}.`
              : needs.mine === 'submitted'
                ? `Vos réponses sont envoyées. Vous pouvez les modifier jusqu’au ${sayDate(needs.closesOn)}.`
                : `Une dizaine de minutes, à rendre avant le ${sayDate(needs.closesOn)} au soir. Vous pouvez vous arrêter et revenir.`}
        </p>
        {needs.may.answer && (
          <div>
            <Button loading={open.isPending} onClick={() => open.mutate()}>
              {needs.mine === 'started'
                ? 'Continuer mes réponses'
                : needs.mine === 'submitted'
                  ? 'Relire mes réponses'
                  : 'Répondre au questionnaire'}
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}

function Opening({ project, needs }: { project: Project; needs: Needs }) {
  const [closesOn, setClosesOn] = useState(needs.closesOn ?? '');
  const params = { project: project.id };
  const asked = needs.rates.reduce((sum, one) => sum + one.asked, 0);
  const begun = needs.rates.reduce((sum, one) => sum + one.started, 0);
  const open = useMutation({
    mutationFn: () => call(programmeContract.openNeeds, { params, body: { seen: needs.version, closesOn } }),
    onSuccess: ({ mails }) => {
      changedChoice();
      done(
        needs.state === 'open'
          ? 'Date de clôture changée.'
          : `Questionnaire ouvert. ${mails ? sayCount(mails, 'message part', 'messages partent') : 'Aucun message à envoyer'}.`,
      );
    },
    onError: failed,
  });
  const act = useMutation({
    mutationFn: (entry: typeof programmeContract.closeNeeds | typeof programmeContract.redraftNeeds) =>
      call(entry, { params, body: { seen: needs.version } }),
    onSuccess: changedChoice,
    onError: failed,
  });
  const { tone, words } = states[needs.state];
  return (
    <Card title="Ouverture" action={<Tag tone={tone}>{words}</Tag>}>
      <div className={`${page.body} stack`}>
        {needs.state !== 'draft' && (
          <p className="small">
            Ouvert le {sayDate(needs.openedAt?.slice(0, 10))},{' '}
            {needs.state === 'open'
              ? `se clôt le ${sayDate(needs.closesOn)} au soir`
              : `clos${needs.closesOn && needs.closesOn < needs.today ? ` depuis le ${sayDate(needs.closesOn)}` : ''}`}
            .
          </p>
        )}
        {!needs.may.write && needs.state === 'draft' && (
          <p className="small dim">Le consultant prépare le questionnaire.</p>
        )}
        {needs.may.write && (
          <>
            {needs.state === 'draft' && asked === 0 && (
              <Note>
                Personne n’est encore dans la liste des personnes interrogées : vous pourrez les ajouter après
                l’ouverture, ou donner un lien à toute l’équipe.
              </Note>
            )}
            <DateField
              label={needs.state === 'draft' ? 'Se clôt le' : 'Nouvelle date de clôture'}
              value={closesOn}
              onChange={setClosesOn}
            />
            <div className="row wrap">
              <Button
                disabled={closesOn === '' || (needs.state === 'open' && closesOn === needs.closesOn)}
                loading={open.isPending}
                onClick={() => open.mutate()}
              >
                {needs.state === 'draft'
                  ? asked
                    ? `Ouvrir et inviter ${sayCount(asked, 'personne')}`
                    : 'Ouvrir'
                  : needs.state === 'open'
                    ? 'Changer la date'
                    : 'Rouvrir jusqu’à cette date'}
              </Button>
              {needs.state === 'open' && (
                <Button
                  variant="default"
                  loading={act.isPending}
                  onClick={() => act.mutate(programmeContract.closeNeeds)}
                >
                  Clore maintenant
                </Button>
              )}
              {needs.state !== 'draft' && begun === 0 && (
                <Button
                  variant="subtle"
                  loading={act.isPending}
                  onClick={() => act.mutate(programmeContract.redraftNeeds)}
                >
                  Reprendre les questions
                </Button>
              )}
            </div>
            {needs.state === 'open' && needs.closesOn && (
              <RemindersSwitch
                before={needs.remindBefore}
                usual={needs.usual}
                sent={needs.reminded}
                lastDay={needs.closesOn}
                may
                plan={(days) =>
                  call(programmeContract.planNeedsReminders, { params, body: { seen: needs.version, days } }).finally(
                    changedChoice,
                  )
                }
              />
            )}
            {needs.state !== 'draft' && begun > 0 && (
              <p className="small dim">Des réponses sont commencées : les questions ne changent plus.</p>
            )}
          </>
        )}
      </div>
    </Card>
  );
}

function Rates({ needs }: { needs: Needs }) {
  if (needs.rates.length === 0) return null;
  const asked = needs.rates.reduce((sum, one) => sum + one.asked, 0);
  const submitted = needs.rates.reduce((sum, one) => sum + one.submitted, 0);
  return (
    <Card title="Qui a répondu" count={`${submitted} sur ${asked}`}>
      <div className={page.body} aria-live="polite">
        <Bars
          label="Réponses par profession"
          lines={needs.rates.map(({ profession, asked: all, submitted: sent, started }) => ({
            label: sayProfession(profession),
            share: all ? sent / all : 0,
            text: `${sent} sur ${all}${started > sent ? `, ${started - sent} en cours` : ''}`,
          }))}
        />
      </div>
    </Card>
  );
}
