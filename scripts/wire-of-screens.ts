import type { Plugin } from 'vite';
import { type Node, within } from './syntax.ts';
import { hasShapes, isOfShapes, wireWithout } from './wire.ts';

/** What of an entry the server reads; screens read its method and its path, and the compiler its types. */
const ofServer = new Set(['may', 'does', 'params', 'query', 'body', 'reply']);
const declarations = /[\\/]src[\\/](?:[^?]*[\\/])?(?:contract|data)(?:[\\/][^?]*|\.[^?]*)?\.ts$/;
const calls = (init: Node): boolean =>
  [...within(init)].some(({ type }) => type === 'CallExpression' || type === 'NewExpression');

/**
 * Screens call the same contract as the server mounts, and never check what comes or goes: the server does. So the files sent to browsers have of each entry its method and its path, and neither its schemas nor
 * the library that runs them; and of the plain data beside a contract, what a page uses. Contracts and data are declarations: what is not used is left out, whatever it calls.
 */
export const wireOfScreens: Plugin = {
  name: 'wire-of-screens',
  apply: 'build',
  enforce: 'post',
  transform: {
    filter: { id: /[\\/]src[\\/][^?]*\.tsx?$/ },
    handler(code, file) {
      const plain = declarations.test(file);
      if (!plain && !hasShapes(code)) return null;
      const program = this.parse(code) as unknown as Node & { body: Node[] };
      return {
        code: wireWithout(ofServer, code, program, plain ? calls : isOfShapes),
        map: null,
        ...(plain && { moduleSideEffects: false }),
      };
    },
  },
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk' && Object.keys(file.modules).some((id) => /[\\/]node_modules[\\/]zod[\\/]/.test(id)))
        this.error(
          `zod would be sent to browsers, in ${file.fileName}: a screen uses a schema for more than its type.`,
        );
  },
};
