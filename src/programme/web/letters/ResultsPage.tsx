import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { reading } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { PrintIcon } from '../../../web/ui/icons.ts';
import { Bone, Failure } from '../../../web/ui/states.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../simulator.module.css';

/** `/programme/resultats/$region/$edition`: the published list, open to all. */
export default function ResultsPage() {
  const params = useParams({ strict: false }) as { region: string; edition: string };
  const query = useQuery(reading(programmeContract.results, { params }));
  const list = query.data;
  return (
    <main className={css.page} style={{ maxWidth: 860 }}>
      <title>Résultats · Estran</title>
      <Failure of={query} />
      {query.isPending && <Bone h={320} />}
      {list && (
        <>
          <header className={css.head}>
            <div>
              <p className="dim small">{list.publisher}</p>
              <h1>{list.title} : résultats</h1>
              <p className="dim">
                Décision du {list.decidedOn}, publiée le {sayDate(list.publishedAt)}.
              </p>
            </div>
            <Button
              className="no-print"
              variant="default"
              leftSection={<PrintIcon size={16} />}
              onClick={() => print()}
            >
              Imprimer
            </Button>
          </header>
          <div className="stack loose">
            <List
              title={`Équipes retenues (${list.chosen.length} sur ${list.places} ${list.places > 1 ? 'places' : 'place'})`}
              lines={list.chosen}
            />
            {list.waiting.length > 0 && <List title="Liste d’attente" lines={list.waiting} />}
            {list.refused > 0 && (
              <p className="dim">
                {list.refused}{' '}
                {list.refused > 1 ? 'candidatures n’ont pas été retenues' : 'candidature n’a pas été retenue'}. Chaque
                équipe en connaît les motifs.
              </p>
            )}
          </div>
        </>
      )}
    </main>
  );
}

function List({
  title,
  lines,
}: {
  title: string;
  /** `place`: on a waiting list; equals share theirs. */
  lines: readonly { team: string; territory: string; place?: number }[];
}) {
  const Tag = lines.some(({ place }) => place !== undefined) ? 'ol' : 'ul';
  const shared = (one: (typeof lines)[number]) =>
    one.place !== undefined && lines.filter(({ place }) => place === one.place).length > 1;
  return (
    <section className={css.card} aria-label={title}>
      <h2>{title}</h2>
      <Tag className={css.notes}>
        {lines.map((one) => (
          <li key={one.team} value={one.place}>
            <b>{one.team}</b> <span className="dim">{one.territory}</span>
            {shared(one) && <span className="dim"> · ex æquo</span>}
          </li>
        ))}
      </Tag>
    </section>
  );
}
