import { ActionIcon, Button, Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, Refusal, urlOf } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Card, Face, Tag } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { DownloadIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { ErrorState, ListBones, Note, Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { professionChoices, professionLabel } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import type { Project } from '../projects/tabs.ts';
import { euros } from '../words.ts';
import own from './leading.module.css';
import { changedTeam, noPatient, type ProjectTeam, readMinutes, sayMinutes } from './words.ts';

type Member = ProjectTeam['members'][number];

/** Who carries the project, the time they plan and give, and what it is worth (REC-3). */
export default function TimeTab({ project }: { project: Project }) {
  const query = useQuery(reading(programmeContract.projectTeam, { params: { project: project.id } }));
  useLive(['projects'], changedTeam);
  const [url, setUrl] = useUrl();
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <ListBones rows={8} />;
  const team = query.data;
  const [act, id] = (url.volet ?? '').split(':');
  const chosen = team.members.find((one) => one.id === id);
  return (
    <div className={css.two}>
      <div className={`${css.beside} stack loose`}>
        {team.warnings.map((words) => (
          <Note key={words} tone="warning">
            {words}
          </Note>
        ))}
        <Card
          title="Équipe projet"
          count={team.members.length}
          action={
            team.writes && (
              <Button size="compact-sm" variant="subtle" onClick={() => setUrl({ volet: 'personne' })}>
                Ajouter une personne
              </Button>
            )
          }
        >
          {team.members.length === 0 ? (
            <Nothing>Nommez un responsable et des personnes de plusieurs professions.</Nothing>
          ) : (
            <div className={css.scroll}>
              <table className={own.table}>
                <thead>
                  <tr>
                    <th scope="col">Personne</th>
                    <th scope="col" className={own.end}>
                      Prévu par mois
                    </th>
                    <th scope="col" className={own.end}>
                      Prévu à ce jour
                    </th>
                    <th scope="col" className={own.end}>
                      Donné
                    </th>
                    <th scope="col" className={own.end}>
                      Valeur
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {team.members.map((one) => (
                    <tr key={one.id}>
                      <td>
                        <div className="row">
                          <Face name={one.name} profession={one.profession} quiet />
                          <div className="stack tight">
                            <span className="row wrap">
                              {team.writes ? (
                                <button type="button" className="plain-button strong" onClick={() => setUrl({ volet: `personne:${one.id}` })}>
                                  {one.name}
                                </button>
                              ) : (
                                <span className="strong">{one.name}</span>
                              )}
                              {one.leader && <Tag tone="accent">responsable</Tag>}
                            </span>
                            <span className="small dim">{[professionLabel(one.profession), one.role].filter(Boolean).join(' · ')}</span>
                          </div>
                        </div>
                      </td>
                      <td className={own.end}>{sayMinutes(one.minutesMonth)}</td>
                      <td className={own.end}>{sayMinutes(one.sums.planned)}</td>
                      <td className={own.end}>{sayMinutes(one.sums.minutes)}</td>
                      <td className={own.end}>{one.sums.cents === null ? '–' : euros(one.sums.cents)}</td>
                    </tr>
                  ))}
                </tbody>
                <tfoot>
                  <tr>
                    <td>Toutes les personnes</td>
                    <td />
                    <td className={own.end}>{sayMinutes(team.total.planned)}</td>
                    <td className={own.end}>{sayMinutes(team.total.minutes)}</td>
                    <td className={own.end}>{team.total.cents === null ? '–' : euros(team.total.cents)}</td>
                  </tr>
                </tfoot>
              </table>
            </div>
          )}
        </Card>
        <TimeCard project={project} team={team} />
      </div>
      <div className={css.side}>
        <ByProfession project={project} team={team} />
      </div>
      {act === 'personne' && team.writes && (!id || chosen) && <MemberPanel key={id ?? 'new'} project={project} team={team} member={chosen} onClose={() => setUrl({ volet: undefined })} />}
    </div>
  );
}

/** Planned and given side by side, by profession; what an hour is worth. */
function ByProfession({ project, team }: { project: Project; team: ProjectTeam }) {
  const rate = useMutation({
    mutationFn: ({ profession, cents }: { profession: string; cents: number }) => call(programmeContract.setRate, { params: { project: project.id, profession }, body: { cents } }),
    onSuccess: changedTeam,
    onError: failed,
  });
  const most = Math.max(1, ...team.professions.flatMap(({ sums }) => [sums.planned, sums.minutes]));
  return (
    <>
      <Card title="Prévu et donné" count="par profession">
        {team.professions.length === 0 && <Nothing>Le temps s’affichera ici, par profession.</Nothing>}
        <div className={`${css.body} stack`}>
          {team.professions.map(({ profession, sums }) => (
            <div key={profession} className={own.pair} role="img" aria-label={`${professionLabel(profession)} : prévu ${sayMinutes(sums.planned)}, donné ${sayMinutes(sums.minutes)}`}>
              <span>{professionLabel(profession)}</span>
              <span className={own.two}>
                <span className={own.thin} data-kind="planned" style={{ width: `${(sums.planned * 100) / most}%` }} />
                <span className={own.thin} style={{ width: `${(sums.minutes * 100) / most}%` }} />
              </span>
              <span className="num nowrap">
                {sayMinutes(sums.minutes)} <span className="dim">/ {sayMinutes(sums.planned)}</span>
              </span>
            </div>
          ))}
          {team.professions.length > 0 && <p className="small dim">Hachuré : prévu à ce jour. Plein : donné.</p>}
        </div>
      </Card>
      {team.professions.length > 0 && (
        <Card title="Valeur du temps">
          <div className={`${css.body} stack`}>
            {team.professions.map(({ profession, rateCents, sums }) => (
              <div key={profession} className={own.rate}>
                <span className="small">{professionLabel(profession)}</span>
                {team.writes ? (
                  <NumberInput
                    size="xs"
                    aria-label={`Valeur d’une heure : ${professionLabel(profession)}`}
                    suffix=" €/h"
                    decimalScale={2}
                    decimalSeparator=","
                    min={0}
                    max={1000}
                    hideControls
                    key={rateCents}
                    defaultValue={rateCents === null ? '' : rateCents / 100}
                    onBlur={(event) => {
                      const typed = event.currentTarget.value.replace(/[^\d,.]/g, '').replace(',', '.');
                      const cents = Math.round(Number(typed) * 100);
                      if (typed !== '' && Number.isFinite(cents) && cents !== rateCents) rate.mutate({ profession, cents });
                    }}
                  />
                ) : (
                  <span className="small num">{rateCents === null ? 'non renseignée' : `${euros(rateCents)} de l’heure`}</span>
                )}
                <span className="small num nowrap" style={{ textAlign: 'right' }}>
                  {sums.cents === null ? '–' : euros(sums.cents)}
                </span>
              </div>
            ))}
            <p className="row between strong">
              <span>Total valorisé</span>
              <span className="num">{team.total.cents === null ? '–' : euros(team.total.cents)}</span>
            </p>
          </div>
        </Card>
      )}
    </>
  );
}

/** Time is noted in one line: who, when, how long, for what. */
function TimeCard({ project, team }: { project: Project; team: ProjectTeam }) {
  const mine = team.members.find((one) => one.mine);
  const noted = team.writes ? team.members : team.members.filter((one) => one.mine);
  const [form, setForm] = useState({ member: mine?.id ?? noted[0]?.id ?? '', day: team.today, time: '', what: '' });
  const member = noted.some(({ id }) => id === form.member) ? form.member : (mine?.id ?? noted[0]?.id ?? '');
  const minutes = readMinutes(form.time);
  const log = useMutation({
    mutationFn: () => call(programmeContract.logTime, { params: { project: project.id }, body: { member, day: form.day, minutes: minutes!, what: form.what } }),
    onSuccess: ({ id }) => {
      changedTeam();
      setForm({ ...form, time: '', what: '' });
      done('Temps noté.', () => turn(id, true), 'Temps retiré.');
    },
  });
  const turn = (entry: string, removed: boolean) => call(programmeContract.turnTime, { params: { project: project.id, entry }, body: { removed } }).then(changedTeam);
  const refusal = log.error instanceof Refusal ? log.error : null;
  return (
    <Card
      title="Temps donné"
      count={sayCount(team.entries.length, 'ligne')}
      action={
        <Button component="a" size="compact-sm" variant="subtle" href={urlOf(programmeContract.timeCsv, { params: { project: project.id } })} leftSection={<DownloadIcon size={16} />}>
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
          <Select label="Personne" value={member} allowDeselect={false} disabled={noted.length === 1} data={noted.map(({ id, name }) => ({ value: id, label: name }))} onChange={(value) => value && setForm({ ...form, member: value })} />
          <DateField label="Date" value={form.day} max={team.today} error={refusal?.fields.day} onChange={(day) => setForm({ ...form, day })} />
          <TextInput label="Durée" placeholder="1 h 30" value={form.time} error={refusal?.fields.minutes ?? (form.time && minutes === null ? 'Par exemple 1 h 30 ou 45 min' : undefined)} onChange={(event) => setForm({ ...form, time: event.currentTarget.value })} />
          <TextInput label="Pour quoi" style={{ flexBasis: 220 }} value={form.what} error={refusal?.fields.what} onChange={(event) => setForm({ ...form, what: event.currentTarget.value })} />
          <Button type="submit" loading={log.isPending} disabled={!minutes || form.what.trim() === '' || form.day === ''}>
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
                      <ActionIcon aria-label={`Retirer : ${one.what}, ${sayDate(one.day)}`} onClick={() => void turn(one.id, true).then(() => done('Ligne retirée.', () => turn(one.id, false), 'Ligne remise.'), failed)}>
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

function MemberPanel({ project, team, member, onClose }: { project: Project; team: ProjectTeam; member: Member | undefined; onClose: () => void }) {
  const [form, setForm] = useState({
    practitioner: member?.practitioner ?? null, name: member?.name ?? '', profession: member?.profession ?? '', role: member?.role ?? '', leader: member?.leader ?? !team.members.some(({ leader }) => leader), time: member ? sayMinutes(member.minutesMonth) : '2 h',
  });
  const minutesMonth = readMinutes(form.time);
  const body = { name: form.name, profession: form.profession, role: form.role, leader: form.leader, minutesMonth: minutesMonth ?? 0 };
  const save = useMutation({
    mutationFn: async (removed: boolean): Promise<void> => {
      const params = { project: project.id };
      if (member) await call(programmeContract.changeProjectMember, { params: { ...params, member: member.id }, body: { ...body, removed, seen: member.version } });
      else await call(programmeContract.addProjectMember, { params, body: { ...body, practitioner: form.practitioner } });
    },
    onSuccess: (_, removed) => {
      changedTeam();
      if (removed && member) done(`${member.name} n’est plus dans l’équipe projet.`, () => call(programmeContract.changeProjectMember, { params: { project: project.id, member: member.id }, body: { ...body, removed: false, seen: member.version + 1 } }).then(changedTeam), 'Personne remise.');
      else done(member ? 'Enregistré.' : 'Personne ajoutée.');
      onClose();
    },
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  const free = team.people.filter(({ practitioner }) => !team.members.some((one) => one.practitioner === practitioner));
  const named = form.practitioner !== null;
  return (
    <PanelForm
      title={member ? member.name : 'Ajouter une personne'}
      subtitle="Équipe projet"
      verb={member ? 'Enregistrer' : 'Ajouter'}
      pending={save.isPending}
      ready={form.name.trim() !== '' && form.profession !== '' && minutesMonth !== null}
      refusal={refusal}
      onSubmit={() => save.mutate(false)}
      onClose={onClose}
      beside={
        member && (
          <Button variant="subtle" color="red" onClick={() => save.mutate(true)}>
            Retirer
          </Button>
        )
      }
    >
      {!member && team.people.length > 0 && (
        <Select
          label="De la structure"
          placeholder="Choisir, ou saisir un nom ci-dessous"
          searchable
          clearable
          value={form.practitioner}
          data={free.map(({ practitioner, name, profession }) => ({ value: practitioner, label: `${name}, ${professionLabel(profession)}` }))}
          onChange={(practitioner) => {
            const person = free.find((one) => one.practitioner === practitioner);
            setForm({ ...form, practitioner, name: person?.name ?? '', profession: person?.profession ?? '' });
          }}
        />
      )}
      <TextInput label="Nom" disabled={named} value={form.name} error={refusal?.fields.name} onChange={(event) => setForm({ ...form, name: event.currentTarget.value })} />
      <Select label="Profession" disabled={named} searchable value={form.profession || null} error={refusal?.fields.profession} data={professionChoices} onChange={(profession) => setForm({ ...form, profession: profession ?? '' })} />
      <TextInput label="Rôle dans le projet" description={noPatient} value={form.role} error={refusal?.fields.role} onChange={(event) => setForm({ ...form, role: event.currentTarget.value })} placeholder="Référent de sa profession, lien avec l’éditeur…" />
      <TextInput label="Temps prévu par mois" value={form.time} error={refusal?.fields.minutesMonth ?? (minutesMonth === null ? 'Par exemple 2 h ou 90 min' : undefined)} onChange={(event) => setForm({ ...form, time: event.currentTarget.value })} />
      <Checkbox label="Responsable du projet" checked={form.leader} onChange={(event) => setForm({ ...form, leader: event.currentTarget.checked })} />
    </PanelForm>
  );
}
