import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import { call } from '../../../web/api.ts';
import { sayCount, sayDate, sayLongDate, sayTime } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { PrintIcon, RightIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, Failure, Nothing } from '../../../web/ui/states.tsx';
import { professionLabel } from '../../../web/words.ts';
import { useRecord } from '../use-record.ts';
import css from './panels.module.css';

const line = z.object({
  seq: z.number(),
  at: z.string(),
  who: z.string(),
  role: z.string(),
  what: z.string(),
  target: z.string(),
  reason: z.string().nullable(),
  emergency: z.boolean(),
});
type Access = z.infer<typeof line>;
/** An entry of the access room, repeated here because a room's screens know only their own contract. */
const accessLog = {
  method: 'GET',
  path: '/api/patients/:patient/access-log',
  may: { read: 'summary' },
  does: 'Access log',
  params: z.object({ patient: z.string() }),
  query: z.object({ before: z.number().optional(), count: z.number().optional() }),
  reply: z.object({ lines: z.array(line), next: z.number().nullable() }),
} as const;

interface Person {
  key: string;
  who: string;
  role: string;
  lines: Access[];
}
/** Days, newest first; in each, people in the order of their last access. */
function byDay(lines: readonly Access[]): { day: string; people: Person[] }[] {
  const days = new Map<string, Map<string, Person>>();
  for (const one of lines) {
    const day = sayDate(one.at);
    const people = days.get(day) ?? new Map<string, Person>();
    days.set(day, people);
    const person = people.get(`${one.who} ${one.role}`) ?? {
      key: `${day} ${one.who} ${one.role}`,
      who: one.who,
      role: one.role,
      lines: [],
    };
    people.set(`${one.who} ${one.role}`, person);
    person.lines.push(one);
  }
  return [...days.values()].map((people) => ({
    day: [...people.values()][0]!.lines[0]!.at,
    people: [...people.values()],
  }));
}
/** «a ajouté les mesures ; a consulté l’identité, les allergies et 3 autres»: what changed something first. */
function inWords(lines: readonly Access[]): string {
  const targets = new Map<string, Set<string>>();
  for (const { what, target } of lines) {
    const known = targets.get(what) ?? new Set<string>();
    targets.set(what, known);
    if (target) known.add(target);
  }
  const looked = (what: string) => Number(/consulté|recherché|ouvert le dossier$/.test(what));
  return [...targets]
    .sort(([a], [b]) => looked(a) - looked(b))
    .map(([what, seen]) => {
      const words = [...seen];
      const shown = words.slice(0, words.length > 4 ? 3 : 4);
      return `${what} ${shown.join(', ')}${words.length > shown.length ? ` et ${sayCount(words.length - shown.length, 'autre')}` : ''}`.trim();
    })
    .join(' ; ');
}

/** «Qui a consulté ce dossier», by day and person, each access one press away: readable by the referent and by the patient (SEC-8). */
export default function AccessLogPanel({ patient, onClose }: { patient: string; onClose: () => void }) {
  const { header } = useRecord();
  const query = useInfiniteQuery({
    queryKey: [accessLog.path, { patient }],
    queryFn: ({ pageParam, signal }) =>
      call(accessLog, { params: { patient }, query: { before: pageParam, count: 200 } }, { signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const lines = query.data?.pages.flatMap((page) => page.lines) ?? [];
  return (
    <SidePanel
      title="Qui a consulté ce dossier"
      subtitle={header.patient.name}
      onClose={onClose}
      footer={
        <Button
          component="a"
          href={`/api/patients/${patient}/access-log/pdf`}
          target="_blank"
          rel="noreferrer"
          variant="default"
          leftSection={<PrintIcon size={16} />}
        >
          Imprimer pour le patient
        </Button>
      }
    >
      <div className="stack">
        <Failure of={query} />
        {query.isPending && <Bone h={200} />}
        {query.data && !lines.length && <Nothing>Personne n’a encore ouvert ce dossier.</Nothing>}
        {byDay(lines).map(({ day, people }) => (
          <section key={day} aria-label={sayLongDate(day)}>
            <h3 className={css.logDay}>{sayLongDate(day)}</h3>
            <ul className={`plain ${css.log}`}>
              {people.map((person) => (
                <PersonOfDay key={person.key} person={person} />
              ))}
            </ul>
          </section>
        ))}
        {query.hasNextPage && (
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Voir plus ancien
          </Button>
        )}
      </div>
    </SidePanel>
  );
}

function PersonOfDay({ person: { who, role, lines } }: { person: Person }) {
  const [open, setOpen] = useState(false);
  const [first, last] = [sayTime(lines.at(-1)!.at), sayTime(lines[0]!.at)];
  return (
    <li>
      <button type="button" className={css.logPerson} aria-expanded={open} onClick={() => setOpen(!open)}>
        <RightIcon size={16} stroke={1.8} />
        <span className="grow">
          <b>{who}</b> <span className="dim small">{professionLabel(role)}</span>{' '}
          {lines.some((one) => one.emergency) && <Tag tone="danger">urgence</Tag>}
        </span>
        <span className="dim small num nowrap">{first === last ? last : `${first} – ${last}`}</span>
        {!open && <span className={`small ${css.logWords}`}>{inWords(lines)}</span>}
      </button>
      {[...new Set(lines.map((one) => one.reason).filter(Boolean))].map((reason) => (
        <div key={reason} className={`small ${css.logReason}`}>
          Motif : {reason}
        </div>
      ))}
      {open && (
        <ul className={`plain small ${css.logLines}`} aria-label={`Chaque accès de ${who}`}>
          {lines.map((one) => (
            <li key={one.seq}>
              <time className="dim num nowrap" dateTime={one.at}>
                {sayTime(one.at)}
              </time>
              <span>
                {one.what} {one.target} {one.emergency && <Tag tone="danger">urgence</Tag>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
