import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import { sayCount } from '../../../web/say.ts';
import { Tag, WhoWhen } from '../../../web/ui/bits.tsx';
import type { attention, ChangedPatient } from '../../contract.ts';
import css from './changes.module.css';

const tones: Record<z.infer<typeof attention>, 'danger' | 'warning' | 'info'> = {
  critical: 'danger',
  'to-read': 'warning',
  abnormal: 'warning',
  alert: 'danger',
  allergy: 'warning',
  treatment: 'info',
  decision: 'info',
  hospital: 'warning',
};
const acts = { added: '', changed: 'modifié', removed: 'retiré' };

/** What happened to one patient: what needs me first, each line opens its entry in the record. */
export function ChangeLines({ group, most }: { group: ChangedPatient; most: number }) {
  const shown = group.changes.slice(0, most);
  return (
    <ul className={`plain ${css.lines}`}>
      {shown.map((change) => (
        <li key={`${change.type}${change.id}${change.version}`}>
          <Link
            className={css.line}
            to="/patients/$patient"
            params={{ patient: group.patient.id }}
            search={{ volet: `entree:${change.type}:${change.id}` }}
          >
            <span className={`dim small ${css.what}`}>{change.what}</span>
            <span className={css.label}>
              {change.attention && (
                <span className={css.tag}>
                  <Tag tone={tones[change.attention]}>{change.attentionLabel}</Tag>
                </span>
              )}
              <span className={change.act === 'removed' ? css.removed : css.text}>{change.label}</span>
              {acts[change.act] && <span className="dim tiny">{acts[change.act]}</span>}
            </span>
            <WhoWhen who={change.who} when={change.at} short />
          </Link>
        </li>
      ))}
      {group.count > shown.length && (
        <li className={`dim tiny ${css.rest}`}>et {sayCount(group.count - shown.length, 'autre')} dans le dossier</li>
      )}
    </ul>
  );
}
