/**
 * Whether a host name (as in a URL, IPv6 in brackets) can only mean this machine.
 * @param {string} hostname
 */
export const isLoopback = (hostname) =>
  hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);

/** @param {string} url */
export const isLoopbackUrl = (url) => URL.canParse(url) && isLoopback(new URL(url).hostname);
