import { answersOf, doctorPolitely, orByHand, politely, recordInBrief, type ShippedTemplate, template, toDoctor, whoIsPatient } from './build.ts';

export const nursingTemplates: readonly ShippedTemplate[] = [
  template('cr-infirmier', '1.0', {
    title: 'Compte rendu infirmier',
    description: 'Au médecin : ce qui a été fait, vu, et ce qui inquiète.',
    use: 'compte-rendu',
    documentType: '34746-8',
    professions: ['nurse', 'advanced-practice-nurse', 'asalee-nurse'],
    subject: 'Compte rendu infirmier : {{patient.nom}}',
    text: `
${toDoctor}

Voici des nouvelles de ${whoIsPatient}.

${orByHand(
  'evaluation-infirmiere',
  answersOf('evaluation-infirmiere', [
    ['À signaler', 'alerte-medecin'],
    ['Mode de vie', 'vie'],
    ['Aidant', 'aidant'],
    ['Prise des médicaments', 'medicaments'],
    ['Peau', 'peau'],
    ['Risques repérés', 'risque'],
    ['À réévaluer le', 'reevaluation'],
  ]),
  '**Soins faits :**\n\n**Ce que j’ai constaté :**\n\n**Ce qui m’inquiète :**\n',
)}

{{si mesures}}
## Constantes et mesures
{{mesures}}

{{fin}}
**Ma question, ou ce que je vous demande :**

${doctorPolitely}`,
  }),
  template('suivi-plaie', '1.0', {
    title: 'Suivi de plaie au médecin',
    description: 'Mesures, évolution et soin de la plaie, repris du volet.',
    use: 'bilan',
    documentType: '34746-8',
    professions: ['nurse', 'advanced-practice-nurse', 'chiropodist'],
    subject: 'Suivi de plaie : {{patient.nom}}',
    text: `
${toDoctor}

Je suis ${whoIsPatient} pour une plaie.

${orByHand(
  'plaie',
  answersOf('plaie', [
    ['Plaie', 'plaie-nom'],
    ['Type', 'type'],
    ['Stade', 'stade'],
    ['Longueur', 'longueur'],
    ['Largeur', 'largeur'],
    ['Surface (cm²)', 'surface'],
    ['Exsudat', 'exsudat'],
    ['Signes d’infection', 'infection'],
    ['Pansement', 'primaire'],
    ['Évolution', 'evolution'],
    ['Ce qui freine la cicatrisation', 'retard'],
    ['Commentaire', 'plaie-commentaire'],
  ]),
  '**Siège, mesures :**\n\n**Aspect, exsudat :**\n\n**Soin actuel :**\n',
)}

{{si mesure.4548-4}}
HbA1c : {{mesure.4548-4}}.

{{fin}}
**Ce que je vous demande :** renouvellement, avis, changement de pansement.

${doctorPolitely}`,
  }),
  template('fiche-liaison', '1.0', {
    title: 'Fiche de liaison infirmière',
    description: 'Pour un établissement, une HAD, un SSIAD : l’essentiel d’une page.',
    use: 'liaison',
    documentType: '34746-8',
    professions: ['nurse', 'advanced-practice-nurse', 'asalee-nurse'],
    subject: 'Fiche de liaison : {{patient.nom}}',
    text: `
${whoIsPatient}. {{si patient.adresse}}Demeure {{patient.adresse}}.{{fin}} {{si patient.telephone}}Téléphone {{patient.telephone}}.{{fin}}

{{si alertes}}
**Alertes :** {{alertes}}.

{{fin}}
${recordInBrief}
## Autonomie et soins en cours
${orByHand(
  'evaluation-infirmiere',
  answersOf('evaluation-infirmiere', [
    ['Toilette', 'toilette'],
    ['Habillage', 'habillage'],
    ['Déplacements', 'deplacements'],
    ['Repas', 'repas'],
    ['Continence', 'continence'],
    ['Communication', 'communication'],
    ['Dispositifs en place', 'dispositif'],
    ['Risques', 'risque'],
  ]),
  '- ',
)}

{{si mesures}}
## Dernières mesures
{{mesures}}

{{fin}}
## Autour du patient
- Médecin traitant : {{si medecin-traitant}}{{medecin-traitant}}{{sinon}}non déclaré{{fin}}
{{si patient.contact}}
- Personne à prévenir : {{patient.contact}}
{{fin}}
{{pour equipe}}
- {{nom}}, {{role}}{{si telephone}}, {{telephone}}{{fin}}
{{fin}}`,
  }),
  template('cr-ipa', '1.0', {
    title: 'Compte rendu de suivi en pratique avancée',
    description: 'Au médecin qui confie le suivi.',
    use: 'compte-rendu',
    documentType: '11488-4',
    professions: ['advanced-practice-nurse'],
    subject: 'Suivi en pratique avancée : {{patient.nom}}',
    text: `
${toDoctor}

J’ai vu ${whoIsPatient}, dans le cadre du suivi que vous m’avez confié.

{{si note.derniere}}
{{note.derniere}}

{{fin}}
{{si problemes}}
## Suivi pour
{{problemes}}

{{fin}}
{{si mesures}}
## Mesures
{{mesures}}

{{fin}}
## Traitements
{{traitements}}

{{si objectifs}}
## Objectifs
{{objectifs}}

{{fin}}
**Renouvelé, adapté ou prescrit :**

**Retour vers vous :**

${doctorPolitely}`,
  }),
  template('cr-asalee', '1.0', {
    title: 'Compte rendu de suivi Asalée',
    description: 'Au médecin : éducation, mesures, objectifs.',
    use: 'compte-rendu',
    documentType: '34746-8',
    professions: ['asalee-nurse'],
    subject: 'Suivi Asalée : {{patient.nom}}',
    text: `
${toDoctor}

J’ai reçu ${whoIsPatient} en consultation Asalée.

{{si volet.volet-suivi-asalee}}
{{volet.volet-suivi-asalee}}

{{fin}}
{{si mesures}}
## Mesures
{{mesures}}

{{fin}}
{{si objectifs}}
## Objectifs convenus
{{objectifs}}

{{fin}}
**Prochaine étape :**

${doctorPolitely}`,
  }),
  template('bilan-medication', '1.0', {
    title: 'Bilan partagé de médication au médecin',
    description: 'Synthèse du pharmacien, repris du volet.',
    use: 'bilan',
    documentType: '34133-9',
    professions: ['pharmacist'],
    subject: 'Bilan partagé de médication : {{patient.nom}}',
    text: `
${toDoctor}

J’ai mené un bilan partagé de médication avec ${whoIsPatient}.

${orByHand(
  'bilan-medication',
  answersOf('bilan-medication', [
    ['Synthèse', 'conclusion'],
    ['Médicaments au long cours', 'nombre'],
    ['Associations et classes à surveiller', 'classes'],
    ['Difficultés de prise', 'difficultes'],
    ['Difficultés d’observance, sur six', 'observance'],
    ['Effets gênants', 'effets'],
    ['Automédication', 'automedication'],
    ['Propositions', 'proposition'],
    ['Convenu avec le patient', 'plan'],
    ['Prochain suivi', 'suivi'],
  ]),
  '**Constats :**\n\n**Propositions :**\n- ',
)}

## Traitement relevé
{{traitements}}

## Allergies
{{allergies}}

{{si mesure.62238-1}}
Fonction rénale : {{mesure.62238-1}}.

{{fin}}
Merci de me dire ce que vous retenez. ${politely}`,
  }),
];
