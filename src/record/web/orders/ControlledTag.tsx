import { Tag } from '../../../web/ui/bits.tsx';
import { controlledFor, controlledRegimes, mayBeControlled, type OrderLineBody, ruleOf } from '../../contract.ts';

/** `asking`: while it is written, what its name looks like and nobody has said yet. */
export function ControlledTag({ line, asking }: { line: OrderLineBody; asking?: boolean }) {
  const rule = ruleOf(line);
  if (rule) return <Tag tone="warning">{controlledRegimes[rule.regime].toLowerCase()}</Tag>;
  return asking && mayBeControlled(line) && !line.controlled && controlledFor(line.label).length > 0 ? (
    <Tag tone="danger">stupéfiant ou assimilé ? à confirmer</Tag>
  ) : null;
}
