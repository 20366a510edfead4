import { lookup } from "node:dns/promises";
import { BlockList, isIP, isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";
import { Fault } from "./fault.mjs";

/**
 * @typedef {import("../../config/hosts.mjs").NamedHost} NamedHost
 * @typedef {{ host: string, port: number }} Place
 *
 * @typedef {object} Bounds Where a source may live.
 * @property {readonly NamedHost[] | null} named What SOURCE_HOSTS names; null: nothing in particular.
 * @property {Place | null} own Our own database; null when it can't be reached over a network.
 */

/** Nobody's database lives here, whatever SOURCE_HOSTS names. */
const REFUSED = /** @type {const} */ ([
  ["0.0.0.0", 8], // "this network" (RFC 791); Linux takes 0.0.0.0 for itself
  ["169.254.0.0", 16], // link-local (RFC 3927); also the metadata of AWS, Azure, Google Cloud, OpenStack and others
  ["100.100.100.200", 32], // metadata of Alibaba Cloud
  ["168.63.129.16", 32], // Azure's own channel into its virtual machines
  ["192.0.0.0", 24], // protocol assignments (RFC 6890); also the metadata of Oracle Cloud
  ["224.0.0.0", 4], // multicast (RFC 5771)
  ["240.0.0.0", 4], // reserved, and broadcast (RFC 1112, RFC 919)
  ["fe80::", 10], // link-local (RFC 4291)
  ["fd00:ec2::", 32], // metadata and credentials of AWS
  ["fd20:ce::254", 128], // metadata of Google Cloud
  ["ff00::", 8], // multicast (RFC 4291)
  // Three that hide an IPv4 address which is reached through somebody else's gateway:
  ["64:ff9b:1::", 48], // local translation (RFC 8215)
  ["2002::", 16], // 6to4 (RFC 3056)
  ["2001::", 32], // Teredo (RFC 4380)
]);

const refused = new BlockList();
for (const [network, prefix] of REFUSED) block(refused, network, prefix);
const loopback = new BlockList();
block(loopback, "127.0.0.0", 8);
block(loopback, "::1", 128);
// Unspecified, and IPv4 addresses written the old way (RFC 4291, 2.5.5.1); the rule for ::1 is asked first.
block(refused, "::", 96);

/**
 * Adds a network, in both ways of writing an IPv4 one as IPv6 that end at the same machine: mapped, which a BlockList
 * understands by itself, and translated by NAT64 (RFC 6052).
 * @param {BlockList} list @param {string} network @param {number} prefix
 */
function block(list, network, prefix) {
  list.addSubnet(network, prefix, familyOf(network));
  if (!isIPv6(network)) list.addSubnet(`64:ff9b::${network}`, 96 + prefix, "ipv6");
}

/** @param {string} address */
function familyOf(address) {
  return isIPv6(address) ? "ipv6" : "ipv4";
}

/** Every address that this machine answers to by itself, as its network cards have them now. */
function localAddresses() {
  return Object.values(networkInterfaces()).flatMap((card) => (card ?? []).map(({ address }) => address));
}

/**
 * The addresses of a host, looked up once: these are dialled, and the name is not asked for again, for its owner could
 * have another answer by then. One address that may not be dialled refuses them all.
 * @param {Place} place
 * @param {Bounds} bounds
 * @param {readonly string[]} [local] the addresses of this machine, beside loopback
 * @returns {Promise<string[]>}
 * @throws {Fault} when the host is unknown, not among the named ones, this machine, our own database, or no place for one
 */
export async function findTarget({ host, port }, { named, own }, local = localAddresses()) {
  const addresses = await resolve(host);
  const ours = own?.port === port ? await resolve(own.host).catch(() => []) : [];

  for (const address of addresses) {
    const isLoopback = has(loopback, address);
    const isHere = isLoopback || local.some((one) => has(only(one), address));
    const isNamed = named?.some((entry) => names(entry, { host, port }, address)) ?? false;
    if (!isLoopback && has(refused, address)) throw new Fault("target-refused");
    if (ours.some((one) => has(only(one), address))) throw new Fault("own-database");
    if (isHere && !isNamed) throw new Fault("this-machine");
    if (named && !isNamed) throw new Fault("not-listed");
  }
  return addresses;
}

/** @param {BlockList} list @param {string} address */
const has = (list, address) => list.check(address, familyOf(address));

/** @param {string} address */
function only(address) {
  const list = new BlockList();
  block(list, address, isIPv6(address) ? 128 : 32);
  return list;
}

/**
 * By the name that was typed or by the address it leads to: whoever names a host vouches for where it leads.
 * @param {NamedHost} entry @param {Place} place @param {string} address
 */
const names = (entry, { host, port }, address) =>
  (entry.port === null || entry.port === port) &&
  (entry.host === host.toLowerCase() || (isIP(entry.host) !== 0 && has(only(entry.host), address)));

/** @param {string} host @returns {Promise<string[]>} */
async function resolve(host) {
  const found = await lookup(host, { all: true, verbatim: true });
  // A link-local address comes with its network card: fe80::1%eth0.
  return [...new Set(found.map(({ address }) => address.replace(/%.*$/, "")))];
}
