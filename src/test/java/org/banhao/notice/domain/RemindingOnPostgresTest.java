package org.banhao.notice.domain;

import org.banhao.whole.OnPostgres;

class RemindingOnPostgresTest extends OnPostgres implements Reminding {}
