namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>
/// A caller that comes while no other one writes, writes the records of all that came meanwhile. When it is done, it lets one of those who
/// came since go on writing, and wakes its own group, each by an event of its own: with one monitor for all, every caller that wakes takes
/// the lock once more.
/// </summary>
internal sealed class GroupedWriter(IAppend append) : IDurableWriter
{
    private readonly Lock _gate = new();
    private List<Caller> _waiting = [];
    private bool _isWriting;

    public void Write(int attempt)
    {
        var me = Caller.OfThread;
        me.Record = AuditBytes.Of(attempt);
        bool writes;
        lock (_gate)
        {
            _waiting.Add(me);
            writes = !_isWriting;
            _isWriting = true;
        }

        if (writes || me.WaitsToWrite()) WriteGroup(me);
    }

    public void Dispose() => append.Dispose();

    private void WriteGroup(Caller me)
    {
        List<Caller> group;
        lock (_gate) (group, _waiting) = (_waiting, []);
        append.Append(group.ConvertAll(caller => caller.Record));
        Caller? next;
        lock (_gate)
        {
            next = _waiting.Count > 0 ? _waiting[0] : null;
            _isWriting = next is not null;
        }

        // First of all, so that the disk works while the others wake.
        next?.Wake(writes: true);
        foreach (var caller in group)
            if (caller != me) caller.Wake(writes: false);
    }

    private sealed class Caller
    {
        [ThreadStatic]
        private static Caller? _ofThread;

        // Of the runtime's primitives, this one wakes many threads fastest: it yields a little before it blocks.
        private readonly ManualResetEventSlim _woken = new();
        private bool _writes;

        public static Caller OfThread => _ofThread ??= new Caller();

        public byte[] Record { get; set; } = [];

        public bool WaitsToWrite()
        {
            _woken.Wait();
            _woken.Reset();
            return _writes;
        }

        public void Wake(bool writes)
        {
            _writes = writes;
            _woken.Set();
        }
    }
}
