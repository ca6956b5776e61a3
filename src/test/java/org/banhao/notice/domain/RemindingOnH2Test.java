package org.banhao.notice.domain;

import org.banhao.whole.OnH2;

class RemindingOnH2Test extends OnH2 implements Reminding {}
