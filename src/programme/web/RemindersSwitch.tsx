import { Button, Switch } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { sayCount, sayDate } from '../../web/say.ts';
import { done, failed } from '../../web/ui/undo.tsx';
import { usualReminders } from '../contract.ts';
import css from './choice/choice.module.css';

const words = new Intl.ListFormat('fr');
const daysBefore = (days: readonly number[]): string =>
  `${words.format(days.map(String))} ${days.length === 1 && days[0] === 1 ? 'jour' : 'jours'} avant`;
const say = (days: readonly number[], lastDay: string): string =>
  `${daysBefore(days)} le ${sayDate(lastDay)}, à qui n’a pas répondu`;
const proposed = [1, 2, 3, 5, 7, 10, 14, 21, 30];
const most = 4;

/** On how many days before the end reminders leave: four at most, none when they are off. */
export function ReminderDays({
  label,
  days,
  disabled,
  onChange,
}: {
  label: string;
  days: readonly number[];
  disabled?: boolean;
  onChange: (days: number[]) => void;
}) {
  const shown = [...new Set([...proposed, ...days])].sort((a, b) => a - b);
  return (
    <div className="stack tight">
      <span className="small">{label}</span>
      <div className={css.pills} role="group" aria-label={label}>
        {shown.map((day) => {
          const on = days.includes(day);
          return (
            <label key={day} className={css.pill}>
              <input
                type="checkbox"
                checked={on}
                disabled={disabled || (!on && days.length >= most)}
                onChange={() =>
                  onChange((on ? days.filter((one) => one !== day) : [...days, day]).toSorted((a, b) => b - a))
                }
              />
              {day} j
            </label>
          );
        })}
      </div>
      <span className="tiny dim">
        {days.length === 0
          ? 'Aucune relance ne part d’elle-même.'
          : `${daysBefore(days)} la fin${days.length >= most ? ` (${most} au plus)` : ''}.`}
      </span>
    </div>
  );
}

interface Props {
  before: readonly number[];
  /** What the call or the region plans. */
  usual: readonly number[];
  /** What left, by day. */
  sent: readonly { on: string; people: number }[];
  lastDay: string;
  may: boolean;
  plan: (days: number[]) => Promise<unknown>;
}
/** Reminders that leave by themselves: on which days, or off; what left already. Those who may not change them read what is planned. */
export function RemindersSwitch({ before, usual, sent, lastDay, may, plan }: Props) {
  const on = before.length > 0;
  const [days, setDays] = useState<number[] | null>(null);
  // An undo comes later: over the version that is on screen then.
  const latest = useRef(plan);
  latest.current = plan;
  const turn = useMutation({
    mutationFn: plan,
    onSuccess: (_, wanted) => {
      setDays(null);
      done(
        wanted.length ? `Relances automatiques : ${say(wanted, lastDay)}.` : 'Plus de relance automatique.',
        () => latest.current([...before]),
        'Relances d’avant remises.',
      );
    },
    onError: failed,
  });
  if (!may) return on ? <p className="small dim">Relances automatiques : {say(before, lastDay)}.</p> : null;
  return (
    <div className="stack tight">
      <Switch
        label="Relances automatiques"
        description={on ? `${say(before, lastDay)}.` : 'Personne n’est relancé sans un geste de votre part.'}
        checked={on}
        disabled={turn.isPending}
        onChange={(event) =>
          turn.mutate(event.currentTarget.checked ? [...(usual.length ? usual : usualReminders)] : [])
        }
      />
      {days ? (
        <>
          <ReminderDays label="Jours avant la fin" days={days} disabled={turn.isPending} onChange={setDays} />
          <div className="row">
            <Button size="compact-sm" loading={turn.isPending} onClick={() => turn.mutate(days)}>
              Enregistrer ces jours
            </Button>
            <Button size="compact-sm" variant="subtle" onClick={() => setDays(null)}>
              Annuler
            </Button>
          </div>
        </>
      ) : (
        on && (
          <div>
            <Button size="compact-sm" variant="subtle" onClick={() => setDays([...before])}>
              Choisir les jours
            </Button>
          </div>
        )
      )}
      {sent.length > 0 && (
        <p className="tiny dim">
          Relances parties :{' '}
          {words.format(sent.map((one) => `le ${sayDate(one.on)} (${sayCount(one.people, 'personne')})`))}.
        </p>
      )}
    </div>
  );
}
