import { Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Card } from '../../../../web/ui/bits.tsx';
import { type ProtocolModel, type ProtocolStep, stepKinds } from '../../../contract.ts';
import type { Checked } from '../use-protocol.ts';
import { sayEvery, sayRepeat, sayWhen } from '../words.ts';
import { Condition } from './Condition.tsx';
import css from './editor.module.css';
import { changeStep, mayFollow } from './edit.rules.ts';
import { Papers, Problems, RolesField, SpanField } from './fields.tsx';
import type { Change, Go } from './Outline.tsx';

const kinds = Object.entries(stepKinds).map(([value, label]) => ({ value, label }));
const entry = 'entry';

/** One step, in the order in which it is said aloud: what, who, when, for whom, with what, told how. */
export function StepForm({
  step,
  model,
  change,
  problems,
  missing,
  go,
}: {
  step: ProtocolStep;
  model: ProtocolModel;
  change: Change;
  problems: Checked['problems'];
  missing: string[];
  go: Go;
}) {
  const set = (patch: Partial<ProtocolStep>) => change((now) => changeStep(now, step.id, patch));
  // Nothing is wrong with what one has not come to yet.
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const leave = (field: string) => () => setLeft((before) => new Set(before).add(field));
  const said = (field: string, words: string) => (left.has(field) ? missing.find((one) => one === words) : undefined);
  const number = model.steps.findIndex((one) => one.id === step.id) + 1;
  const followers = model.steps.filter((one) => one.after.step === step.id);
  const before = model.steps.find((one) => one.id === step.after.step);
  const places = [
    { value: entry, label: 'l’entrée dans le protocole' },
    ...mayFollow(model, step.id).map((one) => ({ value: one.id, label: one.title || 'Étape sans titre' })),
  ];
  return (
    <Card
      title={`Étape ${number}`}
      action={step.title ? <span className="dim small clip">{step.title}</span> : undefined}
    >
      <div className={`${css.fields} stack`}>
        <Problems problems={problems} />
        <div className={css.two}>
          <TextInput
            label="Ce qui est fait"
            maxLength={160}
            placeholder="Premier entretien d’éducation"
            value={step.title}
            error={said('title', 'Dites ce qui est à faire.')}
            onBlur={leave('title')}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <Select
            label="Nature"
            allowDeselect={false}
            data={kinds}
            value={step.kind}
            onChange={(kind) => kind && set({ kind: kind as ProtocolStep['kind'] })}
          />
        </div>
        <RolesField
          label="Qui s’en charge"
          ordered
          value={step.roles}
          onChange={(roles) => set({ roles })}
          error={said('roles', 'Dites qui s’en charge.')}
          onBlur={leave('roles')}
        />
        <fieldset className={css.rows}>
          <legend>Quand</legend>
          <div className={css.when}>
            <SpanField
              label="Délai"
              value={step.after.delay}
              onChange={(delay) => set({ after: { ...step.after, delay } })}
            >
              <Select
                label="après"
                allowDeselect={false}
                searchable
                data={
                  before || step.after.step === null
                    ? places
                    : [{ value: step.after.step, label: 'une étape qui n’existe plus' }, ...places]
                }
                value={step.after.step ?? entry}
                onChange={(place) => place && set({ after: { ...step.after, step: place === entry ? null : place } })}
                style={{ flex: '1 1 220px' }}
              />
            </SpanField>
          </div>
          <Checkbox
            mt={8}
            label={step.repeat ? `Cette étape revient ${sayEvery(step.repeat.every)}` : 'Cette étape revient'}
            checked={step.repeat !== null}
            onChange={(event) =>
              set({ repeat: event.currentTarget.checked ? { every: { value: 3, unit: 'mo' }, times: null } : null })
            }
          />
          {step.repeat && (
            <div className={`${css.block} row wrap`} style={{ alignItems: 'flex-end' }}>
              <SpanField
                label="Tous les"
                min={1}
                value={step.repeat.every}
                onChange={(every) => set({ repeat: { every, times: step.repeat?.times ?? null } })}
              />
              <NumberInput
                label="Nombre de fois en tout"
                placeholder="sans fin"
                min={2}
                max={60}
                allowDecimal={false}
                clampBehavior="blur"
                value={step.repeat.times ?? ''}
                onChange={(times) =>
                  set({
                    repeat: {
                      every: step.repeat!.every,
                      times: typeof times === 'number' && times >= 2 ? times : null,
                    },
                  })
                }
                w={170}
              />
            </div>
          )}
          <p className="small">
            <span className="dim">Donc : </span>
            {[sayWhen(step, model.steps), sayRepeat(step.repeat)].filter(Boolean).join(', puis ')}.
          </p>
          {followers.length > 0 && (
            <p className="dim small">
              Suivie par{' '}
              {followers.map((one, at) => (
                <span key={one.id}>
                  {at > 0 && ', '}
                  <button type="button" className={`plain-button ${css.link}`} onClick={() => go(`etape:${one.id}`)}>
                    {one.title || 'une étape sans titre'}
                  </button>
                </span>
              ))}
              .
            </p>
          )}
        </fieldset>
        <Condition
          value={step.condition}
          error={said('condition', 'Dites pour quels patients.')}
          onBlur={leave('condition')}
          onChange={(condition) => set({ condition })}
        />
        <Textarea
          label="Pour les professionnels"
          description="Ce qu’il faut savoir pour le faire : points à vérifier, seuils, qui prévenir."
          autosize
          minRows={2}
          maxRows={12}
          maxLength={4000}
          value={step.detail}
          onChange={(event) => set({ detail: event.currentTarget.value })}
        />
        <Textarea
          label="Pour le patient"
          description={<Plain text={step.forPatient} />}
          autosize
          minRows={2}
          maxLength={600}
          value={step.forPatient}
          onChange={(event) => set({ forPatient: event.currentTarget.value })}
        />
        <Papers
          label="Documents à remettre ou à remplir"
          rows={step.documents}
          onChange={(documents) => set({ documents })}
          most={12}
        />
      </div>
    </Card>
  );
}

/** Plain words are short ones: the longest sentence is counted as one types. */
function Plain({ text }: { text: string }) {
  const longest = Math.max(
    0,
    ...text.split(/[.!?]+/).map((sentence) => sentence.trim().split(/\s+/).filter(Boolean).length),
  );
  if (longest > 25)
    return <span className="warning">Une phrase de {longest} mots : coupez-la en deux, elle sera mieux comprise.</span>;
  return <>Phrases courtes, sans mot technique. C’est ce que lira le patient.</>;
}
