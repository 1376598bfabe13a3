import { Button, NumberInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { call, reading, failureOf } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { useUrl } from '../../../web/routes.tsx';
import { Card, Face, Tag } from '../../../web/ui/bits.tsx';
import { Failure, ListBones, Note, Nothing } from '../../../web/ui/states.tsx';
import { failed } from '../../../web/ui/undo.tsx';
import { professionLabel } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import type { Project } from '../projects/tabs.ts';
import { euros } from '../words.ts';
import own from './leading.module.css';
import { MemberPanel } from './MemberPanel.tsx';
import { TimeCard } from './TimeCard.tsx';
import { changedTeam, type ProjectTeam, sayMinutes } from './words.ts';

/** Who carries the project, the time they plan and give, and what it is worth (REC-3). */
export default function TimeTab({ project }: { project: Project }) {
  const query = useQuery(reading(programmeContract.projectTeam, { params: { project: project.id } }));
  useLive(['projects'], changedTeam);
  const [url, setUrl] = useUrl();
  if (failureOf(query)) return <Failure of={query} />;
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
                                <button
                                  type="button"
                                  className="plain-button strong"
                                  onClick={() => setUrl({ volet: `personne:${one.id}` })}
                                >
                                  {one.name}
                                </button>
                              ) : (
                                <span className="strong">{one.name}</span>
                              )}
                              {one.leader && <Tag tone="accent">responsable</Tag>}
                            </span>
                            <span className="small dim">
                              {[professionLabel(one.profession), one.role].filter(Boolean).join(' · ')}
                            </span>
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
      {act === 'personne' && team.writes && (!id || chosen) && (
        <MemberPanel
          key={id ?? 'new'}
          project={project}
          team={team}
          member={chosen}
          onClose={() => setUrl({ volet: undefined })}
        />
      )}
    </div>
  );
}

/** Planned and given side by side, by profession; what an hour is worth. */
function ByProfession({ project, team }: { project: Project; team: ProjectTeam }) {
  const rate = useMutation({
    mutationFn: ({ profession, cents }: { profession: string; cents: number }) =>
      call(programmeContract.setRate, { params: { project: project.id, profession }, body: { cents } }),
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
            <div
              key={profession}
              className={own.pair}
              role="img"
              aria-label={`${professionLabel(profession)} : prévu ${sayMinutes(sums.planned)}, donné ${sayMinutes(sums.minutes)}`}
            >
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
                      if (typed !== '' && Number.isFinite(cents) && cents !== rateCents)
                        rate.mutate({ profession, cents });
                    }}
                  />
                ) : (
                  <span className="small num">
                    {rateCents === null ? 'non renseignée' : `${euros(rateCents)} de l’heure`}
                  </span>
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
