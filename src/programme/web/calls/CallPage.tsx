import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { failureOf, queries, reading } from '../../../web/api.ts';
import { useLive } from '../../../web/live.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { EditIcon } from '../../../web/ui/icons.ts';
import { Bone, EmptyState, Failure, Note } from '../../../web/ui/states.tsx';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { DiscardDraft } from './DiscardDraft.tsx';
import { EditionView } from './EditionView.tsx';

/** `/programme/appels/$edition`: a call as its text says it, of any of its versions. */
export default function CallPage() {
  const { edition } = useParams({ strict: false }) as { edition: string };
  const [url, setUrl] = useUrl();
  const query = useQuery(
    reading(programmeContract.regionCall, {
      params: { edition },
      query: url.version ? { version: Number(url.version) } : {},
    }),
  );
  useLive(['calls'], () => void queries.invalidateQueries({ queryKey: [programmeContract.regionCall.path] }));
  if (failureOf(query)) return <Failure of={query} />;
  const call = query.data;
  if (!call)
    return (
      <div className="page">
        <Bone h={320} />
      </div>
    );
  const shown = call.edition ?? call.draft?.edition;
  return (
    <div className="page">
      <title>{`${shown?.title ?? 'Appel'} · Estran`}</title>
      <header className="page-head">
        <div className={css.title}>
          <p className="small">
            <Link to={'/programme/appels' as string}>Appels</Link>
          </p>
          <h1>
            {shown?.title} {call.open && <Tag tone="success">ouvert</Tag>}
          </h1>
        </div>
        {call.writes && (
          <Button
            component={Link}
            to={`/programme/appels/${edition}/modifier` as string}
            variant="default"
            leftSection={<EditIcon size={16} />}
          >
            {call.draft ? 'Reprendre le brouillon' : 'Modifier'}
          </Button>
        )}
        {call.writes && call.draft && <DiscardDraft id={edition} draft={call.draft} published={call.published} />}
        {call.versions.length > 1 && (
          <Select
            aria-label="Version"
            size="xs"
            w={260}
            allowDeselect={false}
            data={call.versions.map((one) => ({
              value: String(one.version),
              label: `Version ${one.version} du ${sayDate(one.at)}, ${one.by}`,
            }))}
            value={String(call.version)}
            onChange={(version) =>
              setUrl({ version: version && Number(version) !== call.published ? version : undefined })
            }
          />
        )}
      </header>
      {call.edition && call.version !== call.published && (
        <div style={{ marginBottom: 16 }}>
          <Note tone="info">Vous lisez une version ancienne. La version en vigueur est la {call.published}.</Note>
        </div>
      )}
      {shown ? (
        <EditionView edition={shown} />
      ) : (
        <EmptyState title="Cet appel n’a pas de contenu">Il n’a encore jamais été publié.</EmptyState>
      )}
    </div>
  );
}
