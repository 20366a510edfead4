"use client";

import { useSyncExternalStore } from "react";

/** Whether script runs: false in what is served, true as soon as the page has come to life. */
export const useScripted = (): boolean => useSyncExternalStore(neverChanges, yes, no);

const neverChanges = () => () => {};
const yes = () => true;
const no = () => false;
