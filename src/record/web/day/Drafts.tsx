import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call, reading } from '../../../web/api.ts';
import { sayAgo } from '../../../web/say.ts';
import { EditIcon } from '../../../web/ui/icons.ts';
import { done, failed } from '../../../web/ui/undo.tsx';
import { recordContract } from '../../contract.ts';
import css from './day.module.css';

const panels: Record<string, string> = { measures: 'mesure', note: 'note', problem: 'probleme', allergy: 'allergie', vaccine: 'vaccin', treatment: 'traitement', alert: 'alerte', history: 'antecedent', goal: 'objectif', results: 'saisir-resultats', confier: 'confier', transmettre: 'transmettre', ecrire: 'ecrire', ordonnance: 'prescrire' };

/** A letter is taken up where it was: of a template (`courrier:patient:modele-…`), or one in preparation. */
const letterOf = (patient: string, from: string): string => `/patients/${patient}/courriers/${from === 'libre' || from.startsWith('modele-') ? `nouveau?modele=${from}` : from}`;

/** What I typed and did not send: one press brings it back (SEC-12). */
export function Drafts() {
  const query = useQuery(reading(recordContract.drafts));
  const drop = useMutation({
    mutationFn: (key: string) => call(recordContract.dropDraft, { params: { key } }),
    onSuccess: (_nothing, key) => {
      const draft = query.data?.drafts.find((one) => one.key === key);
      void query.refetch();
      if (draft) done('Brouillon effacé.', () => call(recordContract.keepDraft, { params: { key }, body: { patient: draft.patient, form: draft.form, label: draft.label, data: draft.data } }).then(() => query.refetch()));
    },
    onError: failed,
  });
  const drafts = query.data?.drafts ?? [];
  if (!drafts.length) return null;
  return (
    <section className={`card ${css.drafts}`} aria-label="Brouillons">
      <h2>
        <EditIcon size={16} /> {drafts.length === 1 ? 'Une saisie à terminer' : `${drafts.length} saisies à terminer`}
      </h2>
      <ul className="plain">
        {drafts.slice(0, 6).map((draft) => {
          // A key is «form:patient», or «form:patient:entry» for a correction.
          const panel = draft.key.split(':').length === 2 ? panels[draft.form] : undefined;
          return (
            <li key={draft.key}>
              {draft.patient && draft.form === 'courrier' ? (
                <Link className="touch" to={letterOf(draft.patient, draft.key.split(':')[2] ?? '') as string}>
                  {draft.label || 'Courrier'}, {draft.patientName ?? 'patient'}
                </Link>
              ) : draft.patient ? (
                <Link className="touch" to="/patients/$patient" params={{ patient: draft.patient }} search={panel ? { volet: panel } : {}}>
                  {draft.label || 'Brouillon'}, {draft.patientName ?? 'patient'}
                </Link>
              ) : (
                <Link className="touch" to={draft.form === 'identite' ? '/patients/nouveau' : draft.form === 'confier' ? '/coordination/taches?volet=confier' : draft.form === 'message' ? `/coordination/messages?fil=${draft.key.split(':')[1]}` : draft.form === 'protocol' ? `/coordination/protocoles/${draft.key.split(':')[1]}/modifier` : draft.form === 'ecrire' ? '/coordination/messages?volet=ecrire' : draft.form === 'ordonnance-type' ? `/ordonnances/types?volet=type:${draft.key.split(':')[1]}` : '/'}>{draft.label || 'Brouillon'}</Link>
              )}
              <span className="dim tiny">{sayAgo(draft.updated)}</span>
              <Button size="compact-xs" variant="subtle" color="gray" onClick={() => drop.mutate(draft.key)} aria-label={`Effacer le brouillon ${draft.label}`}>
                Effacer
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
