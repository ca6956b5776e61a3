package org.banhao.flow;

import org.banhao.testing.Databases;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class FlowOnH2Test extends FlowOnDatabase {

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        Databases.H2.register(registry);
    }
}
