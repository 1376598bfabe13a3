import type { TypedHook } from '../fhir/index.ts';
import type { Consumer, Contract, Handlers } from '../platform/index.ts';
import type { Ctx } from './room.ts';

/** What one sub-room brings to the room: index.ts puts them together. */
export interface Part<C extends Contract> {
  handlers: Handlers<C, Ctx>;
  /** What it does when something has happened; see events.ts for the topics. */
  consumers?: readonly Consumer[];
  /** In the transaction of every write of these types, whoever writes. */
  onWrite?: readonly TypedHook[];
  /** Once a minute: reminders, escalations. */
  tick?(): Promise<void>;
}
