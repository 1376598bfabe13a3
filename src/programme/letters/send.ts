import { tellNotice } from '../../access/index.ts';
import { type Db, renderPdf } from '../../platform/index.ts';
import { type Submission, submissionsOf } from '../applications/submissions.store.ts';
import type { Desk } from '../desk.ts';
import { openCarrier, type SendMail } from '../mails/carrier.ts';
import { leftBehind, type LetterRow, letterOf, setLetter } from './letters.store.ts';
import { decisionPaper } from './papers.ts';

export const letterTopic = 'programme.letter';
export const drawLetter = ({ data, at }: LetterRow): Buffer => renderPdf(decisionPaper, data, at);

/** Letters of decision: the team hears of its own inside the product as it leaves. */
export function openSender(
  desk: Pick<Desk, 'db' | 'now' | 'tell'>,
  mail: SendMail | undefined,
  publicUrl: string,
  failed: (error: unknown) => void,
) {
  const { db, tell } = desk;
  return openCarrier<LetterRow & { to: string }>(
    desk,
    {
      name: 'letters',
      topic: letterTopic,
      payload: 'letter',
      hint: 'letters',
      leftBehind,
      mark: setLetter,
      read: async (sql, tenant, id) => {
        const letter = await letterOf(sql, tenant, id, true);
        return letter && { ...letter, to: letter.mail };
      },
      files: async (_tenant, letter) => [
        {
          filename: `${letter.reference}.pdf`,
          content: drawLetter(letter).toString('base64'),
          encoding: 'base64',
          contentType: 'application/pdf',
        },
      ],
      claimed: async (tenant, letter) => {
        const [sent] = (
          await db.tenant(tenant, (sql) => submissionsOf(sql, tenant, [letter.application]))
        ).toReversed();
        const practice = sent?.practiceTenant ?? null;
        if (practice === null) return;
        if (letter.attempts === 0 && letter.version === 1) await tellTeam(db, sent!, letter);
        tell(practice, { topic: 'application', application: letter.application });
      },
    },
    mail,
    publicUrl,
    failed,
  );
}

/** A notice to whoever submitted, in their practice, without content. */
const tellTeam = (db: Db, { practiceTenant, practitioner }: Submission, { edition }: LetterRow): Promise<void> =>
  db.transaction(practiceTenant!, (sql) =>
    tellNotice(sql, practiceTenant!, {
      practitioner,
      kind: `programme:${edition}`,
      patient: null,
      words: 'La décision sur votre candidature au programme régional est dans le dossier de l’équipe.',
    }),
  );
