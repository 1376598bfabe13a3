/** What a section is about. */
export const themes = {
  assessment: 'Bilan',
  wound: 'Plaies',
  fall: 'Chutes',
  pain: 'Douleur',
  diabetes: 'Diabète',
  pregnancy: 'Grossesse et naissance',
  child: 'Enfant',
  mind: 'Santé mentale et mémoire',
  nutrition: 'Nutrition',
  movement: 'Mouvement',
  speech: 'Parole et langage',
  medicine: 'Médicaments',
  education: 'Éducation thérapeutique',
  autonomy: 'Autonomie',
  prevention: 'Prévention',
  mouth: 'Bouche et dents',
  vision: 'Vision',
  reception: 'Accueil',
  other: 'Autre',
} as const;
export type Theme = keyof typeof themes;
