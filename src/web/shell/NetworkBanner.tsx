import { useEffect, useState } from 'react';
import { signals } from '../api.ts';
import { OfflineIcon } from '../ui/icons.ts';
import css from './Shell.module.css';

/** Says that the network is gone, and what is kept meanwhile. Looks again every five seconds. */
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
    const gone = () => setOff(true);
    addEventListener('offline', gone);
    return () => removeEventListener('offline', gone);
  }, []);
  useEffect(() => {
    if (!off) return;
    const look = () =>
      void fetch('/estran.svg', { cache: 'no-store' }).then(
        (response) => response.ok && setOff(false),
        () => undefined,
      );
    const timer = setInterval(look, 5000);
    addEventListener('online', look);
    return () => {
      clearInterval(timer);
      removeEventListener('online', look);
    };
  }, [off]);
  return (
    <div role="status" aria-live="polite">
      {off && (
        <div className={css.banner}>
          <OfflineIcon size={18} />
          <span>
            <b>Réseau coupé.</b> Ce qui est affiché reste lisible et ce que vous saisissez est conservé sur ce poste.
            Nouvel essai toutes les 5 secondes.
          </span>
        </div>
      )}
    </div>
  );
}
