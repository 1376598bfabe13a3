import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { vaccineAdvice } from '../data/vaccine-advice.ts';
import { calendarEditions, calendarOn, cautionOn, type Span } from '../data/vaccine-calendar.ts';
import { gs1Check, productOf, vaccineProducts } from '../data/vaccine-products.ts';
import {
  type Situation,
  situations,
  situationsOfCode,
  type Target,
  targets,
  vaccineOf,
  vaccines,
} from '../data/vaccines.ts';
import { addDays, addMonths } from '../dates.rules.ts';
import { adviceFor } from './advice.rules.ts';
import { after, concerns, courseOf, type Dose, type Person, soon, tooSoon, vaccinesDue } from './due.rules.ts';
import { readScan } from '../contract.ts';

const today = '2026-11-26';
const born = (span: Span) => {
  const n = Number.parseInt(span, 10);
  return span.endsWith('w') ? addDays(today, -7 * n) : addMonths(today, -n * (span.endsWith('y') ? 12 : 1));
};
const person = (birth: string, ...codes: Situation[]): Person => ({
  birth,
  situations: codes.map((code) => ({ code, ...(code === 'pregnancy' && { term: addDays(today, 7 * 16) }) })),
});
const give = (code: string, day: string): Dose => {
  const atc = productOf(code)?.atc ?? code;
  return {
    targets: vaccineOf(atc)!.targets,
    codes: [code, atc],
    day,
    outcome: 'given',
    live: vaccineOf(atc)!.live === true,
  };
};
const stateOf = (who: Person, doses: readonly Dose[], target: Target, on = today) =>
  vaccinesDue(who, on, doses).find((one) => one.target === target)?.state;

describe('the French calendar', () => {
  test('DOS-6 editions stand beside each other with their year and source; the one in force is chosen by the day', () => {
    assert.equal(calendarOn('2024-12-31').year, 2024);
    assert.equal(calendarOn(today).year, 2025);
    for (const edition of calendarEditions) {
      assert.match(edition.source, /Ministère chargé de la santé/);
      assert.equal(new Set(edition.rules.map(({ id }) => id)).size, edition.rules.length, 'one rule an id');
      for (const rule of edition.rules)
        if (rule.kind === 'boosters' && rule.after)
          assert.ok(edition.rules.some(({ id }) => id === rule.after!.series));
    }
    // Before 2025 meningococcus C was compulsory, HPV was caught up until 19.
    const man = person('2002-06-01');
    assert.equal(stateOf(man, [], 'hpv', '2024-11-01'), undefined);
    assert.ok(stateOf(man, [], 'hpv', '2025-11-01'));
    assert.ok(stateOf(person('2022-03-01'), [], 'men-c', '2024-06-01'));
  });

  test('DOS-6 an infant: what is compulsory by the date of birth, due at each age, late after a month, up to date with the whole course', () => {
    const baby = person(born('2m'));
    assert.deepEqual(
      vaccinesDue(baby, today, [])
        .filter(({ state }) => state === 'due')
        .map(({ target }) => target)
        .sort(),
      ['dtp', 'hepatitis-b', 'hib', 'pertussis', 'pneumococcus', 'rotavirus'],
    );
    assert.equal(stateOf(person(born('4m')), [], 'dtp'), 'late');
    assert.equal(stateOf(baby, [], 'men-b'), 'coming');
    const must = (birth: string, target: Target, on = today) =>
      vaccinesDue(person(birth), on, []).find((one) => one.target === target)?.mandatory ?? null;
    assert.ok(must(born('4m'), 'men-b')?.includes('2024-694'));
    assert.equal(must('2023-06-01', 'men-b', '2025-01-15'), null, 'born before July 2023: recommended until five');
    assert.equal(must(born('8y'), 'mmr'), null, 'the law stops asking at eighteen months');
    const birth = born('20m');
    const at = (code: string, ...months: number[]) => months.map((n) => give(code, addMonths(birth, n)));
    const whole = [
      ...at('VAC0510', 2, 4, 11),
      ...at('VAC0780', 2, 4, 11),
      ...at('VAC0495', 3, 5, 12),
      ...at('VAC0486', 6, 12),
      ...at('VAC0053', 12, 17),
    ];
    assert.deepEqual(
      soon(vaccinesDue(person(birth), today, whole), today).map(({ target }) => target),
      [],
    );
    // A combined vaccine counts for each of its diseases.
    assert.deepEqual(
      vaccinesDue(
        person(birth),
        today,
        whole.filter((dose) => !dose.codes.includes('VAC0510')),
      )
        .filter(({ state }) => state === 'late')
        .map(({ target }) => target)
        .sort(),
      ['dtp', 'hepatitis-b', 'hib', 'pertussis'],
    );
  });

  test('DOS-6 caught up: the number of doses follows the age at the first one; too young or too close does not count', () => {
    const birth = born('30m');
    const pneumo = (...months: number[]) => months.map((n) => give('VAC0123', addMonths(birth, n)));
    const rule = calendarOn(today).rules.find(({ id }) => id === 'men-b')!;
    assert.ok(rule.kind === 'series');
    const menB = (...months: number[]) =>
      courseOf(
        rule,
        birth,
        today,
        months.map((n) => addMonths(birth, n)),
      );
    assert.deepEqual(
      [menB(3, 5, 12), menB(7, 9, 12), menB(13, 15, 28), menB(25, 27)].map(({ scheme, counted }) => [
        scheme.doses.length,
        counted.length,
      ]),
      [
        [3, 3],
        [3, 3],
        [3, 3],
        [2, 2],
      ],
    );
    assert.deepEqual(menB(3, 4, 12).tooSoon.length, 1, 'a month instead of two');
    const early = tooSoon(person(birth), today, [give('VAC0053', addMonths(birth, 10)), ...pneumo(2, 4, 11)]);
    assert.deepEqual([...early], [`mmr ${addMonths(birth, 10)}`]);
    assert.equal(
      stateOf(person(birth), [give('VAC0053', addMonths(birth, 10)), give('VAC0053', addMonths(birth, 12))], 'mmr'),
      'late',
      'a dose before one year does not count',
    );
    // Papillomavirus: two doses when begun before fifteen, three after.
    const girl = born('18y');
    assert.equal(
      stateOf(person(girl), [give('VAC0523', addMonths(girl, 140)), give('VAC0523', addMonths(girl, 147))], 'hpv'),
      undefined,
    );
    assert.equal(
      stateOf(person(girl), [give('VAC0523', addMonths(girl, 190)), give('VAC0523', addMonths(girl, 192))], 'hpv'),
      'due',
    );
  });

  test('DOS-6 grown-ups: boosters at fixed ages, 65 and more, and what has no trace is to be looked at', () => {
    assert.equal(stateOf(person(born('50y')), [], 'dtp'), 'to-discuss');
    assert.match(
      vaccinesDue(person(born('50y')), today, []).find(({ target }) => target === 'dtp')!.why,
      /aucune dose n’est connue ici : .*0, 2 et 8 à 12 mois.*HAS/,
      'how to catch up is said',
    );
    assert.equal(stateOf(person(born('50y')), [give('VAC0030', '2019-03-01')], 'dtp'), 'coming', 'at 65');
    assert.equal(stateOf(person(born('67y')), [give('VAC0030', '2004-03-01')], 'dtp'), 'late');
    const old = person(born('76y'));
    assert.deepEqual(
      ['influenza', 'covid'].map((target) => stateOf(old, [], target as Target)),
      ['due', 'due'],
    );
    assert.deepEqual(
      ['zoster', 'pneumococcus', 'rsv'].map((target) => stateOf(old, [], target as Target)),
      ['late', 'late', 'due'],
    );
    assert.equal(stateOf(person(born('70y')), [], 'rsv'), 'coming');
    assert.equal(stateOf(person(born('70y'), 'lung'), [], 'rsv'), 'late');
    assert.equal(stateOf(old, [give('VAC0161', '2018-05-01')], 'zoster'), 'late', 'Zostavax is not Shingrix');
    assert.equal(stateOf(old, [give('VAC0336', '2026-05-01')], 'pneumococcus'), 'coming', 'a year after Pneumovax');
    assert.equal(stateOf(old, [give('VAC0900', '2025-05-01')], 'pneumococcus'), undefined);
  });

  test('DOS-6 a code says a situation in its own classification only: many are written alike in CIM-10 and CISP-2', () => {
    const [icd, icpc] = ['http://hl7.org/fhir/sid/icd-10', 'http://hl7.org/fhir/sid/icpc-2'];
    const alike: [string, Situation[], Situation[]][] = [
      ['K74', ['liver'], ['heart']],
      ['K76', [], ['heart']],
      ['K90', [], ['nervous']],
      ['B90', [], ['immunity']],
      ['R79', [], ['lung']],
      ['N87', [], ['nervous']],
      ['N18', ['kidney'], []],
      ['D82', ['immunity'], []],
      ['T90', [], ['diabetes']],
      ['P07.3', ['premature'], []],
      ['I20', ['heart'], []],
      ['E11.9', ['diabetes'], []],
    ];
    for (const [code, inIcd, inIcpc] of alike)
      assert.deepEqual([situationsOfCode(icd, code), situationsOfCode(icpc, code)], [inIcd, inIcpc], code);
    assert.deepEqual(
      [
        situationsOfCode('https://smt.esante.gouv.fr/terminologie-cim-10', 'E11'),
        situationsOfCode('urn:oid:2.16.840.1.113883.6.3', 'J45'),
        situationsOfCode(undefined, 'E11'),
        situationsOfCode('http://snomed.info/sct', 'E11'),
      ],
      [['diabetes'], ['lung'], [], []],
    );
  });

  test('DOS-6 situations: pregnancy, chronic diseases, health professionals; living vaccines are held back', () => {
    const woman = person(born('30y'), 'pregnancy');
    // 25 weeks: pertussis now, RSV from the 32nd.
    assert.deepEqual(
      ['pertussis', 'influenza', 'covid', 'rsv'].map((target) => stateOf(woman, [], target as Target)),
      ['due', 'due', 'due', 'coming'],
    );
    assert.equal(stateOf(woman, [], 'mmr'), 'contraindicated');
    assert.equal(stateOf(woman, [give('VAC0029', '2022-02-01')], 'pertussis'), 'due', 'each pregnancy');
    assert.notEqual(stateOf(woman, [give('VAC0029', addDays(today, -3))], 'pertussis'), 'due');
    assert.equal(stateOf(person(born('40y')), [], 'influenza'), undefined);
    assert.equal(stateOf(person(born('40y'), 'diabetes'), [], 'influenza'), 'due');
    assert.equal(stateOf(person(born('40y'), 'diabetes'), [], 'pneumococcus'), 'late');
    assert.equal(stateOf(person(born('40y'), 'immunity'), [], 'zoster'), 'late');
    const nurse = vaccinesDue(person(born('40y'), 'health-professional'), today, []).find(
      ({ target }) => target === 'hepatitis-b',
    );
    assert.match(nurse?.mandatory ?? '', /L. 3111-4/);
    // Two living vaccines: the same day, or four weeks apart.
    const child = person(born('13m'));
    assert.equal(stateOf(child, [give('VAC0035', addDays(today, -7))], 'mmr'), 'coming');
    assert.equal(stateOf(child, [], 'mmr'), 'due');
  });

  test('DOS-6 born too soon, at risk of tuberculosis, in Guyane: their own rules, and those of everyone where they differ', () => {
    const early = (months: number, ...codes: Situation[]) => person(born(`${months}m`), ...codes);
    const pneumo = (who: Person, ...months: number[]) =>
      vaccinesDue(
        who,
        today,
        months.map((n) => give('VAC0780', addMonths(who.birth!, n))),
      ).find(({ target }) => target === 'pneumococcus');
    assert.deepEqual(
      [pneumo(early(3), 2)?.state, pneumo(early(3, 'premature'), 2)?.state],
      ['coming', 'due'],
      'a dose at three months when born too soon',
    );
    assert.equal(pneumo(early(8, 'premature'), 2, 3, 4)?.due, addMonths(born('8m'), 11));
    assert.equal(pneumo(early(13, 'premature'), 2, 3, 4, 11)?.rule, 'pneumo-65', 'nothing more for sixty-four years');
    assert.deepEqual(
      [
        ...tooSoon(
          early(5, 'premature'),
          today,
          [2, 3, 4].map((n) => give('VAC0780', addMonths(born('5m'), n))),
        ),
      ],
      [],
      'the dose at three months counts',
    );
    const hexa = [2, 3, 4].map((n) => give('VAC0510', addMonths(born('5m'), n)));
    assert.deepEqual(
      [tooSoon(early(5, 'premature'), today, hexa).size, tooSoon(early(5), today, hexa).size],
      [0, 4],
      'the reinforced hexavalent is not told to be done again',
    );
    assert.equal(
      vaccinesDue(early(5, 'premature'), today, hexa).find(({ target }) => target === 'dtp')?.due,
      addMonths(born('5m'), 11),
    );
    assert.match(pneumo(early(3, 'premature'), 2)!.source, /prématurés \(édition 2025\)/);
    assert.equal(stateOf(early(2), [], 'tuberculosis'), undefined);
    assert.deepEqual(
      [
        stateOf(early(2, 'tuberculosis-risk'), [], 'tuberculosis'),
        stateOf(early(12 * 16, 'tuberculosis-risk'), [], 'tuberculosis'),
      ],
      ['due', undefined],
    );
    assert.equal(stateOf(early(2, 'tuberculosis-risk', 'immunity'), [], 'tuberculosis'), 'contraindicated');
    const fever = (birth: string, ...days: string[]) =>
      vaccinesDue(
        person(birth, 'guyane'),
        today,
        days.map((day) => give('J07BL01', day)),
      ).find(({ target }) => target === 'yellow-fever');
    assert.equal(stateOf(person(born('20y')), [], 'yellow-fever'), undefined);
    assert.deepEqual(
      [fever(born('10m'))?.mandatory, fever(born('13m'))?.mandatory !== null],
      [null, true],
      'compulsory from one year on',
    );
    assert.equal(
      fever(born('3y'), addMonths(born('3y'), 12))?.due,
      addMonths(born('3y'), 72),
      'a dose before two years asks for another at six',
    );
    assert.equal(fever(born('8y'), addMonths(born('8y'), 30)), undefined, 'one after two years is for life');
    assert.equal(fever(born('40y'))?.state, 'to-discuss');
  });

  test('DOS-6 every line says its rule and where it was read; a calendar of an earlier year says that a later one was not read', () => {
    for (const edition of calendarEditions)
      for (const rule of edition.rules) assert.ok(rule.why.length > 10 && rule.grace, rule.id);
    for (const line of vaccinesDue(person(born('67y'), 'immunity', 'guyane'), today, [])) {
      assert.ok(
        calendarOn(today).rules.some(({ id, target }) => id === line.rule && target === line.target),
        line.rule,
      );
      assert.match(line.source, /2025/);
    }
    assert.deepEqual(
      [
        cautionOn('2025-06-01'),
        /2026/.test(cautionOn(today)),
        /2024/.test(cautionOn('2026-01-01', calendarEditions[1])),
      ],
      ['', true, true],
    );
  });

  test('DOS-6 particular recommendations: only when the record says their condition, with it and their source; never for the dead nor for an unknown birth', () => {
    assert.equal(new Set(vaccineAdvice.map(({ id }) => id)).size, vaccineAdvice.length);
    for (const one of vaccineAdvice)
      assert.ok(
        one.targets.length > 0 &&
          one.words.length > 20 &&
          one.source.length > 10 &&
          one.year >= 2014 &&
          (one.situations || one.from || one.until),
        one.id,
      );
    for (const [code, kind] of Object.entries(situations))
      if (!('icd10' in kind))
        assert.ok(
          calendarOn(today).rules.some((rule) => rule.situations?.includes(code as Situation)) ||
            vaccineAdvice.some((one) => one.situations?.includes(code as Situation)),
          `${code} changes nothing`,
        );
    const ids = (who: Person, doses: readonly Dose[] = [], on = today) => adviceFor(who, on, doses).map(({ id }) => id);
    assert.deepEqual(ids(person(born('50y'))), []);
    assert.deepEqual(ids(person(born('50y'), 'travel')), ['travel']);
    assert.deepEqual(ids(person(born('3m'))), ['nirsevimab']);
    assert.deepEqual(ids(person(born('3m')), [give('J06BD08', addDays(today, -20))]), []);
    assert.deepEqual(
      [ids(person('1940-01-01'), [], '2026-04-10'), ids(person('1940-01-01'), [], '2026-11-10')],
      [['covid-spring-80'], []],
    );
    assert.deepEqual(
      [
        ids(person(born('5y')), [give('J07BB02', '2025-10-20')]),
        ids(person(born('5y')), [give('J07BB02', '2026-10-20')]),
      ],
      [['influenza-child'], []],
      'of this autumn',
    );
    const said = adviceFor(person(born('16y'), 'asplenia'), today, []);
    assert.deepEqual(
      said.map(({ id }) => id),
      ['asplenia', 'men-b-young', 'varicella-young', 'influenza-child'],
    );
    assert.match(said[0]!.because, /rate/);
    assert.match(said[1]!.because, /Âge : de 15 ans à moins de 25 ans/);
    assert.match(said[0]!.source, /HCSP.*\(2014\)/);
    assert.deepEqual(
      [ids({ ...person(born('5y')), deceased: true }), ids({ birth: undefined, situations: [] })],
      [[], []],
    );
  });

  test('DOS-6 refused or contraindicated is not late; it ends on its day, or when the vaccine is given', () => {
    const old = person(born('70y'));
    const no = (outcome: Dose['outcome'], day: string, until?: string): Dose => ({
      targets: ['zoster'],
      codes: [],
      day,
      outcome,
      ...(until && { until }),
    });
    assert.equal(stateOf(old, [no('refused', '2026-01-02')], 'zoster'), 'refused');
    assert.equal(stateOf(old, [no('contraindicated', '2026-01-02')], 'zoster'), 'contraindicated');
    assert.equal(stateOf(old, [no('refused', '2026-01-02', '2026-10-01')], 'zoster'), 'late', 'taken back');
    assert.equal(stateOf(old, [no('not-done', '2026-01-02')], 'zoster'), 'late', 'no stock is not a refusal');
    assert.equal(stateOf(old, [no('refused', '2026-01-02'), give('VAC0567', '2026-09-01')], 'zoster'), 'due');
    assert.deepEqual(vaccinesDue({ ...old, deceased: true }, today, []), []);
    assert.deepEqual(vaccinesDue({ birth: undefined, situations: [] }, today, []), []);
  });
});

describe('the calendar under any history', () => {
  const codes = [...vaccines.map(({ code }) => code), ...vaccineProducts.map(({ nuva }) => nuva)];
  const births = fc.integer({ min: 0, max: 100 * 365 }).map((days) => addDays(today, -days));
  const anyone = fc
    .record({ birth: births, situations: fc.subarray(Object.keys(situations) as Situation[], { maxLength: 3 }) })
    .map(({ birth, situations: codes }) => person(birth, ...codes));
  const history = (birth: string) =>
    fc
      .array(
        fc.record({
          code: fc.constantFrom(...codes),
          share: fc.double({ min: 0, max: 1, noNaN: true }),
          outcome: fc.constantFrom(
            'given' as const,
            'given' as const,
            'given' as const,
            'refused' as const,
            'contraindicated' as const,
            'not-done' as const,
          ),
        }),
        { maxLength: 14 },
      )
      .map((list) =>
        list.map(
          ({ code, share, outcome }): Dose => ({
            ...give(
              code,
              addDays(birth, Math.floor(share * Math.max(0, (Date.parse(today) - Date.parse(birth)) / 86_400_000))),
            ),
            outcome,
          }),
        ),
      );
  const lives = anyone.chain((who) => history(who.birth!).map((doses) => ({ who, doses })));

  test('DOS-6 never asked for before the youngest age, nor sooner than the least interval', () => {
    fc.assert(
      fc.property(lives, ({ who, doses }) => {
        for (const line of vaccinesDue(who, today, doses)) {
          assert.ok(line.earliest! <= line.due!, `${line.target} ${line.earliest} ${line.due}`);
          const rules = calendarOn(today).rules.filter(
            (rule) => rule.target === line.target && concerns(rule, who, who.birth!),
          );
          const youngest = rules
            .map((rule) => (rule.kind === 'series' ? after(who.birth!, rule.schemes[0]!.doses[0]!.min) : who.birth!))
            .sort()[0]!;
          assert.ok(line.due! >= youngest);
          if (line.state === 'due' || line.state === 'late') assert.ok(line.due! <= today && line.earliest! <= today);
        }
        for (const rule of calendarOn(today).rules) {
          if (rule.kind !== 'series') continue;
          const days = [
            ...new Set(doses.filter((dose) => dose.targets.includes(rule.target)).map(({ day }) => day)),
          ].sort();
          const { scheme, counted, tooSoon: early } = courseOf(rule, who.birth!, today, days);
          assert.ok(
            counted.every(
              (day, at) =>
                day >= after(who.birth!, scheme.doses[at]!.min) &&
                (at === 0 || !scheme.doses[at]!.after || day >= after(counted[at - 1]!, scheme.doses[at]!.after!)),
            ),
          );
          assert.ok(early.every((day) => !counted.includes(day)));
        }
      }),
      { numRuns: 400 },
    );
  });
  test('DOS-6 what is due is due no more once it is given', () => {
    fc.assert(
      fc.property(lives, ({ who, doses }) => {
        for (const line of vaccinesDue(who, today, doses)) {
          if (line.state !== 'due' && line.state !== 'late' && line.state !== 'to-discuss') continue;
          const now: Dose = { targets: [line.target], codes: [], day: today, outcome: 'given' };
          const next = vaccinesDue(who, today, [...doses, now]).find((one) => one.target === line.target);
          assert.ok(
            !next || next.state === 'coming' || next.state === 'contraindicated',
            `${line.target} ${line.state} ${line.why} → ${next?.state} ${next?.why}`,
          );
        }
      }),
      { numRuns: 400 },
    );
  });
  test('DOS-6 whoever follows the calendar day by day gives no dose too soon, is never late, and comes to an end', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 30 * 365 }),
        fc.subarray(['premature', 'tuberculosis-risk', 'guyane', 'heart'] as Situation[]),
        (days, codes) => {
          const birth = addDays('1995-01-01', days);
          const who = person(birth, ...codes);
          const doses: Dose[] = [];
          let on = birth;
          for (let step = 0; step < 400 && on <= today; step++) {
            const due = vaccinesDue(who, on, doses, calendarOn(today));
            const now = due.filter(({ state }) => state === 'due' || state === 'late');
            assert.deepEqual(
              now.filter(({ state }) => state === 'late').map(({ target }) => target),
              [],
              `${birth} ${on}`,
            );
            for (const { target } of now)
              doses.push({
                targets: [target],
                codes: [],
                day: on,
                outcome: 'given',
                live: ['mmr', 'tuberculosis', 'yellow-fever'].includes(target),
              });
            const next = vaccinesDue(who, on, doses, calendarOn(today))
              .filter(({ state }) => state === 'coming')
              .map(({ due: day }) => day!)
              .sort()[0];
            if (!next) break;
            on = next;
          }
          const given = (target: string) => doses.filter((dose) => dose.targets.includes(target)).length;
          assert.deepEqual([...tooSoon(who, today, doses)], []);
          assert.ok(
            given('mmr') <= 2 &&
              given('hib') <= 3 &&
              given('rotavirus') <= 2 &&
              given('tuberculosis') <= 1 &&
              given('yellow-fever') <= 2 &&
              given('hpv') <= 2,
            JSON.stringify(doses),
          );
          assert.deepEqual(
            vaccinesDue(who, today, doses).filter(({ state, mandatory }) => mandatory && state === 'late'),
            [],
          );
        },
      ),
      { numRuns: 60 },
    );
  });
  test('DOS-6 particular recommendations: whatever the history, each is said at most once and only under its own condition', () => {
    fc.assert(
      fc.property(lives, ({ who, doses }) => {
        const said = adviceFor(who, today, doses);
        assert.equal(new Set(said.map(({ id }) => id)).size, said.length);
        for (const { id } of said) {
          const one = vaccineAdvice.find((each) => each.id === id)!;
          assert.ok(
            !one.situations || one.situations.some((code) => who.situations.some((known) => known.code === code)),
            id,
          );
          assert.ok(
            (!one.from || today >= after(who.birth!, one.from)) && (!one.until || today < after(who.birth!, one.until)),
            id,
          );
        }
      }),
      { numRuns: 300 },
    );
  });
  test('DOS-6 the order of entries does not matter; one line a disease; refused or contraindicated is never late', () => {
    fc.assert(
      fc.property(lives, fc.integer(), ({ who, doses }, turn) => {
        const lines = vaccinesDue(who, today, doses);
        const turned = [...doses]
          .sort((a, b) => (a.day + a.codes[0] + turn < b.day + b.codes[0] + turn * 7 ? 1 : -1))
          .reverse();
        assert.deepEqual(vaccinesDue(who, today, turned), lines);
        assert.equal(new Set(lines.map(({ target }) => target)).size, lines.length);
        for (const target of Object.keys(targets) as Target[]) {
          const refused: Dose = { targets: [target], codes: [], day: addDays(today, 0), outcome: 'refused' };
          const earlier = doses.filter((dose) => dose.day < today);
          const line = vaccinesDue(who, today, [...earlier, refused]).find((one) => one.target === target);
          assert.ok(!line || ['refused', 'coming', 'contraindicated'].includes(line.state), line?.state);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the code of a box', () => {
  const gtin = (cip: string) => `0${cip}`;
  const hexyon = vaccineProducts.find(({ name }) => name === 'Hexyon')!.cip[0]!;
  test('DOS-6 NUVA codes of the extract are told apart, each with its vaccine; CIP codes have their check digit', () => {
    assert.equal(new Set(vaccineProducts.map(({ nuva }) => nuva)).size, vaccineProducts.length);
    assert.ok(
      vaccineProducts.every(
        ({ atc, nuva, cip }) =>
          vaccineOf(atc) && /^VAC\d{4}$/.test(nuva) && cip.every((code) => /^34009\d{8}$/.test(code)),
      ),
    );
    assert.equal(productOf(hexyon)?.name, 'Hexyon');
    assert.equal(productOf('3400934449994')?.name, undefined);
  });
  test('DOS-6 a box is read from brackets, separators, a scanner’s prefix, or with the separators lost', () => {
    const box = { cip: hexyon, gtin: gtin(hexyon), lot: 'U3K12A', expires: '2027-05-31', unsure: false };
    for (const typed of [
      `(01)${gtin(hexyon)}(17)270531(10)U3K12A`,
      `01${gtin(hexyon)}17270531\u001d10U3K12A`,
      `]d201${gtin(hexyon)}1727053110U3K12A`,
      `01${gtin(hexyon)}21ZXQW\u001d1727050010U3K12A`,
      `01${gtin(hexyon)}1727050010U3K12A`,
    ])
      assert.deepEqual(readScan(typed), box, typed);
    assert.deepEqual(readScan(hexyon), { cip: hexyon, gtin: gtin(hexyon), lot: null, expires: null, unsure: false });
    for (const typed of [
      '',
      'grippe',
      '0123456789',
      `01${gtin(hexyon).slice(0, 13)}9`,
      '01'.repeat(80),
      `(01)123(17)abc`,
    ])
      assert.equal(readScan(typed), null, typed);
    assert.equal(readScan(`01${'0'.repeat(14)}21A10B10C`)?.unsure, true, 'cut in several ways');
  });
  test('DOS-6 whatever a box says with its separators is read back', () => {
    const text = fc.stringMatching(/^[A-Z0-9]{1,20}$/);
    fc.assert(
      fc.property(
        fc.stringMatching(/^34009\d{7}$/),
        text,
        text,
        fc.date({ min: new Date('2026-01-01'), max: new Date('2060-12-31'), noInvalidDate: true }),
        (digits, lot, serial, date) => {
          const cip = `${digits}${gs1Check(digits)}`;
          const day = date.toISOString().slice(0, 10);
          const read = readScan(
            `]d201${gtin(cip)}21${serial}\u001d10${lot}\u001d17${day.slice(2).replaceAll('-', '')}`,
          );
          assert.deepEqual(read, { cip, gtin: gtin(cip), lot, expires: day, unsure: false });
        },
      ),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 130 }), (any) => void readScan(any)),
      { numRuns: 500 },
    );
  });
});
