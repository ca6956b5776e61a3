-- Each task that ends asks for its sub-tasks; the engine has no index for that and reads all open tasks.
create index flow_task_parent on ACT_RU_TASK (PARENT_TASK_ID_);
