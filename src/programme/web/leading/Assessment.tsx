import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Card, ProgressBar, Tag } from '../../../web/ui/bits.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import own from './leading.module.css';
import { LevelPicker } from './LevelPicker.tsx';
import { changedMaturity, type Levels, type Maturity, noPatient } from './words.ts';

type Open = NonNullable<Maturity['open']>;

/** The assessment that is open: one's own answers, kept as one gives them; then what the team agrees on. */
export function Assessment({ maturity, open }: { maturity: Maturity; open: Open }) {
  const { matrix, may } = maturity;
  const [side, setSide] = useState<'mine' | 'team'>(may.answer ? 'mine' : 'team');
  const [mine, setMine] = useState<Levels>(open.mine?.levels ?? {});
  const [chosen, setChosen] = useState<Levels>({});
  const [words, setWords] = useState('');
  const latest = useRef({ levels: mine, version: open.mine?.version ?? 0 });
  const all = matrix.axes.flatMap(({ dimensions }) => dimensions);
  const decided: Levels = { ...open.proposed, ...chosen };
  const keep = useMutation({
    // One after the other: each sends all answers on top of the version that the former made.
    scope: { id: `levels-${open.id}` },
    mutationFn: () =>
      call(programmeContract.giveLevels, {
        params: { assessment: open.id },
        body: { levels: latest.current.levels, seen: latest.current.version },
      }),
    onSuccess: () => {
      latest.current.version += 1;
      changedMaturity();
    },
    onError: (error) => {
      failed(error);
      changedMaturity();
    },
  });
  const agree = useMutation({
    mutationFn: () =>
      call(programmeContract.agreeLevels, {
        params: { assessment: open.id },
        body: { levels: decided, words, seen: open.version },
      }),
    onSuccess: () => {
      changedMaturity();
      done(
        'Niveaux retenus.',
        () =>
          call(programmeContract.reopenAssessment, {
            params: { assessment: open.id },
            body: { seen: open.version + 1 },
          }).then(changedMaturity),
        'Autoévaluation rouverte.',
      );
    },
    onError: changedMaturity,
  });
  const pick = (dimension: string, level: number) => {
    if (side === 'team') return setChosen({ ...chosen, [dimension]: level });
    latest.current.levels = { ...latest.current.levels, [dimension]: level };
    setMine(latest.current.levels);
    keep.mutate();
  };
  const values = side === 'mine' ? mine : decided;
  const votes = (dimension: string) =>
    side === 'team'
      ? (open.spread[dimension] ?? []).map((count, at) => ({
          count,
          names: (open.opinions ?? []).filter(({ levels }) => levels[dimension] === at + 1).map(({ name }) => name),
        }))
      : undefined;
  const missing = all.filter(({ id }) => values[id] === undefined).length;
  return (
    <Card
      title="Autoévaluation en cours"
      count={`depuis le ${sayDate(open.openedOn)}`}
      action={
        may.answer &&
        may.agree && (
          <SegmentedControl
            size="xs"
            aria-label="Partie de l’autoévaluation"
            value={side}
            onChange={(value) => setSide(value as typeof side)}
            data={[
              { value: 'mine', label: 'Mes réponses' },
              { value: 'team', label: 'Décision de l’équipe' },
            ]}
          />
        )
      }
    >
      <div className={`${css.body} stack`}>
        {side === 'mine' ? (
          <>
            <p className="small dim">
              Choisissez, pour chaque dimension, la phrase la plus proche de ce que vous vivez. Vos réponses
              s’enregistrent au fur et à mesure ; vos collègues les voient, la région n’en voit que la répartition.
            </p>
            <ProgressBar share={(all.length - missing) / all.length} label="Mes réponses" />
          </>
        ) : (
          <p className="small dim">
            {sayCount(open.answers, 'personne a répondu', 'personnes ont répondu')}.{' '}
            {may.agree
              ? 'En réunion, retenez un niveau par dimension, accepté par la majorité. Le niveau médian est proposé.'
              : 'La coordination retiendra les niveaux en réunion.'}
          </p>
        )}
      </div>
      {matrix.axes.map((axis) => (
        <section key={axis.id} aria-label={axis.label}>
          <div className={css.body} style={{ paddingTop: 12, paddingBottom: 8 }}>
            <h3>{axis.label}</h3>
            <p className="small dim">{axis.why}</p>
          </div>
          {axis.dimensions.map((dimension) => (
            <div key={dimension.id} className={own.dimension}>
              <header>
                <h4 className="strong">{dimension.label}</h4>
                {axis.gates && dimension.least > 1 && (
                  <Tag title="Au-dessous du niveau 2, l’organisation n’est pas définie">indispensable</Tag>
                )}
                {agree.error instanceof Refusal && agree.error.fields[`levels.${dimension.id}`] && (
                  <Tag tone="danger">à choisir</Tag>
                )}
              </header>
              <LevelPicker
                dimension={dimension}
                value={values[dimension.id]}
                onPick={(level) => pick(dimension.id, level)}
                votes={votes(dimension.id)}
                disabled={side === 'team' && !may.agree}
              />
            </div>
          ))}
        </section>
      ))}
      {side === 'team' && may.agree && (
        <form
          className={`${css.body} stack`}
          style={{ borderTop: '1px solid var(--line)', paddingTop: 16 }}
          onSubmit={(event) => {
            event.preventDefault();
            agree.mutate();
          }}
        >
          <Textarea
            label="Comment l’équipe s’est accordée"
            description={noPatient}
            autosize
            minRows={2}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            error={agree.error instanceof Refusal ? agree.error.fields.words : undefined}
          />
          {agree.error instanceof Refusal && (
            <Note tone="danger" live>
              {agree.error.message}
            </Note>
          )}
          <div className="row wrap">
            <Button type="submit" loading={agree.isPending}>
              Retenir ces niveaux
            </Button>
            {missing > 0 && (
              <span className="small dim">
                {sayCount(missing, 'dimension reste à choisir', 'dimensions restent à choisir')}
              </span>
            )}
          </div>
        </form>
      )}
    </Card>
  );
}
