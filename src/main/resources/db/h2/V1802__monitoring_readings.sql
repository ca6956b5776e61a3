-- What devices reported. One row a device, kind, factor and time; the packets they came in are kept as evidence.
create table monitoring_reading (
  device_id bigint not null,
  -- 0 realtime, 1 minute, 2 hour, 3 day
  kind smallint not null,
  factor varchar(24) not null,
  -- begin of the period; of realtime values the instant
  measured_at timestamp with time zone not null,
  -- Rtd or Avg
  measured double precision,
  lowest double precision,
  highest double precision,
  -- Cou
  total double precision,
  -- 折算
  converted double precision,
  converted_lowest double precision,
  converted_highest double precision,
  -- 数据标记 as it was sent; null: none was
  flag varchar(4),
  -- 0 computed here, 1 sent by the device, 2 handed on by an upper platform; the higher one wins
  source smallint not null,
  -- digest of the packet it stands in; null: it came in none
  frame uuid,
  arrived_at timestamp with time zone not null,
  -- sent again later, because the line was down
  late boolean not null,
  -- how often another value took the place of an earlier one
  changes smallint not null,
  primary key (device_id, kind, measured_at, factor)
);

create table monitoring_frame (
  device_id bigint not null,
  -- first day of the month in which it came
  arrived_month date not null,
  -- first half of the packet's SHA-256: what is sent again is the same packet
  digest uuid not null,
  arrived_at timestamp with time zone not null,
  cn int not null,
  qn varchar(24) not null,
  data_time timestamp with time zone,
  pnum int not null,
  pno int not null,
  late boolean not null,
  address varchar(64) not null,
  wire bytea not null,
  -- why no readings were taken from it; null: they were, or it holds none
  note varchar(16),
  primary key (device_id, arrived_month, digest)
);
create index monitoring_frame_by_time on monitoring_frame (device_id, arrived_at);
