import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal, urlOf } from '../../../web/api.ts';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { DownloadIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import { Note, Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import type { Project } from '../projects/tabs.ts';
import own from './leading.module.css';
import { changedTeam, type ProjectTeam, readMinutes, sayMinutes } from './words.ts';

/** Time is noted in one line: who, when, how long, for what. */
export function TimeCard({ project, team }: { project: Project; team: ProjectTeam }) {
  const mine = team.members.find((one) => one.mine);
  const noted = team.writes ? team.members : team.members.filter((one) => one.mine);
  const [form, setForm] = useState({ member: mine?.id ?? noted[0]?.id ?? '', day: team.today, time: '', what: '' });
  const member = noted.some(({ id }) => id === form.member) ? form.member : (mine?.id ?? noted[0]?.id ?? '');
  const minutes = readMinutes(form.time);
  const log = useMutation({
    mutationFn: () =>
      call(programmeContract.logTime, {
        params: { project: project.id },
        body: { member, day: form.day, minutes: minutes!, what: form.what },
      }),
    onSuccess: ({ id }) => {
      changedTeam();
      setForm({ ...form, time: '', what: '' });
      done('Temps noté.', () => turn(id, true), 'Temps retiré.');
    },
  });
  const turn = (entry: string, removed: boolean) =>
    call(programmeContract.turnTime, { params: { project: project.id, entry }, body: { removed } }).then(changedTeam);
  const refusal = log.error instanceof Refusal ? log.error : null;
  return (
    <Card
      title="Temps donné"
      count={sayCount(team.entries.length, 'ligne')}
      action={
        <Button
          component="a"
          size="compact-sm"
          variant="subtle"
          href={urlOf(programmeContract.timeCsv, { params: { project: project.id } })}
          leftSection={<DownloadIcon size={16} />}
        >
          CSV
        </Button>
      }
    >
      {team.logs && noted.length > 0 && (
        <form
          className={own.quick}
          onSubmit={(event) => {
            event.preventDefault();
            if (minutes !== null) log.mutate();
          }}
        >
          <Select
            label="Personne"
            value={member}
            allowDeselect={false}
            disabled={noted.length === 1}
            data={noted.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(value) => value && setForm({ ...form, member: value })}
          />
          <DateField
            label="Date"
            value={form.day}
            max={team.today}
            error={refusal?.fields.day}
            onChange={(day) => setForm({ ...form, day })}
          />
          <TextInput
            label="Durée"
            placeholder="1 h 30"
            value={form.time}
            error={
              refusal?.fields.minutes ?? (form.time && minutes === null ? 'Par exemple 1 h 30 ou 45 min' : undefined)
            }
            onChange={(event) => setForm({ ...form, time: event.currentTarget.value })}
          />
          <TextInput
            label="Pour quoi"
            style={{ flexBasis: 220 }}
            value={form.what}
            error={refusal?.fields.what}
            onChange={(event) => setForm({ ...form, what: event.currentTarget.value })}
          />
          <Button
            type="submit"
            loading={log.isPending}
            disabled={!minutes || form.what.trim() === '' || form.day === ''}
          >
            Noter
          </Button>
        </form>
      )}
      {refusal && (
        <div className={css.body}>
          <Note tone="danger" live>
            {refusal.message}
          </Note>
        </div>
      )}
      {team.entries.length === 0 && <Nothing>Aucun temps noté encore.</Nothing>}
      {team.entries.length > 0 && (
        <div className={css.scroll}>
          <table className={own.table}>
            <thead>
              <tr>
                <th scope="col">Date</th>
                <th scope="col">Personne</th>
                <th scope="col" className={own.end}>
                  Durée
                </th>
                <th scope="col">Pour quoi</th>
                <th scope="col">
                  <span className="vh">Retirer</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {team.entries.map((one) => (
                <tr key={one.id}>
                  <td className="nowrap num">{sayDate(one.day)}</td>
                  <td>{one.name}</td>
                  <td className={own.end}>{sayMinutes(one.minutes)}</td>
                  <td>{one.what}</td>
                  <td className={own.act}>
                    {team.logs && (team.writes || one.mine) && (
                      <ActionIcon
                        aria-label={`Retirer : ${one.what}, ${sayDate(one.day)}`}
                        onClick={() =>
                          void turn(one.id, true).then(
                            () => done('Ligne retirée.', () => turn(one.id, false), 'Ligne remise.'),
                            failed,
                          )
                        }
                      >
                        <RemoveIcon size={16} />
                      </ActionIcon>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
