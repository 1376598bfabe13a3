import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { newPractice, type TestPerson, type TestPractice } from '../../../test/app.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any;
const ok = (answer: { status: number; text: string; body: Json }): Json => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};

describe('one’s own words', () => {
  let practice: TestPractice;
  let [author, treating, colleague, nurse, otherNurse, chief]: TestPerson[] = [];
  let patient = '';
  before(async () => {
    practice = await newPractice('Maison des mots');
    author = await practice.person('physician', { family: 'Auteurec' });
    treating = await practice.person('physician', { family: 'Traitant' });
    colleague = await practice.person('physician', { family: 'Confrère' });
    nurse = await practice.person('nurse', { family: 'Infirmec' });
    otherNurse = await practice.person('nurse', { family: 'Soignec' });
    chief = await practice.person('administrator', { roles: ['owner'] });
    patient = ok(
      await author!.send('POST', '/api/patients', {
        birthFamily: 'Motamot',
        birthGivens: 'Yvonne',
        birthDate: '03/03/1948',
        sex: 'female',
      }),
    ).id;
    for (const one of [colleague, nurse, otherNurse])
      ok(await author!.send('POST', `/api/patients/${patient}/team`, { practitioner: one!.practitioner }));
    ok(
      await author!.send('POST', `/api/patients/${patient}/team`, {
        practitioner: treating!.practitioner,
        treating: true,
      }),
    );
  });
  const at = (more: string) => `/api/patients/${patient}/${more}`;
  const note = async (by: TestPerson, more: object = {}): Promise<Json> =>
    ok(await by.send('POST', at('notes'), { title: 'Visite', text: 'Vue ce jour.', ...more })).lines[0];
  const letter = async (by: TestPerson, more: object = {}): Promise<Json> =>
    ok(
      await by.send('POST', at('letters'), {
        template: null,
        title: 'Essai',
        documentType: '34109-9',
        text: 'Bonjour.',
        recipients: [],
        act: 'sign',
        ...more,
      }),
    ).lines[0];
  const err = (who: TestPerson, line: Json, reason = 'Autre patient') =>
    who.send('POST', at(`entries/${line.type}/${line.id}/error`), { version: line.version, reason });
  const told = async (who: TestPerson, kind: string): Promise<string[]> =>
    (await who.send('GET', '/api/notices')).body
      .filter((one: Json) => one.kind === kind)
      .map(({ words }: Json) => words);
  const errorWords = async (who: TestPerson, line: Json) =>
    ok(await who.send('GET', at(`entries/${line.type}/${line.id}`))).errorWords;

  test('DOS-16 a colleague’s note or signed letter is not marked as an error by whoever may write such: nothing changes, and one is told whom to ask', async () => {
    for (const line of [await note(author!), await letter(author!), await note(nurse!)]) {
      for (const who of [nurse!, otherNurse!, colleague!].filter((one) => line.who?.id !== one.practitioner)) {
        const mine = (await errorWords(who, line)) === null;
        const answer = await err(who, line);
        assert.equal(answer.status === 200, mine);
        if (mine) continue;
        assert.equal(answer.status, 403, answer.text);
        assert.match(answer.body.detail, /(Auteurec|Infirmec).* médecin traitant/);
        assert.equal(await errorWords(who, line), answer.body.detail.replace(' Rien n’a été modifié.', ''));
      }
    }
    const mark = async (line: Json) => {
      const standing = (await colleague!.send('GET', `/fhir/R4/${line.type}/${line.id}`)).body;
      return colleague!.send('PUT', `/fhir/R4/${line.type}/${line.id}`, { ...standing, status: 'entered-in-error' });
    };
    for (const line of [await note(author!), await letter(author!)])
      assert.equal((await mark(line)).status, 403, 'nor by FHIR');
  });

  test('DOS-16 its author marks it; so does the treating physician, whose reason the author is told', async () => {
    const [mine, second, signed] = [await note(nurse!), await note(nurse!), await letter(author!)];
    ok(await err(nurse!, mine));
    assert.deepEqual(await told(nurse!, 'entry-in-error'), [], 'one is not told of what one does');
    ok(await err(treating!, second, 'Écrite dans le mauvais dossier'));
    ok(await err(treating!, signed, 'Doublon'));
    const [words] = await told(nurse!, 'entry-in-error');
    assert.match(
      words!,
      /Traitant a marqué comme saisi par erreur une note que vous avez écrite\. Motif : Écrite dans le mauvais dossier/,
    );
    assert.match((await told(author!, 'entry-in-error'))[0]!, /un courrier que vous avez signé\. Motif : Doublon/);
    // A sensitive note of someone who no longer reads this record: told, without the words.
    const third = await note(otherNurse!);
    ok(await treating!.send('POST', at('team/end'), { practitioner: otherNurse!.practitioner }));
    ok(await err(treating!, third, 'Motif réservé'));
    const [last] = await told(otherNurse!, 'entry-in-error');
    assert.match(last!, /a marqué comme saisi par erreur/);
    assert.doesNotMatch(last!, /réservé/);
    ok(await treating!.send('POST', at('team'), { practitioner: otherNurse!.practitioner }));
  });

  test('DOS-16 whoever writes notes may correct a colleague’s signed note, and its author is told; a draft is taken up in silence, and one is not told of oneself', async () => {
    const put = (who: TestPerson, line: Json, more: object = {}) =>
      who.send('PUT', at(`notes/${line.id}`), { title: 'Visite', text: 'Vue hier.', version: line.version, ...more });
    const [signed, draft, own] = [await note(author!), await note(author!, { draft: true }), await note(nurse!)];
    const before = (await told(nurse!, 'note-corrected')).length;
    ok(await put(nurse!, draft));
    ok(await put(nurse!, own));
    assert.deepEqual(await told(author!, 'note-corrected'), []);
    assert.equal((await told(nurse!, 'note-corrected')).length, before);
    const done = ok(await put(nurse!, signed, { reason: 'Erreur de jour' })).lines[0];
    assert.match(done.statusLabel, /^Corrigé par .*Infirmec/);
    assert.equal(done.who.id, author!.practitioner);
    assert.deepEqual(await told(author!, 'note-corrected'), [
      'Camille Infirmec a corrigé une note que vous avez écrite. Motif : Erreur de jour',
    ]);
    // Refused, nothing is told.
    assert.equal((await put(otherNurse!, signed)).status, 409);
    assert.equal((await told(author!, 'note-corrected')).length, 1);
    const outside = await practice.person('nurse', { family: 'Dehors' });
    assert.equal((await put(outside, done)).status, 403);
  });

  test('DOS-16 a measure or a problem is the record’s: whoever may write it puts it right', async () => {
    const problem = ok(await author!.send('POST', at('problems'), { label: 'Hypertension' })).lines[0];
    assert.equal(await errorWords(colleague!, problem), null);
    ok(await err(colleague!, problem));
    const measure = ok(await author!.send('POST', at('measures'), { values: [{ code: '8867-4', value: '72' }] }))
      .lines[0];
    ok(await err(nurse!, measure));
  });

  test('DOS-13 a signed letter is replaced by its signer or by a colleague of the same profession, and the signer is told why', async () => {
    const amend = (who: TestPerson, line: Json) =>
      who.send('POST', at(`letters/${line.id}/amend`), {
        template: null,
        title: 'Essai',
        documentType: '34109-9',
        text: 'Bonsoir.',
        recipients: [],
        version: line.version,
        reason: 'Erreur de date',
      });
    const line = await letter(author!);
    const refused = await amend(nurse!, line);
    assert.equal(refused.status, 403, refused.text);
    assert.match(refused.body.detail, /Auteurec/);
    const seen = ok(await nurse!.send('GET', at(`letters/${line.id}`)));
    assert.deepEqual(
      [seen.statusLabel, `${seen.replaceWords} Rien n’a été modifié ; votre texte est conservé.`],
      ['Signé', refused.body.detail],
    );
    assert.equal(ok(await colleague!.send('GET', at(`letters/${line.id}`))).replaceWords, null);
    ok(await amend(colleague!, line));
    assert.deepEqual(await told(author!, 'letter-replaced'), [
      'Camille Confrère a remplacé un courrier que vous avez signé. Motif : Erreur de date',
    ]);
    ok(await amend(author!, await letter(author!)));
    // What was signed by someone who has left is in the hands of who may sign it.
    const gone = await practice.person('midwife', { family: 'Partie' });
    ok(await author!.send('POST', at('team'), { practitioner: gone.practitioner }));
    const [hers, herNote] = [await letter(gone), await note(gone)];
    assert.equal((await amend(nurse!, hers)).status, 403);
    const people = ok(await chief!.send('GET', '/api/people'));
    ok(
      await chief!.send(
        'POST',
        `/api/people/${people.find((one: Json) => one.practitioner === gone.practitioner).id}/disable`,
      ),
    );
    ok(await amend(nurse!, hers));
    ok(await err(nurse!, herNote));
  });
});
