import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, Refusal, urlOf, failureOf } from '../../../web/api.ts';
import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import page from '../programme.module.css';
import { HeldModel } from '../models/HeldModel.tsx';
import { AddFile } from '../projects/DocumentsTab.tsx';
import type { Project } from '../projects/tabs.ts';
import css from './choice.module.css';
import { Papers, Pills } from './parts.tsx';
import { changedChoice, type Clause, clauseLabels } from './words.ts';

const tones = { present: 'success', weak: 'warning', missing: 'danger', 'not-needed': 'neutral' } as const;
const answers = (['present', 'weak', 'missing', 'not-needed'] as const).map((value) => ({
  value,
  label: clauseLabels[value],
}));

/** The clauses that a contract must hold, read one by one: what is missing comes first (REC-5). */
export default function ClausesView({ project }: { project: Project }) {
  const params = { project: project.id };
  const query = useQuery(reading(programmeContract.clauses, { params }));
  const issue = useMutation({
    mutationFn: () => call(programmeContract.issueClauses, { params }),
    onSuccess: () => {
      changedChoice();
      done('Liste produite : elle est aussi dans « Documents ».');
    },
    onError: failed,
  });
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data) return <ListBones rows={8} />;
  const { clauses, counts, papers, files, product, may } = query.data;
  const lacking = clauses.filter(({ answer }) => answer === 'missing');
  const groups: [string, Clause[]][] = [
    ['Absentes du contrat', lacking],
    ['Trop faibles', clauses.filter(({ answer }) => answer === 'weak')],
    ['À relire', clauses.filter(({ answer }) => answer === null)],
    ['Présentes', clauses.filter(({ answer }) => answer === 'present')],
    ['Sans objet', clauses.filter(({ answer }) => answer === 'not-needed')],
  ];
  return (
    <div className={page.two}>
      <div className={`${page.beside} stack loose`}>
        <HeldModel of={{ project: project.id, kind: 'clauses' }} />
        {lacking.length > 0 && (
          <Note tone="danger">
            Absentes du contrat : {lacking.map(({ title }) => title).join(', ')}. Demandez-les à l’éditeur avant de
            signer.
          </Note>
        )}
        {groups
          .filter(([, those]) => those.length > 0)
          .map(([title, those]) => (
            <Card key={title} title={title} count={those.length}>
              {those.map((one) => (
                <ClauseLine
                  key={`${one.id} ${one.version}`}
                  project={project.id}
                  one={one}
                  files={files}
                  write={may.write}
                />
              ))}
            </Card>
          ))}
      </div>
      <div className={page.side}>
        <Card title={product ? `Contrat : ${product}` : 'Contrat'}>
          <div className={`${page.body} stack`}>
            <div className={page.figures} style={{ padding: 0 }}>
              {(
                [
                  ['absentes', counts.missing],
                  ['trop faibles', counts.weak],
                  ['présentes', counts.present],
                  ['à relire', counts.unread],
                ] as const
              ).map(([words, count]) => (
                <div key={words}>
                  <div className={page.figure}>{count}</div>
                  <div className="dim small">{words}</div>
                </div>
              ))}
            </div>
            {may.write && (
              <div>
                <p className="small dim">Joignez le projet de contrat : chaque clause pourra y renvoyer.</p>
                <AddFile project={project.id} kind="other" label="contrat" />
              </div>
            )}
            <Papers project={project.id} papers={papers} empty="La liste n’est pas encore produite." />
            {may.papers && (
              <div>
                <Button loading={issue.isPending} onClick={() => issue.mutate()}>
                  {papers.length ? `Produire la version ${papers[0]!.version + 1}` : 'Produire la liste (PDF)'}
                </Button>
              </div>
            )}
          </div>
        </Card>
      </div>
    </div>
  );
}

function ClauseLine({
  project,
  one,
  files,
  write,
}: {
  project: string;
  one: Clause;
  files: { id: string; name: string }[];
  write: boolean;
}) {
  const [form, setForm] = useState({ article: one.article, note: one.note, file: one.file?.id ?? null });
  const put = (answer: Clause['answer'], more = form, seen = one.version) =>
    call(programmeContract.answerClause, { params: { project, clause: one.id }, body: { answer, ...more, seen } });
  const save = useMutation({
    mutationFn: (answer: Clause['answer']) => put(answer),
    onSuccess: (_, answer) => {
      changedChoice();
      if (answer !== one.answer)
        done(
          `${one.title} : ${answer ? clauseLabels[answer].toLowerCase() : 'à relire'}.`,
          () =>
            put(one.answer, { article: one.article, note: one.note, file: one.file?.id ?? null }, one.version + 1).then(
              changedChoice,
            ),
          'Réponse d’avant remise.',
        );
    },
    onError: changedChoice,
  });
  const changed = form.article !== one.article || form.note !== one.note || form.file !== (one.file?.id ?? null);
  return (
    <section className={css.clause} aria-label={one.title}>
      <div className="row wrap">
        <h3>{one.title}</h3>
        {one.core && <Tag>attendue</Tag>}
        {!write && one.answer && <Tag tone={tones[one.answer]}>{clauseLabels[one.answer]}</Tag>}
        <span className="grow" />
        {one.by && <WhoWhen who={{ name: one.by, role: '' }} when={one.at} short />}
      </div>
      <p className="small">{one.why}</p>
      <details className="small">
        <summary style={{ cursor: 'pointer', minHeight: 28 }}>Une formulation possible</summary>
        <p className={css.model}>{one.model}</p>
      </details>
      {write ? (
        <>
          <Pills
            hidden
            label={`${one.title} dans le contrat`}
            options={answers}
            value={save.isPending ? (save.variables ?? null) : one.answer}
            onChange={(answer) => save.mutate(answer)}
          />
          {(one.answer !== null || changed) && (
            <div className="row wrap" style={{ alignItems: 'end' }}>
              <TextInput
                label="Où (article, page)"
                w={170}
                value={form.article}
                maxLength={120}
                onChange={(event) => setForm({ ...form, article: event.currentTarget.value })}
              />
              <Textarea
                label="Remarque"
                autosize
                minRows={1}
                style={{ flex: '1 1 220px' }}
                value={form.note}
                maxLength={1000}
                onChange={(event) => setForm({ ...form, note: event.currentTarget.value })}
              />
              {files.length > 0 && (
                <Select
                  label="Fichier"
                  clearable
                  w={200}
                  data={files.map(({ id, name }) => ({ value: id, label: name }))}
                  value={form.file}
                  onChange={(file) => setForm({ ...form, file })}
                />
              )}
              {changed && (
                <Button variant="default" loading={save.isPending} onClick={() => save.mutate(one.answer)}>
                  Enregistrer
                </Button>
              )}
            </div>
          )}
          {save.error instanceof Refusal && (
            <Note tone="danger" live>
              {save.error.message}
            </Note>
          )}
        </>
      ) : (
        (one.article || one.note) && (
          <p className="small">
            {one.article && <span className="strong">{one.article}. </span>}
            {one.note}
          </p>
        )
      )}
      {one.file && (
        <a
          className="small touch"
          href={urlOf(programmeContract.projectFile, { params: { project, file: one.file.id } })}
          target="_blank"
          rel="noreferrer"
        >
          {one.file.name}
        </a>
      )}
    </section>
  );
}
