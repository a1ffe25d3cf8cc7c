// How far a long step is, on stderr: a bar on a terminal, a line now and then elsewhere, nothing when quiet. It has no timer
// of its own: it looks at the clock when it is told of progress.

export interface Progress {
  /** A step that is still open ends. Without a total only what is done is shown. */
  begin(step: string, total?: number): void;
  /** Done so far, not since the last call. */
  advance(done: number): void;
  end(): void;
}

export interface ProgressOptions {
  readonly mode: 'bar' | 'lines' | 'silent';
  readonly stream: NodeJS.WritableStream;
  /** The step's name in the language of the screen. */
  stepText(step: string): string;
  /** Milliseconds, from any beginning. */
  clock(): number;
}

/** A command that is done sooner shows no line at all. */
const FIRST_LINE_MS = 5_000;
const LINE_EVERY_MS = 30_000;

export const SILENT_PROGRESS: Progress = { begin() {}, advance() {}, end() {} };

export async function openProgress(options: ProgressOptions): Promise<Progress> {
  if (options.mode === 'silent') return SILENT_PROGRESS;
  if (options.mode === 'lines') return new LineProgress(options);
  const { default: cliProgress } = await import('cli-progress');
  return barProgress(options, cliProgress);
}

class LineProgress implements Progress {
  readonly #options: ProgressOptions;
  #step: string | undefined;
  #total: number | undefined;
  #nextAt = 0;
  #said = false;
  #done = 0;

  constructor(options: ProgressOptions) {
    this.#options = options;
  }

  begin(step: string, total?: number): void {
    this.end();
    this.#step = step;
    this.#total = total;
    this.#said = false;
    this.#done = 0;
    this.#nextAt = this.#options.clock() + FIRST_LINE_MS;
  }

  advance(done: number): void {
    this.#done = done;
    const now = this.#options.clock();
    if (this.#step === undefined || now < this.#nextAt) return;
    this.#nextAt = now + LINE_EVERY_MS;
    this.#said = true;
    this.#write();
  }

  end(): void {
    if (this.#step !== undefined && this.#said) this.#write();
    this.#step = undefined;
  }

  #write(): void {
    const { stream, stepText } = this.#options;
    stream.write(`yika: ${stepText(this.#step ?? '')} ${amountDone(this.#done, this.#total)}\n`);
  }
}

function barProgress(options: ProgressOptions, library: typeof import('cli-progress')): Progress {
  let bar: import('cli-progress').SingleBar | undefined;
  let barTotal: number | undefined;
  const end = (): void => {
    bar?.stop();
    bar = undefined;
  };
  return {
    begin(step, total) {
      end();
      barTotal = total;
      const format = total === undefined ? '{step} {done}' : '{step} {bar} {done}';
      // Signals are handled in one place, and that place calls end().
      const settings = {
        format,
        stream: options.stream,
        clearOnComplete: true,
        gracefulExit: false,
        fps: 5,
        barsize: 30,
      };
      bar = new library.SingleBar(settings, library.Presets.shades_classic);
      bar.start(total ?? 1, 0, { step: options.stepText(step), done: amountDone(0, total) });
    },
    advance(done) {
      bar?.update(barTotal === undefined ? 0 : done, { done: amountDone(done, barTotal) });
    },
    end,
  };
}

function amountDone(done: number, total: number | undefined): string {
  const count = done.toLocaleString('en-US');
  if (total === undefined || total <= 0) return count;
  return `${count} / ${total.toLocaleString('en-US')} (${Math.floor((100 * Math.min(done, total)) / total)}%)`;
}
