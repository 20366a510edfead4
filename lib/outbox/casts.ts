type Person = Readonly<{ name: string; email: string }>;

/** Who and what the samples of the mails speak of. */
export type Cast = Readonly<{
  title: string;
  organization: string;
  /** Who gets the mail, who did what it tells, and whom else it speaks of. */
  reader: Person;
  actor: Person;
  other: Person;
  groups: readonly [string, string];
  lets: string;
  /** Somebody's own words, line by line. */
  message: string;
  /** How many stand where a mail lists some. */
  many: number;
}>;

const usual: Cast = {
  title: "Usual names",
  organization: "Acme",
  reader: { name: "Bob Builder", email: "bob@example.org" },
  actor: { name: "Ada Lovelace", email: "ada@example.org" },
  other: { name: "Cleo Carter", email: "cleo@example.org" },
  groups: ["Data Analyst", "Auditors"],
  lets: "See schema sales of Snowflake, and its tables",
  message: "Welcome aboard!\n\nSee you on Monday.",
  many: 3,
};

const long: Cast = {
  title: "Long names",
  organization: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbea",
  reader: {
    name: "Maria del Carmen Francisca de las Mercedes Fernández y Rodríguez",
    email: "maria-del-carmen-francisca-de-las-mercedes-fernandez-y-rodriguez@engineering.subsidiary.example.org",
  },
  actor: {
    name: "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenh",
    email: "wolfeschlegelsteinhausenbergerdorff.welchevoralternwaren@some.rather.long.department.example.org",
  },
  other: {
    name: "Srinivasa Venkata Satyanarayana Subrahmanya Lakshminarasimha Rao",
    email: "srinivasa.venkata.satyanarayana.subrahmanya.lakshminarasimha.rao@example.org",
  },
  groups: [
    "Everyone in the finance department who closes the books each Mon",
    "Rechtsschutzversicherungsgesellschaftenbeauftragtenüberwachungsg",
  ],
  lets: "See tables quarterly_revenue_by_region_and_product_line and customer_lifetime_value_predictions of Warehouse of the whole group",
  message: `${"I have asked for this because the figures of last year are needed for the report. ".repeat(5)}\n${"unbroken".repeat(9)}`,
  many: 300,
};

const rightToLeft: Cast = {
  title: "Right-to-left names",
  organization: "مؤسسة البوابة",
  reader: { name: "ליאור כהן", email: "lior@example.org" },
  actor: { name: "سارة حداد", email: "sara@example.org" },
  other: { name: "דניאל לוי", email: "daniel@example.org" },
  groups: ["المحللون", "מבקרים"],
  lets: "See schema sales of مستودع البيانات",
  message: "أهلاً وسهلاً!\n\nנתראה ביום שני, Lior.",
  many: 3,
};

export const castNames = ["usual", "long", "right-to-left"] as const;
export type CastName = (typeof castNames)[number];

/** The casts the mailbox shows its samples with, by what stands for them in its addresses. */
export const casts: Readonly<Record<CastName, Cast>> = { usual, long, "right-to-left": rightToLeft };
