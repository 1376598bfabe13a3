import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { reading } from '../../../web/api.ts';
import { sayCount } from '../../../web/say.ts';
import { useMe } from '../../../web/session.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { DoneIcon, RightIcon } from '../../../web/ui/icons.ts';
import { accessContract } from '../../contract.ts';
import css from './structure.module.css';

/** On the day of whoever keeps the practice, until it has a site and somebody who treats: what is done, what comes next (SEC-2). */
export default function FirstSteps() {
  const me = useMe();
  const people = useQuery(reading(accessContract.people));
  const practice = useQuery({
    ...reading(accessContract.practice),
    enabled: me.acts.includes('settings'),
  });
  if (!people.data || !practice.data) return null;
  const carers = people.data.filter(({ kind, status }) => kind === 'care' && status !== 'disabled');
  const here = carers.filter(({ status }) => status === 'active');
  const sites = practice.data.sites.length;
  if (sites > 0 && here.length > 0) return null;
  const waiting = carers.length - here.length;
  return (
    <div style={{ marginBottom: 16 }}>
      <Card title="Mettre la structure en service">
        <ol className="plain">
          <Step done={sites > 0} step="sites" title="Indiquer où vous travaillez">
            {sites > 0 ? `${sayCount(sites, 'site enregistré', 'sites enregistrés')}.` : 'Un cabinet suffit.'}
          </Step>
          <Step done={carers.length > 0} step="personnes" title="Inviter votre équipe">
            {carers.length === 0
              ? 'Chacun choisit lui-même son mot de passe. Vous soignez aussi ? Invitez-vous, à la même adresse : ce compte d’administration n’ouvre aucun dossier.'
              : waiting > 0
                ? `${sayCount(waiting, 'personne n’a pas encore ouvert son compte', 'personnes n’ont pas encore ouvert leur compte')} : le lien se renvoie depuis la page Structure.`
                : 'Tout le monde a ouvert son compte.'}
          </Step>
          <Step done={false} title="Ouvrir les dossiers">
            {me.acts.includes('import') && <Link to={'/reprise' as string}>Reprenez ceux d’un autre logiciel</Link>}
            {me.acts.includes('import') ? ', ou laissez' : 'Laissez'} vos soignants créer le premier depuis Patients.
          </Step>
        </ol>
      </Card>
    </div>
  );
}

function Step({ done, step, title, children }: { done: boolean; step?: string; title: string; children: ReactNode }) {
  return (
    <li className={css.item}>
      {done ? <DoneIcon size={18} stroke={1.8} color="var(--success)" /> : <RightIcon size={18} stroke={1.8} />}
      <span className="grow">
        {step ? (
          <Link to="/bienvenue" search={{ etape: step } as never}>
            {title}
          </Link>
        ) : (
          <b>{title}</b>
        )}
        {done && <span className="vh"> (fait)</span>}
        <span className="dim small" style={{ display: 'block' }}>
          {children}
        </span>
      </span>
    </li>
  );
}
