import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { call, reading, urlOf } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { Card, Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import { PlusIcon, PrintIcon, VaccineIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Nothing } from '../../../web/ui/states.tsx';
import { failed } from '../../../web/ui/undo.tsx';
import { recordContract, type VaccineBook } from '../../contract.ts';
import { Opened, PatientPageHead } from '../PatientPage.tsx';
import { Panels } from '../panels/Panels.tsx';
import { dueTones } from '../summary/VaccinesCard.tsx';
import { RecordProvider, usePanel, usePatientId, useRecordEvents, useRecordQuery, wrote } from '../use-record.ts';
import { BookChart } from './BookChart.tsx';
import { SituationPanel } from './SituationPanel.tsx';
import css from './vaccines.module.css';
import { dueDay } from './due-day.ts';

/** `/patients/:patient/vaccins`: the vaccination booklet. */
export default function VaccinesPage() {
  const patient = usePatientId();
  const query = useQuery(reading(recordContract.vaccineBook, { params: { patient } }));
  useRecordEvents(patient, !!query.data);
  return (
    <Opened patient={patient} query={query} title="Carnet de vaccination">
      {(data) => <Book patient={patient} book={data} />}
    </Opened>
  );
}

function Book({ patient, book }: { patient: string; book: VaccineBook }) {
  const record = useRecordQuery(patient);
  const [panel, setPanel] = usePanel();
  const now = book.due.filter((one) => one.state !== 'coming');
  const next = book.due.find((one) => one.state === 'coming');
  return (
    <div className="page">
      <PatientPageHead
        patient={patient}
        name={book.patient.name}
        title="Carnet de vaccination"
        tab="Vaccins"
        about={
          <>
            né{book.patient.sex === 'female' ? 'e' : ''} le {book.patient.birthDateLabel} ({book.patient.age})
          </>
        }
      >
        <div className="row wrap">
          <Button
            component="a"
            href={urlOf(recordContract.printVaccineBook, { params: { patient } })}
            target="_blank"
            rel="noreferrer"
            variant="default"
            leftSection={<PrintIcon size={16} />}
          >
            Imprimer (PDF)
          </Button>
          {book.canAdd && (
            <Button leftSection={<PlusIcon size={16} />} onClick={() => setPanel('vaccin')}>
              Ajouter un vaccin
            </Button>
          )}
        </div>
      </PatientPageHead>
      <div className={css.top}>
        <Card title="À faire" count={now.length || undefined}>
          {now.length === 0 && (
            <Nothing>
              {book.patient.deceased
                ? 'Rien n’est demandé.'
                : `Rien n’est à faire aujourd’hui.${next ? ` Prochain : ${next.label}, le ${sayDate(next.due)}.` : ''}`}
            </Nothing>
          )}
          <ul className="plain">
            {now.map((one) => (
              <li key={one.target} className={css.due}>
                <div className={css.words}>
                  <span className="strong">{one.label}</span> <Tag tone={dueTones[one.state]}>{one.stateLabel}</Tag>{' '}
                  {one.mandatory && (
                    <Tag tone="info" title={one.mandatory}>
                      obligatoire
                    </Tag>
                  )}
                  <span className="small dim">{one.why}</span>
                  <span className="tiny dim">
                    {[one.source, one.mandatory && `obligatoire : ${one.mandatory}`].filter(Boolean).join(' · ')}
                  </span>
                </div>
                <span className="small dim num">{dueDay(one)}</span>
                {book.canAdd && (
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`Noter : ${one.label}`}
                    onClick={() => setPanel(`vaccin:${one.target}`)}
                  >
                    Noter
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {book.calendar.caution && <p className={`small dim ${css.note}`}>{book.calendar.caution}</p>}
          {book.together.map((words) => (
            <p key={words} className={`small ${css.note}`}>
              {words}
            </p>
          ))}
        </Card>
        <Card
          title="Situations"
          count={book.situations.length || undefined}
          action={
            book.canAdd && (
              <Button
                size="compact-sm"
                variant="subtle"
                leftSection={<PlusIcon size={15} />}
                onClick={() => setPanel('situation')}
              >
                Ajouter
              </Button>
            )
          }
        >
          {book.situations.length === 0 && <Nothing>Aucune situation particulière connue.</Nothing>}
          <ul className="plain">
            {book.situations.map((one) => (
              <li key={one.situation} className={css.due}>
                <div className={css.words}>
                  <span className="strong">{one.label}</span>
                  <span className="small dim">
                    {one.entry ? (
                      <WhoWhen who={one.entry.who} when={one.entry.at} short />
                    ) : (
                      `lu dans les problèmes : ${one.detail}`
                    )}
                  </span>
                  {one.entry && one.detail && <span className="small dim">{one.detail}</span>}
                </div>
                {one.entry?.canEdit && (
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`Terminer : ${one.label}`}
                    onClick={() =>
                      void call(recordContract.correctSituation, {
                        params: { patient, id: one.entry!.id },
                        body: {
                          situation: one.situation,
                          until: 'auj',
                          term: /(\d{2}\/\d{2}\/\d{4})/.exec(one.detail)?.[1],
                          version: one.entry!.version,
                          reason: 'terminée',
                        },
                      })
                        .then((written) => wrote(patient, written, `Situation terminée : ${one.label}.`))
                        .catch(failed)
                    }
                  >
                    Terminer
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {book.closed && <p className={`small dim ${css.note}`}>{book.closed}</p>}
        </Card>
      </div>
      {book.particular.length > 0 && (
        <div className={css.apart}>
          <Card title="Recommandations particulières" count={book.particular.length}>
            <p className={`small dim ${css.note}`}>
              Ce que le dossier rend utile à savoir. Rien n’en est calculé ni compté en retard : à vous de juger.
            </p>
            <ul className="plain">
              {book.particular.map((one) => (
                <li key={one.id} className={css.due}>
                  <div className={css.words}>
                    <span className="strong">{one.label}</span> <Tag tone="info">{one.because}</Tag>
                    <span className="small">{one.words}</span>
                    <span className="tiny dim">{one.source}</span>
                  </div>
                </li>
              ))}
            </ul>
          </Card>
        </div>
      )}
      {book.diseases.length === 0 ? (
        <div className="card">
          <EmptyState icon={VaccineIcon} title="Aucun vaccin noté">
            {book.canAdd
              ? 'Ajoutez ce qui figure au carnet de santé, ou scannez une boîte.'
              : 'Rien n’est noté pour ce patient.'}
          </EmptyState>
        </div>
      ) : (
        <BookChart book={book} open={(id) => setPanel(`entree:Immunization:${id}`)} />
      )}
      <p className="small dim">
        {book.calendar.title}. {book.calendar.source}. {book.calendar.notComputed} Le calendrier propose, le
        professionnel décide.
      </p>
      {panel === 'situation' && book.canAdd && <SituationPanel patient={patient} onClose={() => setPanel(undefined)} />}
      {panel && record.data && (
        <RecordProvider value={record.data}>
          <Panels panel={panel} onClose={() => setPanel(undefined)} />
        </RecordProvider>
      )}
    </div>
  );
}
