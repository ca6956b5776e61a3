-- Whether a step was answered is asked by its task: a batch that is sent twice, a retraction.
create index casefile_step_answer_task on casefile_step_answer (task_id);
