import { Button, Checkbox } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { draftWords, useDraft } from '../../../web/drafts.ts';
import { mayWrite, useMe } from '../../../web/session.ts';
import { NoRight, Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { type Candidate, type IdentityInput, recordContract } from '../../contract.ts';
import { Duplicates, useDuplicates } from './Duplicates.tsx';
import { cleaned, emptyIdentity, IdentityFields } from './IdentityFields.tsx';
import css from './patients.module.css';

/** `/patients/nouveau`: creation, with those who look alike beside the form as one types. */
export default function NewPatientPage() {
  return mayWrite(useMe(), 'identity') ? (
    <NewPatient />
  ) : (
    <div className="page">
      <NoRight detail="Votre compte ne crée pas de dossier. Demandez-le au secrétariat ou à un soignant de la structure." />
    </div>
  );
}

function NewPatient() {
  const navigate = useNavigate();
  const { values, set, clear, state } = useDraft<IdentityInput>(
    'identite:nouveau',
    { form: 'identite', label: 'Nouveau patient' },
    emptyIdentity,
  );
  const [despite, setDespite] = useState<string[]>([]);
  const [join, setJoin] = useState(true);
  const duplicates = useDuplicates(values);
  const create = useMutation({
    mutationFn: () => call(recordContract.createPatient, { body: { ...cleaned(values), despite, joinCareTeam: join } }),
    onSuccess: ({ id, patient }) => {
      clear();
      done(`Dossier créé : ${patient.name}.`);
      void navigate({ to: '/patients/$patient', params: { patient: id } });
    },
  });
  const refusal = create.error instanceof Refusal ? create.error : null;
  const late = refusal?.extra.code === 'duplicates' ? (refusal.extra.candidates as Candidate[]) : [];
  const strong = [...late, ...(duplicates.data?.candidates ?? [])].filter((one) => one.strong);
  const open = strong.filter((one) => !despite.includes(one.id));
  return (
    <div className="page">
      <title>Nouveau patient · Estran</title>
      <header className="page-head">
        <h1>Nouveau patient</h1>
        <span className="dim small" role="status">
          {draftWords[state]}
        </span>
        {state !== 'none' && (
          <Button variant="subtle" size="compact-sm" onClick={clear}>
            Effacer
          </Button>
        )}
      </header>
      <div className={css.split}>
        <form
          className={`card ${css.form}`}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            create.mutate();
          }}
        >
          <IdentityFields values={values} set={set} error={(name) => refusal?.fields[name]} />
          <div className={css.foot}>
            <Checkbox
              label="Rejoindre son équipe de soins"
              checked={join}
              onChange={(event) => setJoin(event.currentTarget.checked)}
            />
            <span className="grow" />
            <Button component={Link} to="/patients" variant="subtle">
              Renoncer
            </Button>
            <Button type="submit" loading={create.isPending} disabled={open.length > 0}>
              Créer le dossier
            </Button>
          </div>
          {(refusal || open.length > 0) && (
            <div style={{ padding: '0 20px 16px' }}>
              <Note tone={open.length ? 'warning' : 'danger'} live>
                {open.length
                  ? 'Un patient très ressemblant existe déjà. Ouvrez son dossier, ou cochez « C’est quelqu’un d’autre ».'
                  : refusal?.message}
              </Note>
            </div>
          )}
        </form>
        <aside className={css.aside} aria-label="Patients ressemblants">
          <Duplicates query={duplicates} extra={late} despite={despite} onDespite={setDespite} />
        </aside>
      </div>
    </div>
  );
}
