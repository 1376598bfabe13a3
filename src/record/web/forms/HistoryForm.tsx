import { Checkbox, Select, Textarea } from '@mantine/core';
import { call } from '../../../web/api.ts';
import { Note } from '../../../web/ui/states.tsx';
import {
  historyTopics,
  kindOfTopic,
  mayBeNone,
  noneKnownWords,
  recordContract,
  subjectOfHistory,
} from '../../contract.ts';
import { mayAdd, usePanel, useRecord } from '../use-record.ts';
import { codesOf } from './choices.ts';
import { EntryForm } from './EntryForm.tsx';
import { HistoryFields } from './HistoryFields.tsx';
import { shown, type Topic } from './history-topics.ts';
import { emptyHistory, historyBody, isCoded } from './history-values.ts';
import { ReasonField } from './ReasonField.tsx';
import { SensitivityField } from './SensitivityField.tsx';
import { type Editing, useEntry } from './use-entry.ts';

const isTopic = (word: string | undefined): word is Topic => historyTopics.some((one) => one.code === word);

/** History and risk (DOS-2): picked in a few keys, coded where a code says it, free words always. `antecedent:social` opens it on a topic. */
export function HistoryForm({
  patient,
  editing,
  onClose,
}: {
  patient: string;
  editing?: Editing;
  onClose: () => void;
}) {
  const [panel] = usePanel();
  const asked = panel?.split(':')[1];
  const record = useRecord();
  // A nurse notes how someone lives, and reads the rest.
  const topics = historyTopics.filter(({ code }) => mayAdd(record, kindOfTopic(code)));
  const figures =
    editing &&
    Object.fromEntries(
      ['perDay', 'years', 'packYears', 'glasses', 'age'].map((name) => [name, shown(editing.values[name])]),
    );
  const entry = useEntry({
    patient,
    form: isTopic(asked) && !editing ? `history:${asked}` : 'history',
    label: 'Antécédent',
    initial: emptyHistory(isTopic(asked) ? asked : (topics[0]?.code ?? 'lifestyle')),
    editing: editing && { ...editing, values: { ...editing.values, ...figures } },
    send: (values, version, sending) => {
      const body = { ...historyBody(values), version };
      return editing
        ? call(recordContract.correctHistory, { params: { patient, type: editing.type, id: editing.id }, body })
        : call(recordContract.addHistory, { params: { patient }, body }, sending);
    },
    message: (values) =>
      editing
        ? 'Antécédent corrigé.'
        : values.noneKnown && mayBeNone(values.topic)
          ? `Noté : ${noneKnownWords[values.topic].toLowerCase()}.`
          : `Ajouté : ${values.label || subjectOfHistory(values.subject)?.label}.`,
    onDone: onClose,
  });
  const { values, set, error } = entry;
  const ready =
    values.noneKnown || !!values.label.trim() || (!!subjectOfHistory(values.subject) && values.answers.length > 0);
  return (
    <EntryForm
      entry={entry}
      title={editing ? 'Corriger l’antécédent' : 'Ajouter un antécédent'}
      verb={
        values.noneKnown
          ? 'Noter « aucun connu »'
          : editing
            ? 'Corriger l’antécédent'
            : isCoded(values.topic)
              ? 'Ajouter l’antécédent'
              : 'Ajouter au dossier'
      }
      ready={ready}
      onClose={onClose}
    >
      <Select
        label="Genre"
        allowDeselect={false}
        data={codesOf(editing ? historyTopics : topics)}
        value={values.topic}
        disabled={!!editing}
        onChange={(topic) =>
          topic &&
          set({
            topic: topic as Topic,
            noneKnown: false,
            subject: null,
            answers: [],
            code: null,
            system: null,
            also: [],
          })
        }
      />
      {!editing && mayBeNone(values.topic) && (
        <Checkbox
          label={noneKnownWords[values.topic]}
          checked={values.noneKnown}
          onChange={(event) => set({ noneKnown: event.currentTarget.checked })}
        />
      )}
      {values.noneKnown ? (
        <Note tone="info">
          Vous notez que la question a été posée aujourd’hui et que rien n’est connu. Ce n’est pas la même chose que «
          non renseigné ».
        </Note>
      ) : (
        <HistoryFields values={values} set={set} error={error} fixed={!!editing} />
      )}
      <Textarea
        label="Précisions"
        autosize
        minRows={2}
        value={values.note ?? ''}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
      {!values.noneKnown && <SensitivityField value={values.sensitive} onChange={(sensitive) => set({ sensitive })} />}
      {editing && <ReasonField value={values.reason} onChange={(reason) => set({ reason })} />}
    </EntryForm>
  );
}
