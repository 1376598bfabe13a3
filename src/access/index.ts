/** Access: people, sessions, practices, rights. «May X do Y on Z?» is answered here and nowhere else. */
export { actorOf, type Caller, type ClientCaller, type PersonCaller, type PracticeRole, type SystemCaller } from './caller.ts';
export { accessContract } from './contract.ts';
export { mayCall, mayReach, rightsOf, sightOf, type Standing, type Verdict, verdict } from './decide.ts';
export { backgroundHeader, type Ctx, createGuard } from './guard.ts';
export type { Hooks, Mailer, PatientFacts, PersonFacts } from './house.ts';
export { type KindOfData, kindCodes, kindsOfData, maskOf } from './kinds-of-data.ts';
export { isPracticeAct, type PracticeAct, practiceActs } from './practice-rights.ts';
export { isProfession, type Profession, professionCodes, professions } from './professions.ts';
export { hasCareTeam, kindOfDataSystem, oppositionsFromConsent, professionSystem, type Resolver, relationsFromCareTeam } from './relations.ts';
export { clinicalKinds, type Reach, type Right, type Rights, readyMadeRights } from './rights-table.ts';
export { mayScope, type ScopeLetter } from './scopes.ts';
export { type Act, type Param, type Sight, sightPredicate } from './sight.ts';
export { type Session, type Sessions } from './sign-in/sessions.ts';
