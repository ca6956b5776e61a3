-- Whether 并案 are counted as filed: the nation's committee and some cities do not (5,006 filed beside 160 merged), others do (203 filed, 28 of
-- them merged). Each session says so for itself.
alter table proposal_session add column merged_filed boolean default false not null;
