import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import type { z } from 'zod';
import { call, queries, reading, Refusal, failureOf } from '../../../web/api.ts';
import { sayDate, sayDateTime } from '../../../web/say.ts';
import { Card, ProgressBar } from '../../../web/ui/bits.tsx';
import { CheckIcon } from '../../../web/ui/icons.ts';
import { Bone, EmptyState, Note, Failure } from '../../../web/ui/states.tsx';
import { programmeContract } from '../../contract.ts';
import css from './choice.module.css';
import { QuestionInput } from './QuestionInput.tsx';
import { useAnswers } from './use-answers.ts';
import { sayProfession } from './words.ts';

type Mine = z.infer<typeof programmeContract.questionnaire.reply>;
const path = (token: string) => `/programme/questionnaire/${token}`;

/** `/programme/questionnaire/$token`: a member of the team answers by a link, without an account, on a telephone or a desk. */
export default function QuestionnairePage() {
  const { token } = useParams({ strict: false }) as { token: string };
  const query = useQuery({
    ...reading(programmeContract.questionnaire, { params: { token } }),
    retry: false,
    refetchOnWindowFocus: false,
  });
  const failure = failureOf(query);
  return (
    <main className={css.public}>
      <title>Questionnaire · Estran</title>
      {failure &&
        (failure instanceof Refusal && [400, 404, 410].includes(failure.status) ? (
          <EmptyState title={failure.status === 410 ? 'Ce lien a expiré' : 'Ce lien n’ouvre aucun questionnaire'}>
            {failure.status === 400
              ? 'Le lien est incomplet. Ouvrez-le depuis le message reçu, ou demandez-en un nouveau.'
              : failure.message}
          </EmptyState>
        ) : (
          <Failure of={query} />
        ))}
      {query.isPending && <Bone h={320} />}
      {query.data && (
        <>
          <header style={{ marginBottom: 20 }}>
            <p className="dim small">
              {query.data.team} · {query.data.region}
            </p>
            <h1>{query.data.title}</h1>
          </header>
          {!query.data.open ? (
            <Closed mine={query.data} />
          ) : query.data.shared ? (
            <WhoAreYou token={token} mine={query.data} />
          ) : (
            <Answers key={token} token={token} mine={query.data} />
          )}
        </>
      )}
    </main>
  );
}

function Closed({ mine }: { mine: Mine }) {
  return (
    <EmptyState icon={CheckIcon} title="Ce questionnaire est clos">
      {mine.closesOn ? `Il s’est fermé le ${sayDate(mine.closesOn)}. ` : 'Il sera bientôt rouvert. '}
      {mine.submittedAt
        ? 'Vos réponses ont été reçues ; merci.'
        : 'Pour y répondre encore, adressez-vous à la personne qui accompagne votre équipe.'}
    </EmptyState>
  );
}

function WhoAreYou({ token, mine }: { token: string; mine: Mine }) {
  const [form, setForm] = useState({ profession: '', name: '' });
  const navigate = useNavigate();
  const start = useMutation({
    mutationFn: () => call(programmeContract.startQuestionnaire, { params: { token }, body: form }, { quiet: true }),
    onSuccess: (own) => void navigate({ to: path(own.token) as string, replace: true }),
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate();
      }}
    >
      <p className="as-typed">{mine.intro}</p>
      <Select
        label="Votre profession"
        placeholder="À choisir"
        searchable
        data={mine.professions.map(({ code, label }) => ({ value: code, label }))}
        value={form.profession || null}
        onChange={(profession) => setForm({ ...form, profession: profession ?? '' })}
      />
      <TextInput
        label="Votre nom (facultatif)"
        description="Sans nom, seule votre profession accompagne vos réponses."
        autoComplete="name"
        value={form.name}
        onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
        maxLength={120}
      />
      {start.error && (
        <Note tone="danger" live>
          {start.error.message}
        </Note>
      )}
      <div>
        <Button type="submit" disabled={!form.profession} loading={start.isPending}>
          Commencer
        </Button>
      </div>
      <p className="small dim">
        Vous recevrez une adresse à vous, affichée dans votre navigateur : gardez-la pour reprendre plus tard.
      </p>
    </form>
  );
}

const empty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value as object).length === 0);

function Answers({ token, mine }: { token: string; mine: Mine }) {
  const again = useCallback(
    () => void queries.invalidateQueries({ queryKey: [programmeContract.questionnaire.path] }),
    [],
  );
  const { fields, change, send, flush } = useAnswers(token, again);
  const [nameless, setNameless] = useState(mine.nameless);
  const [sentAt, setSentAt] = useState(mine.submittedAt);
  const value = (id: string) => (fields[id] && 'value' in fields[id] ? fields[id].value : mine.answers[id]);
  const questions = mine.sections.flatMap((section) => section.questions);
  const done = questions.filter(({ id }) => !empty(value(id))).length;
  const hide = useMutation({
    mutationFn: (next: boolean) =>
      call(programmeContract.hideMyName, { params: { token }, body: { nameless: next } }, { quiet: true }),
    onError: () => setNameless(mine.nameless),
  });
  const submit = useMutation({
    mutationFn: async () => {
      if (!(await flush()))
        throw new Refusal(
          0,
          'Réponses à enregistrer',
          'Une réponse n’a pas pu être enregistrée : elle est marquée ci-dessus. Rien n’est perdu ; réessayez dans un instant.',
        );
      return call(programmeContract.submitQuestionnaire, { params: { token } }, { quiet: true });
    },
    onSuccess: ({ at }) => {
      setSentAt(at);
      scrollTo({ top: 0 });
    },
    onError: (error) => {
      const [first] = error instanceof Refusal ? ((error.extra.questions as string[] | undefined) ?? []) : [];
      if (first) document.getElementById(`question-${first}`)?.scrollIntoView({ block: 'start' });
      if (error instanceof Refusal && error.extra.reason === 'closed') again();
    },
  });
  const saving = Object.values(fields).some((one) => one.saving);
  const failed = Object.values(fields).some(({ error }) => error);
  const saved = Object.values(fields).some((one) => one.saved);
  return (
    <>
      {sentAt ? (
        <Note tone="success">
          Vos réponses sont envoyées, merci. Vous pouvez encore les modifier jusqu’au {sayDate(mine.closesOn)} : chaque
          changement s’enregistre.
        </Note>
      ) : (
        <p className="as-typed">{mine.intro}</p>
      )}
      <div className="stack" style={{ margin: '16px 0' }}>
        <p className="small dim">
          {mine.name ? `${mine.name}, ` : ''}
          {sayProfession(mine.profession).toLowerCase()} · à rendre avant le {sayDate(mine.closesOn)} au soir
        </p>
        {mine.name && (
          <Checkbox
            size="sm"
            checked={nameless}
            onChange={(event) => {
              setNameless(event.currentTarget.checked);
              hide.mutate(event.currentTarget.checked);
            }}
            label="Ne pas montrer mon nom avec mes réponses"
            description={
              mine.alone
                ? 'Vous êtes seul de votre profession parmi les personnes interrogées : on pourrait vous reconnaître. Sans nom, vos réponses ne comptent que dans les totaux de la synthèse.'
                : 'Votre profession reste visible. L’équipe ne lit que la synthèse.'
            }
          />
        )}
      </div>
      <div className="stack loose">
        {mine.sections.map((section) => (
          <Card key={section.id} title={section.title}>
            <div className={css.form}>
              {section.questions.map((question) => {
                const field = fields[question.id];
                return (
                  <QuestionInput
                    key={question.id}
                    question={question}
                    value={value(question.id)}
                    onChange={(next, at) => change(question.id, next, at)}
                    onLeave={() => void send(question.id)}
                    foot={
                      field?.error && (
                        <Note
                          tone="warning"
                          live
                          action={
                            <Button size="compact-sm" variant="default" onClick={() => void send(question.id)}>
                              Réessayer
                            </Button>
                          }
                        >
                          {field.error}
                        </Note>
                      )
                    }
                  />
                );
              })}
            </div>
          </Card>
        ))}
      </div>
      {submit.error && (
        <div style={{ marginTop: 16 }}>
          <Note tone="danger" live>
            {submit.error.message}
          </Note>
        </div>
      )}
      <div className={css.publicBar}>
        <div style={{ width: 200 }}>
          <ProgressBar
            share={questions.length ? done / questions.length : 0}
            label={`${done} sur ${questions.length}`}
          />
        </div>
        <span className="small dim" role="status">
          {saving
            ? 'Enregistrement…'
            : failed
              ? 'Une réponse n’est pas enregistrée'
              : saved
                ? 'Enregistré'
                : sentAt
                  ? `Envoyé le ${sayDateTime(sentAt)}`
                  : ''}
        </span>
        {!sentAt && (
          <Button loading={submit.isPending} onClick={() => submit.mutate()}>
            Envoyer mes réponses
          </Button>
        )}
      </div>
    </>
  );
}
