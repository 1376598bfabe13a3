import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { Note } from '../../../web/ui/states.tsx';
import { accessContract, type SignInReply } from '../../contract.ts';
import { Frame } from './Frame.tsx';
import { SecondFactor } from './SecondFactor.tsx';

/** First run (SEC-2): the practice and its owner; sites, people and rights follow once in, on `/bienvenue`. */
export function SetUp({ onOpen }: { onOpen: () => void }) {
  const [form, setForm] = useState({ code: '', practice: '', family: '', given: '', login: '', password: '' });
  const [reply, setReply] = useState<SignInReply | null>(null);
  const next = (got: SignInReply) => (got.state === 'open' ? onOpen() : setReply(got));
  const { code, practice, ...owner } = form;
  const create = useMutation({
    mutationFn: () => call(accessContract.setUp, { body: { code, practice, owner } }, { quiet: true }),
    onSuccess: next,
  });
  const fields = create.error instanceof Refusal ? create.error.fields : {};
  const field = (name: keyof typeof form, path: string = name) => ({
    value: form[name],
    error: fields[path],
    required: true,
    withAsterisk: false,
    size: 'md' as const,
    onChange: (event: { currentTarget: { value: string } }) => setForm({ ...form, [name]: event.currentTarget.value }),
  });
  if (reply)
    return (
      <Frame title="Bienvenue">
        <SecondFactor needs={reply.needs ?? 'enrol'} onReply={next} onBack={() => setReply(null)} />
      </Frame>
    );
  return (
    <Frame
      title="Ouvrir votre structure"
      lead="Quelques minutes suffisent. Vous ajouterez ensuite les sites, les personnes et les droits."
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <TextInput
          label="Code de mise en service"
          description="Affiché par le serveur à son démarrage."
          autoComplete="off"
          autoFocus
          {...field('code')}
        />
        <TextInput
          label="Nom de la structure"
          placeholder="Maison de santé des Abers"
          autoComplete="organization"
          {...field('practice')}
        />
        <div className="row" style={{ alignItems: 'flex-start' }}>
          <TextInput
            className="grow"
            label="Votre nom"
            autoComplete="family-name"
            {...field('family', 'owner.family')}
          />
          <TextInput
            className="grow"
            label="Votre prénom"
            autoComplete="given-name"
            {...field('given', 'owner.given')}
          />
        </div>
        <TextInput
          label="Votre adresse électronique"
          type="email"
          autoComplete="username"
          {...field('login', 'owner.login')}
        />
        <PasswordInput
          label="Mot de passe"
          description="Douze caractères au moins ; une phrase se retient mieux."
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': 'Afficher ou masquer le mot de passe' }}
          {...field('password', 'owner.password')}
        />
        {create.error && (
          <Note tone="danger" live>
            {create.error.message}
          </Note>
        )}
        <Button type="submit" size="md" loading={create.isPending}>
          Créer la structure
        </Button>
      </form>
    </Frame>
  );
}
