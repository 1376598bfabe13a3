import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { conflict, type Db, invalid, Problem } from '../platform/index.ts';
import { stampOf } from './take-over/find-files.ts';
import { countFiles, insertFiles, nextOrd, readRun } from './take-over/run.store.ts';

/** Bytes of all the files of one run, as sent. */
const mostReceived = 20_000_000_000;

/**
 * Receives the files of a run into its folder. Names are only shown, never used as paths: on disk a file has a number.
 * Errors: 409 when the run takes no files any more, 413 too large, 422 not multipart.
 */
export async function receiveFiles(
  db: Db,
  tenant: number,
  run: number,
  folder: string,
  request: FastifyRequest,
): Promise<{ received: number }> {
  const found = await db.tenant(tenant, (sql) => readRun(sql, tenant, run));
  if (found?.state !== 'receiving') throw conflict('Cette reprise ne reçoit plus de fichiers : ouvrez-en une autre.');
  if (!request.isMultipart()) throw invalid('Envoyez les fichiers en multipart/form-data.');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let name = '';
  let received = 0;
  let { bytes: total } = await db.tenant(tenant, (sql) => countFiles(sql, tenant, run));
  for await (const part of partsOf(request)) {
    if (part.type === 'field') {
      if (part.fieldname === 'name') name = String(part.value);
      continue;
    }
    const shown = shownName(name || part.filename);
    name = '';
    const path = join(folder, `${Date.now().toString(36)}-${crypto.randomUUID()}`);
    await pipeline(part.file, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    const info = await stat(path);
    total += info.size;
    if (part.file.truncated || total > mostReceived) {
      await rm(path, { force: true });
      throw new Problem(
        413,
        'Trop volumineux',
        `« ${shown} » est trop volumineux pour être envoyé ainsi. Les fichiers déjà reçus sont gardés. Utilisez la commande « estran import » sur le serveur, ou découpez le fichier.`,
      );
    }
    await db.transaction(tenant, async (sql) => {
      const ord = await nextOrd(sql, tenant, run);
      await insertFiles(
        sql,
        tenant,
        run,
        [{ name: shown, path, bytes: info.size, stamp: stampOf(info), rank: 2 }],
        ord,
      );
    });
    received++;
  }
  return { received };
}

/** The parts of the request; what the parser cannot read is the sender's mistake. */
async function* partsOf(request: FastifyRequest) {
  try {
    yield* request.parts({ limits: { fieldSize: 4096, fields: 2000, files: 1000 } });
  } catch (error) {
    if (error instanceof Problem || (error as { statusCode?: number }).statusCode !== undefined) throw error;
    throw invalid(
      'L’envoi des fichiers est mal formé ou s’est interrompu. Les fichiers déjà reçus sont gardés : envoyez les autres de nouveau.',
    );
  }
}

/** What a browser calls a file, made fit to be read: no control signs, no way up. */
export const shownName = (name: string): string =>
  name
    .normalize('NFC')
    .toWellFormed()
    .replace(/\p{C}/gu, '')
    .split(/[\\/]+/)
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/')
    .slice(-300) || 'fichier';
