import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call, failureOf } from '../../../web/api.ts';
import { Note } from '../../../web/ui/states.tsx';
import { type AidCard, type AidDraft, recordContract } from '../../contract.ts';
import css from './treatments.module.css';

const tones = { info: 'info', warning: 'warning', critical: 'danger' } as const;

/** What the certified prescribing aid of the practice says of lines being written: in its own words and under its name. Without one, or when it is silent, that is said; nothing is held up. */
export function AidCards({ patient, drafts }: { patient: string; drafts: readonly AidDraft[] }) {
  const [asked] = useDebouncedValue(
    drafts.filter(({ label }) => label.trim()),
    500,
  );
  const query = useQuery({
    queryKey: ['prescribing-aid', { patient }, asked],
    queryFn: ({ signal }) =>
      call(recordContract.prescribingAid, { params: { patient }, body: { drafts: [...asked] } }, { signal }),
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
  if (asked.length === 0) return null;
  if (failureOf(query))
    return <Note tone="warning">L’aide à la prescription n’a pas pu être interrogée : rien n’a été vérifié.</Note>;
  const answer = query.data;
  if (!answer) return <p className="small dim">Aide à la prescription : interrogation…</p>;
  if (answer.state !== 'answered')
    return answer.state === 'off' ? (
      <p className="small dim">{answer.words}</p>
    ) : (
      <Note tone="warning">{answer.words}</Note>
    );
  return (
    <section aria-label={`Aide à la prescription : ${answer.product}`} className={css.aid}>
      <p className="small strong">{answer.words}</p>
      {answer.cards.map((card) => (
        <Card key={`${card.summary}${card.detail}`} card={card} />
      ))}
    </section>
  );
}
function Card({ card }: { card: AidCard }) {
  return (
    <Note tone={tones[card.indicator]}>
      <span className="strong">{card.summary}</span>
      {card.detail && <span className={css.detail}>{card.detail}</span>}
      <span className={`${css.detail} dim tiny`}>
        Source :{' '}
        {card.sourceUrl ? (
          <a href={card.sourceUrl} target="_blank" rel="noreferrer">
            {card.source}
          </a>
        ) : (
          card.source
        )}
        {card.links.map(({ label, url }) => (
          <span key={url}>
            {' · '}
            <a href={url} target="_blank" rel="noreferrer">
              {label}
            </a>
          </span>
        ))}
      </span>
    </Note>
  );
}
