import { useEffect, useState } from 'react';

/** The value once it has been quiet for so many milliseconds; `undefined` (not ready) leaves the former one. */
export function useLater<T>(value: T | undefined, pause: number): T | undefined {
  const [settled, setSettled] = useState(value);
  const key = JSON.stringify(value);
  useEffect(() => {
    if (value === undefined) return;
    const timer = setTimeout(() => setSettled(value), pause);
    return () => clearTimeout(timer);
  }, [key, pause]);
  return settled;
}
