import { Button } from '@mantine/core';
import { tied } from '../../../web/say.ts';
import { PrintIcon } from '../../../web/ui/icons.ts';
import { EmptyState } from '../../../web/ui/states.tsx';
import type { ProtocolModel } from '../../contract.ts';
import css from './protocols.module.css';
import { type Moment, type Told, tellYear } from './story.rules.ts';
import { sayMet } from './words.ts';

const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} et ${words.at(-1)}`;

/** A year of the protocol as a patient lives it: month by month, in plain words, with who will be met. Large print, made to be printed. */
export function PatientStory({ model, timeline }: { model: ProtocolModel; timeline: readonly Told[] }) {
  // The server says professions in words; whom a patient meets is said otherwise.
  const roles = new Map(model.steps.map((step) => [step.id, step.roles[0] ?? '']));
  const months = tellYear(timeline.map((one) => ({ ...one, role: roles.get(one.step) ?? one.role })));
  if (months.length === 0)
    return <EmptyState title="Rien à raconter encore">Ajoutez des étapes : l’année du patient s’écrit ici.</EmptyState>;
  return (
    <article className={css.story}>
      <header>
        <p className="dim">Votre suivi, mois par mois</p>
        <h2>{model.title}</h2>
        <p>
          Voici ce qui est prévu pendant un an. Vous pouvez poser des questions, demander un changement ou arrêter à
          tout moment.
        </p>
        <Button className="no-print" variant="default" leftSection={<PrintIcon size={16} />} onClick={() => print()}>
          Imprimer pour le patient
        </Button>
      </header>
      <ol className="plain">
        {months.map((month) => {
          const sure = month.moments.filter((one) => one.maybe === null);
          const maybe = month.moments.filter((one) => one.maybe !== null);
          return (
            <li key={month.month} className={css.month}>
              <h3>{month.label}</h3>
              {month.roles.length > 0 && <p className={css.met}>Vous verrez {list(month.roles.map(sayMet))}.</p>}
              <ul>
                {sure.map((one) => (
                  <Line key={one.step} one={one} />
                ))}
              </ul>
              {maybe.length > 0 && (
                <div className={css.maybe}>
                  <p>Et peut-être, selon votre situation :</p>
                  <ul>
                    {maybe.map((one) => (
                      <Line key={one.step} one={one} />
                    ))}
                  </ul>
                </div>
              )}
            </li>
          );
        })}
      </ol>
      {model.alerts.length > 0 && (
        <section className={css.call}>
          <h3>Appelez-nous si…</h3>
          <ul>
            {model.alerts.map((alert) => (
              <li key={alert.sign}>{tied(alert.sign)}</li>
            ))}
          </ul>
          <p>En cas d’urgence, appelez le 15.</p>
        </section>
      )}
    </article>
  );
}

const Line = ({ one }: { one: Moment }) => (
  <li data-again={one.again || undefined}>
    {one.again && <span className={css.again}>De nouveau : </span>}
    {tied(one.text)}
    {one.times > 1 && <span className={css.again}> ({one.times} fois ce mois-ci)</span>}
  </li>
);
