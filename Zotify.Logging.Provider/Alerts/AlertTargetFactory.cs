using Zotify.Logging.Journal;
using Zotify.Logging.Shipping;

namespace Zotify.Logging.Alerts;

/// <summary>Connects the journals to the alerts. Both journals of the directory share one engine. Thread-safe.</summary>
/// <param name="settings">Reads the settings; <see langword="null"/> where no alerts are configured.</param>
/// <param name="time">The clock.</param>
internal sealed class AlertTargetFactory(Func<AlertSettings?> settings, TimeProvider time) : IJournalTargetFactory
{
    /// <summary>The target's name.</summary>
    public const string TargetName = "Alerts";

    private readonly Lock _gate = new();
    private AlertEngine? _engine;
    private int _journals;

    /// <inheritdoc/>
    public string Name => TargetName;

    /// <inheritdoc/>
    public bool IsActive => settings() is not null;

    /// <summary>The engine while a journal is open; <see langword="null"/> otherwise.</summary>
    public AlertEngine? Engine
    {
        get
        {
            lock (_gate) return _engine;
        }
    }

    /// <inheritdoc/>
    public IJournalTarget Create(ShippedJournal journal)
    {
        var last = JournalEnd.Find(journal.Path);
        var end = last is { } line ? new JournalCheckpoint(line.Seq, JournalLine.Hash(line.Line), 0, 0) : JournalCheckpoint.Start;
        lock (_gate)
        {
            var engine = _engine ?? AlertEngine.Open(settings()!, journal, time);
            engine.Add(journal, end);
            if (_engine is null) engine.Start();
            _engine = engine;
            _journals++;
            return new AlertTarget(journal, engine, ReleaseAsync);
        }
    }

    private ValueTask ReleaseAsync()
    {
        AlertEngine? ended = null;
        lock (_gate)
        {
            if (--_journals == 0) (ended, _engine) = (_engine, null);
        }

        return ended?.DisposeAsync() ?? default;
    }
}
