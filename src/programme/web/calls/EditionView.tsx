import { Card } from '../../../web/ui/bits.tsx';
import { professionLabel } from '../../../web/words.ts';
import type { Edition } from '../../contract.ts';
import css from '../programme.module.css';
import { whoLabels } from '../projects/words.ts';
import { euros, monthOf, sayCondition, sayDeadline } from '../words.ts';
import own from './calls.module.css';

const kinds: Record<string, string> = {
  text: 'texte',
  'long-text': 'texte long',
  number: 'nombre',
  date: 'date',
  'yes-no': 'oui ou non',
  choice: 'un choix',
  choices: 'plusieurs choix',
  team: 'personnes par profession',
};

/** A call, whole, as its text says it: dates, rules, ranking, money, form, documents. */
export function EditionView({ edition, stacked }: { edition: Edition; stacked?: boolean }) {
  const fields = edition.sections.flatMap((section) => section.fields);
  const { funding } = edition;
  return (
    <div className={stacked ? 'stack loose' : css.two}>
      <div className="stack loose">
        <Card title="Conditions" count={edition.eligibility.length}>
          <ul className={`plain ${css.rules}`}>
            {edition.eligibility.map((rule) => (
              <li key={rule.id}>
                <b>{rule.title}</b>
                <p className="small dim">{sayCondition(rule.test, fields)}</p>
                <p className="small">
                  Sinon : {rule.fails} {rule.mend}
                </p>
              </li>
            ))}
          </ul>
        </Card>
        <Card title="Classement, s’il y a plus de candidatures que de places">
          <div className={css.body}>
            <ol className={css.steps}>
              {edition.ranking.map((criterion) => (
                <li key={criterion.id}>
                  <b>{criterion.title}</b>
                  <ul>
                    {criterion.levels.map((level) => (
                      <li key={level.words} className="small">
                        {level.points} {level.points > 1 ? 'points' : 'point'} : {level.words}
                      </li>
                    ))}
                  </ul>
                  {criterion.combine === 'sum' && <p className="small dim">Les points s’additionnent.</p>}
                </li>
              ))}
              {edition.review.length > 0 && (
                <li>
                  <b>À égalité, la note de l’examen</b>
                  <ul>
                    {edition.review.map((item) => (
                      <li key={item.id} className="small">
                        {item.title}, de 0 à 5, coefficient {item.weight}
                      </li>
                    ))}
                  </ul>
                </li>
              )}
              {edition.tie === 'earliest' && (
                <li>
                  <b>Puis la date de dépôt</b>
                </li>
              )}
            </ol>
          </div>
        </Card>
        <Card title="Formulaire" count={`${fields.length} champs`}>
          <div className={css.body}>
            {edition.sections.map((section) => (
              <details key={section.id}>
                <summary className="strong" style={{ padding: '6px 0' }}>
                  {section.title} <span className="dim small">({section.fields.length})</span>
                </summary>
                <ul className={css.steps}>
                  {section.fields.map((field) => (
                    <li key={field.id} className="small">
                      {field.label}
                      <span className="dim">
                        {' '}
                        : {kinds[field.type]}
                        {field.required ? '' : ', facultatif'}
                        {field.when ? ` ; demandé si ${sayCondition(field.when, fields)}` : ''}
                      </span>
                    </li>
                  ))}
                </ul>
              </details>
            ))}
          </div>
        </Card>
      </div>
      <div className="stack loose">
        <Card title="Calendrier et places">
          <dl className={`${css.lines} ${css.body}`}>
            <dt>Publié par</dt>
            <dd>{edition.publisher}</dd>
            <dt>Date limite</dt>
            <dd className="strong">{sayDeadline(edition.deadline)}</dd>
            <dt>Conditions vérifiées</dt>
            <dd>{edition.holdsWhen === 'submission' ? 'au dépôt' : 'à l’examen'}</dd>
            <dt>Places</dt>
            <dd>
              {edition.places}. {edition.placesWords}
            </dd>
          </dl>
        </Card>
        <Card title="Étapes du projet" count={edition.steps.length}>
          <StepsLine edition={edition} />
        </Card>
        <Card title="Pièces" count={edition.documents.length}>
          <ul className={`${css.steps} ${css.body}`} style={{ paddingLeft: 36 }}>
            {edition.documents.map((one) => (
              <li key={one.id}>
                {one.label}{' '}
                <span className="dim small">
                  {one.required ? (one.when ? `si ${sayCondition(one.when, fields)}` : '') : 'facultatif'}
                </span>
              </li>
            ))}
          </ul>
        </Card>
        <Card title="Financement">
          <div className={css.body}>
            <p className="small dim">
              {funding.basis === 'flat' ? 'Forfait.' : 'Coût réel, sur devis validés, jusqu’au plafond.'}
            </p>
            <ul className={css.steps}>
              {funding.fixed && (
                <li>
                  {euros(funding.fixed.cents)} : {funding.fixed.words}
                </li>
              )}
              {funding.perPerson.map((rule) => (
                <li key={rule.words}>
                  {euros(rule.cents)} : {rule.words}
                </li>
              ))}
              {funding.subscription && (
                <li>
                  {funding.subscription.words}, {funding.subscription.months} mois,{' '}
                  {euros(funding.subscription.capCents)} au plus par mois et par personne
                </li>
              )}
              {funding.excluded.map((one) => (
                <li key={one.profession} className="small dim">
                  {professionLabel(one.profession)} : {one.words}
                </li>
              ))}
              {funding.payments.length > 1 &&
                funding.payments.map((payment) => (
                  <li key={payment.when}>
                    {payment.percent} % : {payment.when.toLowerCase()}
                  </li>
                ))}
              {[...funding.notPaid.map((one) => one.words), ...funding.notes].map((words) => (
                <li key={words} className="small dim">
                  {words}
                </li>
              ))}
            </ul>
          </div>
        </Card>
      </div>
    </div>
  );
}

/** The steps along the months of the call; the same in words on each line. */
function StepsLine({ edition: { steps, year, mostMonths } }: { edition: Edition }) {
  const first = Math.min(...steps.map(({ fromMonth }) => fromMonth));
  const last = Math.max(...steps.map(({ toMonth }) => toMonth));
  return (
    <>
      <ol className={own.steps}>
        {steps.map((step) => (
          <li key={step.id} title={step.expected}>
            <span>{step.title}</span>
            <span className="dim small">
              {monthOf(year, step.fromMonth)}
              {step.toMonth !== step.fromMonth && ` – ${monthOf(year, step.toMonth)}`} ·{' '}
              {step.who.map((one) => whoLabels[one]).join(', ')}
            </span>
            <span className={own.track} aria-hidden>
              <span
                style={{
                  left: `${((step.fromMonth - first) / (last - first + 1)) * 100}%`,
                  width: `${((step.toMonth - step.fromMonth + 1) / (last - first + 1)) * 100}%`,
                }}
              />
            </span>
            {step.deliverables.length > 0 && (
              <span className="dim small">
                {step.deliverables
                  .map(({ label, required }) => (required ? label : `${label} (facultatif)`))
                  .join(', ')}
              </span>
            )}
          </li>
        ))}
      </ol>
      <p className="dim small" style={{ padding: '0 16px 14px' }}>
        {mostMonths} mois au plus, du lancement à la fin.
      </p>
    </>
  );
}
