// What one script of the theme leaves for another: the files of an index call these as they are loaded.
interface Window {
  catalogStrings?: any;
  catalogTexts?: any;
  catalogCards?(number: number, cards: Record<string, string>): void;
  catalogSearch?: {
    directory(data: any): void;
    terms(first: string, text: string): void;
    records(first: number, data: any): void;
  };
}
