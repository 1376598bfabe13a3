import { Button } from '@mantine/core';
import { notifyManager } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { isAway, isOutage, queries, signals } from '../api.ts';
import { OfflineIcon } from '../ui/icons.ts';
import { useComeBack } from '../ui/states.tsx';
import css from './Shell.module.css';

const cache = queries.getQueryCache();
const subscribe = (changed: () => void) => cache.subscribe(notifyManager.batchCalls(changed));
/** What stands on this page as it was read before: reading it again failed. */
const standing = () =>
  cache.findAll({ type: 'active', predicate: ({ state }) => state.data !== undefined && isOutage(state.error) });
const isOld = () => standing().length > 0;
const isLeftAway = () => standing().some(({ state }) => isAway(state.error));
const readAgain = () => {
  for (const one of standing()) void one.fetch().catch(() => undefined);
};

/** Says that the network is gone, or the server, and what is kept meanwhile. Looks again every five seconds. */
export function NetworkBanner() {
  const [off, setOff] = useState(!navigator.onLine);
  useEffect(
    () =>
      signals.listen((signal) =>
        signal === 'offline' ? setOff(true) : signal === 'online' ? setOff(false) : undefined,
      ),
    [],
  );
  useEffect(() => {
    const gone = () => signals.say('offline');
    addEventListener('offline', gone);
    return () => removeEventListener('offline', gone);
  }, []);
  useEffect(() => {
    if (!off) return;
    const look = () =>
      void fetch('/estran.svg', { cache: 'no-store' }).then(
        (response) => response.ok && signals.say('online'),
        () => undefined,
      );
    const timer = setInterval(look, 5000);
    addEventListener('online', look);
    return () => {
      clearInterval(timer);
      removeEventListener('online', look);
    };
  }, [off]);
  const old = useSyncExternalStore(subscribe, isOld);
  useComeBack(useSyncExternalStore(subscribe, isLeftAway), readAgain);
  return (
    <div role="status" aria-live="polite">
      {off ? (
        <div className={css.banner}>
          <OfflineIcon size={18} />
          <span>
            <b>Réseau coupé.</b> Ce qui est affiché reste lisible et ce que vous saisissez est conservé sur ce poste.
            Nouvel essai toutes les 5 secondes.
          </span>
        </div>
      ) : (
        old && (
          <div className={css.banner}>
            <OfflineIcon size={18} />
            <span>
              <b>Le serveur ne répond pas.</b> Ce qui est affiché peut dater ; ce que vous saisissez reste à l’écran.
            </span>
            <Button size="compact-sm" variant="default" onClick={readAgain}>
              Réessayer
            </Button>
          </div>
        )
      )}
    </div>
  );
}
