import { mergeConfig } from "vitest/config";
import config from "./vitest.config";

/** `npm run bench`: how fast the running product is, beside what the contract allows. One thing at a time. */
export default mergeConfig(
  { ...config, test: { ...config.test, include: [] } },
  { test: { include: ["**/*.bench.ts"], fileParallelism: false, disableConsoleIntercept: true } },
);
