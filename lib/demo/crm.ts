/** What the same shop knows about the hotels and restaurants it supplies. */
export const crm = `
create schema accounts;
create table accounts.companies (
  id bigint generated always as identity primary key, name text not null, industry text not null, country char(2) not null,
  employees integer, owner text not null, created_at timestamptz not null default now());
create table accounts.contacts (
  id bigint generated always as identity primary key, company_id bigint not null references accounts.companies,
  name text not null, email text not null, phone text, role text, last_contacted_on date);
comment on column accounts.contacts.phone is 'As they wrote it.';

create schema pipeline;
create table pipeline.stages (position smallint primary key, name text not null unique, probability numeric(3, 2) not null);
create table pipeline.deals (
  id bigint generated always as identity primary key, company_id bigint not null references accounts.companies,
  title text not null, amount numeric(12, 2) not null, stage smallint not null references pipeline.stages,
  expected_on date, closed_on date, lost_because text);
create table pipeline.activities (
  id bigint generated always as identity primary key, deal_id bigint not null references pipeline.deals,
  kind text not null, happened_at timestamptz not null, notes text);
create view pipeline.forecast as
  select date_trunc('month', d.expected_on)::date as month, sum(d.amount * s.probability) as expected
  from pipeline.deals d join pipeline.stages s on s.position = d.stage where d.closed_on is null group by 1;

create schema support;
create table support.tickets (
  id bigint generated always as identity primary key, contact_id bigint not null references accounts.contacts,
  subject text not null, priority text not null, opened_at timestamptz not null, solved_at timestamptz);
create table support.messages (
  id bigint generated always as identity primary key, ticket_id bigint not null references support.tickets,
  sent_at timestamptz not null, from_customer boolean not null, body text not null);
create table support.satisfaction (
  ticket_id bigint primary key references support.tickets, score smallint not null check (score between 1 and 5), said text);

insert into accounts.companies (name, industry, country, employees, owner) values
  ('Hotel Almenara', 'Hotels', 'ES', 85, 'Liam'), ('Brasserie Quai Nord', 'Restaurants', 'FR', 22, 'Layla'),
  ('Fjordlys Lodges', 'Hotels', 'NO', 140, 'Liam'), ('Cafe Morgenrot', 'Restaurants', 'DE', 9, 'Layla');
insert into accounts.contacts (company_id, name, email, role)
  select id, 'Purchasing of ' || name, 'purchasing' || id || '@example.net', 'Purchasing' from accounts.companies;
insert into pipeline.stages values (1, 'Met', 0.10), (2, 'Sampled', 0.35), (3, 'Offered', 0.60), (4, 'Signed', 1.00);
insert into pipeline.deals (company_id, title, amount, stage, expected_on)
  select id, 'Furnishing ' || name, 4000 * id, id % 4 + 1, date '2026-12-01' + id::int * 20 from accounts.companies;
insert into support.tickets (contact_id, subject, priority, opened_at)
  select id, 'Two bowls arrived broken', 'normal', timestamptz '2026-11-02 08:30+00' + id * interval '1 day' from accounts.contacts;
analyze;
`;
