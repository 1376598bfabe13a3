import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { reading, failureOf } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { useUrl } from '../../../web/routes.tsx';
import { useMe } from '../../../web/session.ts';
import { Failure, ListBones } from '../../../web/ui/states.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { DemandsView } from './DemandsView.tsx';
import { HelpView } from './HelpView.tsx';
import { changedDemands, changedHelp } from './words.ts';

/** `/programme/aide` in a practice, `/programme/demandes` in the region: requests for help, demands for evolution (REC-7). */
export default function DeskPage() {
  const me = useMe();
  const [url, setUrl] = useUrl();
  const inPractice = me.practice.kind === 'practice';
  const tab = url.onglet === 'evolutions' ? 'evolutions' : 'aide';
  useLive(['help'], changedHelp);
  useLive(['demands'], changedDemands);
  return (
    <div className="page">
      <title>{`${inPractice ? 'Aide' : 'Demandes'} · Estran`}</title>
      <header className="page-head">
        <div className={css.title}>
          {inPractice && (
            <p className="small row">
              <Link to={'/programme' as string}>Programme régional</Link>
              <Link to={'/programme/maturite' as string}>Notre organisation</Link>
            </p>
          )}
          <h1>{inPractice ? 'Aide' : 'Demandes des équipes'}</h1>
          <p className="dim">
            {inPractice
              ? 'Une panne, une question : la région répond. Une demande d’évolution : elle est portée avec d’autres équipes.'
              : 'Pannes et questions, avec leurs délais ; demandes d’évolution, réunies puis envoyées aux éditeurs.'}
          </p>
        </div>
      </header>
      <Tabs
        value={tab}
        onChange={(onglet) =>
          setUrl(
            { onglet: onglet === 'aide' ? undefined : (onglet ?? undefined), volet: undefined, etat: undefined },
            { push: true },
          )
        }
        keepMounted={false}
      >
        <Tabs.List aria-label="Demandes" style={{ marginBottom: 16 }}>
          <Tabs.Tab value="aide">Pannes et questions</Tabs.Tab>
          <Tabs.Tab value="evolutions">Demandes d’évolution</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="aide">
          <Help />
        </Tabs.Panel>
        <Tabs.Panel value="evolutions">
          <Evolutions />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}
function Help() {
  const query = useQuery(reading(programmeContract.helpRequests));
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data) return <ListBones rows={8} />;
  return <HelpView list={query.data} />;
}
function Evolutions() {
  const query = useQuery(reading(programmeContract.demands));
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data) return <ListBones rows={8} />;
  return <DemandsView demands={query.data} />;
}
