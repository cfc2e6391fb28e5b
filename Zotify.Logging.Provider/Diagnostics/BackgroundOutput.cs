using System.Globalization;
using System.Text;

namespace Zotify.Logging.Diagnostics;

/// <summary>
/// Writes lines to an output that may block for ever, such as a stderr pipe that nobody reads. It writes them on a thread of its own, so
/// that callers never wait for the output. Where too many lines wait already, a line is counted as lost; the count is written when the
/// output accepts lines again. Thread-safe. Accepts only whole lines. Throws nothing.
/// </summary>
/// <param name="target">Returns the output. Called for each line.</param>
/// <param name="flushTimeout">How long <see cref="Flush"/> waits.</param>
internal sealed class BackgroundOutput(Func<TextWriter> target, TimeSpan flushTimeout) : TextWriter(CultureInfo.InvariantCulture)
{
    /// <summary>The most lines that wait. A line has at most about 33,000 characters.</summary>
    private const int MaxWaiting = 256;

    /// <summary>For the end of the process: long enough for a reader, short enough where there is none.</summary>
    private static readonly TimeSpan StderrTimeout = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly Queue<string> _lines = new();
    private Thread? _thread;
    private long _accepted;
    private long _settled;
    private long _lost;

    // A flush timed out, and nothing was written since.
    private bool _isStuck;

    private static readonly RawStderr Raw = new();

    /// <summary>The stderr of the process, which all containers share.</summary>
    public static BackgroundOutput Stderr { get; } = new(() => Raw, StderrTimeout);

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Queues the line, or counts it as lost.</summary>
    public override void WriteLine(string? value)
    {
        lock (_gate)
        {
            if (_lines.Count >= MaxWaiting)
            {
                _lost++;
                return;
            }

            _lines.Enqueue(value ?? "");
            _accepted++;
            if (_thread is null) Start();
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>
    /// Returns when all lines before the call are written, or after the timeout. Returns at once where an earlier flush timed out and
    /// nothing was written since.
    /// </summary>
    public override void Flush()
    {
        lock (_gate)
        {
            var last = _accepted;
            var deadline = Environment.TickCount64 + (long)flushTimeout.TotalMilliseconds;
            while (_settled < last && !_isStuck)
            {
                var left = deadline - Environment.TickCount64;
                if (left <= 0 || !Monitor.Wait(_gate, TimeSpan.FromMilliseconds(left))) _isStuck = _settled < last;
            }
        }
    }

    private void Start()
    {
        // A background thread: it may block in a write for ever, and must not keep the process from ending.
        _thread = new Thread(Run) { IsBackground = true, Name = "zotify stderr" };
        using (ExecutionContext.SuppressFlow()) _thread.Start();
    }

    private void Run()
    {
        while (true)
        {
            string line;
            lock (_gate)
            {
                while (_lines.Count == 0) Monitor.Wait(_gate);
                line = _lines.Dequeue();
            }

            var isWritten = TryWrite(line);
            long lost;
            lock (_gate)
            {
                if (!isWritten) _lost++;
                lost = isWritten ? _lost : 0;
                _lost -= lost;
            }

            var notice = string.Create(CultureInfo.InvariantCulture, $"zotify-logging: {lost} lines could not be written here");
            if (lost > 0 && !TryWrite(notice))
            {
                lock (_gate) _lost += lost;
            }

            lock (_gate)
            {
                _settled++;
                _isStuck = false;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private bool TryWrite(string line)
    {
        try
        {
            target().WriteLine(line);
            return true;
        }
        // Any failure: this output is where failures are reported.
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
