import { type ShippedTemplate, template, whoIsPatient } from './build.ts';

/** Nothing about health: the secretariat writes, signs and reads them. */
export const deskTemplates: readonly ShippedTemplate[] = [
  template('attestation-presence', '1.0', {
    title: 'Attestation de présence', description: 'Pour un employeur ou une école ; ne dit rien du motif.', use: 'attestation', documentType: '51851-4', administrative: true, professions: ['medical-secretary', 'medical-assistant'], subject: 'Attestation de présence',
    text: `
Nous attestons que ${whoIsPatient} s’est présenté{{patient.e}} dans notre structure le {{rendez-vous.jour}}.

Attestation établie à la demande de l’intéressé{{patient.e}} pour servir et valoir ce que de droit.`,
  }),
];
