using Zotify.Logging.Common;

namespace Zotify.Logging.Queries;

/// <summary>
/// A reader's subscription to the tables, set when rows may have been added. It is set from the start, so that the first read happens. Set
/// by any thread; awaited and reset by one.
/// </summary>
/// <param name="leave">Called once, at the end of the subscription.</param>
internal sealed class TableSubscription(Action<TableSubscription> leave) : IDisposable
{
    private readonly AsyncSignal _signal = new();
    private volatile bool _isSet = true;
    private int _left;

    /// <summary>Whether rows may have been added since the last <see cref="Reset"/>.</summary>
    public bool IsSet => _isSet;

    /// <summary>Notifies the reader.</summary>
    public void Set()
    {
        _isSet = true;
        _signal.Set();
    }

    /// <summary>Called before the tables are read: a commit during the read sets it again.</summary>
    public void Reset() => _isSet = false;

    /// <summary>Completes when <see cref="IsSet"/> is true.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var next = _signal.Next;
        return _isSet ? Task.CompletedTask : next.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0) leave(this);
    }
}
