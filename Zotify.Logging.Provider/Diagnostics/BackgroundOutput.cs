using System.Globalization;
using System.Text;

namespace Zotify.Logging.Diagnostics;

/// <summary>
/// Lines for an output that may block for ever, such as a stderr pipe that nobody reads. A thread of its own writes them: who
/// has a line to report never waits for the output. Lines that find too many before them are counted, and the count is
/// written when the output takes lines again. Thread-safe; only whole lines are taken; throws nothing.
/// </summary>
/// <param name="target">Finds the output, for each line.</param>
/// <param name="patience">How long <see cref="Flush"/> waits.</param>
internal sealed class BackgroundOutput(Func<TextWriter> target, TimeSpan patience) : TextWriter(CultureInfo.InvariantCulture)
{
    /// <summary>A line has at most some 33,000 characters.</summary>
    private const int MaxWaiting = 256;

    /// <summary>At the end of the process: long enough for whoever reads, short enough where nobody does.</summary>
    private static readonly TimeSpan StderrPatience = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly Queue<string> _lines = new();
    private Thread? _thread;
    private long _taken;
    private long _settled;
    private long _lost;

    // Flush waited in vain, and nothing was written since.
    private bool _isStuck;

    private static readonly RawStderr Raw = new();

    /// <summary>The stderr of the process, which all containers share.</summary>
    public static BackgroundOutput Stderr { get; } = new(() => Raw, StderrPatience);

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Hands the line over, or counts it as lost.</summary>
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
            _taken++;
            if (_thread is null) Start();
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>
    /// Returns when the lines before are written, or after the patience: at once where it waited in vain before and nothing
    /// was written since.
    /// </summary>
    public override void Flush()
    {
        lock (_gate)
        {
            var last = _taken;
            var deadline = Environment.TickCount64 + (long)patience.TotalMilliseconds;
            while (_settled < last && !_isStuck)
            {
                var left = deadline - Environment.TickCount64;
                if (left <= 0 || !Monitor.Wait(_gate, TimeSpan.FromMilliseconds(left))) _isStuck = _settled < last;
            }
        }
    }

    private void Start()
    {
        // It may stand in a write for ever, and must not keep the process from ending.
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

            if (lost > 0 && !TryWrite(string.Create(CultureInfo.InvariantCulture, $"zotify-logging: {lost} lines could not be written here")))
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
        // Whatever it is, there is nowhere to report it but here.
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
