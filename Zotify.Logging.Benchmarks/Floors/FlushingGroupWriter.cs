namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>A thread that appends the records of all callers that came during its last append, and completes their tasks.</summary>
internal sealed class FlushingGroupWriter : IFlushingWriter
{
    private readonly IAppend _append;
    private readonly Thread _thread;
    private readonly object _gate = new();
    private List<byte[]> _records = [];
    private List<TaskCompletionSource> _callers = [];
    private bool _isClosed;

    public FlushingGroupWriter(IAppend append)
    {
        _append = append;
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public Task WriteAsync(int attempt)
    {
        var record = AuditBytes.Of(attempt);
        var caller = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _records.Add(record);
            _callers.Add(caller);
            if (_records.Count == 1) Monitor.Pulse(_gate);
        }

        return caller.Task;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
        _append.Dispose();
    }

    private void Run()
    {
        var (records, callers) = (new List<byte[]>(), new List<TaskCompletionSource>());
        while (true)
        {
            lock (_gate)
            {
                while (_records.Count == 0 && !_isClosed) Monitor.Wait(_gate);
                if (_records.Count == 0) return;
                (records, _records) = (_records, records);
                (callers, _callers) = (_callers, callers);
            }

            _append.Append(records);
            foreach (var caller in callers) caller.SetResult();
            records.Clear();
            callers.Clear();
        }
    }
}
