import { type Address, parseAddress } from "./address";

/** Large mail services whose names are long enough that a slip in them is hardly another service's name. */
const services = [
  "fastmail.com",
  "gmail.com",
  "googlemail.com",
  "hotmail.com",
  "icloud.com",
  "outlook.com",
  "protonmail.com",
  "yahoo.com",
];

/**
 * The address that was probably meant, when its domain is one slip away from that of a well-known mail service: a letter
 * wrong, missing, too many, or two swapped, as most slips are (Damerau 1964). The first letter is taken to be right, as it
 * nearly always is (Kukich 1992, section 2.1.3); so ymail.com, mail.com and email.com are themselves. So is gmail.co: an
 * ending of two letters is a country's. Null when nothing else seems meant.
 */
export const meantBy = (address: Address): Address | null => {
  const [local = "", domain = ""] = address.split("@");
  if (services.includes(domain)) return null;
  const service = services.find((name) => isOneSlip(domain, name));
  return service && !/\.[a-z]{2}$/.test(domain) ? parseAddress(`${local}@${service}`) : null;
};

/** What to ask about the first of these that looks like a slip and was not `asked` about before; null when none does. */
export const doubtIn = (typed: readonly string[], asked: readonly string[]): string | null => {
  for (const each of typed) {
    const address = parseAddress(each);
    const meant = address && meantBy(address);
    if (meant && !asked.includes(each)) return `Did you mean ${meant}? If ${each} is right as it is, press once more.`;
  }
  return null;
};

/** The part of an address that `meantBy` looks at. */
export const domainOf = (address: Address): string => address.slice(address.indexOf("@") + 1);

const isOneSlip = (typed: string, meant: string): boolean => {
  let at = 0;
  while (at < typed.length && typed[at] === meant[at]) at += 1;
  if (at === 0) return false;
  const [is, was] = [typed.slice(at), meant.slice(at)];
  const swapped = is[0] === was[1] && is[1] === was[0] && is.slice(2) === was.slice(2);
  return swapped || is.slice(1) === was.slice(1) || is.slice(1) === was || is === was.slice(1);
};
