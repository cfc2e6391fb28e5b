using Hangfire;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>Jobs as applications write them.</summary>
public sealed class HangfireWork
{
    private readonly ILogger<HangfireWork> _logger;
    private readonly SomeLibrary _library;
    private readonly Outcomes _outcomes;

    internal HangfireWork(ILogger<HangfireWork> logger, SomeLibrary library, Outcomes outcomes)
    {
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

    /// <summary>Ends when it is cancelled.</summary>
    public async Task HangAsync(int work, CancellationToken cancellationToken)
    {
        _logger.LogInformation("Line {Line} of work {Work}", 1, work);
        await _library.CallAsync(work);
        _logger.LogInformation("Line {Line} of work {Work}", 4, work);
        await _outcomes.HangAsync(work, cancellationToken);
    }
}
