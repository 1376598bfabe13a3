import type { Profession } from '../../../../access/professions.ts';
import type { LetterType, LetterUse } from '../uses.ts';

export interface ShippedTemplate {
  key: string;
  edition: string;
  body: {
    title: string;
    description: string;
    use: LetterUse;
    documentType: LetterType;
    professions: Profession[];
    signers: Profession[];
    administrative: boolean;
    sensitive: 'mental-health' | 'addictions' | 'sexual-health' | null;
    subject: string;
    text: string;
  };
}
/** A template that comes with the product. `text` is written as the team writes it. */
export const template = (key: string, edition: string, body: Pick<ShippedTemplate['body'], 'title' | 'use' | 'documentType' | 'subject' | 'text'> & Partial<ShippedTemplate['body']>): ShippedTemplate => ({
  key,
  edition,
  body: { description: '', professions: [], signers: [], administrative: false, sensitive: null, ...body, text: body.text.trim() },
});
/** Whoever may diagnose. */
export const prescribers: Profession[] = ['physician', 'midwife', 'dental-surgeon'];

// Parts that several letters share.
export const whoIsPatient = '{{patient.civilite}} {{patient.nom}}, {{patient.ne}} ({{patient.age}})';
export const recordInBrief = `
{{si problemes}}
## Problèmes en cours
{{problemes}}

{{fin}}
{{si antecedents}}
## Antécédents
{{antecedents}}

{{fin}}
## Allergies
{{allergies}}

## Traitements en cours
{{traitements}}
`;
export const politely = 'Je reste à votre disposition et vous prie de croire, chère consœur, cher confrère, à mes sentiments les meilleurs.';

/** To whoever follows the patient: the doctor by name when one is declared. */
export const toDoctor = '{{si medecin-traitant}}À l’attention de {{medecin-traitant}}\n\n{{fin}}Docteur,';
export const doctorPolitely = 'Je reste à votre disposition et vous prie d’agréer, Docteur, mes salutations les meilleures.';
/** Titled answers of a section, each only when it was given: `[title, question]`. */
export const answersOf = (section: string, parts: readonly (readonly [title: string, question: string])[]): string => parts.map(([title, question]) => `{{si volet.volet-${section}.${question}}}\n**${title} :** {{volet.volet-${section}.${question}}}\n\n{{fin}}`).join('\n');
/** What the section says, or a place to write it. */
export const orByHand = (section: string, answers: string, byHand: string): string => `{{si volet.volet-${section}}}\nBilan du {{volet.volet-${section}.date}}.\n\n${answers}\n{{sinon}}\n${byHand}\n{{fin}}`;
