import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Candidate, parseDecisions } from '../contract/meetings.ts';
import { calendarFile } from './calendar.rules.ts';
import { bornBefore } from './figures.ts';
import { printable } from '../../platform/index.ts';
import { narrative, plainText } from './minutes-text.ts';
import { minutesTexts } from './minutes.rules.ts';
import { commonSlots, isHoliday } from './slots.rules.ts';

const people: Candidate[] = [
  { id: 'a', name: 'Soizic Abgrall', profession: 'nurse', inTeam: true },
  { id: 'b', name: 'Anne Kermarrec', profession: 'physician', inTeam: true },
  { id: 'c', name: 'Anne Le Bihan', profession: 'nurse', inTeam: false },
  { id: 'd', name: 'Erwan Quéméneur', profession: 'physiotherapist', inTeam: false },
];
const one = (line: string) => parseDecisions(line, people, '2026-11-26')[0]!;

describe('rules of case meetings', () => {
  test('COO-4 a decision says in one line who, what and until when', () => {
    const said = one('- @Soizic pansement tous les 2 jours avant le 12/12');
    assert.deepEqual(
      [said.words, said.addressee, said.addresseeLabel, said.due],
      ['Pansement tous les 2 jours', { to: 'person', practitioner: 'a' }, 'Soizic Abgrall', '2026-12-12'],
    );
    assert.deepEqual(one('@soizic abgrall: pesée').addressee, { to: 'person', practitioner: 'a' });
    assert.deepEqual(one('@Dr Kermarrec appeler le cardiologue').addressee, { to: 'person', practitioner: 'b' });
    assert.deepEqual(one('@kiné marche sous 15 jours'), {
      line: '@kiné marche sous 15 jours',
      words: 'Marche',
      addressee: { to: 'profession', profession: 'physiotherapist' },
      addresseeLabel: 'Masseur-kinésithérapeute',
      unclear: null,
      outside: false,
      due: '2026-12-11',
      noSuchDay: null,
    });
    assert.deepEqual(one('@infirmière en pratique avancée voir le patient').addressee, {
      to: 'profession',
      profession: 'advanced-practice-nurse',
    });
    assert.deepEqual(
      [one('@assistante sociale dossier APA').addressee, one('@assistant préparer la venue').addressee],
      [
        { to: 'profession', profession: 'social-worker' },
        { to: 'profession', profession: 'medical-assistant' },
      ],
    );
    assert.deepEqual(one('@équipe surveiller le poids').addressee, { to: 'team' });
    assert.equal(one('Bilan pour le 3/1').due, '2027-01-03', 'the next such day');
    assert.equal(one('Bilan d’ici le 31/02').due, null);
    assert.equal(one('Revoir dans deux mois').due, '2027-01-26');
    assert.equal(one('Consultation le 12/12 à l’hôpital').due, null, 'a date that is spoken of is no term');
  });
  test('COO-4 nobody is guessed: a name of several is settled by the care team, an unknown one is told and the team gets the task', () => {
    assert.deepEqual(
      [one('@Anne ordonnance').addressee, one('@Anne ordonnance').outside],
      [{ to: 'person', practitioner: 'b' }, false],
    );
    assert.deepEqual([one('@Erwan marche').outside, one('@Erwan marche').addresseeLabel], [true, 'Erwan Quéméneur']);
    assert.deepEqual([one('@Gontran marche').unclear, one('@Gontran marche').addressee], ['Gontran', { to: 'team' }]);
    assert.equal(one('écrire à soizic@exemple.fr').unclear, null, 'an address is no mention');
  });
  test('COO-4 whatever is typed, no line is lost and each has something to do', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 60 })), (lines) => {
        const text = lines.join('\n');
        const kept = text
          .split('\n')
          .map((line) => line.replace(/^[\s•*–-]+/u, '').trim())
          .filter(Boolean);
        const said = parseDecisions(text, people, '2026-11-26');
        assert.deepEqual(
          said.map((each) => each.line),
          kept,
        );
        for (const each of said)
          assert.ok(each.words.length > 0 && (each.due === null || /^\d{4}-\d\d-\d\d$/.test(each.due)));
      }),
    );
  });
  test('COO-4 a day that no calendar has is said and stays in the words; the 29th of February is found where there is one', () => {
    const on = (line: string, today: string) => {
      const [said] = parseDecisions(line, people, today);
      return [said!.words, said!.due, said!.noSuchDay];
    };
    assert.deepEqual(on('peser avant le 29/02', '2026-11-26'), ['Peser avant le 29/02', null, '29/02']);
    assert.deepEqual(on('peser avant le 29/02', '2027-03-02'), ['Peser', '2028-02-29', null]);
    assert.deepEqual(on('peser avant le 29/2/2028', '2026-11-26'), ['Peser', '2028-02-29', null]);
    for (const day of ['31/11', '0/5', '12/13', '29/02/2027', '31 novembre'])
      assert.deepEqual(on(`peser avant le ${day}`, '2026-11-26'), [`Peser avant le ${day}`, null, day]);
    assert.deepEqual(on('peser avant le 12 décembre', '2026-11-26'), ['Peser', '2026-12-12', null]);
    assert.deepEqual(on('d’ici le 1er février, peser', '2026-11-26'), ['Peser', '2027-02-01', null]);
    assert.deepEqual(on('peser pour le 3 AOUT 2027', '2026-11-26'), ['Peser', '2027-08-03', null]);
    assert.deepEqual(on('peser avant le 2 mai dernier délai', '2026-11-26'), [
      'Peser dernier délai',
      '2027-05-02',
      null,
    ]);
    assert.deepEqual(on('peser avant le 3 maintien', '2026-11-26'), ['Peser avant le 3 maintien', null, null]);
  });
  test('COO-4 a slot is inside opening hours, on a working day, and nobody counted as there is taken', () => {
    const ids = ['p', 'q', 'r'];
    const busy = fc.array(
      fc.record({
        practitioner: fc.constantFrom(...ids),
        day: fc.integer({ min: 1, max: 28 }),
        from: fc.integer({ min: 6 * 60, max: 20 * 60 }),
        length: fc.integer({ min: 5, max: 300 }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(busy, fc.integer({ min: 15, max: 180 }), (taken, minutes) => {
        const times = taken.map((each) => {
          const start = Date.parse(`2026-12-${String(each.day).padStart(2, '0')}T00:00:00+01:00`) + each.from * 60_000;
          return {
            practitioner: each.practitioner,
            start: new Date(start).toISOString(),
            end: new Date(start + each.length * 60_000).toISOString(),
          };
        });
        const slots = commonSlots(ids, times, {
          minutes,
          from: '2026-12-01',
          to: '2026-12-31',
          after: new Date('2026-12-02T08:00:00Z'),
        });
        assert.ok(
          slots.every((slot, at) => at === 0 || slots[at - 1]!.missing.length <= slot.missing.length),
          'the fullest come first',
        );
        for (const slot of slots) {
          const [start, end] = [Date.parse(slot.start), Date.parse(slot.end)];
          assert.equal(end - start, minutes * 60_000);
          assert.ok(start > Date.parse('2026-12-02T08:00:00Z'));
          assert.ok(slot.start.slice(11, 16) >= '08:00' && slot.end.slice(11, 16) <= '19:00', slot.start);
          assert.ok(new Date(start).getUTCDay() % 6 !== 0 && !isHoliday(slot.start.slice(0, 10)));
          for (const id of ids)
            assert.equal(
              slot.missing.includes(id),
              times.some(
                (each) => each.practitioner === id && Date.parse(each.start) < end && Date.parse(each.end) > start,
              ),
            );
        }
      }),
      { numRuns: 60 },
    );
    assert.deepEqual(['2026-04-06', '2026-05-14', '2026-05-25', '2027-03-29', '2026-12-25'].map(isHoliday), [
      true,
      true,
      true,
      true,
      true,
    ]);
    assert.equal(isHoliday('2026-04-07'), false);
  });
  test('COO-5 what is typed comes back from its narrative sign by sign, and minutes without updates are empty', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
        const clean = printable(typed)
          .replace(/[\s\u00A0]/g, '')
          .trim();
        assert.equal(plainText(narrative(clean).div), clean.trim());
      }),
    );
    assert.equal(plainText(narrative('a\n\nb < c &amp; <p>').div), 'a\n\nb < c &amp; <p>');
    assert.deepEqual(minutesTexts([]), { situation: '', discussion: '', decisions: '' });
  });
  test('COO-5 «over 75» is counted to the day', () => {
    assert.equal(bornBefore('2026-11-26'), '1950-11-26');
    assert.equal(bornBefore('2028-02-29'), '1952-03-01');
  });
  test('COO-4 a calendar file says when and where, folded as calendars want it, and nothing typed breaks it', () => {
    const file = calendarFile(
      {
        resourceType: 'Appointment',
        id: 'm',
        status: 'booked',
        description: 'Réunion; à lire, vite\nEND:VEVENT',
        comment: 'é'.repeat(90),
        start: '2026-12-01T12:30:00+01:00',
        end: '2026-12-01T13:30:00+01:00',
        participant: [],
      },
      'https://x/y',
      'MSP',
    );
    assert.match(file, /SUMMARY:Réunion\\; à lire\\, vite\\nEND:VEVENT\r\n/);
    assert.match(file, /DTSTART:20261201T113000Z\r\n/);
    assert.equal(file.split('\r\n').filter((line) => line === 'END:VEVENT').length, 1);
    for (const line of file.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75);
  });
});
