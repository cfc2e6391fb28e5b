namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>A caller that comes while no other one writes, writes the records of all that came meanwhile.</summary>
internal sealed class GroupedWriter(IAppend append) : IDurableWriter
{
    private readonly object _gate = new();
    private List<byte[]> _waiting = [];
    private List<byte[]> _writing = [];
    private long _came;
    private long _written;
    private bool _isWriting;

    public void Write(int attempt)
    {
        var record = AuditBytes.Of(attempt);
        lock (_gate)
        {
            _waiting.Add(record);
            var mine = ++_came;
            while (_written < mine)
            {
                if (_isWriting) Monitor.Wait(_gate);
                else WriteAll();
            }
        }
    }

    public void Dispose() => append.Dispose();

    private void WriteAll()
    {
        _isWriting = true;
        (_waiting, _writing) = (_writing, _waiting);
        var last = _came;
        Monitor.Exit(_gate);
        append.Append(_writing);
        Monitor.Enter(_gate);
        _writing.Clear();
        _written = last;
        _isWriting = false;
        Monitor.PulseAll(_gate);
    }
}
