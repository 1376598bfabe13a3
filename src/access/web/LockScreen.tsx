import { Button, FocusTrap } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { call, queries, signals } from '../../web/api.ts';
import { palette } from '../../web/palette.ts';
import { forgetEverything, sessionQuery, tellTabs, useMe } from '../../web/session.ts';
import { slots } from '../../web/shell/slots.ts';
import { SwitchIcon } from '../../web/ui/icons.ts';
import { ErrorState, ListBones } from '../../web/ui/states.tsx';
import { accessContract } from '../contract.ts';
import { DemoAccounts } from './sign-in/DemoAccounts.tsx';
import { Frame } from './sign-in/Frame.tsx';
import css from './sign-in/SignIn.module.css';
import { SignInFlow } from './sign-in/SignInFlow.tsx';
import { Unlock } from './sign-in/Unlock.tsx';

const stamp = 'estran-last-gesture';

/**
 * Covers the page when the session is locked or lost, or has become another person's in another tab. The page underneath stays as it was for its person,
 * so nothing typed is lost; for anyone else the browser begins anew.
 */
export function LockScreen() {
  const me = useMe();
  const [covered, setCovered] = useState(false);
  const before = useRef({ account: me.account, name: me.name });
  useEffect(() => {
    if (!covered) before.current = { account: me.account, name: me.name };
  }, [covered, me.account, me.name]);
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
      tellTabs('locked');
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
  return covered ? <Cover of={before.current} uncover={() => setCovered(false)} /> : null;
}

function Cover({ of, uncover }: { of: { account: string; name: string }; uncover: () => void }) {
  const session = useQuery({ ...sessionQuery, refetchOnMount: 'always' });
  const now = session.data;
  /** The same person finds the page as it was; for anyone else the browser begins anew. */
  const enter = (account: string | undefined) => {
    if (account !== of.account) return begin();
    uncover();
    void queries.invalidateQueries();
    slots.entered?.();
    signals.say('opened');
  };
  /** Nothing of the person who was here stays, not even under this cover. */
  const begin = (at = '/') => {
    forgetEverything();
    location.replace(at);
  };
  const { refetch } = session;
  const open = async () => enter((await refetch()).data?.account);
  // Another tab opened, locked or ended it: by the same person, this one opens with it.
  useEffect(
    () => signals.listen((signal) => void (/^(lost|locked|shown-elsewhere)$/.test(signal) && refetch())),
    [refetch],
  );
  const same = !session.isFetching && now?.state === 'open' && now.account === of.account;
  const again = useEffectEvent(() => enter(of.account));
  useEffect(() => {
    if (same) again();
  }, [same]);
  const change = useMutation({
    mutationFn: () => call(accessContract.signOut, {}, { quiet: true }),
    onSettled: () => {
      tellTabs('lost');
      begin('/connexion');
    },
  });
  return (
    <FocusTrap active>
      <div className={css.cover} role="dialog" aria-modal="true" aria-label="Session verrouillée">
        {session.isFetching && !now && <ListBones />}
        {session.error && <ErrorState error={session.error} retry={() => void refetch()} />}
        {now?.state === 'locked' && (
          <Frame
            title="Poste verrouillé"
            lead={
              now.account === of.account
                ? 'Ce qui était à l’écran et ce que vous aviez saisi vous attendent.'
                : undefined
            }
          >
            <Unlock session={now} onOpen={() => void open()} onSwitch={() => begin('/connexion')} />
          </Frame>
        )}
        {now?.state === 'open' && now.account !== of.account && (
          <Frame
            title={`Session de ${now.name}`}
            lead={`Une autre personne s’est connectée sur ce poste. Ce que ${of.name} avait saisi ici lui est gardé.`}
          >
            <div className="stack">
              <Button size="md" data-autofocus onClick={() => begin()}>
                Continuer : {now.name}
              </Button>
              <Button
                size="md"
                variant="default"
                leftSection={<SwitchIcon size={18} />}
                loading={change.isPending}
                onClick={() => change.mutate()}
              >
                Changer d’utilisateur
              </Button>
            </div>
          </Frame>
        )}
        {now && (now.state === 'none' || now.state === 'pending') && (
          <Frame
            title="Session terminée"
            lead="Reconnectez-vous : ce que vous aviez saisi est conservé."
            beside={now.demo ? <DemoAccounts onOpen={() => void open()} /> : undefined}
          >
            <SignInFlow
              key={now.state}
              start={now.state === 'pending' ? { state: 'pending', needs: now.needs } : undefined}
              psc={now.psc}
              onOpen={() => void open()}
            />
          </Frame>
        )}
      </div>
    </FocusTrap>
  );
}
