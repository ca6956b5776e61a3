-- Not one code any more, but what makes the power: phases added, voltage times current.
alter table monitoring_equipment alter column factor set data type varchar(200);
