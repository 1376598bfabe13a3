import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { reading } from '../../../web/api.ts';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { MessagesIcon, ProblemIcon } from '../../../web/ui/icons.ts';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';

/** In the team's own page of the programme: its organisation, and how to ask for help. */
export function LeadingCards() {
  const maturity = useQuery(reading(programmeContract.maturity));
  const help = useQuery(reading(programmeContract.helpRequests));
  const { data } = maturity;
  const open = help.data?.figures.open ?? 0;
  return (
    <>
      <Card
        title="Notre organisation"
        action={
          data && (
            <Tag tone={data.readiness.state === 'defined' ? 'success' : 'warning'}>
              {data.readiness.state === 'defined'
                ? 'définie'
                : data.readiness.state === 'undefined'
                  ? 'à définir'
                  : 'à évaluer'}
            </Tag>
          )
        }
      >
        <div className={`${css.body} stack`}>
          <p className="small dim">
            L’organisation d’abord : l’équipe s’évalue sur seize dimensions, avant tout choix de logiciel, et recommence
            pour mesurer le chemin.
          </p>
          {data?.open && (
            <p className="small">
              Autoévaluation en cours depuis le {sayDate(data.open.openedOn)} : {sayCount(data.open.answers, 'réponse')}
              .
            </p>
          )}
          <Link to={'/programme/maturite' as string} className="row">
            <ProblemIcon size={16} /> {data?.open ? 'Répondre' : 'Ouvrir l’autoévaluation'}
          </Link>
        </div>
      </Card>
      <Card
        title="Aide et évolutions"
        action={open > 0 && <Tag tone="accent">{sayCount(open, 'demande ouverte', 'demandes ouvertes')}</Tag>}
      >
        <div className={`${css.body} stack`}>
          <p className="small dim">Une panne, une question, une évolution à demander à l’éditeur.</p>
          <Link to={'/programme/aide' as string} className="row">
            <MessagesIcon size={16} /> Demander de l’aide
          </Link>
        </div>
      </Card>
    </>
  );
}
