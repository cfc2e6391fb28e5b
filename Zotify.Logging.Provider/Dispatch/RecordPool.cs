using Zotify.Logging.Handlers;
using Zotify.Logging.Records;

namespace Zotify.Logging.Dispatch;

/// <summary>The <see cref="LogRecord"/> objects of one handler's batches. Used by the handler's consumer alone.</summary>
/// <remarks>
/// The rule: a record belongs to its handler from the call of <see cref="BaseLogHandler.WriteAsync"/> until the task of that call
/// completes, retries of the batch included.
/// <list type="bullet">
/// <item>A handler that may keep records for longer declares it by <see cref="BaseLogHandler.RetainsRecords"/>, as every handler of an
/// application does. Its records are never reused: they stay immutable for as long as anyone refers to them.</item>
/// <item>The built-in handlers keep no record. Theirs return to the pool after the batch and are overwritten by later calls, which saves
/// an object a call. <see cref="LogRecord.Generation"/> distinguishes the calls that used one object.</item>
/// </list>
/// </remarks>
/// <param name="isEnabled">Whether records are reused at all: false for a handler that retains them.</param>
internal sealed class RecordPool(bool isEnabled)
{
    private LogRecord[] _free = [];
    private int _count;

    /// <summary>A record with these values: a returned one, or a new one where none is free.</summary>
    public LogRecord Rent(in RecordValues values)
    {
        if (_count == 0) return new LogRecord(values);
        var record = _free[--_count];
        record.Reset(values);
        return record;
    }

    /// <summary>Accepts the records of a processed batch. Nobody may use them any more.</summary>
    public void Return(ReadOnlySpan<LogRecord> records)
    {
        if (!isEnabled) return;
        if (_free.Length < _count + records.Length) Array.Resize(ref _free, Math.Max(_count + records.Length, 2 * _free.Length));
        // The last one first, so that the next batch rents them in the order in which they lie in memory.
        for (var i = records.Length - 1; i >= 0; i--)
        {
            // The pool keeps the object alive, and must not keep what the record held.
            records[i].ReturnMessage();
            records[i].Reset(RecordValues.None);
            _free[_count++] = records[i];
        }
    }
}
