package org.banhao.proposal.web;

import org.banhao.casefile.BatchPage;
import org.banhao.proposal.domain.assignment.AssignmentTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Steps of a proposal for which there is a page of their own beside the pile: what is decided or numbered as one list. */
@Configuration(proxyBeanMethods = false)
class BatchPages {

    private record Page(String step, String label, String href) implements BatchPage {}

    @Bean
    BatchPage decisionsBatch() {
        return new Page("proposalReview/userTask_decideInMeeting", "登记会议决定", "/proposals/meetings");
    }

    @Bean
    BatchPage registerBatch() {
        return new Page("proposalReview/userTask_assignFileNumber", "按目录顺序编号", "/proposals/register");
    }

    @Bean
    BatchPage assignmentBatch() {
        return new Page(AssignmentTable.PROCESS + "/" + AssignmentTable.TASK, "审查协商与交办", "/proposals/assignment");
    }
}
