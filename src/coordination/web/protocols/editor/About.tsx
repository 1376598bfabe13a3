import { Autocomplete, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { fold } from '../../../../web/palette.ts';
import { Card } from '../../../../web/ui/bits.tsx';
import { type ProtocolModel, protocolThemes } from '../../../contract.ts';
import type { Checked } from '../use-protocol.ts';
import css from './editor.module.css';
import { Problems, Rows } from './fields.tsx';
import { aboutReferences, type Change } from './Outline.tsx';
import { cim10, cisp2, usualProblems } from './usual-problems.ts';

type Problem = ProtocolModel['patients']['problems'][number];
const themes = Object.entries(protocolThemes).map(([value, label]) => ({ value, label }));
const systems = [
  { value: cim10, label: 'CIM-10' },
  { value: cisp2, label: 'CISP-2' },
];

/** What the protocol is for, and for whom. */
export function About({
  model,
  change,
  problems,
  missing,
}: {
  model: ProtocolModel;
  change: Change;
  problems: Checked['problems'];
  missing: string[];
}) {
  const set = (patch: Partial<ProtocolModel>) => change((now) => ({ ...now, ...patch }));
  const patients = (patch: Partial<ProtocolModel['patients']>) =>
    change((now) => ({ ...now, patients: { ...now.patients, ...patch } }));
  const ages = (patch: Partial<NonNullable<ProtocolModel['patients']['ages']>>) => {
    const next = { from: null, until: null, ...model.patients.ages, ...patch };
    patients({ ages: next.from === null && next.until === null ? null : next });
  };
  const years = (value: string | number) => (value === '' ? null : Math.max(0, Math.min(120, Number(value))));
  return (
    <Card title="Présentation">
      <div className={`${css.fields} stack`}>
        <Problems problems={problems.filter((one) => one.step === null && !aboutReferences(one))} />
        <div className={css.two}>
          <TextInput
            label="Titre"
            maxLength={160}
            value={model.title}
            error={missing[0]}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <Select
            label="Thème"
            allowDeselect={false}
            data={themes}
            value={model.theme}
            onChange={(theme) => theme && set({ theme: theme as ProtocolModel['theme'] })}
          />
        </div>
        <Textarea
          label="Résumé"
          description="Deux ou trois phrases : ce que ce protocole change pour le patient et pour l’équipe."
          autosize
          minRows={2}
          maxLength={2000}
          value={model.summary}
          onChange={(event) => set({ summary: event.currentTarget.value })}
        />
        <Textarea
          label="Patients concernés"
          description="En mots : qui y entre, qui n’y entre pas."
          autosize
          minRows={2}
          maxLength={1000}
          value={model.patients.words}
          onChange={(event) => patients({ words: event.currentTarget.value })}
        />
        <div className="row wrap" style={{ alignItems: 'flex-end' }}>
          <NumberInput
            label="À partir de"
            suffix=" ans"
            min={0}
            max={120}
            allowDecimal={false}
            w={120}
            value={model.patients.ages?.from ?? ''}
            onChange={(value) => ages({ from: years(value) })}
          />
          <NumberInput
            label="Jusqu’à"
            suffix=" ans"
            min={0}
            max={120}
            allowDecimal={false}
            w={120}
            value={model.patients.ages?.until ?? ''}
            onChange={(value) => ages({ until: years(value) })}
            error={
              model.patients.ages?.from != null &&
              model.patients.ages.until != null &&
              model.patients.ages.from > model.patients.ages.until
                ? 'Avant l’âge de départ'
                : undefined
            }
          />
        </div>
        <Rows<Problem>
          label="Proposé quand le dossier porte un de ces problèmes"
          rows={model.patients.problems}
          onChange={(list) => patients({ problems: list })}
          most={20}
          blank={{ system: cim10, code: '', label: '' }}
          add="Ajouter un problème"
          render={(row, change) => (
            <div className={css.coded}>
              <Autocomplete
                aria-label="Problème"
                placeholder="Diabète, BPCO…"
                data={usualProblems.map((one) => one.label)}
                limit={8}
                filter={({ options, search, limit }) =>
                  options
                    .filter((option) => 'label' in option && fold(option.label).includes(fold(search)))
                    .slice(0, limit)
                }
                value={row.label}
                onChange={(label) => {
                  const known = usualProblems.find((one) => one.label === label);
                  change(known ? { label, system: cim10, code: known.code } : { label });
                }}
              />
              <TextInput
                aria-label="Code"
                placeholder="E11.9"
                value={row.code}
                onChange={(event) => change({ code: event.currentTarget.value.trim().toUpperCase() })}
                error={row.label && !row.code ? 'Donnez le code' : undefined}
              />
              <Select
                aria-label="Classification"
                allowDeselect={false}
                data={systems}
                value={row.system}
                onChange={(system) => system && change({ system })}
              />
            </div>
          )}
        />
        <Rows<string>
          label="Objectifs"
          rows={model.goals}
          onChange={(goals) => set({ goals })}
          most={12}
          blank=""
          add="Ajouter un objectif"
          render={(row, change) => (
            <TextInput
              aria-label="Objectif"
              maxLength={300}
              value={row}
              onChange={(event) => change(event.currentTarget.value)}
            />
          )}
        />
      </div>
    </Card>
  );
}
