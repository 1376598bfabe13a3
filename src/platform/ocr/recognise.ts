import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';

export interface Asked {
  bytes: Uint8Array;
  /** Else a PNG or a JPEG, which is one page. */
  pdf: boolean;
  /** From 1. */
  page: number;
}
export interface Recognised {
  /** '': a picture without words. */
  text: string;
  /** 0–1, of the words that are told. */
  confidence: number;
}
type Answer = { ready: true } | { missing: true } | { page: Recognised | null };
/** Milliseconds for a page, and without work; pages after which it begins anew: what it has learnt of one sender's letters is no good for another's. */
const usual = { patience: 45_000, idle: 10_000, pages: 40 };

/** Words of scanned pages and of photographs (docs/adr/0034-text-recognition.md): one page at a time, in a process that is there only while there is something to read. */
export class Recogniser {
  readonly #limits: typeof usual;
  #process: ChildProcess | null = null;
  #ready: Promise<boolean> | null = null;
  #pages = 0;
  #idle: NodeJS.Timeout | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #missing = false;
  constructor(limits: Partial<typeof usual> = {}) {
    this.#limits = { ...usual, ...limits };
  }
  /** False once this machine turned out to have no build of it. */
  get works(): boolean {
    return !this.#missing;
  }
  /** The process at hand, for who looks after the machine. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }
  /** Null: this page could not be read, in this time and memory. */
  page(asked: Asked): Promise<Recognised | null> {
    const next = this.#last.then(() => this.#read(asked));
    this.#last = next.catch(() => undefined);
    return next;
  }
  async close(): Promise<void> {
    this.#end();
    await this.#last;
  }

  async #read(asked: Asked): Promise<Recognised | null> {
    clearTimeout(this.#idle);
    if (this.#missing) return null;
    if (this.#pages >= this.#limits.pages) this.#end();
    const child = (this.#process ??= this.#begin());
    if (!(await this.#ready)) return null;
    this.#pages++;
    const answer = await this.#answerOf(child, () => child.send(asked));
    if (!answer || !('page' in answer)) {
      this.#end();
      return null;
    }
    this.#idle = setTimeout(() => this.#end(), this.#limits.idle).unref();
    return answer.page;
  }
  #begin(): ChildProcess {
    // Nothing of what the server knows goes with it: no address of the database, no key.
    const env = process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {};
    const child = fork(new URL('./ocr-process.ts', import.meta.url), [], {
      env,
      execArgv: ['--disable-warning=ExperimentalWarning', '--max-old-space-size=256'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.unref();
    child.channel?.unref();
    child.on('error', () => undefined);
    // People come first; where a machine does not let it be said, it goes on all the same.
    try {
      if (child.pid) setPriority(child.pid, 10);
    } catch {}
    this.#pages = 0;
    this.#ready = this.#answerOf(child, () => undefined).then((answer) => {
      if (answer && 'missing' in answer) this.#missing = true;
      if (!answer || !('ready' in answer)) this.#end();
      return answer !== null && 'ready' in answer;
    });
    return child;
  }
  #answerOf(child: ChildProcess, begin: () => void): Promise<Answer | null> {
    return new Promise((resolve) => {
      const done = (answer: Answer | null) => {
        clearTimeout(timer);
        child.off('message', done).off('exit', gone);
        resolve(answer);
      };
      const gone = () => done(null);
      const timer = setTimeout(gone, this.#limits.patience);
      child.on('message', done).on('exit', gone);
      if (child.exitCode !== null || child.signalCode !== null) return gone();
      try {
        begin();
      } catch {
        gone();
      }
    });
  }
  #end(): void {
    clearTimeout(this.#idle);
    this.#process?.kill('SIGKILL');
    this.#process = null;
  }
}
