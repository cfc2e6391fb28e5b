namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>One record after the other.</summary>
internal sealed class SingleWriter(IAppend append) : IDurableWriter
{
    private readonly Lock _gate = new();

    public void Write(int attempt)
    {
        var record = AuditBytes.Of(attempt);
        lock (_gate) append.Append([record]);
    }

    public void Dispose() => append.Dispose();
}
