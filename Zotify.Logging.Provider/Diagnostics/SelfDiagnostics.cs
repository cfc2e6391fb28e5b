using System.Globalization;
using Zotify.Logging.Common;

namespace Zotify.Logging.Diagnostics;

/// <summary>
/// The one channel for failures of the logging itself: lines on stderr, never a logger. Each source and kind may write one line in ten
/// seconds. The next line, or <see cref="End"/>, adds how many were held back. Remembers the last failure of each source. Thread-safe;
/// throws nothing.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="output">Where the lines go. It must not block: see <see cref="BackgroundOutput"/>.</param>
internal sealed class SelfDiagnostics(TimeProvider time, TextWriter output)
{
    private const int MaxSources = 256;
    private const string Others = "(others)";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>Errors within this time count as one. Longer than any wait between two attempts.</summary>
    private static readonly TimeSpan SameError = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Source, FailureKind Kind), Line> _lines = [];
    private readonly Dictionary<string, HandlerError> _errors = new(StringComparer.Ordinal);
    private bool _ended;

    /// <summary>Creates an instance with the same output and its own state. It may outlive this one.</summary>
    public SelfDiagnostics Another() => new(time, output);

    /// <summary>Reports a failure of <paramref name="source"/>: a handler, a journal, the configuration, the database.</summary>
    public void Report(string source, FailureKind kind, string message, Exception? exception = null)
    {
        var text = Text(message, exception);
        bool hasEnded;
        lock (_gate)
        {
            hasEnded = _ended;
            RememberError(source, text);
            var line = LineOf(source, kind);
            line.Last = $"zotify-logging: {source}: {kind.ToString().ToLowerInvariant()}: {text}";
            line.HeldBack++;
            if (_ended || line.WrittenAt is not { } last || time.GetElapsedTime(last) >= Interval) Write(line, held: line.HeldBack - 1);
        }

        // The process may end a moment later.
        if (hasEnded) Flush();
    }

    /// <summary>Remembers a failure that the caller reports elsewhere.</summary>
    public void Remember(string source, string message, Exception exception)
    {
        var text = Text(message, exception);
        lock (_gate) RememberError(source, text);
    }

    /// <summary>The last failure of a source; <see langword="null"/> where there was none.</summary>
    public HandlerError? LastOf(string source)
    {
        lock (_gate) return _errors.GetValueOrDefault(source);
    }

    /// <summary>
    /// Writes the last line of each source and kind that was held back. From now on, nothing is held back. Called when the handlers have
    /// shut down.
    /// </summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            foreach (var line in _lines.Values.Where(line => line.HeldBack > 0)) Write(line, held: line.HeldBack - 1);
        }

        Flush();
    }

    /// <summary>Waits a moment until the lines are written. For a process that is about to end.</summary>
    public void Flush()
    {
        try
        {
            output.Flush();
        }
        // There is nowhere left to report it.
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    /// <summary>The message of an exception. It may come from an application's handler, so reading it may throw in turn.</summary>
    public static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message;
        }
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
            return "(its message cannot be read)";
        }
    }

    private static string Text(string message, Exception? exception) =>
        TextLimits.Clean(exception is null ? message : $"{message} [{exception.GetType().Name}: {MessageOf(exception)}]");

    private Line LineOf(string source, FailureKind kind)
    {
        if (_lines.TryGetValue((source, kind), out var line)) return line;
        // Sources are names of handlers and of parts of this library: few. The limit bounds the memory in any case.
        if (_lines.Count >= MaxSources) source = Others;
        if (!_lines.TryGetValue((source, kind), out line)) _lines[(source, kind)] = line = new Line();
        return line;
    }

    private void RememberError(string source, string text)
    {
        if (_errors.Count >= MaxSources && !_errors.ContainsKey(source)) return;
        var now = time.GetUtcNow();
        var goesOn = _errors.TryGetValue(source, out var last) && now - last.At < SameError;
        _errors[source] = new HandlerError(text, goesOn ? last!.Since : now, now);
    }

    private void Write(Line line, int held)
    {
        line.WrittenAt = time.GetTimestamp();
        try
        {
            output.WriteLine(held > 0 ? string.Create(CultureInfo.InvariantCulture, $"{line.Last} ({held} more held back)") : line.Last);
            line.HeldBack = 0;
        }
        // There is nowhere left to report it. The line stays held back.
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    /// <summary>The last line of a source and kind, and how many were held back.</summary>
    private sealed class Line
    {
        public string Last { get; set; } = "";

        /// <summary>The timestamp of the last attempt to write it.</summary>
        public long? WrittenAt { get; set; }

        public int HeldBack { get; set; }
    }
}
