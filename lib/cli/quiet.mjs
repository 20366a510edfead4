const BANNER = /▲ Next\.js|^\W*- (Local|Network):|✓ (Starting|Ready|Running next)|^\s*$/;

/** Next announces an address of its own making, before the database is up. What to open is said when it can be opened. */
export function withoutBanner() {
  const { log } = console;
  console.log = (...words) => {
    if (!BANNER.test(String(words[0] ?? ""))) log(...words);
  };
}
