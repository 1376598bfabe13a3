import { Button, Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, urlOf, failureOf } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PrintIcon, UndoIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, Failure, Note } from '../../../web/ui/states.tsx';
import { type Answered, calculatedOf, itemsOf, recordContract, type Sensitivity, wholeOf } from '../../contract.ts';
import { EntryForm } from '../forms/EntryForm.tsx';
import { useEntry } from '../forms/use-entry.ts';
import { Questions } from './Questions.tsx';
import { ScoreLine, useScores, wholeScores } from './Scores.tsx';
import css from './sections.module.css';
import { SensitivityField } from '../forms/SensitivityField.tsx';
import { ReasonField } from '../forms/ReasonField.tsx';

type Start = Awaited<ReturnType<typeof start>>;
const start = (patient: string, id: string) => call(recordContract.startSection, { params: { patient, id } });

/** A section: filled for the first time, or its answers corrected. */
export default function SectionPanel({
  patient,
  section,
  answers,
  onClose,
}: {
  patient: string;
  section?: string;
  answers?: string;
  onClose: () => void;
}) {
  // Read once: what arrives meanwhile must not change the form under the hand; the server tells at saving.
  const still = { staleTime: 'static', gcTime: 0 } as const;
  const fresh = useQuery({
    ...reading(recordContract.startSection, { params: { patient, id: section ?? '' } }),
    ...still,
    enabled: section !== undefined,
  });
  const kept = useQuery({
    ...reading(recordContract.readSection, { params: { patient, id: answers ?? '' } }),
    ...still,
    enabled: answers !== undefined,
  });
  if (section !== undefined && fresh.data)
    return (
      <Filling
        patient={patient}
        section={section}
        given={{ ...fresh.data, edition: fresh.data.section.edition, sensitive: fresh.data.section.sensitive }}
        onClose={onClose}
      />
    );
  if (answers !== undefined && kept.data) {
    const { form, items, edition, line, sensitive } = kept.data;
    return (
      <Filling
        patient={patient}
        section={(form.url ?? '').slice('urn:estran:volet:'.length)}
        given={{ form, items, edition, sensitive, from: {}, before: null, history: [], about: null }}
        editing={{ id: answers, version: line.version, draft: line.status === 'draft', at: line.at }}
        onClose={onClose}
      />
    );
  }
  return (
    <SidePanel title="Volet" onClose={onClose} wide>
      {failureOf(fresh, kept) ? <Failure of={[fresh, kept]} /> : <Bone h={260} />}
    </SidePanel>
  );
}

interface Given extends Pick<Start, 'form' | 'items' | 'from' | 'before' | 'history'> {
  edition: string;
  sensitive: Sensitivity | null;
  about: Start['about'] | null;
}
function Filling({
  patient,
  section,
  given,
  editing,
  onClose,
}: {
  patient: string;
  section: string;
  given: Given;
  editing?: { id: string; version: number; draft: boolean; at: string | null };
  onClose: () => void;
}) {
  const { form, before } = given;
  const title = form.title ?? 'Volet';
  const entry = useEntry({
    patient,
    form: `volet:${section}`,
    label: title,
    initial: {
      items: given.items as Answered[],
      at: '',
      draft: editing?.draft ?? false,
      sensitive: given.sensitive,
      reason: '',
    },
    ...(editing && {
      editing: { type: 'QuestionnaireResponse', id: editing.id, version: editing.version, title, values: {} },
    }),
    send: (values, version, sending) => {
      const body = {
        section,
        edition: given.edition,
        items: values.items as never,
        draft: values.draft,
        at: values.at ? sayDate(values.at) : null,
        sensitive: values.sensitive,
        reason: values.reason || null,
        ...(version && { version }),
      };
      return editing
        ? call(recordContract.correctSection, { params: { patient, id: editing.id }, body })
        : call(recordContract.addSection, { params: { patient }, body }, sending);
    },
    message: (values) =>
      values.draft
        ? 'Brouillon enregistré dans le dossier.'
        : editing && !editing.draft
          ? `« ${title} » corrigé.`
          : `« ${title} » signé.`,
    onDone: onClose,
  });
  const { values, set, refusal } = entry;
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [photos, setPhotos] = useState<readonly string[]>([]);
  const scores = useScores(form, values.items, given.about);
  const curve = (linkId: string, name: string) =>
    given.history.find((one) => one.linkId === linkId && one.name === name)?.points ?? [];
  const wholes = wholeScores(form)
    .map((item) => ({ item, value: scores.get(item.linkId), curve: curve(item.linkId, '') }))
    .filter((one) => one.value !== undefined || one.curve.length > 0);
  const copy = () => before && set({ items: withoutScores(form, before.items) });
  return (
    <EntryForm
      entry={entry}
      title={title}
      wide
      verb={values.draft ? 'Enregistrer le brouillon' : editing && !editing.draft ? 'Corriger' : 'Signer'}
      ready={values.items.length > 0 && photos.length === 0}
      onClose={onClose}
    >
      {form.description && <p className="small dim">{form.description}</p>}
      {before && !editing && (
        <div className="row wrap">
          <Button size="compact-md" variant="default" leftSection={<UndoIcon size={15} />} onClick={copy}>
            Reprendre les réponses du {sayDate(before.at)}
          </Button>
          <span className="dim small">par {before.by}</span>
        </div>
      )}
      {wholes.length > 0 && (
        <div className={css.scores} role="status" aria-live="polite" aria-label="Scores">
          {wholes.map((one) => (
            <ScoreLine key={one.item.linkId} {...one} />
          ))}
        </div>
      )}
      <div className={css.form}>
        <Questions
          items={form.item}
          answered={values.items}
          onChange={(items) => set({ items })}
          asking={{
            patient,
            place: wholeOf(form, values.items),
            scores,
            curve,
            errors: refusal?.fields ?? {},
            from: Object.fromEntries(Object.entries(given.from).map(([linkId, one]) => [linkId, one.words])),
            typed,
            type: (key, words) => setTyped((now) => ({ ...now, [key]: words })),
            waits: (field, on) => setPhotos((now) => [...now.filter((one) => one !== field), ...(on ? [field] : [])]),
          }}
        />
      </div>
      {editing && (
        <a
          className="row"
          href={urlOf(recordContract.printSection, { params: { patient, id: editing.id } })}
          target="_blank"
          rel="noreferrer"
        >
          <PrintIcon size={16} /> Imprimer (PDF)
        </a>
      )}
      {!given.sensitive && <SensitivityField value={values.sensitive} onChange={(sensitive) => set({ sensitive })} />}
      <DateField
        label="Date"
        placeholder={editing?.at ? sayDate(editing.at) : 'aujourd’hui'}
        value={values.at}
        onChange={(at) => set({ at })}
        error={entry.error('at')}
      />
      {(!editing || editing.draft) && (
        <Checkbox
          label="Garder comme brouillon, à signer plus tard"
          checked={values.draft}
          onChange={(event) => set({ draft: event.currentTarget.checked })}
        />
      )}
      {editing && !editing.draft && <ReasonField value={values.reason} onChange={(reason) => set({ reason })} />}
      {photos.length > 0 && (
        <Note tone="warning" live>
          Une photo n’est pas encore au dossier : elle manquerait à ce qui est enregistré. Attendez son envoi, ou
          retirez-la.
        </Note>
      )}
    </EntryForm>
  );
}

const withoutScores = (form: Start['form'], answered: readonly Answered[]): Answered[] => {
  const scored = new Set(
    [...itemsOf(form.item)].filter(({ item }) => calculatedOf(item)).map(({ item }) => item.linkId),
  );
  const walk = (list: readonly Answered[]): Answered[] =>
    list
      .filter(({ linkId }) => !scored.has(linkId))
      .map((one) => ({ ...one, ...(one.item && { item: walk(one.item) }) }));
  return walk(answered);
};
