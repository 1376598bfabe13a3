import { Tag } from '../../../web/ui/bits.tsx';
import type { ProtocolLine } from '../../contract.ts';

/** The state in words; `quiet`: nothing where the protocol is in force, which is the rule. */
export function StateTag({ line, quiet }: { line: Pick<ProtocolLine, 'state' | 'stateLabel'>; quiet?: boolean }) {
  if (line.state === 'active') return quiet ? null : <Tag tone="success">{line.stateLabel}</Tag>;
  return <Tag tone={line.state === 'draft' ? 'warning' : 'neutral'}>{line.stateLabel}</Tag>;
}
