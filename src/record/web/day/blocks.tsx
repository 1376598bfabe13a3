import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { z } from 'zod';
import { sayAgo, sayOthers, sayTime } from '../../../web/say.ts';
import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { DocumentIcon, IdentityIcon, MeasureIcon, PlusIcon } from '../../../web/ui/icons.ts';
import { Nothing } from '../../../web/ui/states.tsx';
import { measureOf, type PatientBrief, type recordContract } from '../../contract.ts';
import { useLineKeys } from '../cockpits/ListLines.tsx';
import css from './day.module.css';

export type Day = z.infer<typeof recordContract.day.reply>;
type Of<K extends keyof Day> = NonNullable<Day[K]>;

export function PatientLink({
  patient,
  list,
  children,
}: {
  patient: PatientBrief;
  /** Worked through from one record to the next. */
  list?: string;
  children?: ReactNode;
}) {
  const keys = useLineKeys(list);
  return (
    <Link
      to="/patients/$patient"
      params={{ patient: patient.id }}
      search={list ? { liste: list } : {}}
      className={css.patient}
      data-line
      onKeyDown={(event) => keys(event, patient.id, null)}
    >
      <span className="strong">{patient.name}</span> <span className="dim small nowrap">{patient.age}</span>
      {children}
    </Link>
  );
}

/** The first lines of a list that can be long, the others one press away: what stands under it is not pushed out of sight. */
function Folding<T>({ lines, most, children }: { lines: T[]; most: number; children: (shown: T[]) => ReactNode }) {
  const [whole, setWhole] = useState(false);
  // Two more lines cost less than the button.
  const rest = whole || lines.length <= most + 2 ? 0 : lines.length - most;
  return (
    <>
      {children(rest ? lines.slice(0, most) : lines)}
      {rest > 0 && (
        <Button
          variant="subtle"
          size="compact-sm"
          className={`touch ${css.more}`}
          aria-expanded={false}
          onClick={() => setWhole(true)}
        >
          {sayOthers(rest)}
        </Button>
      )}
    </>
  );
}

/** The day by the hour; the present is a line between two appointments. */
export function Appointments({ lines }: { lines: Of<'appointments'> }) {
  const now = new Date().toISOString();
  const [whole, setWhole] = useState(false);
  const next = lines.find((line) => Date.parse(line.end ?? line.start) > Date.now());
  // In a long day what comes next must not be four screens down; the last two that are over stay, someone may still be there.
  const over = next ? lines.indexOf(next) : lines.length;
  const folded = over > 8 && !whole ? over - 2 : 0;
  return (
    <Card title="Rendez-vous du jour" count={lines.length || undefined}>
      {!lines.length && <Nothing>Aucun rendez-vous aujourd’hui.</Nothing>}
      {folded > 0 && (
        <Button
          variant="subtle"
          size="compact-sm"
          className="touch"
          aria-expanded={false}
          onClick={() => setWhole(true)}
        >
          Voir les {folded} déjà passés
        </Button>
      )}
      <Folding lines={lines.slice(folded)} most={14}>
        {(hours) => (
          <ol className="plain">
            {hours.map((line, index, shown) => (
              <li
                key={line.id}
                className={css.line}
                data-next={line === next || undefined}
                data-past={(line.end ?? line.start) < now || undefined}
              >
                <time
                  className={css.hour}
                  dateTime={line.start}
                  data-again={shown[index - 1]?.start === line.start || undefined}
                >
                  {sayTime(line.start)}
                </time>
                <span className="grow">
                  {line.patient ? (
                    <PatientLink patient={line.patient} list={line.mine ? 'jour' : undefined} />
                  ) : (
                    <span className="strong">{line.label}</span>
                  )}
                  <span className={`dim small ${css.sub}`}>
                    {[line.patient && line.label, line.place].filter(Boolean).join(' · ')}
                  </span>
                  {line.last.length > 0 && <span className={`dim small ${css.sub}`}>{line.last.join(' · ')}</span>}
                  {line.patient && line.enter.length > 0 && (
                    <span className={css.enters}>
                      {line.enter.map(({ panel, short }) => (
                        <Button
                          key={panel}
                          component={Link}
                          to={`/patients/${line.patient!.id}?volet=${panel}&liste=jour`}
                          size="compact-xs"
                          variant="subtle"
                          leftSection={<PlusIcon size={13} />}
                          aria-label={`${short} pour ${line.patient!.name}`}
                        >
                          {short}
                        </Button>
                      ))}
                    </span>
                  )}
                </span>
                {(!line.mine || line.with.length > 1) && line.with.length > 0 && (
                  <span className={`small ${css.with}`}>
                    <span className="dim">avec</span> {line.with.join(', ')}
                  </span>
                )}
                {line.state !== 'booked' && (
                  <Tag tone={line.state === 'arrived' ? 'success' : 'info'}>{line.stateLabel}</Tag>
                )}
              </li>
            ))}
          </ol>
        )}
      </Folding>
    </Card>
  );
}

export function ToRead({ lines }: { lines: Of<'toRead'> }) {
  return (
    <Card
      title="À lire"
      count={lines.length || undefined}
      action={
        lines.length > 0 && (
          <Link to="/documents" search={{ vue: 'lire' }} className="small touch">
            Lire à la suite
          </Link>
        )
      }
    >
      {!lines.length && <Nothing>Aucun document à lire.</Nothing>}
      <ul className="plain">
        {lines.map((line) => (
          <li key={`${line.id}${line.forWhom?.id ?? ''}`} className={css.line}>
            <DocumentIcon size={18} stroke={1.6} />
            <Link
              className={`grow ${css.target}`}
              to="/patients/$patient"
              params={{ patient: line.patient.id }}
              search={{ volet: `fichier:${line.id}` }}
            >
              <span className="strong">{line.title}</span>
              <span className={`dim small ${css.sub}`}>
                {line.patient.name}, {line.patient.age}
                {line.forWhom && ` · pour ${line.forWhom.name}`}
              </span>
              <WhoWhen who={line.who} when={line.at ?? line.recorded} short />
            </Link>
            <span className={css.end}>
              {line.sign && <Tag tone="accent">à signer</Tag>}
              {line.late && <Tag tone="warning">depuis {line.days} jours</Tag>}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Patients seen lately, with the measure this profession enters most one press away. */
export function Recent({ patients, codes }: { patients: Of<'recent'>; codes: readonly string[] }) {
  const first = codes[0] ? measureOf(codes[0]) : undefined;
  return (
    <Card title="Vus récemment" count={patients.length || undefined}>
      {!patients.length && <Nothing>Les dossiers que vous ouvrez s’afficheront ici.</Nothing>}
      <ul className="plain">
        {patients.map((patient) => (
          <li key={patient.id} className={css.line}>
            <span className="grow">
              <PatientLink patient={patient} />
              <span className={`dim tiny ${css.sub}`}>{sayAgo(patient.seen)}</span>
            </span>
            {first && (
              <Button
                component={Link}
                to={`/patients/${patient.id}?volet=mesure`}
                size="compact-sm"
                variant="subtle"
                leftSection={<MeasureIcon size={15} />}
                aria-label={`Ajouter une mesure à ${patient.name}`}
              >
                Mesure
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Identities that still miss something (IDV-1). */
export function ToComplete({ patients }: { patients: Of<'toComplete'> }) {
  return (
    <Card title="Identités à compléter" count={patients.length || undefined}>
      {!patients.length && <Nothing>Toutes les identités sont complètes.</Nothing>}
      <Folding lines={patients} most={8}>
        {(shown) => (
          <ul className="plain">
            {shown.map((patient) => (
              <li key={patient.id} className={css.line}>
                <IdentityIcon size={18} stroke={1.6} />
                <Link
                  className={`grow ${css.target}`}
                  to="/patients/$patient/identite"
                  params={{ patient: patient.id }}
                >
                  <span className="strong">{patient.name}</span>{' '}
                  <span className="dim small">{patient.birthDateLabel}</span>
                  <span className={`dim small ${css.sub}`}>{patient.missing.join(' · ')}</span>
                </Link>
                <Tag tone={patient.insStatus === 'provisional' ? 'warning' : 'neutral'}>{patient.insStatusLabel}</Tag>
              </li>
            ))}
          </ul>
        )}
      </Folding>
    </Card>
  );
}

export function Figures({ lines }: { lines: Of<'figures'> }) {
  return (
    <Card title="La structure en chiffres">
      <dl className={css.figures}>
        {lines.map((line) => (
          <div key={line.label}>
            <dt>{line.label}</dt>
            <dd>{line.value.toLocaleString('fr-FR')}</dd>
            <dd className={css.hint}>{line.hint}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
