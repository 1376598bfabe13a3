import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import { sayCount } from '../../web/say.ts';
import { Card, Tag } from '../../web/ui/bits.tsx';
import { type Column, DataTable } from '../../web/ui/DataTable.tsx';
import { Note } from '../../web/ui/states.tsx';
import type { Counts, exchangeContract, RejectLine, WholeTakeOver } from '../contract.ts';
import css from './exchange.module.css';
import { causes, sayDuration, typeLabel } from './say.ts';
import { Where } from './Where.tsx';

type Checked = NonNullable<z.infer<typeof exchangeContract.takeOver.reply>['checked']>;

function Figure({ value, words, tone }: { value: number | string; words: string; tone?: 'warning' | 'success' }) {
  return (
    <div className={css.figure}>
      <b className={`num ${tone ?? ''}`}>{typeof value === 'number' ? value.toLocaleString('fr-FR') : value}</b>
      <span className="dim small">{words}</span>
    </div>
  );
}

type Row = Counts & { type: string };
const figure = (value: number) => (
  <span className={`num ${value === 0 ? 'dim' : ''}`}>{value.toLocaleString('fr-FR')}</span>
);
const columns: Column<Row>[] = [
  { key: 'type', title: 'Nature', render: (row) => typeLabel(row.type) },
  { key: 'created', title: 'Nouvelles', align: 'right', render: (row) => figure(row.created) },
  { key: 'updated', title: 'Mises à jour', align: 'right', wide: true, render: (row) => figure(row.updated) },
  { key: 'here', title: 'Déjà là', align: 'right', wide: true, render: (row) => figure(row.unchanged + row.existing) },
  {
    key: 'rejected',
    title: 'Rejets',
    align: 'right',
    render: (row) => <span className={row.rejected ? 'warning' : ''}>{figure(row.rejected)}</span>,
  },
];
function ByType({ counts }: { counts: Record<string, Counts> }) {
  const rows = Object.entries(counts)
    .map(([type, one]) => ({ type, ...one }))
    .sort((a, b) => b.created + b.updated - a.created - a.updated);
  return (
    <DataTable caption="Ressources par nature" rows={rows} columns={columns} rowKey={(row) => row.type} stickyTop="0" />
  );
}

const rejectColumns: Column<RejectLine>[] = [
  { key: 'file', title: 'Fichier', render: (one) => <Where line={one} /> },
  { key: 'type', title: 'Nature', render: (one) => one.type, wide: true },
  {
    key: 'cause',
    title: 'Motif',
    render: (one) => <Tag tone="warning">{causes[one.cause] ?? one.cause}</Tag>,
    wide: true,
  },
  {
    key: 'words',
    title: 'Raison',
    render: (one) => (
      <span className="small" style={{ overflowWrap: 'anywhere' }}>
        {one.words}
      </span>
    ),
  },
];

/** Who is perhaps there twice. */
function PossibleDuplicates({ found, words }: { found: Checked['duplicates']; words: string }) {
  if (found.total === 0) return null;
  return (
    <Card title="Doublons possibles" count={found.total}>
      <p className="small dim" style={{ padding: '0 16px 8px' }}>
        Même matricule INS, ou mêmes nom de naissance, premier prénom et date de naissance. {words}
      </p>
      <ul className="plain divided">
        {found.list.map((one, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
          <li key={i} className={css.pair}>
            <span>
              <b>{one.patient}</b> <span className="dim small">{one.where}</span>
            </span>
            <span>
              {one.otherId ? (
                <Link to="/patients/$patient" params={{ patient: one.otherId }}>
                  {one.other}
                </Link>
              ) : (
                <b>{one.other}</b>
              )}{' '}
              <span className="dim small">{one.otherWhere}</span>
            </span>
            <Tag tone="warning">{one.why === 'ins' ? 'même INS' : 'mêmes traits'}</Tag>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What the files say twice and not alike. */
function Contradictions({ found }: { found: Checked['contradictions'] }) {
  if (!found || found.total === 0) return null;
  return (
    <Card title="Dit plusieurs fois, autrement" count={found.total}>
      <div className={css.text}>
        <p className="small dim">
          Ces ressources viennent plusieurs fois avec des contenus différents. La plus récente reste, d’après la date
          que porte le fichier. Sans date, la dernière lue reste, les autres sont dans son historique, et reprendre les
          mêmes fichiers les écrirait de nouveau : retirez le plus ancien.
        </p>
        <ul className="plain small stack tight">
          {found.examples.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

/** What was before what comes. */
function Editions({ found, dry }: { found: Checked['editions']; dry?: boolean }) {
  if (!found || found.taken + found.here + found.left.total === 0) return null;
  const words = dry
    ? sayCount(found.taken, 'édition à reprendre', 'éditions à reprendre')
    : sayCount(found.taken, 'édition reprise', 'éditions reprises');
  return (
    <Card title="Éditions antérieures" count={found.taken + found.here + found.left.total}>
      <div className={css.text}>
        <p className="small dim">
          {words}
          {found.here > 0 && `, ${sayCount(found.here, 'déjà là', 'déjà là')}`}
          {found.left.total > 0 && `, ${sayCount(found.left.total, 'laissée', 'laissées')}`}. Elles se lisent dans
          l’historique de chaque élément, avec les mêmes droits que lui.
        </p>
        {found.left.examples.length > 0 && (
          <ul className="plain small stack tight">
            {found.left.examples.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}

/** Who had been made one at the source. */
function Merges({ found }: { found: NonNullable<WholeTakeOver['report']>['merges'] }) {
  if (!found || found.joined + found.ended + found.apart.total === 0) return null;
  const { joined, ended, apart } = found;
  return (
    <Card title="Dossiers réunis à leur source" count={joined + ended + apart.total}>
      <div className={css.text}>
        <ul className="plain small stack tight">
          {joined > 0 && (
            <li>
              {sayCount(joined, 'dossier l’est ici aussi', 'dossiers le sont ici aussi')} : l’ancien numéro mène au
              dossier qui reste et ne s’écrit plus. Annuler la reprise les sépare.
            </li>
          )}
          {ended > 0 && (
            <li>{sayCount(ended, 'ne l’est plus, comme à sa source', 'ne le sont plus, comme à leur source')}.</li>
          )}
          {apart.total > 0 && (
            <li>
              {sayCount(apart.total, 'ne l’est pas ici', 'ne le sont pas ici')}, parce que des lignes portent encore
              l’ancien numéro ou que leurs liens se contredisent : {apart.examples.slice(0, 10).join(', ')}
              {apart.total > 10 ? '…' : ''}. Demandez à la source de les y réunir, puis reprenez.
            </li>
          )}
        </ul>
      </div>
    </Card>
  );
}

/** What would enter, what would not and why, who is perhaps there twice, how long it will take. */
export function CheckReport({ report }: { report: Checked }) {
  const total = (pick: (one: Counts) => number) =>
    Object.values(report.counts).reduce((sum, one) => sum + pick(one), 0);
  const files = report.rejects.filter((one) => one.cause === 'file').length;
  return (
    <>
      <Card title="Essai à blanc">
        <div className={css.figures}>
          <Figure value={total((one) => one.created)} words="nouvelles" />
          <Figure value={total((one) => one.updated)} words="mises à jour" />
          <Figure value={total((one) => one.unchanged + one.existing)} words="déjà là" />
          <Figure
            value={report.rejected + files}
            words="rejets"
            tone={report.rejected + files > 0 ? 'warning' : 'success'}
          />
          <Figure
            value={report.duplicates.total}
            words="doublons possibles"
            tone={report.duplicates.total > 0 ? 'warning' : undefined}
          />
          <Figure value={sayDuration(report.estimatedSeconds)} words="durée estimée" />
        </div>
        <div className={css.scroll}>
          <ByType counts={report.counts} />
        </div>
      </Card>
      <PossibleDuplicates
        found={report.duplicates}
        words="La reprise crée les deux dossiers ; ils pourront être rapprochés ensuite."
      />
      <Contradictions found={report.contradictions} />
      <Editions found={report.editions} dry />
      {report.rejects.length > 0 && (
        <Card title="Ce qui serait rejeté" count={report.rejected + files}>
          <div className={css.scroll}>
            <DataTable
              caption="Rejets de l’essai à blanc"
              rows={report.rejects}
              columns={rejectColumns}
              rowKey={(one) => `${one.file} ${one.place} ${one.words}`}
              stickyTop="0"
            />
          </div>
          {report.rejected + files > report.rejects.length && (
            <p className="small dim pad">Les {report.rejects.length.toLocaleString('fr-FR')} premiers sont montrés.</p>
          )}
        </Card>
      )}
    </>
  );
}

/** What came in, and what was taken back. */
export function ImportReport({ run }: { run: WholeTakeOver }) {
  const { report, total, counts } = run;
  const { undo, missing, pending, unresolved } = report ?? {};
  return (
    <>
      {undo && (
        <Note tone={undo.left.total > 0 ? 'warning' : 'success'}>
          {sayCount(undo.removed, 'ressource retirée', 'ressources retirées')},{' '}
          {sayCount(undo.restored, 'remise', 'remises')} dans leur état antérieur
          {undo.editions
            ? `, ${sayCount(undo.editions, 'édition antérieure retirée', 'éditions antérieures retirées')}`
            : ''}
          .
          {undo.left.total > 0 &&
            ` ${sayCount(undo.left.total, 'a été laissée', 'ont été laissées')} (ce qui a été modifié depuis, et ce sur quoi s’appuie ce qui a été écrit depuis) : ${undo.left.list.slice(0, 20).join(', ')}${undo.left.total > 20 ? '…' : ''}`}
        </Note>
      )}
      {run.state !== 'undone' && (
        <Card title="Ce qui est entré">
          <div className={css.figures}>
            <Figure value={total.created} words="nouvelles" />
            <Figure value={total.updated} words="mises à jour" />
            <Figure value={total.unchanged + total.existing} words="déjà là" />
            <Figure value={run.open} words="en quarantaine" tone={run.open > 0 ? 'warning' : 'success'} />
            <Figure value={sayDuration(run.progress.seconds ?? 0)} words="durée" />
          </div>
          <div className={css.scroll}>
            <ByType counts={counts} />
          </div>
        </Card>
      )}
      {run.state === 'done' && report?.duplicates && (
        <PossibleDuplicates
          found={report.duplicates}
          words="Les deux dossiers existent : rapprochez-les s’il s’agit de la même personne."
        />
      )}
      {run.state === 'done' && <Contradictions found={report?.contradictions} />}
      {run.state === 'done' && <Editions found={report?.editions} />}
      {run.state === 'done' && <Merges found={report?.merges} />}
      {run.state === 'done' &&
        ((missing?.total ?? 0) > 0 || (pending?.length ?? 0) > 0 || (unresolved?.total ?? 0) > 0) && (
          <Card title="Liens sans destination">
            <div className={css.text}>
              <ul className="plain small stack tight">
                {missing && missing.total > 0 && (
                  <li>
                    {sayCount(missing.total, 'ressource citée n’est pas venue', 'ressources citées ne sont pas venues')}{' '}
                    : {missing.examples.slice(0, 10).join(', ')}
                    {missing.total > 10 ? '…' : ''}. Les liens sont gardés : ils se compléteront si elles viennent.
                  </li>
                )}
                {pending?.slice(0, 20).map((one) => (
                  <li key={`${one.target} ${one.system} ${one.value}`}>
                    {typeLabel(one.target)} d’identifiant « {one.value} » :{' '}
                    {sayCount(one.count, 'lien en attente', 'liens en attente')}.
                  </li>
                ))}
                {unresolved && unresolved.total > 0 && (
                  <li>
                    {sayCount(unresolved.total, 'lien interne sans destination', 'liens internes sans destination')} :{' '}
                    {unresolved.examples.slice(0, 5).join(', ')}
                  </li>
                )}
              </ul>
            </div>
          </Card>
        )}
    </>
  );
}
