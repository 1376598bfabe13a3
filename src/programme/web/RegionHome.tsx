import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queries, reading, failureOf } from '../../web/api.ts';
import { useLive } from '../../web/live.ts';
import { sayCount } from '../../web/say.ts';
import { useMe } from '../../web/session.ts';
import { Card, Tag } from '../../web/ui/bits.tsx';
import { Bone, Failure, Nothing } from '../../web/ui/states.tsx';
import { professionLabel } from '../../web/words.ts';
import { programmeContract } from '../contract.ts';
import css from './programme.module.css';
import { ByStep, Followed, Waits } from './region/Today.tsx';
import { sayDeadline } from './words.ts';

/** What each actor of the programme finds here (ACT-1 to ACT-6), and what they never will. */
const roles: Record<string, { lead: string; finds: string[] }> = {
  'ars-officer': {
    lead: 'Vous ouvrez les appels, examinez les candidatures, décidez et notifiez.',
    finds: [
      'Appels : écrire un appel, changer ses règles, l’essayer sur des dossiers, le publier.',
      'Dossiers : lire les candidatures à côté des règles, noter, classer, simuler un nombre de places, décider.',
      'Courriers : notifications numérotées en PDF, envoi suivi, liste publique des résultats.',
      'Modèles : la grille des démonstrations, les clauses, le plan du projet de santé, et les jours des relances.',
    ],
  },
  'commission-member': {
    lead: 'Vous lisez les candidatures déposées et donnez votre avis.',
    finds: [
      'Dossiers : chaque candidature à côté des règles, vos notes avec leurs motifs.',
      'Un lien avec une équipe ? Déclarez-le : vous ne la notez pas et ses chiffres ne vous sont pas montrés.',
    ],
  },
  'gcs-officer': {
    lead: 'Vous portez l’appui méthodologique aux équipes retenues.',
    finds: [
      'Projets : les étapes de chaque équipe, qui l’accompagne, ce qui la bloque.',
      'Carte : les équipes par étape, retard, dépense et usage.',
      'Appels : les règles et le calendrier de chaque appel.',
      'Demandes : les pannes et questions des équipes, leurs délais ; leurs demandes d’évolution, à réunir et à envoyer.',
    ],
  },
  consultant: {
    lead: 'Vous accompagnez les équipes retenues : besoins, choix, déploiement, clôture.',
    finds: [
      'Projets : ceux qui vous sont confiés, étape par étape, avec leurs documents.',
      'Appels : les règles, les montants et le calendrier qui s’appliquent aux équipes.',
      'Demandes : celles de vos équipes, à résoudre ou à transmettre.',
    ],
  },
  vendor: {
    lead: 'Vous proposez et installez les logiciels des équipes.',
    finds: [
      'Devis : les équipes qui vous sollicitent, ce qu’elles demandent, ce que deviennent vos devis.',
      'Appels : ce que chaque appel demande d’un logiciel, et ce qu’il finance.',
      'Demandes : les pannes qui vous sont transmises, les évolutions que les équipes vous demandent.',
    ],
  },
  partner: {
    lead: 'Vous apportez un appui aux équipes, dans votre champ.',
    finds: [
      'Projets : ce que des équipes partagent avec vous.',
      'Appels : les règles et le calendrier, pour orienter les équipes.',
      'Demandes : celles qui vous sont transmises.',
    ],
  },
  administrator: {
    lead: 'Vous ouvrez les comptes des personnes de la région.',
    finds: ['Structure : personnes, réglages.'],
  },
};

/** `/region`: where a person of the region begins. */
export default function RegionHome() {
  const me = useMe();
  const home = useQuery(reading(programmeContract.home));
  const calls = useQuery(reading(programmeContract.regionCalls));
  const day = useQuery(reading(programmeContract.today));
  useLive(
    ['projects', 'files', 'letters', 'calls', 'programme-mails', 'region'],
    () => void queries.invalidateQueries({ queryKey: [programmeContract.today.path] }),
  );
  const mine = roles[me.profession] ?? roles.partner!;
  if (failureOf(home)) return <Failure of={home} />;
  const examines = me.acts.includes('review-applications');
  return (
    <div className="page">
      <title>Accueil · Estran</title>
      <header className="page-head">
        <div className={css.title}>
          <h1>{me.practice.name}</h1>
          <p className="dim">
            {professionLabel(me.profession)} · {mine.lead}
          </p>
        </div>
      </header>
      <Failure compact of={day} />
      {me.profession !== 'administrator' && (
        <div className={css.halves} style={{ marginBottom: 16 }}>
          <div className="stack loose">
            <Waits waits={day.data?.waits} />
            {day.data &&
              ['officer', 'gcs', 'consultant', 'reviewer'].includes(day.data.as) &&
              day.data.steps.length > 0 && <ByStep steps={day.data.steps} />}
          </div>
          {day.data && day.data.as !== 'vendor' && (
            <Followed projects={day.data.projects} mine={day.data.as === 'consultant' || day.data.as === 'partner'} />
          )}
        </div>
      )}
      <div className={css.cards}>
        <Card title="Ce que vous trouvez ici">
          <div className={css.body}>
            <ul className={css.steps}>
              {mine.finds.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
            <p className="dim small" style={{ marginTop: 12 }}>
              Le programme ne contient aucune donnée de patient, et personne de la région n’ouvre un dossier de soins.
            </p>
          </div>
        </Card>
        <Card
          title="Appels ouverts"
          count={home.data?.open.length}
          action={<Link to={'/programme/appels' as string}>Tous les appels</Link>}
        >
          {!home.data && <Bone h={60} />}
          {home.data?.open.length === 0 && <Nothing>Aucun appel n’est ouvert aujourd’hui.</Nothing>}
          {home.data?.open.map((call) => (
            <div key={call.id} className={css.body}>
              <Link to={`/programme/appels/${call.id}` as string} className="strong">
                {call.title}
              </Link>
              <p className="dim small">Jusqu’au {sayDeadline(call.deadline)}</p>
            </div>
          ))}
        </Card>
        {examines &&
          calls.data?.calls
            .filter((call) => call.counts && (call.counts.submitted > 0 || call.open))
            .map((call) => (
              <Card
                key={call.id}
                title={call.title}
                action={
                  call.open ? (
                    <Tag tone="success">ouvert</Tag>
                  ) : call.decidedAt ? (
                    <Tag>décidé</Tag>
                  ) : (
                    <Tag tone="warning">à examiner</Tag>
                  )
                }
              >
                <div className={css.figures}>
                  <div>
                    <div className={css.figure}>{call.counts!.submitted}</div>
                    <div className="dim small">
                      {call.counts!.submitted > 1 ? 'candidatures déposées' : 'candidature déposée'}
                    </div>
                  </div>
                  <div>
                    <div className={css.figure}>{call.places}</div>
                    <div className="dim small">places</div>
                  </div>
                </div>
                <div className={css.body}>
                  {call.counts!.drafts > 0 && (
                    <p className="dim small">
                      {sayCount(
                        call.counts!.drafts,
                        'dossier commencé, que vous ne voyez pas',
                        'dossiers commencés, que vous ne voyez pas',
                      )}
                      .
                    </p>
                  )}
                  <Link to={'/programme/dossiers' as string} search={{ appel: call.id } as never}>
                    Voir les dossiers
                  </Link>
                </div>
              </Card>
            ))}
      </div>
    </div>
  );
}
