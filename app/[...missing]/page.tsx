import type { Metadata } from "next";
import { NothingHere } from "../nothing-here";

export const metadata: Metadata = { title: "Nothing here" };

/** Every address without a page of its own: Next's own answer has no words in it until script runs. */
export default NothingHere;
