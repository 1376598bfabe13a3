import { z } from 'zod';
import standardSteps from './editions/steps-2024.json' with { type: 'json' };

// Conditions of a call: a leaf looks at one fact of an application, groups join leaves.
const leaf = z.union([
  z.object({ fact: z.string(), is: z.union([z.string(), z.number(), z.boolean()]) }),
  z.object({ fact: z.string(), in: z.array(z.string()).min(1) }),
  z.object({ fact: z.string(), known: z.boolean() }),
  z.object({ fact: z.string(), atLeast: z.number() }),
  z.object({ fact: z.string(), atMost: z.number() }),
  /** On that day at the latest; `moment`: when the conditions must hold. */
  z.object({ fact: z.string(), by: z.string() }),
  /** A day to come within so many months of a moment. */
  z.object({ fact: z.string(), within: z.object({ months: z.number().int().min(1).max(120), of: z.string() }) }),
]);
export type Leaf = z.infer<typeof leaf>;
export type Condition = Leaf | { all: Condition[] } | { any: Condition[] } | { not: Condition };
export const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    leaf,
    z.object({ all: z.array(condition).min(1) }),
    z.object({ any: z.array(condition).min(1) }),
    z.object({ not: condition }),
  ]),
);

/** A field of the application form. Its id is the name of the fact that conditions look at. */
export const field = z.object({
  id: z.string().regex(/^[a-z][a-zA-Z0-9.]{0,60}$/),
  label: z.string().min(1).max(200),
  help: z.string().max(600).default(''),
  type: z.enum(['text', 'long-text', 'number', 'date', 'yes-no', 'choice', 'choices', 'team']),
  choices: z.array(z.object({ code: z.string(), label: z.string() })).default([]),
  required: z.boolean().default(true),
  /** Asked only when this holds. */
  when: condition.nullable().default(null),
});
export const section = z.object({ id: z.string(), title: z.string(), fields: z.array(field) });
export const document = z.object({
  id: z.string(),
  label: z.string(),
  required: z.boolean(),
  when: condition.nullable().default(null),
});

/** One rule of eligibility: what must hold, in the call's own words, and how to mend it. */
export const eligibilityRule = z.object({
  id: z.string(),
  title: z.string(),
  /** Row of the specification, paragraph of the call. */
  source: z.string(),
  test: condition,
  fails: z.string(),
  mend: z.string(),
  documents: z.array(z.string()).default([]),
});
export type EligibilityRule = z.infer<typeof eligibilityRule>;

/** One criterion of ranking: points for each level that holds; the first criterion decides before the second is looked at. */
export const rankingCriterion = z.object({
  id: z.string(),
  title: z.string(),
  source: z.string(),
  levels: z.array(z.object({ points: z.number().int(), words: z.string(), test: condition })).min(1),
  /** `sum`: levels add up; `best`: the highest that holds. */
  combine: z.enum(['sum', 'best']).default('best'),
});
export type RankingCriterion = z.infer<typeof rankingCriterion>;

/** What reviewers score from 0 to 5, with its weight. The weighted mean decides between applications with the same points on every criterion of the call. */
export const reviewItem = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
  title: z.string().min(1).max(200),
  help: z.string().max(600).default(''),
  weight: z.number().int().min(1).max(100),
});
export type ReviewItem = z.infer<typeof reviewItem>;

const cents = z.number().int().min(0).max(1_000_000_000);
/** How money is computed; amounts in cents. */
export const funding = z.object({
  /** `flat`: the sums themselves; `cost`: validated quotes up to these sums. */
  basis: z.enum(['flat', 'cost']),
  fixed: z.object({ cents, words: z.string() }).nullable(),
  perPerson: z.array(
    z.object({ professions: z.union([z.literal('others'), z.array(z.string())]), cents, words: z.string() }),
  ),
  /** Never counted nor paid for. */
  excluded: z.array(z.object({ profession: z.string(), words: z.string() })),
  subscription: z
    .object({
      months: z.number().int().min(0).max(60),
      capCents: cents,
      professions: z.union([z.literal('all-but-physicians'), z.literal('paramedical')]),
      unless: condition.nullable(),
      words: z.string(),
      refused: z.string(),
    })
    .nullable(),
  payments: z.array(z.object({ percent: z.number().int().min(1).max(100), when: z.string() })),
  /** Kinds of quote lines that are never paid, with the reason told. */
  notPaid: z.array(z.object({ kind: z.string(), words: z.string() })),
  /** Spending before this day is never paid. */
  notBefore: z.string(),
  /** What the reader must know about these amounts. */
  notes: z.array(z.string()).default([]),
});
export type Funding = z.infer<typeof funding>;

/** Who leads a step of a project. */
export const stepRole = z.enum(['officer', 'gcs', 'consultant', 'team', 'vendor']);
/** One step of the project of a team that was chosen. Months are counted from January of the year of the call: 0 is that January, 12 the next one. */
export const projectStep = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
  title: z.string().min(1).max(120),
  who: z.array(stepRole).min(1),
  expected: z.string().max(600).default(''),
  fromMonth: z.number().int().min(-12).max(60),
  toMonth: z.number().int().min(-12).max(60),
  /** Papers and files by kind; the step does not close without those that are required. */
  deliverables: z
    .array(
      z.object({
        kind: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
        label: z.string().min(1).max(120),
        required: z.boolean().default(true),
      }),
    )
    .max(10),
});
export type ProjectStep = z.infer<typeof projectStep>;

/** A call for applications, whole, as data: an officer copies one into a new year and changes it on screen. */
export const edition = z.object({
  id: z.string(),
  title: z.string(),
  year: z.number().int(),
  publisher: z.string(),
  /** Wall clock in France, to the second: `2024-05-01T23:59:59`. */
  deadline: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/),
  /** When the conditions must hold. */
  holdsWhen: z.enum(['submission', 'review']),
  places: z.number().int().min(1).max(500),
  placesWords: z.string(),
  sections: z.array(section).min(1),
  documents: z.array(document),
  eligibility: z.array(eligibilityRule).min(1),
  ranking: z.array(rankingCriterion).min(1),
  /** Empty: nobody scores. */
  review: z.array(reviewItem).max(20).default([]),
  /** Between equals, after the reviewers' mark. */
  tie: z.enum(['earliest', 'none']),
  funding,
  /** From the choice of the teams to the balance, and how long it may last from the launch meeting. */
  steps: z
    .array(projectStep)
    .min(1)
    .max(20)
    .prefault(standardSteps as z.input<typeof projectStep>[]),
  mostMonths: z.number().int().min(1).max(60).default(10),
});
export type Edition = z.infer<typeof edition>;
