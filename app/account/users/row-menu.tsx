"use client";

import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { Icon } from "@/components/icon";
import { useScripted } from "@/components/scripted";
import { usePresses } from "./row-actions";
import { type Subject, verbs } from "./verbs";

/** What can be done to one row: served as a link to the row's own page, and once script runs a menu of the same. */
export function RowMenu({ about }: { about: Subject }) {
  const { press, waiting } = usePresses();
  const name = `Actions for ${about.email}`;
  if (!useScripted()) {
    return (
      <a href={about.href} aria-label={name} data-row={about.id} className={triggerClass}>
        <Icon name="more" />
      </a>
    );
  }
  const busy = waiting?.about.id === about.id;
  return (
    <MenuTrigger>
      <Button aria-label={busy ? `${name}, waiting for the answer` : name} data-row={about.id} className={triggerClass}>
        <Icon name={busy ? "wait" : "more"} className={busy ? "motion-safe:animate-spin" : ""} />
      </Button>
      <Popover
        placement="bottom end"
        className="min-w-48 rounded-card border border-edge bg-surface py-1 text-ink shadow-lg"
      >
        <Menu aria-label={name} className="outline-none">
          <MenuItem href={about.href} className={itemClass}>
            View
          </MenuItem>
          {about.verbs.map((verb) =>
            verb === "groups" ? (
              <MenuItem key={verb} href={about.groups.href} className={itemClass}>
                {about.groups.label}
              </MenuItem>
            ) : (
              <MenuItem
                key={verb}
                onAction={() => press(about, verb)}
                className={`${itemClass} ${verbs[verb].ask ? "text-danger" : ""}`}
              >
                {verbs[verb].label}
              </MenuItem>
            ),
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

const triggerClass =
  "inline-flex size-8 cursor-pointer items-center justify-center rounded border border-transparent hover:border-edge hover:bg-sunken aria-expanded:bg-sunken pointer-coarse:size-11";
const itemClass =
  "block cursor-pointer px-3.5 py-1.5 outline-none data-focused:bg-accent-soft data-focused:underline pointer-coarse:min-h-11 pointer-coarse:py-2.5";
