import { Button, Menu } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { call, urlOf, failureOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { Face, Tag } from '../../../web/ui/bits.tsx';
import {
  BackIcon,
  CalendarIcon,
  DownIcon,
  EditIcon,
  PatientsIcon,
  PlayIcon,
  PrintIcon,
} from '../../../web/ui/icons.ts';
import { Bone, Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { coordinationContract, type MeetingDetail } from '../../contract.ts';
import { ClosePanel } from './ClosePanel.tsx';
import meetingCss from './meeting.module.css';
import { PeoplePanel, signPresence } from './People.tsx';
import { PlanPanel } from './PlanPanel.tsx';
import { Prepare } from './Prepare.tsx';
import { Review } from './Review.tsx';
import { Run } from './Run.tsx';
import { act, useMeeting } from './use-meetings.ts';
import { sayIn, sayWhen, toneOf, wasHeld } from './words.ts';

const modes = { preparer: 'Préparer', animer: 'Animer', relire: 'Relire' } as const;
type Mode = keyof typeof modes;
const modeOf = (meeting: MeetingDetail, wanted: string | undefined): Mode => {
  const open = meeting.state !== 'closed' && meeting.state !== 'cancelled';
  if (wanted === 'relire' && meeting.closedAt) return 'relire';
  if (wanted === 'preparer' && open) return 'preparer';
  if (wanted === 'animer' && open && meeting.state !== 'proposed') return 'animer';
  return meeting.state === 'running' ? 'animer' : open ? 'preparer' : 'relire';
};

/** `/coordination/reunions/$id`: one meeting, before, during and after, in one page. */
export default function MeetingPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const [url, setUrl] = useUrl();
  const query = useMeeting(id);
  if (failureOf(query)) return <Failure of={query} />;
  const meeting = query.data;
  if (!meeting) return <Bones />;
  const mode = modeOf(meeting, url.mode);
  const close = () => setUrl({ volet: undefined });
  const allowed: Mode[] = [
    ...(meeting.state !== 'closed' && meeting.state !== 'cancelled' ? (['preparer'] as const) : []),
    ...(meeting.state === 'booked' || meeting.state === 'running' ? (['animer'] as const) : []),
    ...(meeting.closedAt ? (['relire'] as const) : []),
  ];
  return (
    <div className={meetingCss.meeting} data-mode={mode}>
      <title>{`${meeting.title} · Estran`}</title>
      <Head meeting={meeting} />
      {allowed.length > 1 && (
        <nav className={meetingCss.modes} aria-label="Moments de la réunion">
          {allowed.map((one) => (
            <button
              type="button"
              key={one}
              data-on={one === mode || undefined}
              aria-current={one === mode ? 'page' : undefined}
              onClick={() => setUrl({ mode: one, volet: undefined })}
            >
              {one === 'animer' && !meeting.may.run ? 'Suivre' : modes[one]}
            </button>
          ))}
        </nav>
      )}
      {meeting.cancelled !== null && (
        <Note tone="warning">
          Réunion annulée{meeting.cancelled && ` : ${meeting.cancelled}`}. Ses patients attendent la suivante.
        </Note>
      )}
      {meeting.reopened && (
        <Note tone="info">
          Rouverte : {meeting.reopened}. Les comptes rendus du dossier restent tels quels jusqu’à la prochaine clôture,
          qui en fera une version corrigée.
        </Note>
      )}
      {mode === 'preparer' && <Prepare meeting={meeting} />}
      {mode === 'animer' && <Run meeting={meeting} />}
      {mode === 'relire' && <Review meeting={meeting} />}
      {url.volet === 'presences' && <PeoplePanel meeting={meeting} onClose={close} />}
      {url.volet === 'modifier' && meeting.may.run && <PlanPanel meeting={meeting} onClose={close} />}
      {url.volet === 'clore' && meeting.may.run && meeting.state === 'running' && (
        <ClosePanel meeting={meeting} onClose={close} />
      )}
    </div>
  );
}

const takeBack = ({ id, version }: MeetingDetail) =>
  call(coordinationContract.startMeeting, { params: { id }, body: { version, back: true } });

function Head({ meeting }: { meeting: MeetingDetail }) {
  const [, setUrl] = useUrl();
  const me = meeting.participants.find((one) => one.me);
  const there = meeting.participants.filter(
    (one) => one.attendance === 'present' || one.attendance === 'remote',
  ).length;
  const began = meeting.state === 'running' || meeting.state === 'closed';
  const reply = (answer: 'accepted' | 'declined') =>
    void act(
      call(coordinationContract.replyMeeting, { params: { id: meeting.id }, body: { reply: answer } }),
      answer === 'accepted' ? 'Vous avez dit que vous venez.' : 'Vous avez dit que vous ne venez pas.',
    );
  return (
    <header className={meetingCss.head}>
      <div className={meetingCss.headWords}>
        <Link to="/coordination/reunions" className={meetingCss.back} aria-label="Toutes les réunions">
          <BackIcon size={18} />
        </Link>
        <div>
          <h1>{meeting.title}</h1>
          <p className="dim">
            {sayWhen(meeting.start)}
            {meeting.place && `, ${meeting.place}`} · {meeting.minutes} min{' '}
            <Tag tone={toneOf(meeting.state)}>
              {meeting.state === 'booked' ? sayIn(meeting.start) : meeting.stateLabel}
            </Tag>
          </p>
        </div>
      </div>
      <div className={meetingCss.headActs}>
        <button
          type="button"
          className={meetingCss.faces}
          onClick={() => setUrl({ volet: 'presences' })}
          aria-label={
            began ? `Présences : ${there}/${meeting.participants.length}` : `${meeting.participants.length} invités`
          }
        >
          {meeting.participants.slice(0, 6).map((one) => (
            <span
              key={one.id ?? one.name}
              data-there={one.attendance === 'present' || one.attendance === 'remote' || undefined}
              data-no={one.reply === 'declined' || undefined}
            >
              <Face name={one.name} role={one.role} profession={one.profession} size={28} quiet />
            </span>
          ))}
          <span className="small num">
            <PatientsIcon size={15} style={{ verticalAlign: -2 }} />{' '}
            {began ? `${there}/${meeting.participants.length}` : meeting.participants.length}
          </span>
        </button>
        {meeting.state === 'booked' && me && me.reply === 'needs-action' && (
          <>
            <Button variant="default" onClick={() => reply('accepted')}>
              Je viens
            </Button>
            <Button variant="subtle" color="gray" onClick={() => reply('declined')}>
              Je ne peux pas
            </Button>
          </>
        )}
        {meeting.state === 'running' && me?.attendance !== 'present' && me?.attendance !== 'remote' && (
          <Button onClick={() => void signPresence(meeting, { state: 'present' }, 'Présence signée.')}>
            Je suis présent
          </Button>
        )}
        {meeting.may.run && meeting.state === 'booked' && (
          <Button
            leftSection={<PlayIcon size={16} />}
            onClick={() =>
              void act(
                call(coordinationContract.startMeeting, {
                  params: { id: meeting.id },
                  body: { version: meeting.version },
                }),
                'Réunion ouverte : chacun peut signer sa présence.',
                takeBack,
              ).then((after) => after && setUrl({ mode: undefined }))
            }
          >
            Ouvrir la réunion
          </Button>
        )}
        {meeting.may.run && meeting.state === 'running' && (
          <Button color="dark" variant="default" onClick={() => setUrl({ volet: 'clore' })}>
            Clore la réunion
          </Button>
        )}
        <Menu>
          <Menu.Target>
            <Button variant="default" rightSection={<DownIcon size={14} />}>
              Plus
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {meeting.may.run && meeting.state === 'running' && !wasHeld(meeting) && (
              <Menu.Item
                leftSection={<BackIcon size={16} />}
                onClick={() => void act(takeBack(meeting), 'Réunion à préparer, comme avant.')}
              >
                Ouverte par erreur : revenir à la préparation
              </Menu.Item>
            )}
            {meeting.may.run && meeting.state !== 'closed' && (
              <Menu.Item leftSection={<EditIcon size={16} />} onClick={() => setUrl({ volet: 'modifier' })}>
                Modifier date et participants
              </Menu.Item>
            )}
            <Menu.Item
              leftSection={<PrintIcon size={16} />}
              component="a"
              href={urlOf(coordinationContract.meetingPdf, { params: { id: meeting.id } })}
              target="_blank"
              rel="noreferrer"
            >
              {meeting.state === 'closed' ? 'Compte rendu en PDF' : 'Ordre du jour en PDF'}
            </Menu.Item>
            {meeting.start && (
              <Menu.Item
                leftSection={<CalendarIcon size={16} />}
                component="a"
                href={urlOf(coordinationContract.meetingCalendar, { params: { id: meeting.id } })}
                download
              >
                Fichier pour mon agenda
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
    </header>
  );
}
function Bones() {
  return (
    <div className={meetingCss.meeting}>
      <div className={meetingCss.head}>
        <div className="stack tight grow">
          <Bone w="34%" h={26} />
          <Bone w="22%" />
        </div>
      </div>
      <div className="card">
        <ListBones rows={8} height={56} />
      </div>
    </div>
  );
}
