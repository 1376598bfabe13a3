import { useUrl } from '../../../web/routes.tsx';
import { AboutCard } from './AboutCard.tsx';
import { AboutPanel } from './AboutPanel.tsx';
import { ChecksCard } from './ChecksCard.tsx';
import { Meetings } from './Meetings.tsx';
import { PeopleCard } from './PeopleCard.tsx';
import own from './policy.module.css';
import { RequestCard } from './RequestCard.tsx';
import type { Track } from './words.ts';

/** Phase 1: who the team is, who met, what is checked, the request for support. */
export default function TeamTab({ track }: { track: Track }) {
  const [url, setUrl] = useUrl();
  return (
    <div className={own.two}>
      <div className="stack loose">
        <AboutCard track={track} edit={() => setUrl({ volet: 'equipe' })} />
        <Meetings track={track} phase={1} />
      </div>
      <aside className={own.side} aria-label="Où en est la phase 1">
        {track.phase === 1 && <RequestCard track={track} />}
        <ChecksCard track={track} />
        <PeopleCard track={track} />
      </aside>
      {url.volet === 'equipe' && track.may.manage && (
        <AboutPanel track={track} onClose={() => setUrl({ volet: undefined })} />
      )}
    </div>
  );
}
