using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Support;

/// <summary>Another provider, together with the library's. Keeps the messages, as any provider gets them.</summary>
internal sealed class CollectingProvider : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Messages { get; } = new();

    /// <summary>The prefix of the categories that it accepts.</summary>
    public string Prefix { get; init; } = "Shop.";

    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith(Prefix, StringComparison.Ordinal) ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Messages.Enqueue(formatter(state, exception));

    public void Dispose()
    {
    }
}
