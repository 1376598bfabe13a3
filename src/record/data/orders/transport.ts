/**
 * What a prescription of transport says (form S 3138, cerfa 11574; code de la sécurité sociale, art. R. 322-10 to R. 322-10-4): why, by what, and which state of the patient wants it (arrêté du 23 décembre 2006, référentiel de prescription).
 * Read in 2025 on ameli.fr (health professionals, taxis), CNMSS and MACSF.
 */
export const transportReasons = {
  hospital: 'Hospitalisation, entrée ou sortie (complète, partielle ou ambulatoire)',
  ald: 'Soins ou examens en rapport avec une affection de longue durée',
  work: 'Accident du travail ou maladie professionnelle',
  maternity: 'Maternité, à partir du sixième mois',
  newborn: 'Nouveau-né de moins de trente jours',
  series: 'Transports en série (au moins quatre en deux mois, plus de 50 km)',
  distance: 'Longue distance (plus de 150 km)',
  centre: 'Enfant ou adolescent vers un CAMSP ou un CMPP',
  lying: 'État qui demande d’être allongé ou surveillé (ambulance)',
  other: 'Autre',
} as const;
export type TransportReason = keyof typeof transportReasons;
export const transportModes = {
  individual: 'Véhicule personnel ou transport en commun',
  seated: 'Transport assis professionnalisé (VSL ou taxi conventionné)',
  ambulance: 'Ambulance',
  regular: 'Avion ou bateau de ligne',
} as const;
export type TransportMode = keyof typeof transportModes;
/** At least one is said for a professional transport. */
export const transportStates = {
  aid: { mode: 'seated', label: 'Aide technique ou humaine au déplacement, sans brancardage ni portage' },
  mind: { mode: 'seated', label: 'Déficience intellectuelle ou psychique : aide d’un tiers pour transmettre les informations aux soignants' },
  hygiene: { mode: 'seated', label: 'Respect rigoureux des règles d’hygiène' },
  infection: { mode: 'seated', label: 'Prévention du risque infectieux, désinfection du véhicule' },
  effects: { mode: 'seated', label: 'Traitement pouvant causer des effets secondaires pendant le trajet' },
  lying: { mode: 'ambulance', label: 'Position allongée ou demi-assise obligatoire' },
  watch: { mode: 'ambulance', label: 'Surveillance par une personne qualifiée' },
  oxygen: { mode: 'ambulance', label: 'Administration d’oxygène' },
  carry: { mode: 'ambulance', label: 'Brancardage ou portage' },
  asepsis: { mode: 'ambulance', label: 'Conditions d’asepsie' },
} as const satisfies Record<string, { mode: TransportMode; label: string }>;
export type TransportState = keyof typeof transportStates;
export const transportWays = { out: 'aller', back: 'retour', both: 'aller et retour' } as const;
/** Kilometres one way and transports in two months from which the health insurance agrees beforehand (CNMSS, ameli.fr; form S 3139, cerfa 11575). */
export const priorAgreementFrom = { distance: 150, seriesDistance: 50, series: 4 } as const;
/** No answer within so many days is an agreement (CNMSS). */
export const agreementDays = 15;
