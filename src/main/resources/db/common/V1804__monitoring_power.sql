-- Channels of one meter: HJ 212-2025 has codes of its own for each phase; a meter that speaks by file names what it watches.
insert into monitoring_factor (code, name, unit, kind, averaging, pollutant, negative, decimals) values
 ('production', '生产设备有功功率', 'kW', 'power', 'mean', false, true, 2),
 ('treatment', '治污设施有功功率', 'kW', 'power', 'mean', false, true, 2);
