import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { nonceOf } from './server.ts';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.html': 'text/html; charset=utf-8',
};
interface Served {
  type: string;
  tag: string;
  /** The file itself where it has no smaller form. */
  whole?: Buffer;
  br?: Buffer;
  gzip?: Buffer;
}
const unpacked = promisify(gunzip);

/**
 * The files of the folder by their address, each in the forms in which it goes out: 4 MB. A build that is made under a running server takes the
 * folder away from it; the screens that people have open, and the contract they were built with, are those of this server until it is started again.
 */
async function filesIn(folder: string): Promise<Map<string, Served>> {
  const files = new Map<string, Served>();
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = found.filter((one) => one.isFile()).map((one) => relative(folder, join(one.parentPath, one.name)));
  const there = new Set(names);
  for (const name of names) {
    if (/\.(br|gz)$/.test(name) && there.has(name.slice(0, -3))) continue;
    const form = async (ending: string) =>
      there.has(name + ending) ? await readFile(join(folder, name + ending)) : undefined;
    const [br, gzip] = [await form('.br'), await form('.gz')];
    const whole = gzip ? undefined : await readFile(join(folder, name));
    files.set(`/${name.split(sep).join('/')}`, {
      type: types[extname(name)] ?? 'application/octet-stream',
      tag: createHash('sha256')
        .update((gzip ?? whole)!)
        .digest('base64url')
        .slice(0, 22),
      ...(whole && { whole }),
      ...(br && { br }),
      ...(gzip && { gzip }),
    });
  }
  return files;
}

/** The encodings a browser takes; one that it weighs with nothing it refuses. */
const takes = (request: FastifyRequest, encoding: string): boolean =>
  String(request.headers['accept-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .some((one) => {
      const [name, weight] = one.split(';').map((part) => part.trim());
      return name === encoding && !/^q=0(\.0*)?$/.test(weight ?? '');
    });

async function send(request: FastifyRequest, reply: FastifyReply, path: string, file: Served): Promise<unknown> {
  const [form, bytes] =
    file.br && takes(request, 'br')
      ? ['br', file.br]
      : file.gzip && takes(request, 'gzip')
        ? ['gzip', file.gzip]
        : ['', undefined];
  if (file.br || file.gzip) reply.header('vary', 'accept-encoding');
  const tag = `"${file.tag}${form}"`;
  // A name under /assets carries a hash of its content; any other may hold something else tomorrow.
  reply
    .header('cache-control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
    .header('etag', tag);
  if (request.headers['if-none-match'] === tag) return reply.code(304).send();
  reply.type(file.type);
  if (bytes) return reply.header('content-encoding', form).send(bytes);
  return reply.send(file.whole ?? (await unpacked(file.gzip!)));
}

/** Serves the built screens as they are now: files under /assets for ever (their names carry a hash), compressed if the build made them so, the shell for every page address. */
export async function mountScreens(app: FastifyInstance, folder: string): Promise<void> {
  const files = await filesIn(folder);
  const shell = files.get('/index.html');
  if (!shell) throw new Error(`${folder}: no index.html among the screens.`);
  files.delete('/index.html');
  const page = (shell.whole ?? (await unpacked(shell.gzip!))).toString();
  app.setNotFoundHandler((request, reply) => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const path = request.url.split('?', 1)[0]!;
    const file = reads ? files.get(path) : undefined;
    if (file) return send(request, reply, path, file);
    if (!reads || /^\/(api|fhir|oauth2|assets)([/?]|$)/.test(request.url))
      return reply
        .code(404)
        .type('application/problem+json; charset=utf-8')
        .send({ type: 'about:blank', title: 'Introuvable', status: 404, detail: 'Cette adresse n’existe pas.' });
    return reply
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page.replace('nonce=""', `nonce="${nonceOf(reply.raw)}"`));
  });
}
