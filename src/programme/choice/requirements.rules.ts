import type { Importance, Section } from './contract.ts';
import { byWords } from './professions.rules.ts';
import type { Voice } from './synthesis.rules.ts';

/** A need that the answers speak of, and what they say of its importance. */
export interface Need {
  /** `question/row`. */
  source: string;
  area: string;
  sentence: string;
  importance: Importance;
  /** Professions for which it matters. */
  professions: string[];
  /** The figures behind the importance, in words. */
  because: string;
}
/** Level of a choice that was picked: important. */
const picked = 2;
const indispensable = 3;

/** Levels of a function by profession: 0 useless, 1 useful, 2 important, 3 indispensable. */
export type Levels = ReadonlyMap<string, readonly number[]>;
const mean = (levels: readonly number[]): number => levels.reduce((sum, one) => sum + one, 0) / levels.length;
/**
 * Importance of a need. Must: at least half of those who answered say indispensable, or half of the professions do on average (2.5 of 3). Should: important on average (2 of 3) for all, or indispensable on
 * average for one profession. Could: the rest. Undefined: nobody finds it useful. A profession is concerned from an average of 1.5.
 */
export function importanceOf(
  levels: Levels,
): { importance: Importance; professions: string[]; because: string } | undefined {
  const all = [...levels.values()].flat();
  if (all.length === 0 || all.every((level) => level === 0)) return undefined;
  const said = all.filter((level) => level === indispensable).length;
  const groups = [...levels].filter(([, held]) => held.length > 0);
  const needing = groups.filter(([, held]) => mean(held) >= 2.5);
  const importance: Importance =
    said * 2 >= all.length || needing.length * 2 >= groups.length
      ? 'must'
      : mean(all) >= 2 || needing.length > 0
        ? 'should'
        : 'could';
  const professions = groups
    .filter(([, held]) => mean(held) >= 1.5)
    .map(([profession]) => profession)
    .sort(byWords);
  return {
    importance,
    professions,
    because: [
      `${said} sur ${all.length} ${all.length > 1 ? 'réponses' : 'réponse'} « indispensable »`,
      `moyenne ${mean(all).toFixed(1).replace('.', ',')} sur 3`,
      `indispensable pour ${needing.length} ${needing.length > 1 ? 'professions' : 'profession'} sur ${groups.length}`,
    ].join(' ; '),
  };
}

/** The needs of a team, in the order of its questionnaire. Functions (matrix) are weighed by their levels; a choice that carries a requirement counts as important for who picked it. */
export function needsIn(sections: readonly Section[], voices: readonly Voice[]): Need[] {
  const needs: Need[] = [];
  const levelsBy = (level: (voice: Voice) => number | undefined): Levels => {
    const levels = new Map<string, number[]>();
    for (const voice of voices) {
      const one = level(voice);
      if (one === undefined) continue;
      const held = levels.get(voice.profession);
      if (held) held.push(one);
      else levels.set(voice.profession, [one]);
    }
    return levels;
  };
  for (const { title, area, questions } of sections)
    for (const question of questions) {
      for (const row of question.type === 'matrix' ? (question.rows ?? []) : []) {
        const found = importanceOf(
          levelsBy(({ answers }) => (answers[question.id] as Record<string, number> | undefined | null)?.[row.code]),
        );
        if (found)
          needs.push({
            source: `${question.id}/${row.code}`,
            area: question.label,
            sentence: row.requirement || `Le logiciel permet : ${row.label}.`,
            ...found,
          });
      }
      for (const choice of question.type === 'single' || question.type === 'multiple' ? (question.choices ?? []) : []) {
        if (!choice.requirement) continue;
        const answered = voices.filter(
          ({ answers }) => answers[question.id] !== undefined && answers[question.id] !== null,
        );
        const many = answered.filter(({ answers }) => picks(answers[question.id], choice.code));
        const found = importanceOf(
          levelsBy(({ answers }) =>
            answers[question.id] === undefined || answers[question.id] === null
              ? undefined
              : picks(answers[question.id], choice.code)
                ? picked
                : 0,
          ),
        );
        if (found)
          needs.push({
            source: `${question.id}/${choice.code}`,
            area: area || title,
            sentence: choice.requirement,
            ...found,
            because: `${many.length} sur ${answered.length} l’ont coché : « ${choice.label} »`,
          });
      }
    }
  return needs;
}
const picks = (value: unknown, code: string): boolean => (Array.isArray(value) ? value.includes(code) : value === code);
