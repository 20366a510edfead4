/**
 * @typedef {object} Words
 * @property {number} status
 * @property {string} heading
 * @property {string} advice
 * @property {number} [retryAfterSeconds]
 */

/** How soon to come back after a failure of ours: a database restart takes seconds. */
const RETRY_SECONDS = 5;

/** What the front itself says. A page that reached the application speaks for itself. */
export const WORDS = /** @satisfies {Record<string, Words>} */ ({
  malformed: {
    status: 400,
    heading: "This address is damaged",
    advice: "Check that the whole link was copied, without anything added to it.",
  },
  garbled: {
    status: 400,
    heading: "This form didn't arrive whole",
    advice: "Nothing was changed. Go back, reload the page and send it again.",
  },
  foreign: {
    status: 403,
    heading: "This form came from another site",
    advice:
      "Nothing was changed. Open the page here and send the form from it. If you did, your browser hides where the form came from; allow it for this site.",
  },
  nothing: {
    status: 404,
    heading: "There is nothing here",
    advice: "Check the address, or start again from the first page.",
  },
  method: {
    status: 405,
    heading: "That can't be done with this address",
    advice: "Open it as a page, or send the form it shows.",
  },
  slow: { status: 408, heading: "The request took too long to arrive", advice: "Check your connection and try again." },
  stale: {
    status: 409,
    heading: "This page was from an earlier version",
    advice: "Nothing was changed. Go back, reload the page and send the form again.",
  },
  tooBig: {
    status: 413,
    heading: "That is too much at once",
    advice: "Nothing was changed. A form may hold up to 64 kB. Go back and send less of it.",
  },
  tooBigFile: {
    status: 413,
    heading: "That file is too large",
    advice: "Nothing was changed. A file may hold up to 1 MB. Go back, split it, and upload the parts one by one.",
  },
  tooLong: { status: 414, heading: "This address is too long", advice: "Check that only the link was copied." },
  elsewhere: {
    status: 421,
    heading: "Gatehouse doesn't answer under this name",
    advice:
      "Open it at the address it was set up with (APP_URL). A proxy in front of it has to pass the Host header on.",
  },
  localOnly: {
    status: 421,
    heading: "Gatehouse is in local mode here",
    advice:
      "It only answers on this machine, at localhost and without a proxy. To serve others, set APP_URL and start it again.",
  },
  tooManyHeaders: {
    status: 431,
    heading: "Your browser sent too much with this request",
    advice: "Clear the cookies of this site and try again.",
  },
  failed: {
    status: 503,
    heading: "Something went wrong on our side",
    advice:
      "It is usually over in a moment. Try again; if you were sending a form, look first whether it has already arrived.",
    retryAfterSeconds: RETRY_SECONDS,
  },
});

const STYLE =
  ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.25rem}h1{font-size:1.4rem;line-height:1.25}";

/**
 * A page that needs nothing else: no style sheet, no script, no database.
 * @param {Words} words
 */
export const page = ({ heading, advice }) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><link rel="icon" href="data:,"><title>${heading} – Gatehouse</title><style>${STYLE}</style></head><body><main><h1>${heading}</h1><p>${advice}</p><p><a href="/">Go to the first page</a></p></main></body></html>`;

/** The same for a script of ours, which shows the text of a plain answer. @param {Words} words */
export const sentence = ({ heading, advice }) => `${heading}. ${advice}`;
