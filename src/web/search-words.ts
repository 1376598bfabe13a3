import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';

/**
 * The words of a search box that the address keeps: on screen as they are typed, told once the hand rests. When the address changes by
 * itself (back, a link) the box follows; what comes back of one's own typing replaces no letter typed since.
 * @param kept the words in the address
 */
export function useSearchWords(
  kept: string,
  tell: (words: string) => void,
  pause: number,
): [typed: string, type: (words: string) => void] {
  const [typed, setTyped] = useState(kept);
  /** What the address will say, in this order. */
  const told = useRef([kept]);
  const later = useDebouncedCallback((words: string) => {
    told.current.push(words);
    tell(words);
  }, pause);
  useEffect(() => {
    const own = told.current.indexOf(kept);
    told.current = own < 0 ? [kept] : told.current.slice(own);
    if (own < 0) setTyped(kept);
  }, [kept]);
  return [
    typed,
    (words) => {
      setTyped(words);
      later(words.trim());
    },
  ];
}
