import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call, Refusal } from '../../../web/api.ts';
import { useDraft } from '../../../web/drafts.ts';
import { sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { CheckIcon } from '../../../web/ui/icons.ts';
import { Note } from '../../../web/ui/states.tsx';
import { failed } from '../../../web/ui/undo.tsx';
import { recordContract, type ReportedList, type TreatmentsPage, type Written } from '../../contract.ts';
import { refresh, wrote } from '../use-record.ts';
import {
  apartKey,
  bodyOf,
  type Choice,
  firstChoice,
  isToDecide,
  newDosage,
  type ReportedLine,
  type Row,
  rowsOf,
  wanting,
} from './reconcile-rows.ts';
import css from './treatments.module.css';
import { reconciledAt } from './use-treatments.ts';

const tones: Record<string, 'success' | 'info' | 'warning' | 'danger' | 'neutral'> = {
  same: 'success',
  'same-day': 'info',
  dose: 'warning',
  missing: 'warning',
  stopped: 'danger',
  unknown: 'neutral',
};
const mostLists = 3;
/** What nobody has reconciled yet; otherwise the newest. */
const firstLists = (page: TreatmentsPage): string[] =>
  ((open) => (open.length > 0 ? open : page.reported).slice(0, 2).map(({ id }) => id))(
    page.reported.filter((list) => list.own && !reconciledAt(page, list.id)),
  );

/** Sources side by side, line by line: what is held, what each list says, what is decided. One act at the end. */
export function Reconcile({ patient, page, onDone }: { patient: string; page: TreatmentsPage; onDone: () => void }) {
  const { values, set, clear } = useDraft(
    `conciliation:${patient}`,
    { patient, form: 'conciliation', label: 'Conciliation des traitements' },
    { lists: firstLists(page), choices: {} as Record<string, Choice>, apart: [] as string[], note: '' },
  );
  const lists = page.reported.filter(({ id }) => values.lists.includes(id)).slice(0, mostLists);
  const apart = values.apart ?? [];
  const rows = rowsOf(page, lists, apart);
  const choiceOf = (row: Row): Choice => values.choices[row.key] ?? firstChoice(row);
  const change = (row: Row, patch: Partial<Choice>) =>
    set({ choices: { ...values.choices, [row.key]: { ...choiceOf(row), ...patch } } });
  const lacking = rows
    .filter((row) => isToDecide(row, lists))
    .map((row) => wanting(row, choiceOf(row), page.may.decide))
    .filter(Boolean);
  const mutation = useMutation<Written, Error>({
    mutationFn: () =>
      call(recordContract.reconcileTreatments, {
        params: { patient },
        body: bodyOf(rows, values.choices, lists, values.note),
      }),
    onSuccess: (written) => {
      clear();
      wrote(patient, written, 'Conciliation enregistrée.');
      onDone();
    },
    onError: (error) => {
      if (!(error instanceof Refusal)) failed(error);
      else if (error.status === 409) void refresh(patient);
    },
  });
  const refusal = mutation.error instanceof Refusal ? mutation.error : null;
  return (
    <section className={`card ${css.reconcile}`} aria-label="Conciliation">
      <header className={css.head}>
        <h2>Conciliation</h2>
        <fieldset className={css.lists}>
          <legend className="vh">Sources comparées</legend>
          {page.reported.map((list) => (
            <Checkbox
              key={list.id}
              label={list.title.includes(sayDate(list.at)) ? list.title : `${list.title} (${sayDate(list.at)})`}
              checked={values.lists.includes(list.id)}
              disabled={!values.lists.includes(list.id) && lists.length >= mostLists}
              onChange={(event) =>
                set({
                  lists: event.currentTarget.checked
                    ? [...values.lists, list.id]
                    : values.lists.filter((one) => one !== list.id),
                })
              }
            />
          ))}
        </fieldset>
      </header>
      <div className={css.scroll}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">Au dossier</th>
              {lists.map((list) => (
                <th key={list.id} scope="col">
                  {list.title}
                </th>
              ))}
              <th scope="col">Décision</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <td data-label="Au dossier">
                  {row.held ? (
                    <>
                      <span className="strong">{row.held.label}</span>
                      <span className={css.dosage}>{row.held.dosage || 'Posologie non notée'}</span>
                      <span className="tiny dim">{row.held.sourceLabel}</span>
                    </>
                  ) : (
                    <span className="dim small">Pas au dossier</span>
                  )}
                </td>
                {lists.map((list) => (
                  <td key={list.id} data-label={list.title} data-none={row.said[list.id] ? undefined : true}>
                    <Said
                      line={row.said[list.id]}
                      held={row.held !== null}
                      // Set apart or together again, what was decided of the pair is to be decided anew.
                      turn={(line) =>
                        set({
                          apart: apart.includes(apartKey(list, line))
                            ? apart.filter((one) => one !== apartKey(list, line))
                            : [...apart, apartKey(list, line)],
                          choices: Object.fromEntries(
                            Object.entries(values.choices).filter(([key]) => key !== row.key && key !== line.entry),
                          ),
                        })
                      }
                    />
                  </td>
                ))}
                <td data-label="Décision">
                  <Decide
                    row={row}
                    lists={lists}
                    choice={choiceOf(row)}
                    decide={page.may.decide}
                    change={(patch) => change(row, patch)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Textarea
        label="Note de conciliation"
        autosize
        minRows={2}
        maxLength={2000}
        value={values.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
      {refusal && (
        <Note tone="danger" live>
          {refusal.message}
        </Note>
      )}
      {!page.may.decide && (
        <p className="small dim">
          Ce qui a été prescrit part en proposition au prescripteur ; ce que disent le patient et la pharmacie est noté
          aussitôt.
        </p>
      )}
      <div className="row wrap">
        <Button
          leftSection={<CheckIcon size={16} />}
          loading={mutation.isPending}
          disabled={lacking.length > 0 || rows.length === 0}
          onClick={() => mutation.mutate()}
        >
          Enregistrer la conciliation
        </Button>
        <Button variant="default" onClick={onDone}>
          Plus tard
        </Button>
        {lacking.length > 0 && (
          <span className="small" role="status">
            À compléter : {lacking.length} {lacking.length > 1 ? 'lignes' : 'ligne'}.
          </span>
        )}
      </div>
    </section>
  );
}

function Said({
  line,
  held,
  turn,
}: {
  line: ReportedLine | undefined;
  held: boolean;
  turn: (line: ReportedLine) => void;
}) {
  if (!line) return <span className="dim small">{held ? 'Non cité' : '–'}</span>;
  return (
    <>
      <span className="strong">{line.label}</span>
      <span className={css.dosage}>{line.dosage || 'Posologie non dite'}</span>
      {!(line.proposed && !held) && <Tag tone={tones[line.difference]}>{line.differenceLabel}</Tag>}
      {line.spelling && !(line.proposed && held) && <p className={`tiny ${css.pairing}`}>{line.spelling}.</p>}
      {line.proposed && (
        <p className={`tiny ${css.pairing}`}>
          {held && line.misspelt && (
            <>
              <Tag tone="warning">Nom mal orthographié ?</Tag>{' '}
            </>
          )}
          {held ? `Rapprochement proposé, à confirmer. ${line.proposed}.` : 'Mis à part par vous.'}{' '}
          <Button
            size="compact-xs"
            variant="subtle"
            className="touch"
            aria-label={`${held ? 'Ce n’est pas le même médicament' : 'Rapprocher de nouveau'} : ${line.label}`}
            onClick={() => turn(line)}
          >
            {held ? 'Pas le même' : 'Rapprocher'}
          </Button>
        </p>
      )}
    </>
  );
}
function Decide({
  row,
  lists,
  choice,
  decide,
  change,
}: {
  row: Row;
  lists: readonly ReportedList[];
  choice: Choice;
  decide: boolean;
  change: (patch: Partial<Choice>) => void;
}) {
  const label = row.held?.label ?? Object.values(row.said)[0]!.label;
  if (!isToDecide(row, lists))
    return <span className="small dim">Délivré ; notez-le depuis le dossier s’il est pris.</span>;
  const problem = wanting(row, choice, decide);
  const options = row.held
    ? [
        { value: 'keep', label: 'Maintenir' },
        { value: 'dose', label: 'Changer la posologie' },
        { value: 'stop', label: 'Arrêter' },
      ]
    : [
        { value: 'ignore', label: 'Ne pas retenir' },
        { value: 'add', label: 'Ajouter au dossier' },
      ];
  return (
    <div className={css.decide}>
      <Select
        aria-label={`Décision pour ${label}`}
        allowDeselect={false}
        placeholder="À décider"
        data={options}
        value={choice.decision}
        onChange={(decision) =>
          decision &&
          change({
            decision: decision as Choice['decision'],
            ...(decision === 'dose' && !choice.dosage && { dosage: newDosage(row) }),
          })
        }
      />
      {(choice.decision === 'dose' || choice.decision === 'add') && (
        <TextInput
          aria-label={`Posologie de ${label}`}
          placeholder={newDosage(row) || 'posologie'}
          maxLength={500}
          value={choice.dosage}
          onChange={(event) => change({ dosage: event.currentTarget.value })}
        />
      )}
      {choice.decision !== null && choice.decision !== 'keep' && (
        <TextInput
          aria-label={`Raison pour ${label}`}
          placeholder="raison"
          maxLength={500}
          value={choice.reason}
          error={problem}
          onChange={(event) => change({ reason: event.currentTarget.value })}
        />
      )}
    </div>
  );
}
