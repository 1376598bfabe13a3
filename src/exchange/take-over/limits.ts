/** What a file may weigh and how deep it may be: nobody fills the memory or the disk with a small file. */
export interface Limits {
  /** Bytes of decompressed text of a file read line by line. */
  lines: number;
  /** Bytes of decompressed text of a file that must be held whole (a bundle, an array). */
  whole: number;
  /** Bytes of one line. */
  line: number;
  /** Decompressed bytes for one compressed byte, past the first 32 MB. */
  ratio: number;
  /** Objects and arrays inside one another. */
  depth: number;
  /** Files of one run. */
  files: number;
}

export const defaultLimits: Limits = {
  lines: 4_000_000_000,
  whole: 100_000_000,
  line: 32_000_000,
  ratio: 1000,
  depth: 100,
  files: 200_000,
};

/** A file that cannot be read at all; the words are French, for the person. */
export class UnreadableFile extends Error {
  /** True when it does not look like a FHIR file: in a folder it is passed over. */
  readonly foreign: boolean;
  constructor(words: string, foreign = false) {
    super(words);
    this.foreign = foreign;
  }
}
