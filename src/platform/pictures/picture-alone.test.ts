import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { type Answer, fileForm, newPractice, testHouse, type TestPerson } from '../../../test/app.ts';
import { pictureAlone } from './picture-alone.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
const ok = (answer: Answer): any => {
  assert.ok(answer.status < 300, answer.text);
  return answer.body;
};
/** 16 × 8 points lying on their side (orientation 6), a device, a place (GPS) and a comment, as Pillow writes them: progressive, with several scans. */
const jpeg = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/4QDORXhpZgAATU0AKgAAAAgAAwEQAAIAAAAKAAAAMgESAAMAAAABAAYAAIglAAQAAAABAAAAPAAAAABNb2RlbGUtNDIAAAUAAQACAAAAAk4AAAAAAgAFAAAAAwAAAH4AAwACAAAAAlcAAAAABAAFAAAAAwAAAJYAGwAHAAAAFwAAAK4AAAAAAAAAMAAAAAEAAAAfAAAAAQAAAmkAAAAyAAAABAAAAAEAAAAeAAAAAQAAABwAAAAFQVNDSUkAAABMaWV1LWR1LXBhdGllbnQA//4AEk1vdC1kdS10ZWxlcGhvbmX/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wgARCAAIABADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAID/8QAFQEBAQAAAAAAAAAAAAAAAAAAAgT/2gAMAwEAAhADEAAAAc4BT//EABYQAAMAAAAAAAAAAAAAAAAAAAEQEv/aAAgBAQABBQKiv//EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQMBAT8Bf//EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQIBAT8Bf//EABYQAAMAAAAAAAAAAAAAAAAAABBBkf/aAAgBAQAGPwJQf//EABYQAAMAAAAAAAAAAAAAAAAAABBhkf/aAAgBAQABPyFUx//aAAwDAQACAAMAAAAQ/wD/xAAVEQEBAAAAAAAAAAAAAAAAAAABAP/aAAgBAwEBPxAAv//EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQIBAT8Qf//EABYQAAMAAAAAAAAAAAAAAAAAABDB8P/aAAgBAQABPxCBQ//Z',
  'base64',
);
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAICAIAAAB/FOjAAAAAxmVYSWZNTQAqAAAACAADARAAAgAAAAoAAAAyARIAAwAAAAEABgAAiCUABAAAAAEAAAA8AAAAAE1vZGVsZS00MgAABQABAAIAAAACTgAAAAACAAUAAAADAAAAfgADAAIAAAACVwAAAAAEAAUAAAADAAAAlgAbAAcAAAAXAAAArgAAAAAAAAAwAAAAAQAAAB8AAAABAAACaQAAADIAAAAEAAAAAQAAAB4AAAABAAAAHAAAAAVBU0NJSQAAAExpZXUtZHUtcGF0aWVudAAhz0x3AAAAI0lEQVR4nGPcomHEQApg/P//P1aJrZrG2DWQagMTSaqHiQYAKaMGOBP254gAAAAASUVORK5CYII=',
  'base64',
);
const said = /Modele-42|Lieu-du-patient|Mot-du-telephone|GPS/;
/** Where a JPEG’s own tables begin: what is drawn. */
const drawn = (bytes: Buffer): Buffer => bytes.subarray(bytes.indexOf(Buffer.from('ffdb', 'hex')));

test('DOS-8 DOS-10 SEC-17 a picture comes in without the place, the device and the words of the telephone; its points and the side that is up stay', () => {
  const film = Buffer.concat([jpeg, Buffer.from('ftypmp42 Lieu-du-patient')]);
  for (const whole of [jpeg, film, Buffer.concat([jpeg, jpeg])]) {
    assert.match(whole.toString('latin1'), said);
    const alone = pictureAlone(whole);
    assert.doesNotMatch(alone.toString('latin1'), said);
    assert.deepEqual(drawn(alone), drawn(jpeg));
    assert.ok(alone.includes(Buffer.from('0112000300000001000600', 'hex')), 'still lying on its side');
    assert.deepEqual(pictureAlone(alone), alone);
  }
  const points = pictureAlone(png);
  assert.match(png.toString('latin1'), said);
  assert.doesNotMatch(points.toString('latin1'), said);
  assert.deepEqual(
    [points.includes('IHDR'), points.includes('IDAT'), points.subarray(-8, -4).toString()],
    [true, true, 'IEND'],
  );
});

test('SEC-17 whatever is cut short or is no picture comes back, and nothing is thrown', () => {
  for (const whole of [jpeg, png])
    for (let length = 0; length < whole.length; length++) {
      const cut = whole.subarray(0, length);
      assert.ok(pictureAlone(cut).length <= Math.max(length, 0) + 36);
      const odd = Buffer.from(whole);
      odd[length] = odd[length]! ^ 0xff;
      assert.ok(pictureAlone(odd).length <= whole.length + 36);
    }
  const pdf = Buffer.from('%PDF-1.4 …');
  assert.equal(pictureAlone(pdf), pdf);
});

test('DOS-8 DOS-10 COO-8 a photograph of a wound, put into the record, into what came in or into a message, does not say where the patient lives', async () => {
  const practice = await newPractice();
  const nurse = await practice.person('nurse');
  const doctor = await practice.person('physician');
  const one = { birthFamily: 'Plouzané', birthGivens: 'Rose', birthDate: '04/02/1939', sex: 'female' };
  const patient = ok(await nurse.send('POST', '/api/patients', one)).id;
  ok(await nurse.send('POST', `/api/patients/${patient}/team`, { practitioner: doctor.practitioner }));
  const { app } = await testHouse();
  const bytesAt = async (who: TestPerson, url: string): Promise<Buffer> => {
    const answer = await app.inject({ method: 'GET', url, headers: { cookie: who.cookie } });
    assert.equal(answer.statusCode, 200, `${url} ${answer.body.slice(0, 300)}`);
    return answer.rawPayload;
  };
  for (const picture of [jpeg, png]) {
    const fields = { documentType: '72170-4', title: 'Plaie' };
    const [line] = ok(
      await nurse.send('POST', `/api/patients/${patient}/documents`, ...fileForm(picture, 'plaie.jpg', fields)),
    ).lines;
    const { document } = ok(await nurse.send('POST', '/api/documents/inbox', ...fileForm(picture, 'plaie.jpg')));
    const message = {
      key: randomUUID(),
      topic: 'Plaie',
      text: 'Votre avis ?',
      patient,
      to: { people: [doctor.practitioner] },
    };
    const thread = ok(
      await nurse.send(
        'POST',
        '/api/messages/threads',
        ...fileForm(picture, 'plaie.jpg', { message: JSON.stringify(message) }),
      ),
    );
    const [file] = ok(await doctor.send('GET', `/api/messages/threads/${thread.id}`)).messages[0].files;
    assert.equal(file.size, pictureAlone(picture).length);
    for (const [who, url] of [
      [doctor, `/api/patients/${patient}/documents/${line.id}/content`],
      [nurse, `/api/documents/inbox/${document}/content`],
      [doctor, file.url],
    ] as const)
      assert.deepEqual(await bytesAt(who, url), pictureAlone(picture), url);
  }
});
