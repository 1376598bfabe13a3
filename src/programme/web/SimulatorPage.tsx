import { Button, NumberInput, SegmentedControl, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { call, reading, failureOf } from '../../web/api.ts';
import { useUrl } from '../../web/routes.tsx';
import { sayDate } from '../../web/say.ts';
import { Tag } from '../../web/ui/bits.tsx';
import { DateField } from '../../web/ui/DateField.tsx';
import { BackIcon, CheckIcon, CloseIcon, InfoIcon, PrintIcon } from '../../web/ui/icons.ts';
import { Bone, Failure } from '../../web/ui/states.tsx';
import { professionChoices } from '../../web/words.ts';
import { type Edition, programmeContract } from '../contract.ts';
import { MoneyTable } from './parts.tsx';
import css from './simulator.module.css';
import { euros } from './words.ts';

const usual = [
  'physician',
  'nurse',
  'asalee-nurse',
  'physiotherapist',
  'pharmacist',
  'midwife',
  'medical-secretary',
  'coordinator',
];
const people = professionChoices
  .filter(({ value }) => value !== 'administrator')
  .sort((a, b) => rank(a.value) - rank(b.value));
function rank(code: string): number {
  const at = usual.indexOf(code);
  return at < 0 ? usual.length : at;
}
const answers = {
  yes: { tone: 'success', words: 'Remplie', Icon: CheckIcon },
  no: { tone: 'danger', words: 'Non remplie', Icon: CloseIcon },
  unknown: { tone: 'neutral', words: 'À dire', Icon: InfoIcon },
} as const;

/** Facts that the rules of a call look at, in the order of its form. */
function asked(edition: Edition): Edition['sections'][number]['fields'] {
  const text = JSON.stringify([edition.eligibility.map((rule) => rule.test), edition.funding.subscription?.unless]);
  return edition.sections
    .flatMap((section) => section.fields)
    .filter((field) => text.includes(`"fact":"${field.id}"`) && ['yes-no', 'number', 'date'].includes(field.type));
}
type Value = string | number | boolean;
const readValue = (text: string): Value | undefined =>
  text === 'oui'
    ? true
    : text === 'non'
      ? false
      : /^\d{4}-\d\d-\d\d$/.test(text)
        ? text
        : text !== '' && Number.isFinite(Number(text))
          ? Number(text)
          : undefined;

/** `/programme/simulateur`: whether a team could apply and what it could receive, line by line. Nothing is kept; the address holds it all. */
export default function SimulatorPage() {
  const [url, setUrl] = useUrl();
  const regions = useQuery(reading(programmeContract.regions));
  // The calls of the region in the address, or of the only one there is; else those that come with the product.
  const region = url.region ?? (regions.data?.regions.length === 1 ? regions.data.regions[0]!.id : undefined);
  const ofRegion = { query: region ? { region } : {} };
  const calls = useQuery({ ...reading(programmeContract.calls, ofRegion), enabled: regions.data !== undefined });
  const id = url.appel ?? calls.data?.calls[0]?.id;
  const edition = useQuery({
    ...reading(programmeContract.call, { params: { id: id ?? '' }, ...ofRegion }),
    enabled: id !== undefined && regions.data !== undefined,
  });
  const team = Object.fromEntries(
    Object.entries(url).flatMap(([key, value]) =>
      key.startsWith('p.') && Number(value) > 0 ? [[key.slice(2), Number(value)]] : [],
    ),
  );
  const facts = Object.fromEntries(
    Object.entries(url).flatMap(([key, value]) => {
      const read = key.startsWith('f.') ? readValue(value ?? '') : undefined;
      return read === undefined ? [] : [[key.slice(2), read]];
    }),
  );
  const subscriptionCents = Math.round(Number(url.abonnement ?? 0) * 100) || 0;
  const body = { team, facts, subscriptionCents };
  const result = useQuery({
    queryKey: ['simulate', region, id, body],
    queryFn: ({ signal }) => call(programmeContract.simulate, { params: { id: id! }, ...ofRegion, body }, { signal }),
    enabled: id !== undefined && regions.data !== undefined,
    placeholderData: keepPreviousData,
  });
  const failure = failureOf(regions, calls, edition, result);
  return (
    <main className={css.page}>
      <title>Simuler un financement · Estran</title>
      <header className={css.head}>
        <div>
          <p className="dim small">Programme régional</p>
          <h1>Votre équipe peut-elle candidater, et pour combien ?</h1>
          <p className="dim">
            Sans compte. Rien n’est enregistré : l’adresse de la page garde vos réponses, vous pouvez l’envoyer.
          </p>
        </div>
        <div className="row wrap no-print">
          <Button variant="subtle" component="a" href="/connexion" leftSection={<BackIcon size={16} />}>
            Connexion
          </Button>
          <Button variant="default" leftSection={<PrintIcon size={16} />} onClick={() => print()}>
            Imprimer
          </Button>
        </div>
      </header>
      <Failure of={[regions, calls, edition, result]} />
      {!failure && (!calls.data || !edition.data) && <Bone h={320} />}
      {calls.data && edition.data && (
        <div className={css.columns}>
          <form className={css.form} onSubmit={(event) => event.preventDefault()}>
            <Select
              label="Appel à candidatures"
              allowDeselect={false}
              data={calls.data.calls.map((one) => ({
                value: one.id,
                label: `${one.title}${one.open ? '' : ' (clos)'}`,
              }))}
              value={id ?? null}
              onChange={(appel) => setUrl({ appel: appel ?? undefined })}
            />
            <p className="dim small">
              {edition.data.publisher}. Candidatures jusqu’au {sayDate(edition.data.deadline.slice(0, 10))} à{' '}
              {edition.data.deadline.slice(11, 16).replace(':', ' h ')}. {edition.data.placesWords} Les conditions se
              vérifient {edition.data.holdsWhen === 'submission' ? 'au dépôt' : 'à l’examen'}.
            </p>
            <fieldset>
              <legend>Les personnes intégrées au projet</legend>
              <div className={css.people}>
                {people
                  .filter(({ value }, i) => i < usual.length || (team[value] ?? 0) > 0 || url.toutes === 'oui')
                  .map(({ value, label }) => (
                    <NumberInput
                      key={value}
                      label={label}
                      min={0}
                      max={500}
                      allowDecimal={false}
                      allowNegative={false}
                      value={team[value] ?? 0}
                      onChange={(count) =>
                        setUrl({
                          [`p.${value}`]:
                            Number(count) > 0 ? String(Math.min(500, Math.round(Number(count)))) : undefined,
                        })
                      }
                    />
                  ))}
              </div>
              {url.toutes !== 'oui' && (
                <Button size="compact-sm" variant="subtle" onClick={() => setUrl({ toutes: 'oui' })}>
                  Toutes les professions
                </Button>
              )}
            </fieldset>
            <NumberInput
              label="Abonnement au logiciel, par mois et par personne"
              suffix=" €"
              decimalScale={2}
              decimalSeparator=","
              min={0}
              max={1000}
              allowNegative={false}
              value={url.abonnement ?? ''}
              onChange={(value) =>
                setUrl({ abonnement: value === '' || Number(value) === 0 ? undefined : String(value) })
              }
            />
            <fieldset>
              <legend>Votre situation</legend>
              {asked(edition.data).map((field) => {
                const value = url[`f.${field.id}`] ?? '';
                const set = (next: string | undefined) => setUrl({ [`f.${field.id}`]: next });
                if (field.type === 'date')
                  return (
                    <DateField
                      key={field.id}
                      label={field.label}
                      value={value}
                      onChange={(day) => set(day || undefined)}
                    />
                  );
                if (field.type === 'number')
                  return (
                    <NumberInput
                      key={field.id}
                      label={field.label}
                      min={0}
                      max={999}
                      allowDecimal={false}
                      allowNegative={false}
                      value={value === '' ? '' : Number(value)}
                      onChange={(count) => set(count === '' ? undefined : String(count))}
                    />
                  );
                return (
                  <div key={field.id} className={css.question}>
                    <span id={`q-${field.id}`}>{field.label}</span>
                    <SegmentedControl
                      aria-labelledby={`q-${field.id}`}
                      size="sm"
                      value={value}
                      onChange={(next) => set(next === value ? undefined : next)}
                      data={[
                        { value: '', label: '?' },
                        { value: 'oui', label: 'Oui' },
                        { value: 'non', label: 'Non' },
                      ]}
                    />
                  </div>
                );
              })}
            </fieldset>
          </form>
          <div className={css.results} aria-live="polite">
            {result.data && <Results result={result.data} edition={edition.data} />}
          </div>
        </div>
      )}
    </main>
  );
}

type Result = z.infer<typeof programmeContract.simulate.reply>;

function Results({ result: { eligibility, money }, edition }: { result: Result; edition: Edition }) {
  const missing = eligibility.results.filter(({ answer }) => answer === 'no');
  return (
    <>
      <section className={css.card} data-verdict={eligibility.verdict} aria-label="Éligibilité">
        <h2>
          {eligibility.verdict === 'eligible'
            ? 'Votre équipe peut candidater'
            : eligibility.verdict === 'not-eligible'
              ? 'Votre équipe ne peut pas candidater en l’état'
              : 'Répondez aux questions pour le savoir'}
        </h2>
        {missing.length > 0 && (
          <p className="dim small">
            {missing.length === 1
              ? 'Une condition n’est pas remplie.'
              : `${missing.length} conditions ne sont pas remplies.`}
          </p>
        )}
        <ul className="plain">
          {eligibility.results.map((rule) => {
            const { tone, words, Icon } = answers[rule.answer];
            return (
              <li key={rule.id} className={css.rule}>
                <Tag tone={tone} icon={<Icon size={13} />}>
                  {words}
                </Tag>
                <span>
                  <b>{rule.title}</b>
                  {rule.answer === 'no' && (
                    <>
                      <br />
                      {rule.fails} <span className="dim">{rule.mend}</span>
                    </>
                  )}
                </span>
              </li>
            );
          })}
        </ul>
      </section>
      <section className={css.card} aria-label="Financement">
        <h2>
          {money.basis === 'flat' ? 'Montant' : 'Plafond'}{' '}
          <span className={css.total}>{euros(money.ceilingCents)}</span>
        </h2>
        {money.lines.length === 0 ? (
          <p className="dim">Indiquez les personnes intégrées au projet.</p>
        ) : (
          <MoneyTable
            className={css.lines}
            lines={money.lines}
            total={money.basis === 'flat' ? 'Total' : 'Plafond : les devis validés sont payés jusqu’à ce montant'}
            totalCents={money.ceilingCents}
          />
        )}
        {money.lines.length > 0 && money.payments.length > 1 && (
          <ul className={css.notes}>
            {money.payments.map((payment) => (
              <li key={payment.when}>
                {payment.percent} % ({euros(payment.cents)}) : {payment.when.toLowerCase()}
              </li>
            ))}
          </ul>
        )}
        {[...money.notes, ...money.neverPaid].length > 0 && (
          <ul className={css.notes}>
            {[...money.notes, ...money.neverPaid].map((note) => (
              <li key={note} className="dim small">
                {note}
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className={css.card} aria-label="Classement">
        <h2>S’il y a plus de candidatures que de places</h2>
        <ol className={css.notes}>
          {edition.ranking.map((criterion) => (
            <li key={criterion.id}>
              {criterion.title}
              <span className="dim small">
                {' '}
                : {criterion.levels.map((level) => `${level.words} (${level.points})`).join(', ')}
              </span>
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}
