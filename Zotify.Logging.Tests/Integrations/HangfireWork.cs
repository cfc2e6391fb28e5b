using Hangfire;
using Hangfire.Server;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>Jobs as applications write them.</summary>
public sealed class HangfireWork
{
    private readonly ILogger<HangfireWork> _logger;
    private readonly SomeLibrary _library;
    private readonly Outcomes _outcomes;
    private readonly IBackgroundJobClient? _client;

    internal HangfireWork(ILogger<HangfireWork> logger, SomeLibrary library, Outcomes outcomes, IBackgroundJobClient? client)
    {
        _client = client;
        _logger = logger;
        _library = library;
        _outcomes = outcomes;
    }

    /// <summary>On the worker's own thread.</summary>
    [AutomaticRetry(Attempts = 1, DelaysInSeconds = [0])]
    public void Run(int work)
    {
        _logger.LogInformation("Line {Line} of work {Work}", 1, work);
        _library.Call(work);
        _logger.LogInformation("Line {Line} of work {Work}", 4, work);
        _outcomes.Decide(work);
    }

    /// <summary>Asynchronous.</summary>
    [AutomaticRetry(Attempts = 1, DelaysInSeconds = [0])]
    public async Task RunAsync(int work)
    {
        _logger.LogInformation("Line {Line} of work {Work}", 1, work);
        await _library.CallAsync(work);
        _logger.LogInformation("Line {Line} of work {Work}", 4, work);
        _outcomes.Decide(work);
    }

    /// <summary>Deletes itself before its last line.</summary>
    public void DeleteItself(int work, PerformContext context)
    {
        _logger.LogInformation("Line {Line} of work {Work}", 1, work);
        _library.Call(work);
        _client.Delete(context.BackgroundJob.Id);
        _logger.LogInformation("Line {Line} of work {Work}", 4, work);
        _outcomes.Decide(work);
    }

    /// <summary>Deletes itself before its last line, on another thread.</summary>
    public async Task DeleteItselfAsync(int work, PerformContext context)
    {
        _logger.LogInformation("Line {Line} of work {Work}", 1, work);
        await _library.CallAsync(work);
        await Task.Run(() => _client.Delete(context.BackgroundJob.Id));
        _logger.LogInformation("Line {Line} of work {Work}", 4, work);
        _outcomes.Decide(work);
    }

    /// <summary>Is deleted by somebody else, through another client, while it runs, and does not notice.</summary>
    public void BeDeleted(int work, PerformContext context)
    {
        _logger.LogInformation("Line {Line} of work {Work}", 1, work);
        _library.Call(work);
        new BackgroundJobClient(context.Storage).Delete(context.BackgroundJob.Id);
        _logger.LogInformation("Line {Line} of work {Work}", 4, work);
    }

    /// <summary>Ends when it is cancelled.</summary>
    public async Task HangAsync(int work, CancellationToken cancellationToken)
    {
        _logger.LogInformation("Line {Line} of work {Work}", 1, work);
        await _library.CallAsync(work);
        _logger.LogInformation("Line {Line} of work {Work}", 4, work);
        await _outcomes.HangAsync(work, cancellationToken);
    }
}
