import { Tag } from '../../../web/ui/bits.tsx';
import { CheckIcon, WarningIcon } from '../../../web/ui/icons.ts';
import { compositionOf } from '../../contract.ts';
import own from './policy.module.css';
import type { About } from './words.ts';

/** Is the team what it must be (POL-2)? Told as one types; the server says it again when it is saved. */
export function Composition({ kind, about }: { kind: 'esp' | 'msp'; about: Pick<About, 'members' | 'generalists'> }) {
  const { rules } = compositionOf(kind, {
    members: about.members as Record<string, number>,
    generalists: about.generalists,
  });
  return (
    <div aria-live="polite">
      {rules.map((rule) => (
        <div key={rule.id} className={own.rule}>
          <span>{rule.title}</span>
          {rule.ok ? (
            <Tag tone="success" icon={<CheckIcon size={13} />}>
              {rule.has}
            </Tag>
          ) : (
            <Tag tone="warning" icon={<WarningIcon size={13} />}>
              {rule.missing.replace(/\.$/, '')}
            </Tag>
          )}
        </div>
      ))}
    </div>
  );
}
