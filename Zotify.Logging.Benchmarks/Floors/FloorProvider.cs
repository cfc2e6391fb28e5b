using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>The smallest possible provider.</summary>
/// <param name="take">Takes the message; <see langword="null"/> if no message is rendered.</param>
internal sealed class FloorProvider(Action<string>? take) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        take?.Invoke(formatter(state, exception));

    public void Dispose()
    {
    }
}
