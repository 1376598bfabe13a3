import { FocusTrap } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { call, queries, signals } from '../../web/api.ts';
import { palette } from '../../web/palette.ts';
import { forgetEverything, meQuery, sessionQuery, useMe } from '../../web/session.ts';
import { ErrorState, ListBones } from '../../web/ui/states.tsx';
import { accessContract } from '../contract.ts';
import { DemoAccounts } from './sign-in/DemoAccounts.tsx';
import { Frame } from './sign-in/Frame.tsx';
import css from './sign-in/SignIn.module.css';
import { SignInFlow } from './sign-in/SignInFlow.tsx';
import { Unlock } from './sign-in/Unlock.tsx';

const stamp = 'estran-last-gesture';

/**
 * Covers the page when the session is locked or lost. The page underneath stays as it was, so nothing typed is lost; when someone else
 * opens their own session, everything of the former person is forgotten.
 */
export function LockScreen() {
  const me = useMe();
  const [covered, setCovered] = useState(false);
  const before = useRef(me.practitioner);
  useEffect(() => {
    if (!covered) before.current = me.practitioner;
  }, [covered, me.practitioner]);
  useEffect(
    () =>
      signals.listen((signal) => {
        if (signal === 'locked' || signal === 'lost') setCovered(true);
      }),
    [],
  );

  // Idle: no gesture in any tab of this browser for the time that the practice has set.
  useEffect(() => {
    if (covered) return;
    const touch = () => {
      try {
        localStorage.setItem(stamp, String(Date.now()));
      } catch {}
    };
    touch();
    const gestures = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;
    for (const gesture of gestures) addEventListener(gesture, touch, { passive: true });
    const timer = setInterval(() => {
      const last = Number(localStorage.getItem(stamp) ?? Date.now());
      if (Date.now() - last < me.lockAfterMinutes * 60_000) return;
      setCovered(true);
      void call(accessContract.lock, {}, { quiet: true }).catch(() => undefined);
    }, 10_000);
    return () => {
      for (const gesture of gestures) removeEventListener(gesture, touch);
      clearInterval(timer);
    };
  }, [covered, me.lockAfterMinutes]);

  useLayoutEffect(() => {
    palette.hold(covered);
    return () => palette.hold(false);
  }, [covered]);
  useEffect(() => {
    for (const element of document.querySelectorAll<HTMLElement>('[data-under-lock]')) element.inert = covered;
  }, [covered]);
  return covered ? <Cover who={before.current} uncover={() => setCovered(false)} /> : null;
}

function Cover({ who, uncover }: { who: string; uncover: () => void }) {
  const navigate = useNavigate();
  const session = useQuery({ ...sessionQuery, refetchOnMount: 'always' });
  const open = async () => {
    const me = await queries.fetchQuery({ ...meQuery, staleTime: 0 });
    if (me.practitioner === who) void queries.invalidateQueries();
    else {
      await navigate({ to: '/', search: {} });
      forgetEverything();
      await queries.ensureQueryData(meQuery);
    }
    uncover();
  };
  return (
    <FocusTrap active>
      <div className={css.cover} role="dialog" aria-modal="true" aria-label="Session verrouillée">
        {session.isFetching && !session.data && <ListBones />}
        {session.error && <ErrorState error={session.error} retry={() => void session.refetch()} />}
        {session.data?.state === 'locked' && (
          <Frame title="Poste verrouillé" lead="Ce qui était à l’écran et ce que vous aviez saisi vous attendent.">
            <Unlock session={session.data} onOpen={() => void open()} onSwitch={() => void session.refetch()} />
          </Frame>
        )}
        {session.data && session.data.state !== 'locked' && (
          <Frame title="Session terminée" lead="Reconnectez-vous : ce que vous aviez saisi est conservé." beside={session.data.demo ? <DemoAccounts onOpen={() => void open()} /> : undefined}>
            <SignInFlow
              key={session.data.state}
              start={session.data.state === 'pending' ? { state: 'pending', needs: session.data.needs } : undefined}
              psc={session.data.psc}
              onOpen={() => void open()}
            />
          </Frame>
        )}
      </div>
    </FocusTrap>
  );
}
