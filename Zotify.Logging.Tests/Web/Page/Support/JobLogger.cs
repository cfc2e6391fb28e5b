using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Web.Page.Support;

/// <summary>Logs as a job does, each record in the job's scope.</summary>
internal sealed class JobLogger(ILogger logger, string id, string type) : ILogger
{
    private readonly Dictionary<string, object> _scope = new() { ["job_id"] = id, ["job_type"] = type };

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => logger.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        using var scope = logger.BeginScope(_scope);
        logger.Log(logLevel, eventId, state, exception, formatter);
    }
}
