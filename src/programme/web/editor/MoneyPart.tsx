import {
  ActionIcon,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
import { DateField } from '../../../web/ui/DateField.tsx';
import { RemoveIcon } from '../../../web/ui/icons.ts';
import { professionChoices, professionLabel } from '../../../web/words.ts';
import { type Edition, kindCodes, quoteKinds } from '../../contract.ts';
import { ConditionEditor } from './ConditionEditor.tsx';
import css from './editor.module.css';
import { Add, fieldsOf, Item, type PartProps, replaced, without, yes } from './parts.tsx';

type Funding = Edition['funding'];
type Put = (patch: Partial<Funding>) => void;
const Euros = ({ label, cents, onChange }: { label: string; cents: number; onChange: (cents: number) => void }) => (
  <NumberInput
    label={label}
    suffix=" €"
    decimalScale={2}
    decimalSeparator=","
    thousandSeparator=" "
    min={0}
    max={10_000_000}
    allowNegative={false}
    value={cents / 100}
    onChange={(value) => onChange(Math.round(Number(value) * 100) || 0)}
  />
);
const people = professionChoices.filter(({ value }) => value !== 'administrator');
const kinds = kindCodes.map((value) => ({ value, label: quoteKinds[value] }));

/** The amounts of a call: base, fixed part, amounts a person, who is never counted, subscriptions, payments, what is never paid for. */
export function Money({ edition, change }: PartProps) {
  const { funding } = edition;
  const put: Put = (patch) => change({ funding: { ...funding, ...patch } });
  return (
    <div className="stack">
      <SegmentedControl
        aria-label="Base du calcul"
        size="sm"
        value={funding.basis}
        onChange={(basis) => put({ basis: basis as Funding['basis'] })}
        data={[
          { value: 'flat', label: 'Forfait' },
          { value: 'cost', label: 'Coût réel, plafonné' },
        ]}
      />
      <Switch
        label="Une part fixe"
        checked={funding.fixed !== null}
        onChange={(event) => put({ fixed: event.currentTarget.checked ? { cents: 0, words: 'Part fixe' } : null })}
      />
      {funding.fixed && (
        <div className={css.pair}>
          <Euros
            label="Part fixe"
            cents={funding.fixed.cents}
            onChange={(cents) => put({ fixed: { ...funding.fixed!, cents } })}
          />
          <TextInput
            label="Pour"
            value={funding.fixed.words}
            onChange={(event) => put({ fixed: { ...funding.fixed!, words: event.currentTarget.value } })}
          />
        </div>
      )}
      <PerPerson funding={funding} put={put} />
      <Excluded funding={funding} put={put} />
      <Subscription edition={edition} put={put} />
      <Payments funding={funding} put={put} />
      <NotPaid funding={funding} put={put} />
      <DateField
        label="Aucune dépense avant le"
        value={funding.notBefore}
        onChange={(notBefore) => notBefore && put({ notBefore })}
      />
      <Textarea
        label="À savoir sur ces montants (une remarque par ligne)"
        autosize
        minRows={2}
        value={funding.notes.join('\n')}
        onChange={(event) => put({ notes: event.currentTarget.value.split('\n') })}
        onBlur={() => put({ notes: funding.notes.filter((one) => one.trim()) })}
      />
    </div>
  );
}

function PerPerson({ funding, put }: { funding: Funding; put: Put }) {
  const set = (at: number, patch: Partial<Funding['perPerson'][number]>) =>
    put({ perPerson: replaced(funding.perPerson, at, patch) });
  const hasOthers = funding.perPerson.some(({ professions }) => professions === 'others');
  const taken = new Set(funding.perPerson.flatMap(({ professions }) => (professions === 'others' ? [] : professions)));
  return (
    <section aria-label="Montants par personne" className={css.item}>
      <b>Montants par personne</b>
      {funding.perPerson.map((rule, at) => (
        <Item
          key={`${at}-${funding.perPerson.length}`}
          label="Retirer ce montant"
          remove={funding.perPerson.length > 1 ? () => put({ perPerson: without(funding.perPerson, at) }) : undefined}
        >
          {rule.professions === 'others' ? (
            <p className="small">Toutes les professions qui n’ont pas leur montant</p>
          ) : (
            <MultiSelect
              label={`Professions, montant ${at + 1}`}
              searchable
              data={people.filter(({ value }) => !taken.has(value) || rule.professions.includes(value))}
              value={rule.professions}
              onChange={(professions) => set(at, { professions })}
            />
          )}
          <div className={css.pair}>
            <Euros
              label={rule.professions === 'others' ? 'Par autre personne' : `Par personne, montant ${at + 1}`}
              cents={rule.cents}
              onChange={(cents) => set(at, { cents })}
            />
            <TextInput
              label="Ce que la ligne dit"
              value={rule.words}
              onChange={(event) => set(at, { words: event.currentTarget.value })}
            />
          </div>
        </Item>
      ))}
      <div className="row wrap">
        <Add
          onClick={() =>
            put({
              perPerson: [
                ...funding.perPerson.filter(({ professions }) => professions !== 'others'),
                { professions: [], cents: 0, words: 'Nouveau montant' },
                ...funding.perPerson.filter(({ professions }) => professions === 'others'),
              ],
            })
          }
        >
          Ajouter un montant par profession
        </Add>
        {!hasOthers && (
          <Add
            onClick={() =>
              put({ perPerson: [...funding.perPerson, { professions: 'others', cents: 0, words: 'Autres personnes' }] })
            }
          >
            Ajouter un montant pour les autres
          </Add>
        )}
      </div>
    </section>
  );
}

function Excluded({ funding, put }: { funding: Funding; put: Put }) {
  const set = (at: number, patch: Partial<Funding['excluded'][number]>) =>
    put({ excluded: replaced(funding.excluded, at, patch) });
  const free = people.filter(({ value }) => !funding.excluded.some(({ profession }) => profession === value));
  return (
    <section aria-label="Professions jamais comptées" className={css.item}>
      <b>Jamais comptées ni financées</b>
      {funding.excluded.map((one, at) => (
        <div key={one.profession} className="row wrap" style={{ alignItems: 'end' }}>
          <Select
            label="Profession"
            w={220}
            allowDeselect={false}
            searchable
            data={[{ value: one.profession, label: professionLabel(one.profession) }, ...free]}
            value={one.profession}
            onChange={(profession) => set(at, { profession: profession ?? one.profession })}
          />
          <TextInput
            label="L’équipe lit"
            style={{ flex: '1 1 240px' }}
            value={one.words}
            onChange={(event) => set(at, { words: event.currentTarget.value })}
          />
          <ActionIcon
            aria-label={`Compter de nouveau : ${professionLabel(one.profession)}`}
            onClick={() => put({ excluded: without(funding.excluded, at) })}
          >
            <RemoveIcon size={16} />
          </ActionIcon>
        </div>
      ))}
      {free[0] && (
        <Add
          onClick={() =>
            put({
              excluded: [
                ...funding.excluded,
                { profession: free[0]!.value, words: `${free[0]!.label} : non compté, financé par ailleurs.` },
              ],
            })
          }
        >
          Ne pas compter une profession
        </Add>
      )}
    </section>
  );
}

function Subscription({ edition, put }: { edition: Edition; put: Put }) {
  const { subscription } = edition.funding;
  const set = (patch: Partial<NonNullable<Funding['subscription']>>) =>
    put({ subscription: { ...subscription!, ...patch } });
  return (
    <section aria-label="Abonnements" className={css.item}>
      <Switch
        label="Les abonnements sont pris en charge"
        checked={subscription !== null}
        onChange={(event) =>
          put({
            subscription: event.currentTarget.checked
              ? {
                  months: 6,
                  capCents: 3000,
                  professions: 'paramedical',
                  unless: null,
                  words: 'Abonnements, six premiers mois',
                  refused: 'Abonnements non financés.',
                }
              : null,
          })
        }
      />
      {subscription && (
        <>
          <div className={css.pair}>
            <NumberInput
              label="Abonnement, mois pris en charge"
              min={0}
              max={60}
              allowDecimal={false}
              value={subscription.months}
              onChange={(months) => set({ months: Number(months) || 0 })}
            />
            <Euros
              label="Au plus, par mois et par personne"
              cents={subscription.capCents}
              onChange={(capCents) => set({ capCents })}
            />
            <Select
              label="Pour"
              allowDeselect={false}
              data={[
                { value: 'all-but-physicians', label: 'toutes les professions, médecins exceptés' },
                { value: 'paramedical', label: 'les professions paramédicales' },
              ]}
              value={subscription.professions}
              onChange={(professions) => set({ professions: professions as 'paramedical' })}
            />
          </div>
          <TextInput
            label="Ce que la ligne dit"
            value={subscription.words}
            onChange={(event) => set({ words: event.currentTarget.value })}
          />
          <Switch
            label="Sauf dans un cas"
            checked={subscription.unless !== null}
            onChange={(event) => set({ unless: event.currentTarget.checked ? yes(edition) : null })}
          />
          {subscription.unless && (
            <>
              <ConditionEditor
                label="Non pris en charge quand"
                value={subscription.unless}
                fields={fieldsOf(edition)}
                onChange={(unless) => set({ unless })}
              />
              <TextInput
                label="L’équipe lit alors"
                value={subscription.refused}
                onChange={(event) => set({ refused: event.currentTarget.value })}
              />
            </>
          )}
        </>
      )}
    </section>
  );
}

function Payments({ funding, put }: { funding: Funding; put: Put }) {
  const sum = funding.payments.reduce((total, { percent }) => total + percent, 0);
  return (
    <section aria-label="Versements" className={css.item}>
      <b>
        Versements{' '}
        <span className={`num small ${sum === 100 || funding.payments.length === 0 ? 'dim' : 'danger'}`}>
          {funding.payments.length === 0 ? 'en une fois, à la signature' : `${sum} %`}
        </span>
      </b>
      {funding.payments.map((payment, at) => (
        <div key={`${at}-${funding.payments.length}`} className="row wrap" style={{ alignItems: 'end' }}>
          <NumberInput
            label={`Versement ${at + 1}`}
            w={130}
            suffix=" %"
            min={1}
            max={100}
            allowDecimal={false}
            value={payment.percent}
            onChange={(percent) => put({ payments: replaced(funding.payments, at, { percent: Number(percent) || 1 }) })}
          />
          <TextInput
            label="Quand"
            style={{ flex: '1 1 240px' }}
            value={payment.when}
            onChange={(event) => put({ payments: replaced(funding.payments, at, { when: event.currentTarget.value }) })}
          />
          <ActionIcon
            aria-label={`Retirer le versement ${at + 1}`}
            onClick={() => put({ payments: without(funding.payments, at) })}
          >
            <RemoveIcon size={16} />
          </ActionIcon>
        </div>
      ))}
      <Add
        onClick={() =>
          put({
            payments: [
              ...funding.payments,
              {
                percent: Math.max(1, 100 - sum),
                when:
                  funding.payments.length === 0
                    ? 'À la signature de la convention'
                    : 'Après le procès-verbal d’achèvement et le certificat de service fait',
              },
            ],
          })
        }
      >
        Ajouter un versement
      </Add>
    </section>
  );
}

function NotPaid({ funding, put }: { funding: Funding; put: Put }) {
  const set = (at: number, patch: Partial<Funding['notPaid'][number]>) =>
    put({ notPaid: replaced(funding.notPaid, at, patch) });
  const free = kinds.filter(({ value }) => !funding.notPaid.some(({ kind }) => kind === value));
  return (
    <section aria-label="Dépenses jamais payées" className={css.item}>
      <b>Dépenses jamais payées</b>
      {funding.notPaid.map((one, at) => (
        <div key={one.kind} className="row wrap" style={{ alignItems: 'end' }}>
          <Select
            label="Genre de dépense"
            w={220}
            allowDeselect={false}
            data={[
              { value: one.kind, label: kinds.find(({ value }) => value === one.kind)?.label ?? one.kind },
              ...free,
            ]}
            value={one.kind}
            onChange={(kind) => set(at, { kind: kind ?? one.kind })}
          />
          <TextInput
            label="Motif montré à l’équipe"
            style={{ flex: '1 1 240px' }}
            value={one.words}
            onChange={(event) => set(at, { words: event.currentTarget.value })}
          />
          <ActionIcon
            aria-label={`Payer de nouveau : ${kinds.find(({ value }) => value === one.kind)?.label ?? one.kind}`}
            onClick={() => put({ notPaid: without(funding.notPaid, at) })}
          >
            <RemoveIcon size={16} />
          </ActionIcon>
        </div>
      ))}
      {free[0] && (
        <Add
          onClick={() =>
            put({
              notPaid: [
                ...funding.notPaid,
                { kind: free[0]!.value, words: `${free[0]!.label} : non financé par cet appel.` },
              ],
            })
          }
        >
          Ajouter une dépense jamais payée
        </Add>
      )}
    </section>
  );
}
