import type { NextConfig } from "next";

const here = import.meta.dirname;

/** Headers are not here but in lib/http: the pages that Next never sees need them too. */
const nextConfig: NextConfig = {
  output: "standalone",
  outputFileTracingRoot: here,
  turbopack: { root: here },
  poweredByHeader: false,
  typedRoutes: true,
  images: { unoptimized: true },
  agentRules: false,
  // Development prints every address it serves; these are as good as keys.
  logging: { incomingRequests: { ignore: [/^\/(join|reset-password|block)\//] } },
  // `npm run types` checks them, tests included; the first start on a machine need not wait for that.
  typescript: { ignoreBuildErrors: true },
};

export default nextConfig;
