// Read by browsers without script modules only (nomodule): those that the server did not know by their name. ECMAScript 3.
if (window.location.pathname !== "/old-browser") window.location.replace("/old-browser");
