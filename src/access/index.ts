/** Access: people, sessions, practices, rights. «May X do Y on Z?» is answered here and nowhere else. */

export { type AccessLine, accessLog } from './access-log.ts';
export {
  actorOf,
  type Caller,
  type ClientCaller,
  type PersonCaller,
  type PracticeRole,
  type SystemCaller,
} from './caller.ts';
export { asCaller, carersOf, goneFrom, membersOf, outsideTeam, type Staff, staffOf } from './carers.store.ts';
export type { NewClient } from './clients/clients.ts';
export { type AccessContext, accessCommands, practiceNamed } from './commands.ts';
export { accessContract } from './contract.ts';
export { mayCall, mayReach, rightsOf, type Standing, sightOf, type Verdict, verdict } from './decide.ts';
export { backgroundHeader, type Ctx, checkOrigin, createGuard } from './guard.ts';
export type { Hooks, Mailer, MailFile, PatientFacts, PersonFacts } from './house.ts';
export { cannotReach, keptOut, mustBeLetIn, professionKeptOut } from './kept-out.ts';
export { type KindOfData, kindCodes, kindsOfData, maskOf } from './kinds-of-data.ts';
export {
  endMerge,
  followMerge,
  type MergedPatient,
  mergedInto,
  mergedState,
  takenMerges,
} from './merged-patients.store.ts';
export { tellNotice } from './notices.store.ts';
export { accessMatrix, deadEntries } from './matrix.ts';
export { type Access, type AccessDeps, openAccess } from './open-access.ts';
export type { NewUser } from './people.ts';
export { isPracticeAct, type PracticeAct, practiceActs } from './practice-rights.ts';
export { type Practice, type Site, sitesOf } from './practices.store.ts';
export {
  inSentence,
  isProfession,
  isRegional,
  nationalCoding,
  type Profession,
  professionCodes,
  professionOfCoding,
  professionSaid,
  professions,
  regionalCodes,
} from './professions.ts';
export { practicesIn, regionNamed, regionOf, regions } from './regions.ts';
export {
  kindOfDataSystem,
  professionSystem,
  type Resolver,
  relationsFromCareTeam,
  relationsFromGroup,
} from './relations.ts';
export { clinicalKinds, isClinical, type Reach, type Right, type Rights, readyMadeRights } from './rights-table.ts';
export { type Act, oppositions, type Param, type Sight, sightPredicate } from './sight.ts';
export { type Bounds, leastCount, saidIfMany, saidOf } from './small-counts.ts';
export { callerOf, type Session, type Sessions } from './sign-in/sessions.ts';
