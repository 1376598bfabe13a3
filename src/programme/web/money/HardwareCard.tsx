import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { Note, Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract, scaled } from '../../contract.ts';
import css from '../programme.module.css';
import { euros } from '../words.ts';
import own from './money.module.css';
import { changedMoney, type Detail, type Money, requestStates } from './words.ts';

type Request = Detail['requests'][number];
/** Requests about hardware that keeps the project from being deployed: examined, without promise (FIN-6). */
export function HardwareCard({ project, money, detail }: { project: string; money: Money; detail: Detail }) {
  const [asking, setAsking] = useState(false);
  return (
    <Card
      title="Demandes de matériel"
      count={detail.requests.length}
      action={
        money.may.offer &&
        !asking && (
          <Button size="compact-sm" variant="subtle" onClick={() => setAsking(true)}>
            Demander un examen
          </Button>
        )
      }
    >
      {detail.requests.length === 0 && !asking && (
        <Nothing>
          Le matériel n’est pas financé. Une demande peut être examinée quand l’équipement empêche le déploiement, sans
          promesse.
        </Nothing>
      )}
      {asking && <Ask project={project} onEnd={() => setAsking(false)} />}
      {detail.requests.map((one) => (
        <RequestItem key={one.id} project={project} money={money} request={one} />
      ))}
    </Card>
  );
}

function Ask({ project, onEnd }: { project: string; onEnd: () => void }) {
  const [words, setWords] = useState('');
  const [price, setPrice] = useState('');
  const cents = price.trim() === '' ? null : scaled(price, 2);
  const save = useMutation({
    mutationFn: () =>
      call(programmeContract.askHardware, { params: { project }, body: { words, cents: cents ?? null } }),
    onSuccess: () => {
      changedMoney();
      done('Demande enregistrée. Elle sera examinée, sans promesse.');
      onEnd();
    },
  });
  return (
    <form
      className={`${css.body} stack`}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Textarea
        label="Ce qui empêche le déploiement"
        autosize
        minRows={2}
        autoFocus
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <TextInput
        label="Montant estimé, facultatif"
        maw={200}
        inputMode="decimal"
        value={price}
        error={cents === undefined ? 'Un montant, comme 800 ou 799,90' : undefined}
        onChange={(event) => setPrice(event.currentTarget.value)}
      />
      {save.error instanceof Refusal && (
        <Note tone="danger" live>
          {save.error.message}
        </Note>
      )}
      <div className="row">
        <Button
          type="submit"
          size="compact-md"
          disabled={words.trim().length < 10 || cents === undefined}
          loading={save.isPending}
        >
          Demander un examen
        </Button>
        <Button size="compact-md" variant="subtle" onClick={onEnd}>
          Laisser
        </Button>
      </div>
    </form>
  );
}

function RequestItem({ project, money, request }: { project: string; money: Money; request: Request }) {
  const [answer, setAnswer] = useState<string>();
  const set = (state: Request['state'], seen: number, words = '') =>
    call(programmeContract.answerHardware, {
      params: { project, request: request.id },
      body: { seen, state, answer: words },
    }).then(changedMoney);
  const examine = useMutation({
    mutationFn: () => set('examined', request.version, answer),
    onSuccess: () => {
      setAnswer(undefined);
      done('Examen enregistré.', () => set('asked', request.version + 1), 'Examen annulé.');
    },
    onError: changedMoney,
  });
  const state = requestStates[request.state];
  return (
    <div className={`${own.quote} stack tight`} style={{ padding: '10px 16px' }}>
      <div className="row wrap">
        <Tag tone={state.tone}>{state.words}</Tag>
        {request.cents !== null && <span className="num small">{euros(request.cents)}</span>}
        <span className="grow" />
        <WhoWhen who={{ name: request.by, role: '' }} when={request.at} />
      </div>
      <p className="as-typed">{request.words}</p>
      {request.answer && (
        <p className="small dim">
          {request.answeredBy} : {request.answer}
        </p>
      )}
      {answer !== undefined ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            examine.mutate();
          }}
        >
          <Textarea
            label="Ce qui ressort de l’examen"
            autosize
            minRows={2}
            autoFocus
            value={answer}
            onChange={(event) => setAnswer(event.currentTarget.value)}
          />
          {examine.error instanceof Refusal && (
            <Note tone="danger" live>
              {examine.error.message}
            </Note>
          )}
          <div className="row">
            <Button type="submit" size="compact-md" disabled={answer.trim().length < 10} loading={examine.isPending}>
              Enregistrer l’examen
            </Button>
            <Button size="compact-md" variant="subtle" onClick={() => setAnswer(undefined)}>
              Laisser
            </Button>
          </div>
        </form>
      ) : (
        <div className="row wrap">
          {request.state === 'asked' && money.may.fund && (
            <Button size="compact-sm" variant="default" onClick={() => setAnswer('')}>
              Examiner
            </Button>
          )}
          {request.state === 'asked' && money.may.offer && (
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() =>
                void set('withdrawn', request.version).then(
                  () => done('Demande retirée.', () => set('asked', request.version + 1), 'Demande remise.'),
                  failed,
                )
              }
            >
              Retirer
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
