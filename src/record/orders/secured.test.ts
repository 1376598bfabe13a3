import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { newPractice, testHouse, type TestPerson } from '../../../test/app.ts';
import { wordsOf } from '../../platform/pdf/pdf-words-for-tests.ts';
import { controlledFor, ruleOf } from '../contract/orders/controlled.rules.ts';
import { inFullLetters, strengthIn, strengthInWords, wholeInWords } from '../contract/orders/in-words.rules.ts';
import { orderLineBody, type OrderLineBody, type TransportBody } from '../contract/orders/line.ts';
import { agreementOf, inTwoMonths, transportFaults } from '../contract/orders/transport.rules.ts';
import { controlledIds, controlledRule } from '../data/orders/controlled.ts';
import { type TransportMode, transportModes, transportReasons, transportStates } from '../data/orders/transport.ts';
import { addDays, today } from '../dates.rules.ts';
import { controlledFaults } from './controlled.rules.ts';
import { bodyOf, kindOfOrder, resourceOf } from './line.rules.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: { status: number; text: string; body: Json }): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};
const said = (rule: string, more: object = {}) => ({
  rule,
  strength: '10 mg',
  fraction: null,
  once: false,
  overlap: false,
  pharmacy: '',
  ...more,
});
const morphine = {
  kind: 'medicine',
  label: 'Skenan LP 10 mg, gélule',
  instructions: '1 gélule matin et soir',
  duration: { value: 28, unit: 'd' },
  controlled: said('morphine-oral'),
};
const ride: TransportBody = {
  reason: 'ald',
  mode: 'seated',
  states: ['aid'],
  accompanied: false,
  alone: true,
  from: 'domicile',
  to: 'Centre hospitalier de Landerneau',
  way: 'both',
  times: 6,
  km: 62,
  accident: '',
};

describe('narcotics and transport', () => {
  let doctor: TestPerson;
  let midwife: TestPerson;
  let advanced: TestPerson;
  let dentist: TestPerson;
  let nurse: TestPerson;
  let physio: TestPerson;
  let stranger: TestPerson;
  let count = 0;
  before(async () => {
    const practice = await newPractice('Maison du papier');
    doctor = await practice.person('physician');
    midwife = await practice.person('midwife');
    advanced = await practice.person('advanced-practice-nurse');
    dentist = await practice.person('dental-surgeon');
    nurse = await practice.person('nurse');
    physio = await practice.person('physiotherapist');
    stranger = await (await newPractice()).person('physician');
  });
  async function newPatient(...team: TestPerson[]): Promise<string> {
    count++;
    const { id } = ok(
      await doctor.send('POST', '/api/patients', {
        birthFamily: `Securet${'abcdefghij'[count % 10]}`,
        birthGivens: 'Yvonne',
        birthDate: `${String((count % 27) + 1).padStart(2, '0')}/03/1948`,
        sex: 'female',
      }),
    );
    for (const one of team)
      ok(await doctor.send('POST', `/api/patients/${id}/team`, { practitioner: one.practitioner }));
    return id;
  }
  const at = (patient: string, more = '') => `/api/patients/${patient}/orders${more}`;
  const signs = (who: TestPerson, patient: string, lines: object[], more: object = {}) =>
    who.send('POST', at(patient), { lines, ...more });
  const pdf = async (who: TestPerson, patient: string, id: string): Promise<string> => {
    const { app } = await testHouse();
    const answer = await app.inject({
      method: 'GET',
      url: at(patient, `/${id}/pdf`),
      headers: { cookie: who.cookie, origin: 'http://localhost:3000' },
    });
    assert.equal(answer.statusCode, 200, answer.body);
    return wordsOf(answer.rawPayload).replace(/\s+/g, ' ');
  };

  test('DOS-14 a narcotic is recognised and never decided: whoever prescribes says which it is, or that it is none; then it is printed in full letters on a sheet of its own', async () => {
    const patient = await newPatient(nurse);
    const asked = await signs(doctor, patient, [{ ...morphine, controlled: null }]);
    assert.deepEqual([asked.status, Object.keys(asked.body.fields)], [422, ['lines.0.controlled']]);
    assert.match(
      asked.body.fields['lines.0.controlled'],
      /Morphine par voie orale.*Dites lequel, ou que ce n’en est pas un/,
    );
    const made = ok(
      await signs(doctor, patient, [
        morphine,
        { kind: 'medicine', label: 'Paracétamol 1 g', instructions: '1 comprimé si douleur', quantity: 2 },
        { kind: 'biology', label: 'HbA1c' },
      ]),
    );
    assert.deepEqual(
      made.lines.map((one: Json) => one.sentence),
      [
        'dosage : dix milligrammes, une gélule le matin et le soir, pendant vingt-huit jours',
        '1 comprimé, si douleur, 2 boîtes',
        '',
      ],
    );
    assert.deepEqual(made.lines[0].body.controlled.rule, 'morphine-oral');
    const words = await pdf(doctor, patient, made.id);
    for (const expected of [
      /Ordonnance : médicaments, ordonnance sécurisée/,
      /ne vaut qu’imprimée sur le papier sécurisé du prescripteur/,
      /Skenan LP 10 mg, gélule dosage : dix milligrammes, une gélule le matin et le soir, pendant vingt-huit jours/,
      /médicaments prescrits : 1 \(un\)/,
      /dans les trois jours/,
      /Ordonnance : médicaments [^,]/,
      /3 feuilles/,
    ])
      assert.match(words, expected);
    // Not one: said by the prescriber, kept with the line.
    const none = ok(
      await signs(doctor, patient, [
        { ...morphine, label: 'Morphine, pommade de préparation', controlled: said('none') },
      ]),
    );
    assert.equal(none.lines[0].body.controlled.rule, 'none');
    assert.doesNotMatch(await pdf(doctor, patient, none.id), /sécurisée/);
  });

  test('DOS-14 a narcotic: no longer than the law lets, in fractions, by the pharmacy that is named, never renewed, not over a period that is covered unless it is said', async () => {
    const patient = await newPatient();
    const fields = async (line: object): Promise<Record<string, string>> =>
      (await signs(doctor, patient, [line])).body.fields ?? {};
    const wrong: [object, string][] = [
      [{ ...morphine, duration: { value: 29, unit: 'd' } }, 'duration'],
      [{ ...morphine, duration: { value: 2, unit: 'mo' } }, 'duration'],
      [{ ...morphine, duration: null, quantity: 2 }, 'duration'],
      [{ ...morphine, repeats: 1, duration: { value: 14, unit: 'd' } }, 'repeats'],
      [{ ...morphine, controlled: said('morphine-oral', { strength: '' }) }, 'controlled.strength'],
      [{ ...morphine, instructions: 'comme avant' }, 'instructions'],
      [{ ...morphine, label: 'Produit sans forme', instructions: '1 matin et soir' }, 'instructions'],
      [{ ...morphine, controlled: said('morphine-injectable') }, 'duration'],
      [
        {
          ...morphine,
          label: 'Durogesic 25 µg/h, patch',
          instructions: '1 patch tous les 3 jours',
          controlled: said('fentanyl-patch', { strength: '25 µg/h' }),
        },
        'controlled.fraction',
      ],
      [
        {
          ...morphine,
          label: 'Durogesic 25 µg/h, patch',
          instructions: '1 patch tous les 3 jours',
          controlled: said('fentanyl-patch', { fraction: 21 }),
        },
        'controlled.fraction',
      ],
      [
        {
          ...morphine,
          label: 'Méthadone 40 mg, gélule',
          instructions: '1 gélule par jour',
          controlled: said('methadone-capsule', { fraction: 7 }),
        },
        'controlled.pharmacy',
      ],
      [
        {
          ...morphine,
          label: 'Tramadol 50 mg, gélule',
          instructions: '1 gélule 3 fois par jour',
          duration: { value: 13, unit: 'wk' },
          controlled: said('tramadol'),
        },
        'duration',
      ],
      [{ kind: 'biology', label: 'HbA1c', controlled: said('tramadol') }, 'controlled'],
    ];
    for (const [line, field] of wrong)
      assert.ok((await fields(line))[`lines.0.${field}`], `${field}: ${JSON.stringify(line)}`);
    assert.deepEqual(ok(await doctor.send('GET', at(patient))).prescriptions, [], 'nothing was signed');
    const patch = ok(
      await signs(doctor, patient, [
        {
          ...morphine,
          label: 'Durogesic 25 µg/h, patch',
          instructions: '1 patch tous les 3 jours',
          controlled: said('fentanyl-patch', { strength: '25 µg/h', fraction: 14 }),
        },
      ]),
    );
    assert.equal(
      patch.lines[0].sentence,
      'dosage : vingt-cinq microgrammes par heure, un patch tous les trois jours, pendant vingt-huit jours, à délivrer par fractions de quatorze jours',
    );
    // The same prescriber, over what is covered.
    const over = await fields(morphine);
    assert.match(over['lines.0.controlled.overlap'] ?? '', /couvre jusqu’au \d\d\/\d\d\/\d{4}/);
    const until = addDays(today(new Date()), 28).split('-').reverse().join('/');
    assert.equal((await signs(doctor, patient, [{ ...morphine, from: until }])).status, 200, 'after it, it may begin');
    const other = ok(
      await signs(doctor, patient, [{ ...morphine, controlled: said('morphine-oral', { overlap: true }) }]),
    );
    assert.match(other.lines[0].sentence, /chevauchement autorisé par le prescripteur$/);
    // Corrected: what is replaced covers nothing any more.
    const page = ok(await doctor.send('GET', at(patient)));
    for (const one of page.prescriptions)
      ok(await doctor.send('POST', at(patient, `/${one.id}/cancel`), { version: one.version, reason: 'À refaire' }));
    const first = ok(await signs(doctor, patient, [morphine]));
    assert.equal(
      (
        await signs(doctor, patient, [{ ...morphine, instructions: '2 gélules matin et soir' }], {
          replaces: { id: first.id, version: first.version, reason: 'Dose à revoir' },
        })
      ).status,
      200,
    );
    const methadone = ok(
      await signs(doctor, await newPatient(), [
        {
          ...morphine,
          label: 'Méthadone 40 mg, gélule',
          instructions: '1 gélule par jour',
          controlled: said('methadone-capsule', { strength: '40 mg', once: true, pharmacy: 'Pharmacie des Abers' }),
        },
      ]),
    );
    assert.match(
      methadone.lines[0].sentence,
      /délivrance en une seule fois, pharmacie chargée de la délivrance : Pharmacie des Abers$/,
    );
  });

  test('DOS-14 SEC-3 who may not: a narcotic is prescribed by physicians, dental surgeons and midwives only; transport by those whom the texts name', async () => {
    const patient = await newPatient(midwife, advanced, dentist, nurse, physio);
    for (const [who, status] of [
      [advanced, 403],
      [nurse, 403],
      [physio, 403],
      [midwife, 200],
      [dentist, 200],
    ] as const) {
      const answer = await signs(who, patient, [{ ...morphine, controlled: said('morphine-oral', { overlap: true }) }]);
      assert.equal(answer.status, status, answer.text);
      if (status === 403) assert.match(answer.body.detail, /Rien n’a été signé/);
    }
    for (const [who, status] of [
      [nurse, 403],
      [physio, 403],
      [midwife, 200],
      [dentist, 200],
      [advanced, 200],
    ] as const)
      assert.equal((await signs(who, patient, [{ kind: 'transport', label: 'VSL', transport: ride }])).status, status);
    assert.ok([403, 404].includes((await signs(stranger, patient, [morphine])).status));
    assert.ok(
      [403, 404].includes(
        (await signs(stranger, patient, [{ kind: 'transport', label: 'VSL', transport: ride }])).status,
      ),
    );
  });

  test('DOS-14 a prescription of transport: why, by what, from where to where; the agreement that comes first is worked out; printed, and said not to replace the form', async () => {
    const patient = await newPatient(nurse);
    const line = {
      kind: 'transport',
      label: 'Transport assis professionnalisé',
      instructions: 'Dialyse trois fois par semaine, marche impossible au-delà de 20 m',
      ald: true,
      transport: ride,
    };
    const made = ok(await signs(doctor, patient, [line]));
    assert.match(
      made.lines[0].sentence,
      /^Transport assis professionnalisé \(VSL ou taxi conventionné\), 6 fois aller et retour, départ : domicile, arrivée : Centre hospitalier de Landerneau.*accord préalable nécessaire/,
    );
    assert.deepEqual(made.lines[0].body.transport, ride);
    const words = await pdf(doctor, patient, made.id);
    for (const expected of [
      /Ordonnance : transport/,
      /Mode de transport : Transport assis professionnalisé/,
      /Justifié par : Aide technique ou humaine/,
      /n’est pas compatible avec un transport partagé/,
      /Accord préalable de l’assurance maladie \(formulaire S 3139\) : au moins 4 transports de plus de 50 km en deux mois ; à obtenir avant/,
      /Ne remplace ni le formulaire S 3138/,
      /R\. 322-10/,
      /marche impossible au-delà de 20 m/,
    ])
      assert.match(words, expected);
    const bad: [object | null, string][] = [
      [null, 'transport'],
      [{ ...ride, to: '' }, 'transport.to'],
      [{ ...ride, from: ' ' }, 'transport.from'],
      [{ ...ride, states: [] }, 'transport.states'],
      [{ ...ride, states: ['oxygen'] }, 'transport.states'],
      [{ ...ride, reason: 'work' }, 'transport.accident'],
      [{ ...ride, times: 0 }, 'lines.0.transport.times'],
      [{ ...ride, mode: 'fusée' }, 'lines.0.transport.mode'],
      [{ ...ride, km: 'loin' }, 'lines.0.transport.km'],
    ];
    for (const [transport, field] of bad) {
      const answer = await signs(doctor, patient, [{ ...line, transport }]);
      assert.equal(answer.status, 422, answer.text);
      assert.ok(
        Object.keys(answer.body.fields ?? {}).some((path) => path.endsWith(field)),
        `${field}: ${answer.text}`,
      );
    }
    assert.equal((await signs(doctor, patient, [{ kind: 'biology', label: 'HbA1c', transport: ride }])).status, 422);
  });
});

describe('rules of narcotics and transport', () => {
  /** Reads French number words back, written apart from what writes them. */
  const small: Record<string, number> = {
    zéro: 0,
    un: 1,
    une: 1,
    deux: 2,
    trois: 3,
    quatre: 4,
    cinq: 5,
    six: 6,
    sept: 7,
    huit: 8,
    neuf: 9,
    dix: 10,
    onze: 11,
    douze: 12,
    treize: 13,
    quatorze: 14,
    quinze: 15,
    seize: 16,
    vingt: 20,
    vingts: 20,
    trente: 30,
    quarante: 40,
    cinquante: 50,
    soixante: 60,
  };
  const readBack = (words: string): number => {
    let total = 0;
    let group = 0;
    for (const word of words.split(/[ -]/)) {
      if (word === 'et') continue;
      if (/^cents?$/.test(word)) group = Math.max(1, group) * 100;
      else if (word === 'mille') {
        total += Math.max(1, group) * 1000;
        group = 0;
      } else if (/^millions?$/.test(word)) {
        total += group * 1_000_000;
        group = 0;
      } else if (/^vingts?$/.test(word) && group % 100 === 4) group += 76;
      else group += small[word]!;
    }
    return total + group;
  };
  test('DOS-14 numbers in full letters read back as they were, in the spelling that is taught', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: 0, max: 1100 }), fc.integer({ min: 0, max: 999_999_999 })), (value) => {
        const words = wholeInWords(value);
        assert.equal(readBack(words), value, words);
        assert.match(words, /^[a-zé -]+$/);
      }),
      { numRuns: 3000 },
    );
    const taught: [number, string][] = [
      [1, 'un'],
      [16, 'seize'],
      [17, 'dix-sept'],
      [21, 'vingt et un'],
      [70, 'soixante-dix'],
      [71, 'soixante et onze'],
      [80, 'quatre-vingts'],
      [81, 'quatre-vingt-un'],
      [91, 'quatre-vingt-onze'],
      [100, 'cent'],
      [101, 'cent un'],
      [200, 'deux cents'],
      [280, 'deux cent quatre-vingts'],
      [1000, 'mille'],
      [80_000, 'quatre-vingt mille'],
      [200_000, 'deux cent mille'],
      [2_000_021, 'deux millions vingt et un'],
    ];
    for (const [value, words] of taught) assert.equal(wholeInWords(value), words);
  });
  test('DOS-14 no figure of a posology or a strength is left, and the rest of the sentence stands', () => {
    const unit = fc.constantFrom('gélule', 'comprimé', 'goutte', 'ampoule', 'patch', 'mg', 'ml', 'cuillère à café');
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        unit,
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 1, max: 400 }),
        (dose, what, hours, days) => {
          const words = inFullLetters(
            `${dose} ${what} toutes les ${hours} heures pendant ${days} jours à partir du 12/03/2027`,
          );
          assert.doesNotMatch(words.replace('12/03/2027', ''), /\d/, words);
          assert.match(words, /toutes les .+ heures? pendant .+ jours à partir du 12\/03\/2027$/);
        },
      ),
    );
    for (const [typed, words] of [
      ['1 gélule le matin et 2 gélules le soir', 'une gélule le matin et deux gélules le soir'],
      ['1 ½ comprimé 3 fois par jour', 'un comprimé et demi trois fois par jour'],
      ['½ ampoule à 8 h 30', 'une demi-ampoule à huit heures trente'],
      ['1 à 2 gélules toutes les 4 à 6 heures', 'une à deux gélules toutes les quatre à six heures'],
      ['21 gouttes', 'vingt et une gouttes'],
      ['douleur L5-S1', 'douleur L5-S1'],
    ] as const)
      assert.equal(inFullLetters(typed), words);
    for (const [strength, words] of [
      ['10 mg', 'dix milligrammes'],
      ['37,5 mg/325 mg', 'trente-sept virgule cinq milligrammes et trois cent vingt-cinq milligrammes'],
      ['10 mg/5 mL', 'dix milligrammes pour cinq millilitres'],
      ['25 µg/h', 'vingt-cinq microgrammes par heure'],
      ['0,4 mg', 'zéro virgule quatre milligramme'],
      ['25 microgrammes/heure', 'vingt-cinq microgrammes par heure'],
    ] as const)
      assert.equal(strengthInWords(strength), words);
    assert.deepEqual(
      [
        'Skenan LP 10 mg, gélule',
        'Tramadol et paracétamol 37,5 mg/325 mg',
        'DUROGESIC 25 microgrammes/heure, dispositif',
        'Oramorph',
      ].map(strengthIn),
      ['10 mg', '37,5 mg/325 mg', '25 microgrammes/heure', ''],
    );
  });
  test('DOS-14 each substance is found by its names, ordinary medicines are not, and each rule names its text', () => {
    for (const id of controlledIds) {
      for (const word of controlledRule(id).words)
        assert.ok(controlledFor(`${word.toUpperCase()} 10 mg, comprimé`).includes(id), `${id} ${word}`);
      assert.ok(controlledRule(id).source.length > 10, id);
    }
    for (const label of [
      'Metformine 1 000 mg, comprimé',
      'Paracétamol 1 g',
      'Ramipril 5 mg',
      'Apomorphine 10 mg/mL',
      'Amoxicilline',
    ])
      assert.deepEqual(controlledFor(label), [], label);
    assert.deepEqual(controlledFor('Méthadone AP-HP 40 mg, gélule'), ['methadone-syrup', 'methadone-capsule']);
  });
  test('DOS-14 whatever the rule, the longest length is accepted and one day more is not', () => {
    const from = '2026-11-26';
    fc.assert(
      fc.property(fc.constantFrom(...controlledIds), fc.integer({ min: 1, max: 400 }), (rule, days) => {
        const { most, fraction } = controlledRule(rule);
        const line = orderLineBody.parse({
          ...morphine,
          duration: { value: days, unit: 'd' },
          controlled: said(rule, { fraction, pharmacy: 'Pharmacie', strength: '10 mg' }),
        });
        const least = most.unit === 'd' ? most.value : most.unit === 'wk' ? most.value * 7 : most.value * 30 - 2;
        const largest = most.unit === 'mo' ? most.value * 31 : least;
        const faults = controlledFaults(line, from);
        if (days <= least) assert.deepEqual(faults, {}, `${rule} ${days}`);
        if (days > largest) assert.ok(faults.duration, `${rule} ${days}`);
      }),
    );
    assert.equal(ruleOf(orderLineBody.parse({ ...morphine, controlled: said('none') })), null);
  });
  test('DOS-14 what a narcotic and a transport say comes back from FHIR as it was written', () => {
    const controlled = fc.record({
      rule: fc.constantFrom('none' as const, ...controlledIds),
      strength: fc.constantFrom('', '10 mg', '37,5 mg/325 mg'),
      fraction: fc.option(fc.integer({ min: 1, max: 28 })),
      once: fc.boolean(),
      overlap: fc.boolean(),
      pharmacy: fc.constantFrom('', 'Pharmacie du Port'),
    });
    const modes = Object.keys(transportModes) as TransportMode[];
    const transport = fc.record({
      reason: fc.constantFrom(...(Object.keys(transportReasons) as TransportBody['reason'][])),
      mode: fc.constantFrom(...modes),
      states: fc.uniqueArray(fc.constantFrom(...(Object.keys(transportStates) as TransportBody['states'][number][])), {
        maxLength: 4,
      }),
      accompanied: fc.boolean(),
      alone: fc.boolean(),
      from: fc.constantFrom('domicile', 'EHPAD'),
      to: fc.constantFrom('CHU', 'clinique'),
      way: fc.constantFrom('out' as const, 'back' as const, 'both' as const),
      times: fc.integer({ min: 1, max: 200 }),
      km: fc.option(fc.integer({ min: 1, max: 3000 })),
      accident: fc.constantFrom('', '12/03/2026'),
    });
    const back = (line: OrderLineBody) =>
      ((resource) => bodyOf(JSON.parse(JSON.stringify(resource)), kindOfOrder(resource as never)!))(
        resourceOf(line, {
          id: 'x',
          subject: { reference: 'Patient/1' },
          requester: { reference: 'Practitioner/1' },
          authoredOn: '2026-11-26T10:00:00Z',
          group: 'g',
          from: '2026-11-26',
        }),
      );
    fc.assert(
      fc.property(controlled, transport, (one, other) => {
        const { fraction, ...rest } = back(orderLineBody.parse({ ...morphine, controlled: one })).controlled!;
        assert.deepEqual({ ...rest, fraction: fraction ?? null }, { ...one });
        const { km, ...told } = back(orderLineBody.parse({ kind: 'transport', label: 'VSL', transport: other }))
          .transport!;
        assert.deepEqual({ ...told, km: km ?? null }, { ...other });
      }),
    );
  });
  test('DOS-14 an agreement comes first beyond 150 km, for four transports of more than 50 km in two months, by plane or to a CAMSP, and only then', () => {
    fc.assert(
      fc.property(
        fc.option(fc.integer({ min: 1, max: 400 })),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(...(Object.keys(transportModes) as TransportMode[])),
        fc.constantFrom('ald' as const, 'centre' as const),
        (km, times, months, mode, reason) => {
          const line = {
            kind: 'transport' as const,
            urgent: false,
            duration: { value: months, unit: 'mo' as const },
            transport: { ...ride, km, times, mode, reason },
          };
          const expected =
            (km ?? 0) > 150 ||
            ((km ?? 0) > 50 && inTwoMonths(line, times) >= 4) ||
            mode === 'regular' ||
            reason === 'centre';
          assert.equal(agreementOf(line).needed, expected);
          assert.ok(inTwoMonths(line, times) <= times);
        },
      ),
    );
    assert.match(
      agreementOf({ kind: 'transport', urgent: true, transport: { ...ride, km: 200 } }).words,
      /n’attend pas la réponse/,
    );
    assert.deepEqual(
      transportFaults({ kind: 'transport', urgent: false, transport: { ...ride, mode: 'individual', states: [] } }),
      {},
    );
  });
});
