import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call, reading, Refusal } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { fold } from '../../../web/palette.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayAgo, sayCount, sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { PlusIcon, ProtocolIcon } from '../../../web/ui/icons.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { EmptyState, Failure, ListBones } from '../../../web/ui/states.tsx';
import { programmeContract } from '../../contract.ts';
import { Filters, NoneLeft, Pick } from '../filters.tsx';
import css from '../programme.module.css';
import own from './policy.module.css';
import { changedTrack, kindLabels, kindWords, phaseTitles, states, type TrackLine } from './words.ts';

const filterNames = ['q', 'phase', 'forme', 'etat', 'retard'];

/** `/programme/parcours`: the ways of the region's teams to a recognised ESP or MSP; a practice's own. */
export default function TracksPage() {
  const query = useQuery(reading(programmeContract.tracks));
  const [url, setUrl] = useUrl();
  const navigate = useNavigate();
  useLive(['tracks'], changedTrack);
  const region = query.data?.as !== 'practice';
  const typed = fold(url.q ?? '');
  const all = query.data?.tracks ?? [];
  const rows = all.filter(
    (one) =>
      fold(`${one.team} ${one.territory} ${one.reference}`).includes(typed) &&
      (!url.phase || String(one.phase) === url.phase) &&
      (!url.forme || one.kind === url.forme) &&
      (!url.etat || one.state === url.etat) &&
      (url.retard !== 'oui' || one.actions.late > 0),
  );
  const go = (id: string) => void navigate({ to: `/programme/parcours/${id}` as string });
  const columns: Column<TrackLine>[] = [
    { key: 'team', title: 'Équipe', render: (one) => <span className="strong">{one.team}</span> },
    { key: 'kind', title: 'Forme', width: 70, render: (one) => kindLabels[one.kind] },
    {
      key: 'territory',
      title: 'Territoire',
      wide: true,
      render: (one) => <span className="dim">{one.territory}</span>,
    },
    {
      key: 'phase',
      title: 'Phase',
      width: 130,
      wide: true,
      render: (one) => <Phases at={one.phase} stopped={one.state === 'stopped'} />,
    },
    {
      key: 'state',
      title: 'État',
      width: 170,
      render: (one) => <Tag tone={states[one.state].tone}>{states[one.state].words}</Tag>,
    },
    {
      key: 'next',
      title: 'À savoir',
      wide: true,
      width: 210,
      render: (one) =>
        one.actions.of > 0 ? (
          <span className="row small">
            {one.actions.done} sur {one.actions.of} actions{' '}
            {one.actions.late > 0 && <Tag tone="danger">{sayCount(one.actions.late, 'en retard', 'en retard')}</Tag>}
          </span>
        ) : one.state === 'submitted' && one.opinions !== null ? (
          <span className="small">
            {sayCount(one.opinions, 'avis', 'avis')}{' '}
            {query.data?.as === 'reviewer' &&
              (one.mine ? <Tag tone="success">donné</Tag> : <Tag tone="warning">à donner</Tag>)}
          </span>
        ) : one.validatedOn ? (
          <span className="small dim">reconnue le {sayDate(one.validatedOn)}</span>
        ) : null,
    },
    {
      key: 'at',
      title: 'Dernier changement',
      wide: true,
      width: 150,
      render: (one) => <span className="dim">{sayAgo(one.at)}</span>,
    },
  ];
  const filtered = filterNames.some((name) => url[name]);
  return (
    <div className="page">
      <title>Parcours · Estran</title>
      <header className="page-head">
        <div className={css.title}>
          <h1>{region ? 'Parcours des équipes' : 'Parcours vers l’ESP ou la MSP'}</h1>
          <p className="dim">Se rencontrer, écrire le projet de santé, atteindre le socle de l’ACI.</p>
        </div>
        {query.data?.mayOpen && all.length > 0 && (
          <Button leftSection={<PlusIcon size={16} />} onClick={() => setUrl({ volet: 'ouvrir' })}>
            Ouvrir un parcours
          </Button>
        )}
      </header>
      <div className="card">
        {region && all.length > 0 && (
          <Filters
            label="Chercher un parcours"
            placeholder="Équipe, territoire, référence"
            count={`${rows.length} sur ${all.length}`}
          >
            <Pick
              name="phase"
              label="Phase"
              width={180}
              data={phaseTitles.map((title, at) => [String(at + 1), `${at + 1}. ${title}`])}
            />
            <Pick
              name="etat"
              label="État"
              width={180}
              data={Object.entries(states).map(([code, { words }]) => [code, words])}
            />
            <Pick name="forme" label="Forme" width={180} data={Object.entries(kindLabels)} />
            <Pick name="retard" label="Retards" width={180} data={[['oui', 'Actions en retard']]} />
          </Filters>
        )}
        <Failure of={query} />
        {query.isPending && <ListBones rows={6} />}
        {query.data && all.length === 0 && (
          <EmptyState
            icon={ProtocolIcon}
            title={region ? 'Aucun parcours' : 'Votre équipe n’a pas ouvert son parcours'}
            action={
              query.data.mayOpen && (
                <Button leftSection={<PlusIcon size={16} />} onClick={() => setUrl({ volet: 'ouvrir' })}>
                  Ouvrir un parcours
                </Button>
              )
            }
          >
            {region
              ? query.data.as === 'reviewer'
                ? 'Les projets de santé soumis à la commission s’affichent ici.'
                : 'Les parcours qui vous sont ouverts s’affichent ici.'
              : 'Une équipe de soins primaires ou une maison de santé se prépare en trois phases, accompagnées par l’ARS.'}
          </EmptyState>
        )}
        {all.length > 0 && rows.length === 0 && filtered && (
          <NoneLeft title="Aucun parcours ne correspond à ces filtres" names={filterNames} />
        )}
        {rows.length > 0 && (
          <DataTable
            caption="Parcours"
            rows={rows}
            columns={columns}
            rowKey={(one) => one.id}
            onOpen={(one) => go(one.id)}
            mark={(one) => (one.state === 'stopped' ? 'off' : undefined)}
          />
        )}
      </div>
      {url.volet === 'ouvrir' && query.data?.mayOpen && (
        <OpenPanel region={region} onClose={() => setUrl({ volet: undefined })} onMade={go} />
      )}
    </div>
  );
}

/** Three dots, of which those reached are full; the words say it too. */
function Phases({ at, stopped }: { at: number; stopped: boolean }) {
  return (
    <span className={own.phases} title={`Phase ${at} : ${phaseTitles[at - 1]}`}>
      {phaseTitles.map((title, index) => (
        <i key={title} data-on={(!stopped && index < at) || undefined} aria-hidden />
      ))}
      <span className="small">Phase {at}</span>
    </span>
  );
}

function OpenPanel({
  region,
  onClose,
  onMade,
}: {
  region: boolean;
  onClose: () => void;
  onMade: (id: string) => void;
}) {
  const [kind, setKind] = useState<'esp' | 'msp'>('msp');
  const [team, setTeam] = useState({ name: '', contact: '', mail: '' });
  const open = useMutation({
    mutationFn: () => call(programmeContract.openTrack, { body: { kind, ...(region && { team }) } }),
    onSuccess: ({ id }) => {
      changedTrack();
      onMade(id);
    },
  });
  const refusal = open.error instanceof Refusal ? open.error : null;
  const field = (name: keyof typeof team, label: string, more: { description?: string; type?: string } = {}) => (
    <TextInput
      label={label}
      {...more}
      value={team[name]}
      error={refusal?.fields[`team.${name}`]}
      onChange={(event) => setTeam({ ...team, [name]: event.currentTarget.value })}
    />
  );
  return (
    <PanelForm
      title="Ouvrir un parcours"
      subtitle={region ? 'D’une équipe qui n’a pas de compte ici' : undefined}
      verb="Ouvrir le parcours"
      pending={open.isPending}
      refusal={refusal}
      onSubmit={() => open.mutate()}
      onClose={onClose}
    >
      <div>
        <p className="small strong" id="forme-visee">
          Forme visée
        </p>
        <SegmentedControl
          fullWidth
          mt={4}
          aria-labelledby="forme-visee"
          value={kind}
          onChange={(value) => setKind(value as 'esp' | 'msp')}
          data={[
            { value: 'msp', label: 'MSP' },
            { value: 'esp', label: 'ESP' },
          ]}
        />
        <p className="dim small" style={{ marginTop: 6 }}>
          {kindWords[kind]} :{' '}
          {kind === 'msp'
            ? 'au moins deux médecins généralistes et un professionnel paramédical.'
            : 'plusieurs professionnels de premier recours, dont un médecin généraliste au moins.'}
        </p>
      </div>
      {region && (
        <>
          {field('name', 'Nom de l’équipe')}
          {field('contact', 'Personne à qui répondre')}
          {field('mail', 'Son courriel', { type: 'email', description: 'Les réponses de l’ARS lui parviennent.' })}
        </>
      )}
    </PanelForm>
  );
}
