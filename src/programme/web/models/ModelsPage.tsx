import { Button, Select } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call, reading, Refusal } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { useUrl } from '../../../web/routes.tsx';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../../web/ui/DataTable.tsx';
import { Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { modelKinds, programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { ReminderDays } from '../RemindersSwitch.tsx';
import { changedModels, type Models, sayEdition, sayTook } from './words.ts';

type Line = Models['models'][number];
/** `/programme/modeles`: what each project of the region begins with, and when reminders leave; `?appel=`: for one call. */
export default function ModelsPage() {
  const [url, setUrl] = useUrl();
  const navigate = useNavigate();
  const of = url.appel ?? '';
  const query = useQuery(reading(programmeContract.models, { query: { call: of } }));
  useLive(['models'], changedModels);
  const found = query.data;
  const columns: Column<Line>[] = [
    {
      key: 'kind',
      title: 'Modèle',
      render: (one) => (
        <span className="row wrap">
          <span className="strong">{modelKinds[one.kind].label}</span>
          {one.draft && <Tag tone="warning">brouillon</Tag>}
        </span>
      ),
    },
    {
      key: 'edition',
      title: 'Édition',
      width: 150,
      render: (one) => (
        <span className={one.own ? '' : 'dim'}>{of && !one.own ? 'celle de la région' : sayEdition(one.version)}</span>
      ),
    },
    {
      key: 'count',
      title: 'Lignes',
      width: 70,
      align: 'right',
      wide: true,
      render: (one) => <span className="num">{one.count}</span>,
    },
    {
      key: 'behind',
      title: 'Équipes sur une édition d’avant',
      width: 230,
      align: 'right',
      wide: true,
      render: (one) => <span className={one.behind ? 'num' : 'num dim'}>{one.behind}</span>,
    },
    {
      key: 'at',
      title: 'Publiée',
      width: 280,
      wide: true,
      render: (one) => <span className="dim small">{sayTook(one)}</span>,
    },
  ];
  return (
    <div className="page">
      <title>Modèles · Estran</title>
      <header className="page-head">
        <div className={css.title}>
          <h1>Modèles et relances</h1>
          <p className="dim">
            Ce par quoi chaque projet commence. Une équipe garde l’édition qu’elle a commencée ; la suivante lui est
            proposée.
          </p>
        </div>
        {found && (
          <Select
            aria-label="Pour quel appel"
            w={260}
            allowDeselect={false}
            value={of}
            data={[
              { value: '', label: 'Toute la région' },
              ...found.calls.map(({ id, title }) => ({ value: id, label: title })),
            ]}
            onChange={(next) => setUrl({ appel: next || undefined })}
          />
        )}
      </header>
      <Failure of={query} />
      {query.isPending && (
        <div className="card">
          <ListBones rows={4} />
        </div>
      )}
      {found && (
        <div className="stack loose">
          <div className="card">
            <DataTable
              caption="Modèles"
              rows={found.models}
              columns={columns}
              rowKey={(one) => one.kind}
              onOpen={(one) =>
                void navigate({ to: `/programme/modeles/${one.kind}${of ? `?appel=${of}` : ''}` as string })
              }
            />
          </div>
          <Reminders key={`${of} ${found.reminders.version}`} of={of} found={found} />
        </div>
      )}
    </div>
  );
}

function Reminders({ of, found: { reminders, writes } }: { of: string; found: Models }) {
  const [days, setDays] = useState({ questionnaire: reminders.questionnaire, poll: reminders.poll });
  const changed = (['questionnaire', 'poll'] as const).some((what) => days[what].join() !== reminders[what].join());
  const put = (body: typeof days, seen: number) =>
    call(programmeContract.planRegionReminders, { body: { call: of, seen, ...body } });
  const save = useMutation({
    mutationFn: (seen: number) => put(days, seen),
    onSuccess: ({ version }) => {
      changedModels();
      done(
        'Jours de relance enregistrés.',
        () => put({ questionnaire: reminders.questionnaire, poll: reminders.poll }, version).then(changedModels),
        'Jours d’avant remis.',
      );
    },
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  const theirs = refusal?.extra.theirs as { version: number } | undefined;
  return (
    <Card title="Relances automatiques" count={reminders.at ? sayTook(reminders) : undefined}>
      <div className={`${css.body} stack`}>
        <p className="small dim">
          Pour ce qui s’ouvrira désormais{of ? ' dans cet appel' : ''}. Un questionnaire ou un sondage déjà ouvert garde
          ses jours ; ils se changent dans le projet. Ce qui est parti se lit dans « Envois ».
        </p>
        {of && !reminders.own && <p className="small">Cet appel suit les jours de la région.</p>}
        <div className={css.halves}>
          {(
            [
              ['questionnaire', 'Questionnaire des besoins, avant la clôture'],
              ['poll', 'Sondage de dates, avant le dernier jour'],
            ] as const
          ).map(([what, label]) => (
            <ReminderDays
              key={what}
              label={label}
              days={days[what]}
              disabled={!writes}
              onChange={(next) => setDays({ ...days, [what]: next })}
            />
          ))}
        </div>
        {refusal && (
          <Note
            tone="warning"
            live
            action={
              theirs && (
                <Button size="compact-sm" variant="light" onClick={() => save.mutate(theirs.version)}>
                  Enregistrer les miens
                </Button>
              )
            }
          >
            {refusal.message}
          </Note>
        )}
        {writes && (
          <div>
            <Button disabled={!changed} loading={save.isPending} onClick={() => save.mutate(reminders.version)}>
              Enregistrer les jours
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}
