package org.banhao;

import java.util.TimeZone;
import org.banhao.base.ChineseTime;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.modulith.Modulithic;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the application. The time zone is fixed before anything reads a clock: engine columns carry none. */
// two modules may use the same word for their own thing
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@EnableScheduling
@Modulithic(systemName = "Banhao")
public class BanhaoApplication {

    public static void main(String[] args) {
        TimeZone.setDefault(TimeZone.getTimeZone(ChineseTime.ZONE));
        SpringApplication.run(BanhaoApplication.class, args);
    }
}
