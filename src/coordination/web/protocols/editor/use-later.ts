import { useEffect, useEffectEvent, useState } from 'react';

/** The value once it has been quiet for so many milliseconds; `undefined` (not ready) leaves the former one. */
export function useLater<T>(value: T | undefined, pause: number): T | undefined {
  const [settled, setSettled] = useState(value);
  const key: string | undefined = JSON.stringify(value);
  const settle = useEffectEvent(() => setSettled(value));
  useEffect(() => {
    if (key === undefined) return;
    const timer = setTimeout(() => settle(), pause);
    return () => clearTimeout(timer);
  }, [key, pause]);
  return settled;
}
