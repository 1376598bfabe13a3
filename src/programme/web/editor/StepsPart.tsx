import { Button, Checkbox, MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { RemoveIcon } from '../../../web/ui/icons.ts';
import { done } from '../../../web/ui/undo.tsx';
import type { Edition } from '../../contract.ts';
import { whoLabels } from '../projects/words.ts';
import { monthOf } from '../words.ts';
import css from './editor.module.css';
import { moved, Order } from './FormPart.tsx';
import { Add, named, type PartProps, replaced, without } from './parts.tsx';

type Step = Edition['steps'][number];
/** Papers and files that the product knows by their kind: what is produced in a project counts for the step that asks for it. */
const kinds: Record<string, string> = {
  notification: 'Courrier de notification',
  invitation: 'Invitation',
  'launch-minutes': 'Compte rendu du lancement',
  slides: 'Support présenté',
  'needs-synthesis': 'Synthèse des besoins',
  quotes: 'Devis validés',
  agreement: 'Convention',
  'signed-agreement': 'Convention signée',
  'follow-up-minutes': 'Compte rendu de suivi',
  'completion-report': 'Procès-verbal d’achèvement',
  certificate: 'Certificat de service fait',
};
const roles = Object.entries(whoLabels).map(([value, label]) => ({ value, label }));

/** The steps of the project of a chosen team: who, when, what is expected, what must be handed over. */
export function Steps({ edition, change }: PartProps) {
  const { steps } = edition;
  const put = (next: Step[]) => change({ steps: next });
  const first = Math.min(0, ...steps.map(({ fromMonth }) => fromMonth));
  const months = Array.from({ length: 37 - first }, (_, i) => ({
    value: String(first + i),
    label: monthOf(edition.year, first + i),
  }));
  const taken = new Set(steps.flatMap(({ deliverables }) => deliverables.map(({ kind }) => kind)));
  return (
    <div className="stack">
      <p className="small dim">
        De la sélection au solde, pour l’année {edition.year}. Les projets déjà ouverts gardent les étapes de leur
        version.
      </p>
      <NumberInput
        label="Du lancement à la fin, au plus"
        suffix=" mois"
        maw={260}
        min={1}
        max={60}
        allowDecimal={false}
        value={edition.mostMonths}
        onChange={(mostMonths) => change({ mostMonths: Number(mostMonths) || 1 })}
      />
      {steps.map((step, s) => {
        const set = (patch: Partial<Step>) => put(replaced(steps, s, patch));
        return (
          <details key={step.id} className={css.item}>
            <summary className="strong">
              {s + 1}. {step.title}{' '}
              <span className="dim small">
                {monthOf(edition.year, step.fromMonth)}
                {step.toMonth !== step.fromMonth && ` – ${monthOf(edition.year, step.toMonth)}`}
              </span>
            </summary>
            <div className="row" style={{ alignItems: 'end' }}>
              <TextInput
                label="Étape"
                style={{ flex: 1 }}
                value={step.title}
                onChange={(event) => set({ title: event.currentTarget.value })}
              />
              <Order label={`l’étape ${step.title}`} at={s} of={steps.length} move={(by) => put(moved(steps, s, by))} />
            </div>
            <MultiSelect
              label="Qui la conduit"
              data={roles}
              value={step.who}
              onChange={(who) => who.length > 0 && set({ who: who as Step['who'] })}
            />
            <div className={css.pair}>
              <Select
                label="De"
                allowDeselect={false}
                data={months}
                value={String(step.fromMonth)}
                onChange={(value) => set({ fromMonth: Number(value), toMonth: Math.max(step.toMonth, Number(value)) })}
              />
              <Select
                label="À"
                allowDeselect={false}
                data={months.filter(({ value }) => Number(value) >= step.fromMonth)}
                value={String(step.toMonth)}
                onChange={(value) => set({ toMonth: Number(value) })}
              />
            </div>
            <Textarea
              label="Attendu"
              autosize
              minRows={1}
              value={step.expected}
              onChange={(event) => set({ expected: event.currentTarget.value })}
            />
            {step.deliverables.map((one, d) => (
              <div key={one.kind} className={css.group}>
                <div className={css.pair}>
                  <Select
                    size="xs"
                    label="Livrable"
                    allowDeselect={false}
                    data={[
                      ...Object.entries(kinds)
                        .filter(([kind]) => kind === one.kind || !taken.has(kind))
                        .map(([value, label]) => ({ value, label })),
                      { value: kinds[one.kind] ? 'other' : one.kind, label: 'Autre document, joint au projet' },
                    ]}
                    value={one.kind}
                    onChange={(value) => {
                      const kind =
                        value === 'other'
                          ? named(
                              'document-',
                              [...taken].map((id) => ({ id })),
                            )
                          : value!;
                      set({ deliverables: replaced(step.deliverables, d, { kind, label: kinds[kind] ?? one.label }) });
                    }}
                  />
                  <TextInput
                    size="xs"
                    label="Son nom dans le projet"
                    value={one.label}
                    onChange={(event) =>
                      set({ deliverables: replaced(step.deliverables, d, { label: event.currentTarget.value }) })
                    }
                  />
                </div>
                <div className="row wrap">
                  <Checkbox
                    label="L’étape ne se clôt pas sans lui"
                    checked={one.required}
                    onChange={(event) =>
                      set({ deliverables: replaced(step.deliverables, d, { required: event.currentTarget.checked }) })
                    }
                  />
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    onClick={() => set({ deliverables: without(step.deliverables, d) })}
                  >
                    Retirer ce livrable
                  </Button>
                </div>
              </div>
            ))}
            {step.deliverables.length < 10 && (
              <Add
                onClick={() => {
                  const known = Object.keys(kinds).find((kind) => !taken.has(kind));
                  const kind =
                    known ??
                    named(
                      'document-',
                      [...taken].map((id) => ({ id })),
                    );
                  set({
                    deliverables: [...step.deliverables, { kind, label: kinds[kind] ?? 'Document', required: true }],
                  });
                }}
              >
                Ajouter un livrable
              </Add>
            )}
            {steps.length > 1 && (
              <div>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="red"
                  leftSection={<RemoveIcon size={14} />}
                  onClick={() => {
                    put(without(steps, s));
                    done(`L’étape « ${step.title} » est retirée.`, () => put(steps));
                  }}
                >
                  Retirer cette étape
                </Button>
              </div>
            )}
          </details>
        );
      })}
      {steps.length < 20 && (
        <Add
          onClick={() => {
            const last = steps.at(-1)!;
            put([
              ...steps,
              {
                id: named('step-', steps),
                title: 'Nouvelle étape',
                who: ['consultant'],
                expected: '',
                fromMonth: last.toMonth,
                toMonth: last.toMonth,
                deliverables: [],
              },
            ]);
          }}
        >
          Ajouter une étape
        </Add>
      )}
    </div>
  );
}
