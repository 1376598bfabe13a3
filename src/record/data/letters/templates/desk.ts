import { type ShippedTemplate, template, whoIsPatient } from './build.ts';

/** Nothing about health: the secretariat writes, signs and reads them. */
export const deskTemplates: readonly ShippedTemplate[] = [
  template('attestation-presence', '1.0', {
    title: 'Attestation de présence',
    description: 'Pour un employeur ou une école ; ne dit rien du motif.',
    use: 'attestation',
    documentType: '51851-4',
    administrative: true,
    professions: ['medical-secretary', 'medical-assistant'],
    subject: 'Attestation de présence',
    text: `
Nous attestons que ${whoIsPatient} s’est présenté{{patient.e}} dans notre structure le {{rendez-vous.jour}}.

Attestation établie à la demande de l’intéressé{{patient.e}} pour servir et valoir ce que de droit.`,
  }),
  template('convocation', '1.0', {
    title: 'Convocation à un rendez-vous',
    description: 'Le prochain rendez-vous de l’agenda, et quoi apporter.',
    use: 'patient',
    documentType: '51851-4',
    administrative: true,
    professions: ['medical-secretary', 'medical-assistant', 'coordinator'],
    subject: 'Votre rendez-vous',
    text: `
{{patient.civilite}} {{patient.nom}},

Vous avez rendez-vous le {{rendez-vous.prochain}}, à {{structure.nom}}, {{structure.adresse}}.

Merci d’apporter votre carte Vitale, votre ordonnance en cours et vos derniers résultats. {{si mineur}}Un parent ou un représentant légal doit être présent.{{fin}}

{{si structure.telephone}}
Si vous ne pouvez pas venir, prévenez-nous au {{structure.telephone}} : un autre patient aura la place.
{{sinon}}
Si vous ne pouvez pas venir, prévenez le secrétariat : un autre patient aura la place.
{{fin}}

Bien à vous,`,
  }),
  template('demande-pieces', '1.0', {
    title: 'Demande de pièces administratives',
    description: 'Identité, droits, coordonnées qui manquent au dossier.',
    use: 'patient',
    documentType: '51851-4',
    administrative: true,
    professions: ['medical-secretary', 'medical-assistant'],
    subject: 'Votre dossier à la maison de santé',
    text: `
{{patient.civilite}} {{patient.nom}},

Pour que votre dossier soit complet, il nous manque :

- 

Nous avons noté : {{patient.ne}}, {{patient.adresse}}, téléphone {{patient.telephone}}. Dites-nous si quelque chose a changé.

Bien à vous,`,
  }),
  template('information-partage', '1.0', {
    title: 'Information sur le partage du dossier',
    description: 'À remettre au patient : qui lit son dossier, comment s’y opposer.',
    use: 'patient',
    documentType: '51851-4',
    administrative: true,
    professions: ['medical-secretary', 'coordinator', 'medical-assistant'],
    subject: 'Votre dossier partagé',
    text: `
{{patient.civilite}} {{patient.nom}},

À {{structure.nom}}, les professionnels qui vous soignent tiennent ensemble un dossier. Chacun n’y lit que ce qui est utile à vos soins (code de la santé publique, art. L. 1110-4).

- Vous pouvez demander qui a consulté votre dossier.
- Vous pouvez vous opposer à ce qu’un professionnel y accède, en tout ou en partie, à tout moment.
- Vous pouvez en obtenir une copie et faire corriger une erreur (RGPD, art. 15 et 16).

Parlez-en au professionnel de votre choix ou au secrétariat.

Bien à vous,`,
  }),
];
