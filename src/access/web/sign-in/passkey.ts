import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { call, Refusal } from '../../../web/api.ts';
import { accessContract, type SignInReply } from '../../contract.ts';

export const canPasskey = (): boolean => browserSupportsWebAuthn();

type Authentication = Parameters<typeof startAuthentication>[0]['optionsJSON'];
type Registration = Parameters<typeof startRegistration>[0]['optionsJSON'];
const words = (error: unknown): Error => {
  if (error instanceof Refusal) return error;
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'AbortError')
    return new Refusal(
      400,
      'Clé d’accès',
      'La clé d’accès n’a pas été lue. Recommencez, ou utilisez votre mot de passe.',
    );
  if (name === 'InvalidStateError')
    return new Refusal(400, 'Clé d’accès', 'Cet appareil a déjà une clé d’accès pour ce compte.');
  return new Refusal(
    400,
    'Clé d’accès',
    'Cet appareil n’a pas pu utiliser de clé d’accès. Utilisez votre mot de passe et un code.',
  );
};

/** Both factors at once. Throws `Refusal`. */
export async function signInByPasskey(): Promise<SignInReply> {
  const { ticket, options } = await call(accessContract.passkeySignInOptions, {}, { quiet: true });
  const response = await startAuthentication({ optionsJSON: options as unknown as Authentication }).catch((error) =>
    Promise.reject(words(error)),
  );
  return call(accessContract.signInWithPasskey, { body: { ticket, response: response as never } }, { quiet: true });
}
export async function unlockByPasskey(): Promise<SignInReply> {
  const { ticket, options } = await call(accessContract.unlockPasskeyOptions, {}, { quiet: true });
  const response = await startAuthentication({ optionsJSON: options as unknown as Authentication }).catch((error) =>
    Promise.reject(words(error)),
  );
  return call(accessContract.unlockWithPasskey, { body: { ticket, response: response as never } }, { quiet: true });
}
/** Registers this device for the person of the session, also while the second factor is missing. */
export async function registerPasskey(name: string): Promise<SignInReply> {
  const { ticket, options } = await call(accessContract.passkeyOptions, {}, { quiet: true });
  const response = await startRegistration({ optionsJSON: options as unknown as Registration }).catch((error) =>
    Promise.reject(words(error)),
  );
  return call(accessContract.registerPasskey, { body: { ticket, name, response: response as never } }, { quiet: true });
}
/** «Firefox sur Linux»: a name one recognises later in the list. */
export function deviceName(): string {
  const agent = navigator.userAgent;
  const browser = /Firefox/.test(agent)
    ? 'Firefox'
    : /Edg\//.test(agent)
      ? 'Edge'
      : /Chrome/.test(agent)
        ? 'Chrome'
        : /Safari/.test(agent)
          ? 'Safari'
          : 'Navigateur';
  const system = /iPhone|iPad/.test(agent)
    ? 'iOS'
    : /Android/.test(agent)
      ? 'Android'
      : /Mac/.test(agent)
        ? 'macOS'
        : /Windows/.test(agent)
          ? 'Windows'
          : 'Linux';
  return `${browser} sur ${system}`;
}
