package org.banhao.notice.domain;

import org.banhao.whole.OnH2;
import org.banhao.whole.Substituting;

class RemindingOnH2Test extends OnH2 implements Reminding, Substituting {}
