using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>A library that jobs call. It knows nothing of jobs, and logs on threads of its own choice.</summary>
internal sealed class SomeLibrary(ILogger<SomeLibrary> logger)
{
    /// <summary>The lines that a job logs in one attempt, with its own.</summary>
    public const int LinesAnAttempt = 4;

    /// <summary>Logs lines 2 and 3 on several threads.</summary>
    public void Call(int work) => Parallel.For(2, LinesAnAttempt, line => logger.LogInformation("Line {Line} of work {Work}", line, work));

    /// <summary>Logs lines 2 and 3, one after a switch to another thread.</summary>
    public async Task CallAsync(int work)
    {
        await Task.Run(() => logger.LogInformation("Line {Line} of work {Work}", 2, work));
        await Task.Yield();
        logger.LogInformation("Line {Line} of work {Work}", 3, work);
    }
}
