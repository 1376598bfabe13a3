import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { call, reading, Refusal, failureOf } from '../../../web/api.ts';
import { useDraft } from '../../../web/drafts.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, Failure, NoRight, Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import {
  type OrderKind,
  type OrderLineBody,
  type OrderTemplate,
  type OrderTemplateShelf,
  recordContract,
} from '../../contract.ts';
import { AddLine } from './AddLine.tsx';
import { LineEditor } from './LineEditor.tsx';
import { LineList } from './LineList.tsx';
import css from './orders.module.css';
import { again, goesOn, withLine } from './order-draft.ts';
import { refreshTemplates } from './use-orders.ts';

export interface TemplateDraft {
  title: string;
  lines: OrderLineBody[];
  note: string;
  scope: OrderTemplate['scope'];
  /** Of the version that one began from. */
  version: number;
}
type Begun = Omit<TemplateDraft, 'version'>;
export const emptyTemplate: Begun = { title: '', lines: [], note: '', scope: 'mine' };
const bodyOf = ({ title, lines, note, scope, version }: OrderTemplate): TemplateDraft => ({
  title,
  lines: lines.map(again),
  note,
  scope,
  version,
});
export const shelfQuery = reading(recordContract.orderTemplateShelf);

/** A usual prescription written anew, from nothing, from another one or from a prescription (`from` names its draft). */
export function NewTemplatePanel({ from, begun, onClose }: { from: string; begun: Begun; onClose: () => void }) {
  const query = useQuery(shelfQuery);
  if (query.data && query.data.may.length > 0)
    return <Editor name={from} begun={{ ...begun, version: 0 }} page={query.data} onClose={onClose} />;
  return (
    <SidePanel title="Nouvelle ordonnance type" onClose={onClose} wide>
      {query.data ? (
        <NoRight detail={query.data.words} />
      ) : failureOf(query) ? (
        <Failure of={query} />
      ) : (
        <Bone h={220} />
      )}
    </SidePanel>
  );
}
export const TemplatePanel = ({
  one,
  page,
  onClose,
  beside,
}: {
  one: OrderTemplate;
  page: OrderTemplateShelf;
  onClose: () => void;
  beside?: React.ReactNode;
}) => <Editor name={one.id} one={one} begun={bodyOf(one)} page={page} onClose={onClose} beside={beside} />;

function Editor({
  name,
  one,
  begun,
  page,
  onClose,
  beside,
}: {
  name: string;
  one?: OrderTemplate;
  begun: TemplateDraft;
  page: OrderTemplateShelf;
  onClose: () => void;
  beside?: React.ReactNode;
}) {
  const { values, set, clear, state } = useDraft<TemplateDraft>(
    `ordonnance-type:${name}`,
    { form: 'ordonnance-type', label: `Ordonnance type${one ? ` : ${one.title}` : ''}` },
    begun,
  );
  const [kind, setKind] = useState<OrderKind>(page.may[0]?.kind ?? 'medicine');
  const [open, setOpen] = useState<number | null>(null);
  const body = useRef<HTMLDivElement>(null);
  const { lines } = values;
  const keep = useMutation({
    mutationFn: (version: number) => {
      const sent = { title: values.title.trim(), lines, note: values.note.trim(), scope: values.scope };
      return one
        ? call(recordContract.changeOrderTemplate, { params: { template: one.id }, body: { ...sent, version } })
        : call(recordContract.keepOrderTemplate, { body: sent });
    },
    onSuccess: (kept) => {
      clear();
      void refreshTemplates();
      done(
        one ? `« ${kept.title} » enregistrée.` : `Ordonnance type gardée : ${kept.title}.`,
        async () => {
          if (one)
            await call(recordContract.changeOrderTemplate, {
              params: { template: kept.id },
              body: { ...bodyOf(one), version: kept.version },
            });
          else
            await call(recordContract.retireOrderTemplate, {
              params: { template: kept.id },
              body: { version: kept.version },
            });
          await refreshTemplates();
        },
        one ? 'Revenue à ce qu’elle était.' : 'Retirée.',
      );
      onClose();
    },
    onError: () => void refreshTemplates(),
  });
  const refusal = keep.error instanceof Refusal ? keep.error : null;
  const theirs = refusal?.extra.code === 'edited-meanwhile' ? (refusal.extra.current as OrderTemplate) : null;
  const takesBack = one === undefined || one.mine || one.scope === 'mine';
  return (
    <PanelForm
      title={one ? 'Ordonnance type' : 'Nouvelle ordonnance type'}
      subtitle={
        one
          ? `${one.title}, de ${one.mine ? 'vous' : one.by}`
          : 'Lue par toute la structure : rien n’y désigne un patient'
      }
      wide
      verb={one ? 'Enregistrer' : 'Garder'}
      ready={values.title.trim().length > 0 && lines.length > 0}
      pending={keep.isPending}
      draft={state}
      onDrop={clear}
      refusal={theirs ? null : refusal}
      onSubmit={() => keep.mutate(values.version || (one?.version ?? 0))}
      onClose={onClose}
      beside={beside}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the fields within */}
      <div className="stack" onKeyDown={(event) => goesOn(event) && event.preventDefault()} ref={body}>
        {theirs && (
          <section className="stack" aria-label="Deux versions">
            <Note tone="warning" live>
              Une autre personne a changé cette ordonnance type entre-temps. Votre saisie est conservée ci-dessous :
              complétez-la si besoin, puis choisissez.
            </Note>
            <div className="card pad small stack">
              <b>
                Sa version : {theirs.title}
                {theirs.status === 'retired' ? ' (retirée)' : ''}
              </b>
              <ol className={css.told}>
                {theirs.lines.map((line, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
                  <li key={at}>
                    {at + 1}. {line.label}
                  </li>
                ))}
              </ol>
            </div>
            <div className="row wrap">
              <Button
                variant="default"
                onClick={() => {
                  clear();
                  set(bodyOf(theirs));
                  keep.reset();
                }}
              >
                Reprendre sa version
              </Button>
              {theirs.status === 'active' && (
                <Button variant="light" loading={keep.isPending} onClick={() => keep.mutate(theirs.version)}>
                  Enregistrer la mienne
                </Button>
              )}
            </div>
          </section>
        )}
        <TextInput
          label="Nom"
          required
          maxLength={120}
          data-autofocus={one ? undefined : true}
          value={values.title}
          error={refusal?.fields.title}
          onChange={(event) => set({ title: event.currentTarget.value })}
        />
        <div>
          <SegmentedControl
            aria-label="À qui est l’ordonnance type"
            value={values.scope}
            onChange={(scope) => set({ scope: scope as TemplateDraft['scope'] })}
            data={[
              {
                value: 'mine',
                label: one && !one.mine && one.scope === 'mine' ? `De ${one.by}` : 'La mienne',
                disabled: !takesBack,
              },
              { value: 'practice', label: 'De la structure' },
            ]}
          />
          <p className="small dim" style={{ margin: '4px 0 0' }}>
            {values.scope === 'practice'
              ? 'Changée et retirée par toute personne dont la profession peut la signer en entier.'
              : 'Proposée à l’équipe ; changée par son auteur seulement.'}
          </p>
        </div>
        <AddLine
          may={page.may}
          kind={kind}
          setKind={setKind}
          onAdd={(line) => {
            set({ lines: [...lines, line] });
            setOpen(lines.length);
          }}
        />
        {lines.length === 0 && <p className="small dim">Ajoutez au moins une ligne.</p>}
        <LineList
          label="Lignes de l’ordonnance type"
          lines={lines}
          setLines={(next) => set({ lines: next })}
          open={open}
          setOpen={setOpen}
          wrong={(at) => Object.keys(refusal?.fields ?? {}).some((path) => path.startsWith(`lines.${at}.`))}
          editor={(line, at) => (
            <LineEditor
              line={line}
              change={(patch) => set({ lines: withLine(lines, at, patch) })}
              error={(field) => refusal?.fields[`lines.${at}.${field}`]}
              page={{ team: [] }}
              model
            />
          )}
        />
        <Textarea
          label="Précisions pour le patient, imprimées"
          autosize
          minRows={1}
          maxLength={1000}
          value={values.note}
          onChange={(event) => set({ note: event.currentTarget.value })}
        />
      </div>
    </PanelForm>
  );
}
