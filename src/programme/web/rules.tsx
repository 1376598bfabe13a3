import type { ReactNode } from 'react';
import { Tag } from '../../web/ui/bits.tsx';
import { CheckIcon, CloseIcon, InfoIcon } from '../../web/ui/icons.ts';
import type { Edition } from '../contract.ts';
import css from './programme.module.css';
import { type RuleLine, sayValue } from './words.ts';

export const answerTags = {
  yes: { tone: 'success', words: 'Remplie', Icon: CheckIcon },
  no: { tone: 'danger', words: 'Non remplie', Icon: CloseIcon },
  unknown: { tone: 'neutral', words: 'À préciser', Icon: InfoIcon },
} as const;
export function AnswerTag({ answer }: { answer: keyof typeof answerTags }) {
  const { tone, words, Icon } = answerTags[answer];
  return (
    <Tag tone={tone} icon={<Icon size={13} />}>
      {words}
    </Tag>
  );
}

/** Rules of eligibility with their answers: the rule, the facts and the documents behind each (AAP-10). */
export function Rules({
  results,
  edition,
  after,
}: {
  results: readonly RuleLine[];
  edition: Edition;
  after?: (rule: RuleLine) => ReactNode;
}) {
  const fields = new Map(edition.sections.flatMap((section) => section.fields).map((field) => [field.id, field]));
  const documents = new Map(edition.documents.map((one) => [one.id, one.label]));
  return (
    <ul className={`plain ${css.rules}`}>
      {results.map((rule) => (
        <li key={rule.id} data-answer={rule.answer}>
          <div className="row between">
            <b>{rule.title}</b>
            <AnswerTag answer={rule.answer} />
          </div>
          {rule.answer === 'no' && (
            <p className="small">
              {rule.fails} <span className="dim">{rule.mend}</span>
            </p>
          )}
          <dl className={css.facts}>
            {rule.facts.map((fact) => (
              <div key={fact.id}>
                <dt>{fact.label}</dt>
                <dd>{sayValue(fields.get(fact.id), fact.value) || <span className="dim">non renseigné</span>}</dd>
              </div>
            ))}
            {rule.documents.length > 0 && (
              <div>
                <dt>Pièces</dt>
                <dd>{rule.documents.map((one) => documents.get(one) ?? one).join(', ')}</dd>
              </div>
            )}
          </dl>
          {after?.(rule)}
        </li>
      ))}
    </ul>
  );
}
