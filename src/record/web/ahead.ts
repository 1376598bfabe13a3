import { useEffect } from 'react';
import { lazyRouteComponent } from '../../web/lazy.ts';
import { bring, recordCards } from '../../web/slots.ts';

export const RecordPage = lazyRouteComponent(() => import('./RecordPage.tsx'));
/** The code of a record with its cards, none of its data: opening a record is written in its log. */
const bringRecord = (): void => bring([{ Component: RecordPage }, ...recordCards]);

/** Once a page from which records are opened is drawn and the browser rests, the code of a record is made ready: the first opens like the next ones. Not where data are counted. */
export function useRecordAhead(drawn: boolean): void {
  useEffect(() => {
    if (!drawn || (navigator as { connection?: { saveData?: boolean } }).connection?.saveData) return;
    if (!('requestIdleCallback' in window)) {
      const later = setTimeout(bringRecord, 1500);
      return () => clearTimeout(later);
    }
    const idle = requestIdleCallback(bringRecord, { timeout: 4000 });
    return () => cancelIdleCallback(idle);
  }, [drawn]);
}
