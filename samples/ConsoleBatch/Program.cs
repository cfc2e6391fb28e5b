using Microsoft.Extensions.Logging;

const int Rows = 1_000;

// Its disposal returns when every entry is in the database.
using var factory = LoggerFactory.Create(logging => logging.AddZotify());
var logger = factory.CreateLogger("ConsoleBatch");
using (logger.BeginScope(new Dictionary<string, object> { ["job_id"] = Guid.CreateVersion7(), ["job_type"] = "batch" }))
{
    logger.LogInformation(new EventId(1, "job.started"), "Batch of {Total} rows started", Rows);
    for (var done = 1; done <= Rows; done++) logger.LogInformation("Row {Done}/{Total} converted", done, Rows);
    logger.LogInformation(new EventId(2, "job.completed"), "Batch completed");
}

Console.WriteLine($"{Rows} rows converted; their log is in the folder logs.");
