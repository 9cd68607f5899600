// What one script of the theme leaves for another: the files of an index call these as they are loaded.
interface Window {
  catalogCards?(number: number, cards: Record<string, string>): void;
  catalogList?: any;
  catalogSearch?: {
    directory(data: any): void;
    terms(first: string, text: string): void;
    records(first: number, data: any): void;
  };
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
