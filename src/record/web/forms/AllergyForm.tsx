import { Autocomplete, SegmentedControl, Select, TextInput } from '@mantine/core';
import { call } from '../../../web/api.ts';
import { fold } from '../../../web/palette.ts';
import { Note } from '../../../web/ui/states.tsx';
import { DateField } from '../../../web/ui/DateField.tsx';
import { allergyCategories, commonAllergies, recordContract } from '../../contract.ts';
import { useRecord } from '../use-record.ts';
import { codesOf } from './choices.ts';
import { EntryForm } from './EntryForm.tsx';
import css from './forms.module.css';
import { type Editing, useEntry } from './use-entry.ts';
import { ReasonField } from './ReasonField.tsx';

type Category = (typeof allergyCategories)[number]['code'];
const byLabel = new Map<string, (typeof commonAllergies)[number]>(commonAllergies.map((one) => [one.label, one]));

/** An allergy, or «aucune connue», which is an answer of its own (DOS-3). */
export function AllergyForm({
  patient,
  editing,
  onClose,
}: {
  patient: string;
  editing?: Editing;
  onClose: () => void;
}) {
  const { header } = useRecord();
  const entry = useEntry({
    patient,
    form: 'allergy',
    label: 'Allergie',
    initial: {
      noneKnown: false,
      label: '',
      category: null as Category | null,
      criticality: 'unknown' as 'low' | 'high' | 'unknown',
      kindOfReaction: 'allergy' as 'allergy' | 'intolerance' | 'unknown',
      state: 'active' as 'active' | 'inactive' | 'resolved',
      reaction: '',
      onset: '',
      reason: '',
    },
    editing,
    send: (values, version, sending) => {
      const body = {
        ...values,
        reaction: values.reaction || null,
        onset: values.onset || null,
        reason: values.reason || null,
        version,
      };
      return editing
        ? call(recordContract.correctAllergy, { params: { patient, id: editing.id }, body })
        : call(recordContract.addAllergy, { params: { patient }, body }, sending);
    },
    message: (values) =>
      values.noneKnown
        ? 'Noté : aucune allergie connue.'
        : editing
          ? 'Allergie corrigée.'
          : `Allergie ajoutée : ${values.label}.`,
    onDone: onClose,
  });
  const { values, set, error } = entry;
  const listed = header.allergies?.state === 'listed';
  return (
    <EntryForm
      entry={entry}
      title={editing ? 'Corriger l’allergie' : 'Ajouter une allergie'}
      verb={
        values.noneKnown ? 'Noter « aucune allergie connue »' : editing ? 'Corriger l’allergie' : 'Ajouter l’allergie'
      }
      ready={values.noneKnown || !!values.label.trim()}
      onClose={onClose}
    >
      {!editing && !listed && (
        <SegmentedControl
          aria-label="Réponse du patient"
          value={values.noneKnown ? 'none' : 'one'}
          onChange={(answer) => set({ noneKnown: answer === 'none' })}
          data={[
            { value: 'one', label: 'Une allergie' },
            { value: 'none', label: 'Aucune allergie connue' },
          ]}
        />
      )}
      {values.noneKnown ? (
        <Note tone="info">
          Vous notez que la question a été posée aujourd’hui et que le patient n’a aucune allergie connue.
        </Note>
      ) : (
        <>
          <Autocomplete
            label="Allergie ou intolérance à"
            data-autofocus
            data={commonAllergies.map((one) => one.label)}
            limit={8}
            filter={({ options, search, limit }) =>
              options
                .filter((option) => 'label' in option && fold(option.label).includes(fold(search.trim())))
                .slice(0, limit)
            }
            value={values.label}
            onChange={(label) =>
              set({ label, category: (byLabel.get(label)?.category as Category) ?? values.category })
            }
            error={error('label')}
          />
          <TextInput
            label="Réaction"
            placeholder="urticaire, œdème, vomissements…"
            value={values.reaction ?? ''}
            onChange={(event) => set({ reaction: event.currentTarget.value })}
          />
          <SegmentedControl
            aria-label="Gravité"
            value={values.criticality}
            onChange={(criticality) => set({ criticality: criticality as typeof values.criticality })}
            data={[
              { value: 'unknown', label: 'Gravité inconnue' },
              { value: 'low', label: 'Peu grave' },
              { value: 'high', label: 'Grave' },
            ]}
          />
          <div className={css.pair}>
            <Select
              label="Catégorie"
              clearable
              data={codesOf(allergyCategories)}
              value={values.category}
              onChange={(category) => set({ category: category as Category | null })}
            />
            <Select
              label="Nature"
              allowDeselect={false}
              data={[
                { value: 'allergy', label: 'Allergie' },
                { value: 'intolerance', label: 'Intolérance' },
                { value: 'unknown', label: 'Non précisée' },
              ]}
              value={values.kindOfReaction}
              onChange={(nature) => nature && set({ kindOfReaction: nature as typeof values.kindOfReaction })}
            />
          </div>
          <DateField
            label="Depuis"
            partial
            past
            value={values.onset ?? ''}
            onChange={(onset) => set({ onset })}
            error={error('onset')}
          />
          {editing && (
            <>
              <Select
                label="État"
                allowDeselect={false}
                data={[
                  { value: 'active', label: 'Active' },
                  { value: 'inactive', label: 'Inactive' },
                  { value: 'resolved', label: 'Résolue' },
                ]}
                value={values.state}
                onChange={(state) => state && set({ state: state as typeof values.state })}
              />
              <ReasonField value={values.reason} onChange={(reason) => set({ reason })} />
            </>
          )}
        </>
      )}
    </EntryForm>
  );
}
