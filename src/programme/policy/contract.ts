import { agreementContract } from './contract/agreement.ts';
import { healthProjectContract } from './contract/health-project.ts';
import { meetingsContract } from './contract/meetings.ts';
import { papersContract } from './contract/papers.ts';
import { supportContract } from './contract/support.ts';
import { trackContract } from './contract/track.ts';

export { coreRequirements, outline } from './contract/outlines.ts';
export { type AboutTrack, trackLine } from './contract/track.ts';

/** The way from people to a recognised team. `signed-in`: the handler looks at the track with the caller's Viewer (policy/reach.ts). */
export const policyContract = {
  ...trackContract,
  ...meetingsContract,
  ...supportContract,
  ...healthProjectContract,
  ...agreementContract,
  ...papersContract,
};
