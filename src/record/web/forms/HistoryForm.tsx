import { Autocomplete, Button, Checkbox, Chip, Select, Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { call } from '../../../web/api.ts';
import { fold } from '../../../web/palette.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { Note } from '../../../web/ui/states.tsx';
import {
  glassesBenchmark,
  historySubjects,
  historyTopics,
  kindOfTopic,
  mayBeNone,
  noneKnownWords,
  packYearsOf,
  recordContract,
  relatives,
  type Sensitivity,
  subjectOfHistory,
} from '../../contract.ts';
import { mayAdd, usePanel, useRecord } from '../use-record.ts';
import { codesOf, sensitivityChoices } from './choices.ts';
import { EntryForm } from './EntryForm.tsx';
import css from './forms.module.css';
import { TermField } from './TermField.tsx';
import { type Editing, useEntry } from './use-entry.ts';

type Topic = (typeof historyTopics)[number]['code'];
const isTopic = (word: string | undefined): word is Topic => historyTopics.some((one) => one.code === word);
const number = (value: string | number | null | undefined): number | null =>
  value === null ||
  value === undefined ||
  String(value).trim() === '' ||
  Number.isNaN(Number(String(value).replace(',', '.')))
    ? null
    : Number(String(value).replace(',', '.'));
const shown = (value: unknown): string =>
  value === null || value === undefined ? '' : String(value).replace('.', ',');

/** Every answer of the subjects of a topic, as it is picked: «Tabac : Fumeur». */
const phrases = (topic: Topic) =>
  historySubjects
    .filter((one) => one.topic === topic)
    .flatMap((subject) =>
      subject.answers.map((answer) => ({
        subject,
        answer,
        label: `${subject.label} : ${answer.label}`,
        words: fold(`${subject.label} ${answer.label} ${answer.words ?? ''}`),
      })),
    );
const whatLabels: Record<Topic, string> = {
  personal: 'Antécédent',
  family: 'Antécédent',
  procedure: 'Intervention ou acte',
  risk: 'Facteur de risque',
  lifestyle: 'Mode de vie',
  social: 'Situation',
};

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
    initial: {
      topic: (isTopic(asked) ? asked : (topics[0]?.code ?? 'lifestyle')) as Topic,
      noneKnown: false,
      label: '',
      code: null as string | null,
      system: null as string | null,
      also: [] as { system: string; code: string }[],
      subject: null as string | null,
      answers: [] as string[],
      perDay: '',
      years: '',
      packYears: '',
      stopped: '',
      glasses: '',
      relative: null as string | null,
      age: '',
      died: false,
      at: '',
      note: '',
      sensitive: null as Sensitivity | null,
      reason: '',
    },
    editing: editing && { ...editing, values: { ...editing.values, ...figures } },
    send: (values, version, sending) => {
      const family = values.topic === 'family';
      const body = {
        ...values,
        relative: family ? values.relative : null,
        died: family && values.died,
        age: family || values.topic === 'personal' ? number(values.age) : null,
        perDay: number(values.perDay),
        years: number(values.years),
        packYears: number(values.packYears),
        glasses: number(values.glasses),
        stopped: values.stopped || null,
        at: values.at || null,
        note: values.note || null,
        reason: values.reason || null,
        version,
      };
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
  const subject = subjectOfHistory(values.subject);
  const coded = values.topic === 'personal' || values.topic === 'family' || values.topic === 'procedure';
  const answered = useRef<HTMLDivElement>(null);
  const shownFor = useRef<string | null>(values.subject);
  // A subject that was just picked takes the place of the field: the focus goes on to its answers.
  useEffect(() => {
    if (values.subject && shownFor.current !== values.subject)
      answered.current?.querySelector<HTMLInputElement>('input:checked, input')?.focus();
    shownFor.current = values.subject;
  }, [values.subject]);
  const ready = values.noneKnown || !!values.label.trim() || (!!subject && values.answers.length > 0);
  return (
    <EntryForm
      entry={entry}
      title={editing ? 'Corriger l’antécédent' : 'Ajouter un antécédent'}
      verb={
        values.noneKnown
          ? 'Noter « aucun connu »'
          : editing
            ? 'Corriger l’antécédent'
            : coded
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
        <>
          {values.topic === 'family' && (
            <div className={css.pair}>
              <Select
                label="Qui"
                data={codesOf(relatives)}
                value={values.relative}
                onChange={(relative) => set({ relative })}
                error={error('relative')}
              />
              <TextInput
                label="À quel âge"
                inputMode="numeric"
                rightSection={<span className="dim small">ans</span>}
                value={shown(values.age)}
                onChange={(event) => set({ age: event.currentTarget.value })}
                error={error('age')}
              />
            </div>
          )}
          {coded && (
            <TermField
              list={values.topic === 'procedure' ? 'acts' : 'problems'}
              label={whatLabels[values.topic]}
              description={values.code ? `Code ${values.code}` : values.label ? 'Texte libre, sans code' : undefined}
              data-autofocus
              value={values.label}
              coded={!!values.code}
              onChange={(label, term) =>
                set({ label, code: term?.code ?? null, system: term?.system ?? null, also: term?.also ?? [] })
              }
              error={error('label')}
            />
          )}
          {!coded && !subject && (
            <SubjectField
              topic={values.topic}
              label={values.label}
              error={error('label')}
              onWords={(label) => set({ label })}
              onPick={(code, answer) => set({ subject: code, answers: [answer], label: '' })}
            />
          )}
          {subject && (
            <div ref={answered} className={css.subject}>
              <div className="row between">
                <span className="strong" id="history-subject">
                  {subject.label}
                </span>
                {!editing && (
                  <Button size="compact-sm" variant="subtle" onClick={() => set({ subject: null, answers: [] })}>
                    Autre sujet
                  </Button>
                )}
              </div>
              <div className="row wrap" role="group" aria-labelledby="history-subject">
                {subject.many ? (
                  <Chip.Group multiple value={values.answers} onChange={(answers) => set({ answers })}>
                    {subject.answers.map((one) => (
                      <Chip key={one.code} value={one.code} size="sm">
                        {one.label}
                      </Chip>
                    ))}
                  </Chip.Group>
                ) : (
                  <Chip.Group
                    value={values.answers[0] ?? ''}
                    onChange={(answer) => set({ answers: answer ? [answer] : [] })}
                  >
                    {subject.answers.map((one) => (
                      <Chip key={one.code} value={one.code} size="sm">
                        {one.label}
                      </Chip>
                    ))}
                  </Chip.Group>
                )}
              </div>
              {error('answers') && <p className="small danger">{error('answers')}</p>}
              {subject.code === 'tobacco' && (
                <>
                  <div className={css.pair}>
                    <TextInput
                      label="Cigarettes par jour"
                      inputMode="decimal"
                      value={shown(values.perDay)}
                      onChange={(event) => set({ perDay: event.currentTarget.value })}
                      error={error('perDay')}
                    />
                    <TextInput
                      label="Pendant"
                      inputMode="decimal"
                      rightSection={<span className="dim small">ans</span>}
                      value={shown(values.years)}
                      onChange={(event) => set({ years: event.currentTarget.value })}
                      error={error('years')}
                    />
                  </div>
                  <div className={css.pair}>
                    <TextInput
                      label="Paquets-années"
                      inputMode="decimal"
                      placeholder={shown(packYearsOf(number(values.perDay), number(values.years)))}
                      description="Calculés si vous laissez vide"
                      inputWrapperOrder={['label', 'input', 'description', 'error']}
                      value={shown(values.packYears)}
                      onChange={(event) => set({ packYears: event.currentTarget.value })}
                      error={error('packYears')}
                    />
                    <DateField
                      label="Arrêt"
                      partial
                      past
                      placeholder="2019, 03/2019…"
                      value={values.stopped ?? ''}
                      onChange={(stopped) => set({ stopped })}
                      error={error('stopped')}
                    />
                  </div>
                </>
              )}
              {subject.code === 'alcohol' && (
                <TextInput
                  label="Verres par semaine"
                  description={`Verres de 10 g d’alcool pur. Repère : ${glassesBenchmark} par semaine au plus.`}
                  inputWrapperOrder={['label', 'input', 'description', 'error']}
                  inputMode="decimal"
                  value={shown(values.glasses)}
                  onChange={(event) => set({ glasses: event.currentTarget.value })}
                  error={error('glasses')}
                />
              )}
            </div>
          )}
          {values.topic === 'family' && (
            <Checkbox
              label="En est décédé"
              checked={values.died}
              onChange={(event) => set({ died: event.currentTarget.checked })}
            />
          )}
          {values.topic !== 'family' && (
            <DateField
              label={coded ? 'Quand' : 'Constaté le'}
              partial
              past
              placeholder={coded ? '1998, 03/2019…' : 'aujourd’hui'}
              value={values.at ?? ''}
              onChange={(at) => set({ at })}
              error={error('at')}
            />
          )}
        </>
      )}
      <Textarea
        label="Précisions"
        autosize
        minRows={2}
        value={values.note ?? ''}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
      {!values.noneKnown && (
        <Select
          label="Information sensible"
          placeholder="Non"
          clearable
          data={sensitivityChoices}
          value={values.sensitive}
          onChange={(sensitive) => set({ sensitive: sensitive as Sensitivity | null })}
        />
      )}
      {editing && (
        <TextInput
          label="Raison de la correction"
          value={values.reason}
          onChange={(event) => set({ reason: event.currentTarget.value })}
        />
      )}
    </EntryForm>
  );
}

/** One field for all subjects of a topic: «fum» finds «Tabac : Fumeur»; other words stay free. */
function SubjectField({
  topic,
  label,
  error,
  onWords,
  onPick,
}: {
  topic: Topic;
  label: string;
  error?: string;
  onWords: (label: string) => void;
  onPick: (subject: string, answer: string) => void;
}) {
  const all = phrases(topic);
  return (
    <Autocomplete
      label={whatLabels[topic]}
      description={
        label
          ? 'Texte libre'
          : 'Quelques lettres suffisent : « fum », « seul », « c2s ». Vos propres mots conviennent aussi.'
      }
      data-autofocus
      autoComplete="off"
      data={all.map((one) => one.label)}
      limit={12}
      filter={({ options, search, limit }) => {
        const words = fold(search).split(/\s+/).filter(Boolean);
        return options
          .filter(
            (option) =>
              'label' in option &&
              words.every((word) => all.find((one) => one.label === option.label)?.words.includes(word)),
          )
          .slice(0, limit);
      }}
      value={label}
      onChange={(words) => {
        const found = all.find((one) => one.label === words);
        if (found) onPick(found.subject.code, found.answer.code);
        else onWords(words);
      }}
      error={error}
    />
  );
}
