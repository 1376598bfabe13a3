/** How long an end in order may take: what is not over then is cut off, and at last left as it is, ms. Service managers kill later (90 s). */
const usual = { cut: 10_000, leave: 20_000 };

export interface Ending {
  /** In order: what was begun is finished. */
  end(): Promise<void>;
  /** Breaks off what waits for somebody else (a statement, a mail, a reader): `end` then comes to its end. */
  cut(): void;
}

/**
 * What to do when the process is asked to end. Asked a second time, it ends at once; the same signal that comes twice in a second (npm and
 * terminals pass on what the process has got already) is one.
 */
export function stopper({ end, cut }: Ending, say: (words: string) => void, limits = usual): (code?: number) => void {
  let began: number | undefined;
  return (code = 0) => {
    if (began !== undefined) {
      if (performance.now() - began < 1_000) return;
      say('Arrêt immédiat : ce qui n’était pas fini ne l’est pas. Rien de ce qui était acquitté n’est perdu.');
      process.exit(1);
    }
    began = performance.now();
    setTimeout(() => {
      say(
        `Arrêt : ce qui n’est pas fini au bout de ${limits.cut / 1_000} s est interrompu. Rien de ce qui était acquitté n’est perdu.`,
      );
      cut();
    }, limits.cut);
    setTimeout(() => {
      say(
        `Arrêt forcé au bout de ${limits.leave / 1_000} s : quelque chose ne s’est pas laissé interrompre. Rien de ce qui était acquitté n’est perdu.`,
      );
      process.exit(1);
    }, limits.leave);
    end().then(
      () => process.exit(code),
      (error: unknown) => {
        say(error instanceof Error ? (error.stack ?? error.message) : String(error));
        process.exit(1);
      },
    );
  };
}
