namespace JobWorker;

/// <summary>Imports some rows again and again. Each import is a job.</summary>
internal sealed class Importer(ILogger<Importer> logger) : BackgroundService
{
    private const int Rows = 50;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await ImportAsync(stoppingToken);
            await Task.Delay(TimeSpan.FromSeconds(5), stoppingToken);
        }
    }

    private async Task ImportAsync(CancellationToken cancellationToken)
    {
        using var _ = logger.BeginScope(new Dictionary<string, object> { ["job_id"] = Guid.CreateVersion7(), ["job_type"] = "import" });
        logger.LogInformation(new EventId(1, "job.started"), "Import of {Total} rows started", Rows);
        try
        {
            for (var done = 1; done <= Rows; done++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
                logger.LogInformation("Row {Done}/{Total} imported", done, Rows);
            }

            logger.LogInformation(new EventId(2, "job.completed"), "Import completed");
        }
        catch (OperationCanceledException)
        {
            logger.LogWarning(new EventId(4, "job.interrupted"), "Import stopped");
            throw;
        }
    }
}
