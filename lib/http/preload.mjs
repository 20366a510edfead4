import { config } from "../config.mjs";
import { install } from "./install.mjs";

install(config(), { development: true, patience: 120_000 });
