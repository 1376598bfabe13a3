import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { Refusal, failureOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayAgo, sayCount, sayDate, sayTime } from '../../../web/say.ts';
import { Kbd, Tag } from '../../../web/ui/bits.tsx';
import { BackIcon, PlusIcon, PrintIcon, ResultIcon } from '../../../web/ui/icons.ts';
import { useKeys } from '../../../web/ui/keys.ts';
import { EmptyState, ListBones, NoRight, Note, Failure } from '../../../web/ui/states.tsx';
import { isCritical, panelOf, type ResultsPage as Page } from '../../contract.ts';
import { NotOpened } from '../PatientPage.tsx';
import { Panels } from '../panels/Panels.tsx';
import { PatientHeader } from '../PatientHeader.tsx';
import record from '../record.module.css';
import { RecordProvider, usePanel, usePatientId, useRecordEvents, useRecordQuery } from '../use-record.ts';
import { Cell, Flag, statusWords } from './bits.tsx';
import css from './results.module.css';
import { resultsQuery } from './use-results.ts';

/** `/patients/:patient/resultats`: analytes by dates, newest first; a curve one key away. */
export default function ResultsPage() {
  const patient = usePatientId();
  const query = useRecordQuery(patient);
  const [panel, setPanel] = usePanel();
  useRecordEvents(patient, !!query.data);
  const failure = failureOf(query);
  if (failure) return <NotOpened patient={patient} error={failure} retry={() => void query.refetch()} />;
  if (!query.data)
    return (
      <div className="page" role="status" aria-label="Chargement">
        <h1 className="vh">Résultats</h1>
        <ListBones rows={10} />
      </div>
    );
  return (
    <RecordProvider value={query.data}>
      <title>{`Résultats, ${query.data.header.patient.name} · Estran`}</title>
      <div className={record.sticky}>
        <PatientHeader />
      </div>
      <Results patient={patient} name={query.data.header.patient.name} />
      {panel && <Panels key={panel.split(':')[0]} panel={panel} onClose={() => setPanel(undefined)} />}
    </RecordProvider>
  );
}

function Results({ patient, name }: { patient: string; name: string }) {
  const [url, setUrl] = useUrl();
  const [panel, setPanel] = usePanel();
  const table = useRef<HTMLTableElement>(null);
  const query = useQuery(resultsQuery(patient, url.avant));
  const page = query.data;
  const buttons = () => [...(table.current?.querySelectorAll<HTMLButtonElement>('[data-analyte]') ?? [])];
  const move = (step: number) => {
    const all = buttons();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)]?.focus();
  };
  const code = () => (document.activeElement as HTMLElement | null)?.dataset.analyte;
  const waiting = page?.columns.filter(({ report }) => report?.acknowledgement.waiting) ?? [];
  const [down, up] = [() => move(1), () => move(-1)];
  useKeys(
    {
      ArrowDown: down,
      ArrowUp: up,
      c: () => code() && setPanel(`courbe:${code()}`),
      z: () => page?.canAdd && setPanel('saisir-resultats'),
      v: () => waiting[0]?.report && setPanel(`resultat:${waiting[0].report.id}`),
    },
    !panel,
  );
  const failure = failureOf(query);
  return (
    <div className={`page ${css.page}`}>
      <Link to={`/patients/${patient}` as string} className="row small no-print">
        <BackIcon size={16} /> {name}
      </Link>
      <header className="page-head">
        <h2 className={css.heading}>Résultats de biologie</h2>
        <div className="row wrap no-print">
          {page && page.panels.length > 1 && (
            <Select
              aria-label="Filtrer par bilan"
              placeholder="Tous les bilans"
              clearable
              w={200}
              value={url.bilan ?? null}
              data={page.panels.map((one) => ({ value: one.id, label: one.label }))}
              onChange={(bilan) => setUrl({ bilan: bilan ?? undefined })}
            />
          )}
          {page && page.columns.length > 0 && (
            <Button variant="default" leftSection={<PrintIcon size={16} />} onClick={() => print()}>
              Imprimer
            </Button>
          )}
          {page?.canAdd && (
            <Button
              leftSection={<PlusIcon size={16} />}
              rightSection={<Kbd>Z</Kbd>}
              onClick={() => setPanel('saisir-resultats')}
            >
              Saisir des résultats
            </Button>
          )}
        </div>
      </header>
      {failure instanceof Refusal && failure.status === 403 ? (
        <NoRight detail="Les résultats de biologie de ce patient ne vous sont pas ouverts. Le médecin traitant et les soignants de son équipe les lisent ; un responsable de la structure peut changer les droits de votre profession." />
      ) : (
        <Failure of={query} />
      )}
      {query.isPending && <ListBones rows={10} />}
      {page && waiting.length > 0 && (
        <Note
          tone={waiting.some(({ report }) => report!.critical) ? 'danger' : 'warning'}
          action={
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => setPanel(`resultat:${waiting[0]!.report!.id}`)}
              rightSection={<Kbd>V</Kbd>}
            >
              Ouvrir
            </Button>
          }
        >
          {sayCount(waiting.length, 'résultat attend', 'résultats attendent')} une validation :{' '}
          {waiting
            .slice(0, 3)
            .map(({ report, at }) => `${report!.label} du ${sayDate(at)}`)
            .join(', ')}
          .
        </Note>
      )}
      {page && page.attention.length > 0 && !url.avant && <Attention lines={page.attention} />}
      {page && page.columns.length === 0 && (
        <div className="card">
          <EmptyState
            icon={ResultIcon}
            title="Aucun résultat au dossier"
            action={page.canAdd && <Button onClick={() => setPanel('saisir-resultats')}>Saisir des résultats</Button>}
          >
            Tapez un bilan, collez le tableau du laboratoire, ou choisissez le fichier reçu.
          </EmptyState>
        </div>
      )}
      {page && page.columns.length > 0 && <Table page={page} bilan={url.bilan} table={table} />}
      {page && (page.older || url.avant) && (
        <div className="row no-print">
          {url.avant && (
            <Button variant="subtle" onClick={() => setUrl({ avant: undefined })}>
              Revenir aux derniers
            </Button>
          )}
          {page.older && (
            <Button variant="default" onClick={() => setUrl({ avant: page.older! }, { push: true })}>
              Plus anciens
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** What is out of range now, critical first, with what it was. */
function Attention({ lines }: { lines: Page['attention'] }) {
  const [, setPanel] = usePanel();
  return (
    <section aria-label="Hors norme" className={css.attention}>
      {lines.slice(0, 10).map((line) => (
        <button
          key={line.code + line.label}
          type="button"
          className={css.chip}
          data-critical={isCritical(line.cell.flag) || undefined}
          onClick={() => setPanel(`courbe:${line.code}`)}
        >
          <span className="vh">Voir la courbe : </span>
          <span className="strong">{line.label}</span>{' '}
          <b className="num">
            {line.cell.text} <small>{line.cell.unit}</small>
          </b>{' '}
          <Flag flag={line.cell.flag} label={line.cell.flagLabel} />
          <span className="dim tiny">
            {sayAgo(line.at)}
            {line.change && `, avant ${line.change}`}
          </span>
        </button>
      ))}
      {lines.length > 10 && <span className="dim small">et {sayCount(lines.length - 10, 'autre')}</span>}
    </section>
  );
}

function Table({
  page,
  bilan,
  table,
}: {
  page: Page;
  bilan: string | undefined;
  table: React.RefObject<HTMLTableElement | null>;
}) {
  const [, setPanel] = usePanel();
  const codes = bilan ? panelOf(bilan)?.codes : undefined;
  const rows = codes ? page.rows.filter((row) => codes.includes(row.code)) : page.rows;
  // A column without a value of this panel says nothing here; one that is only words stays when nothing is filtered.
  const shown = page.columns
    .map((column, at) => ({ column, at }))
    .filter(({ at, column }) => rows.some((row) => row.cells[at]) || (!codes && column.report !== null));
  let heading = '';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keyboard
    <div className={css.scroll} role="region" aria-label="Tableau des résultats" tabIndex={0}>
      <table className={css.table} ref={table}>
        <caption className="vh">Analyses en lignes, dates en colonnes, les plus récentes d’abord</caption>
        <thead>
          <tr>
            <th scope="col" className={css.corner}>
              Analyse
            </th>
            {shown.map(({ column }) => (
              <th key={column.key} scope="col">
                {column.report ? (
                  <button
                    type="button"
                    className={css.columnHead}
                    onClick={() => setPanel(`resultat:${column.report!.id}`)}
                    data-critical={column.report.critical || undefined}
                  >
                    <span className="num strong">{sayDate(column.at)}</span>
                    <span className="dim tiny">{column.at && column.at.length > 10 ? sayTime(column.at) : ''}</span>
                    <span className={`tiny ${css.columnTitle}`}>{column.report.label}</span>
                    {column.report.acknowledgement.waiting ? (
                      <Tag tone={column.report.critical ? 'danger' : 'warning'}>à valider</Tag>
                    ) : (
                      statusWords(column.report) && <Tag tone="info">{statusWords(column.report).toLowerCase()}</Tag>
                    )}
                  </button>
                ) : (
                  <span className={css.columnHead}>
                    <span className="num strong">{sayDate(column.at)}</span>
                    <span className={`tiny dim ${css.columnTitle}`}>mesure</span>
                  </span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const title = row.heading !== heading ? row.heading : null;
            heading = row.heading;
            return [
              title && (
                <tr key={`title-${row.heading}`} className={css.group}>
                  <th scope="rowgroup" colSpan={shown.length + 1}>
                    <span>{title}</span>
                  </th>
                </tr>
              ),
              <tr key={row.code + row.label + row.unit}>
                <th scope="row">
                  <button
                    type="button"
                    data-analyte={row.code}
                    className={css.analyte}
                    onClick={() => setPanel(`courbe:${row.code}`)}
                  >
                    <span>{row.label}</span>
                    <span className="dim tiny num">{[row.unit, row.reference].filter(Boolean).join(' · ')}</span>
                  </button>
                </th>
                {shown.map(({ column, at }) => (
                  <td key={column.key}>
                    <Cell cell={row.cells[at] ?? null} />
                  </td>
                ))}
              </tr>,
            ];
          })}
          {rows.length === 0 && (
            <tr>
              <td colSpan={shown.length + 1} className="dim small">
                Aucune valeur de ce bilan sur cette période.
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
