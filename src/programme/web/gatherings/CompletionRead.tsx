import { sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { Nothing } from '../../../web/ui/states.tsx';
import { inSentence, professionLabel } from '../../../web/words.ts';
import css from '../programme.module.css';
import {
  type Module,
  moduleStates,
  type Site,
  type TakeOver,
  type Training,
  takeOvers,
  verdicts,
} from './CompletionForm.tsx';
import own from './gatherings.module.css';
import type { SheetForm } from './use-sheet.ts';

const labelOf = (choices: readonly { value: string; label: string }[], value: string | undefined): string =>
  choices.find((one) => one.value === value)?.label ?? '';

/** The report as it stands, for those who read it: the team before it signs, ARS, the commission. */
export function CompletionRead({ form }: { form: SheetForm }) {
  const [sites, modules, trainings] = [
    form.value<Site[]>('sites') ?? [],
    form.value<Module[]>('modules') ?? [],
    form.value<Training[]>('trainings') ?? [],
  ];
  const takeOver = form.value<TakeOver>('takeOver');
  const text = (field: string) => form.value<string>(field) ?? '';
  const facts = [
    ['Logiciel', [text('product'), text('vendor')].filter(Boolean).join(', ')],
    ['Installé le', sayDate(text('installedOn'))],
    [
      'Données d’avant',
      takeOver ? [labelOf(takeOvers, takeOver.state).toLowerCase(), takeOver.note].filter(Boolean).join('. ') : '',
    ],
  ].filter(([, value]) => value);
  const verdict = labelOf(verdicts, text('verdict'));
  return (
    <>
      <Card title="Installation vérifiée">
        {facts.length === 0 && <Nothing>Le consultant n’a rien noté encore.</Nothing>}
        <div className={`${css.body} stack`}>
          <dl className={css.lines}>
            {facts.map(([name, value]) => (
              <div key={name} style={{ display: 'contents' }}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          {facts.length > 0 &&
            sites.map((one) => (
              <div key={one.name} className={own.line}>
                <span>{one.name}</span>
                <span className="dim small">
                  {one.workstations} {one.workstations > 1 ? 'postes' : 'poste'}
                  {one.note && `, ${one.note}`}
                </span>
                <span className="grow" />
                <Tag tone={one.verified ? 'success' : 'neutral'}>{one.verified ? 'vérifié' : 'non vérifié'}</Tag>
              </div>
            ))}
          {facts.length > 0 &&
            modules.map((one) => (
              <div key={one.name} className={own.line}>
                <span>{one.name}</span>
                {one.note && <span className="dim small">{one.note}</span>}
                <span className="grow" />
                <Tag tone={one.state === 'in-use' ? 'success' : 'neutral'}>
                  {labelOf(moduleStates, one.state).toLowerCase()}
                </Tag>
              </div>
            ))}
        </div>
      </Card>
      <Card title="Formations tenues" count={trainings.length}>
        {trainings.length === 0 && <Nothing>Aucune formation notée.</Nothing>}
        <div className={css.body}>
          {trainings.map((one) => (
            <div key={`${one.title} ${one.on}`} className={own.line}>
              <span>{one.title}</span>
              <span className="dim small">
                {[
                  one.on && `le ${sayDate(one.on)}`,
                  `${one.people} ${one.people > 1 ? 'personnes' : 'personne'}`,
                  one.professions.map((code) => inSentence(professionLabel(code))).join(', '),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </div>
          ))}
        </div>
      </Card>
      <Card title="Conclusion">
        <div className={`${css.body} stack`}>
          {verdict ? <p className="strong">{verdict}</p> : <p className="dim small">Pas encore rendue.</p>}
          {[
            ['Observations', text('observations')],
            ['Réserves', text('reserves')],
          ]
            .filter(([, words]) => words)
            .map(([name, words]) => (
              <div key={name}>
                <h3>{name}</h3>
                <p className="as-typed">{words}</p>
              </div>
            ))}
        </div>
      </Card>
    </>
  );
}
