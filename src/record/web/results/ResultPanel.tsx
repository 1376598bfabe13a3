import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call, reading, Refusal } from '../../../web/api.ts';
import { sayAgo, sayDate, sayDateTime } from '../../../web/say.ts';
import { Kbd, WhoWhen } from '../../../web/ui/bits.tsx';
import { CheckIcon, EditIcon, TaskIcon, VersionsIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, Failure, Note } from '../../../web/ui/states.tsx';
import { rangeSourceOf, recordContract, type ResultView } from '../../contract.ts';
import { onPaper } from '../panels/on-paper.ts';
import { usePanel, useRecordHere } from '../use-record.ts';
import { Acknowledged, Cell, rangeWords, ReportTags } from './bits.tsx';
import css from './results.module.css';
import { acknowledgedNow } from './use-results.ts';

/** What a task or a message about it begins with. */
const aboutIt = (data: ResultView): string =>
  `Suite du résultat « ${data.label} » du ${sayDate(data.at)}`.replaceAll(':', ' ').slice(0, 200);
const arrows = { up: '↗', down: '↘', steady: '→' };

/** One report: each value with its range and the one before, what the laboratory says, who validates it and what was decided. */
export default function ResultPanel({
  patient,
  id,
  name,
  onClose,
  onDone,
  inRecord = true,
}: {
  patient: string;
  id: string;
  /** Whose it is, where the page does not say it. */
  name?: string;
  onClose: () => void;
  /** After it was acknowledged. */
  onDone?: () => void;
  /** On the patient's own page, where a curve opens beside. */
  inRecord?: boolean;
}) {
  const [, setPanel] = usePanel();
  const record = useRecordHere();
  const [decision, setDecision] = useState('');
  const query = useQuery(reading(recordContract.result, { params: { patient, id } }));
  const data = query.data;
  const send = useMutation({
    mutationFn: () =>
      call(recordContract.acknowledgeResult, { params: { patient, id }, body: { version: data!.version, decision } }),
    onSuccess: (written) => {
      acknowledgedNow(patient, written, 'Résultat validé.');
      setDecision('');
      onDone?.();
    },
    onError: () => void query.refetch(),
  });
  const may = data?.acknowledgement.may && data.status !== 'entered-in-error';
  const first = data?.acknowledgement.waiting === true;
  const needsWords = data?.critical === true && first;
  const canSend = may && (first || decision.trim() !== '') && (!needsWords || decision.trim() !== '');
  const refused = send.error instanceof Refusal ? send.error.message : null;
  return (
    <SidePanel
      title={name ? `${name} : ${data?.label ?? 'résultat'}` : (data?.label ?? 'Résultat')}
      subtitle={
        data ? [data.lab, data.number && `n° ${data.number}`, data.specimen].filter(Boolean).join(' · ') : undefined
      }
      printed={data && record ? onPaper(record.header) : undefined}
      onClose={onClose}
      wide
      footer={
        data && (
          <>
            {may && (
              <Button
                leftSection={<CheckIcon size={16} />}
                loading={send.isPending}
                disabled={!canSend}
                onClick={() => send.mutate()}
                rightSection={<Kbd>Ctrl ↵</Kbd>}
              >
                {first ? 'Valider le résultat' : 'Ajouter une décision'}
              </Button>
            )}
            {inRecord ? (
              <Button
                variant="default"
                leftSection={<TaskIcon size={16} />}
                onClick={() => setPanel(`confier:${aboutIt(data)}`)}
              >
                Confier une tâche
              </Button>
            ) : (
              <Button component={Link} to={`/patients/${patient}/resultats`} variant="default">
                Ouvrir le dossier
              </Button>
            )}
            {!inRecord && (
              <Button
                component={Link}
                to={`/patients/${patient}?volet=${encodeURIComponent(`confier:${aboutIt(data)}`)}` as string}
                variant="default"
                leftSection={<TaskIcon size={16} />}
              >
                Confier une tâche
              </Button>
            )}
            {inRecord && data.canEdit && data.biology && (
              <Button
                variant="default"
                leftSection={<EditIcon size={16} />}
                onClick={() => setPanel(`saisir-resultats:${id}`)}
              >
                Corriger ou compléter
              </Button>
            )}
          </>
        )
      }
    >
      <Failure of={query} />
      {query.isPending && (
        <div className="stack" role="status" aria-label="Chargement">
          <Bone h={40} />
          <Bone h={160} />
        </div>
      )}
      {data && (
        <div className="stack loose">
          <div className="row wrap">
            <ReportTags report={data} />
            <span className="small dim">Prélevé le {sayDateTime(data.at)}</span>
            {data.who?.id && <WhoWhen who={data.who} when={data.recorded} />}
          </div>
          {data.reason && data.corrected && (
            <Note tone="info">Corrigé : {data.reason}. Les valeurs d’avant restent lisibles.</Note>
          )}
          <Values patient={patient} view={data} inRecord={inRecord} />
          <RangeSources view={data} />
          {data.comment && (
            <div>
              <h3 className="small dim">{data.biology ? 'Commentaire du laboratoire' : 'Conclusion'}</h3>
              <p className={css.comment}>{data.comment}</p>
            </div>
          )}
          {data.requests.length > 0 && (
            <p className="small dim">Répond à la prescription : {data.requests.map((one) => one.label).join(', ')}.</p>
          )}
          <Acknowledged report={data} />
          {may && (
            <Textarea
              label={first ? 'Ce que vous décidez' : 'Ajouter une décision'}
              description={needsWords ? 'Obligatoire : ce résultat est critique.' : 'Facultatif.'}
              placeholder="patient appelé, traitement modifié, contrôle dans un mois…"
              autosize
              minRows={2}
              maxLength={2000}
              data-autofocus={first || undefined}
              value={decision}
              error={refused ?? undefined}
              onChange={(event) => setDecision(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
                event.preventDefault();
                if (canSend && !send.isPending) send.mutate();
              }}
            />
          )}
          {!may && data.acknowledgement.waiting && data.canEdit && (
            <Note tone="info">
              La validation revient à un médecin, une sage-femme, un chirurgien-dentiste ou un infirmier en pratique
              avancée.
            </Note>
          )}
          {data.source && (
            <details className={css.source}>
              <summary className="small">Texte reçu du laboratoire</summary>
              <pre>{data.source}</pre>
            </details>
          )}
          {inRecord && (
            <div>
              <Button
                variant="subtle"
                size="compact-md"
                leftSection={<VersionsIcon size={16} />}
                onClick={() => setPanel(`entree:DiagnosticReport:${id}:versions`)}
              >
                {data.version > 1 ? `${data.version} versions, comparer` : 'Historique et saisie par erreur'}
              </Button>
            </div>
          )}
        </div>
      )}
    </SidePanel>
  );
}

/** Where the ranges were read: the laboratory's first, ours only where it gives none. */
function RangeSources({ view }: { view: ResultView }) {
  const ours = view.values.filter((value) => value.reference && value.referenceFrom === 'usual');
  if (!view.values.some((value) => value.reference)) return null;
  if (ours.length === 0) return <p className="small dim">Normes : celles du laboratoire.</p>;
  const bySource = [...Map.groupBy(ours, ({ code }) => rangeSourceOf(code))];
  return (
    <details>
      <summary className="small dim">
        {ours.length === view.values.filter((value) => value.reference).length
          ? 'Normes usuelles : le laboratoire n’en donne pas.'
          : `Normes du laboratoire, sauf ${ours.length} usuelle${ours.length > 1 ? 's' : ''}.`}{' '}
        D’où viennent-elles ?
      </summary>
      <ul className="small dim">
        {bySource.map(([source, values]) => (
          <li key={source}>
            {values.map(({ label }) => label).join(', ')} : {source}
          </li>
        ))}
      </ul>
      <p className="small dim">
        Ces valeurs n’ont pas été relues par un biologiste. Celles du laboratoire priment toujours.
      </p>
    </details>
  );
}

function Values({ patient, view, inRecord }: { patient: string; view: ResultView; inRecord: boolean }) {
  const [, setPanel] = usePanel();
  if (view.values.length === 0)
    return !view.biology || view.comment ? null : (
      <p className="dim small">Ce compte rendu ne contient pas de valeur que vos droits permettent de lire.</p>
    );
  return (
    <table className={css.values}>
      <caption className="vh">Valeurs du résultat</caption>
      <thead>
        <tr>
          <th scope="col">Analyse</th>
          <th scope="col">Valeur</th>
          <th scope="col">Norme</th>
          <th scope="col">Avant</th>
        </tr>
      </thead>
      <tbody>
        {view.values.map((value) => (
          <tr key={value.observation}>
            <th scope="row">
              {value.value !== null && inRecord ? (
                <button type="button" className="plain-button" onClick={() => setPanel(`courbe:${value.code}`)}>
                  <span className="vh">Voir la courbe : </span>
                  {value.label}
                </button>
              ) : value.value !== null ? (
                <Link to={`/patients/${patient}?volet=courbe:${value.code}` as string}>{value.label}</Link>
              ) : (
                value.label
              )}
              {value.computed && <small className="dim"> calculé ({value.computed})</small>}
            </th>
            <td>
              <Cell cell={value} /> <span className="dim tiny">{value.unit}</span>
              {value.given && <div className="dim tiny">rendu : {value.given}</div>}
              {value.before && <div className="dim tiny">corrigé, avant : {value.before}</div>}
            </td>
            <td className="num dim">
              {value.reference}
              {value.reference && value.referenceFrom === 'usual' && <small title={rangeWords(value)}> usuelle</small>}
            </td>
            <td className="num">
              {value.earlier && (
                <>
                  <span aria-hidden>{arrows[value.earlier.direction]}</span> {value.earlier.text}{' '}
                  <span className="dim tiny">{sayAgo(value.earlier.at)}</span>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
