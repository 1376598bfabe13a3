import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, queries, reading, Refusal, urlOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate, tied } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { BackIcon, DocumentIcon, PlusIcon } from '../../../web/ui/icons.ts';
import { Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { inSentence, professionLabel } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import type { Project } from '../projects/tabs.ts';
import { ActionLine, NewAction } from './ActionsCard.tsx';
import own from './gatherings.module.css';
import { SheetFieldFrame } from './SheetFoot.tsx';
import { type SheetForm, useSheet } from './use-sheet.ts';
import { type Action, changedGatherings, minutesKinds, type Sheet, sideLabels, standing } from './words.ts';

interface Presence {
  name: string;
  profession: string;
  side: keyof typeof sideLabels;
  there: boolean;
}

/** Minutes being written, field by field; issued as a numbered paper, corrected as its next version. */
export function MinutesEditor({ project, id, actions }: { project: Project; id: string; actions: Action[] }) {
  const [, setUrl] = useUrl();
  const query = useQuery(reading(programmeContract.minutesSheet, { params: { project: project.id, sheet: id } }));
  const back = () => setUrl({ 'compte-rendu': undefined }, { push: true });
  return (
    <div className="stack loose">
      <div>
        <Button variant="subtle" leftSection={<BackIcon size={16} />} onClick={back}>
          Réunions
        </Button>
      </div>
      <Failure of={query} />
      {query.isPending && <ListBones rows={10} />}
      {query.data && <Editor key={id} project={project} sheet={query.data} actions={actions} onGone={back} />}
    </div>
  );
}

function Editor({
  project,
  sheet,
  actions,
  onGone,
}: {
  project: Project;
  sheet: Sheet;
  actions: Action[];
  onGone: () => void;
}) {
  const params = { project: project.id, sheet: sheet.id };
  const again = () => void queries.invalidateQueries({ queryKey: [programmeContract.minutesSheet.path] });
  const form = useSheet(
    sheet.id,
    sheet.fields,
    (field, body) => call(programmeContract.saveSheetField, { params: { ...params, field }, body }),
    again,
  );
  const [send, setSend] = useState(sheet.sendsTo > 0 && !sheet.issued);
  const issue = useMutation({
    mutationFn: async () => {
      await form.flush();
      if (form.held())
        throw new Refusal(
          409,
          'Une saisie à choisir',
          'Un champ n’est pas enregistré, ou a deux versions : choisissez laquelle garder, puis émettez.',
        );
      return call(programmeContract.issueMinutes, { params, body: { send: send && sheet.sendsTo > 0 } });
    },
    onSuccess: ({ reference, version }) => {
      void changedGatherings();
      done(`Compte rendu émis : ${reference}${version > 1 ? `, version ${version}` : ''}.`);
    },
    onError: changedGatherings,
  });
  const remove = useMutation({
    mutationFn: () => call(programmeContract.removeMinutes, { params }),
    onSuccess: () => {
      void changedGatherings();
      done(
        'Compte rendu retiré.',
        () => call(programmeContract.restoreMinutes, { params }).then(changedGatherings),
        'Compte rendu remis.',
      );
      onGone();
    },
    onError: failed,
  });
  const refusal = issue.error instanceof Refusal ? issue.error : null;
  const [ours, others] = [
    actions.filter((one) => one.sheet === sheet.id),
    actions.filter((one) => one.sheet !== sheet.id && one.state === 'open'),
  ];
  const disabled = !sheet.writes;
  return (
    <div className={css.two}>
      <div className={`${css.beside} stack loose`}>
        <Card title={minutesKinds[sheet.kind]}>
          <div className={css.form}>
            <SheetFieldFrame form={form} field="heldOn" words={(value: string) => sayDate(value)}>
              <DateField
                label="Réunion tenue le"
                disabled={disabled}
                max={project.today}
                styles={{ wrapper: { maxWidth: 220 } }}
                value={form.value<string>('heldOn') ?? ''}
                onChange={(day) => form.change('heldOn', day, 'once')}
              />
            </SheetFieldFrame>
            <SheetFieldFrame form={form} field="place">
              <TextInput
                label="Lieu"
                disabled={disabled}
                value={form.value<string>('place') ?? ''}
                onChange={(event) => form.change('place', event.currentTarget.value)}
                onBlur={() => void form.send('place')}
              />
            </SheetFieldFrame>
          </div>
        </Card>
        <Card title="Ordre du jour">
          <div className={css.form}>
            {sheet.agenda.map((item) => (
              <SheetFieldFrame key={item.id} form={form} field={`item.${item.id}`}>
                <Textarea
                  label={item.title}
                  disabled={disabled}
                  autosize
                  minRows={2}
                  maxRows={18}
                  value={form.value<string>(`item.${item.id}`) ?? ''}
                  onChange={(event) => form.change(`item.${item.id}`, event.currentTarget.value)}
                  onBlur={() => void form.send(`item.${item.id}`)}
                />
              </SheetFieldFrame>
            ))}
            <SheetFieldFrame form={form} field="decisions" words={(value: string[]) => value.join(' ; ')}>
              <Textarea
                label="Décisions"
                description="Une par ligne."
                disabled={disabled}
                autosize
                minRows={2}
                value={(form.value<string[]>('decisions') ?? []).join('\n')}
                onChange={(event) => form.change('decisions', event.currentTarget.value.split('\n'))}
                onBlur={() => void form.send('decisions')}
              />
            </SheetFieldFrame>
          </div>
        </Card>
        <Card title="Actions décidées dans cette réunion" count={ours.length}>
          <div className={`${css.body} stack`}>
            {ours.map((one) => (
              <ActionLine key={one.id} project={project.id} action={one} follows writes={!disabled} />
            ))}
            {!disabled && <NewAction project={project.id} sheet={sheet.id} />}
          </div>
        </Card>
        {others.length > 0 && (
          <Card title="Restent à faire, d’avant" count={others.length}>
            <div className={css.body}>
              {others.map((one) => (
                <ActionLine key={one.id} project={project.id} action={one} follows writes={!disabled} />
              ))}
            </div>
          </Card>
        )}
      </div>
      <div className={css.side}>
        <Card title="Émettre">
          <div className={`${css.body} stack`}>
            {sheet.issued && (
              <a
                className="row small"
                href={urlOf(programmeContract.paperPdf, { params: { project: project.id, paper: sheet.issued.paper } })}
                target="_blank"
                rel="noreferrer"
              >
                <DocumentIcon size={16} /> {sheet.issued.reference}, version {sheet.issued.version}
              </a>
            )}
            {sheet.issued && !sheet.changed && (
              <Note tone="success">Émis. Pour le corriger, changez un champ puis émettez la version suivante.</Note>
            )}
            {sheet.blockers.length > 0 && (
              <ul className={css.reasons}>
                {sheet.blockers.map((words) => (
                  <li key={words} className="small">
                    {tied(words)}
                  </li>
                ))}
              </ul>
            )}
            {!disabled && sheet.sendsTo > 0 && (
              <Checkbox
                label={`L’envoyer aux ${sheet.sendsTo} personnes du sondage`}
                checked={send}
                onChange={(event) => setSend(event.currentTarget.checked)}
              />
            )}
            {refusal && (
              <Note tone="danger" live>
                {refusal.message}
              </Note>
            )}
            {!disabled && (
              <div className="row wrap">
                <Button
                  loading={issue.isPending}
                  variant={sheet.blockers.length || (sheet.issued && !sheet.changed) ? 'default' : 'filled'}
                  onClick={() => issue.mutate()}
                >
                  {sheet.issued ? 'Émettre la version suivante' : 'Émettre le compte rendu'}
                </Button>
                {!sheet.issued && (
                  <Button variant="subtle" loading={remove.isPending} onClick={() => remove.mutate()}>
                    Retirer ce brouillon
                  </Button>
                )}
              </div>
            )}
          </div>
        </Card>
        <Present form={form} professions={sheet.professions} disabled={disabled} />
      </div>
    </div>
  );
}

function Present({ form, professions, disabled }: { form: SheetForm; professions: string[]; disabled: boolean }) {
  const present = form.value<Presence[]>('present') ?? [];
  const [added, setAdded] = useState({ name: '', as: '' });
  const set = (next: Presence[]) => form.change('present', next, 'once');
  const missing = professions.filter(
    (profession) => !present.some((one) => one.there && one.side === 'team' && one.profession === profession),
  );
  const choices = [
    ...professions.map((value) => ({ value, label: professionLabel(value) })),
    ...(['officer', 'gcs', 'consultant', 'other'] as const).map((value) => ({ value, label: sideLabels[value] })),
  ];
  return (
    <Card title="Présents" count={`${present.filter(({ there }) => there).length} sur ${present.length}`}>
      <div className={`${css.body} stack`}>
        {missing.length > 0 ? (
          <Note tone="warning">
            Non représentées : {missing.map((one) => inSentence(professionLabel(one))).join(', ')}.
          </Note>
        ) : (
          professions.length > 0 && <Tag tone="success">toutes les professions étaient là</Tag>
        )}
        <SheetFieldFrame
          form={form}
          field="present"
          words={(value: Presence[]) => `${value.filter(({ there }) => there).length} présents`}
        >
          <div className={own.presence} style={{ gridTemplateColumns: 'minmax(0, 1fr)' }}>
            {present.map((one, at) => (
              <Checkbox
                // biome-ignore lint/suspicious/noArrayIndexKey: two may bear the same name
                key={`${one.name}-${at}`}
                disabled={disabled}
                label={`${one.name}, ${standing(one)}`}
                checked={one.there}
                onChange={(event) =>
                  set(present.map((each, n) => (n === at ? { ...each, there: event.currentTarget.checked } : each)))
                }
              />
            ))}
          </div>
        </SheetFieldFrame>
        {!disabled && (
          <div className="row wrap" style={{ alignItems: 'end' }}>
            <TextInput
              label="Une autre personne"
              style={{ flex: '1 1 150px' }}
              value={added.name}
              onChange={(event) => setAdded({ ...added, name: event.currentTarget.value })}
            />
            <Select
              label="Au titre de"
              style={{ flex: '1 1 150px' }}
              searchable
              data={choices}
              value={added.as || null}
              onChange={(as) => setAdded({ ...added, as: as ?? '' })}
            />
            <Button
              variant="default"
              leftSection={<PlusIcon size={14} />}
              disabled={!added.name.trim() || !added.as}
              onClick={() => {
                const side = Object.hasOwn(sideLabels, added.as) ? (added.as as Presence['side']) : 'team';
                set([
                  ...present,
                  { name: added.name.trim(), profession: side === 'team' ? added.as : '', side, there: true },
                ]);
                setAdded({ name: '', as: '' });
              }}
            >
              Ajouter
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}
