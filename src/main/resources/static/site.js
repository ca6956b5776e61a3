// Own pages: small behaviours that work without a framework. Each is bound by a data attribute.
"use strict";
