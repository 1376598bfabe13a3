import { createServer } from 'node:net';

/** Throws when somebody listens there already: told before the first start has taken its minute, not after. */
export async function portIsFree(port: number, host: string): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) =>
    probe.once('error', reject).listen({ port, host, exclusive: true }, resolve),
  );
  await new Promise((resolve) => probe.close(resolve));
}
