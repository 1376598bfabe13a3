import { ActionIcon, Button, Select } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { call, reading, failureOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { CheckIcon, CloseIcon, EditIcon, InfoIcon, PlusIcon, RemoveIcon, ScaleIcon } from '../../../web/ui/icons.ts';
import { EmptyState, Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import { Scrolled } from '../parts.tsx';
import page from '../programme.module.css';
import type { Project } from '../projects/tabs.ts';
import { euros } from '../words.ts';
import css from './choice.module.css';
import { Bars, Pills } from './parts.tsx';
import { SolutionPanel } from './SolutionPanel.tsx';
import {
  changedChoice,
  coverageLabels,
  type Grid,
  hdsLabels,
  importanceLabels,
  importanceTones,
  labelLabels,
  modeLabels,
  sayProfession,
  type Solution,
} from './words.ts';

const order = { must: 0, should: 1, could: 2 };
const marks = {
  yes: { Icon: CheckIcon, tone: 'success' },
  partly: { Icon: InfoIcon, tone: 'warning' },
  no: { Icon: CloseIcon, tone: 'danger' },
  unknown: { Icon: InfoIcon, tone: 'neutral' },
} as const;
const coverages = (['yes', 'partly', 'no'] as const).map((value) => ({ value, label: coverageLabels[value] }));

/** Solutions side by side: what each is, costs and covers, with the score that it makes and why. */
export default function GridView({ project }: { project: Project }) {
  const params = { project: project.id };
  const query = useQuery(reading(programmeContract.grid, { params }));
  const [url, setUrl] = useUrl();
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data) return <ListBones rows={8} />;
  const grid = query.data;
  const [act, id] = (url.volet ?? '').split(':');
  const edited = grid.solutions.find((one) => one.id === id);
  const panel = grid.may.write && act === 'solution' && (!id || edited) && (
    <SolutionPanel
      key={id ?? 'new'}
      project={project.id}
      solution={edited}
      vendors={grid.vendors}
      onClose={() => setUrl({ volet: undefined })}
    />
  );
  if (grid.solutions.length === 0)
    return (
      <>
        <EmptyState
          icon={ScaleIcon}
          title="Aucune solution à comparer"
          action={
            grid.may.write ? (
              <Button leftSection={<PlusIcon size={16} />} onClick={() => setUrl({ volet: 'solution' })}>
                Ajouter une solution
              </Button>
            ) : undefined
          }
        >
          {grid.requirements.length === 0
            ? 'Le cahier des charges vient d’abord : chaque solution est comparée à ses exigences.'
            : 'Chaque solution est comparée exigence par exigence.'}
        </EmptyState>
        {panel}
      </>
    );
  return (
    <div className="stack loose">
      <div className="row wrap">
        {grid.may.write && (
          <Button leftSection={<PlusIcon size={16} />} onClick={() => setUrl({ volet: 'solution' })}>
            Ajouter une solution
          </Button>
        )}
        <span className="small dim">
          Note : chaque exigence couverte rapporte son poids (
          {grid.weights
            .map(({ importance, weight }) => `${importanceLabels[importance].toLowerCase()} ${weight}`)
            .join(', ')}
          ), la moitié si elle l’est en partie. « À voir » ne rapporte rien.
        </span>
      </div>
      <Summary grid={grid} project={project.id} open={(volet) => setUrl({ volet })} />
      <Scores grid={grid} />
      {grid.requirements.length === 0 ? (
        <Note>
          Le cahier des charges est vide : construisez-le dans « Besoins » pour comparer fonction par fonction.
        </Note>
      ) : (
        <Coverage grid={grid} project={project.id} />
      )}
      {panel}
    </div>
  );
}

function Summary({ grid, project, open }: { grid: Grid; project: string; open: (volet: string) => void }) {
  const turn = (solution: string, on: boolean) =>
    call(on ? programmeContract.restoreSolution : programmeContract.removeSolution, {
      params: { project, solution },
    }).then(changedChoice);
  const line = (title: string, cell: (one: Solution) => React.ReactNode) => (
    <tr>
      <th scope="row">{title}</th>
      {grid.solutions.map((one) => (
        <td key={one.id} data-chosen={one.id === grid.chosen || undefined}>
          {cell(one)}
        </td>
      ))}
    </tr>
  );
  return (
    <Card title="Les solutions" count={grid.solutions.length}>
      <Scrolled label="Les solutions, côte à côte">
        <table className={css.grid}>
          <caption className="vh">Ce qu’est et ce que coûte chaque solution</caption>
          <thead>
            <tr>
              <td />
              {grid.solutions.map((one) => (
                <th key={one.id} scope="col" data-chosen={one.id === grid.chosen || undefined}>
                  {one.name}
                  {one.id === grid.chosen && <Tag tone="success">retenue</Tag>}
                  <div className="dim small" style={{ fontWeight: 400 }}>
                    {one.company}
                    {one.vendorName && `, ${one.vendorName}`}
                  </div>
                  {grid.may.write && (
                    <span className="row no-print">
                      <ActionIcon aria-label={`Modifier ${one.name}`} onClick={() => open(`solution:${one.id}`)}>
                        <EditIcon size={16} />
                      </ActionIcon>
                      <ActionIcon
                        aria-label={`Retirer ${one.name}`}
                        onClick={() =>
                          void turn(one.id, false).then(
                            () =>
                              done(
                                `${one.name} n’est plus comparée.`,
                                () => turn(one.id, true),
                                'De nouveau comparée.',
                              ),
                            failed,
                          )
                        }
                      >
                        <RemoveIcon size={16} />
                      </ActionIcon>
                    </span>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {grid.requirements.length > 0 &&
              line('Note', ({ score, rank }) => (
                <>
                  <div className={css.score}>{score.percent} %</div>
                  <div className="dim small">
                    {rank === 1 ? '1re' : `${rank}e`} · {score.points} points sur {score.most}
                    {score.unknown > 0 && `, ${score.unknown} à voir`}
                  </div>
                  {score.lacking.length > 0 && (
                    <Tag tone="danger">
                      {sayCount(score.lacking.length, 'indispensable manque', 'indispensables manquent')}
                    </Tag>
                  )}
                </>
              ))}
            {line('Coût sur trois ans', ({ cost, costs }) =>
              costs.length === 0 ? (
                <span className="dim">non chiffré</span>
              ) : (
                <>
                  <div className="strong num">{euros(cost.threeYearsCents)}</div>
                  <div className="dim small">dont {euros(cost.firstYearCents)} la première année</div>
                  <details className="small">
                    <summary style={{ cursor: 'pointer', minHeight: 28 }}>Lignes</summary>
                    {cost.lines.map((one, at) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: two lines may say the same
                      <div key={at} className="row between num">
                        <span>{one.label}</span>
                        <span>{euros(one.cents)}</span>
                      </div>
                    ))}
                  </details>
                </>
              ),
            )}
            {line('Label e-santé (ANS)', ({ label }) => labelLabels[label])}
            {line('Mode', ({ mode }) => modeLabels[mode])}
            {line('Hébergement', ({ hds, host }) => (
              <>
                {hdsLabels[hds]}
                {host && <div className="dim small">{host}</div>}
              </>
            ))}
            {grid.solutions.some(({ note }) => note) &&
              line('Remarques', ({ note }) => <span className="as-typed">{note}</span>)}
          </tbody>
        </table>
      </Scrolled>
    </Card>
  );
}

/** What explains the scores: by importance and by profession. */
function Scores({ grid }: { grid: Grid }) {
  if (grid.requirements.length === 0) return null;
  return (
    <div className={page.cards}>
      {grid.solutions.map(({ id, name, score }) => (
        <Card key={id} title={name} count={`${score.percent} %`}>
          <div className={`${page.body} stack`}>
            <Bars
              label={`${name}, par importance`}
              lines={score.byImportance
                .filter(({ count }) => count > 0)
                .map((one) => ({
                  label: `${importanceLabels[one.importance]} (${one.count})`,
                  share: one.percent / 100,
                  text: `${one.percent} %`,
                }))}
            />
            {score.byProfession.length > 0 && (
              <>
                <p className="small dim">Ce qui compte pour chaque profession</p>
                <Bars
                  label={`${name}, par profession`}
                  lines={score.byProfession.map((one) => ({
                    label: sayProfession(one.profession),
                    share: one.percent / 100,
                    text: `${one.percent} %`,
                  }))}
                />
              </>
            )}
            {score.lacking.length > 0 && (
              <Note tone="warning">
                Indispensable et non couvert : {score.lacking.slice(0, 4).join(' ')}
                {score.lacking.length > 4 && ` Et ${score.lacking.length - 4} autres.`}
              </Note>
            )}
          </div>
        </Card>
      ))}
    </div>
  );
}

function Coverage({ grid, project }: { grid: Grid; project: string }) {
  const [url, setUrl] = useUrl();
  const professions = [...new Set(grid.requirements.flatMap((one) => one.professions))].sort((a, b) =>
    sayProfession(a).localeCompare(sayProfession(b), 'fr'),
  );
  const shown = grid.requirements.filter((one) => !url.profession || one.professions.includes(url.profession));
  const areas = [...Map.groupBy(shown, ({ area }) => area)];
  return (
    <Card
      title="Exigence par exigence"
      count={shown.length}
      action={
        <Select
          aria-label="Profession"
          placeholder="Toutes les professions"
          clearable
          size="xs"
          data={professions.map((value) => ({ value, label: sayProfession(value) }))}
          value={url.profession ?? null}
          onChange={(profession) => setUrl({ profession: profession ?? undefined })}
        />
      }
    >
      <Scrolled label="Exigence par exigence, par solution">
        <table className={css.grid}>
          <caption className="vh">Ce que chaque solution couvre</caption>
          <thead>
            <tr>
              <td />
              {grid.solutions.map((one) => (
                <th key={one.id} scope="col">
                  {one.name}
                </th>
              ))}
            </tr>
          </thead>
          {areas.map(([area, those]) => (
            <tbody key={area}>
              <tr>
                <th scope="rowgroup" colSpan={grid.solutions.length + 1}>
                  {area}
                </th>
              </tr>
              {[...those]
                .sort((a, b) => order[a.importance] - order[b.importance])
                .map((requirement) => (
                  <tr key={requirement.id}>
                    <th scope="row">
                      {requirement.sentence}
                      <div>
                        <Tag tone={importanceTones[requirement.importance]}>
                          {importanceLabels[requirement.importance]}
                        </Tag>
                      </div>
                    </th>
                    {grid.solutions.map((solution) => (
                      <td key={solution.id}>
                        <Cell
                          project={project}
                          solution={solution}
                          requirement={requirement.id}
                          sentence={requirement.sentence}
                          write={grid.may.write}
                        />
                      </td>
                    ))}
                  </tr>
                ))}
            </tbody>
          ))}
        </table>
      </Scrolled>
    </Card>
  );
}

function Cell({
  project,
  solution,
  requirement,
  sentence,
  write,
}: {
  project: string;
  solution: Solution;
  requirement: string;
  sentence: string;
  write: boolean;
}) {
  const held = solution.coverage.find((one) => one.requirement === requirement);
  const answer = held?.answer ?? 'unknown';
  const save = useMutation({
    mutationFn: (next: typeof answer) =>
      call(programmeContract.cover, {
        params: { project, solution: solution.id, requirement },
        body: { answer: next, note: held?.note ?? '', seen: held?.version ?? 0 },
      }),
    onSuccess: changedChoice,
    onError: (error) => {
      changedChoice();
      failed(error);
    },
  });
  const now = save.isPending ? save.variables : answer;
  if (write)
    return (
      <Pills
        hidden
        label={`${solution.name} : ${sentence}`}
        options={coverages}
        value={now === 'unknown' ? null : now}
        onChange={(next) => save.mutate(next ?? 'unknown')}
      />
    );
  const { Icon, tone } = marks[now];
  return (
    <Tag tone={tone} icon={<Icon size={13} />}>
      {coverageLabels[now]}
    </Tag>
  );
}
