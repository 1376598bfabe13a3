import { Button, SegmentedControl } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { call, reading, failureOf } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate, sayMonth, sayNumber } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { ChartIcon, PlusIcon } from '../../../web/ui/icons.ts';
import { EmptyState, ListBones, Note, Failure } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { AddFile } from '../projects/DocumentsTab.tsx';
import type { Project } from '../projects/tabs.ts';
import { CompletionForm } from './CompletionForm.tsx';
import { CompletionRead } from './CompletionRead.tsx';
import { CompletionSide } from './CompletionSide.tsx';
import { TypeMonthPanel } from './TypeMonthPanel.tsx';
import { sayBounds, UseChart, UseTable } from './UseChart.tsx';
import { useSheet } from './use-sheet.ts';
import { changedGatherings, type Completion, type Month, type Use } from './words.ts';

/** Figures of use and the completion report. */
export default function UseTab({ project }: { project: Project }) {
  const [url, setUrl] = useUrl();
  const params = { project: project.id };
  const use = useQuery(reading(programmeContract.useFigures, { params }));
  const completion = useQuery(reading(programmeContract.completionReport, { params }));
  useLive(['projects'], (hint) => (hint.topic === 'reopened' || hint.project === project.id) && changedGatherings());
  if (failureOf(use, completion)) return <Failure of={[use, completion]} />;
  if (!use.data || !completion.data) return <ListBones rows={10} />;
  const [act, month] = (url.volet ?? '').split(':');
  return (
    <>
      <Both project={project} use={use.data} completion={completion.data} />
      {act === 'mois' && use.data.may.type && (
        <TypeMonthPanel
          project={project.id}
          use={use.data}
          month={month}
          onClose={() => setUrl({ volet: undefined })}
        />
      )}
    </>
  );
}

function Both({ project, use, completion }: { project: Project; use: Use; completion: Completion }) {
  const form = useSheet(
    `${project.id}:pv`,
    completion.fields,
    (field, body) => call(programmeContract.saveCompletionField, { params: { project: project.id, field }, body }),
    changedGatherings,
  );
  return (
    <div className={css.two}>
      <div className={`${css.beside} stack loose`}>
        <Figures project={project} use={use} />
        {use.months.length > 0 && <Signs use={use} />}
        {completion.may.write ? <CompletionForm form={form} /> : <CompletionRead form={form} />}
      </div>
      <div className={css.side}>
        <CompletionSide project={project} completion={completion} form={form} />
      </div>
    </div>
  );
}

function Figures({ project, use }: { project: Project; use: Use }) {
  const [url, setUrl] = useUrl();
  const params = { project: project.id };
  const share = useMutation({
    mutationFn: () => call(programmeContract.shareUse, { params }),
    onSuccess: () => {
      void changedGatherings();
      done(
        'Vos chiffres d’usage sont ouverts à ce projet.',
        () => call(programmeContract.withdrawUse, { params }).then(changedGatherings),
        'Chiffres retirés.',
      );
    },
    onError: failed,
  });
  const withdraw = useMutation({
    mutationFn: () => call(programmeContract.withdrawUse, { params }),
    onSuccess: () => {
      void changedGatherings();
      done(
        'Vos chiffres sont retirés du projet.',
        () => call(programmeContract.shareUse, { params }).then(changedGatherings),
        'Chiffres ouverts de nouveau.',
      );
    },
    onError: failed,
  });
  const remove = useMutation({
    mutationFn: (month: Month) => call(programmeContract.removeUseMonth, { params: { ...params, month: month.month } }),
    onSuccess: changedGatherings,
    onError: failed,
  });
  const table = url.tableau === 'oui';
  const typed = use.months.some(({ source }) => source === 'typed');
  return (
    <Card
      title="Usage pluriprofessionnel"
      action={
        use.months.length > 0 && (
          <SegmentedControl
            size="xs"
            aria-label="Affichage"
            value={table ? 'table' : 'chart'}
            onChange={(value) => setUrl({ tableau: value === 'table' ? 'oui' : undefined })}
            data={[
              { value: 'chart', label: 'Graphique' },
              { value: 'table', label: 'Tableau' },
            ]}
          />
        )
      }
    >
      <div className={`${css.body} stack`}>
        {use.here && !use.share?.shared && (
          <Note
            action={
              use.may.share && (
                <Button size="compact-md" loading={share.isPending} onClick={() => share.mutate()}>
                  Ouvrir nos chiffres
                </Button>
              )
            }
          >
            {use.may.share ? (
              <>
                Vous pouvez ouvrir à ce projet les chiffres d’usage de votre structure : combien de personnes et de
                professions écrivent, combien de dossiers sont tenus à plusieurs, réunions, protocoles, messages.{' '}
                <b>Des nombres seulement, par mois fini ; rien sous onze patients, aucun nom.</b> Vous pourrez les
                retirer tant que le procès-verbal n’est pas émis.
              </>
            ) : (
              'La structure travaille avec ce produit. Rien n’est lu chez elle tant que sa coordination n’a pas ouvert ses chiffres à ce projet.'
            )}
          </Note>
        )}
        {use.share?.shared && (
          <div className="row wrap">
            <Tag tone="success">chiffres ouverts par la structure</Tag>
            <span className="dim small">
              {use.share.by}, le {sayDate(use.share.at)}
            </span>
            <span className="grow" />
            {use.may.withdraw && (
              <Button size="compact-sm" variant="subtle" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
                Retirer nos chiffres
              </Button>
            )}
          </div>
        )}
        {use.months.length === 0 ? (
          <EmptyState icon={ChartIcon} title="Aucun mois de chiffres">
            {use.share?.shared
              ? 'Le premier mois du projet n’est pas fini : ses chiffres viendront ensuite.'
              : use.may.type
                ? 'Les chiffres se saisissent mois par mois, avec les documents qui les prouvent.'
                : 'Les chiffres viendront de la structure, ou seront saisis.'}
          </EmptyState>
        ) : table ? (
          <UseTable
            months={use.months}
            {...(typed &&
              use.may.type && {
                act: (month: Month) =>
                  month.source === 'typed' && (
                    <span className="row" style={{ justifyContent: 'end' }}>
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        onClick={() => setUrl({ volet: `mois:${month.month}` })}
                        aria-label={`Corriger ${sayMonth(`${month.month}-01`)}`}
                      >
                        Corriger
                      </Button>
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        onClick={() => remove.mutate(month)}
                        aria-label={`Retirer ${sayMonth(`${month.month}-01`)}`}
                      >
                        Retirer
                      </Button>
                    </span>
                  ),
              })}
          />
        ) : (
          <UseChart months={use.months} />
        )}
        {use.months.length > 0 && (
          <p className="dim tiny">
            {table
              ? ''
              : 'Barres : dossiers où l’on a écrit dans le mois ; partie foncée : par deux professions au moins. Tirets : professions qui écrivent. '}
            « &lt; 11 » : moins de onze patients concernés ; ce qui permettrait de le déduire n’est dit qu’entre deux
            bornes.{' '}
            {typed
              ? 'Chiffres saisis.'
              : 'Chiffres comptés dans les données de la structure, sans nom ni donnée de patient.'}
          </p>
        )}
        {use.may.type && (
          <div className="row wrap">
            <Button
              size="compact-md"
              variant="default"
              leftSection={<PlusIcon size={14} />}
              disabled={use.open.length === 0}
              onClick={() => setUrl({ volet: 'mois' })}
            >
              Saisir un mois
            </Button>
            <AddFile project={project.id} kind="evidence" label="Preuve d’usage" />
          </div>
        )}
      </div>
    </Card>
  );
}

const met = {
  yes: { tone: 'success', words: 'atteint' },
  no: { tone: 'warning', words: 'non atteint' },
  unknown: { tone: 'neutral', words: 'ne peut être dit' },
} as const;
const say = ({ value, unit }: Use['signs'][number]): string => {
  if (!value) return 'non publié';
  const of = (one: number) => (unit === 'share' ? Math.round(one * 100) : Math.round(one * 10) / 10);
  const shown = { low: of(value.low), high: of(value.high) };
  return unit === 'share'
    ? shown.low === shown.high
      ? `${shown.low} %`
      : `${shown.low} à ${shown.high} %`
    : sayBounds(shown);
};
/** Signs of good use, met or not. */
function Signs({ use }: { use: Use }) {
  return (
    <Card title="Repères de bon usage" count={`sur les ${Math.min(use.over, use.months.length)} derniers mois`}>
      <ul className={css.rules}>
        {use.signs.map((one) => (
          <li key={one.id}>
            <span className="row wrap">
              <span style={{ flex: '1 1 260px' }}>{one.label}</span>
              <b className="num">{say(one)}</b>
              <span className="dim small">
                au moins {one.unit === 'share' ? `${Math.round(one.atLeast * 100)} %` : sayNumber(one.atLeast)}
              </span>
              <Tag tone={met[one.met].tone}>{met[one.met].words}</Tag>
            </span>
            <span className="dim tiny">{one.source}</span>
          </li>
        ))}
      </ul>
      <p className="dim tiny" style={{ padding: '0 16px 14px' }}>
        {use.note}
      </p>
    </Card>
  );
}
