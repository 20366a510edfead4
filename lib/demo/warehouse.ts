/** The warehouse of a shop for homeware, as its engineers would have built it. */
export const warehouse = `
create schema sales;
comment on schema sales is 'What customers order, from the shop and over the counter.';
create table sales.customers (
  id bigint generated always as identity primary key, name text not null, email text not null unique,
  country char(2) not null, joined_on date not null, accepts_marketing boolean not null default false);
create table sales.products (
  sku text primary key, name text not null, category text not null, price numeric(10, 2) not null, discontinued_on date);
create table sales.orders (
  id bigint generated always as identity primary key, customer_id bigint not null references sales.customers,
  placed_at timestamptz not null, status text not null, channel text not null, currency char(3) not null default 'EUR');
comment on table sales.orders is 'One row per order; cancelled ones stay.';
comment on column sales.orders.channel is 'web, counter or phone';
create table sales.order_items (
  order_id bigint not null references sales.orders, line smallint not null, sku text not null references sales.products,
  quantity integer not null, unit_price numeric(10, 2) not null, primary key (order_id, line));
create view sales.daily_revenue as
  select o.placed_at::date as day, o.channel, sum(i.quantity * i.unit_price) as revenue, count(distinct o.id) as orders
  from sales.orders o join sales.order_items i on i.order_id = o.id where o.status <> 'cancelled' group by 1, 2;
create materialized view sales.revenue_by_category as
  select date_trunc('month', o.placed_at)::date as month, p.category, sum(i.quantity * i.unit_price) as revenue
  from sales.orders o join sales.order_items i on i.order_id = o.id join sales.products p using (sku) group by 1, 2
  with no data;

create schema logistics;
create table logistics.stores (id integer primary key, city text not null, country char(2) not null, opened_on date not null);
create table logistics.stock_levels (
  store_id integer not null references logistics.stores, sku text not null, on_hand integer not null,
  counted_at timestamptz not null, primary key (store_id, sku));
create table logistics.shipments (
  id bigint generated always as identity primary key, order_id bigint not null, carrier text not null,
  sent_at timestamptz, delivered_at timestamptz, tracking_code text);
create view logistics.late_shipments as
  select * from logistics.shipments where delivered_at > sent_at + interval '5 days';

create schema marketing;
create table marketing.campaigns (
  id integer generated always as identity primary key, name text not null, channel text not null,
  starts_on date not null, ends_on date, budget numeric(12, 2) not null);
create table marketing.newsletter_signups (
  email text primary key, signed_up_at timestamptz not null, confirmed_at timestamptz, campaign_id integer references marketing.campaigns);
create table marketing.web_sessions (
  id uuid not null, began_at timestamptz not null, landing_page text not null, referrer text, campaign_id integer,
  pages_seen integer not null) partition by range (began_at);
create table marketing.web_sessions_2026 partition of marketing.web_sessions for values from ('2026-01-01') to ('2027-01-01');
create view marketing.campaign_results as
  select c.id, c.name, c.budget, count(n.email) as signups, c.budget / nullif(count(n.email), 0) as cost_per_signup
  from marketing.campaigns c left join marketing.newsletter_signups n on n.campaign_id = c.id group by c.id;

create schema finance;
comment on schema finance is 'Closed monthly. Ask before sharing anything from here.';
create table finance.invoices (
  number text primary key, order_id bigint not null, issued_on date not null, due_on date not null,
  total numeric(12, 2) not null, paid_on date);
create table finance.payments (
  id bigint generated always as identity primary key, invoice_number text not null references finance.invoices,
  received_at timestamptz not null, amount numeric(12, 2) not null, method text not null);
create table finance.payroll (
  employee_number integer not null, month date not null, gross numeric(10, 2) not null, net numeric(10, 2) not null,
  primary key (employee_number, month));
create view finance.overdue_invoices as select * from finance.invoices where paid_on is null and due_on < current_date;

insert into sales.customers (name, email, country, joined_on, accepts_marketing)
  select 'Customer ' || n, 'customer' || n || '@example.net', (array['DE', 'FR', 'PT', 'SE', 'IE'])[n % 5 + 1],
    date '2024-02-01' + n * 3, n % 3 = 0 from generate_series(1, 200) n;
insert into sales.products values
  ('LMP-01', 'Reading lamp, brass', 'Lighting', 89.00, null), ('LMP-02', 'Paper lantern', 'Lighting', 24.50, null),
  ('TXT-01', 'Linen throw', 'Textiles', 59.00, null), ('TXT-02', 'Wool blanket', 'Textiles', 120.00, null),
  ('CER-01', 'Stoneware bowl', 'Ceramics', 18.00, null), ('CER-02', 'Teapot', 'Ceramics', 42.00, date '2026-06-30');
insert into sales.orders (customer_id, placed_at, status, channel)
  select n % 200 + 1, timestamptz '2026-01-02 09:00+00' + n * interval '13 hours',
    (array['delivered', 'delivered', 'sent', 'cancelled'])[n % 4 + 1], (array['web', 'counter', 'phone'])[n % 3 + 1]
  from generate_series(1, 500) n;
insert into sales.order_items
  select o.id, 1, p.sku, o.id % 3 + 1, p.price from sales.orders o
    join (select sku, price, row_number() over (order by sku) as place from sales.products) p on p.place = o.id % 6 + 1;
insert into logistics.stores values (1, 'Hamburg', 'DE', '2019-04-01'), (2, 'Porto', 'PT', '2021-09-15'), (3, 'Cork', 'IE', '2023-03-20');
insert into marketing.campaigns (name, channel, starts_on, ends_on, budget)
  values ('Spring lights', 'newsletter', '2026-03-01', '2026-04-15', 4200), ('Warm winter', 'social', '2026-10-15', null, 9800);
refresh materialized view sales.revenue_by_category;
analyze;
`;
