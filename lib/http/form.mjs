/**
 * Whether a form arrived in a shape that can be read at all. Next answers 500 to broken ones, after it has begun to run.
 * A NUL in a field is refused here once: no field of ours means one, and PostgreSQL can't store it.
 * @param {import("node:http").IncomingHttpHeaders} headers
 * @param {Buffer} body
 */
export async function isReadable(headers, body) {
  const type = headers["content-type"] ?? "";
  if (type.startsWith("multipart/form-data")) return isForm(type, body);
  return headers["next-action"] === undefined || isJson(body);
}

/** @param {string} type @param {Buffer} body */
async function isForm(type, body) {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
    return ![...form].flat().some((part) => typeof part === "string" && part.includes("\0"));
  } catch {
    return false;
  }
}

/** What React sends when an action's arguments need no form. @param {Buffer} body */
function isJson(body) {
  try {
    JSON.parse(body.toString());
    return true;
  } catch {
    return false;
  }
}
