import type { Urls } from "./databases";

type Of = keyof Urls;

/** What both sources are called and said to be. */
export const sources: Readonly<Record<Of, { name: string; description: string; tags: string }>> = {
  warehouse: {
    name: "Warehouse",
    description: "Everything the shop sells, stores, ships and bills. Loaded every night at 02:00 UTC.",
    tags: "nightly, postgres",
  },
  crm: {
    name: "CRM",
    description: "Hotels and restaurants we supply: who they are, what is on offer, and what they ask for help with.",
    tags: "live, business customers",
  },
};

export type Described = Readonly<{ of: Of; asset: string; description: string; tags: string }>;

/** What an engineer has written about the most used of their schemas and tables. */
export const words: readonly Described[] = [
  {
    ...{ of: "warehouse", asset: "sales", tags: "core" },
    description: "What customers order, in the shop, by phone and over the counter.",
  },
  {
    ...{ of: "warehouse", asset: "sales.orders", tags: "core, nightly" },
    description: "One row per order. Cancelled orders stay: leave them out when you count revenue.",
  },
  {
    ...{ of: "warehouse", asset: "sales.customers", tags: "personal data" },
    description: "People who ordered at least once. Addresses of those who asked to be forgotten are empty.",
  },
  {
    ...{ of: "warehouse", asset: "sales.daily_revenue", tags: "reporting" },
    description: "Revenue and orders by day and channel, without cancelled orders. Start here.",
  },
  {
    ...{ of: "warehouse", asset: "marketing", tags: "" },
    description: "Campaigns, newsletter and visits of the shop’s pages.",
  },
  {
    ...{ of: "warehouse", asset: "marketing.web_sessions", tags: "large" },
    description: "One row per visit, a partition for each year. Filter by began_at.",
  },
  {
    ...{ of: "warehouse", asset: "logistics.shipments", tags: "nightly" },
    description: "One row per parcel; an order can have several.",
  },
  {
    ...{ of: "warehouse", asset: "finance", tags: "restricted" },
    description: "Invoices, payments and payroll. Closed monthly; ask before sharing anything from here.",
  },
  {
    ...{ of: "warehouse", asset: "finance.payroll", tags: "restricted, personal data" },
    description: "Gross and net pay by employee and month.",
  },
  {
    ...{ of: "crm", asset: "accounts.companies", tags: "core" },
    description: "Hotels and restaurants, with who of us looks after them.",
  },
  {
    ...{ of: "crm", asset: "pipeline.deals", tags: "core, reporting" },
    description: "Open and closed deals. The amount is what was last offered, without tax.",
  },
  {
    ...{ of: "crm", asset: "support.tickets", tags: "" },
    description: "What customers ask for help with.",
  },
];

/** Areas of the business, and what they gather. */
export const domains: readonly { name: string; description: string; gathers: readonly (readonly [Of, string])[] }[] = [
  {
    name: "Revenue",
    description: "What is offered, sold, invoiced and paid. Figures are without tax.",
    gathers: [
      ["warehouse", "sales"],
      ["warehouse", "finance.invoices"],
      ["warehouse", "finance.payments"],
      ["crm", "pipeline.deals"],
      ["crm", "pipeline.forecast"],
    ],
  },
  {
    name: "Customers",
    description: "Who buys from us, and how they are doing.",
    gathers: [
      ["warehouse", "sales.customers"],
      ["warehouse", "marketing.newsletter_signups"],
      ["crm", "accounts"],
      ["crm", "support.tickets"],
      ["crm", "support.satisfaction"],
    ],
  },
];
