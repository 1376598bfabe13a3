import { Button, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading } from '../../../web/api.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { PlusIcon } from '../../../web/ui/icons.ts';
import { Nothing, Failure } from '../../../web/ui/states.tsx';
import { type Edition, programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { AnswerTag } from '../rules.tsx';
import { VerdictTag } from '../review/FilesPage.tsx';
import own from './editor.module.css';

type Value = string | number | boolean | null;
interface Case {
  id: string;
  title: string;
  facts: Record<string, Value>;
}
const places = { chosen: 'retenue', tie: 'à départager', waiting: 'liste d’attente' } as const;

/** The call as it is being written, tried on typed cases and on applications already submitted to another call. Nothing is kept. */
export function TryPanel({ edition }: { edition: Edition }) {
  const [cases, setCases] = useState<Case[]>([{ id: 'cas-1', title: 'Équipe d’essai', facts: {} }]);
  const calls = useQuery(reading(programmeContract.regionCalls));
  const [from, setFrom] = useState<string | null>(null);
  const files = useQuery({
    ...reading(programmeContract.files, { params: { edition: from ?? '' } }),
    enabled: from !== null,
  });
  const applications = from === null ? [] : (files.data?.files.map(({ id }) => id) ?? []);
  const looked = JSON.stringify([
    edition.eligibility.map(({ test }) => test),
    edition.ranking.map(({ levels }) => levels.map(({ test }) => test)),
  ]);
  const fields = edition.sections
    .flatMap((section) => section.fields)
    .filter(
      ({ id, type }) => looked.includes(`"fact":"${id}"`) && ['yes-no', 'number', 'date', 'choice'].includes(type),
    );
  const body = { edition, cases, applications };
  const tried = useQuery({
    queryKey: ['check-call', body],
    queryFn: ({ signal }) => call(programmeContract.checkCall, { params: { edition: edition.id }, body }, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const set = (id: string, patch: Partial<Case>) =>
    setCases(cases.map((one) => (one.id === id ? { ...one, ...patch } : one)));
  return (
    <div className="stack loose">
      <Card
        title="Cas typés"
        action={
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<PlusIcon size={14} />}
            onClick={() =>
              setCases([...cases, { id: `cas-${cases.length + 1}`, title: `Cas ${cases.length + 1}`, facts: {} }])
            }
          >
            Ajouter un cas
          </Button>
        }
      >
        <div className={css.body}>
          {cases.map((one) => (
            <details key={one.id} className={own.case} open={cases.length === 1}>
              <summary className="strong">{one.title}</summary>
              <TextInput
                size="xs"
                label="Nom du cas"
                value={one.title}
                onChange={(event) => set(one.id, { title: event.currentTarget.value })}
              />
              {fields.map((field) => {
                const value = one.facts[field.id] ?? null;
                const put = (next: Value) => set(one.id, { facts: { ...one.facts, [field.id]: next } });
                if (field.type === 'number')
                  return (
                    <NumberInput
                      key={field.id}
                      size="xs"
                      label={field.label}
                      allowDecimal={false}
                      value={typeof value === 'number' ? value : ''}
                      onChange={(next) => put(next === '' ? null : Number(next))}
                    />
                  );
                if (field.type === 'date')
                  return (
                    <DateField
                      key={field.id}
                      size="xs"
                      label={field.label}
                      value={typeof value === 'string' ? value : ''}
                      onChange={(day) => put(day || null)}
                    />
                  );
                if (field.type === 'choice')
                  return (
                    <Select
                      key={field.id}
                      size="xs"
                      clearable
                      label={field.label}
                      data={field.choices.map(({ code, label }) => ({ value: code, label }))}
                      value={typeof value === 'string' ? value : null}
                      onChange={put}
                    />
                  );
                return (
                  <div key={field.id} className={css.question}>
                    <span id={`essai-${one.id}-${field.id}`} className="small">
                      {field.label}
                    </span>
                    <SegmentedControl
                      aria-labelledby={`essai-${one.id}-${field.id}`}
                      size="xs"
                      value={value === true ? 'oui' : value === false ? 'non' : ''}
                      onChange={(next) => put(next === '' ? null : next === 'oui')}
                      data={[
                        { value: '', label: '?' },
                        { value: 'oui', label: 'Oui' },
                        { value: 'non', label: 'Non' },
                      ]}
                    />
                  </div>
                );
              })}
            </details>
          ))}
        </div>
      </Card>
      <Card title="Sur des candidatures déposées">
        <div className={css.body}>
          <Select
            label="De l’appel"
            clearable
            data={(calls.data?.calls ?? [])
              .filter((one) => (one.counts?.submitted ?? 0) > 0)
              .map((one) => ({ value: one.id, label: `${one.title} (${one.counts!.submitted})` }))}
            value={from}
            onChange={setFrom}
          />
        </div>
      </Card>
      <Card title="Ce que l’appel répondrait" count={tried.data?.cases.length}>
        <Failure compact of={tried} />
        {tried.data?.cases.length === 0 && <Nothing>Ajoutez un cas, ou choisissez un appel.</Nothing>}
        <ul className={`plain ${css.rules}`} aria-live="polite">
          {tried.data?.cases.map((one) => (
            <li key={one.id}>
              <div className="row between wrap">
                <b>{one.title}</b>
                <span className="row">
                  <VerdictTag verdict={one.eligibility.verdict} />
                  {one.rank !== null && (
                    <Tag>
                      rang {one.rank}, {places[one.place!]}
                    </Tag>
                  )}
                </span>
              </div>
              {one.eligibility.results
                .filter(({ answer }) => answer !== 'yes')
                .map((rule) => (
                  <p key={rule.id} className="small">
                    <AnswerTag answer={rule.answer} /> {rule.title}.{' '}
                    <span className="dim">{rule.answer === 'no' ? rule.fails : ''}</span>
                  </p>
                ))}
              <p className="small dim">{one.points.map(({ title, points }) => `${title} : ${points}`).join(' · ')}</p>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}
