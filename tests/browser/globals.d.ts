// What one script of the theme leaves for another: the files of an index call these as they are loaded.
interface Window {
  /** Loads a script or a style sheet once. */
  catalogLoad(path: string): Promise<void>;
  catalogCards?(number: number, cards: Record<string, string>): void;
  catalogList?: any;
  catalogMap?: any;
  catalogFile: {
    csv(name: string, records: Record<string, any>[]): void;
    save(name: string, type: string, data: string): void;
  };
  /** What files of the search index call. */
  catalogSearch?: {
    directory(data: any): void;
    terms(name: string, text: string): void;
    records(first: number, data: any): void;
  };
  catalogWords: {
    runs(text: string, asked?: boolean): CatalogRun[];
    words(text: string): string[];
    whole(text: string): string;
    fold(word: string): string;
    isStop(word: string): boolean;
    stem(word: string): string;
  };
  /** The rules of the language of the site, where it has some. */
  catalogStem?: (word: string) => string;
  /** The words that say little in it, between spaces. */
  catalogStops?: string;
  catalogMarks: {
    window(text: string, marks: CatalogMarks): number;
    cut(text: string, marks: CatalogMarks, most?: number): { text: string; isMarked: boolean }[];
  };
  catalogSlips: { count(a: string, b: string, most: number): number; far(word: string, name: string): number };
  catalogMatch: {
    nothing(): CatalogFound;
    take(found: CatalogFound, postings: string, points: (weight: number) => number): void;
    begins(found: CatalogFound, tier: CatalogShards, word: string): Promise<void>;
    ofRun(run: CatalogRun, isLast: boolean): Promise<CatalogFound>;
  };
  catalogFiles: {
    open(): Promise<void>;
    index(): CatalogDirectory;
    between(tier: CatalogShards, from: string, to: string): Promise<string[][]>;
    isRead(tier: CatalogShards, from: string, to: string): boolean;
    numbers(text: string, each: (value: number) => void): void;
    members(runs: string): number[];
    rows(hits: CatalogHit[]): Promise<CatalogHit[]>;
    isBroken(): boolean;
    begin(): void;
  };
  catalogIndex: {
    open(): Promise<void>;
    search(text: string, team?: string[]): Promise<CatalogResult>;
    rows(hits: CatalogHit[]): Promise<CatalogHit[]>;
    completions(word: string): Promise<{ value: string; records: number[] }[]>;
    kinds(): { id: string; title: string; from: number }[];
    isBroken(): boolean;
  };
  catalogShow: {
    option(element: HTMLElement, hit: CatalogHit, marks: CatalogMarks, most: number): void;
    plain(element: HTMLElement, title: string, label: string): void;
    item(hit: CatalogHit, marks: CatalogMarks): HTMLElement;
    href(hit: CatalogHit): string;
    said(result: CatalogResult, query: string, count?: number): string;
  };
  catalogKept?: { root: string; read(): CatalogKept; write(change: Partial<CatalogKept>): void };
}

/** Translations, written before the scripts of a site that is not in English. */
interface CatalogStrings {
  language: string;
  thousands: string;
  texts: Record<string, string>;
  plurals: Record<string, Record<string, string>>;
}

/** The words of scripts in the language of the site; `texts.js` has them. */
interface CatalogTexts {
  t(english: string, values?: Record<string, string | number>): string;
  number(count: number): string;
  counted(count: number, one: string, many: string): string;
}

declare var catalogTexts: CatalogTexts;

interface Window {
  catalogStrings?: CatalogStrings;
  catalogTexts: CatalogTexts;
}

/** What is written without a break: the parts of an identifier, and all of it where it has several. */
interface CatalogRun {
  parts: string[];
  whole: string;
  /** As it is written, of a script without spaces. */
  signs: string;
  /** Words that may stand for it. */
  like?: string[];
}
/** The records that have a word, with what it says of each. */
interface CatalogFound {
  points: Map<number, number>;
  /** How many have it. */
  count: number;
  /** None has it; these have one like it in their names. */
  isNear: boolean;
  /** Words of names that are like it. */
  like: string[];
}
/** The words of a query, with how rare each is. */
interface CatalogMarks {
  runs: CatalogRun[];
  rare: number[];
}
interface CatalogRow {
  label: string;
  context: string;
  owner: string;
  title: string;
  href: string;
  text: string;
  sections: [heading: string, anchor: string, text: string][];
}
interface CatalogHit {
  record: number;
  kind: number;
  score: number;
  row?: CatalogRow;
  /** The section that has the words. */
  section?: number;
}
interface CatalogResult {
  hits: CatalogHit[];
  /** None has all of the words. */
  isPart: boolean;
  /** A file of the index could not be loaded. */
  isBroken: boolean;
  /** Nothing has the words; these have similar names. */
  isNear: boolean;
  /** A facet with a value that none begins with; else empty. */
  unknown: string;
  marks: CatalogMarks;
}
/** A page that a reader has seen or starred. */
interface CatalogPage {
  title: string;
  label: string;
  path: string;
}
interface CatalogKept {
  recent: CatalogPage[];
  starred: CatalogPage[];
  /** The reader's team and those above it, as values of the facet `owner`. */
  team: string[];
  teamTitle: string;
  slash: boolean;
}
/** Sorted entries in files, with the first entry of each. */
interface CatalogShards {
  starts: string[];
  files: string[];
}
/** What is in which file of the search index. */
interface CatalogDirectory {
  version: number;
  language: string;
  total: number;
  kinds: { id: string; title: string; from: number }[];
  records: { starts: number[]; files: string[] };
  names: CatalogShards;
  texts: CatalogShards;
  facets: CatalogShards;
}
