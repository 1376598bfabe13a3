import { sayDate, sayDateTime, sayTime } from '../../../web/say.ts';
import { marked } from '../../../web/shell/Palette.tsx';
import { WhoWhen } from '../../../web/ui/bits.tsx';
import {
  AlertIcon,
  AllergyIcon,
  CalendarIcon,
  DocumentIcon,
  DotIcon,
  GoalIcon,
  HistoryIcon,
  MeasureIcon,
  NoteIcon,
  ProblemIcon,
  ResultIcon,
  TeamIcon,
  TreatmentIcon,
  VaccineIcon,
} from '../../../web/ui/icons.ts';
import { isOutOfRange, type TimelineItem } from '../../contract.ts';
import { Flag } from '../summary/Flag.tsx';
import { LineMarks } from '../summary/RecordLine.tsx';
import { usePanel } from '../use-record.ts';
import css from './timeline.module.css';

export const kindIcons: Record<TimelineItem['what'], typeof DotIcon> = {
  encounter: DotIcon,
  note: NoteIcon,
  problem: ProblemIcon,
  allergy: AllergyIcon,
  treatment: TreatmentIcon,
  measure: MeasureIcon,
  result: ResultIcon,
  document: DocumentIcon,
  vaccine: VaccineIcon,
  procedure: DotIcon,
  history: HistoryIcon,
  alert: AlertIcon,
  plan: GoalIcon,
  form: ProblemIcon,
  coordination: TeamIcon,
  appointment: CalendarIcon,
};
const flagWords: Record<string, string> = {
  high: 'Élevé',
  low: 'Bas',
  'critical-high': 'Critique',
  'critical-low': 'Critique',
};

/** When, as exactly as it is known: the hour on the day of the group, the date of what was dated only, both on another day. */
function When({ at, day }: { at: string; day: string }) {
  const words = at.length <= 10 ? sayDate(at) : sayDate(at) === sayDate(day) ? sayTime(at) : sayDateTime(at);
  return (
    <time className="dim tiny num nowrap" dateTime={at}>
      {words}
    </time>
  );
}

/**
 * One entry under its day; who made it, in which role and when stand on every line.
 * @param day of its group
 */
export function TimelineLine({ item, day }: { item: TimelineItem; day: string }) {
  const [, setPanel] = usePanel();
  const Icon = kindIcons[item.what];
  // The flag is drawn apart: its word is not repeated in the text.
  const details = isOutOfRange(item.flag)
    ? item.details.replace(/\n(Élevé|Bas|Très élevé|Très bas|Critique)[^\n]*$/, '')
    : item.details;
  const panel = item.what === 'document' && item.contentUrl ? `fichier:${item.id}` : `entree:${item.type}:${item.id}`;
  return (
    <li>
      <button
        type="button"
        className={css.item}
        data-error={item.status === 'entered-in-error' || undefined}
        onClick={() => setPanel(panel)}
      >
        <Icon size={17} stroke={1.6} aria-label={item.whatLabel} />
        <span className={css.words}>
          <span className={css.title}>
            {item.fresh && <span className={css.new}>nouveau</span>}
            {marked(item.title, item.highlights.title)}
            <LineMarks line={item} />
          </span>
          {details && (
            <span className={css.details} data-off={isOutOfRange(item.flag) || undefined}>
              {marked(details, item.highlights.details)}
            </span>
          )}
          <Flag flag={item.flag} label={flagWords[item.flag] ?? ''} />
        </span>
        <span className={css.by}>
          {item.who ? <WhoWhen who={item.who} /> : <span className="dim tiny">Auteur non précisé</span>}
          <When at={item.at ?? item.recorded} day={day} />
        </span>
      </button>
    </li>
  );
}
