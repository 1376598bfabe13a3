import { ActionIcon, Menu, Tooltip, useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { accessContract } from '../../access/contract.ts';
import { call, signals } from '../api.ts';
import { palette } from '../palette.ts';
import { signOut, tellTabs, useMe } from '../session.ts';
import { Face, Kbd } from '../ui/bits.tsx';
import {
  AutoIcon,
  CheckIcon,
  DarkIcon,
  KeyboardIcon,
  KeyIcon,
  LightIcon,
  LockIcon,
  SearchIcon,
  SignOutIcon,
} from '../ui/icons.ts';
import { letterKeys } from '../ui/keys.ts';
import { professionLabel, roleLabels } from '../words.ts';
import { KeysHelp } from './KeysHelp.tsx';
import { slots } from './slots.ts';
import css from './Shell.module.css';

const schemes = [
  { value: 'auto', label: 'Comme l’appareil', icon: AutoIcon },
  { value: 'light', label: 'Clair', icon: LightIcon },
  { value: 'dark', label: 'Sombre', icon: DarkIcon },
] as const;
const commandKey = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';

export const lockNow = () =>
  void call(accessContract.lock).then(
    () => {
      tellTabs('locked');
      signals.say('locked');
    },
    () => undefined,
  );

/** The search that is always there, who I am and in which role, lock. */
export function TopBar() {
  const me = useMe();
  const navigate = useNavigate();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [letters, setLetters] = useState(letterKeys.on());
  const role = me.roles.length
    ? `${professionLabel(me.profession)} · ${me.roles.map((one) => roleLabels[one]).join(', ')}`
    : professionLabel(me.profession);
  return (
    <header data-under-panel className={css.top}>
      <button type="button" className={css.find} onClick={() => palette.set(true)} aria-keyshortcuts="Control+K Meta+K">
        <SearchIcon size={17} />
        <span className="clip">
          <span className="vh">Rechercher : </span>
          {me.practice.kind === 'region' ? 'Page, action…' : 'Patient, page, action…'}
        </span>
        <span className={css.hint} aria-hidden>
          <Kbd>{commandKey} K</Kbd>
        </span>
      </button>
      <span className={css.space} />
      {me.demo && <span className={css.demo}>Démonstration, données inventées</span>}
      {slots.notices && <slots.notices />}
      <KeysHelp />
      <Tooltip label="Verrouiller ce poste">
        <ActionIcon aria-label="Verrouiller ce poste" onClick={lockNow}>
          <LockIcon size={19} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <Menu width={300}>
        <Menu.Target>
          <button type="button" className={`plain-button ${css.me}`}>
            <span className="vh">Votre compte : {me.name}</span>
            <Face name={me.name} profession={me.profession} size={32} quiet />
            <span>
              <b>{me.name}</b>
              <small>{professionLabel(me.profession)}</small>
            </span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <div className="pad" style={{ padding: '8px 12px' }}>
            <div className="strong">{me.name}</div>
            <div className="dim small">{role}</div>
            <div className="dim small">{me.practice.name}</div>
            {me.onBehalfOf && <div className="small">Sous la responsabilité de {me.onBehalfOf.name}</div>}
          </div>
          <Menu.Divider />
          <Menu.Label>Apparence</Menu.Label>
          {schemes.map(({ value, label, icon: Icon }) => (
            <Menu.Item
              key={value}
              leftSection={<Icon size={16} />}
              rightSection={colorScheme === value ? <CheckIcon size={16} aria-label="choisi" /> : null}
              closeMenuOnClick={false}
              onClick={() => setColorScheme(value)}
            >
              {label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            leftSection={<KeyboardIcon size={16} />}
            rightSection={letters ? <CheckIcon size={16} aria-label="activés" /> : null}
            closeMenuOnClick={false}
            onClick={() => {
              letterKeys.set(!letters);
              setLetters(!letters);
            }}
          >
            Raccourcis d’une lettre
          </Menu.Item>
          <Menu.Item leftSection={<KeyIcon size={16} />} onClick={() => void navigate({ to: '/compte' })}>
            Mes moyens de connexion
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<LockIcon size={16} />} onClick={lockNow}>
            Verrouiller ou changer d’utilisateur
          </Menu.Item>
          <Menu.Item leftSection={<SignOutIcon size={16} />} onClick={() => void signOut()}>
            Se déconnecter
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}
