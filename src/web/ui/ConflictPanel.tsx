import { Button } from '@mantine/core';
import { ofName, sayAgo } from '../say.ts';
import { Note } from './states.tsx';
import css from './ConflictPanel.module.css';

/** Two people changed the same thing (SEC-11): both versions side by side, nothing overwritten in silence. */
export function ConflictPanel({
  who,
  when,
  rows,
  onKeepMine,
  onTakeTheirs,
  pending,
}: {
  who: string;
  when: string;
  rows: readonly { label: string; before: string; after: string; changed: boolean }[];
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  pending?: boolean;
}) {
  return (
    <section className="stack" aria-label="Deux versions">
      <Note tone="warning" live>
        <b>{who}</b> a enregistré une autre version {sayAgo(when)}. Rien n’est perdu : votre saisie est conservée
        ci-dessous. Choisissez.
      </Note>
      <Comparison rows={rows} before={`Version ${ofName(who)}`} after="Votre saisie" />
      <div className="row wrap">
        <Button variant="default" onClick={onTakeTheirs}>
          Garder la version {ofName(who)}
        </Button>
        <Button variant="light" onClick={onKeepMine} loading={pending}>
          Enregistrer ma version
        </Button>
      </div>
    </section>
  );
}

/** Two versions field by field; what differs is marked by a sign and a ground, not by colour alone. */
export function Comparison({
  rows,
  before,
  after,
  onlyChanged,
}: {
  rows: readonly { label: string; before: string; after: string; changed: boolean }[];
  before: string;
  after: string;
  onlyChanged?: boolean;
}) {
  const shown = onlyChanged ? rows.filter((row) => row.changed) : rows;
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th scope="col">
            <span className="vh">Champ</span>
          </th>
          <th scope="col">{before}</th>
          <th scope="col">{after}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((row) => (
          <tr key={row.label} data-changed={row.changed || undefined}>
            <th scope="row">
              {row.changed && (
                <>
                  <span aria-hidden>≠ </span>
                  <span className="vh">différent : </span>
                </>
              )}
              {row.label}
            </th>
            <td>{row.before || <span className="dim">—</span>}</td>
            <td>{row.after || <span className="dim">—</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
