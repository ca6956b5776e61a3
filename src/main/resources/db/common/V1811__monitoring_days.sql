-- What is known of a device's day beside its packets and readings: packets that came once more change nothing and are kept nowhere, nor
-- are refused ones. Counted on the line, written every few seconds.
create table monitoring_device_day (
  device_id bigint not null references monitoring_device on delete cascade,
  -- day of China on which they came
  on_day date not null,
  -- the same packet, stored before
  again bigint not null,
  -- of the refused ones: the check did not fit
  checksum bigint not null,
  refused bigint not null,
  -- its clock against ours, in seconds; positive: it was ahead; null: it told no time
  clock_least bigint,
  clock_most bigint,
  primary key (device_id, on_day)
);
