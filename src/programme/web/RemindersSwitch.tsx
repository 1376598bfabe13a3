import { Switch } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { sayDate } from '../../web/say.ts';
import { done, failed } from '../../web/ui/undo.tsx';
import { usualReminders } from '../contract.ts';

const list = (days: readonly number[]): string => new Intl.ListFormat('fr').format(days.map(String));
const say = (days: readonly number[], lastDay: string): string => `${list(days)} ${days.length === 1 && days[0] === 1 ? 'jour' : 'jours'} avant le ${sayDate(lastDay)}, à qui n’a pas répondu`;

/** Reminders that leave by themselves: on, as planned, or off. Those who may not switch them read what is planned. */
export function RemindersSwitch({ before, lastDay, may, plan }: { before: readonly number[]; lastDay: string; may: boolean; plan: (days: number[]) => Promise<unknown> }) {
  const on = before.length > 0;
  const turn = useMutation({
    mutationFn: (wanted: boolean) => plan(wanted ? [...usualReminders] : []),
    onSuccess: (_, wanted) => done(wanted ? `Relances automatiques : ${say(usualReminders, lastDay)}.` : 'Plus de relance automatique.'),
    onError: failed,
  });
  if (!may) return on ? <p className="small dim">Relances automatiques : {say(before, lastDay)}.</p> : null;
  return <Switch label="Relances automatiques" description={on ? `${say(before, lastDay)}.` : 'Personne n’est relancé sans un geste de votre part.'} checked={on} disabled={turn.isPending} onChange={(event) => turn.mutate(event.currentTarget.checked)} />;
}
