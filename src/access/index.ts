/** Access: people, sessions, practices, rights. «May X do Y on Z?» is answered here and nowhere else. */
export { actorOf, type Caller, type ClientCaller, type PersonCaller, type PracticeRole, type SystemCaller } from './caller.ts';
export { type KindOfData, kindCodes, kindsOfData, maskOf } from './kinds-of-data.ts';
export { isProfession, type Profession, professionCodes, professions } from './professions.ts';
export { type Act, type Param, type Sight, sightPredicate } from './sight.ts';
