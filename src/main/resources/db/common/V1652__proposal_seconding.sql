-- 是否同意附议: whether other members may second the proposal. Nobody was asked before.
alter table proposal_proposal add column secondable boolean default false not null;
