import { ActionIcon, Checkbox, MultiSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Refusal, reading, upload } from '../../../web/api.ts';
import { draftWords, useDraft } from '../../../web/drafts.ts';
import { sayDate } from '../../../web/say.ts';
import { mayWrite, useMe } from '../../../web/session.ts';
import { BackIcon } from '../../../web/ui/icons.ts';
import { Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { coordinationContract } from '../../contract.ts';
import { addressed, groupsOf, onlyOne, team } from './addressees.ts';
import { Composer, kept, type Written } from './Composer.tsx';
import css from './conversation.module.css';
import { type PatientChosen, PatientField } from './PatientField.tsx';
import { formOf } from './sending.ts';
import { keep } from './use-messages.ts';

interface Values extends Written {
  about: 'patient' | 'practice';
  patient: PatientChosen | null;
  to: string[];
  topic: string;
  administrative: boolean;
}

/** A new conversation: about whom, to whom, in what words. */
export function WriteForm({
  onSent,
  onBack,
  patient: given,
  patientName,
  box,
  inPanel,
}: {
  onSent: (thread: string) => void;
  onBack?: (() => void) | undefined;
  patient?: string | undefined;
  patientName?: string;
  box?: string | undefined;
  inPanel?: boolean;
}) {
  const me = useMe();
  const clinical = mayWrite(me, 'exchanges');
  const fixed = inPanel && given && patientName ? { id: given, name: patientName } : null;
  const initial: Values = {
    about: fixed || given ? 'patient' : 'practice',
    patient: fixed,
    to: box ? [`b:${box}`] : fixed && clinical ? [team] : [],
    topic: '',
    text: '',
    urgent: false,
    mentions: [],
    administrative: !clinical,
  };
  const { values, set, clear, state } = useDraft<Values>(
    `message:${fixed ? `patient-${fixed.id}` : 'nouveau'}`,
    { patient: fixed?.id ?? null, form: 'ecrire', label: 'Message' },
    initial,
  );
  const [files, setFiles] = useState<File[]>([]);
  const [agreed, setAgreed] = useState(false);
  const key = useRef(crypto.randomUUID());
  const patient = values.about === 'patient' ? (fixed ?? values.patient) : null;
  const people = useQuery({
    ...reading(coordinationContract.addressees, { query: { patient: patient?.id } }),
    staleTime: 60_000,
  });
  const boxes = useQuery(reading(coordinationContract.boxes));
  const colleagues = (people.data?.colleagues ?? []).filter((one) => !one.me);
  const data = groupsOf({ colleagues, professions: people.data?.professions ?? [] }, boxes.data?.boxes ?? [], {
    aboutPatient: values.about === 'patient',
    administrative: values.administrative,
  });
  const known = new Set(data.flatMap((group) => group.items.map((item) => item.value)));
  const to = values.to.filter((one) => known.has(one) || !people.data);
  const chosen = colleagues.filter((one) => to.includes(`p:${one.id}`));
  const outside = patient && !values.administrative ? chosen.filter((one) => !one.inTeam) : [];
  const absent = chosen.filter((one) => one.absentUntil);
  const send = useMutation({
    mutationFn: () => {
      const body = {
        key: key.current,
        topic: values.topic.trim(),
        text: values.text.trim(),
        urgent: values.urgent,
        letIn: agreed,
        standIns: true,
        administrative: !!patient && values.administrative,
        ...(patient && { patient: patient.id }),
        to: addressed(to, kept(values.mentions, values.text)),
      };
      return upload(coordinationContract.startThread, {}, formOf(body, files));
    },
    onSuccess: (thread) => {
      keep(thread);
      clear();
      setFiles([]);
      key.current = crypto.randomUUID();
      done('Message envoyé.');
      onSent(thread.id);
    },
  });
  const refusal = send.error instanceof Refusal ? send.error : null;
  const asks = refusal?.extra.code === 'outside';
  const waits = outside.length > 0 || asks;
  const missing = [
    ...(values.about === 'patient' && patient === null ? ['le patient'] : []),
    ...(values.about === 'practice' && to.length === 0 ? ['à qui'] : []),
    ...(waits && !agreed ? ['l’accord du patient'] : []),
    ...(values.topic.trim() === '' ? ['l’objet'] : []),
  ];
  return (
    <section className={css.write} aria-label="Nouveau message">
      {!inPanel && (
        <header className={css.head}>
          {onBack && (
            <ActionIcon aria-label="Revenir à la liste" className={css.back} onClick={onBack}>
              <BackIcon size={20} />
            </ActionIcon>
          )}
          <h2>Nouveau message</h2>
        </header>
      )}
      <div className={css.fields}>
        {!fixed && (
          <SegmentedControl
            aria-label="À propos de"
            value={values.about}
            onChange={(about) => set({ about: about as Values['about'], to: [] })}
            data={[
              { value: 'practice', label: 'La structure' },
              { value: 'patient', label: 'Un patient' },
            ]}
          />
        )}
        {values.about === 'patient' && !fixed && (
          <PatientField
            value={values.patient}
            onChange={(one) => set({ patient: one, to: clinical && one ? [team] : [] })}
            error={refusal?.fields.patient}
          />
        )}
        <MultiSelect
          label="À"
          placeholder={
            to.length ? undefined : values.about === 'patient' ? 'L’équipe de soins' : 'Personnes, professions, boîte'
          }
          searchable
          hidePickedOptions
          data={data}
          value={to}
          onChange={(next) => {
            set({ to: onlyOne(next) });
            setAgreed(false);
          }}
          error={refusal?.fields.to}
          nothingFoundMessage="Personne de ce nom"
        />
        {absent.map((one) => (
          <p key={one.id} className="small warning">
            {one.name} est absent·e jusqu’au {sayDate(one.absentUntil)} ; qui remplace recevra le message, selon ses
            droits.
          </p>
        ))}
        {waits && (
          <Note tone="warning">
            {outside.length > 0
              ? `${outside.map((one) => one.name).join(', ')} : hors de l’équipe de soins de ce patient.`
              : refusal?.message}
            <Checkbox
              mt={8}
              label="Le patient est d’accord pour élargir son équipe de soins"
              checked={agreed}
              onChange={(event) => setAgreed(event.currentTarget.checked)}
            />
          </Note>
        )}
        <TextInput
          label="Objet"
          placeholder="En une ligne, de quoi il s’agit"
          maxLength={150}
          data-autofocus={fixed ? true : undefined}
          value={values.topic}
          onChange={(event) => set({ topic: event.currentTarget.value })}
          error={refusal?.fields.topic}
        />
        {values.about === 'patient' && (
          <Checkbox
            label="Administratif : lu aussi par le secrétariat"
            description={
              values.administrative ? 'Rendez-vous, papiers, coordonnées. N’écrivez rien de clinique ici.' : undefined
            }
            checked={values.administrative}
            disabled={!clinical}
            onChange={(event) =>
              set({ administrative: event.currentTarget.checked, to: values.to.filter((one) => one !== team) })
            }
          />
        )}
        {refusal && !asks && (
          <Note tone="danger" live>
            {refusal.status === 0
              ? 'Pas encore envoyé : le réseau est coupé. Votre texte est conservé, réessayez.'
              : refusal.message}
          </Note>
        )}
      </div>
      <Composer
        values={values}
        set={set}
        files={files}
        setFiles={setFiles}
        onSend={() => send.mutate()}
        pending={send.isPending}
        missing={missing}
        patient={patient?.id}
        minRows={5}
        status={draftWords[state]}
      />
    </section>
  );
}
