import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { failureOf } from '../../web/api.ts';
import { usePaletteActs } from '../../web/palette.ts';
import { useKeys } from '../../web/ui/keys.ts';
import { Bone } from '../../web/ui/states.tsx';
import { actsOf, keysOf } from './acts.ts';
import { ArrangeCards, ArrangeEntries } from './cockpits/ArrangeRecord.tsx';
import { ListBar } from './cockpits/ListBar.tsx';
import { useCockpit } from './cockpits/use-cockpit.ts';
import { NotOpened } from './PatientPage.tsx';
import { PatientHeader } from './PatientHeader.tsx';
import { Panels } from './panels/Panels.tsx';
import { QuickBar, ThumbBar } from './QuickBar.tsx';
import css from './record.module.css';
import { Summary } from './summary/Summary.tsx';
import { Timeline } from './timeline/Timeline.tsx';
import { RecordProvider, usePanel, usePatientId, useRecordEvents, useRecordQuery } from './use-record.ts';

/** `/patients/:patient`: one record, all professions. */
export default function RecordPage() {
  const patient = usePatientId();
  const query = useRecordQuery(patient);
  const [panel, setPanel] = usePanel();
  const navigate = useNavigate();
  const record = query.data;
  const cockpit = useCockpit();
  useRecordEvents(patient, !!record);
  // A record that has gone into another (IDV-2): the address becomes that of the one that stays.
  const shown = record?.header.patient.id;
  useEffect(() => {
    if (shown && shown !== patient)
      void navigate({ to: '/patients/$patient', params: { patient: shown }, replace: true });
  }, [shown, patient, navigate]);

  const acts = useMemo(
    () => (record ? actsOf(record, cockpit.data, setPanel, (to) => void navigate({ to })) : []),
    [record, cockpit.data, setPanel, navigate],
  );
  usePaletteActs(useMemo(() => (record ? { title: record.header.patient.name, items: acts } : null), [record, acts]));
  useKeys(
    Object.fromEntries(acts.flatMap((act) => keysOf(act).map((key) => [key, act.run] as const))),
    acts.length > 0,
  );

  const failure = failureOf(query);
  if (failure) return <NotOpened patient={patient} error={failure} retry={() => void query.refetch()} />;
  // Cards stand where this profession has them: without the order they would move under the hand.
  if (!record || cockpit.isPending) return <RecordBones />;
  return (
    <RecordProvider value={record}>
      <title>{`${record.header.patient.name} · Estran`}</title>
      <div className={css.sticky}>
        <PatientHeader />
        <QuickBar acts={acts} />
        <ListBar patient={record.header.patient.id} />
      </div>
      <div className={css.body}>
        <Summary />
        <Timeline patient={patient} total={record.timeline} />
      </div>
      <ThumbBar acts={acts} />
      {panel === 'ranger-saisies' && <ArrangeEntries acts={acts} onClose={() => setPanel(undefined)} />}
      {panel === 'ranger-cartes' && <ArrangeCards onClose={() => setPanel(undefined)} />}
      {panel && <Panels key={panel.split(':')[0]} panel={panel} onClose={() => setPanel(undefined)} />}
    </RecordProvider>
  );
}

function RecordBones() {
  return (
    <div role="status" aria-label="Ouverture du dossier">
      <div className={css.sticky}>
        <div className={css.header}>
          <h1 className="vh">Ouverture du dossier</h1>
          <Bone w={220} h={22} />
          <Bone w={180} />
          <Bone w={140} />
        </div>
        <div className={css.quick}>
          <Bone w="min(420px, 100%)" h={28} />
        </div>
      </div>
      <div className={css.body}>
        <div className={css.columns}>
          {[0, 1, 2].map((column) => (
            <div key={column} className={css.column}>
              {[220, 160].map((height) => (
                <div key={height} className="card pad stack" style={{ height }}>
                  <Bone w="40%" />
                  <Bone />
                  <Bone w="80%" />
                  <Bone w="90%" />
                </div>
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
