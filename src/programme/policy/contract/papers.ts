/** Papers, files and mails of a track. */
import { z } from 'zod';
import { contract } from '../../../platform/http/contract.ts';
import { fileLine, mailLine } from '../../projects/contract.ts';
import { id, instruct, trackId } from './common.ts';

const ofFile = trackId.extend({ file: id });

export const papersContract = contract({
  trackPaper: {
    method: 'GET',
    path: '/api/programme/tracks/:track/papers/:paper',
    may: 'signed-in',
    does: 'A paper of the track, PDF/A',
    params: trackId.extend({ paper: id }),
  },
  addTrackFile: {
    method: 'POST',
    path: '/api/programme/tracks/:track/files',
    may: 'signed-in',
    does: 'Adds a PDF (multipart: `document`: its kind, `proof-<action>` for a proof, then `file`; 10 MB)',
    params: trackId,
    reply: fileLine,
  },
  trackFile: {
    method: 'GET',
    path: '/api/programme/tracks/:track/files/:file',
    may: 'signed-in',
    does: 'A file of the track, PDF',
    params: ofFile,
  },
  removeTrackFile: {
    method: 'POST',
    path: '/api/programme/tracks/:track/files/:file/remove',
    may: 'signed-in',
    does: 'Takes a file out',
    params: ofFile,
  },
  restoreTrackFile: {
    method: 'POST',
    path: '/api/programme/tracks/:track/files/:file/restore',
    may: 'signed-in',
    does: 'Puts a file back',
    params: ofFile,
  },
  trackMails: {
    method: 'GET',
    path: '/api/programme/tracks/:track/mails',
    may: instruct,
    does: 'Mails of the track and how far each is',
    params: trackId,
    reply: z.object({ mails: z.boolean(), lines: z.array(mailLine) }),
  },
  sendTrackMail: {
    method: 'POST',
    path: '/api/programme/tracks/:track/mails/:mail/send',
    may: instruct,
    does: 'Sends a mail again on purpose: one that failed, or whose sending was cut',
    params: trackId.extend({ mail: id }),
  },
});
