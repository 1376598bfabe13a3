import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { nonceOf } from './server.ts';

/** Serves the built screens: files under /assets for ever (their names carry a hash), compressed if the build made them so, the shell for every page address. */
export async function mountScreens(app: FastifyInstance, folder: string): Promise<void> {
  const shell = await readFile(join(folder, 'index.html'), 'utf8');
  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    wildcard: false,
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
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
