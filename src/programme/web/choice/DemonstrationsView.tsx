import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, Refusal, failureOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { EditIcon, MeetingIcon, PlusIcon, RemoveIcon } from '../../../web/ui/icons.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { EmptyState, Failure, ListBones, Note, Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { Scrolled } from '../parts.tsx';
import page from '../programme.module.css';
import { HeldModel } from '../models/HeldModel.tsx';
import type { Project } from '../projects/tabs.ts';
import css from './choice.module.css';
import { Bars } from './parts.tsx';
import { Radar } from './Radar.tsx';
import { SheetPanel } from './SheetPanel.tsx';
import { VisitPanel } from './VisitPanel.tsx';
import {
  againLabels,
  changedChoice,
  type Demonstration,
  type Demonstrations,
  sayDecimal,
  sayProfession,
  sayWhen,
} from './words.ts';

/** Demonstrations with what each profession thought of them, and visits to practices already equipped. */
export default function DemonstrationsView({ project }: { project: Project }) {
  const params = { project: project.id };
  const query = useQuery(reading(programmeContract.demonstrations, { params }));
  const [url, setUrl] = useUrl();
  const close = () => setUrl({ volet: undefined });
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data) return <ListBones rows={8} />;
  const found = query.data;
  const { demonstrations, visits, solutions, may, today, items } = found;
  const [act, id] = (url.volet ?? '').split(':');
  const one = demonstrations.find((held) => held.id === id);
  const visit = visits.find((held) => held.id === id);
  const turnVisit = (which: string, on: boolean) =>
    call(on ? programmeContract.restoreVisit : programmeContract.removeVisit, {
      params: { ...params, visit: which },
    }).then(changedChoice);
  const nameOf = (solution: string) => solutions.find((held) => held.id === solution)?.name ?? 'Solution retirée';
  const compared = demonstrations.filter(({ mean }) => mean !== null);
  return (
    <div className="stack loose">
      <HeldModel of={{ project: project.id, kind: 'sheet' }} />
      {compared.length > 1 && (
        <Card title="Démonstrations comparées">
          <div className={page.body}>
            <Bars
              label="Note moyenne de chaque démonstration"
              lines={compared.map((held) => ({
                label: nameOf(held.solution),
                share: held.mean! / 500,
                text: `${sayDecimal(held.mean!)} sur 5`,
              }))}
            />
          </div>
        </Card>
      )}
      <div className="row wrap">
        <h2 className="grow">Démonstrations</h2>
        {may.write && solutions.length > 0 && (
          <Button
            variant="default"
            leftSection={<MeetingIcon size={16} />}
            onClick={() => setUrl({ volet: 'demonstration' })}
          >
            Prévoir une démonstration
          </Button>
        )}
      </div>
      {demonstrations.length === 0 && (
        <EmptyState icon={MeetingIcon} title="Aucune démonstration prévue">
          {solutions.length === 0
            ? 'Ajoutez d’abord les solutions à comparer.'
            : 'Chaque profession note ce qu’elle a vu, sur la même grille.'}
        </EmptyState>
      )}
      {demonstrations.map((held) => (
        <DemonstrationCard
          key={held.id}
          project={project.id}
          one={held}
          found={found}
          name={nameOf(held.solution)}
          open={(volet) => setUrl({ volet })}
        />
      ))}
      <div className="row wrap">
        <h2 className="grow">Visites à des équipes déjà équipées</h2>
        {may.visit && solutions.length > 0 && (
          <Button variant="default" leftSection={<PlusIcon size={16} />} onClick={() => setUrl({ volet: 'visite' })}>
            Raconter une visite
          </Button>
        )}
      </div>
      {visits.length === 0 && (
        <Nothing>
          Aucune visite. Une équipe qui se sert du logiciel tous les jours en dit plus qu’une démonstration.
        </Nothing>
      )}
      <div className={page.cards}>
        {visits.map((held) => (
          <Card
            key={held.id}
            title={held.practice}
            action={
              may.visit && (
                <span className="row">
                  <ActionIcon
                    aria-label={`Modifier la visite à ${held.practice}`}
                    onClick={() => setUrl({ volet: `visite:${held.id}` })}
                  >
                    <EditIcon size={16} />
                  </ActionIcon>
                  <ActionIcon
                    aria-label={`Retirer la visite à ${held.practice}`}
                    onClick={() =>
                      void turnVisit(held.id, false).then(
                        () => done('Visite retirée.', () => turnVisit(held.id, true), 'Visite remise.'),
                        failed,
                      )
                    }
                  >
                    <RemoveIcon size={16} />
                  </ActionIcon>
                </span>
              )
            }
          >
            <div className={`${page.body} stack tight`}>
              <p className="small dim">
                {nameOf(held.solution)} · le {sayDate(held.on)} · {held.who}
              </p>
              {held.good && <p>+ {held.good}</p>}
              {held.bad && <p>− {held.bad}</p>}
              <div>
                <Tag tone={held.again === 'yes' ? 'success' : held.again === 'no' ? 'danger' : 'warning'}>
                  {againLabels[held.again]}
                </Tag>
              </div>
            </div>
          </Card>
        ))}
      </div>
      {act === 'demonstration' && may.write && (!id || one) && (
        <PlanPanel key={id ?? 'new'} project={project.id} solutions={solutions} one={one} onClose={close} />
      )}
      {act === 'noter' && one && may.score && (
        <SheetPanel
          key={id}
          project={project.id}
          one={one}
          items={items}
          name={nameOf(one.solution)}
          mine
          onClose={close}
        />
      )}
      {act === 'feuille' && one && may.write && (
        <SheetPanel key={id} project={project.id} one={one} items={items} name={nameOf(one.solution)} onClose={close} />
      )}
      {act === 'visite' && may.visit && (!id || visit) && (
        <VisitPanel
          key={id ?? 'new'}
          project={project.id}
          solutions={solutions}
          visit={visit}
          today={today}
          onClose={close}
        />
      )}
    </div>
  );
}

function DemonstrationCard({
  project,
  one,
  found,
  name,
  open,
}: {
  project: string;
  one: Demonstration;
  found: Demonstrations;
  name: string;
  open: (volet: string) => void;
}) {
  const { may, today, items } = found;
  const mine = one.sheets.find((sheet) => sheet.mine);
  const held = one.on <= today;
  const turn = (on: boolean) =>
    call(on ? programmeContract.restoreDemonstration : programmeContract.removeDemonstration, {
      params: { project, demonstration: one.id },
    }).then(changedChoice);
  const comments = one.sheets.filter(({ comment }) => comment);
  return (
    <Card
      title={name}
      count={sayWhen(one.on, one.time)}
      action={
        <span className="row">
          {one.mean !== null && <Tag tone="accent">{sayDecimal(one.mean)} sur 5</Tag>}
          {may.write && (
            <>
              <ActionIcon
                aria-label={`Modifier la démonstration de ${name}`}
                onClick={() => open(`demonstration:${one.id}`)}
              >
                <EditIcon size={16} />
              </ActionIcon>
              <ActionIcon
                aria-label={`Retirer la démonstration de ${name}`}
                onClick={() =>
                  void turn(false).then(
                    () => done('Démonstration retirée.', () => turn(true), 'Démonstration remise.'),
                    failed,
                  )
                }
              >
                <RemoveIcon size={16} />
              </ActionIcon>
            </>
          )}
        </span>
      }
    >
      <div className={`${page.body} stack`}>
        <div className="row wrap">
          {one.place && <span className="dim small">{one.place}</span>}
          {may.score && held && (
            <Button size="compact-md" onClick={() => open(`noter:${one.id}`)}>
              {mine ? 'Revoir ma grille' : 'Noter cette démonstration'}
            </Button>
          )}
          {may.write && held && (
            <Button size="compact-md" variant="default" onClick={() => open(`feuille:${one.id}`)}>
              Saisir une grille papier
            </Button>
          )}
          {!held && <span className="small dim">Les grilles s’ouvrent le jour même.</span>}
        </div>
        {one.sheets.length > 0 && (
          <div className={page.halves}>
            <Radar
              axes={items.map(({ id, title }) => ({ id, label: title }))}
              series={[
                {
                  name: 'Moyenne de l’équipe',
                  values: Object.fromEntries(one.means.map(({ item, mean }) => [item, mean])),
                },
              ]}
            />
            <div className="stack">
              <p className="small dim">Par profession</p>
              <Bars
                label={`${name}, par profession`}
                lines={one.byProfession.map(({ profession, mean, n }) => ({
                  label: `${sayProfession(profession)} (${n})`,
                  share: mean / 500,
                  text: sayDecimal(mean),
                }))}
              />
              {one.silent.length > 0 && (
                <Note tone="warning">N’ont pas noté : {one.silent.map(sayProfession).join(', ')}.</Note>
              )}
            </div>
          </div>
        )}
        {one.sheets.length > 0 && (
          <details>
            <summary className="small" style={{ cursor: 'pointer', minHeight: 32 }}>
              Tableau des notes ({sayCount(one.sheets.length, 'grille')})
            </summary>
            <Scrolled label={`Notes de ${name}`}>
              <table className={css.heat}>
                <caption className="vh">Moyenne de chaque ligne, par profession, sur 5</caption>
                <thead>
                  <tr>
                    <td />
                    <th scope="col">Tous</th>
                    {one.byProfession.map(({ profession }) => (
                      <th key={profession} scope="col">
                        {sayProfession(profession)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {items.map(({ id, title }) => (
                    <tr key={id}>
                      <th scope="row">{title}</th>
                      {[one.means, ...one.byProfession.map(({ means }) => means)].map((means, at) => {
                        const mean = means.find(({ item }) => item === id)?.mean;
                        // biome-ignore lint/suspicious/noArrayIndexKey: columns stand in one order
                        return <td key={at}>{mean === undefined ? '–' : sayDecimal(mean)}</td>;
                      })}
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scrolled>
          </details>
        )}
        {comments.map((sheet) => (
          <p key={sheet.id} className="small">
            <span className="dim">
              {sheet.name}, {sayProfession(sheet.profession).toLowerCase()}
              {sheet.typedBy && ` (saisi par ${sheet.typedBy})`} :
            </span>{' '}
            {sheet.comment}
          </p>
        ))}
      </div>
    </Card>
  );
}

function PlanPanel({
  project,
  solutions,
  one,
  onClose,
}: {
  project: string;
  solutions: Demonstrations['solutions'];
  one?: Demonstration;
  onClose: () => void;
}) {
  const [form, setForm] = useState({
    solution: one?.solution ?? solutions[0]?.id ?? '',
    on: one?.on ?? '',
    time: one?.time ?? '12:30',
    place: one?.place ?? '',
  });
  const save = useMutation({
    mutationFn: async () => {
      if (one)
        await call(programmeContract.changeDemonstration, {
          params: { project, demonstration: one.id },
          body: { ...form, seen: one.version },
        });
      else await call(programmeContract.planDemonstration, { params: { project }, body: form });
    },
    onSuccess: () => {
      changedChoice();
      done(one ? 'Démonstration changée.' : 'Démonstration prévue.');
      onClose();
    },
    onError: changedChoice,
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  return (
    <PanelForm
      title={one ? 'Démonstration' : 'Prévoir une démonstration'}
      verb={one ? 'Enregistrer' : 'Prévoir'}
      pending={save.isPending}
      ready={form.solution !== '' && form.on !== '' && /^([01]\d|2[0-3]):[0-5]\d$/.test(form.time)}
      refusal={refusal}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <Select
        label="Solution"
        allowDeselect={false}
        data={solutions.map(({ id, name, company }) => ({ value: id, label: `${name}, ${company}` }))}
        value={form.solution}
        onChange={(solution) => solution && setForm({ ...form, solution })}
      />
      <DateField label="Jour" value={form.on} error={refusal?.fields.on} onChange={(on) => setForm({ ...form, on })} />
      <TextInput
        label="Heure"
        type="time"
        maw={140}
        value={form.time}
        onChange={(event) => setForm({ ...form, time: event.currentTarget.value })}
      />
      <TextInput
        label="Lieu ou lien de visioconférence"
        value={form.place}
        maxLength={200}
        onChange={(event) => setForm({ ...form, place: event.currentTarget.value })}
      />
    </PanelForm>
  );
}
