using JobWorker;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.AddZotify();
builder.Services.AddHostedService<Importer>();
builder.Build().Run();
