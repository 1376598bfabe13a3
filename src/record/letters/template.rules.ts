import type { Library } from '@medplum/fhirtypes';
import { isProfession, type Profession } from '../../access/index.ts';
import { keysIn, parseTemplate, type TemplateFlaw } from '../../platform/index.ts';
import { letterTypes, letterUses } from '../data/letters/uses.ts';
import { fieldOf, isClinicalField } from '../data/letters/fields.ts';
import type { TemplateBody } from '../contract/wire-letter-templates.ts';
import { type Sensitivity, sensitivity } from '../contract.ts';
import { withoutEmpty } from '../fhir-words.ts';

/** A template is a FHIR Library (docs/adr/0023-letters.md): its text is the content, what is beside it are extensions. */
const templateUrl = (id: string): string => `urn:estran:modele:${id}`;
const url = (name: string): string => `urn:estran:modele-${name}`;
export const urls = {
  use: url('usage'),
  type: url('type'),
  profession: url('profession'),
  signer: url('signataire'),
  administrative: url('administratif'),
  sensitive: url('sensible'),
  subject: url('objet'),
  shipped: url('livre'),
  draftOf: url('brouillon-de'),
} as const;
const markdown = 'text/markdown; charset=UTF-8';

const all = (library: Library, name: string) => (library.extension ?? []).filter((one) => one.url === name);
const codes = (library: Library, name: string): string[] =>
  all(library, name).flatMap(({ valueCode }) => (typeof valueCode === 'string' ? valueCode : []));
export const stringOf = (library: Library, name: string): string | null => {
  const value: unknown = all(library, name)[0]?.valueString;
  return typeof value === 'string' ? value : null;
};
const professionsIn = (library: Library, name: string): Profession[] => codes(library, name).filter(isProfession);
const sensitivities = new Set<string>(sensitivity.options);
const textOfLibrary = (library: Library): string =>
  Buffer.from(
    library.content?.find(({ contentType }) => contentType?.startsWith('text/markdown'))?.data ?? '',
    'base64',
  ).toString('utf8');

export function bodyOf(library: Library): TemplateBody {
  const [use = 'autre'] = codes(library, urls.use);
  const [type = '34109-9'] = codes(library, urls.type);
  const [sensitive] = codes(library, urls.sensitive);
  return {
    title: (library.title ?? '').slice(0, 200) || 'Sans titre',
    description: (library.description ?? '').slice(0, 500),
    use: Object.hasOwn(letterUses, use) ? (use as TemplateBody['use']) : 'autre',
    documentType: letterTypes.some(({ code }) => code === type) ? type : '34109-9',
    professions: professionsIn(library, urls.profession),
    signers: professionsIn(library, urls.signer),
    administrative: all(library, urls.administrative)[0]?.valueBoolean === true,
    sensitive: sensitivities.has(sensitive ?? '') ? (sensitive as Sensitivity) : null,
    subject: (stringOf(library, urls.subject) ?? '').slice(0, 200),
    text: textOfLibrary(library).slice(0, 30_000),
  };
}
export function libraryOf(
  body: TemplateBody,
  about: {
    id: string;
    status: 'draft' | 'active' | 'retired';
    version?: string | undefined;
    shipped?: string | null;
    draftOf?: string | null;
    date?: string;
  },
): Library {
  const extension = [
    { url: urls.use, valueCode: body.use },
    { url: urls.type, valueCode: body.documentType },
    ...body.professions.map((valueCode) => ({ url: urls.profession, valueCode })),
    ...body.signers.map((valueCode) => ({ url: urls.signer, valueCode })),
    ...(body.administrative ? [{ url: urls.administrative, valueBoolean: true }] : []),
    ...(body.sensitive ? [{ url: urls.sensitive, valueCode: body.sensitive }] : []),
    ...(body.subject ? [{ url: urls.subject, valueString: body.subject }] : []),
    ...(about.shipped ? [{ url: urls.shipped, valueString: about.shipped }] : []),
    ...(about.draftOf ? [{ url: urls.draftOf, valueString: about.draftOf }] : []),
  ];
  return withoutEmpty({
    resourceType: 'Library',
    id: about.id,
    url: templateUrl(about.draftOf ?? about.id),
    version: about.version,
    status: about.status,
    title: body.title,
    description: body.description,
    date: about.date,
    type: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/library-type', code: 'asset-collection' }],
      text: 'Modèle de courrier',
    },
    extension,
    content: [{ contentType: markdown, data: Buffer.from(body.text, 'utf8').toString('base64'), title: body.title }],
  } as Library);
}

export interface Flaw extends TemplateFlaw {
  severity: 'error' | 'warning';
}
/** What keeps a template from being put in use, and what its writer should know; line 0 is the subject or the whole. */
export function flawsOf(body: Pick<TemplateBody, 'subject' | 'text' | 'administrative'>): Flaw[] {
  const parts = [
    { where: 0, template: parseTemplate(body.subject) },
    { where: null, template: parseTemplate(body.text) },
  ];
  const found: Flaw[] = parts.flatMap(({ where, template }) =>
    template.flaws.map((flaw): Flaw => ({ ...flaw, line: where ?? flaw.line, severity: 'error' })),
  );
  if (!body.text.trim()) found.push({ line: 0, words: 'Le modèle n’a pas encore de texte.', severity: 'error' });
  const said = new Set<string>();
  const say = (words: string, severity: Flaw['severity']) => {
    if (!said.has(words)) found.push({ line: lineOf(body.text, words), words, severity });
    said.add(words);
  };
  for (const { key, list, use } of parts.flatMap(({ template }) => keysIn(template.nodes))) {
    if (list !== null && Object.hasOwn(fieldOf(list)?.parts ?? {}, key)) continue;
    const field = fieldOf(key);
    if (!field) say(`« ${key} » n’est pas un champ connu.`, 'error');
    else if (use === 'list' && !field.parts)
      say(`« ${key} » n’est pas une liste : « pour » ne s’y applique pas.`, 'error');
    else if (use === 'field' && field.test) say(`« ${key} » est une condition : employez « si ${key} ».`, 'error');
    if (body.administrative && isClinicalField(key))
      say(`« ${key} » vient du dossier de soins : un modèle sans rien de médical ne le contient pas.`, 'error');
  }
  return found.slice(0, 50);
}
const lineOf = (text: string, words: string): number => {
  const key = /« (?:si |pour )?([^ »]+)/.exec(words)?.[1] ?? '';
  return text.slice(0, Math.max(0, text.indexOf(key))).split('\n').length;
};
