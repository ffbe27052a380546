window.Redoc.init("/openapi.json", { disableSearch: true, hideLogo: true }, document.getElementById("docs"));
