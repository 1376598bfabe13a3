import { useState } from 'react';
import { call } from '../../../web/api.ts';
import { CheckIcon, WarningIcon } from '../../../web/ui/icons.ts';
import { coordinationContract, type Discussion, type MeetingDetail } from '../../contract.ts';
import meetingCss from './meeting.module.css';
import { act } from './use-meetings.ts';

/** Who is around the table and may not hear of this patient: told to whoever runs the meeting, with what can be done about it. */
export function Outside({
  meeting,
  discussion,
  present,
}: {
  meeting: MeetingDetail;
  discussion: Discussion;
  /** Only those who are there. */
  present?: boolean;
}) {
  const [busy, setBusy] = useState('');
  const there = new Set(
    meeting.participants
      .filter((one) => one.attendance === 'present' || one.attendance === 'remote')
      .map((one) => one.id),
  );
  const people = discussion.outside.filter((one) => !present || there.has(one.id));
  if (people.length === 0) return null;
  const [askable, never] = [people.filter((one) => !one.opposed), people.filter((one) => one.opposed)];
  const agreed = async (one: (typeof people)[number]) => {
    setBusy(one.id);
    await act(
      call(coordinationContract.joinForMeeting, {
        params: { id: meeting.id, discussion: discussion.id },
        body: { practitioner: one.id, agreed: true },
      }),
      `${one.name} rejoint l’équipe de soins, avec l’accord du patient.`,
    );
    setBusy('');
  };
  return (
    <div className={meetingCss.outside} role="note">
      <WarningIcon size={16} />
      <div>
        {askable.length > 0 && (
          <>
            {askable.length === 1
              ? `${askable[0]!.name} n’est pas dans l’équipe de ce patient : recueillez l’accord du patient, ou faites sortir cette personne.`
              : `${askable.length} invités ne sont pas dans l’équipe de ce patient : recueillez son accord, ou faites-les sortir pendant la discussion.`}
            <span className={meetingCss.agree} role="group" aria-label="Le patient est d’accord pour">
              <span className="dim small">Le patient est d’accord pour :</span>
              {askable.map((one) => (
                <button type="button" key={one.id} disabled={busy === one.id} onClick={() => void agreed(one)}>
                  <CheckIcon size={13} /> {one.name}
                </button>
              ))}
            </span>
          </>
        )}
        {never.length > 0 && (
          <span>{never.map((one) => one.name).join(', ')} : la profession ne lit pas les concertations.</span>
        )}
      </div>
    </div>
  );
}
