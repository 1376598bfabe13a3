/**
 * What is asked of risk, way of life and social situation (DOS-2), each with its usual answers: our own words, coded with LOINC and SNOMED CT where
 * the code says the very same; free words are always an answer. The same on both sides.
 */
export interface HistoryAnswer {
  code: string;
  label: string;
  /** SNOMED CT, from the value set of FHIR's own smoking status and the International Patient Summary's free set. */
  snomed?: string;
  /** To be seen at once. */
  flag?: true;
  /** Other words that find it. */
  words?: string;
}
export interface HistorySubject {
  code: string;
  topic: 'risk' | 'lifestyle' | 'social';
  label: string;
  loinc?: string;
  /** Several answers stand side by side. */
  many?: true;
  answers: readonly HistoryAnswer[];
}
/** Codes of ours in FHIR. */
export const historySystem = { topic: 'urn:estran:history-topic', subject: 'urn:estran:history-subject', answer: 'urn:estran:history-answer' } as const;

/** `code|label` of an answer; `!` in front of the label: to be seen at once; then SNOMED CT and other words. */
const answers = (text: string): HistoryAnswer[] =>
  text.split(';').map((one) => {
    const [code = '', label = '', snomed = '', words = ''] = one.trim().split('|');
    const flag = label.startsWith('!');
    return { code, label: flag ? label.slice(1) : label, ...(snomed && { snomed }), ...(flag && { flag: true as const }), ...(words && { words }) };
  });

export const historySubjects: readonly HistorySubject[] = [
  { code: 'tobacco', topic: 'risk', label: 'Tabac', loinc: '72166-2', answers: answers('current|!Fumeur|77176002|cigarette; former|Ancien fumeur|8517006|sevré; never|Non-fumeur|266919005|jamais; passive|Tabagisme passif||; vape|Cigarette électronique||vapote') },
  { code: 'alcohol', topic: 'risk', label: 'Alcool', loinc: '11331-6', answers: answers('none|Pas d’alcool||jamais; occasional|Alcool occasionnel||; regular|Alcool régulier||verres; harmful|!Alcool, usage à risque||dépendance; abstinent|Abstinent||sevré') },
  { code: 'drugs', topic: 'risk', label: 'Autres substances', answers: answers('none|Pas d’autre substance||drogue; cannabis|!Cannabis||drogue; opioids|!Opioïdes||héroïne drogue; cocaine|!Cocaïne||drogue; substitution|!Traitement de substitution||méthadone') },
  { code: 'weight', topic: 'risk', label: 'Poids', many: true, answers: answers('overweight|Surpoids||; obesity|!Obésité||; loss|!Perte de poids récente||dénutrition amaigrissement') },
  { code: 'falls', topic: 'risk', label: 'Chutes', answers: answers('none|Pas de chute dans l’année||; one|!Une chute dans l’année||; several|!Plusieurs chutes dans l’année||') },
  { code: 'exposure', topic: 'risk', label: 'Expositions', many: true, answers: answers('asbestos|!Amiante||travail; dust|Poussières, bois||travail; chemicals|Produits chimiques, pesticides||travail; noise|Bruit||travail; loads|Port de charges||travail dos; sun|Soleil||peau') },
  { code: 'activity', topic: 'lifestyle', label: 'Activité physique', answers: answers('active|Actif (150 minutes par semaine ou plus)||sport marche; some|Activité physique insuffisante||sport; sedentary|!Sédentaire||sport') },
  { code: 'diet', topic: 'lifestyle', label: 'Alimentation', many: true, answers: answers('balanced|Alimentation équilibrée||; diet|Régime suivi||; vegetarian|Végétarien||; poor|!Appétit diminué||dénutrition; alone|Repas sautés ou irréguliers||; texture|Texture modifiée||mixé') },
  { code: 'sleep', topic: 'lifestyle', label: 'Sommeil', answers: answers('good|Bon sommeil||; bad|Sommeil difficile||insomnie; night|Travail de nuit||') },
  {
    code: 'work',
    topic: 'lifestyle',
    label: 'Activité professionnelle',
    loinc: '67875-5',
    answers: answers('employed|En emploi||travail métier; self|Travailleur indépendant||agriculteur artisan; jobless|Sans emploi||chômage; student|Élève ou étudiant||école; retired|Retraité||retraite; sick|!En arrêt de travail||; disabled|Invalidité||; home|Au foyer||'),
  },
  { code: 'driving', topic: 'lifestyle', label: 'Déplacements', many: true, answers: answers('drives|Conduit||voiture; stopped|Ne conduit plus||voiture; accompanied|!Ne sort pas seul||; aid|Marche avec une aide||canne déambulateur; wheelchair|Fauteuil roulant||') },
  { code: 'household', topic: 'social', label: 'Entourage', answers: answers('alone|!Vit seul||isolé; couple|Vit en couple||conjoint; family|Vit en famille||enfants; relative|Vit chez un proche||; home|En établissement||ehpad foyer') },
  {
    code: 'housing',
    topic: 'social',
    label: 'Logement',
    loinc: '71802-3',
    many: true,
    answers: answers('house|Maison||; flat|Appartement||; stairs|!Étage sans ascenseur||escalier; adapted|Logement adapté||; unfit|!Logement insalubre ou encombré||; precarious|!Hébergement précaire||; homeless|!Sans domicile|32911000|sdf rue'),
  },
  { code: 'helpers', topic: 'social', label: 'Aides', many: true, answers: answers('relative|Proche aidant||famille conjoint; homehelp|Aide à domicile||auxiliaire ménage; nurse|Passage infirmier||; meals|Portage de repas||; alarm|Téléassistance||bracelet; day|Accueil de jour||; none|!Aucune aide||') },
  {
    code: 'rights',
    topic: 'social',
    label: 'Droits',
    many: true,
    answers: answers(
      'ald|ALD exonérante||; c2s|C2S||complémentaire santé solidaire; ame|AME||aide médicale d’état; insured|Mutuelle||complémentaire; apa|APA||autonomie gir; aah|AAH||handicap adulte; pch|PCH||handicap; rqth|RQTH||travailleur handicapé; pension|Pension d’invalidité||; none|!Pas de complémentaire ou droits non ouverts||',
    ),
  },
  { code: 'protection', topic: 'social', label: 'Protection et volontés', many: true, answers: answers('guardian|!Tutelle||; curator|!Curatelle||; family|!Habilitation familiale||; safeguard|!Sauvegarde de justice||; trusted|Personne de confiance désignée||; directives|Directives anticipées écrites||fin de vie') },
  { code: 'language', topic: 'social', label: 'Langue et compréhension', many: true, answers: answers('interpreter|!Interprète nécessaire||étranger langue; literacy|!Lit difficilement||illettrisme; deaf|!Langue des signes ou lecture sur les lèvres||surdité; screen|Pas d’accès numérique||internet') },
  { code: 'difficulty', topic: 'social', label: 'Difficultés', many: true, answers: answers('isolation|!Isolement||seul; poverty|!Difficultés financières||précarité argent; carer|!Aidant épuisé||; violence|!Violences subies||; child|!Enfant à protéger||mineur') },
];
export const subjectOfHistory = (code: string | null | undefined): HistorySubject | undefined => historySubjects.find((one) => one.code === code);

/** Of which kind of data a topic is: diagnoses and the past, or how one lives. */
export const kindOfTopic = (topic: string): 'history' | 'lifestyle' => (topic === 'personal' || topic === 'family' || topic === 'procedure' ? 'history' : 'lifestyle');

/** Topics in which «aucun connu» is an answer of its own, and how it is said. */
export const noneKnownWords = { personal: 'Aucun antécédent personnel connu', family: 'Aucun antécédent familial connu', procedure: 'Aucune intervention connue', risk: 'Aucun facteur de risque connu' } as const;
export type NoneKnownTopic = keyof typeof noneKnownWords;
export const mayBeNone = (topic: string): topic is NoneKnownTopic => Object.hasOwn(noneKnownWords, topic);
/** Order and short titles of the card. */
export const historyRows = [
  { topic: 'personal', label: 'Personnels' },
  { topic: 'procedure', label: 'Interventions' },
  { topic: 'family', label: 'Famille' },
  { topic: 'risk', label: 'Risques' },
  { topic: 'lifestyle', label: 'Mode de vie' },
  { topic: 'social', label: 'Social' },
] as const;
