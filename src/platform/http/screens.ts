import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { nonceOf } from './server.ts';

/**
 * Serves the built screens, compressed if the build made them so: files under /assets for ever (their names carry a hash), others asked for anew, the
 * shell for every page address. The shell is that of the start, and a build leaves the files it names (scripts/former-screens.ts): one that is made
 * under a running server changes nothing until it is started again.
 */
export async function mountScreens(app: FastifyInstance, folder: string): Promise<void> {
  const shell = await readFile(join(folder, 'index.html'), 'utf8');
  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    wildcard: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders(reply, path) {
      const named = relative(folder, path).startsWith('assets');
      reply.header('cache-control', named ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.setNotFoundHandler((request, reply) => {
    const wantsPage =
      (request.method === 'GET' || request.method === 'HEAD') &&
      !/^\/(api|fhir|oauth2|assets)([/?]|$)/.test(request.url);
    if (!wantsPage)
      return reply
        .code(404)
        .type('application/problem+json; charset=utf-8')
        .send({ type: 'about:blank', title: 'Introuvable', status: 404, detail: 'Cette adresse n’existe pas.' });
    return reply
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(shell.replace('nonce=""', `nonce="${nonceOf(reply.raw)}"`));
  });
}
