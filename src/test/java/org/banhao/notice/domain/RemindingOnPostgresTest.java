package org.banhao.notice.domain;

import org.banhao.whole.OnPostgres;
import org.banhao.whole.Substituting;

class RemindingOnPostgresTest extends OnPostgres implements Reminding, Substituting {}
