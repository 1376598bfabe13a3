import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { sayDate, sayLongDate } from '../../../web/say.ts';
import { useMe } from '../../../web/session.ts';
import { BackIcon, GoalIcon, PrintIcon } from '../../../web/ui/icons.ts';
import { Bone, EmptyState, ErrorState, NoRight } from '../../../web/ui/states.tsx';
import css from './plans.module.css';
import { useCarePlan } from './use-care-plan.ts';

/** `/patients/:patient/pps`: one A4 page in large print that the patient takes home. */
export default function CarePlanSheet() {
  const { patient } = useParams({ strict: false }) as { patient: string };
  const me = useMe();
  const { data, error, refetch, allowed } = useCarePlan(patient);
  if (!allowed) return <NoRight />;
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <div className="page">
        <Bone h={400} />
      </div>
    );
  const { plan, patientName: name } = data;
  if (!plan)
    return (
      <EmptyState
        icon={GoalIcon}
        title="Pas encore de plan personnalisé de santé"
        action={
          <Link to="/patients/$patient" params={{ patient }} search={{ volet: 'pps' }}>
            Écrire le plan
          </Link>
        }
      >
        Le plan dit les objectifs du patient avec ses mots, qui fait quoi, et quand on se revoit.
      </EmptyState>
    );
  const actions = plan.actions.filter((action) => action.state !== 'cancelled' && action.state !== 'completed');
  return (
    <div className={css.desk}>
      <title>{`Plan de ${name} · Estran`}</title>
      <div className={`row wrap no-print ${css.bar}`}>
        <Button component={Link} to={`/patients/${patient}`} variant="subtle" leftSection={<BackIcon size={16} />}>
          Retour au dossier
        </Button>
        <span className="grow" />
        <Button leftSection={<PrintIcon size={16} />} onClick={() => print()}>
          Imprimer la page
        </Button>
      </div>
      <article className={css.sheet} lang="fr">
        <header>
          <p className={css.practice}>{me.practice.name}</p>
          <h1>Mon plan de santé</h1>
          <p>
            {name}, le {sayLongDate(plan.updated)}
          </p>
        </header>
        <section>
          <h2>Ce qui compte pour moi</h2>
          <ul>
            {plan.goals
              .filter((goal) => goal.state !== 'cancelled')
              .map((goal) => (
                <li key={goal.id} data-done={goal.state === 'completed' || undefined}>
                  « {goal.words} »
                  {goal.state === 'completed'
                    ? ' — c’est fait !'
                    : goal.due && <span> pour le {sayDate(goal.due)}</span>}
                </li>
              ))}
          </ul>
        </section>
        {actions.length > 0 && (
          <section>
            <h2>Qui fait quoi</h2>
            <table>
              <thead className="vh">
                <tr>
                  <th scope="col">Quoi</th>
                  <th scope="col">Qui</th>
                  <th scope="col">Quand</th>
                </tr>
              </thead>
              <tbody>
                {actions.map((action) => (
                  <tr key={`${action.title}${action.whoLabel}`}>
                    <td>{action.title}</td>
                    <td>{action.who.kind === 'patient' ? 'Moi' : action.whoLabel}</td>
                    <td>{action.when}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
        {plan.review && (
          <p className={css.review}>
            Nous en reparlons ensemble le <b>{sayLongDate(plan.review)}</b>.
          </p>
        )}
        <footer>
          {plan.by && (
            <p>
              Plan écrit avec {plan.by.name}
              {plan.by.role && `, ${plan.by.role.toLowerCase()}`}.
            </p>
          )}
          <p>Une question, un changement ? Parlez-en à l’un de nous. En cas d’urgence : 15 ou 112.</p>
        </footer>
      </article>
    </div>
  );
}
