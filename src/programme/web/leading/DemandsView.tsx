import { Button, Checkbox } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, urlOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { DocumentIcon, FlagIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { AnswerPanel, GatherPanel, SendPanel, VoicePanel } from './DemandPanels.tsx';
import own from './leading.module.css';
import { changedDemands, type Demand, type Demands, outcomes } from './words.ts';

const stateWords = { gathered: 'à envoyer', sent: 'envoyée', answered: 'répondue' } as const;

/** Demands for evolution: what teams say, what is gathered, what was sent and what vendors answer (REC-7). */
export function DemandsView({ demands: data }: { demands: Demands }) {
  const [url, setUrl] = useUrl();
  const [act, id] = (url.volet ?? '').split(':');
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [toSend, setToSend] = useState<readonly string[]>([]);
  const close = () => setUrl({ volet: undefined });
  const chosen = data.demands.find((one) => one.id === id);
  const voice = [...data.voices, ...data.demands.flatMap(({ voices }) => voices)].find((one) => one.id === id);
  const voices = data.voices.filter((one) => picked.includes(one.id));
  const gathered = data.demands.filter(({ state }) => state === 'gathered');
  const sent = data.demands.filter(({ state }) => state !== 'gathered');
  const sending = gathered.filter((one) => toSend.includes(one.id));
  const turn = (list: readonly string[], one: string) =>
    list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
  return (
    <div className="stack loose">
      {data.says && (
        <div>
          <Button onClick={() => setUrl({ volet: 'voix' })}>Écrire une demande</Button>
        </div>
      )}
      <div className={css.halves}>
        <div className="stack loose">
          {(data.says || data.gathers) && (
            <Card
              title={data.says ? 'Nos demandes' : 'À réunir'}
              count={data.voices.length}
              action={
                data.gathers && (
                  <Button
                    size="compact-sm"
                    variant="default"
                    disabled={voices.length === 0}
                    onClick={() => setUrl({ volet: 'reunir' })}
                  >
                    Réunir{voices.length > 0 && ` (${voices.length})`}
                  </Button>
                )
              }
            >
              {data.voices.length === 0 && (
                <Nothing>
                  {data.says
                    ? 'Aucune demande en attente. Dites ce qui manque, avec vos mots.'
                    : 'Toutes les demandes sont réunies.'}
                </Nothing>
              )}
              <div className={`${css.body} stack`}>
                {data.voices.map((one) => (
                  <div key={one.id} className={own.voice}>
                    <div className={data.gathers ? own.pick : undefined}>
                      {data.gathers && (
                        <Checkbox
                          aria-label={`Choisir : ${one.title}, ${one.team}`}
                          checked={picked.includes(one.id)}
                          onChange={() => setPicked(turn(picked, one.id))}
                        />
                      )}
                      <div className="stack tight">
                        <div className="row wrap between">
                          <span className="strong">{one.title}</span>
                          <span className="small dim">
                            {[data.gathers ? one.team : '', one.software].filter(Boolean).join(' · ')}
                          </span>
                        </div>
                        <p className="small">{one.words}</p>
                        <div className="row wrap">
                          <WhoWhen who={{ name: one.by, role: '' }} when={one.at} />
                          {one.own && (
                            <Button
                              size="compact-xs"
                              variant="subtle"
                              onClick={() => setUrl({ volet: `voix:${one.id}` })}
                              aria-label={`Changer : ${one.title}`}
                            >
                              Changer
                            </Button>
                          )}
                        </div>
                      </div>
                    </div>
                  </div>
                ))}
              </div>
            </Card>
          )}
          <Card
            title="Réunies, à envoyer"
            count={gathered.length}
            action={
              data.sends && (
                <Button size="compact-sm" disabled={sending.length === 0} onClick={() => setUrl({ volet: 'envoyer' })}>
                  Envoyer{sending.length > 0 && ` (${sending.length})`}
                </Button>
              )
            }
          >
            {gathered.length === 0 && <Nothing>Aucune demande ne se prépare.</Nothing>}
            <div className={`${css.body} stack`}>
              {gathered.map((one) => (
                <DemandItem
                  key={one.id}
                  demand={one}
                  data={data}
                  open={(volet) => setUrl({ volet })}
                  pick={
                    data.sends
                      ? { on: toSend.includes(one.id), turn: () => setToSend(turn(toSend, one.id)) }
                      : undefined
                  }
                />
              ))}
            </div>
          </Card>
        </div>
        <Card title="Envoyées aux éditeurs" count={sent.length}>
          {sent.length === 0 && (
            <EmptyState icon={FlagIcon} title="Rien n’est encore envoyé">
              Les demandes réunies partent ensemble, en un texte ; la réponse de l’éditeur et sa date s’affichent ici,
              pour toutes les équipes.
            </EmptyState>
          )}
          <div className={`${css.body} stack`}>
            {sent.map((one) => (
              <DemandItem key={one.id} demand={one} data={data} open={(volet) => setUrl({ volet })} />
            ))}
          </div>
        </Card>
      </div>
      {act === 'voix' && data.says && (!id || voice?.own) && (
        <VoicePanel key={id ?? 'new'} voice={voice} onClose={close} />
      )}
      {act === 'reunir' && data.gathers && (voices.length > 0 || chosen) && (
        <GatherPanel
          key={id ?? 'new'}
          demand={chosen}
          voices={chosen ? chosen.voices : voices}
          free={chosen ? data.voices : []}
          onClose={() => {
            setPicked([]);
            close();
          }}
        />
      )}
      {act === 'envoyer' && data.sends && sending.length > 0 && (
        <SendPanel
          demands={sending}
          vendors={data.vendors}
          onClose={() => {
            setToSend([]);
            close();
          }}
        />
      )}
      {act === 'repondre' && chosen?.may.answer && (
        <AnswerPanel key={chosen.id} demand={chosen} asVendor={data.as === 'vendor'} onClose={close} />
      )}
    </div>
  );
}

function DemandItem({
  demand,
  data,
  open,
  pick,
}: {
  demand: Demand;
  data: Demands;
  open: (volet: string) => void;
  pick?: { on: boolean; turn: () => void } | undefined;
}) {
  const support = useMutation({
    mutationFn: (on: boolean) => call(programmeContract.supportDemand, { params: { demand: demand.id }, body: { on } }),
    onSuccess: (_, on) => {
      changedDemands();
      done(on ? 'Votre équipe soutient cette demande.' : 'Soutien retiré.', () =>
        call(programmeContract.supportDemand, { params: { demand: demand.id }, body: { on: !on } }).then(
          changedDemands,
        ),
      );
    },
    onError: failed,
  });
  const { answer } = demand;
  return (
    <article className={own.voice} aria-label={demand.title}>
      <div className={pick ? own.pick : undefined}>
        {pick && <Checkbox aria-label={`Envoyer : ${demand.title}`} checked={pick.on} onChange={pick.turn} />}
        <div className="stack tight">
          <div className="row wrap between">
            <h3>{demand.title}</h3>
            {answer ? (
              <Tag tone={outcomes[answer.outcome].tone}>{outcomes[answer.outcome].words}</Tag>
            ) : (
              <Tag>{stateWords[demand.state]}</Tag>
            )}
          </div>
          <p className="small">{demand.words}</p>
          <p className="small dim">
            {sayCount(demand.teams, 'équipe la demande', 'équipes la demandent')}
            {demand.supporters && ` : ${demand.supporters.join(', ')}`}.
            {demand.vendor && ` Envoyée à ${demand.vendor.name} le ${sayDate(demand.sentAt!.slice(0, 10))}.`}
          </p>
          {demand.voices.length > 0 && (
            <details>
              <summary className="small">
                {data.says ? 'Nos mots' : `Les mots de ${sayCount(demand.voices.length, 'équipe')}`}
              </summary>
              <ul className="small stack tight" style={{ marginTop: 6 }}>
                {demand.voices.map((one) => (
                  <li key={one.id}>
                    « {one.words} »{!data.says && <span className="dim"> {one.team}</span>}
                  </li>
                ))}
              </ul>
            </details>
          )}
          {answer && (
            <div className="stack tight" style={{ borderLeft: '3px solid var(--line)', paddingLeft: 10 }}>
              <p className="as-typed small">{answer.words}</p>
              <p className="small dim">
                {answer.promisedOn && <b>Pour le {sayDate(answer.promisedOn)}. </b>}
                {answer.by}, le {sayDate(answer.at.slice(0, 10))}
              </p>
            </div>
          )}
          <div className="row wrap">
            {demand.paper && (
              <a
                className="row small"
                href={urlOf(programmeContract.demandsPaper, { params: { paper: demand.paper } })}
                target="_blank"
                rel="noreferrer"
              >
                <DocumentIcon size={14} /> Le texte envoyé
              </a>
            )}
            {demand.may.support && (
              <Button
                size="compact-sm"
                variant={demand.supported ? 'default' : 'light'}
                loading={support.isPending}
                onClick={() => support.mutate(!demand.supported)}
              >
                {demand.supported ? 'Ne plus soutenir' : 'Notre équipe aussi'}
              </Button>
            )}
            {demand.may.change && (
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() => open(`reunir:${demand.id}`)}
                aria-label={`Changer le texte : ${demand.title}`}
              >
                Changer le texte
              </Button>
            )}
            {demand.may.answer && (
              <Button
                size="compact-sm"
                variant="light"
                onClick={() => open(`repondre:${demand.id}`)}
                aria-label={`${answer ? 'Changer la réponse' : 'Répondre'} : ${demand.title}`}
              >
                {answer ? 'Changer la réponse' : data.as === 'vendor' ? 'Répondre' : 'Noter la réponse'}
              </Button>
            )}
          </div>
        </div>
      </div>
    </article>
  );
}
