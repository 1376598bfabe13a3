/** Words that a page and its spreadsheet both say. */
export const equipmentLabels = {
  workstation: 'Poste',
  printer: 'Imprimante',
  'card-reader': 'Lecteur de carte',
  network: 'Réseau',
  internet: 'Accès à internet',
  backup: 'Sauvegarde',
  software: 'Logiciel',
  records: 'Dossiers à reprendre',
  other: 'Autre',
} as const;

/** How far a practice of the region is. */
export const practiceStatusLabels = {
  project: 'Projet en cours',
  closed: 'Projet clos',
  stopped: 'Projet arrêté',
  chosen: 'Retenue',
  waiting: 'Liste d’attente',
  refused: 'Non retenue',
  renounced: 'Désistée',
  applied: 'Candidature déposée',
  none: 'Sans démarche',
} as const;
