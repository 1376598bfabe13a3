import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { parseAst, transformWithOxc } from 'vite';
import { withTiedTexts } from '../../scripts/spaces-of-screens.ts';
import { type Node, within } from '../../scripts/syntax.ts';
import { files, isTest, root, textOf } from './tree.ts';

const screen = async (source: string, path: string) => {
  const { code } = await transformWithOxc(source, path, { jsx: { runtime: 'automatic' } });
  return { code, tied: withTiedTexts(parseAst(code) as unknown as Node, code) };
};
const seen = (text: string): string => text.replaceAll('\u202f', '‗').replaceAll('\u00a0', '▁');

test('French texts of screens are sent with their spaces; what is compared, looked for or sent is not touched', async () => {
  const { code, tied } = await screen(
    `import { list } from './mots : list.ts';
     export const shown = ['Qui appeler ?', \`\${list} : \${list.length} %\`, list.join(' ; '), list.a ? 'Lu ; signé' : 'Non lu !'];
     export const tools = [list === 'Motif : a', list.includes('Motif : a'), 'Motif : a'.slice(2), list.split(' : '), String.raw\`a : b\`, { 'Motif : a': 1, value: 'Motif : a', id: 'Motif : a' }, ' : ', /a : b/, list[' a : b'], new RegExp('a ? : b')];
     switch (list) { case 'Motif : a': break; }
     export const Page = () => <p className="a : b" data-x="a : b" title="Motif : a" id="a : b">{list} : « {list} » {list.a && <b>{list} ?</b>}<i> %</i></p>;`,
    'Page.tsx',
  );
  const changed = seen(tied)
    .split('\n')
    .filter((line, at) => line !== code.split('\n')[at])
    .join('\n');
  for (const words of [
    '"Qui appeler‗?"',
    '`${list}▁: ${list.length}▁%`',
    '"‗; "',
    '"Lu‗; signé"',
    '"Non lu‗!"',
    'title: "Motif▁: a"',
    '"▁: «▁"',
    '"▁» "',
    '[list, "‗?"]',
    'children: "▁%"',
  ])
    assert.ok(changed.includes(words), `${words} in\n${changed}`);
  for (const words of [
    '"./mots : list.ts"',
    'list === "Motif : a"',
    'list.includes("Motif : a")',
    '"Motif : a".slice',
    'list.split(" : ")',
    'String.raw`a : b`',
    '"Motif : a": 1',
    'value: "Motif : a"',
    'id: "Motif : a"',
    '/a : b/',
    'list[" a : b"]',
    'new RegExp("a ? : b")',
    'case "Motif : a"',
    'className: "a : b"',
    '"data-x": "a : b"',
  ])
    assert.ok(tied.includes(words), `${words} was touched`);
});

test('every screen stays what it was but for spaces, and no French text keeps a space where a line could break before a sign', async () => {
  const screens = files.filter((path) => /^src\/(?:.+\/)?web\/.*\.tsx?$/.test(path) && !isTest(path));
  const left: string[] = [];
  let lines = 0;
  for (const path of screens) {
    const { code, tied } = await screen(textOf(path), join(root, path));
    assert.equal(tied.replace(/[\u00a0\u202f]/g, ' '), code.replace(/[\u00a0\u202f]/g, ' '), path);
    lines += code.split('\n').filter((line, at) => line !== tied.split('\n')[at]).length;
    for (const node of within(parseAst(tied) as unknown as Node)) {
      const says =
        node.type === 'Literal'
          ? node.value
          : node.type === 'TemplateElement'
            ? (node.value as { cooked: string }).cooked
            : '';
      if (typeof says === 'string' && /\p{L} [:;?!»]( |$)|« /u.test(says)) left.push(`${path}: ${says}`);
    }
  }
  assert.ok(screens.length > 400 && lines > 800, `${screens.length} screens, ${lines} lines changed`);
  // The subject of a message that goes to the server.
  assert.deepEqual(left, ['src/record/web/results/ResultPanel.tsx: Suite du résultat « ']);
});

test('SEC-12 one way only asks why a page cannot be shown: an outage on reading again takes nothing away of what stands, or is being typed, in it', () => {
  const screens = files.filter((path) => /^src\/(?:.+\/)?web\/.*\.tsx?$/.test(path) && !isTest(path));
  // The session is asked for to be acted on; what was known of it before is not shown.
  const besides = ['src/access/web/LockScreen.tsx: session.error'];
  let reads = 0;
  const found = screens.flatMap((path) => {
    const text = textOf(path);
    const queries = new Set(
      [...text.matchAll(/\bconst (\w+) = use\w*Query\(|\b(\w+)\.refetch\b/g)].map(([, made, read]) => made ?? read!),
    );
    reads += queries.size;
    return [...queries]
      .filter((name) => new RegExp(`\\b${name}\\.(error|isError)\\b`).test(text))
      .map((name) => `${path}: ${name}.error`);
  });
  assert.deepEqual(found, besides);
  assert.ok(reads > 150, `${reads} reads`);
});

test('SEC-12 what is fetched when it is first needed waits for a network: one way only to bring it', () => {
  const found = files.filter(
    (path) =>
      /^src\/(?:.+\/)?web\/.*\.tsx?$/.test(path) &&
      /import \{[^}]*\b(lazy|lazyRouteComponent)\b[^}]*\} from '(react|@tanstack\/react-router)'/.test(textOf(path)),
  );
  assert.deepEqual(found, ['src/web/lazy.ts']);
});
