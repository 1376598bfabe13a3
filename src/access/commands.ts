import { type Command, CommandError, type Out, UsageError } from '../platform/index.ts';
import type { PracticeRole } from './caller.ts';
import { personInput } from './contract.shapes.ts';
import type { Access } from './open-access.ts';
import { isProfession, professionCodes, regionalCodes } from './professions.ts';

export interface AccessContext {
  access: Access;
}

const text = (value: unknown, name: string): string => {
  if (typeof value === 'string' && value.trim()) return value.trim();
  throw new UsageError(`Il manque --${name}.`);
};

/** As long as the screens take it. */
const nameOf = (value: unknown): string => {
  const name = text(value, 'name');
  if (name.length > 200) throw new UsageError('--name : 200 caractères au plus.');
  return name;
};

/** The practice a command names with --practice. */
export async function practiceNamed(
  access: Access,
  value: unknown,
): Promise<{ tenant: number; id: string; name: string }> {
  const id = text(value, 'practice');
  const found = await access.findPractice(id);
  if (!found) throw new CommandError(`Il n’y a pas de structure « ${id} ». « practice list » les donne.`);
  return found;
}

const answer = (out: Out, json: unknown, value: unknown, words: string) => (json ? out.json(value) : out.line(words));

export const accessCommands: readonly Command<AccessContext>[] = [
  {
    name: 'practice list',
    usage: '[--json]',
    describe: 'Donne les structures de ce serveur.',
    async run({ access }, { values }, out) {
      const list = (await access.listPractices()).map(({ id, name }) => ({ id, name }));
      if (values.json) out.json(list);
      else for (const { id, name } of list) out.line(`${id}\t${name}`);
      return 0;
    },
  },
  {
    name: 'practice create',
    usage: '--name NOM [--region ID] [--json]',
    describe: 'Crée une structure, dans une région si une est nommée.',
    options: { name: { type: 'string' }, region: { type: 'string' } },
    async run({ access }, { values }, out) {
      if (values.region) await practiceNamed(access, values.region);
      const { id, name } = await access.createPractice(
        nameOf(values.name),
        typeof values.region === 'string' ? { region: values.region } : {},
      );
      answer(out, values.json, { id, name }, `Structure « ${name} » créée : ${id}`);
      return 0;
    },
  },
  {
    name: 'region create',
    usage: '--name NOM [--practice ID]… [--json]',
    describe:
      'Crée une région, qui conduit le programme, avec les appels fournis ; les structures nommées lui sont rattachées.',
    options: { name: { type: 'string' }, practice: { type: 'string', multiple: true } },
    async run({ access }, { values }, out) {
      const practices = (Array.isArray(values.practice) ? values.practice : []).map(String);
      for (const practice of practices) await practiceNamed(access, practice);
      const { id, name } = await access.createRegion(nameOf(values.name));
      for (const practice of practices) await access.joinRegion(practice, id);
      answer(out, values.json, { id, name, practices }, `Région « ${name} » créée : ${id}`);
      return 0;
    },
  },
  {
    name: 'region join',
    usage: '--region ID --practice ID [--json]',
    describe: 'Rattache une structure à cette région.',
    options: { region: { type: 'string' }, practice: { type: 'string' } },
    async run({ access }, { values }, out) {
      const [practice, region] = [
        await practiceNamed(access, values.practice),
        await practiceNamed(access, values.region),
      ];
      await access.joinRegion(practice.id, region.id);
      answer(
        out,
        values.json,
        { practice: practice.id, region: region.id },
        `${practice.name} est rattachée à ${region.name}.`,
      );
      return 0;
    },
  },
  {
    name: 'user create',
    usage: '--practice ID --login ADRESSE --family NOM --given PRÉNOM --profession P [--rpps N] [--role R]… [--json]',
    describe: 'Crée un compte ; donne le lien d’invitation à remettre.',
    options: {
      practice: { type: 'string' },
      login: { type: 'string' },
      family: { type: 'string' },
      given: { type: 'string' },
      profession: { type: 'string' },
      rpps: { type: 'string' },
      role: { type: 'string', multiple: true },
    },
    async run({ access }, { values }, out) {
      const { tenant } = await practiceNamed(access, values.practice);
      const profession = text(values.profession, 'profession');
      if (!isProfession(profession))
        throw new UsageError(
          `--profession est l’une de : ${professionCodes.join(', ')} ; dans une région : ${regionalCodes.join(', ')}.`,
        );
      const roles = (Array.isArray(values.role) ? values.role : []) as PracticeRole[];
      if (roles.some((role) => !['owner', 'administrator', 'coordinator'].includes(role)))
        throw new UsageError('--role est owner, administrator ou coordinator.');
      const typed = {
        login: text(values.login, 'login'),
        family: text(values.family, 'family'),
        given: text(values.given, 'given'),
        profession,
        roles,
      };
      const checked = personInput.safeParse({
        ...typed,
        ...(typeof values.rpps === 'string' && { rpps: values.rpps }),
      });
      if (!checked.success)
        throw new UsageError(
          checked.error.issues.map(({ path, message }) => `--${path.join('.')} : ${message}`).join('\n'),
        );
      const made = await access.createUser(tenant, {
        ...typed,
        kind: profession === 'administrator' ? 'privileged' : 'care',
        ...(typeof values.rpps === 'string' && { rpps: values.rpps }),
      });
      answer(
        out,
        values.json,
        made,
        `Compte de ${made.name} créé (Practitioner/${made.practitioner}).${made.link ? ` Invitation : ${made.link}` : ''}${made.mailed ? ' L’invitation est partie par courriel.' : ''}`,
      );
      return 0;
    },
  },
  {
    name: 'client create',
    usage: "--practice ID --scope '…' [--patient ID] [--name NOM] [--json]",
    describe: 'Ouvre l’API FHIR à un logiciel (OAuth 2 client_credentials). Le secret n’est montré qu’une fois.',
    options: {
      practice: { type: 'string' },
      scope: { type: 'string' },
      patient: { type: 'string' },
      name: { type: 'string' },
    },
    async run({ access }, { values }, out) {
      const { tenant } = await practiceNamed(access, values.practice);
      const made = await access.createClient(tenant, {
        name: typeof values.name === 'string' ? values.name : 'Client',
        scope: text(values.scope, 'scope'),
        ...(typeof values.patient === 'string' && { patient: values.patient }),
      });
      answer(out, values.json, made, `client_id     ${made.client_id}\nclient_secret ${made.client_secret}`);
      return 0;
    },
  },
];
