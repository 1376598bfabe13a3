import { politely, prescribers, recordInBrief, type ShippedTemplate, template, whoIsPatient } from './build.ts';

export const physicianTemplates: readonly ShippedTemplate[] = [
  template('adressage', '1.0', {
    title: 'Lettre d’adressage à un confrère',
    description: 'Adresser un patient : motif, résumé du dossier, question posée.',
    use: 'adressage',
    documentType: '57133-1',
    professions: ['physician', 'advanced-practice-nurse', 'dental-surgeon', 'midwife'],
    subject: 'Adressage de {{patient.nom}}',
    text: `
Chère consœur, cher confrère,

Merci de recevoir ${whoIsPatient}, que je vous adresse pour

{{si ald}}
Prise en charge en ALD : {{ald}}.

{{fin}}
{{si enceinte}}
**Grossesse en cours.**

{{fin}}
${recordInBrief}
{{si mesures}}
## Dernières mesures
{{mesures}}

{{fin}}
{{si alertes}}
**À savoir :** {{alertes}}.

{{fin}}
${politely}`,
  }),
  template('demande-avis', '1.0', {
    title: 'Demande d’avis',
    description: 'Une question précise à un spécialiste, sans transfert du suivi.',
    use: 'avis',
    documentType: '51845-6',
    professions: ['physician', 'advanced-practice-nurse', 'midwife', 'dental-surgeon'],
    subject: 'Demande d’avis au sujet de {{patient.nom}}',
    text: `
Chère consœur, cher confrère,

Je souhaite votre avis au sujet de ${whoIsPatient}.

**Ma question :**

**Le contexte :**

${recordInBrief}
{{si resultats}}
## Résultats récents
{{resultats}}

{{fin}}
Dans l’attente de votre réponse, je poursuis le suivi. ${politely}`,
  }),
  template('cr-consultation', '1.0', {
    title: 'Compte rendu de consultation',
    description: 'Ce qui a été vu et décidé, pour le dossier ou un confrère.',
    use: 'compte-rendu',
    documentType: '11488-4',
    professions: ['physician', 'advanced-practice-nurse', 'midwife', 'dental-surgeon'],
    subject: 'Consultation du {{date.jour}}',
    text: `
J’ai vu ce jour ${whoIsPatient}.

{{si note.derniere}}
## Consultation
{{note.derniere}}

{{fin}}
{{si mesures}}
## Mesures
{{mesures}}

{{fin}}
## Traitements
{{traitements}}

## Conduite à tenir
- 

{{si rendez-vous.prochain}}
Prochain rendez-vous : {{rendez-vous.prochain}}.
{{fin}}`,
  }),
  template('hopital-entree', '1.0', {
    title: 'Lettre à l’hôpital (entrée, urgences)',
    description: 'Tout ce qu’il faut à l’accueil : allergies, traitements, antécédents, personne à prévenir.',
    use: 'hopital',
    documentType: '57133-1',
    professions: ['physician', 'advanced-practice-nurse', 'nurse'],
    subject: 'Entrée de {{patient.nom}}',
    text: `
Chère consœur, cher confrère,

Merci de prendre en charge ${whoIsPatient}, pour

**Histoire récente :**

**Constantes :** {{si mesure.85354-9}}PA {{mesure.85354-9}}{{fin}}{{si mesure.8867-4}}, pouls {{mesure.8867-4}}{{fin}}{{si mesure.2708-6}}, saturation {{mesure.2708-6}}{{fin}}{{si mesure.8310-5}}, température {{mesure.8310-5}}{{fin}}

{{si alertes}}
**Alertes :** {{alertes}}.

{{fin}}
{{si enceinte}}
**Grossesse en cours.**

{{fin}}
${recordInBrief}
{{si mesure.62238-1}}
Fonction rénale : {{mesure.62238-1}}.

{{fin}}
## Autour du patient
- Médecin traitant : {{medecin-traitant}}
{{si patient.contact}}
- Personne à prévenir : {{patient.contact}}
{{fin}}
{{pour equipe}}
- {{nom}}, {{role}}{{si telephone}}, {{telephone}}{{fin}}
{{fin}}

Merci de nous tenir informés. ${politely}`,
  }),
  template('certificat', '1.0', {
    title: 'Certificat médical descriptif',
    description: 'Ce qui a été constaté, sans interprétation ; remis en main propre.',
    use: 'certificat',
    documentType: '64290-0',
    professions: prescribers,
    signers: prescribers,
    subject: 'Certificat médical',
    text: `
Je soussigné, {{signataire.nom}}, {{signataire.profession}}, certifie avoir examiné ce jour, {{date.jour}}, ${whoIsPatient}, demeurant {{patient.adresse}}.

**{{patient.civilite}} {{patient.nom}} déclare :**

**L’examen constate :**

Certificat établi à la demande de l’intéressé{{patient.e}} et remis en main propre pour servir et valoir ce que de droit.`,
  }),
  template('certificat-sport', '1.0', {
    title: 'Certificat pour la pratique d’un sport',
    description: 'Absence de contre-indication (code du sport, art. L. 231-2).',
    use: 'certificat',
    documentType: '64290-0',
    professions: ['physician'],
    signers: ['physician'],
    subject: 'Certificat d’absence de contre-indication à la pratique du sport',
    text: `
Je soussigné, {{signataire.nom}}, certifie avoir examiné ce jour, {{date.jour}}, ${whoIsPatient}, et n’avoir pas constaté, à la date de cet examen, de contre-indication à la pratique de :

- 

Certificat établi à la demande de l’intéressé{{patient.e}}{{si mineur}} ou de ses représentants légaux{{fin}} et remis en main propre.`,
  }),
  template('absence-scolaire', '1.0', {
    title: 'Certificat d’absence scolaire',
    description: 'Absence pour raison de santé, sans dire laquelle.',
    use: 'certificat',
    documentType: '64290-0',
    professions: ['physician'],
    signers: ['physician', 'midwife'],
    subject: 'Absence scolaire',
    text: `
Je soussigné, {{signataire.nom}}, certifie avoir examiné ce jour, {{date.jour}}, ${whoIsPatient}.

Son état de santé justifie une absence du                au                inclus.

Certificat remis {{si mineur}}aux représentants légaux{{sinon}}à l’intéressé{{patient.e}}{{fin}} pour servir et valoir ce que de droit.`,
  }),
  template('certificat-vaccins', '1.0', {
    title: 'Attestation de vaccination',
    description: 'Les vaccins notés au dossier, pour une collectivité ou un employeur.',
    use: 'certificat',
    documentType: '64290-0',
    professions: ['physician', 'midwife', 'nurse', 'advanced-practice-nurse', 'pharmacist'],
    signers: ['physician', 'midwife', 'nurse', 'advanced-practice-nurse', 'pharmacist'],
    subject: 'Attestation de vaccination',
    text: `
Je soussigné, {{signataire.nom}}, {{signataire.profession}}, atteste que ${whoIsPatient} a reçu les vaccinations suivantes, d’après son dossier :

{{vaccins}}

Attestation remise {{si mineur}}aux représentants légaux{{sinon}}à l’intéressé{{patient.e}}{{fin}}.`,
  }),
  template('reponse-avis', '1.0', {
    title: 'Réponse à une demande d’avis',
    description: 'À qui a adressé le patient ou demandé un avis.',
    use: 'avis',
    documentType: '51846-4',
    professions: ['physician', 'advanced-practice-nurse', 'midwife', 'dental-surgeon', 'pharmacist'],
    subject: 'Réponse au sujet de {{patient.nom}}',
    text: `
Chère consœur, cher confrère,

Merci de m’avoir demandé mon avis au sujet de ${whoIsPatient}.

**Votre question :**

**Ma réponse :**

**Ce que je propose :**
- 

{{si traitements}}
Traitements en cours à ce jour : {{traitements}}.

{{fin}}
${politely}`,
  }),
  template('courrier-patient-resultats', '1.0', {
    title: 'Courrier au patient : résultats',
    description: 'Des mots simples, ce qu’il faut faire, qui appeler.',
    use: 'patient',
    documentType: '34109-9',
    professions: ['physician', 'midwife', 'advanced-practice-nurse', 'asalee-nurse'],
    subject: 'Vos résultats',
    text: `
{{patient.civilite}},

J’ai bien reçu vos résultats.

{{si resultats}}
{{resultats}}

{{fin}}
**Ce que cela veut dire :**

**Ce que je vous propose :**
- 

{{si rendez-vous.prochain}}
Nous nous revoyons le {{rendez-vous.prochain}}.

{{fin}}
{{si structure.telephone}}
Une question ? Appelez le {{structure.telephone}}.
{{sinon}}
Une question ? Appelez le secrétariat.
{{fin}}

Bien à vous,`,
  }),
  template('information-pharmacien', '1.0', {
    title: 'Information au pharmacien',
    description: 'Traitement modifié, arrêté ou à surveiller : ce que la pharmacie doit savoir.',
    use: 'pharmacie',
    documentType: '34109-9',
    professions: ['physician', 'advanced-practice-nurse', 'midwife', 'dental-surgeon'],
    subject: 'Traitement de {{patient.nom}}',
    text: `
Chère consœur, cher confrère,

Au sujet de ${whoIsPatient} :

**Ce qui change :**
- 

**Pourquoi :**

## Traitement en cours à ce jour
{{traitements}}

## Allergies
{{allergies}}

{{si mesure.62238-1}}
Fonction rénale : {{mesure.62238-1}}.
{{fin}}
{{si enceinte}}
**Grossesse en cours.**
{{fin}}

Merci de m’appeler en cas de doute ou de difficulté d’approvisionnement. ${politely}`,
  }),
];
