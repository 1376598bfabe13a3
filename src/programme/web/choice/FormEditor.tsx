import { ActionIcon, Button, Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call, queries, reading, Refusal } from '../../../web/api.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { DownIcon, PlusIcon, RemoveIcon, UpIcon } from '../../../web/ui/icons.ts';
import { Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import page from '../programme.module.css';
import css from './choice.module.css';
import { changedChoice, type Needs, type Question, questionTypes, type Section } from './words.ts';

interface Form {
  title: string;
  intro: string;
  sections: Section[];
}
const code = () => Math.random().toString(36).slice(2, 8);
const moved = <T,>(list: readonly T[], from: number, to: number): T[] => {
  if (to < 0 || to >= list.length) return [...list];
  const next = [...list];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
};
/** Lines of a list as typed; a line that only changes its words keeps its code and its requirement. */
function linesTo(typed: string, before: NonNullable<Question['choices']>): NonNullable<Question['choices']> {
  const lines = typed.split('\n');
  return lines.map((label, at) => {
    const same = before.find((one) => one.label === label) ?? (lines.length === before.length ? before[at] : undefined);
    return { code: same?.code ?? `r-${code()}`, label, ...(same?.requirement && { requirement: same.requirement }) };
  });
}

/** The questionnaire as its author changes it; it saves as one types. */
export function FormEditor({ project, needs }: { project: string; needs: Needs }) {
  const [form, setForm] = useState<Form>({ title: needs.title, intro: needs.intro, sections: needs.sections });
  const [state, setState] = useState<{ words: string; error?: string; conflict?: boolean }>({ words: '' });
  const version = useRef(needs.version);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const chain = useRef<Promise<unknown>>(Promise.resolve());
  const waiting = useRef<Form | null>(null);
  const save = useCallback(() => {
    clearTimeout(timer.current);
    chain.current = chain.current.then(async () => {
      const body = waiting.current;
      if (!body) return;
      waiting.current = null;
      setState({ words: 'Enregistrement…' });
      try {
        const saved = await call(programmeContract.saveNeeds, {
          params: { project },
          body: { ...tidied(body), seen: version.current },
        });
        version.current = saved.version;
        setState({ words: 'Enregistré' });
        void queries.invalidateQueries({ queryKey: [programmeContract.needs.path] });
      } catch (error) {
        const refusal = error instanceof Refusal ? error : null;
        waiting.current ??= body;
        setState({
          words: '',
          error:
            refusal?.status === 422
              ? 'Une question, une partie ou une réponse possible n’a pas encore de texte : le reste s’enregistrera dès qu’elle en aura un.'
              : (refusal?.message ?? 'Non enregistré.'),
          conflict: refusal?.status === 409,
        });
      }
    });
  }, [project]);
  const change = (next: Form) => {
    setForm(next);
    waiting.current = next;
    clearTimeout(timer.current);
    timer.current = setTimeout(save, 900);
  };
  // What is typed leaves with the page.
  useEffect(() => () => save(), [save]);
  const setSection = (at: number, patch: Partial<Section>) =>
    change({ ...form, sections: form.sections.map((one, index) => (index === at ? { ...one, ...patch } : one)) });
  const takeTheirs = async () => {
    const theirs = await queries.fetchQuery({
      ...reading(programmeContract.needs, { params: { project } }),
      staleTime: 0,
    });
    waiting.current = null;
    version.current = theirs.version;
    setForm({ title: theirs.title, intro: theirs.intro, sections: theirs.sections });
    setState({ words: '' });
    changedChoice();
  };
  return (
    <div className="stack loose">
      <Card
        title="Présentation"
        action={
          <span className="dim small" role="status">
            {state.words}
          </span>
        }
      >
        <div className={`${page.body} stack`}>
          <TextInput
            label="Titre"
            value={form.title}
            maxLength={200}
            onChange={(event) => change({ ...form, title: event.currentTarget.value })}
          />
          <Textarea
            label="Ce que l’équipe lit d’abord"
            autosize
            minRows={3}
            value={form.intro}
            maxLength={4000}
            onChange={(event) => change({ ...form, intro: event.currentTarget.value })}
          />
        </div>
      </Card>
      {state.error && (
        <Note
          tone="warning"
          live
          action={
            state.conflict && (
              <Button size="compact-sm" variant="default" onClick={() => void takeTheirs()}>
                Lire l’autre version
              </Button>
            )
          }
        >
          {state.error}
        </Note>
      )}
      {form.sections.map((section, at) => (
        <Card
          key={section.id}
          title={section.title || 'Partie sans titre'}
          count={section.questions.length}
          action={
            <span className="row">
              <ActionIcon
                aria-label={`Monter la partie ${section.title}`}
                disabled={at === 0}
                onClick={() => change({ ...form, sections: moved(form.sections, at, at - 1) })}
              >
                <UpIcon size={16} />
              </ActionIcon>
              <ActionIcon
                aria-label={`Descendre la partie ${section.title}`}
                disabled={at === form.sections.length - 1}
                onClick={() => change({ ...form, sections: moved(form.sections, at, at + 1) })}
              >
                <DownIcon size={16} />
              </ActionIcon>
              <ActionIcon
                aria-label={`Retirer la partie ${section.title}`}
                disabled={form.sections.length === 1}
                onClick={() => {
                  const before = form;
                  change({ ...form, sections: form.sections.filter((_, index) => index !== at) });
                  done('Partie retirée.', () => change(before), 'Partie remise.');
                }}
              >
                <RemoveIcon size={16} />
              </ActionIcon>
            </span>
          }
        >
          <div className={page.body}>
            <TextInput
              label="Titre de la partie"
              value={section.title}
              maxLength={120}
              onChange={(event) => setSection(at, { title: event.currentTarget.value })}
            />
          </div>
          {section.questions.map((question, index) => (
            <QuestionEditor
              key={question.id}
              question={question}
              first={index === 0}
              last={index === section.questions.length - 1}
              onMove={(step) => setSection(at, { questions: moved(section.questions, index, index + step) })}
              onChange={(next) =>
                setSection(at, { questions: section.questions.map((one, place) => (place === index ? next : one)) })
              }
              onRemove={() => {
                const before = form;
                setSection(at, { questions: section.questions.filter((_, place) => place !== index) });
                done('Question retirée.', () => change(before), 'Question remise.');
              }}
            />
          ))}
          <div className={css.editor}>
            <Select
              aria-label={`Ajouter une question à la partie ${section.title}`}
              placeholder="Ajouter une question…"
              leftSection={<PlusIcon size={16} />}
              maw={320}
              value={null}
              data={Object.entries(questionTypes).map(([value, label]) => ({ value, label }))}
              onChange={(type) =>
                type && setSection(at, { questions: [...section.questions, fresh(type as Question['type'])] })
              }
            />
          </div>
        </Card>
      ))}
      <div>
        <Button
          variant="default"
          leftSection={<PlusIcon size={16} />}
          onClick={() =>
            change({
              ...form,
              sections: [
                ...form.sections,
                { id: `p-${code()}`, title: 'Nouvelle partie', questions: [fresh('single')] },
              ],
            })
          }
        >
          Ajouter une partie
        </Button>
      </div>
    </div>
  );
}
const fresh = (type: Question['type']): Question => ({
  id: `q-${code()}`,
  type,
  label: 'Nouvelle question',
  ...((type === 'single' || type === 'multiple') && {
    choices: ['Oui', 'Non'].map((label) => ({ code: `r-${code()}`, label })),
  }),
  ...(type === 'matrix' && { rows: [{ code: `r-${code()}`, label: 'Une fonction du logiciel' }] }),
});
/** Empty lines of lists do not leave. */
const tidied = (form: Form): Form => ({
  ...form,
  sections: form.sections.map((section) => ({
    ...section,
    questions: section.questions.map((question) => ({
      ...question,
      ...(question.choices && { choices: question.choices.filter(({ label }) => label.trim()) }),
      ...(question.rows && { rows: question.rows.filter(({ label }) => label.trim()) }),
    })),
  })),
});

function QuestionEditor({
  question,
  first,
  last,
  onChange,
  onMove,
  onRemove,
}: {
  question: Question;
  first: boolean;
  last: boolean;
  onChange: (next: Question) => void;
  onMove: (step: 1 | -1) => void;
  onRemove: () => void;
}) {
  const lists =
    question.type === 'matrix' ? 'rows' : question.type === 'single' || question.type === 'multiple' ? 'choices' : null;
  const lines = lists ? (question[lists] ?? []) : [];
  return (
    <div className={css.editor}>
      <div className="row between">
        <Tag>{questionTypes[question.type]}</Tag>
        <span className="row">
          <ActionIcon aria-label={`Monter : ${question.label}`} disabled={first} onClick={() => onMove(-1)}>
            <UpIcon size={16} />
          </ActionIcon>
          <ActionIcon aria-label={`Descendre : ${question.label}`} disabled={last} onClick={() => onMove(1)}>
            <DownIcon size={16} />
          </ActionIcon>
          <ActionIcon aria-label={`Retirer : ${question.label}`} onClick={onRemove}>
            <RemoveIcon size={16} />
          </ActionIcon>
        </span>
      </div>
      <TextInput
        label="Question"
        value={question.label}
        maxLength={300}
        onChange={(event) => onChange({ ...question, label: event.currentTarget.value })}
      />
      <TextInput
        label="Aide (facultative)"
        value={question.help ?? ''}
        maxLength={600}
        onChange={(event) => onChange({ ...question, help: event.currentTarget.value })}
      />
      {lists && (
        <Textarea
          label={question.type === 'matrix' ? 'Fonctions, une par ligne' : 'Réponses possibles, une par ligne'}
          autosize
          minRows={2}
          value={lines.map(({ label }) => label).join('\n')}
          onChange={(event) => onChange({ ...question, [lists]: linesTo(event.currentTarget.value, lines) })}
        />
      )}
      {lists && lines.some(({ label }) => label.trim()) && (
        <details>
          <summary className="small" style={{ cursor: 'pointer', minHeight: 32 }}>
            Exigences du cahier des charges ({lines.filter(({ requirement }) => requirement).length} sur {lines.length})
          </summary>
          <div className="stack" style={{ paddingTop: 8 }}>
            {lines.map((line) => (
              <Textarea
                key={line.code}
                label={line.label}
                autosize
                minRows={1}
                maxLength={400}
                value={line.requirement ?? ''}
                placeholder={
                  question.type === 'matrix'
                    ? `Le logiciel permet : ${line.label}.`
                    : 'Aucune : cette réponse ne devient pas une exigence.'
                }
                onChange={(event) =>
                  onChange({
                    ...question,
                    [lists]: lines.map((one) =>
                      one.code === line.code ? { ...one, requirement: event.currentTarget.value || undefined } : one,
                    ),
                  })
                }
              />
            ))}
          </div>
        </details>
      )}
      {question.type === 'scale' && (
        <div className="row wrap">
          <TextInput
            label="1 veut dire"
            value={question.low ?? ''}
            maxLength={60}
            onChange={(event) => onChange({ ...question, low: event.currentTarget.value })}
          />
          <TextInput
            label="5 veut dire"
            value={question.high ?? ''}
            maxLength={60}
            onChange={(event) => onChange({ ...question, high: event.currentTarget.value })}
          />
        </div>
      )}
      {question.type === 'number' && (
        <div className="row wrap">
          <TextInput
            label="Unité"
            value={question.unit ?? ''}
            maxLength={30}
            onChange={(event) => onChange({ ...question, unit: event.currentTarget.value })}
          />
          <NumberInput
            label="Au plus"
            min={1}
            max={10_000_000}
            value={question.most ?? ''}
            onChange={(most) => onChange({ ...question, most: most === '' ? undefined : Number(most) })}
          />
        </div>
      )}
      <Checkbox
        size="sm"
        label="Réponse attendue"
        checked={question.required ?? false}
        onChange={(event) => onChange({ ...question, required: event.currentTarget.checked })}
      />
    </div>
  );
}
