import { stripVTControlCharacters } from "node:util";

const BANNER = /^(▲ Next\.js|- (Local|Network):|✓ (Starting|Ready|Running next)|$)/;

/** Next announces an address of its own making, before the database is up. What to open is said when it can be opened. */
export function withoutBanner() {
  const { log } = console;
  console.log = (...words) => {
    if (!BANNER.test(stripVTControlCharacters(words.join(" ")).trim())) log(...words);
  };
}
