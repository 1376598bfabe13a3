/** The signs of a text as it is typed: what of it will be bold, a title or a bullet on paper, and the signs themselves. The same as platform/templates/rich-text.ts reads. */
export interface Sign {
  text: string;
  is: 'words' | 'bold' | 'title' | 'sign' | 'field';
}
const run = /\*\*(?=\S)(.+?)(?<=\S)\*\*/g;
const field = /\{\{[^{}\n]*\}\}/g;

/** Put together again, they are the text itself, character by character. */
export function signsOf(text: string): Sign[] {
  const found: Sign[] = [];
  const add = (words: string, is: Sign['is']) => {
    const last = found.at(-1);
    if (!words) return;
    if (last?.is === is) last.text += words;
    else found.push({ text: words, is });
  };
  const words = (inside: string, is: Sign['is']) => {
    let done = 0;
    for (const one of inside.matchAll(field)) {
      add(inside.slice(done, one.index), is);
      add(one[0], 'field');
      done = one.index + one[0].length;
    }
    add(inside.slice(done), is);
  };
  text.split(/(\r\n?|[\n\u2028\u2029])/).forEach((line, at) => {
    if (at % 2 === 1) {
      add(line, 'words');
      return;
    }
    const head = /^(\s*#{1,3}\s+)(?=.)/.exec(line) ?? /^(\s*(?:[-•]|\d+[.)])\s+)(?=.)/.exec(line);
    const sign = head?.[1] ?? '';
    const title = sign.includes('#');
    add(sign, 'sign');
    const rest = line.slice(sign.length);
    let done = 0;
    for (const one of rest.matchAll(run)) {
      words(rest.slice(done, one.index), title ? 'title' : 'words');
      add('**', 'sign');
      words(one[1]!, title ? 'title' : 'bold');
      add('**', 'sign');
      done = one.index + one[0].length;
    }
    words(rest.slice(done), title ? 'title' : 'words');
  });
  return found;
}
