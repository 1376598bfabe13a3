import { useQuery } from '@tanstack/react-query';
import dayjs from 'dayjs';
import { reading } from '../../../web/api.ts';
import type { LiveDocument } from '../../../web/live-document.ts';
import { sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { useChanges } from '../../../web/ui/LiveText.tsx';
import {
  type Candidate,
  coordinationContract,
  type Decision,
  type Discussion,
  parseDecisions,
} from '../../contract.ts';
import css from './meetings.module.css';
import runCss from './run.module.css';

/** Everyone a decision can be given to: the practice, this patient's team marked. */
export function useCandidates(discussion: Pick<Discussion, 'patient' | 'team'>): Candidate[] {
  const { data } = useQuery({
    ...reading(coordinationContract.addressees, { query: { patient: discussion.patient.id } }),
    staleTime: 60_000,
  });
  const wide = new Set(['coordinator', 'medical-secretary', 'medical-assistant']);
  const team = new Set(discussion.team.map((one) => one.id));
  return (data?.colleagues ?? discussion.team.map((one) => ({ ...one, professionLabel: '' }))).map((one) => ({
    id: one.id,
    name: one.name,
    profession: one.profession,
    inTeam: team.has(one.id) || wide.has(one.profession),
  }));
}
export const understood = (text: string, people: readonly Candidate[]): Decision[] =>
  parseDecisions(text, people, dayjs().format('YYYY-MM-DD'));

/** What the lines under «Décisions» will become: who, what, until when; what is unclear is said before the close. */
export function DecisionList({ decisions }: { decisions: readonly Decision[] }) {
  if (decisions.length === 0) return null;
  return (
    <ul className={`plain ${css.decisions}`} aria-label="Tâches qui en sortiront">
      {decisions.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be the same, their place tells them apart
        <li key={at}>
          <span className="grow">{one.words}</span>
          {one.outside ? (
            <Tag tone="danger" title="Recueillez l’accord du patient, ou choisissez quelqu’un d’autre.">
              {one.addresseeLabel} : hors de l’équipe
            </Tag>
          ) : one.unclear ? (
            <Tag tone="warning" title="La tâche ira à l’équipe de soins.">
              @{one.unclear} ? pour l’équipe
            </Tag>
          ) : (
            <Tag tone="accent">{one.addresseeLabel}</Tag>
          )}
          <span className={`small num nowrap ${css.due}`}>
            {one.due ? (
              `avant le ${sayDate(one.due)}`
            ) : one.noSuchDay ? (
              <Tag tone="warning" title="La tâche n’aura pas de date.">
                {one.noSuchDay} : ce jour n’existe pas
              </Tag>
            ) : (
              <span className="dim">sans date</span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The team one press away: puts «@Prénom » on a line of its own at the end of the decisions. */
export function Mentions({ minutes, discussion }: { minutes: LiveDocument; discussion: Discussion }) {
  const add = (name: string) => {
    const text = minutes.text('decisions');
    const now = text.toString();
    minutes.change(() => text.insert(text.length, `${now && !now.endsWith('\n') ? '\n' : ''}@${name} `));
    document.querySelector<HTMLTextAreaElement>('[data-section="decisions"] textarea')?.focus();
  };
  return (
    <div className={runCss.mentions} role="group" aria-label="Confier à">
      {[...discussion.team.map((one) => one.name), 'équipe'].map((name) => (
        <button type="button" key={name} onClick={() => add(name)}>
          @{name}
        </button>
      ))}
    </div>
  );
}
export function LiveDecisions({ minutes, discussion }: { minutes: LiveDocument; discussion: Discussion }) {
  useChanges(minutes);
  return <DecisionList decisions={understood(minutes.text('decisions').toString(), useCandidates(discussion))} />;
}
