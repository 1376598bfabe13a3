import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { call, failureOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Kbd } from '../../../web/ui/bits.tsx';
import { CheckIcon, ResultIcon } from '../../../web/ui/icons.ts';
import { useKeys } from '../../../web/ui/keys.ts';
import { EmptyState, Failure, ListBones, NoRight } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { recordContract, type WaitingLine } from '../../contract.ts';
import ResultPanel from './ResultPanel.tsx';
import css from './results.module.css';
import { acknowledgedNow, refreshResults, waitingQuery } from './use-results.ts';
import { ValuesInShort, WaitingTags } from './WaitingBlock.tsx';

/** `/resultats`: what waits for me, critical first. Arrows move, Enter opens, V validates what is not critical. */
export default function WaitingPage() {
  const query = useQuery(waitingQuery());
  const [url, setUrl] = useUrl();
  const list = useRef<HTMLUListElement>(null);
  const lines = query.data?.lines ?? [];
  const open = lines.find((line) => line.id === url.resultat);
  const normal = lines.filter((line) => line.allNormal && line.acknowledgement.may);
  const show = (line: WaitingLine | undefined) => setUrl({ resultat: line?.id });
  const buttons = () => [...(list.current?.querySelectorAll<HTMLButtonElement>('[data-result]') ?? [])];
  const move = (step: number) => {
    const all = buttons();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    all[Math.min(Math.max(at + step, 0), all.length - 1)]?.focus();
  };
  const focused = () =>
    lines.find((line) => line.id === (document.activeElement as HTMLElement | null)?.dataset.result);
  const next = (line: WaitingLine) => lines[lines.indexOf(line) + 1] ?? lines[lines.indexOf(line) - 1];
  const one = useMutation({
    mutationFn: (line: WaitingLine) =>
      call(recordContract.acknowledgeResult, {
        params: { patient: line.patient.id, id: line.id },
        body: { version: line.version },
      }),
    onSuccess: (written, line) => {
      const after = next(line)?.id;
      acknowledgedNow(line.patient.id, written, `Validé : ${line.label}, ${line.patient.name}.`);
      buttons()
        .find((button) => button.dataset.result === after)
        ?.focus();
    },
    onError: failed,
  });
  const many = useMutation({
    mutationFn: () =>
      call(recordContract.acknowledgeNormal, {
        body: { results: normal.map((line) => ({ patient: line.patient.id, id: line.id, version: line.version })) },
      }),
    onSuccess: ({ lines: written, left }) => {
      const patientOf = new Map(normal.map((line) => [line.id, line.patient.id]));
      const patients = [...new Set(normal.map((line) => line.patient.id))];
      void refreshResults(patients);
      done(
        `${sayCount(written.length, 'résultat validé', 'résultats validés')}.${left.length ? ` ${sayCount(left.length, 'reste', 'restent')} à ouvrir.` : ''}`,
        written.length === 0
          ? undefined
          : async () => {
              for (const patient of patients) {
                const entries = written
                  .filter((line) => patientOf.get(line.id) === patient)
                  .map(({ type, id, version }) => ({ type, id, version }));
                if (entries.length > 0) await call(recordContract.undo, { params: { patient }, body: { entries } });
              }
              await refreshResults(patients);
            },
      );
    },
    onError: failed,
  });
  const validate = (line: WaitingLine | undefined) => {
    if (!line || one.isPending) return;
    // Never in one key: a critical one needs words.
    if (line.critical || !line.acknowledgement.may) show(line);
    else one.mutate(line);
  };
  const [down, up] = [() => move(1), () => move(-1)];
  useKeys({ ArrowDown: down, ArrowUp: up, v: () => validate(focused()) }, !open);
  if (failureOf(query)) return <Failure of={query} />;
  return (
    <div className="page narrow">
      <title>Résultats à valider · Estran</title>
      <header className="page-head">
        <div style={{ flex: '1 1 280px' }}>
          <h1>Résultats à valider</h1>
          <p className="dim small">
            Les vôtres, ceux des personnes que vous remplacez, et ceux qui n’ont pas de destinataire. Les critiques
            d’abord : ils se valident un par un, avec la décision.
          </p>
        </div>
        {normal.length > 0 && (
          <Button
            variant="default"
            leftSection={<CheckIcon size={16} />}
            loading={many.isPending}
            onClick={() => many.mutate()}
          >
            {normal.length > 1
              ? `Valider les ${normal.length} résultats dans les normes`
              : 'Valider le résultat dans les normes'}
          </Button>
        )}
      </header>
      {!query.data && <ListBones rows={5} height={56} />}
      {query.data && !query.data.canAcknowledge && (
        <NoRight detail="La validation des résultats revient à un médecin, une sage-femme, un chirurgien-dentiste ou un infirmier en pratique avancée. Les résultats se lisent dans chaque dossier." />
      )}
      {query.data?.canAcknowledge && lines.length === 0 && (
        <div className="card">
          <EmptyState icon={ResultIcon} title="Aucun résultat ne vous attend">
            Les résultats saisis, reçus ou envoyés par le laboratoire s’afficheront ici jusqu’à ce que vous les
            validiez.
          </EmptyState>
        </div>
      )}
      {lines.length > 0 && (
        <>
          <p className={`dim tiny ${css.hint}`}>
            <Kbd>↑</Kbd> <Kbd>↓</Kbd> choisir · <Kbd>Entrée</Kbd> ouvrir · <Kbd>V</Kbd> valider (sauf critique)
          </p>
          <ul className={`plain card ${css.waiting}`} ref={list} aria-label="Résultats à valider">
            {lines.map((line) => (
              <li key={line.id} data-critical={line.critical || undefined} data-open={line === open || undefined}>
                <button
                  type="button"
                  data-result={line.id}
                  className={css.waitingLine}
                  aria-expanded={line === open}
                  onClick={() => show(line)}
                >
                  <span className="grow">
                    <span className="strong">{line.patient.name}</span>{' '}
                    <span className="dim small">{line.patient.age}</span>
                    <ValuesInShort line={line} most={4} />
                  </span>
                  <span className={css.end}>
                    <WaitingTags line={line} />
                    <span className="dim tiny">{[line.lab, sayDate(line.at)].filter(Boolean).join(', ')}</span>
                  </span>
                </button>
                {!line.critical && line.acknowledgement.may && (
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    leftSection={<CheckIcon size={15} />}
                    aria-label={`Valider : ${line.label}, ${line.patient.name}`}
                    onClick={() => validate(line)}
                  >
                    Valider
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {open && (
        <ResultPanel
          key={open.id}
          patient={open.patient.id}
          id={open.id}
          name={`${open.patient.name}, ${open.patient.age}`}
          inRecord={false}
          onClose={() => show(undefined)}
          onDone={() => show(undefined)}
        />
      )}
    </div>
  );
}
