import { MultiSelect, Select, TextInput } from '@mantine/core';
import { sayNir } from '../../../web/say.ts';
import { useMe } from '../../../web/session.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { identityDocuments, type IdentityInput, identityMarks, insStatusLabels } from '../../contract.ts';
import { codesOf } from '../forms/choices.ts';
import { nirKey } from './nir.ts';
import css from './patients.module.css';

export const emptyIdentity: IdentityInput = {
  birthFamily: '',
  birthGivens: '',
  birthDate: '',
  sex: 'unknown',
  birthPlace: '',
  birthPlaceName: '',
  usedFamily: '',
  usedGiven: '',
  phones: [],
  email: '',
  address: { line: '', postalCode: '', city: '' },
  ins: '',
  insKind: 'nir',
  insStatus: 'provisional',
  proof: null,
  marks: [],
  birthFirst: '',
  deceasedOn: '',
  contact: null,
  comment: '',
};
/** The form with '' turned into null, as the wire wants it. */
export function cleaned(values: IdentityInput): IdentityInput {
  const blank = <T extends Record<string, unknown>>(part: T): T =>
    Object.fromEntries(Object.entries(part).map(([name, value]) => [name, value === '' ? null : value])) as T;
  return {
    ...blank({ ...values }),
    birthFamily: values.birthFamily,
    birthGivens: values.birthGivens,
    birthDate: values.birthDate,
    phones: values.phones?.map((phone) => phone.trim()).filter(Boolean),
    address: values.address && Object.values(values.address).some(Boolean) ? blank(values.address) : null,
    contact: values.contact?.name ? blank(values.contact) : null,
    proof: values.proof?.kind ? { kind: values.proof.kind, seenOn: values.proof.seenOn } : null,
  };
}

/** The identity in the order it is asked: the five strict traits, then what helps to reach the person, then the INS. */
export function IdentityFields({
  values,
  set,
  error,
  existing,
}: {
  values: IdentityInput;
  set: (patch: Partial<IdentityInput>) => void;
  error: (name: string) => string | undefined;
  existing?: boolean;
}) {
  const me = useMe();
  const text = (name: keyof IdentityInput, more: object = {}) => ({
    value: (values[name] as string | null | undefined) ?? '',
    error: error(name),
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) =>
      set({ [name]: event.currentTarget.value } as Partial<IdentityInput>),
    ...more,
  });
  const address = values.address ?? {};
  const contact = values.contact ?? { name: '' };
  const key = nirKey(values.ins ?? '');
  return (
    <>
      <fieldset>
        <legend>État civil</legend>
        <div className={css.grid}>
          <TextInput
            label="Nom de naissance"
            required
            withAsterisk={false}
            {...text('birthFamily', { autoFocus: !existing, styles: { input: { textTransform: 'uppercase' } } })}
          />
          <TextInput
            label="Prénoms de naissance"
            description="Dans l’ordre de l’état civil"
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            required
            withAsterisk={false}
            {...text('birthGivens')}
          />
          <DateField
            label="Date de naissance"
            past
            partial
            value={values.birthDate}
            onChange={(birthDate) => set({ birthDate })}
            error={error('birthDate')}
          />
          <Select
            label="Sexe"
            allowDeselect={false}
            data={[
              { value: 'female', label: 'Femme' },
              { value: 'male', label: 'Homme' },
              { value: 'unknown', label: 'Non connu' },
            ]}
            value={values.sex}
            onChange={(sex) => sex && set({ sex: sex as IdentityInput['sex'] })}
            error={error('sex')}
          />
          <TextInput
            className={css.w4}
            label="Lieu de naissance"
            placeholder="Brest, Maroc…"
            {...text('birthPlaceName')}
          />
          <TextInput
            className={css.w2}
            label="Code INSEE du lieu"
            placeholder="29019, 99350"
            {...text('birthPlace', { maxLength: 5 })}
          />
          <TextInput
            label="Nom utilisé"
            description="S’il diffère"
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...text('usedFamily')}
          />
          <TextInput
            label="Prénom utilisé"
            description="S’il diffère"
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...text('usedGiven')}
          />
          <TextInput
            className={css.w6}
            label="Premier prénom"
            description="S’il est de plusieurs mots sans trait d’union"
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...text('birthFirst')}
          />
        </div>
      </fieldset>
      <fieldset>
        <legend>Coordonnées</legend>
        <div className={css.grid}>
          <TextInput
            label="Téléphone"
            type="tel"
            autoComplete="off"
            value={values.phones?.[0] ?? ''}
            error={error('phones')}
            onChange={(event) => set({ phones: [event.currentTarget.value, ...(values.phones?.slice(1) ?? [])] })}
          />
          <TextInput
            label="Autre téléphone"
            type="tel"
            autoComplete="off"
            value={values.phones?.[1] ?? ''}
            onChange={(event) => set({ phones: [values.phones?.[0] ?? '', event.currentTarget.value] })}
          />
          <TextInput
            className={css.w6}
            label="Adresse"
            autoComplete="off"
            value={address.line ?? ''}
            onChange={(event) => set({ address: { ...address, line: event.currentTarget.value } })}
          />
          <TextInput
            className={css.w2}
            label="Code postal"
            inputMode="numeric"
            autoComplete="off"
            value={address.postalCode ?? ''}
            onChange={(event) => set({ address: { ...address, postalCode: event.currentTarget.value } })}
          />
          <TextInput
            className={css.w4}
            label="Commune"
            autoComplete="off"
            value={address.city ?? ''}
            onChange={(event) => set({ address: { ...address, city: event.currentTarget.value } })}
          />
          <TextInput className={css.w6} label="Adresse électronique" type="email" {...text('email')} />
          <TextInput
            className={css.w4}
            label="Personne à prévenir"
            autoComplete="off"
            value={contact.name}
            onChange={(event) => set({ contact: { ...contact, name: event.currentTarget.value } })}
          />
          <TextInput
            className={css.w2}
            label="Son téléphone"
            type="tel"
            autoComplete="off"
            value={contact.phone ?? ''}
            onChange={(event) => set({ contact: { ...contact, phone: event.currentTarget.value } })}
          />
        </div>
      </fieldset>
      <fieldset>
        <legend>Identité nationale de santé</legend>
        <div className={css.grid}>
          <TextInput
            className={css.w4}
            label="INS (15 caractères)"
            placeholder="1 58 03 29 019 001 94"
            description={key === 'good' ? `Clé exacte : ${sayNir(values.ins ?? '')}` : undefined}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...text('ins')}
            error={error('ins') ?? (key === 'bad' ? 'La clé ne correspond pas : vérifiez les chiffres.' : undefined)}
          />
          <Select
            className={css.w2}
            label="Nature"
            allowDeselect={false}
            data={[
              { value: 'nir', label: 'NIR' },
              { value: 'nia', label: 'NIA' },
              ...(me.demo ? [{ value: 'test', label: 'De test' }] : []),
            ]}
            value={values.insKind ?? 'nir'}
            onChange={(insKind) => insKind && set({ insKind: insKind as IdentityInput['insKind'] })}
          />
          <Select
            className={css.w6}
            label="Statut de l’identité"
            allowDeselect={false}
            data={Object.entries(insStatusLabels).map(([value, label]) => ({ value, label }))}
            value={values.insStatus ?? 'provisional'}
            onChange={(insStatus) => insStatus && set({ insStatus: insStatus as IdentityInput['insStatus'] })}
            error={error('insStatus')}
          />
          <Select
            label="Pièce d’identité vue"
            clearable
            data={codesOf(identityDocuments)}
            value={values.proof?.kind ?? null}
            onChange={(kind) => set({ proof: kind ? { kind, seenOn: 'auj' } : null })}
            error={error('proof.kind') ?? error('proof')}
          />
          {values.proof && (
            <DateField
              label="Vue le"
              value={values.proof.seenOn}
              onChange={(seenOn) => set({ proof: { kind: values.proof!.kind, seenOn } })}
              error={error('proof.seenOn')}
              description={
                values.proof.by ? `Par ${values.proof.by} ; aucune copie n’est gardée` : 'Aucune copie n’est gardée'
              }
              inputWrapperOrder={['label', 'input', 'description', 'error']}
            />
          )}
          <MultiSelect
            className={css.w6}
            label="Attributs"
            placeholder={values.marks?.length ? undefined : 'Aucun'}
            data={identityMarks.map(({ code, label }) => ({ value: code, label }))}
            value={values.marks ?? []}
            onChange={(marks) => set({ marks: marks as IdentityInput['marks'] })}
            error={error('marks')}
          />
        </div>
        {(values.insStatus === 'validated' || values.insStatus === 'qualified') && !values.proof && (
          <div style={{ marginTop: 12 }}>
            <Note tone="warning">
              Une identité validée demande d’avoir vu une pièce d’identité de haut niveau de confiance.
            </Note>
          </div>
        )}
      </fieldset>
      {existing && (
        <fieldset>
          <legend>Autres informations</legend>
          <div className={css.grid}>
            <DateField
              label="Décédé le"
              value={values.deceasedOn ?? ''}
              onChange={(deceasedOn) => set({ deceasedOn })}
              error={error('deceasedOn')}
            />
            <TextInput label="Remarque" {...text('comment')} />
          </div>
        </fieldset>
      )}
    </>
  );
}
